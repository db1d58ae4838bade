"""Finds the line of a file on which an RDF statement ends, to show it in the quarantine."""

import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from loaders.rdf_parsing import LINE, Parsed

_TABLE: Final = "CREATE TABLE place (key INTEGER, line INTEGER)"
_PUT: Final = "INSERT INTO place VALUES (?, ?)"
_SORT: Final = "CREATE INDEX places ON place (key, line)"
_FIND: Final = "SELECT min(line) FROM place WHERE key = ?"
_TEXT: Final = Literal("").datatype


class Places:
    """The lines of a file by its statements, told apart only once a line is asked for."""

    def __init__(self, found: Parsed, folder: Path) -> None:
        self._found = found
        self._path = folder / "places"

    def of(self, quad: Quad) -> int:
        """Return the line of a statement."""
        return self._first(*reversed([*_keys(quad)]))

    def about(self, node: NamedNode, word: NamedNode | None) -> int:
        """Return the line of what a node has for a property, else of what is said of it."""
        keys = (hash((node, word)), hash((node,))) if word else (hash((node,)),)
        return self._first(*keys)

    def _first(self, *keys: int) -> int:
        for key in keys:
            (line,) = self._index.execute(_FIND, (key,)).fetchone()
            if line is not None:
                return int(line)
        return 0

    @cached_property
    def _index(self) -> sqlite3.Connection:
        index = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute(_TABLE)
        index.execute("BEGIN")
        index.executemany(_PUT, self._places())
        index.execute("COMMIT")
        index.execute(_SORT)
        return index

    def _places(self) -> Iterator[tuple[int, int]]:
        quads = parse(path=str(self._found.quads), format=RdfFormat.N_QUADS)
        with self._found.quads.open(encoding="utf-8", newline="\n") as texts:
            for quad, text in zip(quads, texts, strict=True):
                line = int(text.rpartition(LINE)[2])
                yield from ((key, line) for key in _keys(quad))


def _keys(quad: Quad) -> Iterator[int]:
    """Yield what a statement is found by, from the least to the most exact."""
    yield hash((quad.subject,))
    yield hash((quad.subject, quad.predicate))
    yield hash((quad.subject, quad.predicate, _spelled(quad.object), quad.graph_name))


def _spelled(value: object) -> str:
    """Return a value as it may be looked for: the engine respells numbers, times and tags."""
    if isinstance(value, Literal) and not value.language and value.datatype != _TEXT:
        return value.datatype.value
    return str(value).lower()
