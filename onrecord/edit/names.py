"""Whether the IRI of evidence is the one that follows from what it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode

from onrecord.standing import star_of
from onrecord.store import Snapshot
from ontology import term
from ontology.flags import QUALIFIERS
from ontology.identity import Mint, Term

_A: Final = term("rdf:type")

Star = Mapping[NamedNode, list[Term]]


class _Lacking(Exception):
    """A property without its one value; the shapes say so in words."""


def misnamed(
    draft: Snapshot, mint: Mint, nodes: Iterable[NamedNode]
) -> Iterator[tuple[NamedNode, str]]:
    """Yield each node whose IRI does not follow from its content, with the one that does."""
    for node in sorted(nodes, key=str):
        star = star_of(draft, node)
        for kind in star.get(_A, []):
            if isinstance(kind, NamedNode) and kind in _NAMES:
                try:
                    name = _NAMES[kind](draft, mint, star)
                except _Lacking:
                    continue
                if name != node:
                    yield node, f"its IRI does not follow from what it says; it is {name}"
        if not _stands_there(draft, star):
            yield node, "its passage stands in another document than it says"


def _stands_there(draft: Snapshot, star: Star) -> bool:
    places = [star_of(draft, place) for place in star.get(term("passage"), [])]
    documents = set(star.get(term("document"), []))
    return all(documents == set(place.get(term("document"), [])) for place in places)


def _claim(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    qualifiers = ((key, value) for key in star if key in QUALIFIERS for value in star[key])
    return mint.claim(
        _node(star, "rdf:subject"),
        _node(star, "rdf:predicate"),
        _one(star, "rdf:object"),
        qualifiers,
    )


def _attestation(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    stances = [kind for kind in star[_A] if kind != term("Attestation")]
    hops = [star_of(draft, hop) for hop in star.get(term("relay"), [])]
    hops.sort(key=lambda hop: _number(hop, "position"))
    chain = [_node(star, "speaker"), *(_node(hop, "speaker") for hop in hops)]
    place = _node(star, "record" if term("record") in star else "passage")
    if len(stances) != 1 or not isinstance(stances[0], NamedNode):
        raise _Lacking
    return mint.attestation(_node(star, "claim"), stances[0], chain, place)


def _document(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    found = _one(star, "sha256")
    if len(found.value) != 64:
        raise _Lacking
    return mint.document_of_sha256(found.value)


def _passage(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    ends = _number(star, "oa:start"), _number(star, "oa:end")
    return mint.passage(_node(star, "document"), *ends)


def _identity(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    low, high = sorted((_node(star, "first").value, _node(star, "second").value))
    return _judgement(mint, star, low, high, _node(star, "verdict").value)


def _implication(draft: Snapshot, mint: Mint, star: Star) -> NamedNode:
    premise, consequence = _node(star, "premise"), _node(star, "consequence")
    return _judgement(mint, star, premise.value, consequence.value)


def _judgement(mint: Mint, star: Star, *said: str) -> NamedNode:
    judge, day = _node(star, "judge"), _one(star, "judgedOn")
    return mint.activity("judgement", *said, judge.value, day.value)


_NAMES: Final[Mapping[NamedNode, Callable[[Snapshot, Mint, Star], NamedNode]]] = {
    term("Claim"): _claim,
    term("Attestation"): _attestation,
    term("Document"): _document,
    term("Passage"): _passage,
    term("IdentityJudgement"): _identity,
    term("ImplicationJudgement"): _implication,
}


def _one(star: Star, word: str) -> Term:
    found = star.get(term(word), [])
    if len(found) != 1:
        raise _Lacking
    return found[0]


def _node(star: Star, word: str) -> NamedNode:
    found = _one(star, word)
    if not isinstance(found, NamedNode):
        raise _Lacking
    return found


def _number(star: Star, word: str) -> int:
    found = _one(star, word).value
    if not found.isdecimal():
        raise _Lacking
    return int(found)
