"""Claims that stand alone, derived by example.

Most claims of a data file share nothing with any other: no slot, aspect or triple, no thing
that was judged to be another. What is derived of such a claim follows from who says it, by
which chain, in which document; so one is derived by the rules and others are written like it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from loaders.records import Attestation, Claim, Entry, Passage
from onrecord.derive.amounts import gives_its_value
from onrecord.derive.keys import keys_of
from onrecord.derive.projections import DECISIVE, ROOTS, TIES, is_backed
from onrecord.derive.statuses import GRAPHS, WORDS
from onrecord.derive.view import DEFAULT
from onrecord.store import Draft
from ontology import term
from ontology.flags import PROJECTED
from ontology.identity import Mint, Term, normalised

Voice = tuple[NamedNode, int, NamedNode, tuple[NamedNode, ...]]
"""Stance, depth, document and chain of an attestation: what its origin follows from."""

_FEW: Final = 10
_A: Final = term("rdf:type")
_CLAIM: Final = term("Claim")
_COMPARATOR: Final = term("comparator")
_BARE: Final = term("bareClaim")
_COMPARED: Final = (term("slot"), term("aspect"))
_ORIGIN: Final = (term("origin"), term("chain"), term("hearsay"))
_STATUS: Final = str(term("status"))
_GRAPHS: Final = frozenset(map(str, GRAPHS))
_TO_VOICES: Final = tuple(
    term(word)
    for word in (
        "document", "ownedBy", "principal", "prov:wasDerivedFrom", "prov:wasQuotedFrom",
        "schema:author", "schema:publisher", "speaker", "wireCredit",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An attestation that the draft does not have, and what is written of it as N-Quads."""

    said: Attestation
    node: str
    claim: str
    octets: bytes

    @property
    def passage(self) -> Passage:
        """Return where it stands."""
        place = self.said.place
        return place.passage if isinstance(place, Entry) else place

    @property
    def voice(self) -> Voice:
        """Return what its origin follows from."""
        said = self.said
        return said.stance, said.depth, self.passage.document, (said.speaker, *said.relays)


@dataclass(frozen=True, slots=True)
class Lone:
    """A claim of which nobody spoke before, with the attestations that do now."""

    claim: Claim
    told: list[Told]
    keys: Mapping[NamedNode, list[NamedNode]]

    @property
    def bare(self) -> NamedNode:
        """Return the claim of the same triple without qualifiers."""
        return self.keys[_BARE][0] if _BARE in self.keys else self.node

    @property
    def node(self) -> NamedNode:
        """Return its IRI."""
        return NamedNode(self.told[0].claim)

    @property
    def voices(self) -> frozenset[Voice]:
        """Return who speaks on it, and how."""
        return frozenset(one.voice for one in self.told)


class Sieve:
    """Tells which claims of a batch stand alone, in the batch and in the draft."""

    def __init__(self, draft: Draft, mint: Mint, told: Sequence[Told]) -> None:
        self._draft = draft
        self._mint = mint
        self._told = told
        self._voices = set(_voices(told))
        self._shared: Counter[Term] = Counter()
        self._divided = {one.passage.document for one in told if one.passage.parts}
        self._divided |= {_document(quad) for quad in self._quads(term("partKind"))}
        self._merged = {
            node
            for quad in self._quads(term("canonical"))
            for node in (quad.subject, quad.object)
        }
        self._occurs = cache(self._does_occur)
        self._decides = cache(self._is_voice)

    def sift(self) -> tuple[list[Lone], list[Told]]:
        """Return the claims that stand alone, and the attestations of all others."""
        by_claim: dict[str, list[Told]] = {}
        for said in self._told:
            by_claim.setdefault(said.claim, []).append(said)
        lone = [self._lone(told) for told in by_claim.values()]
        for one in lone:
            self._shared.update(_keys(one))
        alone = [one for one in lone if self._is_alone(one)]
        kept = {one.told[0].claim for one in alone}
        return alone, [said for said in self._told if said.claim not in kept]

    def _lone(self, told: list[Told]) -> Lone:
        claim = told[0].said.claim
        triple = (claim.subject, claim.predicate, normalised(claim.object))
        return Lone(claim, told, keys_of(self._mint, triple, list(claim.qualifiers)))

    def _is_alone(self, one: Lone) -> bool:
        claim, nodes = one.claim, {said.node for said in one.told}
        word = PROJECTED.get(claim.predicate)
        if word in TIES or word in ROOTS or (word in DECISIVE and self._decides(claim.subject)):
            return False
        if any(said.passage.document in self._divided for said in one.told):
            return False
        if len(nodes) < len(one.told):  # one stands in two places
            return False
        if self._merged and not self._merged.isdisjoint(_things(claim)):
            return False
        if any(self._shared[key] > 1 for key in _keys(one)):
            return False
        return Quad(one.node, _A, _CLAIM, DEFAULT) not in self._draft and not self._has_kin(one)

    def _has_kin(self, one: Lone) -> bool:
        """Return whether a claim of the draft shares a triple, a slot or an aspect."""
        bare = one.bare
        if bare != one.node and Quad(bare, _A, _CLAIM, DEFAULT) in self._draft:
            return True
        return self._has(_BARE, bare) or any(
            self._has(word, key) for word in _COMPARED for key in one.keys.get(word, ())
        )

    def _is_voice(self, thing: NamedNode) -> bool:
        """Return whether it may decide whose word something is what is said of a thing."""
        if thing in self._voices:
            return True
        # most things are objects of a claim or two, and of nothing else
        around = list(islice(self._draft.quads(None, None, thing, DEFAULT), _FEW + 1))
        if len(around) <= _FEW:
            return any(quad.predicate in _TO_VOICES for quad in around)
        return any(self._has(word, thing) for word in _TO_VOICES)

    def _has(self, word: NamedNode, value: Term) -> bool:
        return self._occurs(word) and next(self._quads(word, value), None) is not None

    def _does_occur(self, word: NamedNode) -> bool:
        return next(self._quads(word), None) is not None

    def _quads(self, word: NamedNode, value: Term | None = None) -> Iterator[Quad]:
        return self._draft.quads(None, word, value, DEFAULT)


