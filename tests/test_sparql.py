"""SPARQL over HTTP: what the protocol asks for, and what a client is refused."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from flask.testing import FlaskClient

from onrecord.settings import Settings
from ontology import term
from ontology.identity import DEFAULT_BASE
from server import create_app
from tests.door import CHROMIUM, ask, listener, problem

# rdflib 7.6 warns of itself when it parses JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is:DeprecationWarning")

SELECT = (
    "SELECT ?s ?o WHERE { ?s <https://w3id.org/onrecord/ns#status> ?o } ORDER BY ?s LIMIT 3"
)
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://w3id.org/onrecord/ns#status> ?o } LIMIT 3"


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    """A client of a record with the bundled case."""
    return create_app(Settings(data=data)).test_client()


@pytest.mark.parametrize(
    ("accept", "kind", "start"),
    [
        ("", "application/sparql-results+json", '{"head":{"vars":["s","o"]}'),
        ("application/json", "application/json", '{"head":{"vars":["s","o"]}'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv", "s,o\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", "?s\t?o\n"),
        (CHROMIUM, "text/html", "<!doctype html>"),
    ],
)
def test_solutions_come_as_asked(
    client: FlaskClient, accept: str, kind: str, start: str
) -> None:
    response = ask(client, SELECT, accept)
    assert (response.status_code, response.mimetype) == (200, kind)
    assert response.text.startswith(start)
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_graphs_come_as_asked(client: FlaskClient, accept: str, format: str) -> None:
    response = ask(client, CONSTRUCT, accept)
    assert response.status_code == 200
    assert len(rdflib.Graph().parse(data=response.data, format=format)) == 3


def test_describe_is_a_graph(client: FlaskClient) -> None:
    response = ask(client, f"DESCRIBE <{DEFAULT_BASE}org/ispr>")
    assert response.mimetype == "text/turtle"


@pytest.mark.parametrize(
    ("accept", "answer"),
    [("", '"boolean":true'), ("application/xml", "<boolean>true<"), ("text/html", ">Yes<")],
)
def test_a_truth_comes_as_asked(client: FlaskClient, accept: str, answer: str) -> None:
    assert answer in ask(client, "ASK {}", accept).text


def test_a_query_may_be_posted_as_a_form_or_as_itself(client: FlaskClient) -> None:
    form = client.post("/sparql", data={"query": SELECT})
    direct = client.post("/sparql", data=SELECT, content_type="application/sparql-query")
    assert form.text == direct.text == ask(client, SELECT).text


def test_the_request_names_the_data_set(client: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    disputed = term("disputed").value
    evidence = ask(client, count, "text/csv").text
    believed = ask(client, count, "text/csv", **{"default-graph-uri": disputed}).text
    assert 0 < int(believed.split()[1]) < int(evidence.split()[1])
    named = ask(client, graphs, "text/csv", **{"named-graph-uri": disputed}).text
    assert named.split() == ["g", disputed]
    alone = ask(client, graphs, "text/csv", **{"default-graph-uri": disputed}).text
    assert alone.split() == ["g"]
    posted = client.post(
        f"/sparql?{urlencode({'default-graph-uri': disputed})}",
        data=count,
        content_type="application/sparql-query",
        headers={"Accept": "text/csv"},
    )
    assert posted.text == believed


def test_the_data_set_of_the_request_goes_before_that_of_the_query(client: FlaskClient) -> None:
    sparql = f"SELECT ?s FROM <{term('disputed').value}> {{ ?s ?p ?o }}"
    nowhere = ask(client, sparql, "text/csv", **{"default-graph-uri": "https://example.org/"})
    assert nowhere.text.split() == ["s"]
    assert len(ask(client, sparql, "text/csv").text.split()) > 1


@pytest.mark.parametrize(
    ("method", "sent", "status", "told"),
    [
        ("GET", {"query_string": {"query": " "}}, 400, "the query is empty"),
        ("GET", {"query_string": {"query": "SELECT"}}, 400, "line 1, column 7"),
        (
            "GET",
            {"query_string": {"query": "ASK {}", "default-graph-uri": "x"}},
            400,
            "graph x",
        ),
        ("GET", {"query_string": {"update": "DROP ALL"}}, 405, "by POST"),
        ("POST", {"data": {"update": "DROP ALL"}}, 401, "token"),
        (
            "POST",
            {"data": "DROP ALL", "content_type": "application/sparql-update"},
            401,
            "token",
        ),
        ("POST", {"data": "{}", "content_type": "application/json"}, 415, "application/json"),
        ("POST", {"data": b"\xff", "content_type": "application/sparql-query"}, 400, "UTF-8"),
        ("POST", {"data": {"x": "y"}}, 400, "send exactly one"),
        ("PUT", {"data": "x"}, 405, "not taken here"),
        (
            "POST",
            {"data": b"#" * 1_000_001, "content_type": "application/sparql-query"},
            413,
            "1,000,000 at most",
        ),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value),
)
def test_a_misfit_is_told_what_to_change(
    client: FlaskClient, method: str, sent: dict[str, object], status: int, told: str
) -> None:
    response = client.open("/sparql", method=method, **sent)  # type: ignore[arg-type]
    assert response.status_code == status
    assert told in problem(response)


def test_two_queries_are_refused(client: FlaskClient) -> None:
    response = client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D")
    assert (response.status_code, "2 parameters" in problem(response)) == (400, True)


def test_what_cannot_be_written_lists_what_can(client: FlaskClient) -> None:
    response = ask(client, SELECT, "image/png")
    assert response.status_code == 406
    assert "text/csv" in problem(response)
    assert ask(client, "ASK {}", "text/csv").status_code == 406


@pytest.mark.parametrize(
    "group",
    [
        "SERVICE <{}> {{ ?s ?p ?o }}",
        "SERVICE<{}>{{?s ?p ?o}}",
        "service silent <{}> {{ ?s ?p ?o }}",
        "SERVICE # <\n <{}> {{ ?s ?p ?o }}",
        "?a ?b trueSERVICE<{}>{{?s ?p ?o}}",
        "?a ?b 1SERVICE SILENT <{}> {{ ?s ?p ?o }}",
        "SERVICEex:{{?s ?p ?o}}",
        "SERVICE SILENT ex: {{ ?s ?p ?o }}",
        f"SERVICE {'n' * 150}: {{{{ ?s ?p ?o }}}}",
        "VALUES ?x {{ <{}> }} SERVICE ?x {{ ?s ?p ?o }}",
        "FILTER(?a <'x>y') SERVICE <{}> {{ ?s ?p 'z' }}",
        "?a ex:b\\' ?c . SERVICE <{}> {{ ?s ?p 'z' }}",
    ],
)
def test_no_query_reaches_another_host(client: FlaskClient, group: str) -> None:
    calls: list[bytes] = []
    with listener(calls) as url:
        body = group.format(url)
        prefixes = f"PREFIX ex: <{url}> PREFIX {'n' * 150}: <{url}>"
        response = ask(client, f"{prefixes} SELECT * {{ {body} }}")
    assert (response.status_code, calls) == (403, [])


@pytest.mark.parametrize(
    "where",
    [
        "?service <http://x> ?y",
        "?s ex:service ?service",
        "?load ex:load ex:x",
        "ex:load ex:x ?y",
        'FILTER("secret service of" = "x")',
    ],
)
def test_the_word_service_may_be_used_otherwise(client: FlaskClient, where: str) -> None:
    response = ask(client, f"PREFIX ex: <http://ex/> SELECT * {{ {where} }}")
    assert response.status_code == 200


def test_a_reader_gets_a_form_and_keeps_the_query(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": CHROMIUM})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    failed = ask(client, "SELECT HERE", CHROMIUM)
    assert failed.status_code == 400
    assert "SELECT HERE</textarea>" in failed.text
    assert "line 1, column" in failed.text


def test_rdf_xml_refuses_what_it_cannot_spell(client: FlaskClient) -> None:
    odd = "CONSTRUCT { <http://e/s> <http://e/1> 1 } {}"
    response = ask(client, odd, "application/rdf+xml")
    assert (response.status_code, "text/turtle" in problem(response)) == (406, True)
