"""The command that brings evidence in."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import fill
from typing import Any, Final, TypeVar

import click
from click.shell_completion import CompletionItem

from loaders import LOADERS, recognised, unrecognised
from loaders.given import Given, Terms
from loaders.mapping_files import TABLE
from loaders.markings import MARKINGS
from onrecord.cli.completing import MappingFile, Source, files
from onrecord.cli.loaded import show_loaded
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.errors import BadInput
from onrecord.ingest import ingest_all
from onrecord.loads import Load
from onrecord.sources import Gatherer, Input

Command = TypeVar("Command", bound=Callable[..., Any])

_FOLDER: Final = click.Path(path_type=Path, exists=True, file_okay=False)
_ANY: Final = "auto"
_NAMED: Final = 20  # files that a load names before it counts the others


class _Format(click.ParamType[str]):
    """A format by name, `auto` for whatever each file is; with --detect, a path."""

    name = "format"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        found = [
            CompletionItem(name, help=_summary(name))
            for name in (_ANY, *LOADERS)
            if name.startswith(incomplete)
        ]
        return found or files(incomplete)


def _summary(name: str) -> str:
    said = LOADERS[name].__doc__ if name in LOADERS else "Whatever each file is."
    return (said or "").strip().partition("\n")[0]


def _terms(command: Command) -> Command:
    """Add what can be told of a source."""
    options = (
        click.option("--publisher", default="", help="Who publishes it, and so speaks in it."),
        click.option("--licence", default="", help="On what terms, such as CC-BY-4.0."),
        click.option("--url", default="", help="Where it was got."),
        click.option("--retrieved", default="", help="When, as a date or a time with zone."),
        click.option(
            "--tlp",
            type=click.Choice([*MARKINGS], case_sensitive=False),
            help="How far it may go on (TLP 2.0), unless it says less itself.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _formats() -> str:
    """Return the formats, one below the other, as the help shows them."""
    width = max(map(len, LOADERS)) + 4
    lines = (
        fill(
            _summary(name),
            78,
            initial_indent=f"  {name}".ljust(width),
            subsequent_indent=" " * width,
        )
        for name in LOADERS
    )
    return "\n".join(("\b", "Formats:", *lines))


class _WithFormats(click.Command):
    """A command whose help ends with the formats: what tells of them takes a while to read."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.epilog = _formats()
        super().format_epilog(ctx, formatter)


@click.command(cls=_WithFormats)
@click.argument("format", metavar="FORMAT", type=_Format())
@click.argument("paths", metavar="PATH...", nargs=-1, type=Source())
@click.option("--detect", is_flag=True, help="Say what the files are and why; load nothing.")
@click.option("--texts", type=_FOLDER, help="Where the described texts lie; they are checked.")
@click.option(
    "--mapping",
    type=MappingFile(),
    help="What columns and labels mean: a file, or the name of one of ours; else that beside.",
)
@_terms
@click.option("--as", "name", default="", help="The name by which the source goes.")
@click.option("--text", is_flag=True, help="Keep the words of posts, not only their hash.")
@click.option("--strict", is_flag=True, help="Stop at the first record that cannot be taken.")
@click.option(
    "--replace",
    is_flag=True,
    help="Withdraw what an earlier load of the source brought and this one has not.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be loaded; publish nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Read so many files at once, in processes of their own.",
)
@in_room
def load(room: Room, /, **asked: Any) -> None:
    """Load sources into the record; loading one twice adds nothing.

    FORMAT is one of those below, or auto for whatever each file is. PATH is a file, a folder
    (every file in it that is of the format), a pattern in quotes, - for standard input, or an
    http(s) address; .gz, .zst and .zip are unpacked. A case is a folder with a case.yaml, or
    the name of a bundled one.

    A source is known by its name: a case by that in its manifest, a file by its own. A
    corrected version comes beside the earlier one; --replace withdraws what it has no longer.

    What cannot be taken goes to a file under DATA/quarantine, with the reason.

    \b
    Example: onrecord load case pakistan-april-2019
             onrecord load auto --detect downloads/
             onrecord load meta threat-research/ --retrieved 2026-11-01
             onrecord load x-archive users.csv.zip --tlp TLP:AMBER --dry-run
    """
    wish = _Wish(**asked)
    if wish.name.startswith("/") or ".." in wish.name.split("/"):
        raise click.UsageError(f"--as {wish.name}: is a path; a name leads nowhere else")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        gatherer = Gatherer(Path(folder), room.settings.fetcher, wish.name)
        if wish.detect:
            _detect(gatherer.inputs(wish.words))
            _tell_broken(gatherer.broken)
        else:
            _load(room, wish, gatherer)


@dataclass(frozen=True)
class _Wish:
    """What the command was called with."""

    format: str
    paths: tuple[str, ...]
    detect: bool
    texts: Path | None
    mapping: Path | None
    publisher: str
    licence: str
    url: str
    retrieved: str
    tlp: str | None
    name: str
    text: bool
    strict: bool
    replace: bool
    dry_run: bool
    jobs: int

    @property
    def words(self) -> tuple[str, ...]:
        """Return the paths, the first of which may stand where a format would."""
        is_format = self.paths and (self.format == _ANY or self.format in LOADERS)
        return self.paths if is_format else (self.format, *self.paths)

    @property
    def given(self) -> Given:
        """Return what goes beside each source."""
        terms = Terms(self.publisher, self.licence, self.url, self.retrieved, self.tlp or "")
        return Given(
            texts=self.texts, mapping=self.mapping, terms=terms, texts_of_posts=self.text
        )


