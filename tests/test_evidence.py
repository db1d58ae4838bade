"""Records as triples: what they say, all of it, and under names that follow from it."""

from dataclasses import replace
from hashlib import sha256

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.evidence import name_of, name_of_attestation, name_of_claim, triples
from loaders.records import (
    Attestation,
    Claim,
    Document,
    Entry,
    HeldText,
    IdentityJudgement,
    ImplicationJudgement,
    Part,
    Passage,
    Skipped,
)
from ontology import term
from ontology.digests import prefixed_fields
from tests.harbour import MINT, Evidence, short

TEXT = "Pages not run by the Guild"
HASH = sha256(TEXT.encode()).hexdigest()
PAPER = MINT.document(TEXT.encode())
A, B, C, D = (NamedNode(f"{MINT.base}{name}") for name in "abcd")
PART = Part(term("headline"), 0, 26)
CLAIM = Claim(A, term("controlledBy"), B, ((term("comparator"), term("exact")),))
PASSAGE = Passage(PAPER, 6, 9, "f" * 64, (PART,))
SAID = Attestation(
    CLAIM, term("Denial"), term("denied"), B, PASSAGE, (C, D), 3,
    ((term("hedge"), Literal("it seems", language="EN")),),
)  # fmt: skip
ENTRY = Entry("files/x.csv", "X1", prefixed_fields([("n", "1")]), Passage(PAPER, 0, 5))
SAME = IdentityJudgement(B, A, term("same"), D, "2026-01-01", "so it is", ENTRY)
IMPLIED = ImplicationJudgement(CLAIM, Claim(A, term("backs"), B), D, "2026-01-01", "so", ENTRY)


def said(record: Evidence, node: str = "") -> set[str]:
    """Return the triples of a record, or those of one node of it, with words and paths."""
    return {
        f"{_local(triple.subject)} {short(triple.predicate)} {_local(triple.object)}"
        for triple in triples(record, MINT)
        if isinstance(triple.subject, NamedNode) and _local(triple.subject).startswith(node)
    }


def _local(found: object) -> str:
    assert isinstance(found, NamedNode | Literal)
    names = {
        name_of_attestation(SAID, MINT).value: "said",
        name_of_claim(CLAIM, MINT).value: "claim",
        PAPER.value: "paper",
    }
    head, sign, tail = found.value.partition("#")
    return names[head] + sign + tail if head in names else short(found)


def test_attestation_says_who_says_what_and_every_hop_of_the_way() -> None:
    assert said(SAID, "said") == {
        "said rdf:type rec:Attestation",
        "said rdf:type rec:Denial",
        "said rec:claim claim",
        "said rec:speaker b",
        "said rec:depth 3",
        "said rec:mode rec:denied",
        "said rec:hedge it seems",
        "said rec:relay said#relay1",
        "said rec:relay said#relay2",
        "said#relay1 rdf:type rec:Relay",
        "said#relay1 rec:position 1",
        "said#relay1 rec:speaker c",
        "said#relay2 rdf:type rec:Relay",
        "said#relay2 rec:position 2",
        "said#relay2 rec:speaker d",
        "said rec:document paper",
        "said rec:passage paper#char=6,9",
    }


def test_claim_is_its_triple_and_its_qualifiers_and_says_no_more() -> None:
    assert said(SAID, "claim") == {
        "claim rdf:type rec:Claim",
        "claim rdf:subject a",
        "claim rdf:predicate rec:controlledBy",
        "claim rdf:object b",
        "claim rec:comparator rec:exact",
    }


