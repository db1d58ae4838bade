"""Which evidence stands, and which of its sources still vouch for it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import Snapshot
from ontology import term

DEFAULT: Final = DefaultGraph()
INVALIDATED: Final = term("prov:invalidatedAtTime")
ENDED: Final = term("prov:endedAtTime")
_RDF: Final = Literal("rdf")
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def moment(when: datetime) -> Literal:
    """Return a point in time as the record writes it: in UTC."""
    spelled = when.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return Literal(spelled, datatype=term("xsd:dateTime"))


def standing_from_document(snapshot: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the standing evidence that no other standing version of a document holds.

    What a file of RDF carried of other documents came from it, too, unless others brought it.
    """
    found = _standing(snapshot, "document", document)
    held = {node for node in found if standing_documents(snapshot, node) <= {document}}
    runs = carrying(snapshot, document)
    carried = {node for run in runs for node in _standing(snapshot, "prov:wasGeneratedBy", run)}
    return held | {node for node in carried if standing_runs(snapshot, node) <= runs}


def standing_from_run(snapshot: Snapshot, run: NamedNode) -> set[NamedNode]:
    """Return the standing evidence that no other standing run brought."""
    found = _standing(snapshot, "prov:wasGeneratedBy", run)
    return {node for node in found if standing_runs(snapshot, node) <= {run}}


def fallen_from(snapshot: Snapshot, source: NamedNode) -> set[NamedNode]:
    """Return the evidence of a document or run that does not stand."""
    nodes = subjects(snapshot, "document", source)
    for run in (source, *carrying(snapshot, source)):
        nodes |= subjects(snapshot, "prov:wasGeneratedBy", run)
    return {
        node for node in nodes if is_evidence(snapshot, node) and not stands(snapshot, node)
    }


def standing_runs(snapshot: Snapshot, node: NamedNode) -> set[NamedNode]:
    """Return the runs that brought a piece of evidence and vouch for it still."""
    ends = [ended(snapshot, act) for act in values(snapshot, node, "prov:wasInvalidatedBy")]
    last = max(ends, default=_NEVER)
    acts = subjects(snapshot, "withdrew", node)
    silent = {run for act in acts for run in values(snapshot, act, "asBroughtBy")}
    runs = values(snapshot, node, "prov:wasGeneratedBy") - silent
    since = {run for run in runs if ended(snapshot, run) > last}
    return {run for run in since if _run_taken_back(snapshot, run) < ended(snapshot, run)}


def carrying(snapshot: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the runs that read a file of RDF, whose evidence stands in other documents."""
    return {run for run in subjects(snapshot, "prov:used", document) if _carries(snapshot, run)}


def standing_documents(snapshot: Snapshot, node: NamedNode) -> set[NamedNode]:
    """Return the documents that hold a piece of evidence and were not withdrawn since."""
    runs = values(snapshot, node, "prov:wasGeneratedBy")
    return {
        document
        for document in values(snapshot, node, "document")
        if _taken_back(snapshot, document) < _loaded(snapshot, document, runs)
    }


def is_evidence(snapshot: Snapshot, node: NamedNode) -> bool:
    """Return whether a node is an attestation or a judgement."""
    return is_a(snapshot, node, "Attestation") or is_a(snapshot, node, "Judgement")


def is_a(snapshot: Snapshot, node: NamedNode, word: str) -> bool:
    """Return whether evidence gives a node a type."""
    return Quad(node, term("rdf:type"), term(word), DEFAULT) in snapshot


def stands(snapshot: Snapshot, node: NamedNode) -> bool:
    """Return whether evidence was not withdrawn, or came back since."""
    return not any(snapshot.quads(node, INVALIDATED, None, DEFAULT))


def ended(snapshot: Snapshot, activity: NamedNode) -> datetime:
    """Return when a run or a withdrawal ended, or the first of all moments."""
    ends = (quad.object for quad in snapshot.quads(activity, ENDED, None, DEFAULT))
    moments = (datetime.fromisoformat(end.value) for end in ends if isinstance(end, Literal))
    return max(moments, default=_NEVER)


def subjects(snapshot: Snapshot, word: str, value: NamedNode) -> set[NamedNode]:
    """Return the nodes that have a node for a value of a property."""
    return set(named(quad.subject for quad in snapshot.quads(None, term(word), value, DEFAULT)))


def values(snapshot: Snapshot, node: NamedNode, word: str) -> set[NamedNode]:
    """Return the nodes that are values of a property of a node."""
    return set(named(quad.object for quad in snapshot.quads(node, term(word), None, DEFAULT)))


def named(found: Iterable[object]) -> Iterator[NamedNode]:
    """Yield what has an IRI."""
    return (node for node in found if isinstance(node, NamedNode))


def _standing(snapshot: Snapshot, word: str, source: NamedNode) -> set[NamedNode]:
    found = subjects(snapshot, word, source)
    return {node for node in found if is_evidence(snapshot, node) and stands(snapshot, node)}


def _carries(snapshot: Snapshot, run: NamedNode) -> bool:
    return Quad(run, term("loader"), _RDF, DEFAULT) in snapshot


def _run_taken_back(snapshot: Snapshot, run: NamedNode) -> datetime:
    """Return when a run was last withdrawn, or the file that carried what it brought."""
    files = values(snapshot, run, "prov:used") if _carries(snapshot, run) else set[NamedNode]()
    return max(_taken_back(snapshot, each) for each in (run, *files))


def _loaded(snapshot: Snapshot, document: NamedNode, runs: set[NamedNode]) -> datetime:
    """Return when the last of some runs ended that read a document, else the last of all."""
    used = runs & subjects(snapshot, "prov:used", document)
    return max((ended(snapshot, run) for run in used or runs), default=_NEVER)


def _taken_back(snapshot: Snapshot, source: NamedNode) -> datetime:
    """Return when a document or run was last withdrawn, or the first of all moments."""
    acts = (act for word in ("withdrew", "erased") for act in subjects(snapshot, word, source))
    return max((ended(snapshot, act) for act in acts), default=_NEVER)
