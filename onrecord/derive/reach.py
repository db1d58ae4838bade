"""What a change reaches: the attestations and claims that have to be derived anew."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.keys import mates, same_proposition
from onrecord.derive.origins import decides, is_copied
from onrecord.derive.statuses import partners
from onrecord.derive.view import View
from ontology import term
from ontology.flags import QUALIFIERS

_LEADS_TO: Final = tuple(
    term(word)
    for word in (
        "speaker", "relay", "passage", "inPart", "principal", "ownedBy", "canonical",
        "cosignatory", "wireCredit", "schema:publisher", "prov:wasDerivedFrom",
        "prov:wasQuotedFrom",
    )
)  # fmt: skip
_LEADS_BACK: Final = (term("canonical"), term("document"))
_CLAIM: Final = term("claim")
_DOCUMENT: Final = term("document")


def attestations_resting_on(
    view: View, things: Iterable[NamedNode], known: set[NamedNode]
) -> set[NamedNode]:
    """Return the attestations whose origin may hang on the things, and the known ones.

    Also those whose origin is independent of others or not, as the things may have it.
    """
    said, seen = set(known), set(things)
    frontier = list(seen)
    while frontier:
        node = frontier.pop()
        held = (one for one in view.subjects(_DOCUMENT, node) if one not in said)
        said.update(one for one in held if view.is_attestation(one))
        # a part that is copied tells that the rest of its document is not
        ahead = [found for word in _LEADS_BACK for found in view.nodes(node, word)]
        leading = [found for word in _LEADS_TO for found in view.subjects(word, node)]
        for one in {*leading, *ahead} - seen - said:
            if view.is_attestation(one):
                said.add(one)
            else:
                seen.add(one)
                frontier.append(one)
    return said


def sharing_a_part(view: View, attestations: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the attestations of passages in parts that decide whose word is said there."""
    places = {place for said in attestations for place in view.nodes(said, term("passage"))}
    telling = (place for place in places if any(decides(view, at) for at in view.parts(place)))
    return {said for place in telling for said in view.subjects(term("passage"), place)}


def copied_parts(view: View, attestations: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the passages of attestations, and the parts around, that come from elsewhere."""
    places = {place for said in attestations for place in view.nodes(said, term("passage"))}
    parts = (part for place in places for part in (place, *view.parts(place)))
    return {part for part in parts if is_copied(view, part)}


def claims_speaking_of(view: View, things: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the claims with any of the things as subject, object or qualifier."""
    words = (term("rdf:subject"), term("rdf:object"), *sorted(QUALIFIERS, key=str))
    return {claim for thing in things for word in words for claim in view.subjects(word, thing)}


def claims_of(view: View, attestations: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the claims that attestations take a stance on."""
    return {claim for said in attestations for claim in view.nodes(said, _CLAIM)}


def neighbours(view: View, claims: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the claims whose status may hang on what is said of the given ones."""
    found: set[NamedNode] = set()
    for claim in claims:
        for same in same_proposition(view, claim):
            near = {same, *mates(view, same, "slot"), *mates(view, same, "aspect")}
            for one in near | partners(view, same):
                found.update(same_proposition(view, one))
    return found
