"""What passes between the server and a worker: a job one way, head, data and end the other.

Heads and ends travel as plain tuples: to look up a class costs a look-up in a store.
"""

import pickle
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final, NamedTuple, Protocol

from onrecord.errors import NoGeneration, OnRecordError
from onrecord.store import GenerationStore

_FIRST: Final = 65_536  # bytes, as many as an answer in one frame has at most
_FRAME: Final = 262_144  # bytes of a longer one

HEAD: Final = b"H"
DATA: Final = b"D"
END: Final = b"E"
WHOLE: Final = b"W"  # all three, where they fit into one


class Head(NamedTuple):
    """What is known of an answer before its first byte.

    `edition` tells its generation, `is_lasting` whether another answer over it is the same.
    """

    content_type: str
    edition: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    is_lasting: bool = True  # the same job has the same answer while the edition stands


class End(NamedTuple):
    """How a job went: seconds by stage, why it failed if it did, whether its worker is worn."""

    seconds: dict[str, float]
    is_last: bool = False
    refusal: OnRecordError | None = None
    fault: str = ""  # a trace, for the log


def heard(message: bytes) -> tuple[Head | bytes | End, ...]:
    """Return what a worker said in one frame."""
    kind, rest = message[:1], memoryview(message)[1:]
    if kind == DATA:
        return (bytes(rest),)
    found = pickle.loads(rest)
    if kind == WHOLE:
        head, body, end = found
        return Head(*head), body, End(*end)
    return (Head(*found) if kind == HEAD else End(*found),)


class Job(Protocol):
    """A piece of work, sent whole to a worker; raises an OnRecordError to refuse."""

    def run(self, record: GenerationStore, out: "Outlet") -> None:
        """Do it: begin an answer once it is known to come, then write it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A job that only lets a worker go over to the current generation."""

    def run(self, record: GenerationStore, out: "Outlet") -> None:
        """Open the current generation, which closes those that nobody reads."""
        with suppress(NoGeneration), record.read():
            out.stage("rest")


@dataclass(slots=True)
class Outlet:
    """Where a job writes its answer; blocks while the server does not read."""

    connection: Connection
    seconds: dict[str, float] = field(default_factory=dict)
    _head: Head | None = None  # until it is sent
    _pieces: list[bytes] = field(default_factory=list)
    _size: int = 0
    _since: float = field(default_factory=time.perf_counter)

    def begin(self, head: Head) -> None:
        """Say what the answer is going to be."""
        self._head = head

    def write(self, data: bytes) -> int:
        """Write a piece of the answer."""
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size >= (_FIRST if self._head else _FRAME):
            self.send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: engines flush at their end, and a short answer is to go in one frame."""

    def send(self) -> None:
        """Send what was written."""
        if self._head:
            self.connection.send_bytes(HEAD + pickle.dumps(tuple(self._head)))
            self._head = None
        if self._pieces:
            self.connection.send_bytes(b"".join([DATA, *self._pieces]))
            self._pieces.clear()
            self._size = 0

    def stage(self, name: str) -> None:
        """Note that a stage of the work ends here."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0) + now - self._since
        self._since = now

    def end(self, end: End) -> None:
        """Say that the answer is whole, or why there is no more of it."""
        if self._head:
            whole = tuple(self._head), b"".join(self._pieces), tuple(end)
            self.connection.send_bytes(WHOLE + pickle.dumps(whole))
            return
        self.send()
        self.connection.send_bytes(END + pickle.dumps(tuple(end)))
