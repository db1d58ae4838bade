"""Whose word an attestation is in the end: the rules of `docs/status.md`, section Origins."""

from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.projections import ROOTS, is_attributed
from onrecord.derive.view import View
from ontology import term
from ontology.identity import Term

_REPEATING: Final = frozenset({term("headline"), term("standfirst")})


def origin(view: View, said: NamedNode) -> tuple[NamedNode, bool]:
    """Return the actor on whom an attestation rests, and whether it is hearsay."""
    if not is_attributed(view, said):
        return _repeated(view, said) or own_voice(view, said), False
    speakers = [*view.nodes(said, term("speaker")), *relay_speakers(view, said)]
    telling = [at for at in range(1, len(speakers)) if not is_outlet(view, speakers[at])]
    at = telling[-1] if telling else 0
    if _rests_on_its_reporter(view, speakers[at]):
        reporters = (one for one in speakers[at + 1 :] if not is_unnamed(view, one))
        reporter = next(reporters, None)
        found = principal(view, reporter) if reporter else own_voice(view, said)
        return found, bool(telling)
    return principal(view, speakers[at]), bool(telling)


def chain(view: View, said: NamedNode) -> str:
    """Return the names along the way of an attestation, innermost speaker first."""
    speakers = [*view.nodes(said, term("speaker")), *relay_speakers(view, said)]
    if is_attributed(view, said):
        documents = view.nodes(said, term("document"))
        speakers += [view.node(one, term("schema:publisher")) or one for one in documents[:1]]
    return " < ".join(_name(view, speaker) for speaker in speakers)


def relay_speakers(view: View, said: NamedNode) -> list[NamedNode]:
    """Return who relays an attestation, from next to the speaker to next to the document."""
    hops = sorted(view.nodes(said, term("relay")), key=lambda hop: _number(view, hop))
    return [speaker for hop in hops for speaker in view.nodes(hop, term("speaker"))]


def is_outlet(view: View, speaker: NamedNode) -> bool:
    """Return whether a speaker is an outlet, which relays without speaking for itself."""
    return term("Outlet") in view.terms(speaker, term("rdf:type"))


def is_unnamed(view: View, speaker: NamedNode) -> bool:
    """Return whether a speaker is an anonymous source."""
    return term("UnnamedSpeaker") in view.terms(speaker, term("rdf:type"))


def is_analyst(view: View, actor: NamedNode) -> bool:
    """Return whether an actor codes and judges what others say."""
    return term("Analyst") in view.terms(actor, term("rdf:type"))


def principal(view: View, actor: NamedNode) -> NamedNode:
    """Return for whom an actor speaks or who owns it, to the end, under its canonical IRI."""
    seen: set[NamedNode] = set()
    while actor not in seen:
        seen.add(actor)
        actor = _answerable(view, actor)
    return actor


def _answerable(view: View, actor: NamedNode) -> NamedNode:
    """Return the next actor up, whichever of the merged IRIs says so."""
    head = view.node(actor, term("canonical")) or actor
    group = sorted({head, *view.subjects(term("canonical"), head)}, key=str)
    words = (term("principal"), term("ownedBy"))
    up = next(
        (found for word in words for one in group for found in view.nodes(one, word)), head
    )
    return view.node(up, term("canonical")) or up


def own_voice(view: View, said: NamedNode) -> NamedNode:
    """Return whose word a document's own voice is at the place of an attestation."""
    place = _derived_part(view, said) or view.node(said, term("document"))
    root = _root(view, place) if place else None
    for word in (term("wireCredit"), term("schema:publisher")):
        actor = view.node(root, word) if root else None
        if actor:
            return principal(view, actor)
    if root and root != place:
        return root
    speakers = relay_speakers(view, said) or view.nodes(said, term("speaker"))
    return principal(view, speakers[-1])


def _rests_on_its_reporter(view: View, speaker: NamedNode) -> bool:
    """Return whether nobody stands behind a speaker but whoever reports it."""
    return is_unnamed(view, speaker) and not view.node(speaker, term("principal"))


def _repeated(view: View, said: NamedNode) -> NamedNode | None:
    """Return the origin of the attributed claim that a headline or standfirst repeats."""
    places = view.nodes(said, term("passage"))
    parts = [part for place in places for part in view.nodes(place, term("inPart"))]
    if not any(_REPEATING.intersection(view.terms(part, term("partKind"))) for part in parts):
        return None
    documents = set(view.nodes(said, term("document")))
    claims = view.nodes(said, term("claim"))
    others = (other for claim in claims for other in view.attestations(claim))
    body = (
        origin(view, other)[0]
        for other in others
        if is_attributed(view, other)
        and documents.intersection(view.nodes(other, term("document")))
    )
    return min(body, key=str, default=None)


def _derived_part(view: View, said: NamedNode) -> NamedNode | None:
    """Return the narrowest declared part around an attestation that comes from elsewhere."""
    places = view.nodes(said, term("passage"))
    parts = [part for place in places for part in view.nodes(place, term("inPart"))]
    derived = [part for part in parts if any(view.node(part, word) for word in ROOTS)]
    return min(derived, key=lambda part: (_length(view, part), part.value), default=None)


def _name(view: View, actor: NamedNode) -> str:
    labels = view.terms(actor, term("rdfs:label"))
    return labels[0].value if labels else actor.value


def _root(view: View, place: NamedNode) -> NamedNode:
    seen: set[NamedNode] = set()
    while place not in seen:
        seen.add(place)
        sources = [source for word in ROOTS for source in view.nodes(place, word)]
        place = sources[0] if sources else place
    return place


def _length(view: View, part: NamedNode) -> int:
    return _integer(view.terms(part, term("oa:end"))) - _integer(
        view.terms(part, term("oa:start"))
    )


def _number(view: View, hop: NamedNode) -> int:
    return _integer(view.terms(hop, term("position")))


def _integer(values: list[Term]) -> int:
    return int(values[0].value) if values else 0
