"""Records as RDF: the one place where evidence gets its statements. Pure and deterministic.

A statement is three terms as N-Triples spells them: archives have millions of them, and terms
as objects of the engine would take most of the time that a load has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from loaders.records import (
    Attestation,
    Claim,
    Details,
    Document,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Judgement,
    Part,
    Passage,
)
from ontology import term
from ontology.identity import Mint, fields_sha256, normalised, spelled_pairs

Statement = tuple[str, str, str]
Evidence = Attestation | Document | Judgement

A: Final = str(term("rdf:type"))
_DATE: Final = term("xsd:date")
_INTEGER: Final = str(term("xsd:integer"))

# what is written most often, spelled once
_ATTESTATION: Final = str(term("Attestation"))
_CLAIM_CLASS: Final = str(term("Claim"))
_RECORD_CLASS: Final = str(term("Record"))
_RELAY_CLASS: Final = str(term("Relay"))
_PASSAGE_CLASS: Final = str(term("Passage"))
_SELECTOR: Final = str(term("oa:TextPositionSelector"))
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
_RECORD_KEY: Final = str(term("recordKey"))
_DATASET: Final = str(term("dataset"))
_FIELDS: Final = str(term("fieldsSha256"))
_SHA256: Final = str(term("sha256"))
_IN_PART: Final = str(term("inPart"))
_PART_KIND: Final = str(term("partKind"))
_START: Final = str(term("oa:start"))
_END: Final = str(term("oa:end"))


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
            (node, _DEPTH, _integer(said.depth)),
            (node, _MODE, str(said.mode)),
        )
        found += _details(node, said.details)
        for position, speaker in enumerate(chain[1:], start=1):
            relay = f"<{name}#relay{position}>"
            found += (
                (node, _RELAY, relay),
                (relay, A, _RELAY_CLASS),
                (relay, _POSITION, _integer(position)),
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
            self._named, self._placed = _placed(place, self.mint)
            self._place = place
        return self._named

    def _tied(self, node: str) -> Iterator[Statement]:
        """Yield what ties a piece of evidence to its place."""
        place = self._place
        passage = place.passage if isinstance(place, Entry) else place
        assert passage is not None
        yield node, _DOCUMENT, str(passage.document)
        yield node, _PASSAGE, _name_of_passage(passage)
        if isinstance(place, Entry):
            yield node, _RECORD, f"<{self._named}>"


def name_of_claim(claim: Claim, mint: Mint) -> NamedNode:
    """Return the IRI of a claim."""
    return mint.claim(claim.subject, claim.predicate, claim.object, claim.qualifiers)


def name_of_attestation(said: Attestation, mint: Mint) -> NamedNode:
    """Return the IRI of an attestation: claim, stance, whole chain and place."""
    chain = (said.speaker, *said.relays)
    place = NamedNode(_name_of_place(said.place, mint))
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
    value = str(normalised(claim.object))
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


def part_name(document: NamedNode, part: Part, mint: Mint) -> NamedNode:
    """Return the IRI of a declared range of a document."""
    return mint.passage(document, part.start, part.end)


def _document(record: Document, mint: Mint) -> Written:
    document = mint.document_of_sha256(record.sha256)
    node = str(document)
    found = [
        (node, A, str(term("Document"))),
        (node, _SHA256, str(Literal(record.sha256))),
        (node, str(term("byteSize")), _integer(record.size)),
        (node, str(term("characterCount")), _integer(record.characters)),
        (node, str(term("schema:encodingFormat")), str(Literal(record.media_type))),
    ]
    for part in record.parts:
        found += _part(document.value, part)
    return Written(document.value, found)


def _details(node: str, details: Details) -> Iterator[Statement]:
    return ((node, str(key), str(normalised(value))) for key, value in details)


def _placed(place: Passage | Entry, mint: Mint) -> tuple[str, list[Statement]]:
    if not isinstance(place, Entry):
        return _name_of_passage(place)[1:-1], list(_passage(place))
    name = mint.record(place.dataset, place.key, place.fields).value
    node, document = f"<{name}>", str(place.passage.document)
    return name, [
        *_passage(place.passage),
        (node, A, _RECORD_CLASS),
        (node, _RECORD_KEY, str(normalised(Literal(place.key)))),
        (node, _DATASET, str(normalised(Literal(place.dataset)))),
        (node, _FIELDS, f'"{fields_sha256(place.fields)}"'),
        (node, _DOCUMENT, document),
    ]


def _passage(passage: Passage) -> Iterator[Statement]:
    document, node = passage.document.value, _name_of_passage(passage)
    yield from _range(document, passage.start, passage.end)
    if passage.sha256:
        yield node, _SHA256, f'"{passage.sha256}"'
    for part in passage.parts:
        yield node, _IN_PART, f"<{document}#char={part.start},{part.end}>"
        yield from _part(document, part)


def _part(document: str, part: Part) -> Iterator[Statement]:
    yield from _range(document, part.start, part.end)
    yield f"<{document}#char={part.start},{part.end}>", _PART_KIND, str(part.kind)


def _range(document: str, start: int, end: int) -> Iterator[Statement]:
    node = f"<{document}#char={start},{end}>"
    yield node, A, _PASSAGE_CLASS
    yield node, A, _SELECTOR
    yield node, _DOCUMENT, f"<{document}>"
    yield node, _START, _integer(start)
    yield node, _END, _integer(end)


def _name_of_passage(passage: Passage) -> str:
    return f"<{passage.document.value}#char={passage.start},{passage.end}>"


def _name_of_place(place: Passage | Entry, mint: Mint) -> str:
    if isinstance(place, Entry):
        return mint.record(place.dataset, place.key, place.fields).value
    return _name_of_passage(place)[1:-1]


def _integer(number: int) -> str:
    return f'"{number}"^^{_INTEGER}'


def _values(nodes: Iterable[NamedNode]) -> Iterator[str]:
    return (node.value for node in nodes)
