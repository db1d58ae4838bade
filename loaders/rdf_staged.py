"""What a file of RDF holds, node by node, however its statements are ordered.

A small file is held in memory, a large one in a folder that lasts as long as it is read.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from ontology import term
from ontology.identity import Term

Star = dict[NamedNode, list[Term]]

_A: Final = term("rdf:type")
_DEFAULT: Final = DefaultGraph()
_SMALL: Final = 30_000_000  # bytes of N-Quads


class Staged:
    """The distinct statements of a file, all between named nodes and literals."""

    def __init__(self, quads: Path, folder: Path) -> None:
        self._is_small = quads.stat().st_size < _SMALL
        self._store = Store() if self._is_small else Store(folder / "staged")
        self._store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
        self._is_unnamed = lru_cache(10_000)(self._has_lost_its_name)

    def __len__(self) -> int:
        """Return how many statements there are."""
        return len(self._store)

    def star(self, node: Term) -> Star:
        """Return what is said of a node in the default graph, by property."""
        found: Star = {}
        if isinstance(node, NamedNode):
            for quad in self._store.quads_for_pattern(node, None, None, _DEFAULT):
                if isinstance(quad.object, NamedNode | Literal):
                    found.setdefault(quad.predicate, []).append(quad.object)
        return found

    def of_kind(self, word: str) -> Iterator[NamedNode]:
        """Yield the nodes of a class, in an order of their own."""
        found = self._store.quads_for_pattern(None, _A, term(word), _DEFAULT)
        return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def pointing(self, word: str, node: NamedNode) -> Iterator[NamedNode]:
        """Yield the nodes that have a node for a value of a property."""
        found = self._store.quads_for_pattern(None, term(word), node, _DEFAULT)
        return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def has_lapsed(self, passage: NamedNode) -> bool:
        """Return whether a passage is of a version that was withdrawn where it is from.

        What such a document is called was told, and was withdrawn by all who told it.
        """
        documents = self.star(passage).get(term("document"), ())
        return any(self._is_unnamed(one) for one in documents if isinstance(one, NamedNode))

    def _has_lost_its_name(self, document: NamedNode) -> bool:
        told = [
            self.star(said)
            for claim in self.pointing("rdf:subject", document)
            if term("name") in self.star(claim).get(term("rdf:predicate"), ())
            for said in self.pointing("claim", claim)
        ]
        return bool(told) and all(term("prov:invalidatedAtTime") in star for star in told)

    def values(self, word: str) -> set[str]:
        """Return all values of a property in the default graph."""
        found = self._store.quads_for_pattern(None, term(word), None, _DEFAULT)
        return {str(quad.object) for quad in found}

    def stars(self) -> Iterator[tuple[NamedNode, list[Quad]]]:
        """Yield the nodes of the default graph, each with all that is said of it."""
        quads = self._store.quads_for_pattern(None, None, None, _DEFAULT)
        for node, found in _grouped(quads) if self._is_small else _in_order(quads):
            assert isinstance(node, NamedNode)
            yield node, found

    def named(self) -> Iterator[tuple[NamedNode, Iterator[Quad]]]:
        """Yield the named graphs, each with its statements."""
        for graph in sorted(self._store.named_graphs(), key=str):
            assert isinstance(graph, NamedNode)
            yield graph, self._store.quads_for_pattern(None, None, None, graph)


def _grouped(quads: Iterator[Quad]) -> Iterator[tuple[object, list[Quad]]]:
    """Yield quads by their subject; a store in memory has them in the order of the file."""
    found: dict[object, list[Quad]] = {}
    for quad in quads:
        found.setdefault(quad.subject, []).append(quad)
    yield from found.items()


def _in_order(quads: Iterator[Quad]) -> Iterator[tuple[object, list[Quad]]]:
    """Yield quads by their subject, which stand side by side on a disk."""
    for node, found in groupby(quads, key=lambda quad: quad.subject):
        yield node, list(found)
