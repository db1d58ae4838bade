"""The status of a claim: the rules of `docs/status.md`, section Status, in their order."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord.derive.amounts import exclude, is_exact
from onrecord.derive.cosigned import independent, only_codes
from onrecord.derive.keys import claims_giving, mates, same_proposition
from onrecord.derive.origins import is_unnamed
from onrecord.derive.view import PlainTriple, Properties, View
from ontology import term
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import Term

WORDS: Final = tuple(
    term(word)
    for word in (
        "status", "independentOrigins", "assertedBy", "deniedBy", "allegedBy", "questionedBy",
        "conflictsWith", "variantOf",
    )
)  # fmt: skip

# weakest first: where claims share a plain triple, it stands in the graph of the weakest
GRAPHS: Final = STATUS_GRAPHS[::-1]
_BY: Final = ("Assertion", "Denial", "Allegation", "Question")


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says what of a proposition: origins by stance, and the actors who answer for it."""

    origins: dict[str, frozenset[NamedNode]]
    actors: dict[str, frozenset[NamedNode]]
    analysts: frozenset[NamedNode]

    @property
    def asserting(self) -> frozenset[NamedNode]:
        """Return the origins that assert it and have not retracted.

        Who codes a source is no second source: an analyst counts only where nobody else speaks.
        """
        said = self.origins["Assertion"] - self.origins["Retraction"]
        return said - self.analysts or said


