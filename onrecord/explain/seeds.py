"""Which claims stand around an IRI, the nearest first."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from pyoxigraph import NamedNode

from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from ontology import term
from ontology.flags import QUALIFIERS

# properties of a claim whose value may be the IRI, and of an attestation, the nearest first
_OF_CLAIMS: Final = (
    *(term(word) for word in ("rdf:subject", "about", "rdf:object")),
    *sorted(QUALIFIERS, key=str),
    *(term(word) for word in ("assertedBy", "deniedBy", "allegedBy", "questionedBy")),
)
_OF_ATTESTATIONS: Final = tuple(
    term(word)
    for word in (
        "speaker", "onBehalfOf", "origin", "passage", "record", "document",
        "prov:wasGeneratedBy", "prov:wasInvalidatedBy", "case",
    )
)  # fmt: skip
_OF_JUDGEMENTS: Final = (term("premise"), term("consequence"), term("assessed"))
_OF_WORDS: Final = (term("rdf:predicate"), term("status"))


def claims_around(snapshot: Snapshot, iri: NamedNode, most: int) -> list[NamedNode]:
    """Return at most so many claims that an IRI is about, in, behind or in front of."""
    found: dict[NamedNode, None] = {}
    for claim in islice(_claims(snapshot, iri), most * 20):
        found[claim] = None
        if len(found) == most:
            break
    return [*found]


def _claims(snapshot: Snapshot, iri: NamedNode) -> Iterator[NamedNode]:
    yield from _own(snapshot, iri)
    for word in _OF_CLAIMS:
        yield from _subjects(snapshot, word, iri)
    for word in _OF_ATTESTATIONS:
        for said in _subjects(snapshot, word, iri):
            yield from _claims_of_attestation(snapshot, said)
    for part in _subjects(snapshot, term("inPart"), iri):
        for said in _subjects(snapshot, term("passage"), part):
            yield from _claims_of_attestation(snapshot, said)
    for word in _OF_WORDS:
        yield from _subjects(snapshot, word, iri)


def _own(snapshot: Snapshot, iri: NamedNode) -> Iterator[NamedNode]:
    """Yield the claim that an attestation, a relay or a judgement is on."""
    yield from _claims_of_attestation(snapshot, iri)
    for word in _OF_JUDGEMENTS:
        yield from _objects(snapshot, iri, word)


def _claims_of_attestation(snapshot: Snapshot, node: NamedNode) -> Iterator[NamedNode]:
    hops = _subjects(snapshot, term("relay"), node)
    for said in chain([node], hops):
        yield from _objects(snapshot, said, term("claim"))


def _subjects(snapshot: Snapshot, word: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
    for quad in snapshot.quads(None, word, value, DEFAULT):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _objects(snapshot: Snapshot, node: NamedNode, word: NamedNode) -> Iterator[NamedNode]:
    for quad in snapshot.quads(node, word, None, DEFAULT):
        if isinstance(quad.object, NamedNode):
            yield quad.object
