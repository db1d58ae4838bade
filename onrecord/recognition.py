"""What format a file seems to have, and by what."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loaders import HEAD, LOADERS, UNKNOWN
from loaders.tree import MANIFEST
from onrecord.errors import BadInput

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format that a file seems to have, and by what."""

    loader: str
    why: str


def recognised(path: Path, name: str = "") -> list[Recognised]:
    """Return the formats that a file seems to have, the most telling first."""
    if (path / MANIFEST).is_file():
        return [Recognised("case", f"is a folder with {MANIFEST}")]
    octets = _head(path)
    if _unread(octets):
        return []
    head = octets.decode(errors="replace")[:HEAD]
    found = (
        Recognised(one.NAME, one.recognise(name or path.name, head)) for one in LOADERS.values()
    )
    return [one for one in found if one.why]


def unrecognised(path: Path) -> str:
    """Return what is to be said of a file that seems to have no format."""
    head = _head(path)
    is_text = b"\0" not in head
    return _unread(head) or (UNKNOWN if is_text else "is no text")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as octets:
            return octets.read(4 * HEAD)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error


def _unread(head: bytes) -> str:
    """Return why a file has no format whatever it is called; nothing if it may have one."""
    if not head.strip():
        return "is empty"
    return "is UTF-16; save it as UTF-8" if head.startswith(_WIDE) else ""
