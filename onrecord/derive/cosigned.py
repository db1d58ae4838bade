"""Who speaks in a joint speaker, and how many origins are independent of each other."""

from collections.abc import Collection
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.apart import most_apart
from onrecord.derive.origins import ANSWERING, COSIGNATORY, is_analyst, principal
from onrecord.derive.view import View, once
from ontology import term

MOST_SPEAKING: Final = 200  # in one joint speaker: more than there are states
_CANONICAL: Final = term("canonical")


def independent(view: View, origins: Collection[NamedNode]) -> int:
    """Return how many origins there are, at most, of which no two share anybody.

    A joint speaker stands for those who speak in it, any other origin for itself. One of more
    than `MOST_SPEAKING` counts beside nobody.
    """
    if len(origins) < 2:
        return len(origins)
    joint = [one for one in origins if cosignatories(view, one)]
    if not joint:
        return len(origins)
    alone = set(origins).difference(joint)
    opened = (_speaking(view, one) for one in sorted(joint, key=str))
    free = [one for one in opened if one and alone.isdisjoint(one)]
    return max(1, len(alone) + most_apart(free))


@once
def cosignatories(view: View, actor: NamedNode) -> list[NamedNode]:
    """Return who speaks in a joint speaker, each to the end of who answers for them.

    The actor goes by its canonical IRI; whichever of the merged ones says so.
    """
    merged = (actor, *view.subjects(_CANONICAL, actor))
    found = {who for one in merged for who in view.nodes(one, COSIGNATORY)}
    if found:  # and whoever answers for all of it
        found |= {who for one in merged for word in ANSWERING for who in view.nodes(one, word)}
    return [principal(view, who) for who in sorted(found, key=str)]


@once
def only_codes(view: View, actor: NamedNode) -> bool:
    """Return whether an actor is an analyst, or a joint speaker of nobody but analysts."""
    if is_analyst(view, actor):
        return True
    speaking = [one for one in _speaking(view, actor) if not cosignatories(view, one)]
    return bool(speaking) and all(is_analyst(view, one) for one in speaking)


def _speaking(view: View, actor: NamedNode) -> frozenset[NamedNode]:
    """Return a joint speaker with all who speak in it; nobody, where they are too many."""
    found, ahead = {actor}, [actor]
    while ahead:
        new = {*cosignatories(view, ahead.pop())} - found
        found |= new
        ahead += new
        if len(found) > MOST_SPEAKING:
            return frozenset()
    return frozenset(found)
