"""A lease keeps a generation from being pruned; the kernel ends it with its process.

Whoever may not write to the data folder takes the lease that the writer left there. The kernel
knows the leases of its own machine: a writer on another one, behind a network file system that
does not pass locks on, sees none of them and may prune what is read here.
"""

import errno
import fcntl
import os
import weakref
from pathlib import Path
from typing import Final

from onrecord.errors import StoreError

_UNWRITABLE: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC


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


def _descriptor(path: Path) -> int:
    try:
        return _made(path)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
    try:
        return os.open(path, _FLAGS)
    except FileNotFoundError:
        message = (
            f"{path}: missing, and nothing can be written here; a writer has to come first"
        )
        raise StoreError(message) from None


def _made(path: Path) -> int:
    try:
        return os.open(path, _FLAGS | os.O_CREAT, 0o644)
    except FileNotFoundError:
        path.parent.mkdir()  # a copy may lack a folder of empty files
        return os.open(path, _FLAGS | os.O_CREAT, 0o644)


def _open(path: Path, lock: int) -> int:
    descriptor = _descriptor(path)
    try:
        fcntl.flock(descriptor, lock)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
