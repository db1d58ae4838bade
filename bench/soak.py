"""Load without end: good questions and hostile ones, while new generations are published.

`python -m bench.soak --seconds 600 --every 20` serves a folder of its own and says what came
of it; whatever was wrong, dropped or grew is listed, and the exit status tells.
"""

import argparse
import http.client
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import GenerationStore
from onrecord.workers.walls import resident
from tests.hostile import ATTACKS, ring
from tests.hostile.attack import Attack
from tests.hostile.target import Target, target

_CLIENTS: Final = 16
_HOSTILE: Final = 0.05  # of all that is sent
_GROWTH: Final = 25_000_000  # bytes that the server may use beyond those of a warm one
_IDLE: Final = 110_000_000  # bytes of a worker that does nothing; what is worn is replaced
_FILES: Final = 60  # connections, readers that are being replaced, what waits on disk
_TRIES: Final = 20  # of a request that is told to come back
_LIMITS: Final = {
    "readers": "4",
    "query_seconds": "5",  # enough for a good query, however busy the machine
    "sending_seconds": "2",
    "reader_megabytes": "300",
    "cache_bytes": "16000000",  # soon full, so that what grows on is no cache
}
_SENT: Final = tuple(attack for attack in ATTACKS if len(attack.sent) < 1_200_000)
_STATE: Final = NamedNode(f"{ring.BASE}state")

Check = Callable[[str], bool]


