"""SERVICE and LOAD where the operator allows them: fetched by us, joined as data."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.plain import Client, Told, plain

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
PEOPLE = """
<http://e/a> <http://e/name> "Ann"@en , 'quote " and \\\\ slash' .
<http://e/b> <http://e/name> "Bea" ; <http://e/age> 7 .
<http://e/c> <http://e/note> "SERVICE <http://x/> {" .
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with plain(tmp_path_factory.mktemp("other") / "data") as client:
        assert client.send("PUT", "graphs?default", PEOPLE, "text/turtle").status == 201
        yield client


@pytest.fixture(scope="module")
def ours(other: Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("ours") / "data"
    with plain(folder, ONRECORD_ALLOW=other.address) as client:
        told = client.send(
            "PUT",
            "graphs?default",
            "<http://e/b> <http://e/likes> <http://e/a> .",
            "text/turtle",
        )
        assert told.status == 201
        yield client


def called(silent: socket.socket) -> int:
    """Return how often somebody called a host that never answers."""
    silent.settimeout(0.5)
    count = 0
    with suppress(TimeoutError):
        while True:
            silent.accept()[0].close()
            count += 1
    return count


def asked(client: Client, sparql: str) -> Told:
    return client.send("POST", "sparql", sparql, QUERY, Accept="text/csv")


def rows(client: Client, sparql: str) -> list[str]:
    told = asked(client, sparql)
    assert told.status == 200, told.body
    return sorted(told.body.decode().split("\r\n")[1:-1])


def test_another_endpoint_is_joined(ours: Client, other: Client) -> None:
    assert rows(
        ours,
        f"""PREFIX e: <http://e/>
        SELECT ?name ?age {{
          ?who e:likes ?other .
          SERVICE <{other.address}sparql> {{ ?who e:name ?name OPTIONAL {{ ?who e:age ?age }} }}
        }}""",
    ) == ["Bea,7"]


def test_texts_come_as_they_are(ours: Client, other: Client) -> None:
    found = rows(
        ours,
        f"PREFIX s: <{other.address}> "
        "SELECT ?name { SERVICE s:sparql { <http://e/a> <http://e/name> ?name } }",
    )
    assert found == ['"quote "" and \\ slash"', "Ann"]


def test_directions_and_names_of_any_kind_come_as_they_are(ours: Client, other: Client) -> None:
    pattern = """{ VALUES (?1 ?_x) { ("x"@ar--rtl "y"@en) } }"""
    query = f"SELECT ?1 ?_x {{ SERVICE <{other.address}sparql> {pattern} }}"
    told = ours.send("POST", "sparql", query, QUERY, Accept="text/tab-separated-values")
    assert told.body == b'?1\t?_x\n"x"@ar--rtl\t"y"@en\n'


def test_an_endpoint_that_is_not_listed_is_not_asked(ours: Client) -> None:
    for target in ("<http://127.0.0.1:1/sparql>", "<http://169.254.169.254/>", "?x"):
        told = asked(ours, f"SELECT * {{ SERVICE SILENT {target} {{ ?s ?p ?o }} }}")
        assert told.status == 403, told.body


def test_silence_is_kept_of_one_that_fails(ours: Client, other: Client) -> None:
    missing = f"<{other.address}nothing>"
    loud = asked(ours, f"SELECT ?s {{ SERVICE {missing} {{ ?s ?p ?o }} }}")
    assert (loud.status, "404" in loud.body.decode()) == (502, True)
    found = rows(
        ours,
        "SELECT ?s { <http://e/b> <http://e/likes> ?s "
        f"SERVICE SILENT {missing} {{ ?s ?p ?o }} }}",
    )
    assert found == ["http://e/a"]


def test_a_text_that_looks_like_a_call_is_none(ours: Client) -> None:
    told = asked(ours, 'SELECT * { ?s ?p "SERVICE <http://x/> {" }')
    assert told.status == 200


def test_a_document_is_loaded_with_the_rest_of_its_update(ours: Client, other: Client) -> None:
    update = f"""
        PREFIX o: <{other.address}> PREFIX e: <http://e/>
        INSERT DATA {{ GRAPH e:g {{ e:x e:y 1 }} }} ;
        LOAD <{other.address}graphs?default> INTO GRAPH e:g ;
        DELETE WHERE {{ GRAPH e:g {{ e:x e:y 1 }} }}"""
    assert ours.send("POST", "update", update, UPDATE).status == 204
    assert rows(ours, "SELECT (COUNT(*) AS ?n) { GRAPH <http://e/g> { ?s ?p ?o } }") == ["5"]


def test_an_update_joins_another_endpoint(ours: Client, other: Client) -> None:
    update = f"""PREFIX e: <http://e/> PREFIX o: <{other.address}>
        INSERT {{ GRAPH e:told {{ ?who e:name ?name }} }}
        WHERE {{ ?who e:likes ?x {{
            SELECT * {{ SERVICE o:sparql {{ ?who e:name ?name }} }}
        }} }}"""
    told = ours.send("POST", "update", update, UPDATE)
    assert told.status == 204, told.body
    assert rows(ours, "SELECT ?n { GRAPH <http://e/told> { ?s ?p ?n } }") == ["Bea"]


def test_a_base_holds_for_what_is_loaded_and_what_follows(ours: Client, other: Client) -> None:
    update = f"""BASE <{other.address}> LOAD <graphs?default> INTO GRAPH <loaded> ;
        INSERT DATA {{ GRAPH <beside> {{ <a> <b> 1 }} }}"""
    told = ours.send("POST", "update", update, UPDATE)
    assert told.status == 204, told.body
    counted = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
    assert rows(ours, counted % f"{other.address}loaded") == ["5"]
    assert rows(ours, counted % f"{other.address}beside") == ["1"]


def test_without_a_base_the_address_of_the_request_is_one(ours: Client, other: Client) -> None:
    update = f"LOAD <{other.address}graphs?default> INTO GRAPH <near>"
    told = ours.send("POST", "update", update, UPDATE)
    assert told.status == 204, told.body
    counted = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ours.address}near> {{ ?s ?p ?o }} }}"
    assert rows(ours, counted) == ["5"]


