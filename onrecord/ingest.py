"""From sources to a published generation: mapped, gated, stored, derived, audited."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from loaders import LOADERS
from loaders.given import Given
from loaders.markings import sheet_of
from loaders.records import Attestation, Fate, Record
from onrecord import ahead, derive
from onrecord.audited import refuse_findings
from onrecord.cycles import seldom_sought
from onrecord.errors import BadInput
from onrecord.holds import RDF
from onrecord.invalidation import leave_cases, mark, told
from onrecord.left_out import LeftOut
from onrecord.run import Run, Said
from onrecord.standing import DEFAULT
from onrecord.store import Draft, GenerationStore
from onrecord.vocabulary import publish_vocabulary
from ontology import term

_SHOWN: Final = 3

# what the gate does not let in, and no name that is a hash of what it names can bring about
_NOT_BY_LOADERS: Final = frozenset(
    {"attestations_of_themselves", "attestations_without_a_source", "blank_nodes"}
)

Progress = Callable[[str, int, int | None], None]


def utc_now() -> datetime:
    """Return the present moment with its time zone."""
    return datetime.now(UTC)


def silent(what: str, done: int, of: int | None) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Load:
    """A source to load: its format, where it lies, what goes beside it, how it was named."""

    loader: str
    path: Path
    given: Given
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did; `run` and `generation` are None when it changed nothing.

    `missing` counts the evidence that earlier loads of the source brought and this one has not;
    `passed` counts what of it is no evidence and was not taken as such, by the reason; `kept`
    are statements of others in source graphs, `kept_new` those of them that were not there;
    `markings` say how far the source may be passed on.
    `refused` says why the source could not be read at all, if it could not.
    """

    load: Load
    run: NamedNode | None = None
    generation: int | None = None
    read: int = 0
    new: int = 0
    known: int = 0
    skipped: int = 0
    missing: int = 0
    replaced: bool = False
    quarantined: LeftOut = field(default_factory=LeftOut)
    fates: Mapping[Fate, int] = field(default_factory=dict)
    said: Mapping[NamedNode, Said] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0
    kept_new: int = 0
    markings: frozenset[NamedNode] = frozenset()
    refused: str = ""


def ingest(
    store: GenerationStore,
    loader: str,
    path: Path,
    given: Given,
    *,
    strict: bool = False,
    replace: bool = False,
    now: Callable[[], datetime] = utc_now,
) -> Report:
    """Load one source and publish the next generation; raises what `ingest_all` does."""
    one = Load(loader, path, given)
    (report,) = ingest_all(store, [one], strict=strict, replace=replace, now=now)
    return report


def ingest_all(
    store: GenerationStore,
    loads: Sequence[Load],
    *,
    strict: bool = False,
    replace: bool = False,
    dry_run: bool = False,
    jobs: int = 1,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = silent,
) -> list[Report]:
    """Load sources and publish the next generation, or none if nothing is new in any.

    With `replace`, what earlier loads of a source brought and this one has not is withdrawn.
    More than one job maps files in as many processes, ahead of their turn.

    One source of several that cannot be read is reported, and the others are loaded. Raises
    BadInput for an unknown format or when none can be read, BadRow for the first quarantined
    record when `strict` or `replace`, ShapeViolation and AuditFinding for evidence that must
    not be published; in each case the record stays as it was.
    """
    for one in loads:
        if one.loader not in LOADERS:
            raise BadInput(f"{one.loader!r} is no format; known are {', '.join(LOADERS)}")
    with store.write(_note(loads)) as draft, _reading(loads, jobs) as read, seldom_sought():
        publish_vocabulary(draft)
        sizes = [one.path.stat().st_size if one.path.is_file() else 0 for one in loads]
        is_only = len(loads) == 1
        take = partial(_loaded, draft, strict=strict, replace=replace, now=now, is_only=is_only)
        steps = [partial(_step, progress, sizes, at) for at in range(len(loads))]
        reports = [take(one, read(at), step=steps[at]) for at, one in enumerate(loads)]
        if all(report.refused for report in reports):
            raise BadInput("; ".join(report.refused for report in reports[:_SHOWN]))
        if any(report.run for report in reports):
            progress("checking", 0, None)
            is_named_elsewhere = any(one.loader == RDF for one in loads)
            refuse_findings(draft, () if is_named_elsewhere else _NOT_BY_LOADERS)
        if dry_run:
            draft.abandon()
        return reports


