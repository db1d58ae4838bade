"""Reading a draft node by node: one index scan a node, remembered until it changes."""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Final, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import Draft
from ontology import term
from ontology.flags import DERIVED, EVIDENCE, PROJECTED, QUALIFIERS
from ontology.identity import Mint, Qualifier, Term

PlainTriple = tuple[NamedNode, NamedNode, Term]
Statement = tuple[NamedNode, NamedNode, Term]
Star = dict[NamedNode, list[Term]]
Properties = Mapping[NamedNode, Collection[Term]]
Key = TypeVar("Key")
Value = TypeVar("Value")

DEFAULT: Final = DefaultGraph()
_PROJECTIONS: Final = frozenset(PROJECTED.values())
_REMEMBERED: Final = 500_000  # nodes, about 750 MB: what 100,000 claims come with
_ABOUT: Final = term("about")
_CANONICAL: Final = term("canonical")
_CLAIM: Final = term("claim")
_ATTESTED: Final = (term("rdf:type"), term("Attestation"), DEFAULT)
_IN_PART: Final = term("inPart")
_INVALIDATED: Final = term("prov:invalidatedAtTime")
_TERMS: Final = (NamedNode, Literal)
_TRIPLE: Final = (term("rdf:subject"), term("rdf:predicate"), term("rdf:object"))


