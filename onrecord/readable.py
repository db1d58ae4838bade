"""Tells whether a file can be read, before a pipe or a device blocks the reader for ever."""

import os
import stat
from pathlib import Path


def fault_of(path: Path) -> str:
    """Return why what was found in a folder cannot be read; nothing if it can."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            (path / ".").stat()  # which takes the right to go in
            os.scandir(path).close()
        elif stat.S_ISREG(kind):
            path.open("rb").close()
        else:
            return "is no file"
    except OSError as error:
        return error.strerror or str(error)
    return ""


def is_text(name: str) -> bool:
    """Return whether a name is UTF-8, as whatever goes into the record has to be."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)
