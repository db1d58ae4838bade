"""The same requests to onrecord and to `oxigraph serve-read-only`, on the same store.

`python -m bench.http` prints what each took and which targets hold. Clients are processes of
their own with persistent connections; the two servers take turns, so that a busy machine is
busy for both.
"""

import argparse
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import GenerationStore
from onrecord.store.layout import Layout
from tests.endpoint import served

_BASE: Final = "http://hostile.test/"
_ROUNDS: Final = 3
# eight clients that each want a million rows on a busy machine take longer than one may
_PATIENT: Final = {"ONRECORD_QUEUE_SECONDS": "300", "ONRECORD_QUERY_SECONDS": "600"}
_SPAWN: Final = multiprocessing.get_context("spawn")

POINT: Final = "SELECT ?o { :n% :next ?o }"
STAR: Final = "SELECT * { :n% :next ?a ; :knows ?b ; :name ?c ; :group ?g . ?a :name ?d }"
GROUPS: Final = "SELECT ?g (COUNT(*) AS ?n) { ?s :group ?g ; :next ?o } GROUP BY ?g #%"
STREAM: Final = "SELECT ?a ?b { ?a :group ?g . ?b :group ?g } LIMIT 1000000 #%"
JSON: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request, how often each client sends it, and what we aim at.

    `p50` and `rate` are the most and the least that ours may be, as a part of theirs.
    """

    name: str
    sparql: str  # % stands for a number that changes
    times: int
    clients: int
    accept: str = JSON
    p50: float | None = None
    rate: float | None = None
    is_repeated: bool = False
    is_known: bool = False


KINDS: Final = (
    Kind("point look-up", POINT, 400, 1, p50=1.5),
    Kind("point look-up", POINT, 150, 8, rate=1),
    Kind("star", STAR, 400, 1),
    Kind("star", STAR, 150, 8, rate=1),
    Kind("aggregation", GROUPS, 20, 1, p50=1.1),
    Kind("aggregation", GROUPS, 5, 8, rate=1),
    Kind("1 M rows as CSV", STREAM, 2, 1, "text/csv", p50=1.1),
    Kind("1 M rows as CSV", STREAM, 1, 8, "text/csv", rate=1),
    Kind("repeated question", GROUPS, 30, 1, p50=1 / 5, is_repeated=True),
    Kind("304", GROUPS, 30, 1, p50=1 / 10, is_repeated=True, is_known=True),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What one client process is told to do."""

    port: int
    kind: Kind
    seed: int
    together: Barrier  # each has had its first answer when all begin
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each request, and of all of them together with the other clients."""

    each: tuple[float, ...]
    begun: float
    ended: float


def main() -> int:
    """Measure and print; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        data = Path(folder) / "data"
        with GenerationStore(data).write("a ring") as draft:
            draft.insert(_ring(given.nodes))
        with served(data, **_PATIENT) as ours, _peer(data) as theirs:
            port = int(ours.address.rstrip("/").rpartition(":")[2])
            return _compare(port, theirs, given.rounds)


def _compare(ours: int, theirs: int, rounds: int) -> int:
    missed = 0
    print(f"{'':20}{'clients':>8}{'ours p50':>12}{'p95':>12}{'theirs':>12}{'p95':>12}", end="")
    print(f"{'p50 ratio':>11}{'rate ratio':>11}  target")
    for kind in KINDS:
        found = [[_run(port, kind) for port in (ours, theirs)] for _ in range(rounds)]
        mine, peers = ([pair[side] for pair in found] for side in (0, 1))
        p50, rate = (how(mine) / how(peers) for how in (_p50, _rate))
        is_met = (kind.p50 is None or p50 <= kind.p50) and (
            kind.rate is None or rate >= kind.rate
        )
        missed += not is_met
        times = (_p50(mine), _p95(mine), _p50(peers), _p95(peers))
        cells = "".join(f"{1000 * seconds:>10.2f}ms" for seconds in times)
        print(f"{kind.name:20}{kind.clients:>8}{cells}{p50:>11.2f}{rate:>11.2f}", end="  ")
        print(_aim(kind), "" if is_met else "MISSED", flush=True)
    return 1 if missed else 0


def _aim(kind: Kind) -> str:
    if kind.p50 is not None:
        return f"p50 <= {kind.p50:.2g}"
    return "" if kind.rate is None else f"rate >= {kind.rate:g}"


def _p50(rounds: list[list[Took]]) -> float:
    return statistics.median(took for clients in rounds for one in clients for took in one.each)


