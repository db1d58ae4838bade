"""Made-up evidence in our vocabulary, as much as is asked for and the same for one seed.

Of 100 claims some 5 have a rival in their slot; of 100 attestations 8 deny, 8 came through a
relay; one thing in 50 is judged to be the same as another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.evidence import Evidence
from loaders.records import Attestation, Claim, Entry, IdentityJudgement, Part, Passage
from ontology import term
from ontology.identity import Mint, Term

MINT: Final = Mint("https://example.org/")
_STANCES: Final = (
    ("Assertion",) * 84 + ("Denial",) * 8 + ("Allegation",) * 6 + ("Question",) * 2
)
_TIES: Final = ("supports", "linkedTo", "operatedBy", "backs", "dcterms:isPartOf")
_COUNTS: Final = ("removedCount", "followerCount")
_PLATFORMS: Final = ("facebook", "instagram", "twitter")
_COMPARATORS: Final = ("exact",) * 8 + ("moreThan", "approximately")
_BODY: Final = Part(term("body"), 0, 4_000)
_HEADLINE: Final = Part(term("headline"), 0, 80)


@dataclass(slots=True)
class Source:
    """One source of a number of claims; sources of other names speak of other things."""

    name: str
    claims: int
    seed: int = 1
    _at: int = 0

    def records(self) -> Iterator[Evidence]:
        """Yield the things first, then the claims on them with some 2.2 attestations each."""
        chance = Random(f"{self.name} {self.seed}")
        for number in range(max(self.claims // 10, 10)):
            yield from self._thing(
                f"actor-{number}", ("org:Organization", "foaf:Person"), chance
            )
        for number in range(max(self.claims // 200, 5)):
            yield from self._thing(f"outlet-{number}", ("Outlet",), chance)
        for number in range(max(self.claims // 20, 5)):
            document, outlet = self._document(number), self._some("outlet", 200, chance)
            yield self._noted(Claim(document, term("schema:publisher"), outlet))
        for number in range(self.claims):
            what = self._claim(number, chance)
            for _ in range(min(int(chance.expovariate(1 / 1.75)) + 1, 12)):
                yield self._said(what, chance)
        for number in range(self.claims // 500):
            yield self._same(number, chance)

    def _thing(self, key: str, kinds: tuple[str, ...], chance: Random) -> Iterator[Attestation]:
        thing = self._named(key)
        name = Literal(f"{self.name} {key}", language="en")
        yield self._noted(Claim(thing, term("rdf:type"), term(chance.choice(kinds))))
        yield self._noted(Claim(thing, term("name"), name))
        if key.startswith("actor") and chance.random() < 0.05:
            other = self._some("actor", 10, chance)
            yield self._noted(Claim(thing, term("speaksFor"), other))

    def _claim(self, number: int, chance: Random) -> Claim:
        subject = self._some("actor", 10, chance)
        if chance.random() < 0.6:
            word = term(chance.choice(_TIES))
            return Claim(subject, word, self._some("actor", 10, chance))
        # one in eight shares its subject, and mostly its slot, with the one before
        key = number - 1 if number and chance.random() < 0.125 else number
        qualifiers: tuple[tuple[NamedNode, Term], ...] = (
            (term("platform"), term(_PLATFORMS[key % 3])),
            (term("comparator"), term(chance.choice(_COMPARATORS))),
        )
        value = Literal(chance.randrange(5, 500))
        return Claim(self._named(f"set-{key}"), term(_COUNTS[key % 2]), value, qualifiers)

    def _said(self, what: Claim, chance: Random) -> Attestation:
        number = chance.randrange(max(self.claims // 20, 5))
        document, start = self._document(number), chance.randrange(3_900)
        depth = int(chance.random() < 0.6)
        speaker = (
            self._some("actor", 10, chance) if depth else self._some("outlet", 200, chance)
        )
        relayed = depth and chance.random() < 0.13
        relays = (self._some("outlet", 200, chance),) if relayed else ()
        parts = (_BODY, _HEADLINE) if start + 20 <= _HEADLINE.end else (_BODY,)
        place = Passage(document, start, start + 20, "0" * 64, parts)
        confidence = (term("confidence"), Literal(chance.randrange(50, 100)))
        stance = term(chance.choice(_STANCES))
        mode = term("asserted")
        depth += len(relays)
        return Attestation(what, stance, mode, speaker, place, relays, depth, (confidence,))

    def _noted(self, what: Claim) -> Attestation:
        curator = self._named("curator")
        return Attestation(what, term("Assertion"), term("asserted"), curator, self._entry())

    def _same(self, number: int, chance: Random) -> IdentityJudgement:
        first, second = self._named(f"actor-{number * 40}"), self._some("actor", 10, chance)
        given = (term("same"), self._named("curator"), "2026-01-01", "made up")
        return IdentityJudgement(first, second, *given, self._entry())

    def _entry(self) -> Entry:
        self._at += 10
        place = Passage(self._document(-1), self._at, self._at + 10)
        return Entry(f"{self.name}.yaml", f"thing {self._at}", b"", place)

    def _some(self, kind: str, share: int, chance: Random) -> NamedNode:
        """Return a thing of a kind; few of them are spoken of much, most of them little."""
        known = max(self.claims // share, 10 if kind == "actor" else 5)
        return self._named(f"{kind}-{int(known * chance.random() ** 1.5)}")

    def _named(self, key: str) -> NamedNode:
        return NamedNode(f"{MINT.base}thing/{self.name}-{key}")

    def _document(self, number: int) -> NamedNode:
        return MINT.document_of_sha256(sha256(f"{self.name} {number}".encode()).hexdigest())
