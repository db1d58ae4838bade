"""Writing to a record over HTTP: what an editor may add, and every way to bend it refused."""

from collections.abc import Iterable
from typing import Final

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Triple

from loaders.evidence import Evidence, name_of, triples
from loaders.records import Attestation, Claim, Document, Passage
from onrecord.edit.names import misnamed
from onrecord.store import Snapshot
from ontology import PREFIXES, term
from ontology.identity import Mint
from tests.plain import Client, Told

MINT: Final = Mint()
PROLOGUE: Final = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
NAMES: Final = f"PREFIX : <{MINT.base}> PREFIX org: <{MINT.base}org/>\n"
SHA: Final = "ab" * 32
ISPR: Final = NamedNode(f"{MINT.base}org/ispr")
FACEBOOK: Final = NamedNode(f"{MINT.base}org/facebook")


def update(record: Client, sparql: str) -> Told:
    said = PROLOGUE + NAMES + sparql
    return record.send("POST", "update", said, "application/sparql-update")


def holds(record: Client, pattern: str) -> bool:
    asked = f"{PROLOGUE}{NAMES}ASK {{ {pattern} }}"
    return record.send("POST", "sparql", asked, "application/sparql-query").verdict


def said(predicate: str, stance: str = "Assertion", at: int = 0) -> Attestation:
    """Return what Facebook says of ISPR in a document that the record does not have."""
    claim = Claim(ISPR, term(predicate), FACEBOOK)
    place = Passage(MINT.document_of_sha256(SHA), at, at + 10)
    return Attestation(claim, term(stance), term("reported"), FACEBOOK, place, depth=1)


def lines(*records: Evidence) -> str:
    found: Iterable[Triple] = (t for record in records for t in triples(record, MINT))
    return "".join(f"{triple} .\n" for triple in found)


