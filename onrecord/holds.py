"""Which runs still vouch for a piece of evidence, and by which documents."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from onrecord.standing import (
    DEFAULT,
    NEVER,
    Ending,
    ending,
    is_a,
    is_evidence,
    stands,
    subjects,
    values,
)
from onrecord.store import Snapshot
from ontology import term

RDF: Final = "rdf"  # the loader whose evidence stands in other documents than its file


@dataclass(frozen=True, slots=True)
class Hold:
    """A run that vouches for evidence, and by which documents; it falls with any of these."""

    run: NamedNode
    documents: frozenset[NamedNode]


@dataclass(frozen=True, slots=True)
class _Source:
    """A run: when it ended, what it read, and whether it was taken back since."""

    ended: Ending
    used: set[NamedNode]
    is_rdf: bool
    is_gone: bool


class Holds:
    """What holds evidence; each run and document is looked up once.

    So it is good until a run ends or something is withdrawn.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._runs: dict[NamedNode, _Source] = {}
        self._gone: dict[NamedNode, Ending] = {}

    def of(self, node: NamedNode) -> set[Hold]:
        """Return what brought evidence, a document or a graph and was not taken back since."""
        snapshot = self._snapshot
        fallen = values(snapshot, node, "prov:wasInvalidatedBy")
        last = max((ending(snapshot, act) for act in fallen), default=NEVER)
        acts = subjects(snapshot, "withdrew", node)
        silent = {run for act in acts for run in values(snapshot, act, "asBroughtBy")}
        is_document = is_a(snapshot, node, "Document")
        documents = {node} if is_document else values(snapshot, node, "document")
        return {
            hold
            for run in values(snapshot, node, "prov:wasGeneratedBy") - silent
            if last < self._run(run).ended
            for hold in self._by(run, documents)
        }

    def runs(self, node: NamedNode) -> set[NamedNode]:
        """Return the runs that brought a piece of evidence and vouch for it still."""
        return {hold.run for hold in self.of(node)}

    def taken_back(self, runs: Iterable[NamedNode]) -> set[NamedNode]:
        """Return the runs that were withdrawn or erased since, or all that they read was."""
        return {run for run in runs if self._run(run).is_gone or self._is_unread(run)}

    def _is_unread(self, run: NamedNode) -> bool:
        source = self._run(run)
        ends = [self._taken_back(document) for document in source.used]
        return bool(ends) and all(end >= source.ended for end in ends)

    def _by(self, run: NamedNode, documents: set[NamedNode]) -> Iterator[Hold]:
        """Yield how a run holds what stands in some documents; without one by itself.

        It does so by none that was taken back since it was read, nor if it was itself.
        """
        source = self._run(run)
        if source.is_gone:
            return
        if not documents:
            yield Hold(run, frozenset())
        found = documents & source.used
        if source.is_rdf:
            found |= _described(self._snapshot, run, documents)
        for document in found:
            read = read_by(document, source.used, is_rdf=source.is_rdf)
            if all(self._taken_back(one) < source.ended for one in read):
                yield Hold(run, read)

    def _run(self, run: NamedNode) -> _Source:
        if run not in self._runs:
            ended, used = ending(self._snapshot, run), values(self._snapshot, run, "prov:used")
            is_rdf, is_gone = _carries(self._snapshot, run), self._taken_back(run) >= ended
            self._runs[run] = _Source(ended, used, is_rdf, is_gone)
        return self._runs[run]

    def _taken_back(self, source: NamedNode) -> Ending:
        if source not in self._gone:
            self._gone[source] = _taken_back(self._snapshot, source)
        return self._gone[source]


def falling_with_document(snapshot: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the standing evidence that nothing holds but a document.

    What a file of RDF carried of other documents came from it, too, unless others brought it.
    """
    brought = (
        subjects(snapshot, "prov:wasGeneratedBy", run) for run in carrying(snapshot, document)
    )
    found = subjects(snapshot, "document", document).union(*brought)
    return _falling(snapshot, found, lambda hold: document in hold.documents)


def falling_with_run(snapshot: Snapshot, run: NamedNode) -> set[NamedNode]:
    """Return the standing evidence that nothing holds but a run."""
    found = subjects(snapshot, "prov:wasGeneratedBy", run)
    return _falling(snapshot, found, lambda hold: hold.run == run)


def fallen_from(snapshot: Snapshot, source: NamedNode) -> set[NamedNode]:
    """Return the evidence of a document or run that does not stand."""
    nodes = subjects(snapshot, "document", source)
    for run in (source, *carrying(snapshot, source)):
        nodes |= subjects(snapshot, "prov:wasGeneratedBy", run)
    return {
        node for node in nodes if is_evidence(snapshot, node) and not stands(snapshot, node)
    }


def carrying(snapshot: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the runs that read a file of RDF, whose evidence stands in other documents."""
    return {run for run in subjects(snapshot, "prov:used", document) if _carries(snapshot, run)}


def read_by(
    document: NamedNode, used: Collection[NamedNode], *, is_rdf: bool
) -> frozenset[NamedNode]:
    """Return by which documents a run that used some vouches for what stands in one."""
    return frozenset({document, *used} if is_rdf else {document})


def _described(snapshot: Snapshot, run: NamedNode, documents: set[NamedNode]) -> set[NamedNode]:
    """Return those of some documents that a run described, which read a file of RDF."""
    word = term("prov:wasGeneratedBy")
    return {one for one in documents if Quad(one, word, run, DEFAULT) in snapshot}


def _falling(
    snapshot: Snapshot, found: set[NamedNode], is_lost: Callable[[Hold], bool]
) -> set[NamedNode]:
    """Return what of some evidence stands, and is held by nothing that is not lost."""
    standing = (one for one in found if is_evidence(snapshot, one) and stands(snapshot, one))
    known = Holds(snapshot)
    return {node for node in standing if all(map(is_lost, known.of(node)))}


def _carries(snapshot: Snapshot, run: NamedNode) -> bool:
    return Quad(run, term("loader"), Literal(RDF), DEFAULT) in snapshot


def taken_back_by(snapshot: Snapshot, source: NamedNode) -> NamedNode | None:
    """Return what last withdrew or erased a document or run that nothing has read since."""
    acts = _acts(snapshot, source)
    last = max(acts, key=partial(ending, snapshot), default=None)
    runs = {source} if is_a(snapshot, source, "LoaderRun") else _bringing(snapshot, source)
    is_last = last and all(ending(snapshot, one) <= ending(snapshot, last) for one in runs)
    return last if is_last else None


def _bringing(snapshot: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the runs that read a document, or a file of RDF that describes it."""
    read = subjects(snapshot, "prov:used", document)
    return read | values(snapshot, document, "prov:wasGeneratedBy")


def _taken_back(snapshot: Snapshot, source: NamedNode) -> Ending:
    """Return when a document or run was last withdrawn, or the first of all moments."""
    return max((ending(snapshot, act) for act in _acts(snapshot, source)), default=NEVER)


def _acts(snapshot: Snapshot, source: NamedNode) -> set[NamedNode]:
    return subjects(snapshot, "withdrew", source) | subjects(snapshot, "erased", source)
