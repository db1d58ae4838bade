"""IRIs for blank nodes, computed from what is said of them and not from their labels.

What hangs together by blank nodes is brought into canonical form by itself (RDFC-1.0), so that
a blank node more or less elsewhere leaves all others as they are (RDF 1.1, section 3.5).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from ontology.digests import digest

_GENID: Final = ".well-known/genid/"


def is_nameless(node: object) -> bool:
    """Return whether an IRI stands for a blank node."""
    return isinstance(node, NamedNode) and _GENID in node.value


def named(lines: Mapping[Quad, int], base: str, scope: str) -> Iterator[tuple[Quad, int]]:
    """Yield quads with IRIs in place of their blank nodes; `scope` tells files apart.

    Each has its line with it; of several that say the same of nobody, the first. Two groups
    that say the same of nobody in particular stay two: the second is counted.
    """
    times: dict[str, int] = {}
    for group in _groups(lines):
        places: dict[tuple[object, ...], int] = {}
        for quad in group:
            places.setdefault(_without_blank(quad), lines[quad])
        dataset = Dataset(group)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found = sorted(dataset, key=str)
        content = digest(*map(str, found))
        times[content] = times.get(content, 0) + 1
        start = (scope, content, str(times[content]))
        for quad in found:
            yield _with_names(quad, base, start), places[_without_blank(quad)]


def _without_blank(quad: Quad) -> tuple[object, ...]:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return tuple(None if isinstance(term, BlankNode) else term for term in terms)


def blank(quad: Quad) -> list[BlankNode]:
    """Return the blank nodes of a quad."""
    terms = (quad.subject, quad.object, quad.graph_name)
    return [term for term in terms if isinstance(term, BlankNode)]


def _with_names(quad: Quad, base: str, start: tuple[str, ...]) -> Quad:
    s, o, g = (
        NamedNode(f"{base}{_GENID}{digest(*start, term.value)}")
        if isinstance(term, BlankNode)
        else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return Quad(s, quad.predicate, o, g)  # type: ignore[arg-type]


def _groups(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Yield the quads that hang together by blank nodes."""
    found = list(quads)
    parents: dict[BlankNode, BlankNode] = {}
    for quad in found:
        first, *others = (_root(parents, node) for node in blank(quad))
        for other in others:
            parents[_root(parents, other)] = _root(parents, first)
    groups: dict[BlankNode, list[Quad]] = {}
    for quad in found:
        groups.setdefault(_root(parents, blank(quad)[0]), []).append(quad)
    yield from groups.values()


def _root(parents: dict[BlankNode, BlankNode], node: BlankNode) -> BlankNode:
    path = []
    while (above := parents.setdefault(node, node)) != node:
        path.append(node)
        node = above
    for each in path:
        parents[each] = node
    return node
