"""A full disk over HTTP: 507, which folder wants room, and nothing published."""

import os
from pathlib import Path

import pytest

from tests.plain import Client, plain
from tests.test_store_full_disk import fill

UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


def graphs(client: Client) -> str:
    asked = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    kind = "application/sparql-query"
    told = client.send("POST", "sparql", asked, kind, Accept="text/csv")
    assert told.status == 200
    return told.body.decode().replace("\r\n", " ").strip()


def insert(graph: str) -> str:
    return f"INSERT DATA {{ GRAPH <http://e/{graph}> {{ <http://e/s> <http://e/p> 1 }} }}"


def too_much() -> str:
    """Return a graph that is larger than the disk, and does not compress."""
    lines = (f'<http://e/s> <http://e/p> "{os.urandom(20_000).hex()}" .' for _ in range(500))
    return "\n".join(lines)


@pytest.mark.parametrize("path", ["update", "sparql"])
def test_an_update_without_room_is_507_and_publishes_nothing(disk: Path, path: str) -> None:
    ballast = disk / "ballast"
    with plain(disk / "data") as client:
        assert client.send("POST", path, insert("a"), UPDATE).status == 204
        fill(ballast, 0)
        told = client.send("POST", path, insert("b"), UPDATE)
        assert told.status == 507
        assert "no space left" in told.problem and "make room" in told.problem
        assert graphs(client) == "g,n http://e/a,1"
        ballast.unlink()
        assert client.send("POST", path, insert("b"), UPDATE).status == 204
        assert graphs(client) == "g,n http://e/a,1 http://e/b,1"


def test_a_graph_that_fills_the_disk_is_507_and_leaves_the_rest(disk: Path) -> None:
    with plain(disk / "data") as client:
        assert client.send("POST", "update", insert("a"), UPDATE).status == 204
        told = client.send("PUT", "graphs?graph=http://e/b", too_much(), TURTLE)
        assert (told.status, "no space left" in told.problem) == (507, True)
        assert graphs(client) == "g,n http://e/a,1"
        assert client.send("POST", "update", insert("c"), UPDATE).status == 204


def test_an_update_that_fills_the_disk_is_507_however_it_comes_about(disk: Path) -> None:
    with plain(disk / "data") as client:
        few = "\n".join(f'<http://e/s> <http://e/p> "{n}" .' for n in range(700))
        assert client.send("PUT", "graphs?graph=http://e/a", few, TURTLE).status == 201
        grow = """
            INSERT { GRAPH <http://e/b> { ?s ?p ?long } } WHERE { GRAPH <http://e/a> {
                ?s ?p ?n . ?s ?p ?m
                BIND (CONCAT(SHA512(CONCAT(?n, "-", ?m)), SHA512(CONCAT(?m, "+", ?n))) AS ?long)
            } }"""
        told = client.send("POST", "update", grow, UPDATE)
        assert (told.status, "no space left" in told.problem) == (507, True)
        assert graphs(client) == "g,n http://e/a,700"
        assert client.send("POST", "update", insert("c"), UPDATE).status == 204


def test_an_upload_without_room_names_the_folder_for_temporary_files(
    disk: Path, tmp_path: Path
) -> None:
    with plain(tmp_path / "data", TMPDIR=str(disk)) as client:
        told = client.send("PUT", "graphs?graph=http://e/b", too_much(), TURTLE)
        assert (told.status, f"{disk}: no space left" in told.problem) == (507, True)
        assert graphs(client) == "g,n"
        assert client.send("POST", "update", insert("c"), UPDATE).status == 204
    assert not list(disk.glob("onrecord-upload-*"))
