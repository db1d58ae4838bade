"""What a change did: how two states of a store differ."""

from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from onrecord.store import Snapshot


@dataclass(slots=True)
class Delta:
    """What a change added to a generation and took from it."""

    added: list[Quad] = field(default_factory=list)
    removed: list[Quad] = field(default_factory=list)
    named: set[NamedNode | BlankNode] = field(default_factory=set)  # graphs that came or went

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.named)

    @property
    def graphs(self) -> set[NamedNode]:
        """Return the named graphs that it touched."""
        found = {quad.graph_name for quad in chain(self.added, self.removed)} | self.named
        return {graph for graph in found if isinstance(graph, NamedNode)}

    @property
    def fresh(self) -> set[NamedNode]:
        """Return the nodes of the default graph of which it added something."""
        found = (quad.subject for quad in self.added if quad.graph_name == DefaultGraph())
        return {node for node in found if isinstance(node, NamedNode)}


def compared(before: Snapshot, after: Snapshot) -> Delta:
    """Return how two states differ, in one walk over both.

    The engine keeps quads in one order, so that equal stretches pass side by side.
    """
    delta = Delta(named=set(before.graphs()) ^ set(after.graphs()))
    ours, theirs = before.quads(), after.quads()
    old, new = next(ours, None), next(theirs, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(ours, None), next(theirs, None)
        elif new is not None and new not in before:
            delta.added.append(new)
            new = next(theirs, None)
        elif old is not None and old not in after:
            delta.removed.append(old)
            old = next(ours, None)
        else:
            raise AssertionError(f"two orders of one store, at {old} and {new}")
    return delta