def _load(room: Room, wish: _Wish, gatherer: Gatherer) -> None:
    _check(wish.format, wish.paths)
    loads = list(_chosen(room, wish, gatherer.inputs(wish.paths)))
    broken = gatherer.broken
    if broken and (not loads or wish.strict or wish.replace):
        _tell_broken(broken)
    if not loads:
        named = ", ".join(wish.paths)
        raise BadInput(f"{named}: no file there is {_wanted(wish.format)}")
    is_mended = _is_mended(room, loads)
    if wish.replace and is_mended:
        raise click.UsageError("what was mended is a part of its source, and replaces none")
    with room.talk.progress() as progress:
        reports = ingest_all(
            room.store(),
            loads,
            strict=wish.strict,
            replace=wish.replace,
            dry_run=wish.dry_run,
            jobs=wish.jobs,
            progress=progress,
        )
    show_loaded(room, reports, is_dry=wish.dry_run, is_part=is_mended)
    if refused := [*broken, *(report.refused for report in reports if report.refused)]:
        count = f"{len(refused)} of {len(reports) + len(broken)} sources could not be read"
        raise click.ClickException(f"{count}: {'; '.join(refused)}")


def _tell_broken(broken: Sequence[str]) -> None:
    """Raise BadInput where something could not be unpacked."""
    if broken:
        raise BadInput("; ".join(broken))


def _check(format: str, paths: tuple[str, ...]) -> None:
    """Refuse an unknown format, and no paths."""
    context = click.get_current_context()
    if format != _ANY and format not in LOADERS:
        known = ", ".join((_ANY, *LOADERS))
        raise click.UsageError(f"{format!r} is no format. Choose from: {known}", context)
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'", context)


def _wanted(format: str) -> str:
    told = "of a format that is known" if format == _ANY else f"of the format {format}"
    return f"{told}; `onrecord load --detect PATH` says what each is"


def _detect(inputs: Iterable[Input]) -> None:
    """Show what files are, and why."""
    rows = []
    for one in inputs:
        found = recognised(one.path, one.name)
        rows += [(one.shown, each.loader, each.why) for each in found]
        rows += [] if found else [(one.shown, "", unrecognised(one.path))]
    show_table(("path", "format", "why"), rows)


def _chosen(room: Room, wish: _Wish, inputs: Iterable[Input]) -> Iterator[Load]:
    """Yield what is to be loaded; a file that nobody named has to be of the format."""
    format, given = wish.format, replace(wish.given, mint=room.mint)
    passed: list[tuple[str, str]] = []
    for one in inputs:
        loader = format
        if format == _ANY or not one.asked:
            known = recognised(one.path, one.name)
            found = [each.loader for each in known]
            if format == _ANY and not given.mapping:  # or any table would be taken for one
                found = [each for each in found if each != TABLE]
            if (format != _ANY and format not in found) or not found:
                why = f"{known[0].loader}: {known[0].why}" if known else unrecognised(one.path)
                passed.append((one.shown, why))
                continue
            loader = found[0] if format == _ANY else format
        url = wish.url or one.url
        terms = replace(given.terms, url=url, retrieved=wish.retrieved or one.retrieved)
        if terms.url != url:
            room.talk.say(f"what is secret in an address is not kept: {terms.url}")
        name = _before(room, one)
        yield Load(loader, one.path, replace(given, dataset=name, terms=terms), one.shown)
    if passed:
        _tell_passed(room, format, passed)


def _tell_passed(room: Room, format: str, passed: Sequence[tuple[str, str]]) -> None:
    """Name the files that are not of a format, with what they are instead."""
    shown = passed if room.talk.is_verbose else passed[:_NAMED]
    left = len(passed) - len(shown)
    more = [(f"and {left:,} more", "--verbose names them")] if left else []
    room.talk.table(("passed over", "what it is"), [*shown, *more])
    files = "1 file that is" if len(passed) == 1 else f"{len(passed):,} files that are"
    so = "" if format == _ANY else ", and a file that is named itself is taken for one"
    room.talk.say(f"passed over {files} not {_wanted(format)}{so}")


def _before(room: Room, one: Input) -> str:
    """Return the name of a source; of what comes back from the quarantine, the one it had."""
    inner = one.path.resolve().parts
    folder = room.quarantine.resolve().parts
    is_mended = inner[: len(folder)] == folder and len(inner) > len(folder) + 1
    return "/".join(inner[len(folder) + 1 :]) if is_mended else one.name


def _is_mended(room: Room, loads: Iterable[Load]) -> bool:
    """Return whether something comes back from the quarantine."""
    folder = room.quarantine.resolve()
    return any(folder in one.path.resolve().parents for one in loads)
