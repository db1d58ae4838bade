"""Clients that are slow on purpose, and answers that are long or end too early."""

import os
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from onrecord.store import GenerationStore, restore
from onrecord.tokens import Tokens
from onrecord.workers.walls import resident
from tests.hostile import ring
from tests.hostile.attack import asked, posted, request
from tests.hostile.target import Target, read, target

SECONDS: Final = 2
NOISE: Final = 4.0  # seconds that a busy machine may add
EASY: Final = asked("ASK {}")
CSV: Final = {"Accept": "text/csv"}
ALL: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
PRODUCT: Final = asked(f"SELECT * {{ {ALL} }}", CSV)
LAST_CHUNK: Final = b"\r\n0\r\n\r\n"
LIMITS: Final = {
    "readers": "2",
    "query_seconds": f"{SECONDS}",
    "sending_seconds": f"{SECONDS}",
    "idle_seconds": "4",
    "reader_megabytes": "300",
}


@pytest.fixture(scope="module")
def data(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clients") / "data"
    restore(case_archive, folder)
    with GenerationStore(folder).write("a ring") as draft:
        draft.insert(ring.quads())
    return folder


@pytest.fixture(scope="module")
def aim(data: Path) -> Iterator[Target]:
    with target(data, **LIMITS) as found:
        yield found


@pytest.fixture(autouse=True)
def everybody_else_is_answered(aim: Target) -> Iterator[None]:
    yield
    easy = aim.send(EASY)
    assert (easy.outcome, easy.seconds < 1 + NOISE) == ("200", True)


def values(each: int) -> str:
    """Return a query with the third power of so many rows."""
    numbers = " ".join(map(str, range(each)))
    return "SELECT * {" + "".join(f"VALUES ?x{n} {{ {numbers} }}" for n in range(3)) + "}"


def received(connection: socket.socket) -> bytes:
    """Return all that comes on a connection, which the other side ends as it likes."""
    pieces = []
    try:
        while piece := connection.recv(1_000_000):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def test_an_answer_past_its_time_ends_without_its_last_chunk(aim: Target) -> None:
    with aim.connect() as connection:
        connection.sendall(PRODUCT)
        head, _, body = received(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"transfer-encoding: chunked" in head.lower()
    assert len(body) > 1_000_000
    assert not body.endswith(LAST_CHUNK)
    assert b"problem" not in body


def test_an_answer_whose_reader_is_killed_ends_without_its_last_chunk(aim: Target) -> None:
    with aim.connect() as connection:
        connection.sendall(PRODUCT)
        begun = connection.recv(100_000)
        assert begun.startswith(b"HTTP/1.1 200 OK\r\n")
        for pid in aim.readers():
            os.kill(pid, signal.SIGKILL)
        assert not received(connection).endswith(LAST_CHUNK)


def test_a_whole_answer_has_its_last_chunk(aim: Target) -> None:
    with aim.connect() as connection:
        connection.sendall(asked(values(80), CSV | {"Connection": "close"}))
        assert received(connection).endswith(LAST_CHUNK)


def test_an_old_client_gets_a_length_or_a_refusal(aim: Target) -> None:
    whole = aim.send(_old(asked(values(80), CSV)))
    assert whole.outcome == "200"
    assert int(whole.headers["content-length"]) == len(whole.body)
    assert whole.body.count(b"\r\n") == 1 + 80**3
    cut = aim.send(_old(PRODUCT))
    assert (cut.outcome, "longer than" in cut.text) == ("504", True)


def _old(sent: bytes) -> bytes:
    return sent.replace(b"HTTP/1.1", b"HTTP/1.0", 1)


def test_clients_that_never_read_hold_nobody_up(aim: Target) -> None:
    with ExitStack() as stack:
        for _ in range(9):
            connection = stack.enter_context(aim.connect())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.sendall(asked(values(80), CSV))
        for _ in range(5):
            easy = aim.send(EASY)
            assert easy.outcome == "200"
            assert easy.seconds < 9 * SECONDS / 2 + NOISE  # two readers, nine answers before it
        assert resident(aim.pid) < 250_000_000


def test_a_client_that_reads_slowly_gets_everything(aim: Target) -> None:
    with aim.connect() as connection:
        connection.sendall(asked(values(80), CSV | {"Connection": "close"}))
        time.sleep(SECONDS + 1)  # longer than the query may take
        assert received(connection).endswith(LAST_CHUNK)


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /sparql?query=ASK",
        b"GET /health HTTP/1.1\r\nHost: onrecord\r\nX: ",
        posted("ASK {}" + " " * 999)[:-990],
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\nA",
    ],
    ids=["a line", "a header", "a body", "a chunk"],
)
def test_a_request_that_comes_drop_by_drop_is_given_up(aim: Target, begun: bytes) -> None:
    began = time.monotonic()
    with aim.connect() as connection:
        connection.sendall(begun)
        dripping = threading.Thread(target=_drip, args=(connection,))
        dripping.start()
        reply = read(connection)
        dripping.join()
    assert (reply.outcome, "did not come in time" in reply.text) == ("408", True)
    assert reply.headers["content-type"] == "application/problem+json"
    assert time.monotonic() - began < 2 * SECONDS + 1 + NOISE


