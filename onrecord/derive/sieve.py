"""Which claims of a batch stand alone: share nothing with another, before or beside them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from onrecord.derive.alone import BARE, COMPARED, WORD_OF, Lone, Told
from onrecord.derive.brought import Brought
from onrecord.derive.projections import DECISIVE, ROOTS, TIES, takes_own_voice
from onrecord.derive.view import DEFAULT
from onrecord.store import Draft
from ontology import term
from ontology.identity import Mint, Spelled

_FEW: Final = 10
_A: Final = term("rdf:type")
_CLAIM: Final = term("Claim")
_PART_KIND: Final = term("partKind")
_TO_VOICES: Final = tuple(
    term(word)
    for word in (
        "document", "ownedBy", "principal", "prov:wasDerivedFrom", "prov:wasQuotedFrom",
        "schema:author", "schema:publisher", "speaker", "wireCredit",
    )
)  # fmt: skip


class Sieve:
    """Tells which claims of a batch stand alone, in the batch, before it and in the draft.

    `before` are claims of the batch before it, and what they may share: the draft may show some
    of them, all or none, as they are still being stored. They stand alone too, and of whoever
    speaks on them, and where, an example is in the draft already.
    """

    def __init__(
        self,
        draft: Draft,
        mint: Mint,
        told: Sequence[Told],
        before: frozenset[str] = frozenset(),
        brought: Brought | None = None,
    ) -> None:
        self._draft = draft
        self._mint = mint
        self._told = told
        self._before = before
        self._brought = brought  # with all claims of the draft, and what they may share
        self._voices = set(_voices(told))
        self._divided = {
            one.said.place.passage.document.value
            for one in told
            if one.said.place.passage.parts
        }
        self._divided |= {_document(one) for one in self._quads(_PART_KIND)}
        self._shared: Counter[str] = Counter()
        self.coming: frozenset[str] = frozenset()  # for the batch after it, once this is sifted
        self._merged = {
            str(node)
            for quad in self._quads(term("canonical"))
            for node in (quad.subject, quad.object)
        }
        self._occurring: dict[NamedNode, bool] = {}
        self._deciding: dict[str, bool] = {}

    def sift(self) -> tuple[list[Lone], list[Told]]:
        """Return the claims that stand alone, and the attestations of all others."""
        by_claim: dict[str, list[Told]] = {}
        for said in self._told:
            by_claim.setdefault(said.claim, []).append(said)
        lone = [Lone.of(told, self._mint) for told in by_claim.values()]
        for one in lone:
            self._shared.update(one.shareable)
        alone = [one for one in lone if self._is_alone(one)]
        kept = {one.node for one in alone}
        self.coming = frozenset(kept.union(*[one.shareable for one in alone]))
        if self._brought:
            self._brought.add(key for one in lone for key in (one.node, *one.shareable))
        return alone, [said for said in self._told if said.claim not in kept]

    def _is_alone(self, one: Lone) -> bool:
        subject, predicate, value, _ = one.spelled
        word = WORD_OF.get(predicate)
        if takes_own_voice(word, value) or (word in DECISIVE and self._decides(subject)):
            return False
        if any(document in self._divided for _, _, document, *_ in one.voices):
            return False
        if _stands_twice(one.told) or not one.is_as_kept:
            return False
        if self._merged and not self._merged.isdisjoint(_things(one.spelled)):
            return False
        if one.node in self._before or not self._before.isdisjoint(one.shareable):
            return False
        if any(self._shared[key] > 1 for key in one.shareable):
            return False
        if self._brought and not self._brought.may_have((one.node, *one.shareable)):
            return True
        return not self._is_claim(one.node) and not self._has_kin(one)

    def _has_kin(self, one: Lone) -> bool:
        """Return whether a claim of the draft shares a triple, a slot or an aspect."""
        if one.bare != one.node and self._is_claim(one.bare):
            return True
        return self._has(BARE, one.bare) or any(
            self._has(word, one.keys[word]) for word in COMPARED if word in one.keys
        )

    def _is_claim(self, node: str) -> bool:
        return Quad(NamedNode(node), _A, _CLAIM, DEFAULT) in self._draft

    def _decides(self, thing: str) -> bool:
        if thing not in self._deciding:
            self._deciding[thing] = self._is_voice(thing)
        return self._deciding[thing]

    def _is_voice(self, thing: str) -> bool:
        """Return whether it may decide whose word something is what is said of a thing."""
        iri = thing[1:-1]
        if iri in self._voices:
            return True
        # most things are objects of a claim or two, and of nothing else
        found = self._draft.quads(None, None, NamedNode(iri), DEFAULT)
        around = list(islice(found, _FEW + 1))
        if len(around) <= _FEW:
            return any(quad.predicate in _TO_VOICES for quad in around)
        return any(self._has(word, iri) for word in _TO_VOICES)

    def _has(self, word: NamedNode, value: str) -> bool:
        if not self._occurs(word):
            return False
        return next(self._quads(word, NamedNode(value)), None) is not None

    def _occurs(self, word: NamedNode) -> bool:
        if word not in self._occurring:
            self._occurring[word] = next(self._quads(word), None) is not None
        return self._occurring[word]

    def _quads(self, word: NamedNode, value: NamedNode | None = None) -> Iterator[Quad]:
        return self._draft.quads(None, word, value, DEFAULT)


def _voices(told: Iterable[Told]) -> Iterator[str]:
    """Yield who speaks in a batch, where, and who is tied to whom."""
    for voice in {one.voice for one in told}:
        yield from voice[2:]
    for one in told:
        subject, predicate, value, _ = one.spelled
        word = WORD_OF.get(predicate)
        if word in TIES or word in ROOTS:
            yield from (said[1:-1] for said in (subject, value) if said[0] == "<")


def _stands_twice(told: Sequence[Told]) -> bool:
    """Return whether one attestation stands in two places."""
    return len(told) > 1 and len({said.node for said in told}) < len(told)


def _things(said: Spelled) -> list[str]:
    subject, _, value, qualifiers = said
    return [subject, value, *[qualifier for _, qualifier in qualifiers]]


def _document(part: Quad) -> str:
    """Return the document of a declared part, whose IRI begins with it."""
    assert isinstance(part.subject, NamedNode)
    return part.subject.value.partition("#")[0]
