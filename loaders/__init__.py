"""Sources become records here: one module per format, path in, records out.

A loader is a module with a NAME, a docstring, `source` and `load`; it never sees the store.
`source` names what all versions of one source share, so that one can replace another.
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
from loaders.records import Record


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
