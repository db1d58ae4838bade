"""The pages of a plain plain_store, on a real server."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.plain import Client, plain


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("sparql", 200),
        ("sparql?query=ASK%7B%7D", 200),
        ("sparql?query=SELECT%20*%20%7B%7D", 200),
        ("sparql?query=nonsense", 400),
        ("api", 200),
        ("nothing", 404),
    ],
)
def test_the_pages_of_a_plain_store_lead_to_what_it_has(
    plain_store: Client, path: str, status: int
) -> None:
    told = plain_store.send("GET", path, Accept="text/html")
    assert (told.status, told.kind) == (status, "text/html")
    page = told.body.decode()
    assert "rec:" not in page
    for address in re.findall(r'href="(/[^"]*)"', page):
        assert plain_store.send("GET", address).status in (200, 302), address


def test_the_root_of_a_plain_store_is_its_endpoint(plain_store: Client) -> None:
    told = plain_store.send("GET", "")
    assert (told.status, told.headers["Location"]) == (302, "/sparql")


def test_a_text_runs_in_the_direction_that_it_states(plain_store: Client) -> None:
    query = quote('SELECT ("x"@ar--rtl AS ?a) ("y"@ar AS ?b) (\'z\'@en--ltr AS ?c) {}')
    page = plain_store.send("GET", f"sparql?query={query}", Accept="text/html").body.decode()
    for text in ('dir="rtl" lang="ar">x<', 'dir="auto" lang="ar">y<', 'dir="ltr" lang="en">z<'):
        assert text in page
    told = plain_store.send("GET", f"sparql?query={query}").body
    assert b'"its:dir":"rtl"' in told


def test_a_description_that_leaves_graphs_out_says_so(tmp_path: Path) -> None:
    graphs = "".join(f"GRAPH <http://e/{n}> {{ <a:b> <a:b> {n} }} " for n in range(1_001))
    with plain(tmp_path / "data") as client:
        for first, said in (
            ("INSERT DATA { GRAPH <http://e/0> { <a:b> <a:b> 0 } }", False),
            (f"INSERT DATA {{ {graphs} }}", True),
        ):
            told = client.send("POST", "update", first, "application/sparql-update")
            assert told.status == 204, told.body
            described = client.send("GET", "sparql", Accept="application/n-triples").body
            assert (b"a query lists all" in described) is said
        assert described.count(b"#NamedGraph>") == 1_000


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "nothing", 404, "nothing stands at this address"),
        ("PATCH", "sparql", 405, "PATCH is not taken here"),
        ("PUT", "graphs", 405, "PUT is not taken here"),
        ("DELETE", "status/1", 403, "for admins"),
    ],
)
def test_what_http_refuses_is_told_in_words_of_ours(
    plain_store: Client, method: str, path: str, status: int, said: str
) -> None:
    told = plain_store.send(method, path, "" if method == "PUT" else None)
    assert (told.status, said in told.problem) == (status, True), told.problem
    assert ("Allow" in told.headers) is (status == 405)
