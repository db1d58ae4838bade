"""Terms of pyoxigraph as terms of rdflib: the only place where the two meet."""

from collections.abc import Iterable
from typing import assert_never

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.term import IdentifiedNode

from onrecord.store.protocol import Object, Subject


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


def to_graph(quads: Iterable[Quad | Triple]) -> rdflib.Graph:
    """Return an rdflib graph of statements, whichever graphs they stand in."""
    graph = rdflib.Graph()
    for quad in quads:
        subject, predicate = node_to_rdflib(quad.subject), rdflib.URIRef(quad.predicate.value)
        graph.add((subject, predicate, to_rdflib(quad.object)))
    return graph
