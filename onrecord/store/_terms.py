"""Terms of pyoxigraph as terms of rdflib, and back: the only place where the two meet."""

from collections.abc import Iterable, Iterator
from typing import assert_never

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import IdentifiedNode

from onrecord.store.protocol import Graph, Object, Subject


def node_to_rdflib(node: Subject) -> IdentifiedNode:
    """Return an IRI or blank node for rdflib; raises TypeError on a triple term."""
    match node:
        case NamedNode():
            return rdflib.URIRef(node.value)
        case BlankNode():
            return rdflib.BNode(node.value)
        case Triple():
            raise TypeError(f"{node}: rdflib has no triple terms")
        case _:
            assert_never(node)


def to_rdflib(term: Object) -> IdentifiedNode | rdflib.Literal:
    """Return a term for rdflib with the lexical form that it has."""
    if not isinstance(term, Literal):
        return node_to_rdflib(term)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    if datatype == rdflib.XSD.string:  # to rdflib, "a" and "a"^^xsd:string are two terms
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def node_from_rdflib(node: object) -> NamedNode | BlankNode:
    """Return an IRI or blank node of rdflib for the store; raises TypeError on others."""
    match node:
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode(str(node))
        case _:
            raise TypeError(f"{node!r}: neither an IRI nor a blank node")


def from_rdflib(term: object) -> NamedNode | BlankNode | Literal:
    """Return a term of rdflib for the store."""
    if not isinstance(term, rdflib.Literal):
        return node_from_rdflib(term)
    if term.language is not None:
        return Literal(str(term), language=term.language)
    datatype = term.datatype
    return Literal(str(term), datatype=None if datatype is None else NamedNode(str(datatype)))


def to_graph(quads: Iterable[Quad | Triple]) -> rdflib.Graph:
    """Return an rdflib graph of statements, whichever graphs they stand in."""
    graph = rdflib.Graph()
    for quad in quads:
        subject, predicate = node_to_rdflib(quad.subject), rdflib.URIRef(quad.predicate.value)
        graph.add((subject, predicate, to_rdflib(quad.object)))
    return graph


def to_dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Return an rdflib dataset of quads, each in its graph."""
    dataset = rdflib.Dataset()
    for quad in quads:
        subject, predicate = node_to_rdflib(quad.subject), rdflib.URIRef(quad.predicate.value)
        graph = dataset.graph(_graph_to_rdflib(quad.graph_name))
        graph.add((subject, predicate, to_rdflib(quad.object)))
    return dataset


def from_graph(graph: rdflib.Graph) -> Iterator[Quad]:
    """Return the statements of an rdflib graph as quads of the default graph."""
    for subject, predicate, value in graph:
        yield Quad(node_from_rdflib(subject), NamedNode(str(predicate)), from_rdflib(value))


def from_dataset(dataset: rdflib.Dataset) -> Iterator[Quad]:
    """Return the statements of an rdflib dataset as quads."""
    for subject, predicate, value, name in dataset.quads():
        yield Quad(
            node_from_rdflib(subject),
            NamedNode(str(predicate)),
            from_rdflib(value),
            _graph_from_rdflib(name),
        )


def _graph_to_rdflib(name: Graph) -> IdentifiedNode:
    return DATASET_DEFAULT_GRAPH_ID if isinstance(name, DefaultGraph) else node_to_rdflib(name)


def _graph_from_rdflib(name: object) -> Graph:
    is_default = name is None or name == DATASET_DEFAULT_GRAPH_ID
    return DefaultGraph() if is_default else node_from_rdflib(name)
