"""What a load did, in tables and a line or two."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import click
from pyoxigraph import NamedNode

from loaders.given import Given
from loaders.mapping_files import TABLE, beside
from loaders.markings import MARKINGS, STRICTEST, UNREAD, WORDS
from loaders.records import Fate, Quarantined
from onrecord.cli.room import Room
from onrecord.cli.talk import show_table
from onrecord.left_out import LeftOut
from onrecord.legible import in_a_line
from onrecord.loads import Load, Report
from onrecord.quarantine import set_aside
from ontology import prefixed
from ontology.identity import Term

_COLUMNS: Final = (
    "source", "records", "mapped", "blank", "quarantined", "new", "already there",
)  # fmt: skip
_REASONS: Final = 12
_SHOWN: Final = 60  # characters of a value


def show_loaded(room: Room, reports: Sequence[Report], *, is_dry: bool, is_part: bool) -> None:
    """Say what loads did; what would be said, where nothing is published.

    With `is_part`, the sources hold a part of what they held before.
    """
    if is_dry:
        show_table(("source", "what is said", "times", "for example"), _said(reports))
    room.talk.table(_COLUMNS, _rows([report for report in reports if not report.refused]))
    left_out = [report.quarantined for report in reports if report.quarantined]
    if left_out:
        room.talk.table(("why quarantined", "times", "for example"), reasons(left_out))
    if left_out and not is_dry:
        with _set_aside_at_least_told(reports):
            _set_aside(room, reports, sum(map(len, left_out)))
    _show_apart(room, reports)
    _show_markings(room, reports)
    _show_copies(room, reports, is_dry=is_dry)
    missing = [report for report in reports if report.missing]
    if missing and not is_part:
        room.talk.say(_missing(room, missing, is_dry=is_dry))
    generation = next((one.generation for one in reports if one.generation), None)
    if is_dry:
        room.talk.say("nothing was published (--dry-run)")
    elif generation is None:
        room.talk.say("nothing new; the record is as it was")
    else:
        room.talk.say(f"published generation {generation}; next: onrecord ask --list")
        for run in (report.run for report in reports if report.run):
            room.talk.detail(f"run {run.value}")


def _show_apart(room: Room, reports: Sequence[Report]) -> None:
    """Say what of RDF is no evidence: what was kept apart, and what was passed over."""
    for report in reports:
        if report.kept:
            room.talk.say(
                f"{_name(report)}: kept {report.kept:,} statements in other vocabularies, "
                f"{report.kept_new:,} of them new, in source graphs; they are no evidence"
            )
    rows = [
        (_name(report), reason, f"{count:,}")
        for report in reports
        for reason, count in sorted(report.passed.items())
    ]
    if rows:
        room.talk.table(("source", "passed over, since each", "statements"), rows)


def _show_markings(room: Room, reports: Sequence[Report]) -> None:
    """Say which sources are marked in a form that is not read, or not as they were told."""
    held = f"it is held back like {STRICTEST} until a load says by --tlp that it may go further"
    for report in reports:
        told = report.load.given.terms.marking.upper()
        word = next((word for word in MARKINGS if WORDS[word] in report.markings), "")
        if WORDS[UNREAD] in report.markings:
            so = f"{word} counts instead" if word else held
            room.talk.say(f"{_name(report)}: is marked in a form that is not read here; {so}")
        elif told and word and WORDS[told] != WORDS[word]:
            room.talk.say(
                f"{_name(report)}: is {word} by its own word, which counts, and not {told}"
            )


def _show_copies(room: Room, reports: Sequence[Report], *, is_dry: bool) -> None:
    """Say which source is what another one is already, so that what it tells stands twice."""
    copies = [one for one in reports if one.known_as and one.load.path.is_file()]
    if not copies:
        return
    one, others, undo = copies[0], len(copies) - 1, ""
    if one.run and not is_dry:
        undo = f"withdraw this run ({room.command('withdraw', '--run', one.run.value)}) and "
    who = _name(one) + (f", like {others:,} more," if others else "")
    room.talk.say(
        f"warning: {who} has the very bytes that were loaded as {' and '.join(one.known_as)}, "
        "and what it tells stands beside that as another source's. Is it a copy? Then "
        f"{undo}load it with {shlex.join(('--as', one.known_as[0]))}, which adds nothing"
    )


def _name(report: Report) -> str:
    return in_a_line(report.load.given.dataset or report.load.shown)


def _rows(reports: Sequence[Report]) -> list[list[str]]:
    """Return a line of counts for each source, and one for all of several."""
    named = [(_name(report), _counts(report)) for report in reports]
    if len(reports) > 1:
        each = zip(*[counts for _, counts in named], strict=True)
        named.append((f"all {len(reports):,}", tuple(map(sum, each))))
    return [[name, *(f"{count:,}" for count in counts)] for name, counts in named]


def _counts(report: Report) -> tuple[int, ...]:
    fates = report.fates
    return (
        sum(fates.values()),
        fates.get(Fate.MAPPED, 0),
        fates.get(Fate.BLANK, 0),
        fates.get(Fate.QUARANTINED, 0),
        report.new,
        report.known,
    )


def _said(reports: Sequence[Report]) -> Iterator[tuple[str, ...]]:
    """Yield what is said how often, the most frequent first."""
    for report in reports:
        found = sorted(report.said.items(), key=lambda one: (-one[1].times, one[0].value))
        for predicate, said in found:
            claim = said.example
            base = report.load.given.mint.base
            words = (claim.subject, predicate, claim.object)
            shown = " ".join(short(word, base) for word in words)
            yield _name(report), short(predicate, base), f"{said.times:,}", shown


def reasons(left_out: Sequence[LeftOut]) -> Iterator[tuple[str, ...]]:
    """Yield why values were not taken, the most frequent reason first."""
    times: Counter[str] = Counter()
    first: dict[str, Quarantined] = {}
    for each in left_out:
        times += each.times
        first = each.first | first
    for reason, count in times.most_common(_REASONS):
        one = first[reason]
        value = one.shown if len(one.shown) <= _SHOWN else f"{one.shown[:_SHOWN]}…"
        column = f" {one.column}" if one.column else ""
        place = f"{one.file}:{one.line}" if one.line else one.file
        yield reason, f"{count:,}", f"{place}{column} {value!r}"
    others = sum(each.others for each in left_out)
    if len(times) > _REASONS or others:
        rest = sum(count for _, count in times.most_common()[_REASONS:]) + others
        told = ", and others" if others else ""
        yield f"and {len(times) - _REASONS:,} more reasons{told}", f"{rest:,}", ""


@contextmanager
def _set_aside_at_least_told(reports: Sequence[Report]) -> Iterator[None]:
    """Say what is lost where the quarantine cannot be written, and how to have it after all."""
    try:
        yield
    except OSError as error:
        number = next((one.generation for one in reports if one.generation), None)
        done = f"generation {number} is published" if number else "nothing was published"
        fault = f"{error.filename or 'quarantine'}: {error.strerror or error}"
        raise click.ClickException(
            f"{fault}; {done}, but what was not taken is not written down; mend that and load "
            "again, which writes it"
        ) from error


def _set_aside(room: Room, reports: Sequence[Report], count: int) -> None:
    found = set_aside(room.quarantine, reports)
    values = "value was" if count == 1 else "values were"
    room.talk.say(f"warning: {count:,} {values} not taken; see {found.reasons}")
    if found.records:
        folder = found.reasons.with_suffix("")
        room.talk.say(f"  records of which nothing was can be mended in {folder}, then:")
        alike: dict[tuple[str, ...], list[str]] = {}
        for load, path in found.records:
            words = ("load", load.loader, *_options(_with_mapping(load)))
            alike.setdefault(words, []).append(str(path))
        for words, paths in alike.items():
            room.talk.say(f"  {room.command(*words, *paths)}")


def _with_mapping(load: Load) -> Given:
    """Return what was given, with the mapping beside a table; what is mended has none."""
    found = beside(load.path)
    is_beside = load.loader == TABLE and not load.given.mapping and found.exists()
    return replace(load.given, mapping=found) if is_beside else load.given


def _options(given: Given) -> Iterator[str]:
    """Yield what a load was told of its source, which is as true of what is mended."""
    told = {
        "--publisher": given.terms.publisher,
        "--licence": given.terms.licence,
        "--url": given.terms.url,
        "--retrieved": given.terms.retrieved,
        "--tlp": given.terms.marking,
        "--mapping": given.mapping,
        "--texts": given.texts,
    }
    for option, value in told.items():
        if value:
            yield from (option, str(value))
    if given.texts_of_posts:
        yield "--text"


def _missing(room: Room, reports: Sequence[Report], *, is_dry: bool) -> str:
    """Return what became of evidence that sources have no longer, and what is to be done.

    What only bears the name of an earlier source would take that one's evidence out.
    """
    count = sum(report.missing for report in reports)
    pieces = f"{count:,} piece{'' if count == 1 else 's'} of evidence"
    if reports[0].replaced:
        return f"withdrew {pieces} that the source has no longer"
    one, others = reports[0], len(reports) - 1
    who = _name(one) if not others else f"{_name(one)} and {others:,} more"
    told = (
        f"warning: earlier loads of {who} brought {pieces} more. Is it a newer version? "
        "Load it again with --replace, which withdraws what it has no longer."
    )
    if not one.load.path.is_file():  # a case is known by its manifest
        return told
    undo = ""
    if not others and one.run and not is_dry:
        undo = f"withdraw this run ({room.command('withdraw', '--run', one.run.value)}) and "
    return f"{told} Is it another source of the same name? Then {undo}load it with --as NAME"


def short(value: Term, base: str) -> str:
    """Return a term as people read it: prefixed, or without the address of the data."""
    if not isinstance(value, NamedNode):
        return value.value if len(value.value) <= _SHOWN else f"{value.value[:_SHOWN]}…"
    return prefixed(value.value).removeprefix(base)
