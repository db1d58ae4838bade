"""The door: explanations, freshness, health, and the server itself."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from waitress.server import create_server

from onrecord.limits import Limits
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from ontology import term
from ontology.identity import DEFAULT_BASE
from server import create_app
from tests.door import CHROMIUM, ask, problem
from tests.trials import Broken

# rdflib 7.6 warns of itself when it parses JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is:DeprecationWarning")

DEFAULT = DefaultGraph()
SELECT = "SELECT ?s WHERE { ?s <https://w3id.org/onrecord/ns#status> ?o } ORDER BY ?s LIMIT 3"


@pytest.fixture(scope="module")
def app(data: Path) -> Flask:
    return create_app(Settings(data=data))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[tuple[str, int]]:
    """A real server on a port of its own."""
    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield "127.0.0.1", int(server.effective_port)  # type: ignore[union-attr]
    server.trigger.pull_trigger(server.close)  # type: ignore[union-attr]
    thread.join(timeout=10)


def test_a_known_representation_is_not_sent_again(client: FlaskClient) -> None:
    first = ask(client, SELECT)
    tag = first.headers["ETag"]
    headers = {"If-None-Match": tag, "Accept": ""}
    again = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    headers["Accept"] = "text/csv"
    other = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert (other.status_code, other.headers["ETag"] != tag) == (200, True)


def test_a_new_generation_is_a_new_representation(case_store: GenerationStore) -> None:
    client = create_app(Settings(data=case_store.folder)).test_client()
    before = client.get("/org/ispr.ttl").headers["ETag"]
    node = NamedNode("https://example.org/")
    with case_store.write("more") as draft:
        draft.insert([Quad(node, node, node, DEFAULT)])
    after = client.get("/org/ispr.ttl", headers={"If-None-Match": before})
    assert (after.status_code, after.headers["ETag"] != before) == (200, True)


def test_what_differs_each_time_has_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in ask(client, "SELECT (RAND() AS ?x) {}").headers


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        (CHROMIUM, "text/html"),
    ],
)
def test_an_iri_of_ours_answers_as_asked(client: FlaskClient, accept: str, kind: str) -> None:
    direct = client.get("/org/ispr", headers={"Accept": accept})
    asked = client.get("/explain", query_string={"iri": "org/ispr"}, headers={"Accept": accept})
    assert (direct.status_code, direct.mimetype) == (200, kind)
    assert direct.data == asked.data


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".ttl", "text/turtle"),
        (".jsonld", "application/ld+json"),
        (".nt", "application/n-triples"),
        (".html", "text/html"),
    ],
)
def test_a_suffix_asks_for_a_format(client: FlaskClient, suffix: str, kind: str) -> None:
    response = client.get(f"/org/ispr{suffix}", headers={"Accept": "image/png"})
    assert (response.status_code, response.mimetype) == (200, kind)


def test_every_format_says_the_same(client: FlaskClient) -> None:
    turtle, lines, compact = (
        set(rdflib.Graph().parse(data=client.get(f"/org/ispr{suffix}").data, format=format))
        for suffix, format in ((".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"))
    )
    assert turtle == lines == compact


def test_json_ld_has_short_keys(client: FlaskClient) -> None:
    document = json.loads(client.get("/org/ispr.jsonld").text)
    claims = [node for node in document["@graph"] if node.get("type") == "Claim"]
    assert claims
    assert all({"subject", "predicate", "object"} <= set(node) for node in claims)


@pytest.mark.parametrize("kind", ["passage", "relay", "document", "record", "case"])
def test_whatever_evidence_names_has_a_page(client: FlaskClient, data: Path, kind: str) -> None:
    with GenerationStore(data).read() as snapshot:
        node = min(str(q.object)[1:-1] for q in snapshot.quads(p=term(kind), g=DEFAULT))
    for accept in ("text/html", "text/turtle"):
        response = client.get(f"/explain?iri={quote(node)}", headers={"Accept": accept})
        assert (response.status_code, response.mimetype) == (200, accept)


def test_an_iri_with_escapes_is_found(case_store: GenerationStore) -> None:
    node = NamedNode(f"{DEFAULT_BASE}hashtag/{quote('پاکستان')}")
    with case_store.write("a hashtag") as draft:
        draft.insert([Quad(node, term("rdfs:label"), Literal("x"), DEFAULT)])
    client = create_app(Settings(data=case_store.folder)).test_client()
    assert client.get(f"/hashtag/{quote('پاکستان')}.ttl").status_code == 200
    assert client.get("/hashtag/پاکستان").status_code == 200


def test_the_vocabulary_answers_under_its_address(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/ns.ttl").data, format="turtle")
    assert (rdflib.URIRef(term("Claim").value), None, None) in graph
    assert (
        "disputed" in client.get("/explain?iri=rec:disputed", headers={"Accept": CHROMIUM}).text
    )


def test_an_unknown_iri_is_not_found(client: FlaskClient) -> None:
    for path in ("/org/nobody", "/org/nobody.ttl", "/explain?iri=org/nobody", "/nothing"):
        response = client.get(path)
        assert (response.status_code, "says nothing" in problem(response)) == (404, True)
    page = client.get("/org/nobody", headers={"Accept": CHROMIUM})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert client.get("/explain").status_code == 400
    assert client.get("/explain?iri=a%20b").status_code == 400


def test_health_tells_the_generation(client: FlaskClient) -> None:
    told = json.loads(client.get("/health").text)
    assert told["ok"] is True
    assert told["quads"] > 5000


def test_without_a_generation_nothing_is_served(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "empty")).test_client()
    health = client.get("/health")
    assert (health.status_code, json.loads(health.text)["ok"]) == (503, False)
    for path in ("/", "/sparql?query=ASK%7B%7D", "/org/ispr"):
        response = client.get(path)
        assert (response.status_code, "onrecord demo" in response.text) == (503, True)
        assert response.headers["Retry-After"]


def test_a_fault_of_ours_shows_no_trace(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.views.Dereference", lambda *_: Broken())
    response = app.test_client().get("/org/ispr", headers={"Accept": CHROMIUM})
    assert response.status_code == 500
    assert "secret" not in response.text


def test_the_real_server_answers_and_streams(address: tuple[str, int]) -> None:
    connection = http.client.HTTPConnection(*address, timeout=30)
    everything = urlencode({"query": "SELECT * { ?s ?p ?o }"})
    connection.request("GET", f"/sparql?{everything}", headers={"Accept": "text/csv"})
    response = connection.getresponse()
    assert response.status == 200
    assert len(response.read().splitlines()) > 5000
    connection.request("HEAD", "/org/ispr.ttl")
    head = connection.getresponse()
    assert (head.status, head.read()) == (200, b"")
    connection.close()


def test_readers_that_hang_up_leave_the_server_answering(address: tuple[str, int]) -> None:
    everything = urlencode({"query": "SELECT * { ?s ?p ?o }"})
    for _ in range(3):
        impatient = http.client.HTTPConnection(*address, timeout=30)
        impatient.request("GET", f"/sparql?{everything}")
        impatient.close()
    connection = http.client.HTTPConnection(*address, timeout=30)
    connection.request("GET", "/health")
    assert connection.getresponse().status == 200
    connection.close()


def test_a_question_that_takes_too_long_says_of_what_less_to_ask(data: Path) -> None:
    client = create_app(Settings(data=data, limits=Limits(query_seconds=0.01))).test_client()
    given = {"known_on": "2100-01-01", "valid_on": "2019-04-03"}
    found = client.get("/ask/known_and_true.json", query_string=given)
    assert found.status_code == 504
    assert "by giving subject or document" in found.get_json()["detail"]
