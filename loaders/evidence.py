"""Records as RDF: the one place where evidence gets its statements. Pure and deterministic.

A statement is three terms as N-Triples spells them: archives have millions of them, and terms
as objects of the engine would take most of the time that a load has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from loaders.places import (
    A,
    Statement,
    declared,
    integer,
    name_of_passage,
    name_of_place,
    placed,
)
from loaders.records import (
    Attestation,
    Claim,
    Details,
    Document,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Judgement,
    Passage,
)
from ontology import term
from ontology.identity import Mint, spelled, spelled_pairs

Evidence = Attestation | Document | Judgement

_DATE: Final = term("xsd:date")

# what is written most often, spelled once
_ATTESTATION: Final = str(term("Attestation"))
_CLAIM_CLASS: Final = str(term("Claim"))
_RELAY_CLASS: Final = str(term("Relay"))
_SUBJECT: Final = str(term("rdf:subject"))
_PREDICATE: Final = str(term("rdf:predicate"))
_OBJECT: Final = str(term("rdf:object"))
_CLAIM: Final = str(term("claim"))
_SPEAKER: Final = str(term("speaker"))
_DEPTH: Final = str(term("depth"))
_MODE: Final = str(term("mode"))
_RELAY: Final = str(term("relay"))
_POSITION: Final = str(term("position"))
_DOCUMENT: Final = str(term("document"))
_PASSAGE: Final = str(term("passage"))
_RECORD: Final = str(term("record"))
_SHA256: Final = str(term("sha256"))


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of evidence by the IRIs of itself and its claim, and all that is said of it.

    What is said of its place stands apart, and is the same list for all that stands there.
    """

    node: str
    own: list[Statement]
    placed: list[Statement] = field(default_factory=list)
    claim: str = ""

    @property
    def statements(self) -> list[Statement]:
        """Return all that is said."""
        return self.own + self.placed


class Writer:
    """Writes records one after another; many of a file stand in one place."""

    def __init__(self, mint: Mint) -> None:
        self.mint = mint
        self._place: Passage | Entry | None = None
        self._named = ""
        self._placed: list[Statement] = []

    def write(self, record: Evidence) -> Written:
        """Return the statements of a record; its run is added by whoever stores it."""
        match record:
            case Attestation():
                return self._attestation(record)
            case Document():
                return _document(record, self.mint)
            case IdentityJudgement() | ImplicationJudgement():
                return self._judgement(record)
        raise TypeError(f"{type(record).__name__} is not evidence")

    def _attestation(self, said: Attestation) -> Written:
        found: list[Statement] = []
        claim = claim_statements(said.claim, self.mint, found)
        place = self._at(said.place)
        stance, chain = said.stance.value, (said.speaker.value, *_values(said.relays))
        name = self.mint.attestation_as_spelled(claim, stance, place, *chain)
        node = f"<{name}>"
        found += (
            (node, A, _ATTESTATION),
            (node, A, f"<{stance}>"),
            (node, _CLAIM, f"<{claim}>"),
            (node, _SPEAKER, f"<{chain[0]}>"),
            (node, _DEPTH, integer(said.depth)),
            (node, _MODE, str(said.mode)),
        )
        found += _details(node, said.details)
        for position, speaker in enumerate(chain[1:], start=1):
            relay = f"<{name}#relay{position}>"
            found += (
                (node, _RELAY, relay),
                (relay, A, _RELAY_CLASS),
                (relay, _POSITION, integer(position)),
                (relay, _SPEAKER, f"<{speaker}>"),
            )
        found += self._tied(node)
        return Written(name, found, self._placed, claim)

    def _judgement(self, judgement: Judgement) -> Written:
        name = name_of_judgement(judgement, self.mint).value
        node, found = f"<{name}>", list[Statement]()
        match judgement:
            case IdentityJudgement(first, second, verdict):
                kind = "IdentityJudgement"
                low, high = sorted((first, second), key=str)
                ends = (("first", low), ("second", high), ("verdict", verdict))
                found += ((node, str(term(word)), str(end)) for word, end in ends)
            case ImplicationJudgement(premise, consequence):
                kind = "ImplicationJudgement"
                for word, claim in (("premise", premise), ("consequence", consequence)):
                    end = claim_statements(claim, self.mint, found)
                    found.append((node, str(term(word)), f"<{end}>"))
        because = Literal(judgement.because, language="en")
        found += (
            (node, A, str(term("Judgement"))),
            (node, A, str(term(kind))),
            (node, str(term("judge")), str(judgement.judge)),
            (node, str(term("judgedOn")), str(Literal(judgement.on, datatype=_DATE))),
            (node, str(term("because")), str(because)),
        )
        found += _details(node, judgement.details)
        self._at(judgement.place)
        found += self._tied(node)
        return Written(name, found, self._placed)

    def _at(self, place: Passage | Entry) -> str:
        """Return the IRI of a place, with what is said of it at hand."""
        if place is not self._place:
            self._named, self._placed = placed(place, self.mint)
            self._place = place
        return self._named

    def _tied(self, node: str) -> Iterator[Statement]:
        """Yield what ties a piece of evidence to its place."""
        place = self._place
        passage = place.passage if isinstance(place, Entry) else place
        assert passage is not None
        yield node, _DOCUMENT, str(passage.document)
        yield node, _PASSAGE, name_of_passage(passage)
        if isinstance(place, Entry):
            yield node, _RECORD, f"<{self._named}>"


