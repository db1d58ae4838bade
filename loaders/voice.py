"""Whoever publishes a data file, speaking through its records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.given import Given, Terms
from loaders.records import Attestation, Claim, Details, Entry, Passage, Record, Sheet
from loaders.source import File
from loaders.values import moment
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

_ASSERTION: Final = term("Assertion")
# the Traffic Light Protocol 2.0 (FIRST), and what its first version called the first of them
MARKINGS: Final = {
    "TLP:CLEAR": "tlpClear",
    "TLP:WHITE": "tlpClear",
    "TLP:GREEN": "tlpGreen",
    "TLP:AMBER": "tlpAmber",
    "TLP:AMBER+STRICT": "tlpAmberStrict",
    "TLP:RED": "tlpRed",
}
_STRICTEST_LAST: Final = tuple(MARKINGS)


@dataclass(frozen=True, slots=True)
class Voice:
    """A file's own voice: what its records say, its publisher says.

    A thing is introduced once for each file, under its own key rather than that of the record
    in which it first comes up, so that a record more or less leaves all others as they are.
    """

    file: File
    given: Given
    publisher: str
    speaker: NamedNode
    _known: set[str] = field(default_factory=set, repr=False)
    _names: set[tuple[str, str, Term]] = field(default_factory=set, repr=False)

    def says(
        self,
        claim: Claim,
        place: Entry | Passage,
        details: Details = (),
        *,
        stance: NamedNode = _ASSERTION,
        chain: Iterable[NamedNode] = (),
    ) -> Attestation:
        """Return a stance on a claim: the publisher's, or that of whom the record names.

        `chain` has who is quoted, innermost first; the publisher is never part of it.
        """
        speaker, *relays = tuple(chain) or (self.speaker,)
        depth = 0 if speaker == self.speaker and not relays else len(relays) + 1
        told = (*details, *self.given.membership)
        mode = term("asserted" if depth == 0 else "reported")
        return Attestation(claim, stance, mode, speaker, place, tuple(relays), depth, told)

    def knows(self, thing: NamedNode) -> bool:
        """Return whether a thing has been introduced."""
        return thing.value in self._known

    def introduce(
        self, thing: NamedNode, kind: str, name: Term | str, where: Passage, *more: Claim
    ) -> Iterator[Attestation]:
        """Yield what a thing is and what it is called, the first time that it comes up.

        `name` may be empty; `more` are further claims that introduce it.
        """
        if self.knows(thing):
            return
        told = Literal(name) if isinstance(name, str) else name
        yield from self._introduced(thing, kind, told, where, more)

    def call(
        self, thing: NamedNode, kind: str, name: Literal, where: Passage, *more: Claim
    ) -> Iterator[Attestation]:
        """Yield what a thing is and is called, the first time that it comes up by that name.

        A thing that rows tell by its id has as many names as they have for it, in any order.
        """
        known = (thing.value, kind, name)
        if known not in self._names:
            self._names.add(known)
            yield from self._introduced(thing, kind, name, where, more)

    def _introduced(
        self, thing: NamedNode, kind: str, told: Term, where: Passage, more: Iterable[Claim]
    ) -> Iterator[Attestation]:
        self._known.add(thing.value)
        fields = (("kind", kind), ("name", told.value))
        place = self.file.entry(thing.value, fields, where)
        yield self.says(Claim(thing, term("rdf:type"), term(kind)), place)
        if told.value:
            yield self.says(Claim(thing, term("name"), told), place)
        for claim in more:
            yield self.says(claim, place)

    def opening(self, terms: Terms) -> Iterator[Record]:
        """Yield the file itself, who publishes it, and on what terms it came here."""
        whole = self.file.whole(self.given.mint)
        document = whole.document
        yield self.file.document
        yield from self.call(self.speaker, "org:Organization", Literal(self.publisher), whole)
        place = self.file.entry("", (("publisher", self.publisher),), whole)
        yield self.says(Claim(document, term("rdf:type"), term("schema:Dataset")), place)
        yield self.says(Claim(document, term("name"), Literal(self.file.dataset)), place)
        yield self.says(Claim(document, term("schema:publisher"), self.speaker), place)
        yield Sheet(document, terms.licence, terms.url, terms.retrieved, marking(terms))

    @classmethod
    def of(cls, file: File, given: Given, known: Terms) -> tuple["Voice", Terms]:
        """Return the voice of a file and its terms: as told, else as known of its format.

        Raises BadInput when nobody says who publishes it, or a term is malformed.
        """
        told = {
            name: getattr(given.terms, name) or getattr(known, name) for name in Terms.__slots__
        }
        terms = Terms(**{**told, "marking": stricter(given.terms.marking, known.marking)})
        if not terms.publisher:
            raise BadInput(f"{file.path}: who publishes it? name them with --publisher")
        if terms.retrieved:
            moment(terms.retrieved)
        speaker = given.mint.named("org", terms.publisher)
        return cls(file, given, terms.publisher, speaker), terms


def stricter(told: str, known: str) -> str:
    """Return a marking as told, unless that of the file is stricter; raises BadInput for none.

    Only whoever marked something may let it go further (FIRST, TLP 2.0).
    """
    if told and told.upper() not in MARKINGS:
        raise BadInput(f"{told!r} is no marking; known are {', '.join(MARKINGS)}")
    found = [one for one in (told.upper(), known.upper()) if one]
    return max(found, key=_STRICTEST_LAST.index, default="")


def marking(terms: Terms) -> NamedNode | None:
    """Return the marking that is told, if one is; raises BadInput for one that is none."""
    spelled = stricter(terms.marking, "")
    return term(MARKINGS[spelled]) if spelled else None
