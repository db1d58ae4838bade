"""Whose word an attestation is in the end: the rules of `docs/status.md`, section Origins."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.projections import ROOTS, is_attributed
from onrecord.derive.view import View, once
from ontology import term
from ontology.identity import Term

ANSWERING: Final = (term("principal"), term("ownedBy"))
COSIGNATORY: Final = term("cosignatory")
WORDS: Final = (term("origin"), term("chain"), term("hearsay"))
_REPEATING: Final = frozenset({term("headline"), term("standfirst")})


def origin(view: View, said: NamedNode) -> tuple[NamedNode, bool]:
    """Return the actor on whom an attestation rests, and whether it is hearsay."""
    if not is_attributed(view, said):
        return _repeated(view, said) or own_voice(view, said), False
    speakers = [*view.nodes(said, term("speaker")), *relay_speakers(view, said)]
    document = view.node(said, term("document"))
    own = _own_speakers(view, document) if document else set()
    telling = [
        at
        for at in range(1, len(speakers))
        if not is_outlet(view, speakers[at]) and view.head(speakers[at]) not in own
    ]
    rest = speakers[telling[-1] if telling else 0 :]
    if _rests_on_its_reporter(view, rest[0]):
        rest = [one for one in rest if not is_unnamed(view, one)]
    if not rest or view.head(rest[0]) in own:
        return own_voice(view, said), bool(telling)
    return principal(view, rest[0]), bool(telling)


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


@once
def is_outlet(view: View, speaker: NamedNode) -> bool:
    """Return whether a speaker is an outlet, which relays without speaking for itself."""
    return term("Outlet") in view.terms(speaker, term("rdf:type"))


@once
def is_unnamed(view: View, speaker: NamedNode) -> bool:
    """Return whether a speaker is an anonymous source."""
    return term("UnnamedSpeaker") in view.terms(speaker, term("rdf:type"))


@once
def is_analyst(view: View, actor: NamedNode) -> bool:
    """Return whether an actor codes and judges what others say."""
    return term("Analyst") in view.terms(actor, term("rdf:type"))


@once
def principal(view: View, actor: NamedNode) -> NamedNode:
    """Return for whom an actor speaks or who owns it, to the end, under its canonical IRI."""
    return _end(actor, partial(_answerable, view))


def _answerable(view: View, actor: NamedNode) -> NamedNode:
    """Return the next actor up, whichever of the merged IRIs says so.

    A joint speaker is its own: whoever else answers for it hides nobody who speaks in it.
    """
    first = view.head(actor)
    group = sorted({first, *view.subjects(term("canonical"), first)}, key=str)
    if any(view.nodes(one, COSIGNATORY) for one in group):
        return first
    up = next(
        (found for word in ANSWERING for one in group for found in view.nodes(one, word)), first
    )
    return view.head(up)


@once
def _own_speakers(view: View, document: NamedNode) -> set[NamedNode]:
    """Return who speaks with a document's own voice: publisher, and authors of their own."""
    authors = [view.head(one) for one in view.nodes(document, term("schema:author"))]
    publishers = (view.head(one) for one in view.nodes(document, term("schema:publisher")))
    return {*publishers, *(one for one in authors if _answerable(view, one) == one)}


def own_voice(view: View, said: NamedNode) -> NamedNode:
    """Return whose word a document's own voice is at the place of an attestation."""
    part, document = _derived_part(view, said), view.node(said, term("document"))
    if part:
        return _source(view, part) or part
    copied = _source(view, document) if document else None
    if copied and document and copied not in _placed(view, document):
        return copied
    speakers = relay_speakers(view, said) or view.nodes(said, term("speaker"))
    publisher = view.node(document, term("schema:publisher")) if document else None
    return principal(view, publisher or speakers[-1])


@once
def _source(view: View, place: NamedNode) -> NamedNode | None:
    """Return on whom a document or part rests that is derived or credited to a wire."""
    root = _root(view, place)
    credit = view.node(root, term("wireCredit"))
    if root == place:
        return principal(view, credit) if credit else None
    actor = credit or view.node(root, term("schema:publisher"))
    return principal(view, actor) if actor else root