class View:
    """A draft as derivation sees it; withdrawn evidence is not there."""

    def __init__(self, draft: Draft, mint: Mint) -> None:
        self.draft = draft
        self.mint = mint
        self.found: dict[object, dict[NamedNode, Any]] = {}
        self._stars: dict[NamedNode, Star] = {}
        self._subjects: dict[tuple[NamedNode, Term], list[NamedNode]] = {}
        self._attestations: dict[NamedNode, list[NamedNode]] = {}
        self._parts: dict[NamedNode, list[NamedNode]] = {}
        self._occurring: dict[NamedNode, bool] = {}
        self._going: dict[Statement, None] = {}
        self._coming: dict[Statement, None] = {}

    def star(self, node: NamedNode) -> Star:
        """Return a node's properties, values sorted."""
        star = self._stars.get(node)
        if star is None:
            star = {}
            for quad in self.draft.quads(node, None, None, DEFAULT):
                value = quad.object  # each reading makes it anew
                if isinstance(value, _TERMS):
                    star.setdefault(quad.predicate, []).append(value)
            for values in star.values():
                if len(values) > 1:
                    values.sort(key=str)
            _remember(self._stars, node, star)
        return star

    def terms(self, node: NamedNode, word: NamedNode) -> Sequence[Term]:
        """Return the values of a property."""
        return self.star(node).get(word, ())

    def nodes(self, node: NamedNode, word: NamedNode) -> list[NamedNode]:
        """Return the values of a property that are IRIs."""
        return [value for value in self.terms(node, word) if isinstance(value, NamedNode)]

    def node(self, node: NamedNode, word: NamedNode) -> NamedNode | None:
        """Return the first value of a property that is an IRI."""
        for value in self.terms(node, word):
            if isinstance(value, NamedNode):
                return value
        return None

    def know(self, attestations: Iterable[NamedNode]) -> None:
        """Take note that claims which have no keys yet have no attestations but these."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for said in attestations:
            for claim in self.nodes(said, _CLAIM):
                found.setdefault(claim, []).append(said)
        for claim, known in found.items():
            if not self.terms(claim, _ABOUT):
                self._subjects[_CLAIM, claim] = known

    def subjects(self, word: NamedNode, value: Term) -> Sequence[NamedNode]:
        """Return the nodes that have a property with a value."""
        found = self._subjects.get((word, value))
        if found is None and not self._occurs(word):
            return ()
        if found is None:
            quads = self.draft.quads(None, word, value, DEFAULT)
            nodes = (quad.subject for quad in quads)
            found = [node for node in nodes if isinstance(node, NamedNode)]
            _remember(self._subjects, (word, value), found)
        return found

    def _occurs(self, word: NamedNode) -> bool:
        if word not in self._occurring:
            first = next(self.draft.quads(None, word, None, DEFAULT), None)
            self._occurring[word] = first is not None
        return self._occurring[word]

    def is_valid(self, node: NamedNode) -> bool:
        """Return whether a piece of evidence is there and not withdrawn."""
        star = self.star(node)
        return bool(star) and _INVALIDATED not in star

    def head(self, thing: NamedNode) -> NamedNode:
        """Return the canonical IRI of a thing."""
        return self.node(thing, _CANONICAL) or thing

    def canonical(self, value: Term) -> Term:
        """Return a value, a thing under its canonical IRI."""
        return self.head(value) if isinstance(value, NamedNode) else value

    def attestations(self, claim: NamedNode) -> Sequence[NamedNode]:
        """Return the valid attestations of a claim."""
        found = self._attestations.get(claim)
        if found is None:
            found = [said for said in self.subjects(_CLAIM, claim) if self.is_valid(said)]
            _remember(self._attestations, claim, found)
        return found

    def is_attestation(self, node: NamedNode) -> bool:
        """Return whether a node is an attestation, valid or not."""
        star = self._stars.get(node)
        return _CLAIM in star if star is not None else Quad(node, *_ATTESTED) in self.draft

    def parts(self, place: NamedNode) -> Sequence[NamedNode]:
        """Return the declared parts in which a passage lies."""
        found = self._parts.get(place)
        if found is None:
            quads = self.draft.quads(place, _IN_PART, None, DEFAULT)
            found = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
            _remember(self._parts, place, found)
        return found

    def qualifiers(self, claim: NamedNode) -> list[Qualifier]:
        """Return the qualifiers of a claim."""
        star = self.star(claim)
        return [(key, value) for key in star if key in QUALIFIERS for value in star[key]]

    def triple(self, claim: NamedNode) -> PlainTriple:
        """Return the plain triple of a claim, under canonical IRIs."""
        star = self.star(claim)
        subject, predicate, found = (star[word][0] for word in _TRIPLE)
        subject = self.canonical(subject)
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            raise ValueError(f"{claim} has a literal for a subject or predicate")
        return subject, predicate, self.canonical(found)

    def renew(self, node: NamedNode, words: Iterable[NamedNode], new: Properties) -> None:
        """Put a node's derived properties in place of the old, at the next `flush`."""
        star = self.star(node)
        for word in words:
            old, wanted = star.get(word, ()), new.get(word, ())
            if old or wanted:
                self._going.update(
                    ((node, word, one), None) for one in old if one not in wanted
                )
                self._coming.update(
                    ((node, word, one), None) for one in wanted if one not in old
                )

    def settle(self, said: Statement, wanted: bool) -> None:
        """Put one derived statement, or take it away, at the next `flush`."""
        (self._coming if wanted else self._going)[said] = None

    def flush(self) -> None:
        """Write what was renewed; what is remembered shows it from here on."""
        self.draft.remove(Quad(*said, DEFAULT) for said in self._going)
        self.draft.load(f"{node} {word} {value} ." for node, word, value in self._coming)
        for node, word, value in self._going:
            _forget(self._stars.get(node, {}), word, value)
            _forget(self._subjects, (word, value), node)
        for node, word, value in self._coming:
            if node in self._stars:
                insort(self._stars[node].setdefault(word, []), value, key=str)
            if (word, value) in self._subjects:
                self._subjects[word, value].append(node)
            self._occurring[word] = True
        self._going.clear()
        self.found.clear()
        self._coming.clear()


def once(find: Callable[[View, NamedNode], Value]) -> Callable[[View, NamedNode], Value]:
    """Let what is found out about a node be remembered until something changes."""

    @wraps(find)
    def found(view: View, node: NamedNode) -> Value:
        known: dict[NamedNode, Value] = view.found.setdefault(found, {})
        if node not in known:
            _remember(known, node, find(view, node))
        return known[node]

    return found


def _remember(memory: dict[Key, Value], key: Key, value: Value) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = value


def _forget(memory: dict[Key, list[Value]], key: Key, value: Value) -> None:
    if key in memory:
        memory[key] = [one for one in memory[key] if one != value]


def is_derived(quad: Quad) -> bool:
    """Return whether a quad of the default graph is derived, as the vocabulary has it.

    A type is evidence when loaders write that class; every other type is a projected claim.
    """
    if quad.predicate == term("rdf:type"):
        return quad.object not in EVIDENCE
    return quad.predicate in DERIVED or quad.predicate in _PROJECTIONS
