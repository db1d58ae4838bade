"""What a claim is compared by: its subject, slot, aspect, and its bare and canonical forms."""

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.view import PlainTriple, Properties, View, once
from ontology import term
from ontology.flags import ONE_VALUE, RENDERINGS, STRENGTHS
from ontology.identity import Mint, Qualifier

_SUBJECT: Final = term("rdf:subject")
_ABOUT: Final = term("about")
_SLOT: Final = term("slot")
_ASPECT: Final = term("aspect")
_CANONICAL: Final = term("canonicalClaim")
_BARE: Final = term("bareClaim")
WORDS: Final = (_ABOUT, _SLOT, _ASPECT, _CANONICAL, _BARE)

_STRENGTH: Final = term("AttributionStrength")
_COMPARATOR: Final = term("comparator")
_TEMPORAL: Final = frozenset(
    term(word) for word in ("atTime", "during", "validFrom", "validTo", "withinPeriod")
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
    found = keys_of(view.mint, triple, qualifiers)
    if canonical != claim:
        found[_CANONICAL] = [canonical]
        found.setdefault(_BARE, [view.mint.claim(*triple)])
    return found


def keys_of(
    mint: Mint, triple: PlainTriple, qualifiers: list[Qualifier]
) -> dict[NamedNode, list[NamedNode]]:
    """Return the keys that follow from canonical terms."""
    subject, predicate, value = triple
    found = {_ABOUT: [subject]}
    if qualifiers:
        found[_BARE] = [mint.claim(subject, predicate, value)]
    if predicate in ONE_VALUE:
        times = [pair for pair in qualifiers if pair[0] in _TEMPORAL]
        same = mint.claim(subject, predicate, value, times).value
        found[_SLOT] = [_slot(mint, subject, predicate, qualifiers)]
        found[_ASPECT] = [mint.activity("aspect", same)]
    elif predicate in RENDERINGS:
        group = _STRENGTH if predicate in STRENGTHS else predicate
        found[_ASPECT] = [mint.activity("aspect", subject.value, group.value)]
    return found


def _slot(
    mint: Mint, subject: NamedNode, predicate: NamedNode, qualifiers: list[Qualifier]
) -> NamedNode:
    pairs = sorted({(str(key), str(found)) for key, found in qualifiers if key != _COMPARATOR})
    parts = (part for pair in pairs for part in pair)
    return mint.activity("slot", subject.value, predicate.value, *parts)


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
