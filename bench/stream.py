"""What the server holds in memory while ten million rows pass through it.

`python -m bench.stream` asks for them twice, once by a client that reads as fast as it can and
once by one that reads slowly, and prints the most memory that the server used meanwhile.
"""

import argparse
import socket
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from onrecord.store import GenerationStore
from onrecord.workers.walls import resident
from tests.endpoint import Endpoint, served
from tests.hostile import ring

_ROWS: Final = "SELECT ?a ?b ?c { ?a :group ?g . ?b :group ?g . ?c :group ?g } LIMIT %d"
_PIECE: Final = 65_536  # bytes
_MOST: Final = 30_000_000  # bytes that the server may take beyond what it began with
_SLOW: Final = 0.01  # seconds between two pieces


@dataclass
class Passed:
    """What came to a client, and the memory of the server meanwhile."""

    size: int = 0
    rows: int = 0
    seconds: float = 0
    least: int = 0
    most: int = 0


def main() -> int:
    """Measure and print; return 1 where memory grew or rows were lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    given = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        data = Path(folder) / "data"
        with GenerationStore(data).write("a ring") as draft:
            draft.insert(ring.quads())
        with served(data, ONRECORD_QUERY_SECONDS="3600") as server:
            print(
                f"{'client':8}{'rows':>12}{'MB':>8}{'s':>8}{'server MB, first':>18}{'most':>7}"
            )
            for name, pause in (("quick", 0.0), ("slow", _SLOW)):
                found = _passed(server, given.rows, pause)
                sizes = f"{found.least / 1e6:>18.0f}{found.most / 1e6:>7.0f}"
                print(f"{name:8}{found.rows:>12,}{found.size / 1e6:>8.0f}", end="")
                print(f"{found.seconds:>8.1f}{sizes}", flush=True)
                missed += found.most > found.least + _MOST or found.rows != given.rows
    return 1 if missed else 0


def _passed(server: Endpoint, rows: int, pause: float) -> Passed:
    found = Passed(least=resident(server.pid), most=resident(server.pid))
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(server.pid, found, over))
    watch.start()
    began = time.monotonic()
    try:
        _read(server, rows, pause, found)
    finally:
        over.set()
        watch.join()
    found.seconds = time.monotonic() - began
    return found


def _watch(pid: int, found: Passed, over: threading.Event) -> None:
    while not over.wait(0.05):
        found.most = max(found.most, resident(pid))


def _read(server: Endpoint, rows: int, pause: float, found: Passed) -> None:
    """Read as HTTP/1.1 sends it; the lines of the body end as no length of a chunk does."""
    path = f"/sparql?query={quote(f'{ring.PREFIX} {_ROWS % rows}')}"
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    address = urlsplit(server.address)
    with (
        socket.create_connection((str(address.hostname), address.port or 80)) as connection,
        connection.makefile("rb", _PIECE) as answer,
    ):
        connection.sendall(head.encode())
        if b"200" not in answer.readline():
            raise RuntimeError(answer.read(1_000).decode())
        while answer.readline() != b"\r\n":
            pass
        while size := int(answer.readline(), 16):
            piece = answer.read(size + 2)
            found.size += size
            found.rows += piece.count(b"\n") - 1
            time.sleep(pause)
    found.rows -= 1  # the names of the columns


if __name__ == "__main__":
    sys.exit(main())
