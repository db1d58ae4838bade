"""The short way of a query: what it answers is what the usual way would."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

import pytest

from onrecord.store import GenerationStore
from tests.endpoint import Endpoint, Reply, eventually, served
from tests.hostile import ring

POINT = f"{ring.PREFIX} SELECT ?o {{ :n5 :next ?o }}"
MANY = f"{ring.PREFIX} SELECT ?o {{ ?s :name ?o }} ORDER BY ?o LIMIT 100"
STREAM = f"{ring.PREFIX} SELECT * {{ ?a :group ?g . ?b :group ?g }} LIMIT 30000"
JSON = "application/sparql-results+json"
# another for each request
OWN = ("date", "x-request-id")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quick") / "data"
    with GenerationStore(folder).write("a ring") as draft:
        draft.insert(ring.quads())
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Endpoint]:
    with served(data, ONRECORD_METRICS="public") as found:
        yield found


@pytest.mark.parametrize(
    ("sparql", "headers"),
    [
        pytest.param(POINT, {}, id="a look-up"),
        pytest.param(POINT, {"Accept": JSON}, id="in JSON"),
        pytest.param(POINT, {"Accept": "text/csv;q=0.5, text/html;q=0.1"}, id="in CSV"),
        pytest.param(POINT, {"Accept": "text/html"}, id="on a page"),
        pytest.param(POINT, {"Accept": "image/png"}, id="in what cannot be written"),
        pytest.param(POINT, {"Accept_Encoding": "gzip"}, id="too short to be coded"),
        pytest.param(MANY, {"Accept": JSON}, id="long enough to be coded"),
        pytest.param(MANY, {"Accept": JSON, "Accept_Encoding": "gzip"}, id="coded"),
        pytest.param(MANY, {"Accept": JSON, "Accept_Encoding": "zstd"}, id="coded otherwise"),
        pytest.param(STREAM, {"Accept": "text/csv"}, id="streamed"),
        pytest.param(STREAM, {"Accept": "text/csv", "Accept_Encoding": "gzip"}, id="both"),
        pytest.param(f"{ring.PREFIX} ASK {{ :n5 :next ?o }}", {}, id="yes or no"),
        pytest.param(f"{ring.PREFIX} DESCRIBE :n5", {"Accept": "text/turtle"}, id="triples"),
        pytest.param(
            "SELECT (STRUUID() AS ?new) {}", {"Accept": "text/xml"}, id="never the same"
        ),
        pytest.param("SELECT ?o { ?s <née> 'ü+%' }", {}, id="beyond ASCII"),
        pytest.param("SELECT * WHERE", {}, id="a slip"),
        pytest.param("SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }", {}, id="a call"),
        pytest.param("SELECT * " + "{" * 200 + "}" * 200, {}, id="too deep"),
        pytest.param(" ", {}, id="nothing"),
        pytest.param(POINT, {"Host": "xn--bcher-kva.example:80"}, id="another host"),
        pytest.param(POINT, {"Authorization": "Bearer wrong"}, id="a wrong token"),
        pytest.param(POINT, {"Range": "bytes=0-4"}, id="a part"),
    ],
)
def test_both_ways_answer_alike(server: Endpoint, sparql: str, headers: dict[str, str]) -> None:
    spelled = quote_plus(sparql)
    short = server.send(f"/sparql?query={spelled}", "GET", None, **headers)
    usual = server.send(f"/sparql?query={spelled}&", "GET", None, **headers)
    assert _told(short) == _told(usual)
    if "UUID" not in sparql:
        assert short.body == usual.body


def test_a_query_that_is_no_utf8_goes_the_usual_way(server: Endpoint) -> None:
    refused = server.send("/sparql?query=SELECT%20%FF")
    assert (refused.status, "not UTF-8" in refused.text) == (400, True)


def test_what_both_ways_keep_is_one(server: Endpoint) -> None:
    spelled = quote(f"{POINT} # kept", safe="")
    first = server.send(f"/sparql?query={spelled}")
    again = server.send(f"/sparql?query={spelled}&")
    third = server.send(f"/sparql?query={spelled}")
    timings = [reply.headers["Server-Timing"] for reply in (first, again, third)]
    assert "evaluate" in timings[0]
    assert timings[1:] == ["cache;desc=hit"] * 2
    assert first.headers["ETag"] == third.headers["ETag"]
    known = server.send(f"/sparql?query={spelled}", If_None_Match=first.headers["ETag"])
    assert (known.status, known.body) == (304, b"")


def test_the_short_way_is_logged_and_counted(server: Endpoint) -> None:
    spelled = quote(f"{POINT} # counted", safe="")
    counted = _counted(server)
    number = server.send(f"/sparql?query={spelled}").headers["X-Request-Id"]
    assert _counted(server) == counted + 1
    line = eventually(lambda: next((line for line in server.said() if number in line), None))
    assert '"path": "/sparql", "status": 200' in line


def test_a_new_generation_is_answered_at_once(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    with store.write("a ring") as draft:
        draft.insert(ring.quads())
    path = f"/sparql?query={quote(f'{ring.PREFIX} ASK {{ :n5 :next :n6 }}')}"
    with served(tmp_path) as server:
        before = server.send(path)
        for _ in range(2):
            with store.write("without") as draft:
                draft.remove(list(draft.quads(None, None, None)))
            assert b"false" in server.send(path).body
            store.rollback(1)
            back = server.send(path)
            assert (b"true" in back.body, back.headers["ETag"]) == (
                True,
                before.headers["ETag"],
            )


def test_with_a_rate_every_look_up_counts(data: Path) -> None:
    path = f"/sparql?query={quote(POINT)}"
    with served(data, ONRECORD_RATE="2 per hour") as server:
        assert [server.send(path).status for _ in range(3)] == [200, 200, 429]


def test_a_short_answer_comes_in_one_piece(server: Endpoint) -> None:
    address = urlsplit(server.address)
    with socket.create_connection((str(address.hostname), address.port or 80)) as client:
        for _ in range(20):
            client.sendall(_look_up(5))
            head, _, body = client.recv(65_536).partition(b"\r\n\r\n")
            assert f"Content-Length: {len(body)}".encode() in head


def test_requests_in_a_row_are_answered_in_order(server: Endpoint) -> None:
    numbers = [5, 77, 4999, 0, 1234] * 8
    address = urlsplit(server.address)
    with (
        socket.create_connection((str(address.hostname), address.port or 80)) as client,
        client.makefile("rb") as answers,
    ):
        client.sendall(b"".join(map(_look_up, numbers)))
        for number in numbers:
            head = {line.partition(b": ")[0]: line for line in iter(answers.readline, b"\r\n")}
            body = answers.read(int(head[b"Content-Length"].partition(b": ")[2]))
            assert body.decode().split() == ["o", f"{ring.BASE}n{(number + 1) % 5_000}"]


def _look_up(number: int) -> bytes:
    sparql = f"{ring.PREFIX} SELECT ?o {{ :n{number} :next ?o }}"
    head = f"GET /sparql?query={quote(sparql)} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n"
    return head.encode()


def _told(reply: Reply) -> tuple[int, list[tuple[str, str]]]:
    """Return status and headers, without what is another each time."""
    headers = {name.lower(): value for name, value in reply.headers.items()}
    headers.update(dict.fromkeys({"server-timing"} & set(headers), "told"))
    return reply.status, sorted(item for item in headers.items() if item[0] not in OWN)


def _counted(server: Endpoint) -> float:
    lines = server.get("metrics", "text/plain").decode().splitlines()
    found = 'onrecord_requests_total{method="GET",route="/sparql",status="200"} '
    return sum(float(line.removeprefix(found)) for line in lines if line.startswith(found))
