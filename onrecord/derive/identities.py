"""One IRI for what analysts judged to be one thing; it goes when the judgement goes."""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from onrecord.derive.view import View
from ontology import term


def things_judged(view: View, judgements: Iterable[NamedNode]) -> set[NamedNode]:
    """Return what identity judgements speak of, and what was one with it until now."""
    judged = {thing for judgement in judgements for thing in _judged(view, judgement)}
    heads = {view.head(thing) for thing in judged}
    return judged | heads | {one for head in heads for one in _members(view, head)}


def unify(view: View, things: Iterable[NamedNode]) -> None:
    """Renew the canonical IRIs of things, and of what is judged to be the same."""
    for thing in things:
        for member, canonical in _canonical(view, thing).items():
            new = () if member == canonical else (canonical,)
            view.renew(member, (term("canonical"),), {term("canonical"): new})
    view.flush()


def _members(view: View, head: NamedNode) -> Sequence[NamedNode]:
    return view.subjects(term("canonical"), head)


def _canonical(view: View, thing: NamedNode) -> dict[NamedNode, NamedNode]:
    """Return the canonical IRI, the first in order, of all that is the same as a thing."""
    group, frontier = {thing}, [thing]
    while frontier:
        for other in _same(view, frontier.pop()) - group:
            group.add(other)
            frontier.append(other)
    first = min(group, key=str)
    return dict.fromkeys(group, first)


def _same(view: View, thing: NamedNode) -> set[NamedNode]:
    found: set[NamedNode] = set()
    for word in ("first", "second"):
        for judged in view.subjects(term(word), thing):
            if view.is_valid(judged) and term("same") in view.terms(judged, term("verdict")):
                found.update(_judged(view, judged))
    return found


def _judged(view: View, judgement: NamedNode) -> set[NamedNode]:
    return {
        thing for word in ("first", "second") for thing in view.nodes(judgement, term(word))
    }
