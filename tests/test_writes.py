"""Changes over HTTP: of a plain store, and of a record, which they never weaken."""

import gzip
from collections.abc import Iterator

import pytest

from tests.door import listener
from tests.plain import Client, plain

UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    data = tmp_path_factory.mktemp("plain") / "data"
    with plain(data, ONRECORD_INFLATED_BYTES="5000000") as client:
        yield client


def asked(client: Client, sparql: str) -> bool:
    return client.send("POST", "sparql", sparql, "application/sparql-query").verdict


def test_an_update_takes_a_token(store: Client) -> None:
    stranger = Client(store.address, "wrong")
    for path in ("sparql", "update"):
        told = stranger.send("POST", path, "INSERT DATA { <a> <b> <c> }", UPDATE)
        assert (told.status, "token" in told.body.decode()) == (401, True)
    assert stranger.send("PUT", "graphs?default", "", TURTLE).status == 401
    assert stranger.send("DELETE", "graphs?default").status == 401


@pytest.mark.parametrize("path", ["sparql", "update"])
def test_an_update_is_carried_out(store: Client, path: str) -> None:
    told = store.send(
        "POST", path, f"INSERT DATA {{ <http://e/{path}> <http://e/p> 1 }}", UPDATE
    )
    assert told.status == 204
    assert asked(store, f"ASK {{ <http://e/{path}> ?p 1 }}")


@pytest.mark.parametrize(
    "load",
    [
        "LOAD <{}>",
        "LOAD SILENT <{}> INTO GRAPH <http://e/>",
        "PREFIX x: <{}> LOAD x:",
        "PREFIX x: <{}> LOAD SILENT x:y INTO GRAPH x:",
        "PREFIX : <{}>LOAD#now\n:",
        "BASE <{}> LOAD <>",
        "INSERT DATA {{}};load<{}>",
        f"PREFIX {'n' * 150}: <{{}}> LOAD {'n' * 150}:",
    ],
)
def test_no_update_reaches_another_host(store: Client, load: str) -> None:
    calls: list[bytes] = []
    with listener(calls) as url:
        told = store.send("POST", "update", load.format(url), UPDATE)
    assert (told.status, "ONRECORD_ALLOW" in told.problem, calls) == (403, True, [])


def test_an_update_happens_whole_or_not_at_all(store: Client) -> None:
    told = store.send(
        "POST",
        "update",
        "INSERT DATA { <http://e/half> <http://e/p> 1 } ; LOAD <http://127.0.0.1:1/x>",
        UPDATE,
    )
    assert told.status == 403
    assert not asked(store, "ASK { <http://e/half> ?p ?o }")


def test_a_graph_is_put_got_and_deleted(store: Client) -> None:
    graph = "graphs?graph=http://e/graph"
    assert store.send("GET", graph).status == 404
    assert store.send("PUT", graph, "<http://e/a> <http://e/b> 'c\\r' .", TURTLE).status == 201
    assert store.send("PUT", graph, "<http://e/a> <http://e/b> 'd' .", TURTLE).status == 204
    assert b"d" in store.send("GET", graph).body
    assert store.send("POST", graph, "<http://e/a> <http://e/b> 'e' .", TURTLE).status == 200
    found = store.send("GET", graph, Accept="application/n-triples").body
    assert len(found.splitlines()) == 2
    assert store.send("DELETE", graph).status == 200
    assert store.send("DELETE", graph).status == 404


def test_a_graph_that_changed_meanwhile_is_not_overwritten(store: Client) -> None:
    graph, triple = "graphs?graph=http://e/conditional", "<http://e/a> <http://e/b> %d ."
    assert store.send("PUT", graph, triple % 1, TURTLE, If_None_Match="*").status == 201
    assert store.send("PUT", graph, triple % 2, TURTLE, If_None_Match="*").status == 412
    for accept in ("", "application/n-triples", "text/html, application/xml;q=0.9, */*;q=0.8"):
        seen = store.send("GET", graph, Accept=accept).headers["ETag"]
        assert store.send("PUT", graph, triple % 3, TURTLE, If_Match=seen).status == 204
        late = store.send("PUT", graph, triple % 4, TURTLE, If_Match=seen)
        assert (late.status, "changed" in late.problem) == (412, True)
    assert store.send("DELETE", graph, If_Match='"other"').status == 412
    assert store.send("POST", graph, triple % 5, TURTLE, If_Match=f"W/{seen}").status == 412
    seen = store.send("GET", graph).headers["ETag"]
    early = store.send("PUT", graph, triple % 5, TURTLE, If_None_Match=f'"other", W/{seen}')
    assert (early.status, "still as you have it" in early.problem) == (412, True)
    assert store.send("PUT", graph, triple % 3, TURTLE, If_None_Match='"other"').status == 204
    assert b" 3 ." in store.send("GET", graph).body
    seen = store.send("GET", graph, Accept_Encoding="gzip").headers["ETag"]
    assert store.send("DELETE", graph, If_Match=f'"other", {seen}').status == 200
    assert store.send("PUT", graph, triple % 6, TURTLE, If_Match="*").status == 412
    assert store.send("GET", graph).status == 404


def test_an_empty_graph_is_there(store: Client) -> None:
    graph = "graphs?graph=http://e/empty"
    assert store.send("PUT", graph, "", TURTLE).status == 201
    assert store.send("GET", graph).status == 200


