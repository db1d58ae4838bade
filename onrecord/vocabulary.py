"""The vocabulary in its own graph, so that it can be asked for beside the record."""

from pyoxigraph import Quad

from onrecord.store import Draft
from ontology import VOCABULARY_GRAPH, triples


def publish_vocabulary(draft: Draft) -> None:
    """Bring the vocabulary's graph of a draft to what the ontology folder says."""
    held = {quad.triple for quad in draft.quads(None, None, None, VOCABULARY_GRAPH)}
    wanted = set(triples())
    gone = held - wanted
    draft.remove(Quad(one.subject, one.predicate, one.object, VOCABULARY_GRAPH) for one in gone)
    draft.load(f"{triple} {VOCABULARY_GRAPH} ." for triple in wanted - held)
