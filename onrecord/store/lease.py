"""A lease keeps a generation from being pruned; the kernel ends it with its process."""

import fcntl
import os
import weakref
from pathlib import Path


class Lease:
    """An open file that is locked until it is closed or forgotten."""

    def __init__(self, descriptor: int) -> None:
        self._end = weakref.finalize(self, os.close, descriptor)

    @classmethod
    def shared(cls, path: Path) -> "Lease":
        """Take a lease as one of many readers."""
        return cls(_open(path, fcntl.LOCK_SH))

    @classmethod
    def sole(cls, path: Path) -> "Lease | None":
        """Take the lease when no reader has it, else return None."""
        try:
            return cls(_open(path, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return None

    def close(self) -> None:
        """End the lease."""
        self._end()


def _open(path: Path, lock: int) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, lock)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
