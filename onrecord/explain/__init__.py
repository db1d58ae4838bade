"""Everything that leads from an IRI to speakers, documents, characters and runs."""

from pyoxigraph import NamedNode, Triple

from onrecord.errors import BadParameter, UnknownThing
from onrecord.explain.seeds import claims_around
from onrecord.explain.trail import Trail
from onrecord.store import Snapshot
from ontology import VOCABULARY_GRAPH, expanded

__all__ = ["explain", "named"]


def explain(snapshot: Snapshot, iri: NamedNode, limit: int = 500) -> list[Triple]:
    """Return the triples that lead from an IRI to who said it, where, and who loaded it.

    At most `limit` claims around the IRI are followed; an rdfs:comment says when there are
    more. Plain triples of the status graphs are never among them. The IRI of the vocabulary
    stands for all of it. Raises UnknownThing.
    """
    if iri == VOCABULARY_GRAPH:
        return [quad.triple for quad in snapshot.quads(None, None, None, VOCABULARY_GRAPH)]
    trail = Trail(snapshot)
    claims = claims_around(snapshot, iri, limit + 1)
    trail.follow(iri)
    for claim in claims[:limit]:
        trail.follow(claim)
    if not trail.word(iri) and not trail.triples:
        raise UnknownThing(f"{iri.value}: the record says nothing about it")
    trail.walk()
    if len(claims) > limit:
        told = f"More than {limit} claims speak of it or come from it"
        trail.remark(iri, f"{told}, and not all are shown. Ask /sparql for all.")
    return trail.triples


def named(text: str, base: str) -> NamedNode:
    """Return the IRI that a person typed; raises BadParameter where it is none."""
    try:
        return expanded(text, base)
    except ValueError as error:
        raise BadParameter(f"iri {text!r}: not an IRI") from error
