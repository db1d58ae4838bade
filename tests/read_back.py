"""What rdflib read, as terms of pyoxigraph."""

from collections.abc import Iterator

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID


def from_dataset(dataset: rdflib.Dataset) -> Iterator[Quad]:
    """Return the statements of an rdflib dataset as quads."""
    for subject, predicate, value, name in dataset.quads():
        yield Quad(
            _node(subject),
            NamedNode(str(predicate)),
            from_rdflib(value),
            DefaultGraph() if name in (None, DATASET_DEFAULT_GRAPH_ID) else _node(name),
        )


def from_rdflib(term: object) -> NamedNode | BlankNode | Literal:
    """Return a term of rdflib for the store."""
    if not isinstance(term, rdflib.Literal):
        return _node(term)
    if term.language is not None:
        return Literal(str(term), language=term.language)
    datatype = term.datatype
    return Literal(str(term), datatype=None if datatype is None else NamedNode(str(datatype)))


def _node(node: object) -> NamedNode | BlankNode:
    return BlankNode(node) if isinstance(node, rdflib.BNode) else NamedNode(str(node))
