"""The vocabulary in its own graph, so that it can be asked for beside the record."""

from functools import cache

from pyoxigraph import Quad

from onrecord.store import Draft
from ontology import VOCABULARY_GRAPH, triples


def renew(draft: Draft) -> bytes:
    """Take out of the vocabulary's graph what the ontology folder says no longer.

    Returns, as N-Quads, what it lacks of what the folder says: to be stored by the caller.
    """
    held = set(draft.quads(None, None, None, VOCABULARY_GRAPH))
    draft.remove(held - _wanted())
    # in one piece, since the store looks at each: of thousands it took as long as the rest
    return "\n".join(f"{quad} ." for quad in _wanted() - held).encode()


@cache
def _wanted() -> frozenset[Quad]:
    return frozenset(
        Quad(one.subject, one.predicate, one.object, VOCABULARY_GRAPH) for one in triples()
    )
