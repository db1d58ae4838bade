"""The small print of the protocols, on a real server."""

import re
from urllib.parse import quote

import pytest

from ontology.contexts import CONTEXT
from tests.plain import Client

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
TURTLE = "text/turtle"
JSONLD = "application/ld+json"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "sparql", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PATCH", "graphs", {"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"}),
        ("GET", "update", {"OPTIONS", "POST"}),
        ("GET", "update?update=DROP%20ALL", {"OPTIONS", "POST"}),
        ("PATCH", "update", {"OPTIONS", "POST"}),
        ("TRACE", "update", {"OPTIONS", "POST"}),
        ("GET", "sparql?update=DROP%20ALL", {"POST"}),
        ("GET", "graphs", {"POST"}),
        ("PUT", "graphs", {"POST"}),
        ("POST", "health", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_does_not_fit_is_told_those_that_do(
    plain_store: Client, method: str, path: str, allowed: set[str]
) -> None:
    told = plain_store.send(method, path)
    assert told.status == 405, told.body
    assert set(re.split(r",\s*", told.headers["Allow"])) == allowed
    assert told.headers["Allow"] == ", ".join(sorted(allowed))
    assert told.problem


def test_options_of_an_update_offer_no_get(plain_store: Client) -> None:
    assert plain_store.send("OPTIONS", "update").headers["Allow"] == "OPTIONS, POST"


@pytest.mark.parametrize(
    "path", ["sparql", "sparql/", "update", "graphs", "graphs/a", "health"]
)
def test_every_route_answers_options(plain_store: Client, path: str) -> None:
    told = plain_store.send("OPTIONS", path)
    assert (told.status, told.body) == (200, b"")
    assert "OPTIONS" in told.headers["Allow"]
    assert told.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["sparql", "sparql/?query=ASK%7B%7D", "graphs?default", "health", "graphs/none"]
)
def test_head_says_what_get_would(plain_store: Client, path: str) -> None:
    got, head = plain_store.send("GET", path), plain_store.send("HEAD", path)
    assert (head.status, head.body) == (got.status, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["Content-Length"] == str(len(got.body))


def test_not_acceptable_lists_what_can_be_had(plain_store: Client) -> None:
    told = plain_store.ask("SELECT * {}", "image/png")
    assert told.status == 406
    assert all(f in told.problem for f in ("text/csv", "application/sparql-results+json"))
    told = plain_store.ask("CONSTRUCT WHERE {}", "text/csv")
    assert (told.status, TURTLE in told.problem) == (406, True)


@pytest.mark.parametrize("accept", ["*/*;q=0", "*;q=0, text/html;q=0", "text/csv;q=0"])
def test_who_accepts_nothing_is_told_what_can_be_had(plain_store: Client, accept: str) -> None:
    told = plain_store.ask("SELECT * {}", accept)
    assert (told.status, "text/csv" in told.problem) == (406, True)
    assert told.headers["Access-Control-Allow-Origin"] == "*"


def test_a_refusal_does_not_repeat_all_that_was_sent(plain_store: Client) -> None:
    told = plain_store.ask("ASK {}", "image/png," * 3_000)
    assert (told.status, len(told.body) < 1_000) == (406, True)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PUT", "graphs?default", "<a:a> <a:b> 1 ."), ("OPTIONS", "sparql", None)],
)
def test_an_answer_without_a_body_has_no_type(
    plain_store: Client, method: str, path: str, body: str | None
) -> None:
    told = plain_store.send(method, path, body, TURTLE)
    assert (told.status < 300, told.body, told.headers["Content-Type"]) == (True, b"", None)


def test_what_a_client_has_already_is_not_called_a_page(plain_store: Client) -> None:
    tag = plain_store.send("GET", "sparql?query=ASK%7B%7D").headers["ETag"]
    told = plain_store.send("GET", "sparql?query=ASK%7B%7D", If_None_Match=tag)
    assert (told.status, told.headers["Content-Type"]) == (304, None)