def _p95(rounds: list[list[Took]]) -> float:
    each = sorted(took for clients in rounds for one in clients for took in one.each)
    return each[int(0.95 * (len(each) - 1))]


def _rate(rounds: list[list[Took]]) -> float:
    """Return requests in a second, all clients together; the median of the rounds."""
    return statistics.median(
        sum(len(one.each) for one in clients)
        / (max(one.ended for one in clients) - min(one.begun for one in clients))
        for clients in rounds
    )


def _run(port: int, kind: Kind) -> list[Took]:
    tag = ""
    if kind.is_repeated:
        first = _Client(port, kind)
        tag = first.ask(first.request(0))
    with _SPAWN.Manager() as shared, _SPAWN.Pool(kind.clients) as pool:
        together = shared.Barrier(kind.clients)
        orders = [Order(port, kind, seed, together, tag) for seed in range(kind.clients)]
        return pool.map(_work, orders, chunksize=1)


def _work(order: Order) -> Took:
    client = _Client(order.port, order.kind, order.tag)
    chance = random.Random(time.time_ns() + order.seed)
    numbers = [0 if order.kind.is_repeated else chance.randrange(20_000) for _ in range(9_999)]
    client.ask(client.request(chance.randrange(20_000)))
    each = []
    order.together.wait()
    begun = time.time()
    for number in numbers[: order.kind.times]:
        sent = client.request(number)
        began = time.perf_counter()
        client.ask(sent)
        each.append(time.perf_counter() - began)
    return Took(tuple(each), begun, time.time())


class _Client:
    """A client that costs as little as may be."""

    def __init__(self, port: int, kind: Kind, tag: str = "") -> None:
        self._port = port
        self._kind = kind
        self._tag = tag
        self._connect()

    def _connect(self) -> None:
        self._connection = socket.create_connection(("127.0.0.1", self._port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._connection.makefile("rb", 1_000_000)

    def request(self, number: int) -> bytes:
        kind = self._kind
        text = f"PREFIX : <{_BASE}> {kind.sparql.replace('%', str(number))}"
        known = self._tag if kind.is_known else ""
        fields = f"If-None-Match: {known}\r\n" if known else ""
        head = f"GET /sparql?query={quote(text, safe='')} HTTP/1.1\r\nHost: localhost\r\n"
        return f"{head}Accept: {kind.accept}\r\n{fields}\r\n".encode()

    def ask(self, sent: bytes) -> str:
        """Send a request, read the whole answer, return its tag."""
        self._connection.sendall(sent)
        status = self._file.readline().split()[1]
        headers = dict(iter(self._header, ("", "")))
        if status not in (b"200", b"304"):
            raise RuntimeError(f"{status!r}: {self._file.read(1_000)!r}")
        if headers.get("transfer-encoding") == "chunked":
            while size := int(self._file.readline(), 16):
                self._skip(size + 2)
            self._file.readline()
        elif status == b"200":
            self._skip(int(headers["content-length"]))
        if headers.get("connection", "").lower() == "close":
            self._connection.close()
            self._connect()
        return headers.get("etag", "")

    def _header(self) -> tuple[str, str]:
        name, _, value = self._file.readline().decode("latin-1").strip().partition(":")
        return name.lower(), value.strip()

    def _skip(self, size: int) -> None:
        while size > 0:
            size -= len(self._file.read(min(size, 1_000_000)))


@contextmanager
def _peer(data: Path) -> Iterator[int]:
    """Serve the store of the current generation by the peer; lend its port."""
    layout = Layout(data)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [
        str(Path(sys.executable).parent / "oxigraph"),
        "serve-read-only",
        f"--location={layout.store(layout.served())}",
        f"--bind=127.0.0.1:{port}",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield port
        finally:
            process.kill()


def _ring(nodes: int) -> Iterator[Quad]:
    words = [NamedNode(_BASE + word) for word in ("next", "knows", "name", "group")]
    for number in range(nodes):
        here = NamedNode(f"{_BASE}n{number}")
        values: tuple[NamedNode | Literal, ...] = (
            NamedNode(f"{_BASE}n{(number + 1) % nodes}"),
            NamedNode(f"{_BASE}n{(7 * number + 1) % nodes}"),
            Literal(f"name {number}"),
            NamedNode(f"{_BASE}g{number % 100}"),
        )
        for word, value in zip(words, values, strict=True):
            yield Quad(here, word, value, DefaultGraph())


if __name__ == "__main__":
    sys.exit(main())
