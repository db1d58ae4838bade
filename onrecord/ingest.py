"""From sources to a published generation: mapped, gated, stored, derived, audited."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final

from loaders import LOADERS
from loaders.given import Given
from loaders.records import Attestation, Record
from onrecord import ahead
from onrecord.audited import refuse_findings
from onrecord.course import Course, Step
from onrecord.cycles import seldom_sought
from onrecord.errors import BadInput
from onrecord.holds import RDF
from onrecord.loads import Load, Report
from onrecord.progress import Progress, silent
from onrecord.run import Run
from onrecord.store import GenerationStore

_SHOWN: Final = 3

# what the gate does not let in, and no name that is a hash of what it names can bring about
_NOT_BY_LOADERS: Final = frozenset(
    {"attestations_of_themselves", "attestations_without_a_source", "blank_nodes"}
)


def utc_now() -> datetime:
    """Return the present moment with its time zone."""
    return datetime.now(UTC)


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
    All are under one base. More than one job maps files in as many processes, ahead.

    One source of several that cannot be read is reported, and the others are loaded. Raises
    BadInput for an unknown format or when none can be read, BadRow for the first quarantined
    record when `strict`, and when `replace` for one of which an earlier load had evidence;
    ShapeViolation and AuditFinding for evidence that must not be published; in each case the
    record stays as it was.
    """
    _refuse_unknown(loads)
    (mint,) = {one.given.mint for one in loads}
    with store.write(_note(loads)) as draft, _reading(loads, jobs) as read, seldom_sought():
        # what a row that cannot be read brought before must not count as taken out
        with closing(Course(draft, mint, strict, replace, now)) as course:
            for at, (one, step) in enumerate(zip(loads, _steps(progress, loads), strict=True)):
                course.take(one, read(at), step)
            reports = course.reports()
        if all(report.refused for report in reports):
            raise BadInput("; ".join(report.refused for report in reports[:_SHOWN]))
        if any(report.run for report in reports):
            progress("checking", 0, None)
            is_named_elsewhere = any(one.loader == RDF for one in loads)
            refuse_findings(draft, () if is_named_elsewhere else _NOT_BY_LOADERS)
        if dry_run:
            draft.abandon()
        return reports


def _refuse_unknown(loads: Sequence[Load]) -> None:
    for one in loads:
        if one.loader not in LOADERS:
            raise BadInput(f"{one.loader!r} is no format; known are {', '.join(LOADERS)}")


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


def _steps(progress: Progress, loads: Sequence[Load]) -> Iterator[Step]:
    """Yield, for each source, what tells how far the reading is."""
    sizes = [one.path.stat().st_size if one.path.is_file() else 0 for one in loads]
    total = sum(sizes)
    for size, end in zip(sizes, accumulate(sizes), strict=True):
        yield partial(_step, progress, range(end - size, end), total)


def _step(progress: Progress, octets: range, total: int, run: Run, batch: list[Record]) -> None:
    """Tell how far the reading is, in octets of all files, of which some are this one's."""
    told = (record for record in reversed(batch) if isinstance(record, Attestation))
    ends = (one.place.passage.end for one in told)
    done = min(octets.start + next(ends, 0), octets.stop)
    progress(f"{run.source}: {run.read:,} statements", done, total or None)
