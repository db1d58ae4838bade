"""The runs of one load command; small sources are written and derived together."""

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from loaders import LOADERS
from loaders.markings import sheet_of
from loaders.records import Record
from onrecord import derive, vocabulary
from onrecord.errors import BadInput, BadRow
from onrecord.gone import Gone
from onrecord.holds import RDF
from onrecord.invalidation import leave_cases, mark, told
from onrecord.loads import Load, Report
from onrecord.manifest import latest_run
from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.standing import DEFAULT, subjects, texts, values
from onrecord.store import Draft
from onrecord.unread import unread
from ontology import term
from ontology.identity import Mint

_READ_AT_ONCE: Final = 4_000  # records and statements of sources that wait to be closed
# whose evidence does not tell the key of the record from which it comes
_OF_NO_KEY: Final = frozenset({"articles", "case", "claims", RDF})
_READ_BEFORE: Final = (
    "and what cannot be read does not count as taken out of the source (mend it; or, where what"
    " it said is gone, load without --replace and withdraw what `onrecord runs` has of before)"
)

Batches = Generator[list[Record]]
Step = Callable[[Run, list[Record]], None]


@dataclass
class Course:
    """Takes the sources of a command one after another, and closes their runs in that order.

    Each source of thousands of small ones says the same of its publisher: to derive that anew
    for each of them took time by the square of their number.
    """

    draft: Draft
    mint: Mint
    is_strict: bool
    replace: bool
    now: Callable[[], datetime]
    _open: list[tuple[Load, Run | Report]] = field(default_factory=list)
    _reports: list[Report] = field(default_factory=list)
    _sources: set[tuple[str, str]] = field(default_factory=set)  # of what is open
    _waiting: int = 0
    _portions: Portions = field(init=False)
    _latest: NamedNode | None = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the vocabulary, and see which run was the last one."""
        self._portions = Portions(self.draft, self.mint)
        self._portions.begin(vocabulary.renew(self.draft))
        self._latest = latest_run(self.draft)

    def take(self, load: Load, batches: Batches, step: Step) -> None:
        """Take one source; one of several that cannot be read at all is refused by itself."""
        self._portions.settle_if_full()  # what goes wrong with the sources before is not its
        run = None
        try:
            with closing(batches):
                run = self._run(load)
                for batch in batches:
                    run.take(batch)
                    step(run, batch)
            # a case has no publisher's voice to tell what whoever loads it told
            run.sheets = run.sheets or [sheet_of(load.given.terms)]
            run.balance()
        except BadInput as error:
            refused = str(error).replace(str(load.path), load.shown or str(load.path))
            if self.is_strict or self.replace or (run and run.read):
                raise type(error)(refused) from error
            self._open.append((load, Report(load, refused=refused)))
            return
        self._open.append((load, run))
        # each statement of others' RDF, of which a record has a thousand, is known by its hash
        self._waiting += max(run.read, len(run.hashes))
        if self.replace or self._waiting >= _READ_AT_ONCE:
            self._end()

    def reports(self) -> list[Report]:
        """Write what waits, close the runs, and return what came of each source."""
        self._end()
        return self._reports

    def close(self) -> None:
        """Let the engine end what it does."""
        self._portions.close()

    def _run(self, load: Load) -> Run:
        """Begin a run, once an earlier one over the same source is closed."""
        source = LOADERS[load.loader].source(load.path, load.given)
        if (load.loader, source) in self._sources:
            self._end()
        self._sources.add((load.loader, source))
        is_strict = self.is_strict or (self.replace and load.loader in _OF_NO_KEY)
        return Run(self._portions, load.loader, source, self.now(), is_strict)

    def _end(self) -> None:
        self._portions.settle()
        for load, found in self._open:
            self._reports.append(self._closed(load, found) if isinstance(found, Run) else found)
        self._open, self._sources, self._waiting = [], set(), 0

    def _closed(self, load: Load, run: Run) -> Report:
        """Close a run, if it brings anything."""
        gone = Gone.of(run.draft, run.earlier, run.seen)
        graphs = run.graphs.missing(run.earlier)
        if self.replace:
            _refuse_unread(run, gone)
        is_new = bool(run.fresh or run.vouched or run.graphs.is_new or _is_told_anew(run))
        is_new = is_new or bool(self.replace and gone.nodes | graphs)
        if is_new:
            run.finish(self._latest, self.now())
            self._latest = run.iri
            if self.replace:
                self._take_out(run, gone.alone | graphs, gone.shared)
                derive.update(self.draft, self.mint, gone.alone)
        return Report(
            load,
            run.iri if is_new else None,
            run.draft.generation if is_new else None,
            run.read,
            len(run.fresh) - len(run.again),
            run.known + len(run.again),
            run.skipped,
            len(gone.alone | graphs),
            self.replace,
            run.quarantined,
            run.fates,
            {said.example.predicate: said for said in run.said.values()},
            run.passed,
            run.graphs.kept,
            run.graphs.new,
            frozenset(one for sheet in run.sheets for one in sheet.markings),
            next((sheet.publisher for sheet in run.sheets if sheet.publisher), ""),
            next((sheet.licence for sheet in run.sheets if sheet.licence), ""),
            _other_names(run) if is_new and run.loader != RDF else (),
        )

    def _take_out(self, run: Run, alone: set[NamedNode], shared: set[NamedNode]) -> None:
        """Withdraw what is in the source no longer; others may still say the same."""
        started = self.now()
        leave_cases(self.draft, shared, run.earlier)
        if alone | shared:
            act = self.mint.activity("withdrawal", run.iri.value, started.isoformat())
            mark(self.draft, alone, act, started)
            reason = f"{run.source} has it no longer, as read by <{run.iri.value}>"
            moments, generation = (started, self.now()), self.draft.generation
            self.draft.insert(told(act, alone | shared, reason, moments, generation))
            word = term("asBroughtBy")
            self.draft.insert(Quad(act, word, one, DEFAULT) for one in run.earlier)


def _refuse_unread(run: Run, gone: Gone) -> None:
    """Raise BadRow for what was not taken, where an earlier run may have read it."""
    if one := unread(run.draft, run.quarantined, gone, run.seen):
        raise BadRow(f"{one}, {_READ_BEFORE}")


def _other_names(run: Run) -> tuple[str, ...]:
    """Return by which other names standing runs of the loader read the very same bytes."""
    others = {one for each in run.documents for one in subjects(run.draft, "prov:used", each)}
    names = {
        name
        for one in _standing_over_its_bytes(run, others)
        if Quad(one, term("loader"), Literal(run.loader), DEFAULT) in run.draft
        for name in texts(run.draft, one, "dcterms:source")
    }
    return tuple(sorted(names - {run.source}))


def _standing_over_its_bytes(run: Run, others: Iterable[NamedNode]) -> set[NamedNode]:
    """Return those of other runs that read the very bytes of a run and were not withdrawn."""
    return {
        one
        for one in others
        if values(run.draft, one, "prov:used") == run.documents
        and not subjects(run.draft, "withdrew", one)
    }


def _is_told_anew(run: Run) -> bool:
    """Return whether a licence or marking is told that no standing run over its bytes has."""
    told: list[tuple[NamedNode, Literal | NamedNode]] = []
    for sheet in run.sheets:
        told += [(term("licence"), Literal(sheet.licence))] if sheet.licence else []
        told += [(term("marking"), one) for one in sheet.markings]
    alike = _standing_over_its_bytes(run, run.earlier)
    return bool(run.earlier) and any(
        all(Quad(one, word, value, DEFAULT) not in run.draft for one in alike)
        for word, value in told
    )
