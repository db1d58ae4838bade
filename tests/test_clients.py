"""Clients as people use them, against a real server: a SELECT, a CONSTRUCT, an ASK, an update.

Comunica comes from npm, at the releases that `tests/comunica/package-lock.json` pins. That
takes minutes and a network: it runs with ONRECORD_SLOW=1.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from tests.checkout import ROOT
from tests.plain import Client, plain

E: Final = rdflib.Namespace("http://e/")
DATA: Final = "<http://e/s> <http://e/p> 'a,b' , 'ü' ; <http://e/q> <http://e/o> ."
SELECT: Final = "SELECT ?o { ?s <http://e/p> ?o } ORDER BY ?o"
CONSTRUCT: Final = "CONSTRUCT { ?o <http://e/of> ?s } WHERE { ?s <http://e/q> ?o }"
ASK: Final = 'ASK { ?s <http://e/p> "a,b" }'
MADE: Final = (E.o, E.of, E.s)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A store with three triples."""
    with plain(tmp_path / "data") as found:
        assert found.send("PUT", "graphs?default", DATA, "text/turtle").status == 201
        yield found


def stands(client: Client, triple: str) -> bool:
    query = f"ASK {{ {triple} }}"
    return client.send("POST", "sparql", query, "application/sparql-query").verdict


def test_rdflib_reads_through_its_store(client: Client) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{client.address}sparql"))
    assert [str(row["o"]) for row in rows(graph, SELECT)] == ["a,b", "ü"]
    made = graph.query(CONSTRUCT).graph
    assert made is not None
    assert list(made) == [MADE]
    assert graph.query(ASK).askAnswer is True
    assert {str(o) for o in graph.objects(E.s, E.p)} == {"a,b", "ü"}
    assert len(graph) == 3


def test_rdflib_writes_with_a_token_as_its_password(client: Client) -> None:
    store = SPARQLUpdateStore(
        f"{client.address}sparql", f"{client.address}update", auth=("anybody", client.token)
    )
    graph = rdflib.Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID)
    graph.add((E.s, E.r, rdflib.Literal("c")))
    assert stands(client, "<http://e/s> <http://e/r> 'c'")
    store.update("DELETE WHERE { ?s <http://e/r> ?o }")
    assert not stands(client, "<http://e/s> <http://e/r> 'c'")
    named = rdflib.Graph(store, identifier=E.graph)
    named.add((E.s, E.r, rdflib.Literal("d")))
    assert stands(client, "GRAPH <http://e/graph> { <http://e/s> <http://e/r> 'd' }")
    assert [str(o) for o in named.objects(E.s, E.r)] == ["d"]
    assert not stands(client, "<http://e/s> <http://e/r> 'd'")


def test_rdflib_is_told_when_it_may_not_write(client: Client) -> None:
    store = SPARQLUpdateStore(f"{client.address}sparql", f"{client.address}update")
    graph = rdflib.Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID)
    with pytest.raises(HTTPError, match="401") as refused:
        graph.add((E.s, E.r, rdflib.Literal("c")))
    with refused.value:
        assert "token" in refused.value.read().decode()


def test_sparqlwrapper_asks_and_changes(client: Client) -> None:
    wrapper = SPARQLWrapper(f"{client.address}sparql", f"{client.address}update")
    found: Any = answered(wrapper, SELECT, JSON)
    assert [row["o"]["value"] for row in found["results"]["bindings"]] == ["a,b", "ü"]
    made = rdflib.Graph().parse(data=answered(wrapper, CONSTRUCT, TURTLE), format="turtle")
    assert list(made) == [MADE]
    assert answered(wrapper, ASK, JSON)["boolean"] is True
    wrapper.setMethod(POST)
    assert answered(wrapper, ASK, JSON)["boolean"] is True
    wrapper.setCredentials("anybody", client.token)
    wrapper.setQuery("INSERT DATA { <http://e/wrapper> <http://e/r> 1 }")
    wrapper.query()
    assert stands(client, "<http://e/wrapper> <http://e/r> 1")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_and_changes(client: Client) -> None:
    sparql = f"{client.address}sparql"
    csv = ["-H", "Accept: text/csv"]
    assert curl("-G", *csv, "--data-urlencode", f"query={SELECT}", sparql) == (
        'o\r\n"a,b"\r\nü\r\n'
    )
    assert curl(*csv, "--data-urlencode", f"query={SELECT}", sparql).count("\n") == 3
    direct = ["-H", "Content-Type: application/sparql-query", "--data-binary"]
    made = rdflib.Graph().parse(data=curl(*direct, CONSTRUCT, sparql), format="turtle")
    assert list(made) == [MADE]
    assert json.loads(curl(*direct, ASK, sparql))["boolean"] is True
    bearer = ["-H", f"Authorization: Bearer {client.token}"]
    curl(*bearer, "--data-urlencode", "update=INSERT DATA { <http://e/c> <http://e/r> 1 }",
         f"{client.address}update")  # fmt: skip
    assert stands(client, "<http://e/c> <http://e/r> 1")
    basic = ["-u", f"anybody:{client.token}"]
    curl(*basic, "-X", "PUT", "-H", "Content-Type: text/turtle", "--data-binary", DATA,
         f"{client.address}graphs?graph=http://e/g")  # fmt: skip
    assert stands(client, "GRAPH <http://e/g> { <http://e/s> <http://e/q> ?o }")
    status = ["-o", os.devnull, "-w", "%{http_code}"]
    assert curl(*status, "-I", f"{client.address}graphs?graph=http://e/g") == "200"


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("ONRECORD_SLOW"), reason="ONRECORD_SLOW is not set")
@pytest.mark.skipif(shutil.which("npm") is None, reason="node and npm are not installed")
def test_comunica_asks_and_changes(client: Client, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "tests" / "comunica", tmp_path / "comunica")
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=900)
    met = subprocess.run(
        ["node", "meet.mjs", f"{client.address}sparql", client.token],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert json.loads(met.stdout) == {
        "select": ["a,b", "ü"],
        "construct": [str(E.of)],
        "ask": True,
    }
    assert stands(client, "<http://e/comunica> <http://e/q> <http://e/was-here>")


def rows(graph: rdflib.Graph, sparql: str) -> list[rdflib.query.ResultRow]:
    return [row for row in graph.query(sparql) if isinstance(row, rdflib.query.ResultRow)]


def answered(wrapper: SPARQLWrapper, sparql: str, format: str) -> Any:
    wrapper.setReturnFormat(format)
    wrapper.setQuery(sparql)
    return wrapper.query().convert()


def curl(*arguments: str) -> str:
    command = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", *arguments]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return told.stdout.decode()
