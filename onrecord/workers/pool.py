"""A pool of reader processes; each does one job at a time, and the queue has a limit."""

import atexit
import itertools
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.errors import LimitReached, StoreError, TooBusy, TooLong
from onrecord.limits import Limits
from onrecord.processes import fork_server
from onrecord.store import GenerationStore
from onrecord.workers.frames import End, Head, Job
from onrecord.workers.reader import Bounds, Reader, refused
from onrecord.workers.worker import Orders

_log: Final = logging.getLogger(__name__)
_REST: Final = 1.0  # seconds between two looks at the readers that have nothing to do
_START: Final = "start"  # what a reader does that is only got ready
_NUMBERS: Final = itertools.count(1)  # of jobs; no two pools of a server share one


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Running:
    """A job that is being done: its number, what it is, whose, since when, in which process."""

    number: int
    what: str
    client: str
    since: float
    pid: int


@dataclass
class Answer:
    """What a job answered: its head, the part held back, and the rest while it comes."""

    head: Head
    held: bytes
    seconds: dict[str, float]
    rest: Generator[Head | bytes] | None = None  # None when `held` is all

    def __iter__(self) -> Iterator[bytes]:
        yield self.held
        for piece in self.rest or ():
            assert isinstance(piece, bytes)
            yield piece

    def close(self) -> None:
        """Let go of the reader, which is killed when it is not done."""
        if self.rest is not None:
            self.rest.close()


@dataclass
class _Loan:
    reader: Reader
    running: Running
    seconds: dict[str, float]
    sent: int = 0
    is_done: bool = False
    is_reusable: bool = False

    def end(self, said: End) -> None:
        """Note how the job went; raises what it raised."""
        self.seconds.update(said.seconds)
        self.is_done, self.is_reusable = True, not said.is_last
        problem = refused(said)
        if problem:
            raise problem


