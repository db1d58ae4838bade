"""What queries are answered with: the format that was asked for, and nothing that it lacks."""

import csv
import io
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import rdflib

from tests.door import CHROMIUM
from tests.plain import Client

# rdflib 7.6 warns of itself when it parses TriG, N-Quads and JSON-LD
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning"),
]

QUERY = "application/sparql-query"
TURTLE = "text/turtle"
JSONLD = "application/ld+json"
XML = "application/rdf+xml"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv, application/sparql-results+xml;q=0.9", "text/csv"),
        ("application/*;q=0.2, text/tab-separated-values;q=0.3", "text/tab-separated-values"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("*/*, application/*;q=0, text/xml;q=0", "text/csv"),
    ],
)
def test_the_format_with_the_highest_weight_comes(
    plain_store: Client, accept: str, kind: str
) -> None:
    assert plain_store.ask("SELECT (1 AS ?x) {}", accept).kind == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
    ],
)
def test_a_browser_says_the_format_in_the_address(
    plain_store: Client, name: str, kind: str
) -> None:
    query = quote("SELECT (1 AS ?x) {}")
    told = plain_store.send("GET", f"sparql?format={name}&query={query}", Accept="text/html")
    assert (told.status, told.kind) == (200, kind)


def test_a_format_that_nobody_knows_lists_those_that_are(plain_store: Client) -> None:
    told = plain_store.send("GET", "sparql?format=png&query=ASK%7B%7D")
    assert (told.status, "turtle" in told.problem) == (400, True)


@pytest.mark.parametrize(
    ("accept", "kind", "reads"),
    [
        (None, TURTLE, "turtle"),
        ("*/*", TURTLE, "turtle"),
        ("application/trig", "application/trig", "trig"),
        ("application/n-quads", "application/n-quads", "nquads"),
        ("application/n-triples", "application/n-triples", "nt"),
        (XML, XML, "xml"),
        (JSONLD, JSONLD, "json-ld"),
    ],
)
def test_a_graph_comes_in_every_format(
    plain_store: Client, accept: str | None, kind: str, reads: str
) -> None:
    sparql = "CONSTRUCT { <http://e/s> <http://e/p> 1 , 'a\\r\\nb'@en } {}"
    headers = {"Accept": accept} if accept else {}
    told = plain_store.send("POST", "sparql", sparql, QUERY, **headers)
    assert (told.status, told.kind) == (200, kind)
    found = set(rdflib.Dataset().parse(data=told.body, format=reads).triples((None,) * 3))
    spoken = rdflib.Literal("a\r\nb", lang="en")
    said = {rdflib.Literal(1), spoken}
    assert {o for _, _, o in found} == said


def test_a_browser_gets_a_graph_in_a_form_that_can_spell_all_of_it(plain_store: Client) -> None:
    for name in ("p", "p/1"):
        told = plain_store.ask(
            f"CONSTRUCT {{ <http://e/s> <http://e/{name}> 1 }} {{}}", CHROMIUM
        )
        assert (told.status, told.kind) == (200, TURTLE)


def test_csv_quotes_iris_with_commas(plain_store: Client) -> None:
    told = plain_store.ask("SELECT (<http://e/a,b> AS ?x) ('c\"d' AS ?y) {}", "text/csv")
    assert list(csv.reader(io.StringIO(told.body.decode()))) == [
        ["x", "y"],
        ["http://e/a,b", 'c"d'],
    ]


def test_xml_keeps_carriage_returns(plain_store: Client) -> None:
    told = plain_store.ask("SELECT ('a\\r\\nb\\rc' AS ?x) {}", "application/sparql-results+xml")
    [literal] = ElementTree.fromstring(told.body).iter(f"{RESULTS}literal")
    assert literal.text == "a\r\nb\rc"
    told = plain_store.ask("CONSTRUCT { <http://e/s> <http://e/p> 'a\\r\\nb\\rc' } {}", XML)
    [value] = rdflib.Graph().parse(data=told.body, format="xml").objects()
    assert str(value) == "a\r\nb\rc"


@pytest.mark.parametrize("sign", ["\\u0001", "\\u001B", "\\uFFFE"])
def test_xml_refuses_what_no_xml_can_hold(plain_store: Client, sign: str) -> None:
    for sparql, accept in (
        (f"SELECT ('{sign}' AS ?x) {{}}", "application/sparql-results+xml"),
        (f"CONSTRUCT {{ <http://e/s> <http://e/p> '{sign}' }} {{}}", XML),
    ):
        told = plain_store.ask(sparql, accept)
        assert (told.status, "ask for" in told.problem) == (406, True)
    assert plain_store.ask(f"SELECT ('{sign}' AS ?x) {{}}", "text/csv").status == 200


@pytest.mark.parametrize(
    "name",
    [
        "http://e/p/1",
        "http://e/p/",
        "http://e/x\u00b2",
        "http://e/\u0663b",
        "http://e/\U00010900b",
        "http://e/b\u0300\u00b2",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#li",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#Description",
        "http://www.w3.org/2000/xmlns/x",
        "urn:a:1",
    ],
)
def test_rdf_xml_refuses_a_predicate_that_is_no_name(plain_store: Client, name: str) -> None:
    told = plain_store.ask(f"CONSTRUCT {{ <http://e/s> <{name}> 1 }} {{}}", XML)
    assert (told.status, "text/turtle" in told.problem) == (406, True)


@pytest.mark.parametrize(
    "name",
    [
        "http://e/1a",
        "http://e/p#a.b-c_d",
        "http://e/q%20a",
        "http://e/\u00e9",
        "http://e/\u00b2x",
        "urn:a:b",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1",
    ],
)
def test_rdf_xml_keeps_a_predicate_that_ends_in_a_name(plain_store: Client, name: str) -> None:
    told = plain_store.ask(f"CONSTRUCT {{ <http://e/s> <{name}> 1 }} {{}}", XML)
    assert told.status == 200, told.body
    [predicate] = rdflib.Graph().parse(data=told.body, format="xml").predicates()
    assert str(predicate) == name


def test_rdf_xml_refuses_a_first_type_that_is_no_name(plain_store: Client) -> None:
    told = plain_store.ask("CONSTRUCT { <http://e/s> a <http://e/1> } {}", XML)
    assert (told.status, "text/turtle" in told.problem) == (406, True)
    told = plain_store.ask("CONSTRUCT { <http://e/s> <http://e/p> 1 ; a <http://e/A> } {}", XML)
    assert len(rdflib.Graph().parse(data=told.body, format="xml")) == 2


@pytest.mark.parametrize("accept", [JSONLD, XML])
def test_a_statement_about_a_statement_is_spelled_or_refused(
    plain_store: Client, accept: str
) -> None:
    inner = "<<( <http://e/s> <http://e/%s> 1 )>>"
    sparql = f"CONSTRUCT {{ <http://e/s> <http://e/p> {inner} }} {{}}"
    odd = plain_store.ask(sparql % "1", accept)
    assert (odd.status, "text/turtle" in odd.problem) == (406, True)
    plain = plain_store.ask(sparql % "p", accept)
    assert plain.status == (406 if accept == JSONLD else 200)