class Statuses:
    """The statuses of one derivation; who speaks on a claim is found once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._heard: dict[NamedNode, Voices] = {}

    def voices(self, claim: NamedNode) -> Voices:
        """Return the voices on a claim and on those that are one with it after merging."""
        if claim not in self._heard:
            self._heard[claim] = _voices(self._view, claim)
        return self._heard[claim]

    def status(self, claim: NamedNode) -> NamedNode:
        """Return the status of a claim."""
        said = self.voices(claim)
        if not said.asserting:
            return term("unsupported")
        if any(self._conflicting(claim)):
            return term("contradicted")
        if said.origins["Denial"] or any(self._denied_consequences(claim)):
            return term("disputed")
        is_more = independent(self._view, said.asserting) > 1
        return term("accepted") if is_more else term("singleSource")

    def annotations(self, claim: NamedNode) -> Properties:
        """Return the derived properties of a claim on which something is said."""
        if not self._view.attestations(claim):
            return {}
        said = self.voices(claim)
        found: dict[NamedNode, Collection[Term]] = {
            term("status"): [self.status(claim)],
            term("independentOrigins"): [Literal(independent(self._view, said.asserting))],
            term("conflictsWith"): self._at_odds(claim),
            term("variantOf"): self._variants(claim),
        }
        words = ("assertedBy", "deniedBy", "allegedBy", "questionedBy")
        for word, stance in zip(words, _BY, strict=True):
            found[term(word)] = said.actors[stance]
        return found

    def _conflicting(self, claim: NamedNode) -> Iterator[NamedNode]:
        for other in sorted(mates(self._view, claim, "slot"), key=str):
            if exclude(self._view, claim, other) and self.voices(other).asserting:
                yield other

    def _denied_consequences(self, claim: NamedNode) -> Iterator[NamedNode]:
        for other in _judged(self._view, claim, "premise", "consequence"):
            if self.voices(other).origins["Denial"]:
                yield other

    def _asserted_premises(self, claim: NamedNode) -> Iterator[NamedNode]:
        for other in _judged(self._view, claim, "consequence", "premise"):
            if self.voices(other).asserting:
                yield other

    def _at_odds(self, claim: NamedNode) -> set[NamedNode]:
        said = self.voices(claim)
        found: set[NamedNode] = set()
        if said.asserting:
            found.update(self._conflicting(claim), self._denied_consequences(claim))
        if said.origins["Denial"]:
            found.update(self._asserted_premises(claim))
        return found

    def _variants(self, claim: NamedNode) -> set[NamedNode]:
        near = mates(self._view, claim, "aspect") | mates(self._view, claim, "slot")
        said = self.voices(claim).asserting
        others = near.difference(same_proposition(self._view, claim))
        return {other for other in others if said & self.voices(other).asserting}


def graph_of(view: View, triple: PlainTriple) -> NamedNode | None:
    """Return the status graph in which a plain triple stands, if any claim gives it."""
    claims = (claim for claim in claims_giving(view, triple) if is_exact(view, claim))
    found = {view.node(claim, term("status")) for claim in claims}
    return next((graph for graph in GRAPHS if graph in found), None)


def partners(view: View, claim: NamedNode) -> set[NamedNode]:
    """Return the claims that judgements tie to a claim as premise or consequence."""
    forward = _judged(view, claim, "premise", "consequence")
    return {*forward, *_judged(view, claim, "consequence", "premise")}


def _voices(view: View, claim: NamedNode) -> Voices:
    origins: dict[str, set[NamedNode]] = {word: set() for word in (*_BY, "Retraction")}
    spoken: list[tuple[str, set[NamedNode]]] = []
    for same in same_proposition(view, claim):
        for said in view.attestations(same):
            stance = _stance(view, said)
            origins.setdefault(stance, set()).update(view.nodes(said, term("origin")))
            if not view.terms(said, term("hearsay")):
                spoken.append((stance, set(_answerable(view, said))))
    every = frozenset(actor for found in origins.values() for actor in found)
    analysts = frozenset(actor for actor in every if only_codes(view, actor))
    return Voices(_frozen(origins), _actors(view, spoken), analysts)


def _actors(
    view: View, spoken: Iterable[tuple[str, set[NamedNode]]]
) -> dict[str, frozenset[NamedNode]]:
    """Return by stance who answers for it, without those who took their word back.

    Each goes by the name under which the evidence has them, and takes back under any.
    """
    found: dict[str, set[NamedNode]] = {word: set() for word in (*_BY, "Retraction")}
    retracting: set[NamedNode] = set()
    for stance, actors in sorted(spoken, key=lambda one: one[0] != "Retraction"):
        heads = {view.head(actor) for actor in actors}
        put_forward = stance in ("Assertion", "Allegation")
        if stance in found and not (put_forward and heads & retracting):
            found[stance] |= actors
        retracting |= heads if stance == "Retraction" else set()
    return _frozen(found)


def _stance(view: View, said: NamedNode) -> str:
    """Return a stance; who can be named asserts what they allege.

    Hearsay asserts nothing, and takes nothing back.
    """
    kinds = view.nodes(said, term("rdf:type"))
    if term("Assertion") in kinds or term("Allegation") in kinds:
        speakers = view.nodes(said, term("speaker"))
        unnamed = any(is_unnamed(view, speaker) for speaker in speakers)
        weak = view.terms(said, term("hearsay")) or (term("Allegation") in kinds and unnamed)
        return "Allegation" if weak else "Assertion"
    if term("Retraction") in kinds and view.terms(said, term("hearsay")):
        return ""
    names = (kind.value.rpartition("#")[2] for kind in kinds if kind != term("Attestation"))
    return next(names, "")


def _answerable(view: View, said: NamedNode) -> Iterator[NamedNode]:
    for speaker in view.nodes(said, term("speaker")):
        yield speaker
        yield from view.nodes(speaker, term("principal"))


def _judged(view: View, claim: NamedNode, this: str, that: str) -> list[NamedNode]:
    """Return the claims at the other end of valid implications of a claim."""
    same = same_proposition(view, claim)
    judged = [node for one in same for node in view.subjects(term(this), one)]
    ends = [
        end for node in judged if view.is_valid(node) for end in view.nodes(node, term(that))
    ]
    return sorted({one for end in ends for one in same_proposition(view, end)}, key=str)


def _frozen(found: dict[str, set[NamedNode]]) -> dict[str, frozenset[NamedNode]]:
    return {word: frozenset(nodes) for word, nodes in found.items()}
