"""A worker seen from the server: it answers a job over a connection, or is killed."""

import multiprocessing
import pickle
import select
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final, Literal

from onrecord.errors import (
    LimitReached,
    OnRecordError,
    Stopped,
    TooDeep,
    TooMuchMemory,
    TooSlow,
)
from onrecord.processes import fork_server
from onrecord.workers.frames import End, Head, Job, Rest, heard
from onrecord.workers.walls import resident
from onrecord.workers.worker import Orders, work

_STARTING: Final = threading.Lock()  # a start looks after all children of the process
_TICK: Final = 100  # milliseconds between two looks at a silent worker
_RESTING: Final = 5.0  # seconds
_LOOK: Final = 256  # frames between two looks at a talkative one

Why = Literal["time", "memory", "operator", "gone", "crash"]


class Fault(Exception):
    """Our own error in a worker; its text is the trace."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one job may cost."""

    seconds: float
    megabytes: int


class Reader:
    """One worker process; used by one thread at a time, killed by any."""

    def __init__(self, orders: Orders) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._connection: Connection = ours
        self._poll = select.poll()  # the connection's own makes one each time it is asked
        self._poll.register(ours, select.POLLIN)
        self._read: deque[Head | bytes | End] = deque()
        self._process = fork_server().Process(target=work, args=(theirs, orders), daemon=True)
        with _STARTING:
            self._process.start()
        theirs.close()
        self._walled: bool | None = None
        self.bounds = Bounds(0, orders.megabytes)
        self.why: Why | None = None
        self._worked = 0.0
        self._frames = 0

    @property
    def walled(self) -> bool:
        """Return whether it is cut off from every network; waits until it has begun.

        Raises LimitReached when it died at its start.
        """
        if self._walled is None:
            try:
                self._walled = bool(self._connection.recv())
            except (EOFError, OSError) as error:
                raise self._ended() from error
        return self._walled

    @property
    def pid(self) -> int:
        """Return the number of its process."""
        return self._process.pid or 0

    @property
    def is_alive(self) -> bool:
        """Return whether its process runs, asked while it has no job."""
        return self._walled is None or not self._poll.poll(0)  # the end is all it can say

    def begin(self, job: Job, bounds: Bounds) -> None:
        """Hand it a job; raises LimitReached when it is dead."""
        self.bounds, self._worked, self._frames = bounds, 0.0, 0
        self._read.clear()
        try:
            _ = self.walled
            self._connection.send_bytes(pickle.dumps(job))
        except (EOFError, OSError) as error:
            raise self._ended() from error

    def frame(self, is_gone: Callable[[], bool]) -> Head | bytes | End:
        """Return what it says next; raises LimitReached when it was killed or had to be.

        Only the time that we wait for it counts, not the time that it waits for the client.
        """
        if self._read:
            return self._read.popleft()
        began = time.perf_counter()
        try:
            self._frames += 1
            if self._frames % _LOOK == 0:
                self._look(is_gone, 0)
            while not self._poll.poll(_TICK):
                self._look(is_gone, time.perf_counter() - began)
            message = self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._ended() from error
        self._worked += time.perf_counter() - began
        self._read += heard(message)
        return self._read.popleft()

    def rest(self) -> bool:
        """Let it go over to the current generation; return whether it lives on."""
        try:
            self.begin(Rest(), Bounds(_RESTING, self.bounds.megabytes))
            said = self.frame(lambda: False)
        except LimitReached:
            return False
        return isinstance(said, End) and not said.is_last

    def kill(self, why: Why) -> None:
        """End it at once, whatever it does."""
        self.why = self.why or why
        self._process.kill()

    def close(self) -> None:
        """End it and let go of what it held."""
        self._connection.close()
        with _STARTING:
            self._process.kill()
            self._process.join()
            self._process.close()

    def _look(self, is_gone: Callable[[], bool], waited: float) -> None:
        if self._worked + waited > self.bounds.seconds:
            self.kill("time")
        elif resident(self.pid) > self.bounds.megabytes * 1_000_000:
            self.kill("memory")
        elif is_gone():
            self.kill("gone")

    def _ended(self) -> LimitReached:
        """Return what a process that ended before its answer did tells the client."""
        with _STARTING:
            self._process.join(5)
            code = self._process.exitcode
        if self.why is None:
            # the engine aborts where it is refused memory, the kernel kills where there is none
            lacked = code in (-signal.SIGABRT, -signal.SIGKILL)
            self.why = "memory" if lacked else "crash"
        return _told(self.why, self.bounds)


def _told(why: Why, bounds: Bounds) -> LimitReached:
    match why:
        case "time":
            return TooSlow(
                f"this took longer than {bounds.seconds:g} s and was ended; name a subject or "
                "a predicate, drop a pattern, or add a LIMIT"
            )
        case "memory":
            return TooMuchMemory(
                f"this needed more than {bounds.megabytes:,} MB of memory and was ended; ask "
                "for less at once, or sort and group fewer rows"
            )
        case "operator":
            return Stopped("an operator ended this; ask them before you try again")
        case "gone":
            return Stopped("nobody was left to read the answer")
        case "crash":
            return TooDeep(
                "this is nested too deeply, or too long a chain, for the engine; take it apart"
            )


def refused(end: End) -> OnRecordError | Fault | None:
    """Return what a worker raised, None when its answer is whole."""
    return end.refusal or (Fault(end.fault) if end.fault else None)