@once
def _placed(view: View, document: NamedNode) -> set[NamedNode]:
    """Return on whom the declared parts of a document rest that come from elsewhere."""
    places = view.subjects(term("document"), document)
    parts = (place for place in places if is_copied(view, place))
    return {found for part in parts if (found := _source(view, part))}


def _rests_on_its_reporter(view: View, speaker: NamedNode) -> bool:
    """Return whether nobody stands behind a speaker but whoever reports it."""
    return is_unnamed(view, speaker) and not view.node(speaker, term("principal"))


def _repeated(view: View, said: NamedNode) -> NamedNode | None:
    """Return the origin of what the same document attributes in its body, or copies."""
    others = _in_the_same_document(view, said)
    if not others:
        return None
    found: list[NamedNode] = []
    if any(_repeats(view, part) for part in _parts(view, said)):
        found = [origin(view, other)[0] for other in others if is_attributed(view, other)]
    if not found and not _derived_part(view, said):
        found = [own_voice(view, other) for other in others if _derived_part(view, other)]
    return min(found, key=str, default=None)


def _in_the_same_document(view: View, said: NamedNode) -> list[NamedNode]:
    """Return the other attestations by which a document takes the same side on a claim."""
    documents, side = view.nodes(said, term("document")), _side(view, said)
    return [
        other
        for claim in view.nodes(said, term("claim"))
        for document in documents
        for other in _by_document(view, claim).get(document, ())
        if other != said and _side(view, other) == side
    ]


@once
def _by_document(view: View, claim: NamedNode) -> dict[NamedNode, list[NamedNode]]:
    """Return the valid attestations of a claim by the documents in which they stand.

    Thousands of documents may say the same, and each of them asks.
    """
    found: dict[NamedNode, list[NamedNode]] = {}
    for said in view.attestations(claim):
        for document in view.nodes(said, term("document")):
            found.setdefault(document, []).append(said)
    return found


def _side(view: View, said: NamedNode) -> set[Term]:
    """Return the stance of an attestation; to allege is to say so."""
    kinds = set(view.terms(said, term("rdf:type")))
    return {term("Assertion") if kind == term("Allegation") else kind for kind in kinds}


@once
def is_copied(view: View, place: NamedNode) -> bool:
    """Return whether a part of a document comes from elsewhere."""
    return any(view.terms(place, word) for word in ROOTS)


@once
def decides(view: View, part: NamedNode) -> bool:
    """Return whether it matters for an origin that something is said in a part."""
    return is_copied(view, part) or _repeats(view, part)


def _repeats(view: View, part: NamedNode) -> bool:
    return not _REPEATING.isdisjoint(view.terms(part, term("partKind")))


def _derived_part(view: View, said: NamedNode) -> NamedNode | None:
    """Return the narrowest declared part around an attestation that comes from elsewhere."""
    derived = [part for part in _parts(view, said) if is_copied(view, part)]
    return min(derived, key=lambda part: (_length(view, part), part.value), default=None)


def _parts(view: View, said: NamedNode) -> list[NamedNode]:
    places = view.nodes(said, term("passage"))
    return [part for place in places for part in view.parts(place)]


@once
def _name(view: View, actor: NamedNode) -> str:
    labels = view.terms(actor, term("rdfs:label"))
    return labels[0].value if labels else actor.value


def _root(view: View, place: NamedNode) -> NamedNode:
    return _end(place, partial(_copied_from, view))


def _copied_from(view: View, place: NamedNode) -> NamedNode:
    sources = (source for word in ROOTS for source in view.nodes(place, word))
    return next(sources, place)


def _end(start: NamedNode, step: Callable[[NamedNode], NamedNode]) -> NamedNode:
    """Return where a way ends; of a circle, the same one from wherever it is entered."""
    way = [start]
    while (ahead := step(way[-1])) not in way:
        way.append(ahead)
    return min(way[way.index(ahead) :], key=str)


def _length(view: View, part: NamedNode) -> int:
    return _integer(view.terms(part, term("oa:end"))) - _integer(
        view.terms(part, term("oa:start"))
    )


def _number(view: View, hop: NamedNode) -> int:
    return _integer(view.terms(hop, term("position")))


def _integer(values: Sequence[Term]) -> int:
    return int(values[0].value) if values else 0
