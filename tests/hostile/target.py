"""The server under attack: what it answers, what it uses, whom it calls, what it writes."""

import http.client
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from onrecord.workers.walls import resident
from tests.endpoint import served
from tests.hostile.attack import SPY

_LONGEST: Final = 30.0  # seconds before a test gives up


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; status 0 where the connection just ended."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_whole: bool
    seconds: float

    @property
    def outcome(self) -> str:
        """Return how it came out, as the tables say it."""
        if not self.status:
            return "closed"
        return f"{self.status}" if self.is_whole else f"{self.status}, cut"

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Target:
    """A server in a process of its own, and a port beside it that nobody may call."""

    host: str
    port: int
    pid: int
    data: Path
    log: Callable[[], list[str]]
    spied: int = 0
    calls: list[bytes] = field(default_factory=list)

    def send(self, sent: bytes) -> Reply:
        """Send a request as it stands, on a connection of its own, and read the answer."""
        began = time.monotonic()
        with self.connect() as connection:
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(sent.replace(SPY.encode(), str(self.spied).encode()))
            return read(connection, sent.split(b" ", 1)[0].decode("latin-1"), began)

    def connect(self) -> socket.socket:
        """Return a new connection."""
        return socket.create_connection((self.host, self.port), timeout=_LONGEST)

    def processes(self) -> list[int]:
        """Return the server and whatever it started."""
        found = [self.pid]
        for pid in found:
            found += _children(pid)
        return found

    def readers(self) -> list[int]:
        """Return the readers, which the server has another process start."""
        return [pid for parent in _children(self.pid) for pid in _children(parent)]

    def memory(self) -> int:
        """Return the bytes that the server and its workers use."""
        return sum(map(resident, self.processes()))

    def files(self) -> int:
        """Return how many files and connections the server has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def written(self) -> dict[str, tuple[int, int]]:
        """Return size and time of every file of the record, leases and locks aside."""
        return {
            str(path.relative_to(self.data)): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and path.parent.name != "leases"
        }


def read(connection: socket.socket, method: str = "GET", began: float | None = None) -> Reply:
    """Read one answer off a connection."""
    began = time.monotonic() if began is None else began
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
    except (http.client.HTTPException, OSError):
        return Reply(0, {}, b"", False, time.monotonic() - began)
    body, is_whole = bytearray(), True
    try:
        while piece := response.read1(1_000_000):
            body += piece
        is_whole = response.length in (0, None)
    except (http.client.HTTPException, OSError, ValueError):
        is_whole = False
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, bytes(body), is_whole, time.monotonic() - began)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):  # it may end while we look
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return found


@contextmanager
def target(data: Path, **settings: str) -> Iterator[Target]:
    """Serve a folder with limits, and watch a port meanwhile."""
    with (
        served(
            data, **{f"ONRECORD_{name.upper()}": said for name, said in settings.items()}
        ) as (endpoint),
        socket.create_server(("127.0.0.1", 0)) as spied,
    ):
        found = re.fullmatch(r"http://(.+):(\d+)/", endpoint.address)
        assert found
        aim = Target(found[1], int(found[2]), endpoint.pid, data, endpoint.said)
        aim.spied = spied.getsockname()[1]
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(spied, aim.calls, over))
        watch.start()
        try:
            yield aim
        finally:
            over.set()
            watch.join()


def _watch(spied: socket.socket, calls: list[bytes], over: threading.Event) -> None:
    while not over.is_set():
        if select.select([spied], [], [], 0.05)[0]:
            with spied.accept()[0] as caller:
                calls.append(caller.recv(100))
