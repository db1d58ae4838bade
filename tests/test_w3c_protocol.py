"""The cases of the W3C's SPARQL 1.1 protocol and service description manifests, by name."""

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import pytest
import rdflib

from tests.plain import Client, Told

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
BOOLEAN: Final = {"application/sparql-results+xml", "application/sparql-results+json"}
TABULAR: Final = BOOLEAN | {"text/tab-separated-values", "text/csv"}
RDF: Final = {"application/rdf+xml", "text/turtle", "application/n-triples"}
SD: Final = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")

FOLDER: Final = "http://kasei.us/2009/09/sparql/data/"
D0, D1, D2, D3 = (f"{FOLDER}data{number}.rdf" for number in range(4))
DOCUMENT: Final = "<http://xmlns.com/foaf/0.1/Document>"
RESOURCE: Final = "<http://purl.org/dc/terms/BibliographicResource>"
FILLED: Final = "".join(f"GRAPH <{d}> {{ <{d}> a {DOCUMENT} }}\n" for d in (D1, D2, D3))

PAIR: Final = f"<{D1}> a ?type . <{D2}> a ?type"
NAMED_PAIR: Final = f"GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }}"


@pytest.fixture
def client(plain_store: Client) -> Client:
    """A store with the data that the queries of the manifest expect."""
    told = plain_store.send("POST", "update", f"DROP ALL ; INSERT DATA {{ {FILLED} }}", UPDATE)
    assert told.status == 204, told.body
    return plain_store


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to /sparql/."""

    method: str
    parameters: tuple[tuple[str, str], ...] = ()
    body: str | bytes | None = None
    kind: str | None = None

    def to(self, client: Client) -> Told:
        """Return what it is answered with."""
        query = f"?{urlencode(self.parameters, quote_via=quote)}" if self.parameters else ""
        return client.send(self.method, f"sparql/{query}", self.body, self.kind)


def of(name: str, *graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, graph) for graph in graphs)


def form(*pairs: tuple[str, str]) -> str:
    return urlencode(pairs)


DEFAULT0: Final = of("default-graph-uri", D0)
NAMED12: Final = of("named-graph-uri", D1, D2)

TRUE: Final = {
    "query_post_form": Sent("POST", DEFAULT0, form(("query", "ASK {}")), FORM),
    "query_dataset_default_graphs_get": Sent(
        "GET", (("query", f"ASK {{ {PAIR} }}"), *of("default-graph-uri", D1, D2))
    ),
    "query_dataset_default_graphs_post": Sent(
        "POST", of("default-graph-uri", D1, D2), f"ASK {{ {PAIR} }}", QUERY
    ),
    "query_dataset_named_graphs_post": Sent("POST", NAMED12, f"ASK {{ {NAMED_PAIR} }}", QUERY),
    "query_dataset_named_graphs_get": Sent(
        "GET", (("query", f"ASK {{ {NAMED_PAIR} }}"), *NAMED12)
    ),
    "query_dataset_full": Sent(
        "POST",
        (*of("default-graph-uri", D3), *NAMED12),
        f"ASK {{ <{D3}> a ?type {NAMED_PAIR} }}",
        QUERY,
    ),
    "query_multiple_dataset": Sent(
        "POST", NAMED12, f"ASK FROM <{D3}> {{ {NAMED_PAIR} }}", QUERY
    ),
    "query_get": Sent("GET", (("query", "ASK {}"), *DEFAULT0)),
    "query_post_direct": Sent("POST", (), "ASK {}", QUERY),
}

KINDS: Final = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", TABULAR),
    "query_content_type_ask": ("ASK {}", BOOLEAN),
    "query_content_type_describe": ("DESCRIBE <http://example.org/>", RDF),
    "query_content_type_construct": ("CONSTRUCT { <s> <p> 1 } WHERE {}", RDF),
}

MADE: Final = "http://example.org/made"
COPY: Final = (
    f"DROP ALL ; INSERT DATA {{ {FILLED} }} ; "
    f"INSERT {{ GRAPH <{MADE}> {{ ?s a {RESOURCE} }} }} WHERE "
)
TWO_MADE: Final = (
    f"ASK {{ GRAPH <{MADE}> {{ <{D1}> a {RESOURCE} . <{D2}> a {RESOURCE} }} "
    f"FILTER NOT EXISTS {{ GRAPH <{MADE}> {{ <{D3}> a {RESOURCE} }} }} }}"
)
UPDATED: Final = {
    "update_dataset_default_graph": (
        of("using-graph-uri", D1),
        f"{COPY} {{ ?s a {DOCUMENT} }}",
        f"ASK {{ GRAPH <{MADE}> {{ <{D1}> a {RESOURCE} }} }}",
    ),
    "update_dataset_default_graphs": (
        of("using-graph-uri", D1, D2),
        f"{COPY} {{ ?s a {DOCUMENT} }}",
        TWO_MADE,
    ),
    "update_dataset_named_graphs": (
        of("using-named-graph-uri", D1, D2),
        f"{COPY} {{ GRAPH ?g {{ ?s a {DOCUMENT} }} }}",
        TWO_MADE,
    ),
    "update_dataset_full": (
        (*of("using-graph-uri", D1), *of("using-named-graph-uri", D2)),
        f"DROP ALL ; INSERT DATA {{ {FILLED} }} ; "
        f"INSERT {{ GRAPH <{MADE}> {{ ?s <http://example.org/in> ?in }} }} WHERE {{ "
        f"{{ GRAPH ?g {{ ?s a {DOCUMENT} }} BIND(?g AS ?in) }} UNION "
        f"{{ ?s a {DOCUMENT} . BIND('default' AS ?in) }} }}",
        f"ASK {{ GRAPH <{MADE}> {{ <{D1}> <http://example.org/in> 'default' . "
        f"<{D2}> <http://example.org/in> <{D2}> }} "
        f"FILTER NOT EXISTS {{ GRAPH <{MADE}> {{ <{D3}> ?p ?o }} }} }}",
    ),
}

REFUSED: Final = {
    "bad_query_method": (Sent("PUT", (("query", "ASK {}"), *DEFAULT0), "", FORM), 405),
    "bad_multiple_queries": (
        Sent("GET", (("query", "ASK {}"), ("query", "SELECT * {}"))),
        400,
    ),
    "bad_query_wrong_media_type": (Sent("POST", (), "ASK {}", "text/plain"), 415),
    "bad_query_missing_form_type": (Sent("POST", (), form(("query", "ASK {}"))), 415),
    "bad_query_missing_direct_type": (Sent("POST", (), "ASK {}"), 415),
    "bad_query_non_utf8": (
        Sent("POST", (), "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
        415,
    ),
    "bad_query_syntax": (Sent("GET", (("query", "ASK {"),)), 400),
    "bad_update_get": (Sent("GET", (("update", "CLEAR ALL"),)), 405),
    "bad_multiple_updates": (
        Sent("POST", (), form(("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")), FORM),
        400,
    ),
    "bad_update_wrong_media_type": (Sent("POST", (), "CLEAR NAMED", "text/plain"), 415),
    "bad_update_missing_form_type": (
        Sent("POST", (), form(("update", "CLEAR NAMED"))),
        415,
    ),
    "bad_update_non_utf8": (
        Sent("POST", (), "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
        415,
    ),
    "bad_update_syntax": (Sent("POST", (), form(("update", "CLEAR XYZ")), FORM), 400),
    "bad_update_dataset_conflict": (
        Sent(
            "POST",
            of("using-named-graph-uri", "http://example/people"),
            "WITH <http://example/addresses> DELETE { ?p <http://e/name> 'Bill' } "
            "INSERT { ?p <http://e/name> 'William' } WHERE { ?p <http://e/name> 'Bill' }",
            UPDATE,
        ),
        400,
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_query_is_true(client: Client, name: str) -> None:
    told = TRUE[name].to(client)
    assert (told.status, told.kind in BOOLEAN) == (200, True), told.body
    assert told.verdict


@pytest.mark.parametrize("name", KINDS)
def test_an_answer_comes_in_a_format_that_fits(client: Client, name: str) -> None:
    sparql, kinds = KINDS[name]
    told = Sent("POST", DEFAULT0, sparql, QUERY).to(client)
    assert (told.status, told.kind in kinds) == (200, True), told.headers


@pytest.mark.parametrize("name", UPDATED)
def test_an_update_reads_the_graphs_of_its_request(client: Client, name: str) -> None:
    parameters, update, then = UPDATED[name]
    told = Sent("POST", parameters, update, UPDATE).to(client)
    assert told.status == 204, told.body
    assert Sent("POST", (), then, QUERY).to(client).verdict


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("update_post_form", Sent("POST", (), form(("update", "CLEAR ALL")), FORM)),
        ("update_post_direct", Sent("POST", (), "CLEAR ALL", UPDATE)),
    ],
)
def test_an_update_is_posted(client: Client, name: str, sent: Sent) -> None:
    assert sent.to(client).status == 204
    assert not Sent("GET", (("query", "ASK { GRAPH ?g { ?s ?p ?o } }"),)).to(client).verdict


def test_update_base_uri(client: Client) -> None:
    update = "INSERT DATA { GRAPH <http://e/base> { <http://e/s> <http://e/p> <test> } }"
    assert (
        Sent("POST", (), f"CLEAR SILENT GRAPH <http://e/base> ; {update}", UPDATE)
        .to(client)
        .status
        == 204
    )
    select = "SELECT ?o WHERE { GRAPH <http://e/base> { <http://e/s> <http://e/p> ?o } }"
    told = json.loads(Sent("POST", (), select, QUERY).to(client).body)
    [row] = told["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": f"{client.address}sparql/test"}


@pytest.mark.parametrize("name", REFUSED)
def test_a_misfit_is_refused(client: Client, name: str) -> None:
    sent, status = REFUSED[name]
    told = sent.to(client)
    assert told.status == status, told.body
    assert json.loads(told.body)["status"] == status
    assert Sent("POST", (), f"ASK {{ {NAMED_PAIR} }}", QUERY).to(client).verdict


@pytest.fixture
def description(client: Client) -> rdflib.Graph:
    told = client.send("GET", "sparql", None, None, Accept="text/turtle")
    assert (told.status, told.kind) == (200, "text/turtle")
    return rdflib.Graph().parse(data=told.body, format="turtle")


def test_returns_rdf(client: Client) -> None:
    for path in ("sparql", "sparql/"):
        told = client.send("GET", path)
        assert (told.status, told.kind in RDF) == (200, True)
        assert len(rdflib.Graph().parse(data=told.body, format=told.kind)) > 10


def test_has_endpoint_triple(client: Client) -> None:
    for path in ("sparql", "sparql/"):
        told = client.send("GET", path)
        graph = rdflib.Graph().parse(data=told.body, format="turtle")
        address = rdflib.URIRef(f"{client.address}{path}")
        assert (None, SD.endpoint, address) in graph


def test_conforms_to_schema(description: rdflib.Graph) -> None:
    ranges = {
        "supportedLanguage": SD.Language, "feature": SD.Feature, "defaultDataset": SD.Dataset,
        "defaultGraph": SD.Graph, "namedGraph": SD.NamedGraph, "graph": SD.Graph,
    }  # fmt: skip
    others = {"endpoint", "resultFormat", "inputFormat", "name"}
    own = {SD.SPARQL11Query, SD.SPARQL11Update, SD.EmptyGraphs}
    used = {p for p in description.predicates() if str(p).startswith(SD)}
    assert used <= {SD[word] for word in (*ranges, *others)}
    for word, kind in ranges.items():
        for value in description.objects(None, SD[word]):
            assert value in own or (value, rdflib.RDF.type, kind) in description, (word, value)
    [service] = description.subjects(rdflib.RDF.type, SD.Service)
    for word in ("endpoint", "defaultDataset"):
        assert len(list(description.objects(service, SD[word]))) == 1
    for graph in description.subjects(rdflib.RDF.type, SD.NamedGraph):
        assert isinstance(description.value(graph, SD.name), rdflib.URIRef)
        assert description.value(graph, SD.graph) is not None


def test_every_case_of_the_manifests_is_here() -> None:
    named = {*TRUE, *KINDS, *UPDATED, *REFUSED, "update_post_form", "update_post_direct"}
    assert len(named | {"update_base_uri"}) == 34
