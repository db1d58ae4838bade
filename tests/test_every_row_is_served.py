"""Every coded row of the bundled case is served as it was read, chain, place and qualifiers."""

import csv
import io
from typing import Final
from urllib.error import HTTPError

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import case
from loaders.evidence import name_of_attestation, name_of_claim
from loaders.given import Given
from loaders.records import Attestation, Passage
from ontology import term
from ontology.identity import Mint, normalised
from tests.conftest import CASE
from tests.endpoint import Endpoint

MINT: Final = Mint()
ROWS: Final = (
    "SELECT ?att ?key ?stance ?claim ?s ?p ?o ?speaker ?depth ?document ?start ?end {"
    " ?att rec:recordKey ?key ; a ?stance ; rec:claim ?claim ; rec:speaker ?speaker ;"
    " rec:depth ?depth ; rec:document ?document ; rec:passage ?place ."
    " ?place oa:start ?start ; oa:end ?end ."
    " ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ."
    " FILTER(?stance != rec:Attestation) }"
)
HOPS: Final = (
    "SELECT ?att ?speaker { ?att rec:relay ?hop . ?hop rec:position ?n ; rec:speaker ?speaker }"
    " ORDER BY ?att ?n"
)
QUALIFIERS: Final = (
    "SELECT ?claim ?q ?value { GRAPH <https://w3id.org/onrecord/ns> { ?q rec:qualifier true }"
    " ?claim ?q ?value . ?claim a rec:Claim }"
)


def coded() -> list[Attestation]:
    """Return the attestations of the claim table, as the loader reads it."""
    records = case.load(CASE, Given(MINT))
    key = term("recordKey")
    return [
        record
        for record in records
        if isinstance(record, Attestation) and key in dict(record.details)
    ]


def row_of(said: Attestation) -> str:
    return str(dict(said.details)[term("recordKey")].value)


def test_each_row_has_its_claim_stance_speaker_and_place(endpoint: Endpoint) -> None:
    rows = {tuple(row[name] for name in sorted(row)) for row in endpoint.select(ROWS)}
    expected = {
        tuple(cells[name] for name in sorted(cells)) for cells in map(cells_of, coded())
    }
    assert rows == expected
    # 110 core, 6 optional and 5 added rows
    assert len({row_of(said) for said in coded()}) == 121


def cells_of(said: Attestation) -> dict[str, str]:
    assert isinstance(said.place, Passage)
    found = normalised(said.claim.object)
    assert isinstance(found, NamedNode | Literal)
    return {
        "att": name_of_attestation(said, MINT).value,
        "key": row_of(said),
        "stance": said.stance.value,
        "claim": name_of_claim(said.claim, MINT).value,
        "s": said.claim.subject.value,
        "p": said.claim.predicate.value,
        "o": found.value,
        "speaker": said.speaker.value,
        "depth": str(said.depth),
        "document": said.place.document.value,
        "start": str(said.place.start),
        "end": str(said.place.end),
    }


def test_each_chain_is_served_in_its_order(endpoint: Endpoint) -> None:
    chains: dict[str, list[str]] = {}
    for row in endpoint.select(HOPS):
        chains.setdefault(row["att"], []).append(row["speaker"])
    expected = {
        name_of_attestation(said, MINT).value: [speaker.value for speaker in said.relays]
        for said in coded()
        if said.relays
    }
    assert chains == expected
    assert max(map(len, chains.values())) == 2


def test_each_qualifier_is_served(endpoint: Endpoint) -> None:
    served_ = {(row["claim"], row["q"], row["value"]) for row in endpoint.select(QUALIFIERS)}
    expected = {
        (name_of_claim(said.claim, MINT).value, key.value, normalised(value).value)
        for said in coded()
        for key, value in said.claim.qualifiers
    }
    assert expected
    assert served_ == expected


def test_csv_keeps_the_commas_of_a_passage_in_its_cell(endpoint: Endpoint) -> None:
    query = (
        "SELECT ?place (1 AS ?one) { ?place a <https://w3id.org/onrecord/ns#Passage> } LIMIT 3"
    )
    written = endpoint.get("sparql", "text/csv", query=query).decode()
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert header == ["place", "one"]
    assert [(len(row), "#char=" in row[0], row[1]) for row in rows] == [(2, True, "1")] * 3


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 5_000 + " ?s ?p ?o " + "}" * 5_000,
        "ASK { FILTER(" + "!" * 9_000 + "true) }",
        "ASK { FILTER(" + "1+" * 8_000 + "1) }",
        "ASK {" + "BIND(1 AS ?x) " * 3_000 + "}",
    ],
    ids=["groups", "negations", "sums", "bindings"],
)
def test_a_query_that_would_overflow_the_engine_is_refused(
    endpoint: Endpoint, query: str
) -> None:
    with pytest.raises(HTTPError, match="400"):
        endpoint.get("sparql", "application/sparql-results+json", query=query)
    assert endpoint.select("SELECT ?s { ?s a rec:Case }")


def test_a_long_list_of_values_is_answered(endpoint: Endpoint) -> None:
    many = " ".join(f"<https://example.org/a/b/c-{number}>" for number in range(300))
    assert endpoint.select(f"SELECT ?s {{ VALUES ?s {{ {many} }} ?s a rec:Case }}") == []