def test_a_wrong_media_type_is_told_the_right_ones(plain_store: Client) -> None:
    told = plain_store.send("POST", "sparql", "ASK {}", "text/plain")
    assert (told.status, QUERY in told.problem, FORM in told.problem) == (415, True, True)
    told = plain_store.send("POST", "update", "DROP ALL", QUERY)
    assert (told.status, UPDATE in told.problem) == (415, True)
    told = plain_store.send("PUT", "graphs?default", "a", "text/plain;charset=latin-1")
    assert (told.status, "UTF-8" in told.problem) == (415, True)
    told = plain_store.send("PUT", "graphs?default", "", "text/n3")
    assert (told.status, TURTLE in told.problem) == (415, True)


@pytest.mark.parametrize("kind", [f"{QUERY}; charset=utf-8", f'{QUERY}; charset="UTF-8"'])
def test_a_media_type_may_say_that_it_is_utf_8(plain_store: Client, kind: str) -> None:
    assert plain_store.send("POST", "sparql", "ASK { FILTER('é' = 'é') }", kind).verdict


def test_a_long_form_is_a_matter_of_the_query_alone(plain_store: Client) -> None:
    query = f"ASK {{}} #{'x' * 900_000}"
    assert plain_store.send("POST", "sparql", f"query={quote(query)}", FORM).status == 200
    told = plain_store.send("POST", "sparql", f"query={quote(query + 'x' * 200_000)}", FORM)
    assert (told.status, "1,000,000 at most" in told.problem) == (413, True)


@pytest.mark.parametrize("path", ["sparql", "update"])
def test_a_query_and_an_update_at_once_are_refused(plain_store: Client, path: str) -> None:
    both = "query=ASK%7B%7D&update=DROP%20ALL"
    assert plain_store.send("POST", path, both, FORM).status == 400
    assert plain_store.send("POST", f"{path}?query=ASK%7B%7D", "DROP ALL", UPDATE).status == 400
    told = plain_store.send("POST", f"{path}?{both}", "", FORM)
    assert (told.status, "send one of them" in told.problem) == (400, True)
    assert plain_store.send("GET", f"sparql?{both}").status == 400


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("sparql?query=ASK%7B%7D", "ASK {}", QUERY),
        ("sparql?query=ASK%7B%7D", "query=ASK%7B%7D", FORM),
        ("update?update=DROP%20ALL", "DROP ALL", UPDATE),
    ],
)
def test_what_is_said_twice_is_refused(
    plain_store: Client, path: str, body: str, kind: str
) -> None:
    told = plain_store.send("POST", path, body, kind)
    assert (told.status, "exactly one" in told.problem) == (400, True)


def test_a_form_takes_its_data_set_from_the_address_too(plain_store: Client) -> None:
    graph = "http://e/in-the-address"
    assert (
        plain_store.send("PUT", f"graphs?graph={graph}", "<http://e/a> a 1 .", TURTLE).status
        == 201
    )
    told = plain_store.send(
        "POST", f"sparql?default-graph-uri={graph}", "query=ASK{<http://e/a> a 1}", FORM
    )
    assert told.verdict


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "sparql?query=ASK%7B%7D%23%FF", None),
        ("GET", "sparql?query=ASK%7B%7D&default-graph-uri=http://e/%C3", None),
        ("POST", "sparql", b"query=ASK%7B%7D%23%E9"),
        ("POST", "sparql", b"query=ASK%7B%7D%23\xe9"),
        ("POST", "update", b"update=CLEAR+ALL%23%FF"),
        ("GET", "graphs?graph=http://e/%FF", None),
    ],
)
def test_what_is_not_utf_8_is_refused(
    plain_store: Client, method: str, path: str, body: bytes | None
) -> None:
    told = plain_store.send(method, path, body, FORM if body else None)
    assert (told.status, "not UTF-8" in told.problem) == (400, True)


@pytest.mark.parametrize("path", ["sparql", "update"])
def test_relative_iris_of_an_update_stand_against_its_address(
    plain_store: Client, path: str
) -> None:
    update = "INSERT DATA { GRAPH <http://e/based> { <a> <b> <#c> } }"
    assert plain_store.send("POST", path, update, UPDATE).status == 204
    here = f"{plain_store.address}{path}"
    assert plain_store.ask(
        f"ASK {{ GRAPH <http://e/based> {{ <{plain_store.address}a> ?b <{here}#c> }} }}",
        "application/json",
    ).verdict


