"""One writer at a time, across threads and processes."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from onrecord.errors import StoreBusy

_PAUSE: Final = 0.05
_NAME: Final = 1_000  # bytes
_SOMEBODY: Final = "another writer"


@contextmanager
def writer_lock(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a data folder; raises StoreBusy, with who holds it, after `wait` s.

    Whoever holds it may remove it; whoever waited for it then makes it anew.
    """
    descriptor = _held(path, wait)
    try:
        _sign(
            descriptor, f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        )
        try:
            yield
        finally:
            _sign(descriptor, "")
    finally:
        os.close(descriptor)


def holder(path: Path) -> str | None:
    """Return who holds the lock of a data folder, None where nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return path.read_text(encoding="ascii") or _SOMEBODY
    finally:
        os.close(descriptor)
    return None


def _held(path: Path, wait: float) -> int:
    """Return a descriptor of the lock, which is held and not of a file that is gone."""
    deadline = time.monotonic() + wait
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileNotFoundError:  # the folder went after it was made
            continue
        is_held = False
        try:
            _acquire(descriptor, path, deadline, wait)
            is_held = _is_there(descriptor, path)
        finally:
            if not is_held:
                os.close(descriptor)
        if is_held:
            return descriptor


def _acquire(descriptor: int, path: Path, deadline: float, wait: float) -> None:
    while not _locked(descriptor):
        left = deadline - time.monotonic()
        if left <= 0:
            name = os.pread(descriptor, _NAME, 0).decode("ascii") or _SOMEBODY
            raise StoreBusy(f"{path}: held by {name}; waited {wait:g} s, try again later")
        time.sleep(min(_PAUSE, left))


def _is_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int, words: str) -> None:
    with suppress(OSError):  # a full disk must not keep the writer from making room
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words.encode("ascii"), 0)
