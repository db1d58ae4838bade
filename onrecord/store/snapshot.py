"""Reading one generation."""

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    Store,
    Variable,
)

from onrecord.errors import BadQuery, StoreError
from onrecord.store.complaints import complaint
from onrecord.store.protocol import Graph, Object, Results, Subject


class OpenSnapshot:
    """A generation that is open; refuses once it was closed."""

    def __init__(self, engine: pyoxigraph.Store, generation: int) -> None:
        self._open: pyoxigraph.Store | None = engine
        self.generation = generation

    @property
    def _engine(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(f"generation {self.generation}: used after it was closed")
        return self._open

    def close(self) -> None:
        """Let go of the engine."""
        self._open = None

    def query(
        self,
        sparql: str,
        *,
        substitutions: Mapping[str, NamedNode | Literal] | None = None,
        default_graphs: Sequence[Graph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        base: str | None = None,
    ) -> Results:
        """Answer a SPARQL query over the default graph; raises BadQuery."""
        given = substitutions or {}
        try:
            return self._engine.query(
                sparql,
                base_iri=base,
                default_graph=None if default_graphs is None else list(default_graphs),
                named_graphs=None if named_graphs is None else list(named_graphs),
                substitutions={Variable(name): value for name, value in given.items()},
            )
        except (SyntaxError, RuntimeError) as error:
            said = complaint(error, sparql, lambda text: Store().query(text, base_iri=base))
            raise BadQuery(said) from error

    def quads(
        self,
        s: Subject | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: Graph | None = None,
    ) -> Iterator[Quad]:
        """Return the quads of a pattern, of every graph unless one is given."""
        return self._engine.quads_for_pattern(s, p, o, g)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._engine

    def graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Return the names of the graphs, empty ones too."""
        return self._engine.named_graphs()

    def has_graph(self, name: NamedNode) -> bool:
        """Return whether a graph is there, though it may be empty."""
        return self._engine.contains_named_graph(name)