def test_using_graph_uri_works_with_delete_where(plain_store: Client) -> None:
    data = "<http://e/1> a 1 . <http://e/2> a 1 GRAPH <http://e/u> { <http://e/1> a 1 }"
    fill = f"DROP ALL ; INSERT DATA {{ {data} }}"
    assert plain_store.send("POST", "update", fill, UPDATE).status == 204
    told = plain_store.send(
        "POST", "update?using-graph-uri=http://e/u", "DELETE WHERE { ?s a 1 }", UPDATE
    )
    assert told.status == 204, told.body
    assert plain_store.ask("ASK { <http://e/2> a 1 }", "*/*").verdict
    assert not plain_store.ask("ASK { <http://e/1> a 1 }", "*/*").verdict


def test_our_own_context_is_known(plain_store: Client) -> None:
    graph = "graphs?graph=http://e/context"
    for context in (f'"{CONTEXT}"', f'["{CONTEXT}", {{"x": "http://e/x"}}]'):
        body = f'{{"@context": {context}, "id": "http://e/c", "type": "Claim", "x": "y"}}'
        assert plain_store.send("PUT", graph, body, JSONLD).status in (201, 204)
        found = plain_store.send("GET", graph, Accept="application/n-triples").body.decode()
        assert "<http://e/c>" in found
        assert "<https://w3id.org/onrecord/ns#Claim>" in found


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:1/c"',
        '["http://127.0.0.1:1/c"]',
        '{"@import": "http://127.0.0.1:1/c"}',
    ],
)
def test_another_context_is_not_fetched(plain_store: Client, context: str) -> None:
    body = f'{{"@context": {context}, "@id": "http://e/c", "http://e/p": 1}}'
    told = plain_store.send("PUT", "graphs?graph=http://e/remote", body, JSONLD)
    assert (told.status, CONTEXT in told.problem) == (400, True)


def test_a_graph_is_named_by_the_address_as_it_was_sent(plain_store: Client) -> None:
    for path in ("graphs/a%20b", "graphs/a%2Fb", "graphs/%C3%BC"):
        assert plain_store.send("PUT", path, "<> a <http://e/Sent> .", TURTLE).status == 201
        assert plain_store.ask(
            f"ASK {{ GRAPH <{plain_store.address}{path}> {{ ?s a ?o }} }}", "*/*"
        ).verdict
        assert plain_store.send("GET", path).status == 200


@pytest.mark.parametrize(
    "path",
    ["graphs?graph=a", "graphs?graph=", "graphs?graph=http://e/a&graph=http://e/b",
     "graphs?default&graph=http://e/a", "graphs/a?graph=http://e/b", "graphs/a?default"],
)  # fmt: skip
def test_a_graph_has_one_absolute_name(plain_store: Client, path: str) -> None:
    told = plain_store.send("PUT", path, "", TURTLE)
    assert (told.status, "graph" in told.problem) == (400, True)


def test_quads_of_other_graphs_are_not_put_into_one(plain_store: Client) -> None:
    for body, kind in (
        ("<http://e/a> <http://e/b> 1 <http://e/g> .", "application/n-quads"),
        ("<http://e/g> { <http://e/a> <http://e/b> 1 }", "application/trig"),
    ):
        assert plain_store.send("PUT", "graphs?graph=http://e/quads", body, kind).status == 400


def parts(*said: tuple[str, str]) -> tuple[str, str]:
    """Return a form of parts, each with its headers, and its media type."""
    lines = [line for head, body in said for line in ("--b", head, "", body)]
    return "\r\n".join([*lines, "--b--", ""]), "multipart/form-data; boundary=b"


def test_a_part_is_a_file_of_a_kind_that_its_name_tells(plain_store: Client) -> None:
    graph = "graphs?graph=http://e/parts"
    head = 'Content-Disposition: form-data; name="f"; filename="a.{}"'
    triple = "<http://e/a> <http://e/b> 1 ."
    assert plain_store.send("PUT", graph, *parts((head.format("ttl"), triple))).status == 201
    told = plain_store.send("PUT", graph, *parts((head.format("doc"), triple)))
    assert (told.status, TURTLE in told.problem) == (415, True)
    told = plain_store.send(
        "PUT", graph, *parts(('Content-Disposition: form-data; name="f"', triple))
    )
    assert (told.status, "as a file" in told.problem) == (400, True)
    assert plain_store.send("PUT", graph, *parts()).status == 400
    assert b"http://e/a" in plain_store.send("GET", graph).body