def _note(loads: Sequence[Load]) -> str:
    first, more = loads[0], len(loads) - 1
    return f"load {first.loader} {first.path.name}" + (f" and {more} more" if more else "")


@contextmanager
def _reading(
    loads: Sequence[Load], jobs: int
) -> Iterator[Callable[[int], Generator[list[Record]]]]:
    """Give what reads each of the sources, in their order."""
    tasks = [(one.loader, one.path, one.given) for one in loads]
    if min(jobs, len(loads)) < 2:
        yield lambda at: ahead.batches(tasks[at])
        return
    with closing(ahead.Mappers(tasks, jobs)) as mappers:
        yield mappers.batches


def _loaded(
    draft: Draft,
    load: Load,
    batches: Generator[list[Record]],
    *,
    strict: bool,
    replace: bool,
    now: Callable[[], datetime],
    is_only: bool,
    step: Callable[[Run, list[Record]], None],
) -> Report:
    """Load one source; one of several that cannot be read at all is refused by itself."""
    run = None
    try:
        source = LOADERS[load.loader].source(load.path, load.given)
        # what a row that cannot be read brought before must not count as taken out
        run = Run(draft, load.loader, source, load.given.mint, now(), strict or replace)
        with closing(batches), closing(run.portions):
            for batch in batches:
                run.take(batch)
                step(run, batch)
            # a case has no publisher's voice to tell what whoever loads it told
            run.sheets = run.sheets or [sheet_of(load.given.terms)]
            run.balance()
            run.settle()
    except BadInput as error:
        refused = str(error).replace(str(load.path), load.shown or str(load.path))
        if strict or replace or is_only or (run and run.read):
            raise type(error)(refused) from error
        return Report(load, refused=refused)
    return _finished(run, load, replace, now)


def _step(
    progress: Progress, sizes: Sequence[int], at: int, run: Run, batch: list[Record]
) -> None:
    """Tell how far the reading is, in octets of all files."""
    told = (record for record in reversed(batch) if isinstance(record, Attestation))
    ends = (one.place.passage.end for one in told)
    done = sum(sizes[:at]) + min(next(ends, 0), sizes[at])
    progress(f"{run.source}: {run.read:,} statements", done, sum(sizes) or None)


def _finished(run: Run, load: Load, replace: bool, now: Callable[[], datetime]) -> Report:
    """Close a run, if it brings anything."""
    alone, shared = run.missing()
    graphs = run.graphs.missing(run.earlier)
    is_new = bool(run.fresh or run.vouched or run.graphs.is_new or _is_told_anew(run))
    is_new = is_new or bool(replace and alone | shared | graphs)
    if is_new:
        run.finish(now())
        if replace:
            _take_out(run, alone | graphs, shared, now)
            derive.update(run.draft, load.given.mint, alone)
    return Report(
        load,
        run.iri if is_new else None,
        run.draft.generation if is_new else None,
        run.read,
        len(run.fresh),
        run.known,
        run.skipped,
        len(alone | graphs),
        replace,
        run.quarantined,
        run.fates,
        {said.example.predicate: said for said in run.said.values()},
        run.passed,
        run.graphs.kept,
        run.graphs.new,
        frozenset(one for sheet in run.sheets for one in sheet.markings),
    )


def _is_told_anew(run: Run) -> bool:
    """Return whether a licence or marking is told that no earlier run of the source has."""
    told: list[tuple[NamedNode, Literal | NamedNode]] = []
    for sheet in run.sheets:
        told += [(term("licence"), Literal(sheet.licence))] if sheet.licence else []
        told += [(term("marking"), one) for one in sheet.markings]
    return bool(run.earlier) and any(
        all(Quad(one, word, value, DEFAULT) not in run.draft for one in run.earlier)
        for word, value in told
    )


def _take_out(
    run: Run, alone: set[NamedNode], shared: set[NamedNode], now: Callable[[], datetime]
) -> None:
    """Withdraw what is in the source no longer; others may still say the same."""
    started = now()
    leave_cases(run.draft, shared, run.earlier)
    if alone | shared:
        act = run.mint.activity("withdrawal", run.iri.value, started.isoformat())
        mark(run.draft, alone, act, started)
        reason = f"{run.source} has it no longer, as read by <{run.iri.value}>"
        run.draft.insert(told(act, alone | shared, reason, (started, now())))
        word = term("asBroughtBy")
        run.draft.insert(Quad(act, word, one, DEFAULT) for one in run.earlier)
