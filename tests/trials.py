"""Jobs that misbehave in every way that a query might."""

import time
from dataclasses import dataclass

from onrecord.store import GenerationStore
from onrecord.workers import Head, Outlet

HEAD = Head("text/plain", "1-1")


@dataclass(frozen=True, slots=True)
class Fine:
    """Answers so many bytes."""

    length: int

    def run(self, record: GenerationStore, out: Outlet) -> None:
        out.begin(HEAD)
        for _ in range(self.length // 1000):
            out.write(b"x" * 1000)
        out.write(b"x" * (self.length % 1000))


@dataclass(frozen=True, slots=True)
class Broken:
    """Fails by a fault of ours."""

    def run(self, record: GenerationStore, out: Outlet) -> None:
        raise ZeroDivisionError("secret detail")


@dataclass(frozen=True, slots=True)
class Endless:
    """Never ends, before or after so many bytes."""

    length: int = 0

    def run(self, record: GenerationStore, out: Outlet) -> None:
        Fine(self.length).run(record, out)
        out.send()
        time.sleep(600)


@dataclass(frozen=True, slots=True)
class Greedy:
    """Takes memory without end, after so many bytes."""

    length: int = 0

    def run(self, record: GenerationStore, out: Outlet) -> None:
        Fine(self.length).run(record, out)
        out.send()
        held = []
        while True:
            held.append(b"y" * 10_000_000)


@dataclass(frozen=True, slots=True)
class Crashing:
    """Ends its process as the engine does when its stack overflows."""

    signal: int

    def run(self, record: GenerationStore, out: Outlet) -> None:
        import os

        os.kill(os.getpid(), self.signal)
        time.sleep(60)


@dataclass(frozen=True, slots=True)
class Calling:
    """Tries to connect to an address, and tells how it went."""

    host: str
    port: int

    def run(self, record: GenerationStore, out: Outlet) -> None:
        import socket

        out.begin(HEAD)
        try:
            socket.create_connection((self.host, self.port), timeout=2).close()
        except OSError as error:
            out.write(str(error).encode())
        else:
            out.write(b"connected")
