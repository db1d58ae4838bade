"""The publisher of a data file, as the speaker of its records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.given import Given, Terms
from loaders.markings import agreed, sheet_of
from loaders.records import Attestation, Claim, Details, Entry, Passage, Record
from loaders.source import File
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

_ASSERTION: Final = term("Assertion")
_ASSERTED: Final = term("asserted")
_REPORTED: Final = term("reported")


@dataclass(frozen=True, slots=True)
class Voice:
    """A file's own voice: what its records say, its publisher says.

    A thing is introduced once for each file, under its own key rather than that of the record
    in which it first comes up, so that a record more or less leaves all others as they are.
    Where that record is refused, whole, the next in which the thing comes up introduces it.
    """

    file: File
    given: Given
    publisher: str
    speaker: NamedNode
    _known: set[str] = field(default_factory=set, repr=False)
    _names: set[tuple[str | Term, ...]] = field(default_factory=set, repr=False)
    _lately: list[str | tuple[str | Term, ...]] = field(default_factory=list, repr=False)

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
        told = details + self.given.membership
        hops = tuple(chain)
        if not hops or hops == (self.speaker,):
            return Attestation(claim, stance, _ASSERTED, self.speaker, place, (), 0, told)
        speaker, *relays = hops
        return Attestation(
            claim, stance, _REPORTED, speaker, place, tuple(relays), len(hops), told
        )

    def begin(self) -> None:
        """Begin a record, which is told whole or not at all."""
        self._lately.clear()

    def forget(self) -> None:
        """Forget whom and what the record under way has introduced, since it is not told."""
        self._known.difference_update(one for one in self._lately if isinstance(one, str))
        self._names.difference_update(one for one in self._lately if isinstance(one, tuple))

    def aside(self) -> "Voice":
        """Return a voice that introduces nothing to this one."""
        return replace(self, _known=set(), _names=set(), _lately=[])

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
        if self.is_new(thing, kind, name):
            yield from self._introduced(thing, kind, name, where, more)

    def is_new(self, thing: NamedNode, *told: str | Term) -> bool:
        """Return whether something comes up for the first time that is told of a thing once."""
        known = (thing.value, *told)
        if known in self._names:
            return False
        self._names.add(known)
        self._lately.append(known)
        return True

    def _introduced(
        self, thing: NamedNode, kind: str, told: Term, where: Passage, more: Iterable[Claim]
    ) -> Iterator[Attestation]:
        if not self.knows(thing):
            self._known.add(thing.value)
            self._lately.append(thing.value)
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
        yield sheet_of(terms)

    @classmethod
    def of(cls, file: File, given: Given, known: Terms) -> tuple["Voice", Terms]:
        """Return the voice of a file and its terms: as told, else as known of its format.

        Raises BadInput when nobody says who publishes it, or a term is malformed.
        """
        told = {
            name: getattr(given.terms, name) or getattr(known, name) for name in Terms.__slots__
        }
        both = agreed(given.terms, known)
        terms = replace(Terms(**told), marking=both.marking, unread=both.unread)
        if not terms.publisher:
            raise BadInput(f"{file.path}: who publishes it? name them with --publisher")
        speaker = given.mint.named("org", terms.publisher)
        return cls(file, given, terms.publisher, speaker), terms
