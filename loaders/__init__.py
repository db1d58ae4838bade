"""Sources become records here: one module per format, path in, records out.

A loader is a module with a NAME, a docstring, `source`, `recognise` and `load`; it never sees
the store. `source` names what all versions of a source share, so that one can replace another.
"""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from loaders.given import Given
from loaders.lines import lines_of
from loaders.records import Record
from loaders.tree import MANIFEST
from onrecord.errors import BadInput


class Loader(Protocol):
    """What a module of this folder offers."""

    @property
    def NAME(self) -> str: ...

    def source(self, path: Path, given: Given) -> str: ...

    def recognise(self, name: str, head: str) -> str: ...

    def load(self, path: Path, given: Given) -> Iterator[Record]: ...


# by their formats, in which order they are tried; each is read in when it is wanted
_MODULES: Final = {
    "accounts": "accounts",
    "articles": "articles",
    "attributions": "attributions",
    "case": "case",
    "claimreview": "claimreview",
    "claims": "claims",
    "ftm": "ftm",
    "meta": "meta",
    "misp": "misp",
    "rdf": "rdf",
    "series": "series",
    "stix": "stix",
    "takedowns": "takedowns",
    "x-archive": "x_archive",
    "table": "mapped",  # last, since any table could be one
}


class _Loaders(Mapping[str, Loader]):
    """The loaders by the names of their formats."""

    def __getitem__(self, name: str) -> Loader:
        return cast(Loader, import_module(f"loaders.{_MODULES[name]}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


LOADERS: Final[Mapping[str, Loader]] = _Loaders()

_HEAD: Final = 4_000  # characters by which a format is recognised
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNKNOWN: Final = "is of no format that is known"


def map_file(path: Path, loader: str = "", given: Given | None = None) -> Iterator[str]:
    """Yield the N-Quads lines that a file becomes, by a loader or by whichever knows it.

    A function of the file, its name and what is given beside it: no store, network or clock.
    What cannot be taken makes no lines; `load` of a loader yields it with the reason. Raises
    BadInput for a file that is missing, of no format that is known, or not of this one.
    """
    given = given or Given()
    names = [loader] if loader else [one.loader for one in recognised(path)]
    if not names:
        raise BadInput(f"{path}: {unrecognised(path)}")
    if names[0] not in LOADERS:
        raise BadInput(f"{path}: {loader!r} is no format")
    yield from lines_of(LOADERS[names[0]].load(path, given), given.mint)


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
    head = octets.decode(errors="replace")[:_HEAD]
    found = (
        Recognised(one.NAME, one.recognise(name or path.name, head)) for one in LOADERS.values()
    )
    return [one for one in found if one.why]


def unrecognised(path: Path) -> str:
    """Return what is to be said of a file that seems to have no format."""
    head = _head(path)
    is_text = b"\0" not in head
    return _unread(head) or (_UNKNOWN if is_text else "is no text")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as octets:
            return octets.read(4 * _HEAD)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error


def _unread(head: bytes) -> str:
    """Return why a file has no format whatever it is called; nothing if it may have one."""
    if not head.strip():
        return "is empty"
    return "is UTF-16; save it as UTF-8" if head.startswith(_WIDE) else ""
