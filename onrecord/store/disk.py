"""File operations of the store: syncing, removing, hard links, the error of a full disk."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import clear_frames
from typing import Final

from onrecord.errors import StoreFull

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_WORDS: Final = ("No space left on device", "Disk quota exceeded")


@contextmanager
def full_disk_said(folder: Path) -> Iterator[None]:
    """Turn every way of having no room into StoreFull."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        # or the engine stays open, and keeps its files, as long as somebody has the error
        clear_frames(error.__traceback__)
        message = f"{folder}: no space left on the disk; nothing was changed, make room"
        raise StoreFull(f"{message} or keep fewer generations") from error


def is_full(error: OSError | RuntimeError) -> bool:
    """Return whether an error says that the disk is full."""
    # the engine's errors carry words and no number
    return getattr(error, "errno", None) in _FULL or any(
        words in str(error) for words in _WORDS
    )


def persist(folder: Path) -> None:
    """Bring a folder and everything in it to the disk."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            persist_entry(Path(place, name))
        persist_entry(Path(place))


def persist_entry(path: Path) -> None:
    """Bring one file, or the names in one folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(path: Path) -> None:
    """Remove a file or a tree as far as possible; the next writer removes the rest."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def size(folder: Path) -> int:
    """Return the bytes of the files directly in a folder."""
    return sum(entry.stat().st_size for entry in os.scandir(folder))


def copied(source: Path, target: Path) -> None:
    """Copy a tree of files that never change, by hard links where the file system can."""
    shutil.copytree(source, target, copy_function=_linked)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
