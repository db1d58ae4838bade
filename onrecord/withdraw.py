"""Taking evidence back: marked invalid, or erased where the law asks for it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord import derive
from onrecord.errors import BadParameter, UnknownThing
from onrecord.ingest import moment, refuse_findings, utc_now
from onrecord.store import Draft, GenerationStore, Snapshot
from ontology import term
from ontology.identity import Mint

_DEFAULT: Final = DefaultGraph()
_INVALIDATED: Final = term("prov:invalidatedAtTime")
_ENDED: Final = term("prov:endedAtTime")
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_HELD: Final = ("claim", "relay", "passage", "premise", "consequence")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: its record, and how many pieces of evidence it took back.

    `lingering` are the generations that an erasure has to leave to those who still read them.
    """

    iri: NamedNode
    evidence: int
    generation: int
    lingering: tuple[int, ...]


def withdraw(
    store: GenerationStore,
    mint: Mint,
    *,
    document: NamedNode | None = None,
    run: NamedNode | None = None,
    reason: str,
    erase: bool = False,
    now: Callable[[], datetime] = utc_now,
) -> Withdrawn:
    """Take back exactly what came from a document or a run, and derive anew.

    What was withdrawn stays and can be asked for as of an earlier day; what was erased goes,
    from earlier generations too, and leaves a tombstone. Loading the source restores either.
    Raises BadParameter unless one of document and run is given, UnknownThing when unknown.
    """
    target = document or run
    if target is None or (document and run):
        raise BadParameter("name either a document or a run")
    with store.write(f"{'erase' if erase else 'withdraw'} {target.value}") as draft:
        found = _from_document(draft, target) if document else _from_run(draft, target)
        if not _is_known(draft, target):
            raise UnknownThing(f"{target.value}: nothing in the record came from it")
        started = now()
        record = mint.activity("withdrawal", target.value, started.isoformat())
        _mark(draft, found, record, now())
        derive.update(draft, mint, found)
        if erase:
            _erase(draft, _all_from(draft, target), target, record)
            draft.purge()
        draft.insert(_record(record, target, reason, erase, (started, now())))
        refuse_findings(draft)
        generation = draft.generation
    if erase:
        (store.texts / target.value.rpartition("/")[2]).unlink(missing_ok=True)
    return Withdrawn(record, len(found), generation, tuple(store.lingering()))


def _from_document(draft: Snapshot, document: NamedNode) -> set[NamedNode]:
    """Return the evidence that no other standing version of a document holds."""
    said = draft.quads(None, term("document"), document, _DEFAULT)
    nodes = {node for node in _subjects(said) if _is_evidence(draft, node)}
    return {
        node
        for node in nodes
        if _stands(draft, node) and _standing_documents(draft, node) <= {document}
    }


def _from_run(draft: Snapshot, run: NamedNode) -> set[NamedNode]:
    """Return the evidence that no other standing run brought."""
    said = draft.quads(None, term("prov:wasGeneratedBy"), run, _DEFAULT)
    nodes = {node for node in _subjects(said) if _is_evidence(draft, node)}
    return {
        node for node in nodes if _stands(draft, node) and _standing_runs(draft, node) <= {run}
    }


def _all_from(draft: Snapshot, target: NamedNode) -> set[NamedNode]:
    """Return the evidence of a document or run, standing or not."""
    words = (term("document"), term("prov:wasGeneratedBy"))
    quads = (quad for word in words for quad in draft.quads(None, word, target, _DEFAULT))
    nodes = {node for node in _subjects(quads) if _is_evidence(draft, node)}
    return {node for node in nodes if not _stands(draft, node)}


def _standing_runs(draft: Snapshot, node: NamedNode) -> set[NamedNode]:
    """Return the runs that brought a piece of evidence and were not withdrawn since."""
    ends = [_ended(draft, taken) for taken in _values(draft, node, "prov:wasInvalidatedBy")]
    last = max(ends, default=_NEVER)
    runs = _values(draft, node, "prov:wasGeneratedBy")
    since = {run for run in runs if _ended(draft, run) > last}
    return {run for run in since if _withdrawn(draft, run) < _ended(draft, run)}


def _standing_documents(draft: Snapshot, node: NamedNode) -> set[NamedNode]:
    """Return the documents that hold a piece of evidence and were not withdrawn since."""
    runs = _values(draft, node, "prov:wasGeneratedBy")
    loaded = max((_ended(draft, run) for run in runs), default=_NEVER)
    documents = _values(draft, node, "document")
    return {document for document in documents if _withdrawn(draft, document) < loaded}