def name_of_claim(claim: Claim, mint: Mint) -> NamedNode:
    """Return the IRI of a claim."""
    return mint.claim(claim.subject, claim.predicate, claim.object, claim.qualifiers)


def name_of_attestation(said: Attestation, mint: Mint) -> NamedNode:
    """Return the IRI of an attestation: claim, stance, whole chain and place."""
    chain = (said.speaker, *said.relays)
    place = NamedNode(name_of_place(said.place, mint))
    return mint.attestation(name_of_claim(said.claim, mint), said.stance, chain, place)


def name_of_judgement(judgement: Judgement, mint: Mint) -> NamedNode:
    """Return the IRI of a judgement: what it judges, how, by whom and when."""
    match judgement:
        case IdentityJudgement(first, second, verdict):
            low, high = sorted((first.value, second.value))
            said: tuple[str, ...] = (low, high, verdict.value)
        case ImplicationJudgement(premise, consequence):
            said = (name_of_claim(premise, mint).value, name_of_claim(consequence, mint).value)
    return mint.activity("judgement", *said, judgement.judge.value, judgement.on)


def name_of(record: Evidence, mint: Mint) -> NamedNode:
    """Return the IRI of a piece of evidence."""
    match record:
        case Attestation():
            return name_of_attestation(record, mint)
        case Document():
            return mint.document_of_sha256(record.sha256)
        case _:
            return name_of_judgement(record, mint)


def triples(record: Evidence, mint: Mint) -> list[Triple]:
    """Return what is said of one piece of evidence as terms of the engine."""
    return parsed(Writer(mint).write(record).statements)


def parsed(statements: Iterable[Statement]) -> list[Triple]:
    """Return statements as terms of the engine."""
    text = "\n".join(f"{s} {p} {o} ." for s, p, o in statements)
    return [quad.triple for quad in parse(text, RdfFormat.N_TRIPLES)]


def claim_statements(claim: Claim, mint: Mint, found: list[Statement]) -> str:
    """Add the statements of a proposition to a list, and return its IRI."""
    subject, predicate = str(claim.subject), str(claim.predicate)
    value = spelled(claim.object)
    pairs = spelled_pairs(claim.qualifiers) if claim.qualifiers else []
    name = mint.claim_as_spelled(subject, predicate, value, pairs)
    node = f"<{name}>"
    found += (
        (node, A, _CLAIM_CLASS),
        (node, _SUBJECT, subject),
        (node, _PREDICATE, predicate),
        (node, _OBJECT, value),
    )
    found += ((node, key, spelled) for key, spelled in pairs)
    return name


def _document(record: Document, mint: Mint) -> Written:
    document = mint.document_of_sha256(record.sha256)
    node = str(document)
    found = [
        (node, A, str(term("Document"))),
        (node, _SHA256, str(Literal(record.sha256))),
        (node, str(term("byteSize")), integer(record.size)),
        (node, str(term("characterCount")), integer(record.characters)),
        (node, str(term("schema:encodingFormat")), str(Literal(record.media_type))),
    ]
    for part in record.parts:
        found += declared(document.value, part)
    return Written(document.value, found)


def _details(node: str, details: Details) -> Iterator[Statement]:
    return ((node, str(key), spelled(value)) for key, value in details)


def _values(nodes: Iterable[NamedNode]) -> Iterator[str]:
    return (node.value for node in nodes)
