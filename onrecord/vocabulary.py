"""The vocabulary in its own graph, so that it can be asked for beside the record."""

from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from onrecord.store import Draft
from ontology import VOCABULARY_GRAPH, files

_GRAPH: Final = VOCABULARY_GRAPH


def publish_vocabulary(draft: Draft) -> None:
    """Bring the vocabulary's graph of a draft to what the ontology folder says."""
    wanted = {
        Quad(quad.subject, quad.predicate, quad.object, _GRAPH)
        for path in files()
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    }
    held = set(draft.quads(None, None, None, _GRAPH))
    draft.remove(held - wanted)
    draft.insert(wanted - held)