def test_every_iri_of_the_case_follows_from_what_it_says(case: Snapshot) -> None:
    nodes = {
        quad.subject
        for quad in case.quads(None, term("rdf:type"), None, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
    }
    assert len(nodes) > 1000
    assert list(misnamed(case, MINT, nodes)) == []
    assert len(list(misnamed(case, Mint("https://example.org/"), nodes))) > 700


def test_an_editor_adds_evidence_and_its_status_comes_by_itself(record: Client) -> None:
    document = Document(SHA, 100, "text/plain", 100)
    first, second = said("operatedBy"), said("operatedBy", "Denial", at=20)
    body = lines(document, first)
    told = record.send("POST", "graphs?default", body, "application/n-triples")
    assert told.status == 200, told.body
    claim = f"<{name_of(first, MINT).value}> rec:claim ?claim ."
    assert holds(record, f"{claim} ?claim rec:status rec:singleSource")
    assert holds(record, "GRAPH rec:singleSource { org:ispr rec:operatedBy org:facebook }")
    told = update(record, f"INSERT DATA {{ {lines(second)} }}")
    assert told.status == 204, told.body
    assert holds(record, f"{claim} ?claim rec:status rec:disputed")
    run = '?run rec:editor "desk" ; rec:requestSha256 ?hash ; prov:endedAtTime ?end .'
    assert holds(record, f"<{name_of(second, MINT).value}> prov:wasGeneratedBy ?run . {run}")


def test_what_was_never_said_is_misnamed(record: Client) -> None:
    document = Document("cd" * 32, 100, "text/plain", 100)
    honest = said("linkedTo", at=40)
    body = lines(document, honest)
    for old, new in (
        (f"<{FACEBOOK.value}> .", f"<{ISPR.value}> ."),  # another speaker, another claim
        ("ns#Assertion", "ns#Denial"),
        ('"50"', '"51"'),
        ("cd" * 32 + '"', "ce" * 32 + '"'),
    ):
        assert old in body
        told = update(record, f"INSERT DATA {{ {body.replace(old, new)} }}")
        assert told.status == 422, told.body
        assert "does not follow" in told.problem, told.problem


def test_what_is_said_stands_where_its_passage_does(record: Client) -> None:
    elsewhere = said("linkedTo", at=60)
    attestation = name_of(elsewhere, MINT)
    document = f"<{attestation.value}> <{term('document').value}> <{MINT.base}doc/"
    body = lines(Document(SHA, 100, "text/plain", 100), elsewhere)
    told = update(record, f"INSERT DATA {{ {body.replace(document + 'ab', document + 'cd')} }}")
    assert (told.status, "another document" in told.problem) == (422, True)


@pytest.mark.parametrize(
    ("sparql", "why"),
    [
        ("INSERT DATA { org:ispr rec:operatedBy org:facebook }", "nothing plainly"),
        ("INSERT DATA { org:ispr rdfs:comment 'a gang' }", "nothing plainly"),
        ("INSERT DATA { org:ispr rec:platform org:facebook }", "what kind of evidence"),
        ("INSERT DATA { org:ispr <http://e/guiltyOf> <http://e/x> }", "nothing plainly"),
        ("INSERT DATA { org:ispr rdfs:label 'Gang' }", "derived"),
        ("INSERT DATA { org:ispr rec:principal org:facebook }", "derived"),
        ("INSERT DATA { org:ispr rec:canonical org:facebook }", "derived"),
        ("INSERT DATA { org:ispr owl:sameAs org:facebook }", "nothing plainly"),
        ("INSERT DATA { GRAPH <http://e/g> { ?c rec:status rec:accepted } }", ""),
        ("INSERT { GRAPH <http://e/g> { ?c rec:status rec:accepted } } WHERE "
         "{ ?c rec:status rec:disputed }", "derived"),
        ("WITH rec:accepted INSERT { org:ispr rec:operatedBy org:facebook } WHERE {}",
         "derived"),
        ("CREATE GRAPH rec:proven", "graphs of this name"),
        ("INSERT DATA { GRAPH rec:proven { org:ispr rec:operatedBy org:facebook } }",
         "onrecord"),
        ("ADD rec:disputed TO rec:accepted", "derived"),
        ("COPY rec:disputed TO rec:accepted", "derived"),
        ("MOVE rec:disputed TO <http://e/g>", "derived"),
        ("MOVE DEFAULT TO <http://e/g>", "not deleted"),
        ("ADD DEFAULT TO <http://e/g>", "derived"),
        ("CLEAR DEFAULT", "not deleted"),
        ("DROP NAMED", "onrecord"),
        ("DROP GRAPH rec:disputed", "derived"),
        ("DELETE WHERE { ?d a rec:Denial ; rec:claim ?c }", "not deleted"),
        ("DELETE { ?c rec:status ?s } WHERE { ?c rec:status ?s }", "derived"),
        ("DELETE { ?d a rec:Denial } INSERT { ?d a rec:Assertion } WHERE { ?d a rec:Denial }",
         "not deleted"),
        ("INSERT { ?d prov:invalidatedAtTime '2026-01-01T00:00:00Z'^^xsd:dateTime } WHERE "
         "{ ?d a rec:Denial }", "only a run"),
        ("INSERT { ?d a rec:Tombstone } WHERE { ?d a rec:Denial }", "only a run"),
        ("INSERT { ?d rec:note 'a lie' } WHERE { ?d a rec:Denial }", "not edited"),
        ("INSERT { ?d prov:wasInvalidatedBy <http://e/w> } WHERE { ?d a rec:Denial }",
         "only a run"),
        ("INSERT DATA { <http://e/run> a prov:Activity }", "only a run"),
        ("INSERT { ?r prov:used <http://e/d> } WHERE { ?r a rec:LoaderRun }", "only a run"),
        ("INSERT { ?run rec:editor 'somebody' } WHERE { ?run a rec:LoaderRun }", "only a run"),
        ("INSERT DATA { [] a rec:Denial ; rec:claim <http://e/c> }", "no name"),
        ("INSERT DATA { GRAPH <http://e/g> { [] a <http://e/x> } }", "no name"),
        ("INSERT DATA { rec:Denial rdfs:subClassOf rec:Assertion }", "vocabulary"),
        ("INSERT DATA { GRAPH <http://e/g> { rec:Denial rdfs:subClassOf rec:Assertion } }",
         "vocabulary"),
        ("INSERT DATA { GRAPH <https://w3id.org/onrecord/ns> { <http://e/a> a <http://e/b> } }",
         "vocabulary"),
        ("INSERT DATA { GRAPH org:ispr { <http://e/a> <http://e/b> 1 } }", "of the record"),
        ("INSERT DATA { GRAPH :run/edit { <http://e/a> <http://e/b> 1 } }", ""),
    ],
)  # fmt: skip
def test_no_update_bends_the_record(record: Client, sparql: str, why: str) -> None:
    before = record.send("GET", "health").body
    told = update(record, sparql)
    assert told.status in ((403,) if why else (400, 403)), told.body
    assert why in told.problem, told.problem
    assert record.send("GET", "health").body == before


@pytest.mark.parametrize(
    "triple",
    [
        "<http://e/att> <{rec}claim> <http://e/c>",
        "<http://e/att> <{rec}speaker> <http://e/c>",
        "{claim} <{rdf}subject> <http://e/s>",
    ],
)
def test_evidence_in_a_graph_of_its_own_is_refused(
    record: Client, case: Snapshot, triple: str
) -> None:
    claim = next(case.quads(None, term("rdf:type"), term("Claim"), DefaultGraph())).subject
    body = f"{triple.format(claim=claim, **PREFIXES)} ."
    told = record.send("PUT", "graphs?graph=http://e/hidden", body, "text/turtle")
    assert (told.status, "named graph" in told.problem) == (422, True)
    assert record.send("GET", "graphs?graph=http://e/hidden").status == 404


@pytest.mark.parametrize(
    ("method", "graph"),
    [
        ("PUT", "default"),
        ("DELETE", "default"),
        ("PUT", "graph=https://w3id.org/onrecord/ns%23accepted"),
        ("POST", "graph=https://w3id.org/onrecord/ns%23disputed"),
        ("DELETE", "graph=https://w3id.org/onrecord/ns%23disputed"),
        ("PUT", "graph=https://w3id.org/onrecord/ns"),
        ("DELETE", "graph=https://w3id.org/onrecord/ns"),
        ("PUT", "graph=https://w3id.org/onrecord/org/ispr"),
    ],
)
def test_no_graph_of_the_record_is_replaced(record: Client, method: str, graph: str) -> None:
    before = record.send("GET", "health").body
    body = "<http://e/a> <http://e/b> 1 ." if method != "DELETE" else None
    told = record.send(method, f"graphs?{graph}", body, "text/turtle")
    assert told.status == 403, told.body
    assert record.send("GET", "health").body == before


def test_a_form_writes_to_the_default_graph_on_the_same_terms(record: Client) -> None:
    head = 'Content-Disposition: form-data; name="f"; filename="f.ttl"'
    libel = f"<{ISPR.value}> <{term('operatedBy').value}> <http://e/x> ."
    body = "\r\n".join(["--b", head, "", libel, "--b--", ""])
    kind = "multipart/form-data; boundary=b"
    told = record.send("POST", "graphs?default", body, kind)
    assert (told.status, "nothing plainly" in told.problem) == (403, True)
