"""Reading a draft node by node: one index scan a node, remembered until it changes."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import Draft
from ontology import term
from ontology.flags import DERIVED, EVIDENCE, PROJECTED, QUALIFIERS
from ontology.identity import Mint, Qualifier, Term

PlainTriple = tuple[NamedNode, NamedNode, Term]
Star = dict[NamedNode, list[Term]]

DEFAULT: Final = DefaultGraph()
_PROJECTIONS: Final = frozenset(PROJECTED.values())
_REMEMBERED: Final = 200_000  # nodes, about 300 MB
_INVALIDATED: Final = term("prov:invalidatedAtTime")


class View:
    """A draft as derivation sees it; withdrawn evidence is not there."""

    def __init__(self, draft: Draft, mint: Mint) -> None:
        self.draft = draft
        self.mint = mint
        self._stars: dict[NamedNode, Star] = {}
        self._going: set[Quad] = set()
        self._coming: set[Quad] = set()
        self._subjects: dict[tuple[NamedNode, Term], list[NamedNode]] = {}

    def star(self, node: NamedNode) -> Star:
        """Return a node's properties, values sorted."""
        if node not in self._stars:
            star: Star = {}
            for quad in self.draft.quads(node, None, None, DEFAULT):
                if isinstance(quad.object, NamedNode | Literal):
                    star.setdefault(quad.predicate, []).append(quad.object)
            for values in star.values():
                if len(values) > 1:
                    values.sort(key=str)
            if len(self._stars) >= _REMEMBERED:
                self._stars.clear()
            self._stars[node] = star
        return self._stars[node]

    def terms(self, node: NamedNode, word: NamedNode) -> list[Term]:
        """Return the values of a property."""
        return self.star(node).get(word, [])

    def nodes(self, node: NamedNode, word: NamedNode) -> list[NamedNode]:
        """Return the values of a property that are IRIs."""
        return [value for value in self.terms(node, word) if isinstance(value, NamedNode)]

    def node(self, node: NamedNode, word: NamedNode) -> NamedNode | None:
        """Return the first value of a property that is an IRI."""
        return next(iter(self.nodes(node, word)), None)

    def subjects(self, word: NamedNode, value: Term) -> list[NamedNode]:
        """Return the nodes that have a property with a value."""
        if (word, value) not in self._subjects:
            if len(self._subjects) >= _REMEMBERED:
                self._subjects.clear()
            found = self.draft.quads(None, word, value, DEFAULT)
            nodes = [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]
            self._subjects[word, value] = nodes
        return self._subjects[word, value]

    def is_valid(self, node: NamedNode) -> bool:
        """Return whether a piece of evidence is there and not withdrawn."""
        star = self.star(node)
        return bool(star) and _INVALIDATED not in star

    def canonical(self, value: Term) -> Term:
        """Return the IRI under which a thing is asked for."""
        if isinstance(value, NamedNode):
            return self.node(value, term("canonical")) or value
        return value

    def attestations(self, claim: NamedNode) -> list[NamedNode]:
        """Return the valid attestations of a claim."""
        return [said for said in self.subjects(term("claim"), claim) if self.is_valid(said)]

    def qualifiers(self, claim: NamedNode) -> list[Qualifier]:
        """Return the qualifiers of a claim."""
        star = self.star(claim)
        return [(key, value) for key in star if key in QUALIFIERS for value in star[key]]

    def triple(self, claim: NamedNode) -> PlainTriple:
        """Return the plain triple of a claim, under canonical IRIs."""
        subject, predicate, found = (
            self.terms(claim, term(word))[0]
            for word in ("rdf:subject", "rdf:predicate", "rdf:object")
        )
        subject = self.canonical(subject)
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            raise ValueError(f"{claim} has a literal for a subject or predicate")
        return subject, predicate, self.canonical(found)

    def renew(self, node: NamedNode, words: Iterable[NamedNode], new: Iterable[Quad]) -> None:
        """Put a node's derived properties in place of the old, at the next `flush`."""
        wanted = set(new)
        star = self.star(node)
        old = {
            Quad(node, word, value, DEFAULT) for word in words for value in star.get(word, [])
        }
        if old != wanted:
            self._going.update(old - wanted)
            self._coming.update(wanted - old)

    def settle(self, quad: Quad, wanted: bool) -> None:
        """Put one derived quad, or take it away, at the next `flush`."""
        (self._coming if wanted else self._going).add(quad)

    def flush(self) -> None:
        """Write what was renewed; indexes show it from here on."""
        self.draft.remove(self._going)
        self.draft.insert(self._coming)
        for quad in self._going | self._coming:
            if isinstance(quad.subject, NamedNode):
                self._stars.pop(quad.subject, None)
        self._subjects.clear()
        self._going.clear()
        self._coming.clear()


def is_derived(quad: Quad) -> bool:
    """Return whether a quad of the default graph is derived, as the vocabulary has it.

    A type is evidence when loaders write that class; every other type is a projected claim.
    """
    if quad.predicate == term("rdf:type"):
        return quad.object not in EVIDENCE
    return quad.predicate in DERIVED or quad.predicate in _PROJECTIONS


def stated(node: NamedNode, word: NamedNode, values: Iterable[Term]) -> Iterator[Quad]:
    """Yield quads of the default graph."""
    return (Quad(node, word, value, DEFAULT) for value in values)
