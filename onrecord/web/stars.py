"""Triples by node and property, as pages read them."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from ontology import term
from ontology.identity import Term


class Stars:
    """A few thousand triples in memory, found by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._of: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
        self._to: defaultdict[tuple[NamedNode, Term], list[NamedNode]] = defaultdict(list)
        for triple in sorted(set(triples), key=str):
            subject, value = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self._of.setdefault(subject, {}).setdefault(triple.predicate, []).append(value)
                self._to[triple.predicate, value].append(subject)

    def star(self, node: NamedNode) -> dict[NamedNode, list[Term]]:
        """Return the properties of a node."""
        return self._of.get(node, {})

    def values(self, node: NamedNode, word: str) -> list[Term]:
        """Return the values of a property."""
        return self.star(node).get(term(word), [])

    def nodes(self, node: NamedNode, word: str) -> list[NamedNode]:
        """Return the values of a property that are IRIs."""
        return [value for value in self.values(node, word) if isinstance(value, NamedNode)]

    def value(self, node: NamedNode, word: str) -> Term | None:
        """Return the first value of a property."""
        return next(iter(self.values(node, word)), None)

    def text(self, node: NamedNode, word: str) -> str:
        """Return the first value of a property as text, empty where there is none."""
        found = self.value(node, word)
        return found.value if found is not None else ""

    def subjects(self, word: str, value: Term) -> list[NamedNode]:
        """Return the nodes that have a property with a value."""
        return self._to.get((term(word), value), [])

    def is_a(self, node: NamedNode, word: str) -> bool:
        """Return whether a node has a class."""
        return term(word) in self.values(node, "rdf:type")

    def of_class(self, word: str) -> list[NamedNode]:
        """Return the nodes of a class."""
        return self.subjects("rdf:type", term(word))