def _withdrawn(draft: Snapshot, source: NamedNode) -> datetime:
    """Return when a document or run was last withdrawn, or never."""
    words = (term("withdrew"), term("erased"))
    said = (quad for word in words for quad in draft.quads(None, word, source, _DEFAULT))
    return max((_ended(draft, record) for record in _subjects(said)), default=_NEVER)


def _mark(draft: Draft, found: Iterable[NamedNode], record: NamedNode, when: datetime) -> None:
    draft.insert(
        quad
        for node in found
        for quad in (
            Quad(node, term("prov:wasInvalidatedBy"), record, _DEFAULT),
            Quad(node, _INVALIDATED, moment(when), _DEFAULT),
        )
    )


def _record(
    record: NamedNode,
    target: NamedNode,
    reason: str,
    erase: bool,
    moments: tuple[datetime, datetime],
) -> Iterator[Quad]:
    kind, tie = ("Erasure", "erased") if erase else ("Withdrawal", "withdrew")
    yield Quad(record, term("rdf:type"), term(kind), _DEFAULT)
    yield Quad(record, term("rdf:type"), term("prov:Activity"), _DEFAULT)
    yield Quad(record, term(tie), target, _DEFAULT)
    yield Quad(record, term("reason"), Literal(reason, language="en"), _DEFAULT)
    yield Quad(record, term("prov:startedAtTime"), moment(moments[0]), _DEFAULT)
    yield Quad(record, _ENDED, moment(moments[1]), _DEFAULT)


def _erase(draft: Draft, found: set[NamedNode], target: NamedNode, record: NamedNode) -> None:
    """Remove evidence with what only it held; a document leaves a tombstone."""
    held = {node for word in _HELD for one in found for node in _values(draft, one, word)}
    near = _subjects(draft.quads(None, term("document"), target, _DEFAULT))
    held |= {node for node in near if not _is_evidence(draft, node)}
    for node in found:
        _drop(draft, node)
    _unlink(draft, target)
    while orphans := {node for node in held if _is_orphan(draft, node)}:
        for node in orphans:
            _drop(draft, node)
        held -= orphans
    if any(draft.quads(target, term("rdf:type"), term("Document"), _DEFAULT)):
        own = draft.quads(target, None, None, _DEFAULT)
        draft.remove([quad for quad in own if not derive.is_derived(quad)])
        tombstone = Quad(target, term("rdf:type"), term("Tombstone"), _DEFAULT)
        draft.insert([tombstone, Quad(target, term("prov:wasInvalidatedBy"), record, _DEFAULT)])


def _unlink(draft: Draft, document: NamedNode) -> None:
    """Let go of a document what other versions of it hold as well."""
    places = set(_subjects(draft.quads(None, term("document"), document, _DEFAULT)))
    own = {place for place in places if place.value.startswith(f"{document.value}#")}
    for node in places - own:
        links = [Quad(node, term("document"), document, _DEFAULT)]
        links += [Quad(node, term("passage"), place, _DEFAULT) for place in own]
        draft.remove(links)


def _is_orphan(draft: Snapshot, node: NamedNode) -> bool:
    """Return whether nothing but the node itself speaks of it."""
    return all(quad.subject == node for quad in draft.quads(None, None, node, _DEFAULT))


def _drop(draft: Draft, node: NamedNode) -> None:
    draft.remove(list(draft.quads(node, None, None, _DEFAULT)))


def _subjects(quads: Iterator[Quad]) -> Iterator[NamedNode]:
    return (quad.subject for quad in quads if isinstance(quad.subject, NamedNode))


def _values(draft: Snapshot, node: NamedNode, word: str) -> set[NamedNode]:
    found = draft.quads(node, term(word), None, _DEFAULT)
    return {quad.object for quad in found if isinstance(quad.object, NamedNode)}


def _is_known(draft: Snapshot, target: NamedNode) -> bool:
    words = (term("document"), term("prov:wasGeneratedBy"), term("prov:used"))
    is_tombstone = Quad(target, term("rdf:type"), term("Tombstone"), _DEFAULT) in draft
    return is_tombstone or any(any(draft.quads(None, word, target, _DEFAULT)) for word in words)


def _is_evidence(draft: Snapshot, node: NamedNode) -> bool:
    kinds = (term("Attestation"), term("Judgement"))
    return any(Quad(node, term("rdf:type"), kind, _DEFAULT) in draft for kind in kinds)


def _stands(draft: Snapshot, node: NamedNode) -> bool:
    return not any(draft.quads(node, _INVALIDATED, None, _DEFAULT))


def _ended(draft: Snapshot, activity: NamedNode) -> datetime:
    ends = (quad.object for quad in draft.quads(activity, _ENDED, None, _DEFAULT))
    moments = (datetime.fromisoformat(end.value) for end in ends if isinstance(end, Literal))
    return max(moments, default=_NEVER)