def test_a_new_graph_gets_a_name(store: Client) -> None:
    told = store.send("POST", "graphs", "<> <http://e/b> 'c' .", TURTLE)
    assert told.status == 201
    assert told.headers["Location"] in store.send("GET", told.headers["Location"]).body.decode()


@pytest.mark.parametrize(
    ("body", "kind", "coding", "status", "said"),
    [
        (b"not turtle", TURTLE, "identity", 400, "text/turtle"),
        (b"<http://a> <http://b> 1 .", "application/json+x", "identity", 415, "send RDF"),
        (b"<http://a> <http://b> 1 .", TURTLE, "br", 415, "gzip"),
        (b"not gzip", TURTLE, "gzip", 400, "gzip"),
        (b"", TURTLE, "gzip", 400, "ended before it began"),
        (b"", TURTLE, "zstd", 400, "ended before"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>',
            "application/rdf+xml",
            "identity",
            400,
            "DOCTYPE",
        ),
        (gzip.compress(b"# all the same\n" * 500_000), TURTLE, "gzip", 413, "inflated"),
        (b"[" * 20_000, "application/ld+json", "identity", 400, ""),
    ],
    ids=[
        "syntax",
        "type",
        "coding",
        "no-gzip",
        "no-gzip-at-all",
        "no-zstd-at-all",
        "doctype",
        "bomb",
        "nested",
    ],
)
def test_an_upload_that_is_refused_changes_nothing(
    store: Client, body: bytes, kind: str, coding: str, status: int, said: str
) -> None:
    graph = "graphs?graph=http://e/refused"
    told = store.send("PUT", graph, body, kind, Content_Encoding=coding)
    assert (told.status, said in told.body.decode()) == (status, True), told.body
    assert store.send("GET", graph).status == 404


@pytest.mark.parametrize(
    "body", [b"", b"garbage", b"--x--\r\n", b"--x\r\n%s\r\n\r\n<http://a> <http://b> 1 .\r\n"]
)
def test_a_form_that_ends_too_early_is_refused(store: Client, body: bytes) -> None:
    head = b'Content-Disposition: form-data; name="a"; filename="a.ttl"'
    graph, kind = "graphs?graph=http://e/parts", "multipart/form-data; boundary=x"
    told = store.send("PUT", graph, body.replace(b"%s", head), kind)
    assert (told.status, "no whole part" in told.problem) == (400, True)
    assert store.send("GET", graph).status == 404


def test_an_upload_may_be_compressed(store: Client) -> None:
    body = gzip.compress(b"<http://e/zip> <http://e/p> 1 .")
    assert store.send("POST", "graphs?default", body, TURTLE, Content_Encoding="gzip").status
    assert asked(store, "ASK { <http://e/zip> ?p ?o }")


@pytest.mark.parametrize(
    ("update", "said"),
    [
        (
            "INSERT DATA { GRAPH rec:accepted { <http://e/a> rec:operatedBy <http://e/b> } }",
            "derived from who asserts",
        ),
        ("INSERT DATA { <http://e/c> rec:status rec:accepted }", "derived from claims"),
        (
            "INSERT DATA { <https://w3id.org/onrecord/org/ispr> a rec:Outlet }",
            "derived from claims",
        ),
        ("DELETE WHERE { ?said a rec:Denial ; ?p ?o }", "onrecord withdraw"),
        ("DROP ALL", "onrecord"),
        ("DROP GRAPH <https://w3id.org/onrecord/ns>", "comes with onrecord"),
        ("INSERT DATA { <http://e/run> a rec:LoaderRun }", "only a run"),
        (
            "INSERT { ?said rec:confidence 1 } WHERE { ?said a rec:Denial }",
            "evidence is not edited",
        ),
    ],
)
def test_a_record_is_not_written_by_hand(record: Client, update: str, said: str) -> None:
    before = record.send("GET", "health").body
    told = record.send(
        "POST", "update", f"PREFIX rec: <https://w3id.org/onrecord/ns#> {update}", UPDATE
    )
    assert (told.status, said in told.body.decode()) == (403, True), told.body
    assert record.send("GET", "health").body == before


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://e/x> a rec:Attestation }",
        "INSERT DATA { <http://e/x> a rec:Claim }",
    ],
)
def test_what_breaks_a_rule_is_told_and_not_published(record: Client, update: str) -> None:
    before = record.send("GET", "health").body
    told = record.send(
        "POST", "update", f"PREFIX rec: <https://w3id.org/onrecord/ns#> {update}", UPDATE
    )
    assert told.status == 422, told.body
    assert record.send("GET", "health").body == before


def test_a_source_graph_is_traced_to_its_run(record: Client) -> None:
    graph = "graphs?graph=http://e/source"
    body = "<http://e/a> <http://e/b> [ <http://e/c> 'd' ] ."
    assert record.send("PUT", graph, body, TURTLE).status == 201
    assert asked(
        record,
        """PREFIX rec: <https://w3id.org/onrecord/ns#>
        ASK { ?run rec:changedGraph <http://e/source> ; rec:editor "desk" ;
                   rec:requestSha256 ?hash . <http://e/source> a rec:SourceGraph
              GRAPH <http://e/source> { <http://e/a> <http://e/b> ?node }
              FILTER isIRI(?node) }""",
    )
    assert record.send("DELETE", graph).status == 200
    assert record.send("GET", graph).status == 404
