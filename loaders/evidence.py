"""Records as RDF: the one place where evidence gets its statements. Pure and deterministic.

A statement is a line of N-Triples: archives have millions of them, and terms as objects of the
engine would take most of the time that a load has.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from loaders.places import A, Line, Placed, declared, integer, name_of_place, placed
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
from ontology.identity import Mint, Spelled, spelled, spelled_pairs

Evidence = Attestation | Document | Judgement

_DATE: Final = term("xsd:date")

# what is written most often, spelled once: with the blanks around what is between subject and
# object, and whole where the object is the same
_IS_ATTESTATION: Final = f"{A}{term('Attestation')} ."
_IS_CLAIM: Final = f"{A}{term('Claim')} ."
_IS_RELAY: Final = f"{A}{term('Relay')} ."
_SUBJECT: Final = f" {term('rdf:subject')} "
_PREDICATE: Final = f" {term('rdf:predicate')} "
_OBJECT: Final = f" {term('rdf:object')} "
_CLAIM: Final = f" {term('claim')} "
_SPEAKER: Final = f" {term('speaker')} "
_DEPTH: Final = f" {term('depth')} "
_MODE: Final = f" {term('mode')} "
_RELAY: Final = f" {term('relay')} "
_POSITION: Final = f" {term('position')} "


class Written(NamedTuple):
    """A piece of evidence by the IRIs of itself and its claim, and all that is said of it.

    What is said of its place stands apart, and is the same list for all that stands there.
    """

    node: str
    own: list[Line]
    placed: list[Line]
    claim: str = ""
    spelled: Spelled = ("", "", "", ())

    @property
    def lines(self) -> list[Line]:
        """Return all that is said."""
        return self.own + self.placed


class Writer:
    """Writes records one after another; many of a file stand in one place."""

    def __init__(self, mint: Mint) -> None:
        self.mint = mint
        self._place: Passage | Entry | None = None
        self._placed = Placed("", [], [])

    def write(self, record: Evidence) -> Written:
        """Return what is said of a record; its run is added by whoever stores it."""
        match record:
            case Attestation():
                return self._attestation(record)
            case Document():
                return _document(record, self.mint)
            case IdentityJudgement() | ImplicationJudgement():
                return self._judgement(record)
        raise TypeError(f"{type(record).__name__} is not evidence")

    def _attestation(self, said: Attestation) -> Written:
        spelled = spelled_claim(said.claim)
        claim = self.mint.claim_as_spelled(*spelled)
        place = self._at(said.place)
        stance, speaker, relays = said.stance.value, said.speaker.value, _values(said.relays)
        name = self.mint.attestation_as_spelled(claim, stance, place.name, speaker, *relays)
        node = f"<{name}>"
        found = _claim(claim, spelled)
        found += (
            f"{node}{_IS_ATTESTATION}",
            f"{node}{A}<{stance}> .",
            f"{node}{_CLAIM}<{claim}> .",
            f"{node}{_SPEAKER}<{speaker}> .",
            f"{node}{_DEPTH}{integer(said.depth)} .",
            f"{node}{_MODE}{said.mode} .",
        )
        if said.details:
            found += _details(node, said.details)
        if relays:
            found += _hops(name, relays)
        found += [node + tie for tie in place.ties]
        return Written(name, found, place.lines, claim, spelled)

    def _judgement(self, judgement: Judgement) -> Written:
        name = name_of_judgement(judgement, self.mint).value
        node, found = f"<{name}>", list[Line]()
        match judgement:
            case IdentityJudgement(first, second, verdict):
                kind = "IdentityJudgement"
                low, high = sorted((first, second), key=str)
                ends = (("first", low), ("second", high), ("verdict", verdict))
                found += (f"{node} {term(word)} {end} ." for word, end in ends)
            case ImplicationJudgement(premise, consequence):
                kind = "ImplicationJudgement"
                for word, claim in (("premise", premise), ("consequence", consequence)):
                    spelled = spelled_claim(claim)
                    end = self.mint.claim_as_spelled(*spelled)
                    found += (*_claim(end, spelled), f"{node} {term(word)} <{end}> .")
        because = Literal(judgement.because, language="en")
        found += (
            f"{node}{A}{term('Judgement')} .",
            f"{node}{A}{term(kind)} .",
            f"{node} {term('judge')} {judgement.judge} .",
            f"{node} {term('judgedOn')} {Literal(judgement.on, datatype=_DATE)} .",
            f"{node} {term('because')} {because} .",
        )
        found += _details(node, judgement.details)
        place = self._at(judgement.place)
        found += [node + tie for tie in place.ties]
        return Written(name, found, place.lines)

    def _at(self, place: Passage | Entry) -> Placed:
        """Return a place as RDF."""
        if place is not self._place:
            self._placed = placed(place, self.mint)
            self._place = place
        return self._placed


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
    return parsed(Writer(mint).write(record).lines)


def parsed(lines: Iterable[Line]) -> list[Triple]:
    """Return lines as terms of the engine."""
    return [quad.triple for quad in parse("\n".join(lines), RdfFormat.N_TRIPLES)]


def spelled_claim(claim: Claim) -> Spelled:
    """Return a proposition as the record keeps it."""
    return (
        str(claim.subject),
        str(claim.predicate),
        spelled(claim.object),
        spelled_pairs(claim.qualifiers) if claim.qualifiers else (),
    )


def _claim(name: str, said: Spelled) -> list[Line]:
    node, (subject, predicate, value, pairs) = f"<{name}>", said
    return [
        f"{node}{_IS_CLAIM}",
        f"{node}{_SUBJECT}{subject} .",
        f"{node}{_PREDICATE}{predicate} .",
        f"{node}{_OBJECT}{value} .",
        *[f"{node} {key} {qualifier} ." for key, qualifier in pairs],
    ]


def _hops(attestation: str, speakers: Iterable[str]) -> Iterator[Line]:
    for position, speaker in enumerate(speakers, start=1):
        relay = f"<{attestation}#relay{position}>"
        yield f"<{attestation}>{_RELAY}{relay} ."
        yield f"{relay}{_IS_RELAY}"
        yield f"{relay}{_POSITION}{integer(position)} ."
        yield f"{relay}{_SPEAKER}<{speaker}> ."


def _document(record: Document, mint: Mint) -> Written:
    document = mint.document_of_sha256(record.sha256)
    node = str(document)
    found = [
        f"{node}{A}{term('Document')} .",
        f"{node} {term('sha256')} {Literal(record.sha256)} .",
        f"{node} {term('byteSize')} {integer(record.size)} .",
        f"{node} {term('characterCount')} {integer(record.characters)} .",
        f"{node} {term('schema:encodingFormat')} {Literal(record.media_type)} .",
    ]
    for part in record.parts:
        found += declared(document, part)
    return Written(document.value, found, [])


def _details(node: str, details: Details) -> Iterator[Line]:
    return (f"{node} {key} {spelled(value)} ." for key, value in details)


def _values(nodes: Iterable[NamedNode]) -> list[str]:
    return [node.value for node in nodes]
