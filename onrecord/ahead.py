"""Maps files in processes of their own, ahead of the process that stores the results."""

import multiprocessing
import signal
import traceback
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from loaders import LOADERS
from loaders.given import Given
from loaders.records import Record
from onrecord.errors import BadInput, LimitReached, OnRecordError
from onrecord.processes import fork_server

Task = tuple[str, Path, Given]
"""The format of a file, where it lies, and what goes beside it."""

_BATCH: Final = 1_000
_DIED: Final = (
    "a process that mapped a file was ended, perhaps for want of memory; the record is as it "
    "was: load again with --jobs 1"
)
_END: Final[list[Record]] = []  # of a file


class Lost(Exception):
    """What a process could not do through a fault of ours; its text is the trace."""


def batches(task: Task) -> Generator[list[Record]]:
    """Yield the records of a file, some at a time; raises what its loader does.

    Raises BadInput, too, for a file that is another at the end than it was at the beginning:
    its hash would stand for what is not in it.
    """
    loader, path, given = task
    before = _stamps(path)
    records = LOADERS[loader].load(path, given)
    while batch := list(islice(records, _BATCH)):
        yield batch
    if changed := before ^ _stamps(path):
        name = min(changed)[0]
        raise BadInput(f"{name}: was changed while it was read; load it again")


def _stamps(path: Path) -> set[tuple[Path, int, int, int]]:
    """Return which files there are, each with what changes when it is written."""
    files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    stats = ((one, one.stat()) for one in files if one.exists())
    return {(one, stat.st_ino, stat.st_size, stat.st_mtime_ns) for one, stat in stats}


class Mappers:
    """Processes that map files: of N, each maps every N-th, as far ahead as a pipe holds.

    What comes of a file, and in which order, is the same as without them.
    """

    def __init__(self, tasks: Sequence[Task], jobs: int) -> None:
        self._connections: list[Connection] = []
        self._processes: list[ForkServerProcess] = []
        self._ended: list[int] = []  # files of each, of which all has come
        try:
            for first in range(min(jobs, len(tasks))):
                self._start(tasks[first::jobs])
        except (EOFError, ConnectionError) as error:  # of whatever forks, if it was ended
            self.close()
            raise LimitReached(_DIED) from error

    def _start(self, tasks: Sequence[Task]) -> None:
        """Start a process that maps some of the files."""
        ours, theirs = multiprocessing.Pipe(duplex=False)
        # no daemon, since a loader may parse in a process of its own
        process = fork_server().Process(target=_map, args=(theirs, tasks))
        process.start()
        theirs.close()
        self._connections.append(ours)
        self._processes.append(process)
        self._ended.append(0)

    def batches(self, at: int) -> Generator[list[Record]]:
        """Yield the records of one of the files; they are asked for in their order."""
        turn, which = divmod(at, len(self._connections))
        # whoever did not want a file, or stopped half-way, finds the next one behind it
        while self._ended[which] < turn:
            self._received(which)
        while said := self._received(which):
            if isinstance(said, Exception):
                raise said
            yield said

    def _received(self, which: int) -> list[Record] | Exception:
        found: list[Record] | Exception
        try:
            found = self._connections[which].recv()
        except (EOFError, OSError):  # before a message, or within one
            found = LimitReached(_DIED)
        if not found or isinstance(found, Exception):
            self._ended[which] += 1
        return found

    def close(self) -> None:
        """End the processes, whatever they do."""
        for connection, process in zip(self._connections, self._processes, strict=True):
            process.kill()
            process.join()
            process.close()
            connection.close()


def _map(connection: Connection, tasks: Iterable[Task]) -> None:
    """Map some files one after another; the body of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stores is told, and ends this
    with suppress(BrokenPipeError):  # or nobody stores any more
        for task in tasks:
            _send(connection, task)


def _send(connection: Connection, task: Task) -> None:
    """Map a file; what goes wrong is sent like what comes of it."""
    try:
        for batch in batches(task):
            connection.send(batch)
    except BrokenPipeError:
        raise
    except OnRecordError as error:
        connection.send(error)
    except Exception:
        connection.send(Lost(traceback.format_exc()))
    else:
        connection.send(_END)
