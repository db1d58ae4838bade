"""What a claim is compared by: its subject, slot, aspect, and its bare and canonical forms."""

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.view import PlainTriple, Properties, View, once
from ontology import term
from ontology.flags import ONE_VALUE, RENDERINGS, STRENGTHS
from ontology.identity import Mint, Spelled, spelled, spelled_pairs

_SUBJECT: Final = term("rdf:subject")
_ABOUT: Final = term("about")
_SLOT: Final = term("slot")
_ASPECT: Final = term("aspect")
_CANONICAL: Final = term("canonicalClaim")
_BARE: Final = term("bareClaim")
WORDS: Final = (_ABOUT, _SLOT, _ASPECT, _CANONICAL, _BARE)

# as N-Triples spells them
_ONE_VALUE: Final = frozenset(map(str, ONE_VALUE))
_RENDERINGS: Final = frozenset(map(str, RENDERINGS))
_STRENGTHS: Final = frozenset(map(str, STRENGTHS))
_STRENGTH: Final = str(term("AttributionStrength"))
_COMPARATOR: Final = str(term("comparator"))
_TEMPORAL: Final = frozenset(
    str(term(word)) for word in ("atTime", "during", "validFrom", "validTo", "withinPeriod")
)


def keys(view: View, claim: NamedNode) -> Properties:
    """Return the keys of a claim on which something is said.

    A slot and an aspect only where claims are compared by them.
    """
    if not view.attestations(claim):
        return {}
    triple = view.triple(claim)
    qualifiers = [(key, view.canonical(found)) for key, found in view.qualifiers(claim)]
    canonical = view.mint.claim(*triple, qualifiers)
    subject, predicate, value = triple
    said = str(subject), str(predicate), spelled(value), spelled_pairs(qualifiers)
    found = {word: [NamedNode(key)] for word, key in spelled_keys(view.mint, said).items()}
    if canonical != claim:
        found[_CANONICAL] = [canonical]
        found.setdefault(_BARE, [view.mint.claim(*triple)])
    return found


def spelled_keys(mint: Mint, said: Spelled) -> dict[NamedNode, str]:
    """Return the IRIs of the keys that follow from canonical terms."""
    subject, predicate, value, pairs = said
    found = {_ABOUT: subject[1:-1]}
    if pairs:
        found[_BARE] = mint.claim_as_spelled(subject, predicate, value, ())
    if predicate in _ONE_VALUE:
        times = [pair for pair in pairs if pair[0] in _TEMPORAL]
        same = mint.claim_as_spelled(subject, predicate, value, times)
        rest = (part for pair in pairs if pair[0] != _COMPARATOR for part in pair)
        slot = mint.activity("slot", subject[1:-1], predicate[1:-1], *rest)
        found[_SLOT] = slot.value
        found[_ASPECT] = mint.activity("aspect", same).value
    elif predicate in _RENDERINGS:
        group = _STRENGTH if predicate in _STRENGTHS else predicate
        found[_ASPECT] = mint.activity("aspect", subject[1:-1], group[1:-1]).value
    return found


def mates(view: View, claim: NamedNode, word: str) -> set[NamedNode]:
    """Return the other claims that share a claim's slot, aspect or bare form."""
    found = (view.subjects(term(word), key) for key in view.nodes(claim, term(word)))
    return {mate for group in found for mate in group} - {claim}


@once
def same_proposition(view: View, claim: NamedNode) -> Sequence[NamedNode]:
    """Return the claims that are one proposition once things are merged, itself among them."""
    key = view.node(claim, _CANONICAL) or claim
    same = _having(view, _CANONICAL, key)
    return sorted({claim, *same}, key=str) if same else (claim,)


def claims_giving(view: View, triple: PlainTriple) -> set[NamedNode]:
    """Return the claims whose plain triple it is, whatever their qualifiers."""
    return _having(view, _BARE, view.mint.claim(*triple))


def _having(view: View, word: NamedNode, key: NamedNode) -> set[NamedNode]:
    """Return the claims that have a key: those that say so, and the one that is its own."""
    own = [key] if view.terms(key, _SUBJECT) and not view.node(key, word) else []
    return {*own, *view.subjects(word, key)}
