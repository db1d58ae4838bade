"""From records to a published generation: mapped, gated, stored, derived, audited."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

import queries
from loaders import LOADERS
from loaders.given import Given
from loaders.records import Quarantined, Record
from onrecord import derive
from onrecord.errors import AuditFinding, BadInput
from onrecord.invalidation import leave_cases, leave_runs, mark, told
from onrecord.run import Run
from onrecord.store import Draft, GenerationStore
from onrecord.vocabulary import publish_vocabulary

_BATCH: Final = 1_000

Progress = Callable[[str, int, int | None], None]


def utc_now() -> datetime:
    """Return the present moment with its time zone."""
    return datetime.now(UTC)


def silent(what: str, done: int, of: int | None) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did; `run` and `generation` are None when it changed nothing.

    `missing` counts the evidence that earlier loads of the source brought and this one has not.
    """

    loader: str
    path: Path
    run: NamedNode | None
    generation: int | None
    read: int
    new: int
    known: int
    skipped: int
    missing: int
    replaced: bool
    quarantined: tuple[Quarantined, ...]


def ingest(
    store: GenerationStore,
    loader: str,
    path: Path,
    given: Given,
    *,
    strict: bool = False,
    replace: bool = False,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = silent,
) -> Report:
    """Load one source and publish the next generation, or none if nothing is new.

    With `replace`, what earlier loads of the source brought and this one has not is withdrawn.
    Raises BadInput for an unknown format or a source that cannot be read, BadRow for the first
    quarantined record when `strict` or `replace`, ShapeViolation and AuditFinding for evidence
    that must not be published; in each case the record stays as it was.
    """
    if loader not in LOADERS:
        raise BadInput(f"{loader!r} is no format; known are {', '.join(sorted(LOADERS))}")
    source = LOADERS[loader].source(path, given)
    with store.write(f"load {loader} {path.name}") as draft:
        publish_vocabulary(draft)
        # what a row that cannot be read brought before must not count as taken out
        run = Run(draft, loader, source, given.mint, now(), strict or replace)
        for batch in _batches(LOADERS[loader].load(path, given)):
            run.take(batch)
            progress("read", run.read, None)
        run.balance()
        run.settle()
        alone, shared = run.missing()
        gone = alone if replace else set()
        is_new = bool(run.fresh or run.vouched or (replace and alone | shared))
        if is_new:
            run.finish(now())
            if replace:
                _take_out(run, alone, shared, now)
            derive.update(draft, given.mint, gone)
            refuse_findings(draft)
        return _report(run, path, len(alone), replace, is_new)


def _take_out(
    run: Run, alone: set[NamedNode], shared: set[NamedNode], now: Callable[[], datetime]
) -> None:
    """Withdraw what is in the source no longer; others may still say the same."""
    started = now()
    leave_cases(run.draft, shared, run.earlier)
    leave_runs(run.draft, shared, run.earlier)
    if alone:
        act = run.mint.activity("withdrawal", run.iri.value, started.isoformat())
        mark(run.draft, alone, act, started)
        reason = f"{run.source} has it no longer, as read by <{run.iri.value}>"
        run.draft.insert(told(act, alone, reason, (started, now())))


def _report(run: Run, path: Path, missing: int, replaced: bool, is_new: bool) -> Report:
    return Report(
        run.loader,
        path,
        run.iri if is_new else None,
        run.draft.generation if is_new else None,
        run.read,
        len(run.fresh),
        run.known,
        run.skipped,
        missing,
        replaced,
        tuple(run.quarantined),
    )


def refuse_findings(draft: Draft) -> None:
    """Raise AuditFinding when an audit finds something in a draft."""
    found = [
        f"{audit.summary} {' '.join(map(str, row))}" for audit, row in queries.findings(draft)
    ]
    if found:
        more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
        raise AuditFinding("; ".join(found[:3]) + more)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, _BATCH)):
        yield batch
