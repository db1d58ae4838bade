"""Pages: what a reader sees, and what no source can make a page do."""

import json
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

import queries
from loaders.given import Given
from onrecord.ingest import ingest
from onrecord.settings import Settings
from onrecord.store import GenerationStore, restore
from ontology import term
from ontology.identity import DEFAULT_BASE
from server import create_app
from tests.door import CHROMIUM, ask, problem

DEFAULT = DefaultGraph()
HOSTILE = '<script>alert("x")</script>'
HOLDER = NamedNode(f"{DEFAULT_BASE}person/hostile")


@pytest.fixture(scope="module")
def data(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, and a thing whose name is an attack."""
    folder = tmp_path_factory.mktemp("served") / "data"
    restore(case_archive, folder)
    with GenerationStore(folder).write("hostile") as draft:
        draft.insert(
            Quad(HOLDER, term("rdfs:label"), Literal(value, language=language), DEFAULT)
            for value, language in ((HOSTILE, "en"), ("javascript:alert(1)", "ur"))
        )
        draft.insert([Quad(HOLDER, term("rdfs:isDefinedBy"), HOLDER, DEFAULT)])
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    return create_app(Settings(data=data)).test_client()


def claim_denied(data: Path) -> NamedNode:
    with GenerationStore(data).read() as snapshot:
        denials = snapshot.quads(None, term("rdf:type"), term("Denial"), DEFAULT)
        denial = min((quad.subject for quad in denials), key=str)
        (quad,) = snapshot.quads(denial, term("claim"), None, DEFAULT)
    assert isinstance(quad.object, NamedNode)
    return quad.object


def test_a_claims_page_shows_who_denies_it_and_how_to_check(
    client: FlaskClient, data: Path
) -> None:
    path = claim_denied(data).value.removeprefix(DEFAULT_BASE)
    page = client.get(f"/{path}", headers={"Accept": CHROMIUM}).text
    assert page.index("<h1>") < page.index("<h2>")
    for words in (
        "denies it",
        "about the record, not about the world",
        "SHA-256 of the passage",
    ):
        assert words in page
    assert page.count("Nobody in the record") <= 1


def test_a_page_shows_whoever_its_claim_counts_as_asserted_by(
    client: FlaskClient, data: Path
) -> None:
    """Who alleges in their own name asserts; who retells an allegation leaves it open."""
    with GenerationStore(data).read() as snapshot:
        found = snapshot.quads(None, term("rdf:type"), term("Allegation"), DEFAULT)
        claims = {
            claim.object: any(snapshot.quads(claim.object, term("assertedBy"), None, DEFAULT))
            for quad in found
            for claim in snapshot.quads(quad.subject, term("claim"), None, DEFAULT)
            if isinstance(claim.object, NamedNode)
        }
    assert set(claims.values()) == {True, False}
    for claim, is_asserted in claims.items():
        path = claim.value.removeprefix(DEFAULT_BASE)
        page = client.get(f"/{path}", headers={"Accept": CHROMIUM}).text
        assert ("Who says so (0)" in page) is not is_asserted
        assert is_asserted or "Who leaves it open" in page


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "s p o"),
        ("# ?o\nselect distinct * { VALUES ?x { '?o' } BIND(?x AS ?a) }", "x a"),
        ("SELECT * { { SELECT ?o (?s AS ?z) { ?s ?p ?o } LIMIT 1 } BIND(1 AS ?i) }", "o z i"),
        ("SELECT ?o ?s { ?s ?p ?o } LIMIT 1", "o s"),
        ("SELECT (?b AS ?a) ?b { VALUES ?b { 1 } }", "a b"),
    ],
)
def test_columns_come_in_the_order_of_the_query(
    client: FlaskClient, query: str, columns: str
) -> None:
    page = client.get(f"/sparql?query={quote(query)}", headers={"Accept": CHROMIUM}).text
    shown = re.findall(r'<th scope="col">(\w+)</th>', page)
    assert shown == columns.split()


def test_a_held_text_is_quoted_on_the_page_only(case_store: GenerationStore) -> None:
    text = "Grüße aus der Akte: " + "wort " * 200
    document = NamedNode(f"{DEFAULT_BASE}doc/{sha256(text.encode()).hexdigest()}")
    passage = NamedNode(f"{document.value}#char=2,900")
    said = (
        (document, "rdf:type", term("Document")),
        (document, "sha256", Literal(document.value[-64:])),
        (passage, "rdf:type", term("Passage")),
        (passage, "document", document),
        (passage, "oa:start", Literal(2)),
        (passage, "oa:end", Literal(900)),
    )
    with case_store.write("a text") as draft:
        draft.insert(Quad(s, term(p), o, DEFAULT) for s, p, o in said)
    case_store.texts.mkdir(exist_ok=True)
    (case_store.texts / document.value[-64:]).write_text(text, encoding="utf-8")
    client = create_app(Settings(data=case_store.folder)).test_client()
    address = f"/explain?iri={quote(passage.value)}"
    page = client.get(address, headers={"Accept": CHROMIUM}).text
    assert text[2:302] in page
    assert text[2:303] not in page
    for accept in ("text/turtle", "application/ld+json"):
        assert "Akte" not in client.get(address, headers={"Accept": accept}).text


def test_a_page_shows_no_sign_in_another_order_than_it_is_read(tmp_path: Path) -> None:
    path, store = tmp_path / "list\u202evsc.csv", GenerationStore(tmp_path / "data")
    rows = "Desk \u202ekseD,Twitter,5,a,live\u202elive,2030\n"
    path.write_text(
        f"publisher,platform,id,handle,display_name,valid_from\n{rows}", encoding="utf-8"
    )
    ingest(store, "accounts", path, Given())
    with store.read() as snapshot:
        name = Literal("live\u202elive")
        (said,) = (quad.subject for quad in snapshot.quads(None, term("rdf:object"), name))
    client = create_app(Settings(data=store.folder)).test_client()
    for address in ("/account/twitter/id/5", str(said)[1:-1].removeprefix(DEFAULT_BASE)):
        page = client.get(address, headers={"Accept": CHROMIUM}).text
        assert r"live\u202elive" in page
        assert r"Desk \u202ekseD" in page
        assert "\u202e" not in page
    assert "live\u202elive" in client.get("/account/twitter/id/5.ttl").text


def test_a_page_calls_a_thing_by_the_beginning_of_a_very_long_name(tmp_path: Path) -> None:
    path, store = tmp_path / "list.csv", GenerationStore(tmp_path / "data")
    long = "Desk " + "of the harbour " * 100
    rows = f"{long},Twitter,5,a,A,2030\n"
    path.write_text(
        f"publisher,platform,id,handle,display_name,valid_from\n{rows}", encoding="utf-8"
    )
    ingest(store, "accounts", path, Given())
    with store.read() as snapshot:
        (publisher,) = {q.object for q in snapshot.quads(None, term("speaker"), None)}
    client = create_app(Settings(data=store.folder)).test_client()
    local = str(publisher)[1:-1].removeprefix(DEFAULT_BASE)
    page = client.get(f"/{local}", headers={"Accept": CHROMIUM}).text
    assert long.strip() in page
    heading = re.search("<h1>(.*?)</h1>", page)
    assert heading and f">{long[:200]}…<" in heading[1]
    assert page.count(long.strip()) == 1


def test_a_page_escapes_what_sources_say(client: FlaskClient) -> None:
    page = client.get("/person/hostile", headers={"Accept": CHROMIUM}).text
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    echoed = ask(client, f"SELECT ('{HOSTILE}' AS ?x) {{}}", CHROMIUM).text
    assert "<script" not in echoed
    for path in (f"/ask/{quote(HOSTILE)}", f"/{quote(HOSTILE)}"):
        assert "<script" not in client.get(path, headers={"Accept": CHROMIUM}).text


def test_an_iri_of_ours_never_leads_to_another_host(client: FlaskClient) -> None:
    strange = "SELECT ?x { VALUES ?x { <https://w3id.org/onrecord//evil.example/> } }"
    page = ask(client, strange, CHROMIUM).text
    assert "evil.example" in page
    assert 'href="//' not in page


def test_every_response_is_guarded(client: FlaskClient) -> None:
    for path in ("/", "/org/ispr", "/nothing", "/static/style.css", "/sparql"):
        response = client.get(path, headers={"Accept": CHROMIUM})
        response.close()
        headers = response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_another_site_may_ask(client: FlaskClient) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    response = client.options("/sparql", headers=headers)
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    allowed = response.headers["Access-Control-Allow-Headers"]
    for name in ("Authorization", "Content-Type", "Content-Encoding", "If-Match"):
        assert name in allowed


def test_the_first_page_counts_and_leads_on(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept": CHROMIUM}).text
    assert "Pakistan, April 2019" in page
    for name in queries.catalogue():
        assert f'href="/ask/{name}"' in page
    counts = json.loads(client.get("/", headers={"Accept": "application/json"}).text)["counts"]
    assert counts["Attestation"] > 300


def test_every_question_answers_in_every_format(client: FlaskClient) -> None:
    for name, question in queries.catalogue().items():
        given = {p.name: str(p.example) for p in question.parameters if p.example}
        rows = client.get(f"/ask/{name}.json", query_string=given)
        assert rows.status_code == 200, rows.text
        bindings = json.loads(rows.text)["results"]["bindings"]
        table = client.get(f"/ask/{name}", query_string=given, headers={"Accept": "text/csv"})
        assert table.text.startswith(",".join(json.loads(rows.text)["head"]["vars"]))
        lines = client.get(f"/ask/{name}.tsv", query_string=given).text.splitlines()
        assert len(lines) == len(bindings) + 1
        page = client.get(f"/ask/{name}", query_string=given, headers={"Accept": CHROMIUM})
        assert (page.status_code, page.mimetype) == (200, "text/html")


def test_questions_are_listed_with_their_parameters(client: FlaskClient) -> None:
    listed = json.loads(client.get("/ask/").text)
    assert {found["name"] for found in listed} == set(queries.catalogue())
    assert client.get("/ask", headers={"Accept": CHROMIUM}).status_code == 200


def test_a_question_without_its_parameter_shows_the_form_or_refuses(
    client: FlaskClient,
) -> None:
    name, parameter = next(
        (name, found.name)
        for name, question in queries.catalogue().items()
        for found in question.parameters
        if found.required
    )
    page = client.get(f"/ask/{name}", headers={"Accept": CHROMIUM})
    assert (page.status_code, f'name="{parameter}"' in page.text) == (200, True)
    refused = client.get(f"/ask/{name}")
    assert (refused.status_code, parameter in problem(refused)) == (400, True)
    unknown = client.get(f"/ask/{name}", query_string={"nonsense": "1"})
    assert unknown.status_code == 400


def test_an_unknown_question_is_not_found(client: FlaskClient) -> None:
    assert client.get("/ask/what_is_truth").status_code == 404


def test_a_page_without_rows_names_what_nothing_is_said_of(client: FlaskClient) -> None:
    for kind, is_told in (("rec:WebDomain", True), ("rec:Domain", False)):
        page = client.get(
            "/ask/things_in_several_sources",
            query_string={"kind": kind},
            headers={"Accept": CHROMIUM},
        )
        assert "The record has no answer to this" in page.text
        assert ("Nothing in it is said of <code>" in page.text) is is_told
