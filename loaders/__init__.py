"""Sources become records here: one module per format, path in, records out.

A loader is a module with a NAME, a docstring, `source`, `recognise` and `load`; it never sees
the store. `source` names what all versions of a source share, so that one can replace another.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from loaders import (
    accounts,
    articles,
    attributions,
    case,
    claimreview,
    claims,
    ftm,
    mapped,
    meta,
    misp,
    rdf,
    series,
    stix,
    takedowns,
    x_archive,
)
from loaders.given import Given
from loaders.lines import lines_of
from loaders.records import Record
from onrecord.errors import BadInput


class Loader(Protocol):
    """What a module of this folder offers."""

    @property
    def NAME(self) -> str: ...

    def source(self, path: Path, given: Given) -> str: ...

    def recognise(self, name: str, head: str) -> str: ...

    def load(self, path: Path, given: Given) -> Iterator[Record]: ...


_ALL: Final[tuple[Loader, ...]] = (
    accounts,
    articles,
    attributions,
    case,
    claimreview,
    claims,
    ftm,
    meta,
    misp,
    rdf,
    series,
    stix,
    takedowns,
    x_archive,
    mapped,  # last, since any table could be one
)
LOADERS: Final[Mapping[str, Loader]] = MappingProxyType(
    {loader.NAME: loader for loader in _ALL}
)

UNKNOWN: Final = "is of no format that is known"
HEAD: Final = 4_000  # characters by which a format is recognised


def map_file(path: Path, loader: str = "", given: Given | None = None) -> Iterator[str]:
    """Yield the N-Quads lines that a file becomes, by a loader or by whichever knows it.

    A function of the file, its name and what is given beside it: no store, network or clock.
    What cannot be taken makes no lines; `load` of a loader yields it with the reason. Raises
    BadInput for a file that is missing, of no format that is known, or not of this one.
    """
    given = given or Given()
    name = loader or _format_of(path)
    if name not in LOADERS:
        raise BadInput(f"{path}: {name!r} is no format" if name else f"{path}: {UNKNOWN}")
    yield from lines_of(LOADERS[name].load(path, given), given.mint)


def _format_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as text:
            head = text.read(HEAD)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error
    return next((one.NAME for one in _ALL if one.recognise(path.name, head)), "")