class Pool:
    """The readers of one data folder; `preload` names modules that jobs are made of."""

    def __init__(
        self, folder: Path, keep: int, limits: Limits, preload: Sequence[str] = ()
    ) -> None:
        fork_server().set_forkserver_preload(["onrecord.workers.worker", *preload])
        self._limits = limits
        self._record = GenerationStore(folder, keep)
        self._orders = Orders(folder.absolute(), keep, limits.reader_megabytes)
        self._bounds = Bounds(limits.query_seconds, limits.reader_megabytes)
        self._turn = threading.Condition()
        self._places = limits.readers
        self._waiting = 0
        self._free: list[Reader] = []
        self._lent: dict[int, _Loan] = {}
        self._dying: list[Reader] = []
        self._closed = threading.Event()
        self._killed = threading.Event()
        self._started = False
        self._walled: bool | None = None
        self.kills: Counter[str] = Counter()
        self.starts = 0
        self._keeper = threading.Thread(target=self._keep, name="readers", daemon=True)
        self._keeper.start()
        # a reader that is started while Python ends is one that Python would wait for
        atexit.register(self.close)

    def answer(
        self, job: Job, what: str, client: str = "", is_gone: Callable[[], bool] = _never
    ) -> Answer:
        """Do a job and return its answer, once it is whole or longer than what is held back.

        Raises what the job raises, TooBusy when no reader is free in time, and another
        LimitReached when the reader had to be killed.
        """
        loan = self._borrow(what, client)
        pieces = self._pieces(loan, job, is_gone)
        try:
            head = next(pieces)
            assert isinstance(head, Head)
            held = bytearray()
            for piece in pieces:
                assert isinstance(piece, bytes)
                held += piece
                if len(held) > self._limits.held_bytes:
                    break
        except BaseException:
            pieces.close()
            raise
        return Answer(head, bytes(held), loan.seconds, None if loan.is_done else pieces)

    def running(self) -> list[Running]:
        """Return the jobs that are being done, longest first."""
        with self._turn:
            found = [self._lent[number].running for number in sorted(self._lent)]
        return [running for running in found if running.what != _START]

    @property
    def waiting(self) -> int:
        """Return how many jobs wait for their turn."""
        return self._waiting

    def stop(self, number: int) -> bool:
        """Kill the reader that does a job; return whether there was one."""
        with self._turn:
            loan = self._lent.get(number)
            if loan:
                loan.reader.kill("operator")
            return loan is not None

    @property
    def walls(self) -> bool | None:
        """Return `is_walled` as far as it is known; waits for nobody."""
        return self._walled

    @property
    def is_walled(self) -> bool:
        """Return whether readers are cut off from every network; the first one tells."""
        if self._walled is None:
            self.warm()
        return bool(self._walled)

    def warm(self) -> None:
        """Start a reader ahead of the first job."""
        loan = self._borrow(_START, "")
        try:
            self._walled = loan.reader.walled
            loan.is_done = loan.is_reusable = True
        finally:
            self._give_back(loan)

    def close(self) -> None:
        """End every reader, busy or not."""
        self._closed.set()
        with self._turn:
            self._dying += self._free
            self._free.clear()
            for loan in self._lent.values():
                loan.reader.kill("operator")
        self._killed.set()
        self._keeper.join(_REST)
        self._bury()

    def _pieces(
        self, loan: _Loan, job: Job, is_gone: Callable[[], bool]
    ) -> Generator[Head | bytes]:
        try:
            loan.reader.begin(job, self._bounds)
            while not isinstance(said := loan.reader.frame(is_gone), End):
                if isinstance(said, bytes):
                    loan.sent += len(said)
                if loan.sent > self._limits.result_bytes:
                    raise TooLong(f"an answer has {self._limits.result_bytes:,} bytes at most")
                yield said
            loan.end(said)
        finally:
            self._give_back(loan)

    def _borrow(self, what: str, client: str) -> _Loan:
        asked = time.perf_counter()
        with self._turn:
            self._wait_for_a_place()
            self._places -= 1
            reader = self._free.pop() if self._free else None
        try:
            if reader is None or not reader.is_alive:
                reader = Reader(self._orders)
                self._started = True
                self.starts += 1
        except BaseException:
            with self._turn:
                self._places += 1
                self._turn.notify()
            raise
        running = Running(next(_NUMBERS), what, client, time.time(), reader.pid)
        loan = _Loan(reader, running, {"queue": time.perf_counter() - asked})
        with self._turn:
            self._lent[running.number] = loan
        return loan

    def _wait_for_a_place(self) -> None:
        if self._places > 0 and not self._waiting:
            return
        limits = self._limits
        if self._waiting >= limits.queue:
            raise TooBusy(f"{limits.readers} queries run and {limits.queue} wait; come back")
        self._waiting += 1
        try:
            free = self._turn.wait_for(lambda: self._places > 0, limits.queue_seconds)
        finally:
            self._waiting -= 1
        if not free:
            raise TooBusy(f"no reader was free within {limits.queue_seconds:g} s; come back")

    def _give_back(self, loan: _Loan) -> None:
        reader = loan.reader
        with self._turn:
            self._lent.pop(loan.running.number, None)
            if loan.is_done and loan.is_reusable and not self._closed.is_set():
                self._free.append(reader)
            else:
                if not loan.is_done:
                    reader.kill("gone")
                    self.kills[reader.why or "gone"] += 1
                self._dying.append(reader)
                self._killed.set()
            self._places += 1
            self._turn.notify()

    def _keep(self) -> None:
        """Bury the dead, have a reader ready, lead idle ones over to a new generation."""
        known = ""
        while not self._closed.is_set():
            self._killed.wait(_REST)
            self._killed.clear()
            self._bury()
            self._have_one_ready()
            if known != (known := self._edition()):
                self._rest()

    def _have_one_ready(self) -> None:
        if self._started and not self._free and self._places > 0:
            try:
                self.warm()
            except (LimitReached, OSError) as error:
                if self._closed.is_set():
                    return
                _log.warning("no reader was got ready, which is tried again: %s", error)

    def _edition(self) -> str:
        with suppress(StoreError, OSError):  # whoever asks is told; the keeper goes on
            return self._record.edition()
        return ""

    def _rest(self) -> None:
        """Let every idle reader go over to the current generation."""
        for _ in range(len(self._free)):
            with self._turn:
                if not self._free or self._places <= 0:
                    return
                reader = self._free.pop(0)
                self._places -= 1
            is_well = reader.rest()
            with self._turn:
                (self._free if is_well else self._dying).append(reader)
                self._places += 1
                self._turn.notify()

    def _bury(self) -> None:
        with self._turn:
            dying, self._dying = self._dying, []
        for reader in dying:
            reader.close()
