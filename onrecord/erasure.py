"""Deleting evidence: what only it held goes with it, and what others lean on stays bare.

See docs/decisions/0010-an-erasure-may-leave-a-thing-with-nothing-but-its-iri.md.
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad

from onrecord import derive
from onrecord.holds import carrying
from onrecord.standing import DEFAULT, is_a, is_evidence, named, subjects, values
from onrecord.store import Draft, Snapshot
from ontology import term

_TYPE: Final = term("rdf:type")


def erase(
    draft: Draft, found: Iterable[NamedNode], target: NamedNode, record: NamedNode
) -> set[NamedNode]:
    """Remove withdrawn evidence of a document or run; return the documents that went with it.

    These leave tombstones. A thing that was described by nothing else is marked undescribed.
    """
    _forget_set_aside(draft, target)
    dropped = [quad for node in found for quad in _drop(draft, node)]
    gone = _documents_of(draft, target)
    near = {node for document in gone for node in subjects(draft, "document", document)}
    for document in gone:
        _unlink(draft, document)
        _bury(draft, document, record)
    dropped += _drop_orphans(draft, near | _mentioned(dropped))
    for thing in _described(dropped):
        _mark(draft, thing, record)
    for thing in _mentioned(dropped):
        if not _is_mentioned(draft, thing):
            draft.remove(described_again(draft, thing))
    return gone


def described_again(snapshot: Snapshot, thing: NamedNode) -> list[Quad]:
    """Return what says that an erasure left a thing undescribed."""
    if not is_a(snapshot, thing, "Undescribed"):
        return []
    influences = snapshot.quads(thing, term("prov:wasInfluencedBy"), None, DEFAULT)
    return [Quad(thing, _TYPE, term("Undescribed"), DEFAULT), *influences]


def _forget_set_aside(draft: Draft, target: NamedNode) -> None:
    """Remove the places of what runs set aside: of a sentence it is a hash of its words."""
    for run in {target} | subjects(draft, "prov:used", target):
        draft.remove([*draft.quads(run, term("setAside"), None, DEFAULT)])


def _documents_of(draft: Draft, target: NamedNode) -> set[NamedNode]:
    """Return the document, or those that only the run brought and no evidence stands in."""
    if is_a(draft, target, "LoaderRun"):
        return _brought_alone(draft, target)
    runs = carrying(draft, target)
    return {target}.union(*(_brought_alone(draft, run) for run in runs))


def _brought_alone(draft: Draft, target: NamedNode) -> set[NamedNode]:
    brought = subjects(draft, "prov:wasGeneratedBy", target)
    return {
        node
        for node in brought
        if is_a(draft, node, "Document")
        and values(draft, node, "prov:wasGeneratedBy") == {target}
        and not any(is_evidence(draft, near) for near in subjects(draft, "document", node))
    }


def _unlink(draft: Draft, document: NamedNode) -> None:
    """Let go of a document what other versions of it hold as well."""
    places = subjects(draft, "document", document)
    own = {place for place in places if place.value.startswith(f"{document.value}#")}
    for node in places - own:
        links = [Quad(node, term("document"), document, DEFAULT)]
        links += [Quad(node, term("passage"), place, DEFAULT) for place in own]
        draft.remove(links)


def _drop_orphans(draft: Draft, near: set[NamedNode]) -> list[Quad]:
    """Drop what nothing speaks of any more, and return it."""
    dropped: list[Quad] = []
    held = {node for node in near if _is_held(draft, node)}
    while orphans := {node for node in held if not _is_mentioned(draft, node)}:
        last = [quad for node in orphans for quad in _drop(draft, node)]
        dropped += last
        held -= orphans
        held |= {node for node in _mentioned(last) if _is_held(draft, node)}
    return dropped


def _is_held(draft: Snapshot, node: NamedNode) -> bool:
    """Return whether a node is there only for the evidence that names it."""
    if any(is_a(draft, node, word) for word in ("Claim", "Relay", "Record")):
        return True
    documents = values(draft, node, "document") if is_a(draft, node, "Passage") else set()
    # a declared part belongs to its document, whether or not evidence stands in it
    is_part = any(draft.quads(node, term("partKind"), None, DEFAULT))
    return any(not is_part or is_a(draft, one, "Tombstone") for one in documents)


def _is_mentioned(draft: Snapshot, node: NamedNode) -> bool:
    """Return whether anything but the node itself speaks of it."""
    return any(quad.subject != node for quad in draft.quads(None, None, node, DEFAULT))


def _bury(draft: Draft, document: NamedNode, record: NamedNode) -> None:
    """Leave a tombstone of a document."""
    if not is_a(draft, document, "Document"):
        return
    own = draft.quads(document, None, None, DEFAULT)
    draft.remove([quad for quad in own if not derive.is_derived(quad)])
    tombstone = Quad(document, _TYPE, term("Tombstone"), DEFAULT)
    draft.insert([tombstone, Quad(document, term("prov:wasInvalidatedBy"), record, DEFAULT)])


def _mark(draft: Draft, thing: NamedNode, record: NamedNode) -> None:
    """Mark a thing of which something still speaks, but nothing says what it is."""
    if _is_mentioned(draft, thing) and not _is_described(draft, thing):
        kind = Quad(thing, _TYPE, term("Undescribed"), DEFAULT)
        draft.insert([kind, Quad(thing, term("prov:wasInfluencedBy"), record, DEFAULT)])


def _is_described(draft: Snapshot, thing: NamedNode) -> bool:
    claims = subjects(draft, "rdf:subject", thing)
    return any(draft.quads(thing, _TYPE, None, DEFAULT)) or any(
        _TYPE in values(draft, claim, "rdf:predicate") for claim in claims
    )


def _drop(draft: Draft, node: NamedNode) -> list[Quad]:
    """Remove all that is said of a node, and return it."""
    star = list(draft.quads(node, None, None, DEFAULT))
    draft.remove(star)
    return star


def _mentioned(dropped: Iterable[Quad]) -> set[NamedNode]:
    return set(named(quad.object for quad in dropped))


def _described(dropped: list[Quad]) -> set[NamedNode]:
    """Return the things of which dropped claims said what they are."""
    subject, predicate = term("rdf:subject"), term("rdf:predicate")
    is_typing = {q.subject for q in dropped if (q.predicate, q.object) == (predicate, _TYPE)}
    return set(
        named(q.object for q in dropped if q.predicate == subject and q.subject in is_typing)
    )