def test_passage_says_where_it_stands_and_in_which_part() -> None:
    assert said(SAID, "paper") == {
        "paper#char=6,9 rdf:type rec:Passage",
        "paper#char=6,9 rdf:type oa:TextPositionSelector",
        "paper#char=6,9 rec:document paper",
        "paper#char=6,9 oa:start 6",
        "paper#char=6,9 oa:end 9",
        f"paper#char=6,9 rec:sha256 {'f' * 64}",
        "paper#char=6,9 rec:inPart paper#char=0,26",
        "paper#char=0,26 rdf:type rec:Passage",
        "paper#char=0,26 rdf:type oa:TextPositionSelector",
        "paper#char=0,26 rec:document paper",
        "paper#char=0,26 oa:start 0",
        "paper#char=0,26 oa:end 26",
        "paper#char=0,26 rec:partKind rec:headline",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"claim": CLAIM._replace(object=A)},
        {"claim": CLAIM._replace(qualifiers=())},
        {"stance": term("Question")},
        {"speaker": A},
        {"relays": (C,)},
        {"relays": (D, C)},
        {"place": PASSAGE._replace(end=10)},
        {"place": ENTRY},
    ],
    ids=["object", "qualifier", "stance", "speaker", "hop", "order", "passage", "record"],
)
def test_attestation_is_another_when_what_it_is_named_by_differs(
    change: dict[str, object],
) -> None:
    other = SAID._replace(**change)  # type: ignore[arg-type]
    assert name_of(other, MINT) != name_of(SAID, MINT)


def test_attestation_is_the_same_whatever_else_is_said_of_it() -> None:
    bare = SAID._replace(mode=term("reported"), details=(), place=Passage(PAPER, 6, 9))
    assert name_of(bare, MINT) == name_of(SAID, MINT)


def test_statement_of_a_data_file_knows_its_record() -> None:
    found = said(SAID._replace(place=ENTRY))
    record = short(NamedNode(MINT.record_as_spelled("files/x.csv", "X1", ENTRY.fields)))
    assert {line for line in found if line.startswith("record")} == {
        f"{record} rdf:type rec:Record",
        f"{record} rec:recordKey X1",
        f"{record} rec:dataset files/x.csv",
        f"{record} rec:document paper",
        f"{record} rec:fieldsSha256 {sha256(b'1:n1:1').hexdigest()}",
    }
    assert any(line.endswith(f"rec:record {record}") for line in found)


def test_statement_of_a_data_file_stays_the_same_when_its_place_moves() -> None:
    moved = replace(ENTRY, passage=Passage(A, 70, 75))
    names = {name_of(SAID._replace(place=place), MINT) for place in (moved, ENTRY)}
    assert len(names) == 1


def test_document_says_what_its_bytes_say() -> None:
    document = Document(HASH, 26, "text/plain", 26, (PART,))
    assert name_of(document, MINT) == PAPER
    assert said(document, "paper") - said(SAID) == {
        "paper rdf:type rec:Document",
        f"paper rec:sha256 {HASH}",
        "paper rec:byteSize 26",
        "paper rec:characterCount 26",
        "paper schema:encodingFormat text/plain",
    }


def test_identity_is_judged_without_regard_to_order() -> None:
    turned = replace(SAME, first=A, second=B)
    assert name_of(turned, MINT) == name_of(SAME, MINT)
    assert said(turned) == said(SAME)
    for change in ({"verdict": term("different")}, {"judge": A}, {"on": "2026-01-02"}):
        assert name_of(replace(SAME, **change), MINT) != name_of(SAME, MINT)


def test_implication_goes_one_way_and_brings_both_claims() -> None:
    turned = replace(IMPLIED, premise=IMPLIED.consequence, consequence=IMPLIED.premise)
    assert name_of(turned, MINT) != name_of(IMPLIED, MINT)
    claims = {line for line in said(IMPLIED) if line.endswith("rdf:type rec:Claim")}
    assert len(claims) == 2


def test_what_is_no_evidence_makes_no_triples() -> None:
    for record in (HeldText(HASH, TEXT), Skipped("x.csv", "X1")):
        with pytest.raises(TypeError, match="is not evidence"):
            triples(record, MINT)  # type: ignore[arg-type]
