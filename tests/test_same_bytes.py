"""What a strong tag promises: the same bytes, also from a server that was started anew."""

import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from onrecord.store import restore
from onrecord.web.results import GRAPH, SOLUTIONS
from tests.endpoint import Endpoint, served
from tests.plain import Client

TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"
ROWS = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
PATHS = (
    *(f"/sparql?format={format.name}&query={quote(TRIPLES)}" for format in GRAPH),
    *(f"/sparql?format={format.name}&query={quote(ROWS)}" for format in SOLUTIONS),
    *(f"/sparql?format={format.name}" for format in GRAPH),
    *(f"/graphs?default&format={format.name}" for format in GRAPH),
    *("/", "/org/ispr", "/org/ispr.ttl", "/org/ispr.jsonld", "/ns.ttl", "/openapi.json"),
    *(f"/ask/disagreements_about_a_value{suffix}" for suffix in ("", ".csv", ".json")),
)


def told(endpoint: Endpoint) -> dict[str, tuple[int, str | None, bytes]]:
    replies = {path: endpoint.send(path) for path in PATHS}
    return {path: (r.status, r.headers["ETag"], r.body) for path, r in replies.items()}


def test_a_tag_outlives_the_server_and_so_do_the_bytes(
    case_archive: Path, tmp_path: Path
) -> None:
    restore(case_archive, tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])  # the address is part of the answers
    with served(tmp_path / "data", "--port", port) as endpoint:
        once = told(endpoint)
    with served(tmp_path / "data", "--port", port) as endpoint:
        again = told(endpoint)
    for path in PATHS:
        assert once[path][0] == 200, path
        assert once[path] == again[path], path


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_prefixes_come_in_the_order_of_their_names(plain_store: Client, name: str) -> None:
    query = quote("CONSTRUCT { <http://e/a> a <http://e/b> } {}")
    text = plain_store.send("GET", f"sparql?format={name}&query={query}").body.decode()
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert len(prefixes) > 10
    assert prefixes == sorted(prefixes)
    assert "<http://e/a>" in text


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { <http://e/a> <http://e/b> (1 2) } WHERE {}",
        "CONSTRUCT { << <http://e/a> <http://e/b> 1 >> <http://e/c> 2 } WHERE {}",
        "CONSTRUCT { <http://e/a> <http://e/b> 1 {| <http://e/c> 2 |} } WHERE {}",
        "CONSTRUCT { _:a <http://e/b> 1 } WHERE {}",
        "CONSTRUCT { [] <http://e/b> 1 } WHERE {}",
        "SELECT (BNODE() AS ?x) {}",
        "SELECT (RAND() AS ?x) {}",
    ],
)
def test_what_gets_new_names_each_time_has_no_tag(plain_store: Client, query: str) -> None:
    path = f"sparql?query={quote(query)}"
    once, again = plain_store.send("GET", path), plain_store.send("GET", path)
    assert (once.status, once.headers["ETag"]) == (200, None)
    assert once.body != again.body
