"""Commands about the store: generations, copies, the derived layer, exports."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
from pyoxigraph import DefaultGraph, NamedNode

from onrecord import derive as derivation
from onrecord import stix
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.explain import named
from onrecord.export import FORMATS
from onrecord.export import export as exported
from onrecord.licences import LIMITS, marked, refuse_forbidden, unknown, unread
from onrecord.runs import LoaderRun, runs, runs_of_case
from onrecord.shapes import broken_rules
from onrecord.store import Generation, Snapshot
from onrecord.store import restore as restored
from onrecord.store.protocol import Graph

_STIX: Final = "stix"
_STDOUT: Final = Path("-")
_NEW: Final = click.Path(path_type=Path, file_okay=False)


@click.command()
@in_room
def generations(room: Room) -> None:
    """List the generations that are kept.

    The star marks the one that is served.

    Example: onrecord generations
    """
    rows = [_row(found) for found in room.store().generations()]
    show_table(("", "number", "published", "quads", "what"), rows)


def _row(found: Generation) -> tuple[str, ...]:
    quads = "" if found.quads is None else f"{found.quads:,}"
    published = f"{found.published_at:%Y-%m-%d %H:%M:%S} UTC"
    return ("*" if found.current else "", str(found.number), published, quads, found.note)


@click.command()
@click.argument("number", type=int, required=False)
@in_room
def rollback(room: Room, number: int | None) -> None:
    """Serve an earlier generation, by default the one before.

    Example: onrecord rollback 3
    """
    found = room.store().rollback(number)
    room.talk.say(f"generation {found.number} is served now")


@click.command()
@click.option("--keep", type=click.IntRange(min=1), help="How many (ONRECORD_KEEP, else 3).")
@in_room
def prune(room: Room, keep: int | None) -> None:
    """Remove generations that are kept no longer.

    What went with an erasure goes in any case, once nobody reads it.

    Example: onrecord prune --keep 1
    """
    store = room.store()
    store.prune(keep)
    kept = len(store.generations())
    room.talk.say(f"{kept} generation{'' if kept == 1 else 's'} kept")
    if lingering := store.lingering():
        raise click.ClickException(still_read(lingering))


def still_read(numbers: Iterable[int]) -> str:
    """Return what is to be done about generations that an erasure could not remove."""
    return "; ".join(
        f"generation {number} is still open in another process, and has what was erased; "
        "once it was let go (a server does so at its next request): onrecord prune"
        for number in numbers
    )


@click.command()
@click.argument("folder", type=_NEW)
@in_room
def backup(room: Room, folder: Path) -> None:
    """Copy the current generation to a new folder.

    The held texts go with it.

    Example: onrecord backup /media/disk/onrecord-2026-11-22
    """
    found = room.store().backup(folder)
    room.talk.say(f"generation {found.number} is in {folder}; back with: onrecord restore")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, file_okay=False))
@in_room
def restore(room: Room, archive: Path) -> None:
    """Make a backup the first generation of an empty data folder.

    Example: onrecord --data fresh restore /media/disk/onrecord-2026-11-22
    """
    found = restored(archive, room.settings.data)
    room.talk.say(f"generation {found.number} is served from {room.settings.data}")


@click.command()
@in_room
def derive(room: Room) -> None:
    """Derive status, origins and names anew from the evidence.

    Example: onrecord derive
    """
    with room.record().write("derive anew") as draft, room.talk.progress() as progress:
        progress("deriving", 0, None)
        claims = derivation.rebuild(draft, room.mint)
        number = draft.generation
    room.talk.say(f"derived the status of {claims:,} claims; next: onrecord audit")
    room.talk.detail(f"generation {number} was published if anything changed")


@click.command()
@in_room
def check(room: Room) -> None:
    """Hold the record against the shapes of the ontology.

    Example: onrecord check
    """
    with room.store().read() as snapshot:
        found = [(node.value, rule) for node, rule in broken_rules(snapshot)]
    if found:
        show_table(("node", "rule that it breaks"), found)
        raise click.ClickException(f"{len(found)} broken rules")
    room.talk.say("every node keeps the rules")


@click.command()
@click.option(
    "--format", "format_", type=click.Choice(sorted((*FORMATS, _STIX))), default="nquads"
)
@click.option("--graph", metavar="IRI", help="default, accepted, disputed, …, or any IRI.")
@click.option("--case", metavar="NAME", help="Only what belongs to this case.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Where to; - is stdout.",
)
@click.option(
    "--tlp",
    type=click.Choice(LIMITS, case_sensitive=False),
    default=LIMITS[0],
    show_default=True,
    help="The strictest marking that may leave.",
)
@click.option(
    "--whatever-licences-say", is_flag=True, help="Mix also what a licence forbids to mix."
)
@in_room
def export(
    room: Room,
    format_: str,
    graph: str | None,
    case: str | None,
    output: Path | None,
    tlp: str,
    whatever_licences_say: bool,
) -> None:
    """Write the record, a graph of it or a case as linked data, or as a STIX bundle.

    Nothing is written where the licence of a source forbids it to be mixed with the others, or
    its marking to go as far.

    N-Quads, TriG and JSON-LD hold every graph; Turtle and N-Triples the default graph, unless
    one is named. What a bundle cannot hold is counted on stderr.

    \b
    Example: onrecord export --format trig -o record.trig
             onrecord export --case pakistan-april-2019 --format jsonld
             onrecord export --format stix -o bundle.json
    """
    base = room.settings.base
    about = named(f"{base}case/{case}", base) if case else None
    chosen = _graph(graph, base)
    if format_ == _STIX and chosen:
        raise click.UsageError("a STIX bundle has no graphs: leave out --graph")
    with room.store().read() as snapshot:
        found = runs_of_case(snapshot, about) if about else runs(snapshot)
        refuse_forbidden(found, tlp, whatever_licences_say=whatever_licences_say)
        _say_what_leaves(room, found, tlp)
        with _written(output) as file:
            lost = _write(snapshot, file, format_, chosen, about)
    if output and output.is_file():
        room.talk.say(f"{output}: {output.stat().st_size:,} bytes")
    _show_lost(room, lost)


def _say_what_leaves(room: Room, found: Sequence[LoaderRun], tlp: str) -> None:
    """Name the sources whose licence is not known here, and those that are marked."""
    for source in unknown(found):
        room.talk.detail(f"{source}: nobody told a licence that is known here")
    for source, licence in unread(found):
        room.talk.say(f"{source}: leaves under {licence!r}, of which nothing is known here")
    for source, name in marked(found):
        room.talk.say(f"{source}: is {name}, and leaves with --tlp {tlp}")


def _write(
    snapshot: Snapshot,
    file: IO[bytes],
    format: str,
    graph: Graph | None,
    case: NamedNode | None,
) -> Counter[str]:
    """Write an export; return what its format cannot hold."""
    if format == _STIX:
        return stix.export(snapshot, file, case=case)
    exported(snapshot, file, format, graph=graph, case=case)
    return Counter()


def _show_lost(room: Room, lost: Counter[str]) -> None:
    if lost:
        room.talk.say(f"{lost.total():,} statements that STIX cannot hold were left out")
        counts = ((what, f"{number:,}") for what, number in sorted(lost.items()))
        room.talk.table(("what", "how many"), counts)


@contextmanager
def _written(output: Path | None) -> Iterator[IO[bytes]]:
    """Lend a file that takes its place when it is whole; stdout where none is named."""
    if output is None or output == _STDOUT:
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():  # a device or a pipe, which stays what it is
        with output.open("wb") as file:
            yield file
        return
    output = output.resolve()  # a link stays a link, too
    fresh = output.with_name(f"{output.name}.part")
    try:
        with fresh.open("wb") as file:
            yield file
        fresh.replace(output)
    finally:
        fresh.unlink(missing_ok=True)


def _graph(spelled: str | None, base: str) -> Graph | None:
    if spelled is None:
        return None
    if spelled == "default":
        return DefaultGraph()
    has_colon = ":" in spelled
    return named(spelled if has_colon else f"rec:{spelled}", base)