def examples(alone: Iterable[Lone]) -> list[Told]:
    """Return attestations of some claims that stand alone: one claim for each set of voices."""
    found: dict[frozenset[Voice], Lone] = {}
    for one in alone:
        found.setdefault(one.voices, one)
    return [said for one in found.values() for said in one.told]


def derived(draft: Draft, alone: Iterable[Lone], given: Sequence[Told]) -> list[str]:
    """Return what is derived of claims as N-Quads, like what was derived of examples."""
    origins = {one.voice: _spelled(draft, one.node, _ORIGIN) for one in given}
    by_claim: dict[str, set[Voice]] = {}
    for said in given:
        by_claim.setdefault(said.claim, set()).add(said.voice)
    statuses = {
        frozenset(voices): _spelled(draft, claim, WORDS) for claim, voices in by_claim.items()
    }
    found: list[str] = []
    for one in alone:
        if one.told[0].claim not in by_claim:
            found += _of_claim(one, statuses[one.voices])
            for said in one.told:
                found += [
                    f"<{said.node}> {word} {value} ." for word, value in origins[said.voice]
                ]
    return found


def _of_claim(one: Lone, status: list[tuple[str, str]]) -> Iterator[str]:
    claim, node = one.claim, f"<{one.told[0].claim}>"
    for key, values in one.keys.items():
        for key_of_it in values:
            yield f"{node} {key} {key_of_it} ."
    for word, spelled in status:
        yield f"{node} {word} {spelled} ."
    subject, value = claim.subject, normalised(claim.object)
    projected = PROJECTED.get(claim.predicate)
    backed = (is_backed([stance], chain[1:]) for stance, _, _, chain in one.voices)
    if projected and any(backed):
        yield f"{subject} {projected} {value} ."
    comparators = [value for key, value in claim.qualifiers if key == _COMPARATOR]
    graph = dict(status)[_STATUS]
    if graph in _GRAPHS and gives_its_value(comparators):
        yield f"{subject} {claim.predicate} {value} {graph} ."


def _spelled(draft: Draft, node: str, words: Sequence[NamedNode]) -> list[tuple[str, str]]:
    quads = draft.quads(NamedNode(node), None, None, DEFAULT)
    return [
        (str(quad.predicate), str(quad.object)) for quad in quads if quad.predicate in words
    ]


def _voices(told: Iterable[Told]) -> Iterator[NamedNode]:
    """Yield who speaks in a batch, where, and who is tied to whom."""
    for one in told:
        yield one.passage.document
        yield from (one.said.speaker, *one.said.relays)
        claim = one.said.claim
        word = PROJECTED.get(claim.predicate)
        if word in TIES or word in ROOTS:
            yield claim.subject
            if isinstance(claim.object, NamedNode):
                yield claim.object


def _keys(one: Lone) -> Iterator[Term]:
    """Yield what other claims may share with one: its triple, slot and aspect."""
    yield one.bare
    for word in _COMPARED:
        yield from one.keys.get(word, ())


def _things(claim: Claim) -> Iterator[Term]:
    yield claim.subject
    yield claim.object
    for _, value in claim.qualifiers:
        yield value


def _document(part: Quad) -> NamedNode:
    """Return the document of a declared part, whose IRI begins with it."""
    assert isinstance(part.subject, NamedNode)
    return NamedNode(part.subject.value.partition("#")[0])
