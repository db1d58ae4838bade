"""What a claim is compared by: its subject, slot, aspect, and its bare and canonical forms."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from onrecord.derive.view import PlainTriple, View, stated
from ontology import term
from ontology.flags import ONE_VALUE, RENDERINGS, STRENGTHS
from ontology.identity import Qualifier

WORDS: Final = tuple(
    term(word) for word in ("about", "slot", "aspect", "canonicalClaim", "bareClaim")
)

_COMPARATOR: Final = term("comparator")
_TEMPORAL: Final = frozenset(
    term(word) for word in ("atTime", "during", "validFrom", "validTo", "withinPeriod")
)


def keys(view: View, claim: NamedNode) -> Iterator[Quad]:
    """Yield the keys of a claim on which something is said.

    A slot and an aspect only where claims are compared by them.
    """
    if not view.attestations(claim):
        return
    subject, predicate, value = view.triple(claim)
    qualifiers = [(key, view.canonical(found)) for key, found in view.qualifiers(claim)]
    canonical = view.mint.claim(subject, predicate, value, qualifiers)
    yield from stated(claim, term("about"), [subject])
    if canonical != claim:
        yield from stated(claim, term("canonicalClaim"), [canonical])
    if qualifiers or canonical != claim:
        bare = view.mint.claim(subject, predicate, value)
        yield from stated(claim, term("bareClaim"), [bare])
    if predicate in ONE_VALUE:
        slot = _slot(view, subject, predicate, qualifiers)
        times = [pair for pair in qualifiers if pair[0] in _TEMPORAL]
        yield from stated(claim, term("slot"), [slot])
        same = view.mint.claim(subject, predicate, value, times).value
        yield from stated(claim, term("aspect"), [view.mint.activity("aspect", same)])
    elif predicate in RENDERINGS:
        group = term("AttributionStrength") if predicate in STRENGTHS else predicate
        aspect = view.mint.activity("aspect", subject.value, group.value)
        yield from stated(claim, term("aspect"), [aspect])


def _slot(
    view: View, subject: NamedNode, predicate: NamedNode, qualifiers: list[Qualifier]
) -> NamedNode:
    pairs = sorted({(str(key), str(found)) for key, found in qualifiers if key != _COMPARATOR})
    parts = (part for pair in pairs for part in pair)
    return view.mint.activity("slot", subject.value, predicate.value, *parts)


def mates(view: View, claim: NamedNode, word: str) -> set[NamedNode]:
    """Return the other claims that share a claim's slot, aspect or bare form."""
    found = (view.subjects(term(word), key) for key in view.nodes(claim, term(word)))
    return {mate for group in found for mate in group} - {claim}


def same_proposition(view: View, claim: NamedNode) -> list[NamedNode]:
    """Return the claims that are one proposition once things are merged, itself among them."""
    key = view.node(claim, term("canonicalClaim")) or claim
    return sorted({claim, *_having(view, "canonicalClaim", key)}, key=str)


def claims_giving(view: View, triple: PlainTriple) -> set[NamedNode]:
    """Return the claims whose plain triple it is, whatever their qualifiers."""
    return _having(view, "bareClaim", view.mint.claim(*triple))


def _having(view: View, word: str, key: NamedNode) -> set[NamedNode]:
    """Return the claims that have a key: those that say so, and the one that is its own."""
    own = [key] if view.star(key) and not view.node(key, term(word)) else []
    return {*own, *view.subjects(term(word), key)}
