"""The words of the house as an RDF graph, for tests that look at the words themselves."""

from functools import cache
from pathlib import Path
from typing import Final

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

from ontology import FOLDER, PREFIXES, VOCABULARY_GRAPH, files

REC: Final = Namespace(PREFIXES["rec"])
HOME: Final = URIRef(VOCABULARY_GRAPH.value)
LIST: Final = frozenset({RDF.first, RDF.rest, RDF.nil})  # Turtle's brackets, not words
SHAPES: Final = FOLDER / "shapes.ttl"


def graph(*paths: Path) -> Graph:
    """Return what Turtle files say together."""
    read = Graph()
    for path in paths:
        read.parse(path)
    return read


@cache
def words() -> Graph:
    """Return the vocabulary and its schemes."""
    return graph(*files())


@cache
def shapes() -> Graph:
    """Return the rules."""
    return graph(SHAPES)


def minted() -> set[Node]:
    """Return every word that is ours."""
    return {word for word in words().subjects() if str(word).startswith(str(REC))}


def concepts() -> set[Node]:
    """Return every value of a scheme."""
    return set(words().subjects(SKOS.inScheme))


def used_in(read: Graph) -> set[Node]:
    """Return every IRI of a graph that stands in a namespace of ours or a reused one."""
    homes = tuple(PREFIXES.values())
    found = {node for triple in read for node in triple if str(node).startswith(homes)}
    return {node for node in found if str(node) not in homes and node not in LIST}
