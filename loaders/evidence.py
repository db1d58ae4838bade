"""Records as RDF: the one place where evidence gets its triples. Pure and deterministic."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

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
from ontology.identity import Mint, fields_sha256, normalised

A: Final = term("rdf:type")
_INTEGER: Final = term("xsd:integer")
_DATE: Final = term("xsd:date")

Evidence = Attestation | Document | Judgement


def name_of_claim(claim: Claim, mint: Mint) -> NamedNode:
    """Return the IRI of a claim."""
    return mint.claim(claim.subject, claim.predicate, claim.object, claim.qualifiers)


def name_of_attestation(said: Attestation, mint: Mint) -> NamedNode:
    """Return the IRI of an attestation: claim, stance, whole chain and place."""
    chain = (said.speaker, *said.relays)
    place = _name_of_place(said.place, mint)
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


@singledispatch
def triples(record: object, mint: Mint) -> Iterator[Triple]:
    """Yield the triples of one piece of evidence; its run is added by whoever stores it."""
    raise TypeError(f"{type(record).__name__} is not evidence")


@triples.register
def _(record: Document, mint: Mint) -> Iterator[Triple]:
    node = mint.document_of_sha256(record.sha256)
    yield Triple(node, A, term("Document"))
    yield Triple(node, term("sha256"), Literal(record.sha256))
    yield Triple(node, term("byteSize"), Literal(record.size))
    yield Triple(node, term("characterCount"), Literal(record.characters))
    yield Triple(node, term("schema:encodingFormat"), Literal(record.media_type))
    for part in record.parts:
        yield from _part(node, part, mint)


@triples.register
def _(record: Attestation, mint: Mint) -> Iterator[Triple]:
    node = name_of_attestation(record, mint)
    yield from claim_triples(record.claim, mint)
    yield Triple(node, A, term("Attestation"))
    yield Triple(node, A, record.stance)
    yield Triple(node, term("claim"), name_of_claim(record.claim, mint))
    yield Triple(node, term("speaker"), record.speaker)
    yield Triple(node, term("depth"), Literal(record.depth))
    yield Triple(node, term("mode"), record.mode)
    yield from _details(node, record.details)
    yield from _relays(node, record.relays, mint)
    yield from _place(node, record.place, mint)


@triples.register
def _(record: IdentityJudgement, mint: Mint) -> Iterator[Triple]:
    node = name_of_judgement(record, mint)
    yield from _judgement(node, record, term("IdentityJudgement"), mint)
    low, high = sorted((record.first, record.second), key=str)
    yield Triple(node, term("first"), low)
    yield Triple(node, term("second"), high)
    yield Triple(node, term("verdict"), record.verdict)


@triples.register
def _(record: ImplicationJudgement, mint: Mint) -> Iterator[Triple]:
    node = name_of_judgement(record, mint)
    yield from claim_triples(record.premise, mint)
    yield from claim_triples(record.consequence, mint)
    yield from _judgement(node, record, term("ImplicationJudgement"), mint)
    yield Triple(node, term("premise"), name_of_claim(record.premise, mint))
    yield Triple(node, term("consequence"), name_of_claim(record.consequence, mint))


def claim_triples(claim: Claim, mint: Mint) -> Iterator[Triple]:
    """Yield the triples of a proposition."""
    node = name_of_claim(claim, mint)
    yield Triple(node, A, term("Claim"))
    yield Triple(node, term("rdf:subject"), claim.subject)
    yield Triple(node, term("rdf:predicate"), claim.predicate)
    yield Triple(node, term("rdf:object"), normalised(claim.object))
    yield from _details(node, claim.qualifiers)


def _judgement(
    node: NamedNode, judgement: Judgement, kind: NamedNode, mint: Mint
) -> Iterator[Triple]:
    yield Triple(node, A, term("Judgement"))
    yield Triple(node, A, kind)
    yield Triple(node, term("judge"), judgement.judge)
    yield Triple(node, term("judgedOn"), Literal(judgement.on, datatype=_DATE))
    yield Triple(node, term("because"), Literal(judgement.because, language="en"))
    yield from _details(node, judgement.details)
    yield from _place(node, judgement.place, mint)


def _details(node: NamedNode, details: Details) -> Iterator[Triple]:
    return (Triple(node, key, normalised(value)) for key, value in details)


def _relays(node: NamedNode, relays: Iterable[NamedNode], mint: Mint) -> Iterator[Triple]:
    for position, speaker in enumerate(relays, start=1):
        relay = mint.relay(node, position)
        yield Triple(node, term("relay"), relay)
        yield Triple(relay, A, term("Relay"))
        yield Triple(relay, term("position"), Literal(position))
        yield Triple(relay, term("speaker"), speaker)


def _place(node: NamedNode, place: Passage | Entry, mint: Mint) -> Iterator[Triple]:
    passage = place.passage if isinstance(place, Entry) else place
    yield Triple(node, term("document"), passage.document)
    yield Triple(node, term("passage"), _name_of_passage(passage, mint))
    yield from _passage(passage, mint)
    if isinstance(place, Entry):
        record = _name_of_place(place, mint)
        yield Triple(node, term("record"), record)
        yield Triple(record, A, term("Record"))
        yield Triple(record, term("recordKey"), Literal(place.key))
        yield Triple(record, term("dataset"), Literal(place.dataset))
        yield Triple(record, term("fieldsSha256"), Literal(fields_sha256(place.fields)))
        yield Triple(record, term("document"), passage.document)


def _passage(passage: Passage, mint: Mint) -> Iterator[Triple]:
    yield from _range(passage.document, passage.start, passage.end, mint)
    node = _name_of_passage(passage, mint)
    if passage.sha256:
        yield Triple(node, term("sha256"), Literal(passage.sha256))
    for part in passage.parts:
        yield Triple(node, term("inPart"), part_name(passage.document, part, mint))
        yield from _part(passage.document, part, mint)


def part_name(document: NamedNode, part: Part, mint: Mint) -> NamedNode:
    """Return the IRI of a declared range of a document."""
    return mint.passage(document, part.start, part.end)


def _part(document: NamedNode, part: Part, mint: Mint) -> Iterator[Triple]:
    yield from _range(document, part.start, part.end, mint)
    yield Triple(part_name(document, part, mint), term("partKind"), part.kind)


def _range(document: NamedNode, start: int, end: int, mint: Mint) -> Iterator[Triple]:
    node = mint.passage(document, start, end)
    yield Triple(node, A, term("Passage"))
    yield Triple(node, A, term("oa:TextPositionSelector"))
    yield Triple(node, term("document"), document)
    yield Triple(node, term("oa:start"), Literal(start))
    yield Triple(node, term("oa:end"), Literal(end))


def _name_of_passage(passage: Passage, mint: Mint) -> NamedNode:
    return mint.passage(passage.document, passage.start, passage.end)


def _name_of_place(place: Passage | Entry, mint: Mint) -> NamedNode:
    if isinstance(place, Entry):
        return mint.record(place.dataset, place.key, place.fields)
    return _name_of_passage(place, mint)