def _drip(connection: socket.socket) -> None:
    until = time.monotonic() + SECONDS + 0.5
    while time.monotonic() < until:
        time.sleep(0.2)
        try:
            connection.sendall(b"a")
        except OSError:
            return


HEADS: Final = {
    "PUT": b"PUT /graphs?default HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n",
    "form": b"POST /sparql HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n",
    "query": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("credential", [b"", b"Authorization: Bearer invented\r\n"])
def test_who_has_no_token_is_refused_before_a_long_body_comes(
    aim: Target, head: bytes, credential: bytes
) -> None:
    with aim.connect() as connection:
        connection.sendall(head + credential + b"Content-Length: 50000000\r\n\r\n")
        told = received(connection)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert b"without a token" in told


def test_who_has_no_token_is_refused_while_a_long_body_comes(aim: Target) -> None:
    chunk = b"100000\r\n" + b"#" * 0x100000 + b"\r\n"
    with aim.connect() as connection:
        connection.sendall(HEADS["query"] + b"Transfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(ConnectionError):
            for _ in range(200):
                connection.sendall(chunk)


def test_who_has_a_token_may_send_a_long_body(aim: Target, data: Path) -> None:
    token = Tokens(data).add("long", "editor").encode()
    head = HEADS["PUT"].replace(b"?default", b"?graph=http://e/g")
    body = b"<http://e/a> <http://e/b> <http://e/c> .\n" * 100_000
    with aim.connect() as connection:
        credential = b"Authorization: Bearer %s\r\nConnection: close\r\n" % token
        connection.sendall(head + credential + b"Content-Length: %d\r\n\r\n" % len(body))
        connection.sendall(body)
        assert received(connection).startswith(b"HTTP/1.1 201 ")


def test_nothing_comes_after_the_head_of_an_answer(aim: Target) -> None:
    rows = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    with aim.connect() as connection:
        connection.sendall(asked(rows, CSV).replace(b"GET ", b"HEAD ", 1))
        head, _, body = received(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert body == b""


def test_a_connection_that_says_nothing_is_closed(aim: Target) -> None:
    with aim.connect() as connection:
        assert received(connection) == b""


def test_many_idle_connections_hold_nobody_up(aim: Target) -> None:
    with ExitStack() as stack:
        for _ in range(400):
            stack.enter_context(aim.connect())
        assert aim.send(EASY).outcome == "200"


def test_a_client_that_leaves_frees_its_reader(aim: Target) -> None:
    for _ in range(6):
        with aim.connect() as connection:
            connection.sendall(asked(f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}"))
    easy = aim.send(EASY)
    assert (easy.outcome, easy.seconds < SECONDS + NOISE) == ("200", True)


def test_a_client_that_leaves_before_it_is_refused_is_no_fault_of_ours(aim: Target) -> None:
    at_once = struct.pack("ii", 1, 0)
    for _ in range(300):
        with aim.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            connection.sendall(EASY + b"no head of a request\r\n\r\n")
            connection.recv(100)
    assert aim.send(EASY).outcome == "200"
    assert [line for line in aim.log() if "Traceback" in line] == []


def test_requests_in_one_breath_are_answered_in_turn(aim: Target) -> None:
    with aim.connect() as connection:
        closing = request("GET", "/sparql?query=ASK%7B%7D", {"Connection": "close"})
        connection.sendall(EASY * 20 + closing)
        assert received(connection).count(b'"boolean":true') == 21


def test_ten_million_rows_take_no_more_memory_than_one(data: Path) -> None:
    """Slow: nearly all of it is spent by the engine."""
    limits = LIMITS | {"query_seconds": "300"}
    with target(data, **limits) as aim, aim.connect() as connection, aim.connect() as idle:
        aim.send(EASY)
        before = aim.memory()
        idle.sendall(asked(values(160), CSV))  # 45 MB that wait on disk
        connection.settimeout(60)
        connection.sendall(asked(values(216), CSV | {"Connection": "close"}))
        head = connection.recv(1_000_000)
        while b"\r\n\r\n" not in head:
            head += connection.recv(1_000_000)
        commas, most, last = head.partition(b"\r\n\r\n")[2].count(b","), 0, b""
        while piece := connection.recv(1_000_000):
            commas += piece.count(b",")
            last = (last + piece)[-7:]
            most = max(most, aim.memory()) if len(piece) % 7 == 0 else most
        assert last == LAST_CHUNK
        assert commas == 2 * (1 + 216**3)
        assert most - before < 100_000_000  # a second reader, and their buffers