@dataclass
class Report:
    """What happened."""

    good: int = 0
    hostile: int = 0
    busy: int = 0
    published: int = 0
    wrong: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    server: list[int] = field(default_factory=list)  # bytes in use, once a second
    workers: list[int] = field(default_factory=list)  # of all of them together
    idle: list[int] = field(default_factory=list)  # of each one, when all was over
    files: list[int] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Return all that should not have been."""
        found = self.wrong + self.dropped
        if self.grown > _GROWTH:
            found.append(f"the server's memory grew by {self.grown:,} bytes after it was warm")
        if max(self.idle, default=0) > _IDLE:
            found.append(f"an idle worker holds {max(self.idle):,} bytes")
        if self.files[-1] > self.files[0] + _FILES:
            found.append(f"open files grew from {self.files[0]} to {self.files[-1]}")
        return found

    @property
    def grown(self) -> int:
        """Return by how much the server grew after the first third, which fills its caches.

        Medians: what one large answer takes for a moment is not growth.
        """
        begun, part = len(self.server) // 3, max(1, len(self.server) // 6)
        warm, last = self.server[begun : begun + part], self.server[-part:]
        return int(statistics.median(last) - statistics.median(warm))

    def __str__(self) -> str:
        server, workers = ([size >> 20 for size in of] for of in (self.server, self.workers))
        return (
            f"{self.good:,} good requests, {self.hostile:,} hostile, {self.published} "
            f"generations; {self.busy} told to come back, {len(self.dropped)} dropped, "
            f"{len(self.wrong)} wrong; server {server[0]} to {server[-1]} MB (at most "
            f"{max(server)}; {self.grown / 1_000_000:+.1f} MB after the first third), workers "
            f"{workers[0]} to {workers[-1]} MB (at most {max(workers)}), open files "
            f"{self.files[0]} to {self.files[-1]} (at most {max(self.files)})"
        )


def soak(folder: Path, seconds: float, every: float) -> Report:
    """Return what came of so many seconds of load, with a generation every so many."""
    store = GenerationStore(folder)
    with store.write("a ring") as draft:
        draft.insert([*ring.quads(), *_state(0)])
    report, over = Report(), threading.Event()
    with target(folder, **_LIMITS) as aim:
        _warm(aim)
        _look(aim, report)
        threads = [
            threading.Thread(target=_client, args=(aim, report, over, seed))
            for seed in range(_CLIENTS)
        ]
        threads.append(threading.Thread(target=_publish, args=(store, report, over, every)))
        with _running(threads, over):
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                time.sleep(1)
                _look(aim, report)
        time.sleep(5)
        _look(aim, report)
        report.idle += map(resident, aim.readers())
        if aim.calls:
            report.wrong.append(f"somebody was called: {aim.calls}")
        report.wrong += _traces(aim.log())
    return report


def _look(aim: Target, report: Report) -> None:
    server = resident(aim.pid)
    report.server.append(server)
    report.workers.append(aim.memory() - server)
    report.files.append(aim.files())


def _traces(log: list[str]) -> list[str]:
    """Return what a server logged of each fault of its own."""
    return [
        "".join(log[max(0, place - 2) : place + 40])
        for place, line in enumerate(log)
        if line.startswith("Traceback")
    ]


@contextmanager
def _running(threads: list[threading.Thread], over: threading.Event) -> Iterator[None]:
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _warm(aim: Target) -> None:
    for attack in _SENT[:40]:
        aim.send(attack.sent)


def _client(aim: Target, report: Report, over: threading.Event, seed: int) -> None:
    chance = random.Random(seed)
    connection = http.client.HTTPConnection(aim.host, aim.port, timeout=60)
    while not over.is_set():
        if chance.random() < _HOSTILE:
            _attack(aim, report, chance.choice(_SENT))
        else:
            _ask(connection, report, *chance.choice(_GOOD))
    connection.close()


def _attack(aim: Target, report: Report, attack: Attack) -> None:
    reply = aim.send(attack.sent)
    report.hostile += 1
    # with others at it, a query may run out of time, memory or readers that else would not
    expected = {*attack.outcome.split(" or "), "503", "504", "200, cut", "431"}
    if reply.outcome not in expected:
        report.wrong.append(f"{attack.name}: {reply.outcome} {reply.text[:200]}")


def _ask(
    connection: http.client.HTTPConnection, report: Report, sparql: str, check: Check
) -> None:
    path = f"/sparql?query={quote(ring.PREFIX + sparql, safe='')}"
    for _ in range(_TRIES):
        try:
            connection.request("GET", path, headers={"Accept": "text/csv"})
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            report.dropped.append(f"{sparql}: {error!r}")
            return
        if answer.status != 503 or not answer.headers["Retry-After"]:
            break
        report.busy += 1
        time.sleep(0.2)
    report.good += 1
    if answer.status != 200:
        report.dropped.append(f"{sparql}: {answer.status} {text[:200]}")
    elif not check(text):
        report.wrong.append(f"{sparql}: {text[:200]}")


def _publish(
    store: GenerationStore, report: Report, over: threading.Event, every: float
) -> None:
    number = 0
    while not over.wait(every):
        with store.write("the next state") as draft:
            draft.remove(_state(number))
            number += 1
            draft.insert(_state(number))
        report.published += 1


def _state(number: int) -> list[Quad]:
    """Return two triples that only agree when both are of one generation."""
    return [
        Quad(_STATE, NamedNode(ring.BASE + word), Literal(value), DefaultGraph())
        for word, value in (("number", number), ("square", number * number))
    ]


def _agrees(text: str) -> bool:
    rows = [line.split(",") for line in text.split()[1:]]
    return len(rows) == 1 and int(rows[0][0]) ** 2 == int(rows[0][1])


def _is(*lines: str) -> Check:
    return lambda text: text.split() == list(lines)


_NAMES: Final = sorted(f"name {number}" for number in range(5_000))
_GOOD: Final[tuple[tuple[str, Check], ...]] = (
    ("SELECT ?o { :n5 :next ?o }", _is("o", f"{ring.BASE}n6")),
    ("SELECT ?o { :n4999 :next ?o }", _is("o", f"{ring.BASE}n0")),
    ("SELECT ?o { :n1 :next/:next/:next ?o }", _is("o", f"{ring.BASE}n4")),
    ("SELECT (COUNT(*) AS ?n) { ?s :name ?o }", _is("n", "5000")),
    ("SELECT ?g (COUNT(*) AS ?n) { ?s :group ?g } GROUP BY ?g HAVING (?n != 100)", _is("g,n")),
    (
        "SELECT ?o { ?s :name ?o } ORDER BY ?o",
        lambda text: text.split("\r\n") == ["o", *_NAMES, ""],
    ),
    ("SELECT ?n ?q { :state :number ?n ; :square ?q }", _agrees),
    ("SELECT ?n ?q (RAND() AS ?r) { :state :square ?q ; :number ?n }", _agrees),
    ("SELECT ?s { ?s :name 'name 77' }", _is("s", f"{ring.BASE}n77")),
)


def main() -> int:
    """Soak, and say how it went; return 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--every", type=float, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-soak-") as folder:
        report = soak(Path(folder) / "data", given.seconds, given.every)
    print(report)
    for name, sizes in (("server", report.server), ("workers", report.workers)):
        shown = sizes[:: max(1, len(sizes) // 20)]
        print(f"{name + ', MB':12}", *(f"{size >> 20:4}" for size in shown))
    print("\n".join(f"  {fault}" for fault in report.faults[:20]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