@pytest.mark.parametrize("graph", ["<http://e/a b>", "<http://e/{x}>", "<http://[/>"])
def test_a_document_is_loaded_only_into_what_has_a_name(
    ours: Client, other: Client, graph: str
) -> None:
    update = f"LOAD <{other.address}graphs?default> INTO GRAPH {graph}"
    told = ours.send("POST", "update", update, UPDATE)
    assert told.status in (400, 403), told.body


def test_a_base_holds_for_the_endpoint_that_is_asked(ours: Client, other: Client) -> None:
    query = f"""BASE <{other.address}> PREFIX e: </e/> PREFIX f: <http://e/>
        SELECT ?n {{ SERVICE <sparql> {{ ?s f:age ?n FILTER(e: != f:) }} }}"""
    assert rows(ours, query) == ["7"]


def test_a_query_calls_a_few_endpoints_at_most(ours: Client, other: Client) -> None:
    block = f"SERVICE SILENT <{other.address}sparql> {{ ?s ?p ?o }} "
    assert asked(ours, f"SELECT * {{ {block * 3} }}").status == 200
    told = asked(ours, f"SELECT * {{ {block * 500} }}")
    assert (told.status, "500 SERVICE" in told.problem) == (400, True)


def test_an_update_loads_a_few_documents_at_most(ours: Client, other: Client) -> None:
    load = f"LOAD SILENT <{other.address}graphs?default> INTO GRAPH <http://e/many> ;\n"
    told = ours.send("POST", "update", load * 11, UPDATE)
    assert (told.status, "11 times LOAD" in told.problem) == (400, True)
    counted = "SELECT (COUNT(*) AS ?n) { GRAPH <http://e/many> { ?s ?p ?o } }"
    assert rows(ours, counted) == ["0"]
    assert ours.send("POST", "update", load * 10, UPDATE).status == 204
    assert rows(ours, counted) == ["5"]


def test_documents_that_hang_are_waited_for_no_longer_than_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with plain(
            tmp_path / "data", ONRECORD_ALLOW=address, ONRECORD_FETCH_SECONDS="1"
        ) as client:
            told = client.send("POST", "update", f"LOAD SILENT <{address}> ; " * 10, UPDATE)
            assert told.status == 204
        assert called(silent) == 1  # no time is left for the others


def test_calls_that_hang_keep_nobody_from_reading(tmp_path: Path) -> None:
    """One endpoint that never answers, asked by more clients than may call at once."""
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        plain(
            tmp_path / "data",
            ONRECORD_ALLOW=f"http://127.0.0.1:{silent.getsockname()[1]}/",
            ONRECORD_FETCH_SECONDS="2",
            ONRECORD_READERS="1",
            ONRECORD_QUEUE="1",
            ONRECORD_QUEUE_SECONDS="0.5",
        ) as client,
        ThreadPoolExecutor(30) as many,
    ):
        target = f"<http://127.0.0.1:{silent.getsockname()[1]}/>"
        block = f"SERVICE {target} {{ ?s ?p ?o }} "
        began = time.monotonic()
        told = [many.submit(asked, client, f"SELECT * {{ {block * 3} }}") for _ in range(30)]
        time.sleep(0.2)
        assert client.send("GET", "health").status == 200
        assert time.monotonic() - began < 2
        statuses = Counter(one.result().status for one in told)
    assert set(statuses) == {502, 503}
    assert statuses[502] <= 3


def test_a_document_that_is_missing_changes_nothing(ours: Client, other: Client) -> None:
    update = "INSERT DATA {{ <http://e/n> <http://e/n> 1 }} ; LOAD {} <{}nothing>"
    loud = ours.send("POST", "update", update.format("", other.address), UPDATE)
    assert loud.status == 502
    assert rows(ours, "SELECT * { <http://e/n> ?p ?o }") == []
    silent = ours.send("POST", "update", update.format("SILENT", other.address), UPDATE)
    assert silent.status == 204
    assert rows(ours, "SELECT ?o { <http://e/n> ?p ?o }") == ["1"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/turtle", b"<http://e/s> <http://e/s> 1 . <http://e/s>"),
        ("text/html", b"<p>nothing</p>"),
    ],
)
def test_silence_is_kept_of_a_document_that_cannot_be_read(
    tmp_path: Path, kind: str, body: bytes
) -> None:
    with documents(kind, body) as address, plain(tmp_path, ONRECORD_ALLOW=address) as client:
        update = f"INSERT DATA {{ <http://e/n> <http://e/n> 1 }} ; LOAD %s <{address}x>"
        assert client.send("POST", "update", update % "", UPDATE).status == 400
        assert rows(client, "SELECT * { ?s ?p ?o }") == []
        assert client.send("POST", "update", update % "SILENT", UPDATE).status == 204
        assert rows(client, "SELECT ?s { ?s ?p ?o }") == ["http://e/n"]


@contextmanager
def documents(kind: str, body: bytes) -> Iterator[str]:
    """Serve one document at every address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
