"""Every statement of a file of RDF: evidence, derived elsewhere, others' own, or refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from pyoxigraph import NamedNode, Quad

from loaders.rdf_evidence import KEPT_BY_RUNS, MADE_OF
from loaders.rdf_staged import Staged
from onrecord.errors import UnknownWord
from ontology import PREFIXES, VOCABULARY_GRAPH, term
from ontology.flags import CLAIMED, DERIVED, EVIDENCE, PROJECTED, QUALIFIERS
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import Term

_A: Final = term("rdf:type")
# acts of a record, and what they leave
_ACTS: Final = frozenset(
    term(word)
    for word in (
        "Erasure", "LoaderRun", "SourceGraph", "Tombstone", "Undescribed", "Withdrawal",
    )
)  # fmt: skip
_POINTING: Final = {
    term("Claim"): ("claim", "premise", "consequence"),
    term("Passage"): ("passage", "inPart"),
    term("Record"): ("record",),
    term("Relay"): ("relay",),
}
_ALONE: Final = frozenset(word for word in EVIDENCE if word not in CLAIMED | QUALIFIERS)


class Part(Enum):
    """What a statement of a file is."""

    EVIDENCE = "is evidence"
    FOREIGN = "is others' own"
    STATUS = "stands in a graph of status, which each record derives for itself"
    DERIVED = "is derived from claims, by each record for itself"
    VOCABULARY = "is of the vocabulary, which comes with onrecord"
    OF_RUNS = "is what another record says of its own runs and withdrawals"
    NO_WORD = "is no word of the vocabulary"
    PLAIN = "is said plainly; make it a claim with an attestation"
    UNUSED = "is evidence on which nothing in the file rests"
    ASIDE = "is evidence in a named graph; evidence stands in the default graph of a file"
    ODD = "is nothing that evidence of its kind has"
    PIECE = "is of a piece of evidence that is not taken"


@dataclass(frozen=True, slots=True)
class Sorter:
    """Tells the statements of a file apart; `bad` are the pieces of evidence not taken."""

    staged: Staged
    bad: set[NamedNode] = field(default_factory=set)

    def named(self, graph: NamedNode, quad: Quad) -> Part:
        """Return what a statement of a named graph is."""
        if graph in STATUS_GRAPHS:
            return Part.STATUS
        if graph == VOCABULARY_GRAPH:
            return Part.VOCABULARY
        is_ours = quad.predicate.value.startswith(PREFIXES["rec"])
        return Part.ASIDE if is_ours and quad.predicate in _ALONE else Part.FOREIGN

    def star(self, node: NamedNode, quads: list[Quad]) -> Iterator[tuple[Quad, Part]]:
        """Yield the statements on a node of the default graph, with what each is."""
        types = {quad.object for quad in quads if quad.predicate == _A}
        kind = next((kind for kind in MADE_OF if kind in types), None)
        is_act = not kind and bool(types & _ACTS)
        piece = self._piece(node, kind) if kind else Part.EVIDENCE
        for quad in quads:
            if is_act:
                yield quad, Part.OF_RUNS
            elif kind and self._is_of(kind, quad):
                yield quad, piece
            else:
                yield quad, self._beside(kind, quad)

    def _is_of(self, kind: NamedNode, quad: Quad) -> bool:
        """Return whether a statement is part of what a piece of evidence is made of."""
        if quad.predicate == _A:
            return quad.object in EVIDENCE
        return quad.predicate in MADE_OF[kind]

    def _piece(self, node: NamedNode, kind: NamedNode) -> Part:
        """Return whether a piece of evidence is taken, for itself or for what rests on it."""
        if kind not in _POINTING:
            return Part.PIECE if node in self.bad else Part.EVIDENCE
        words = _POINTING[kind]
        found = [user for word in words for user in self.staged.pointing(word, node)]
        if any(user not in self.bad for user in found):
            return Part.EVIDENCE
        if kind == term("Passage") and term("partKind") in self.staged.star(node):
            return Part.EVIDENCE
        return Part.PIECE if found else Part.UNUSED

    def _beside(self, kind: NamedNode | None, quad: Quad) -> Part:
        """Return what a statement is that is no part of a piece of evidence."""
        word, value = quad.predicate, quad.object
        if kind and word in KEPT_BY_RUNS:
            return Part.OF_RUNS
        if self._is_backed(quad):
            return Part.DERIVED
        is_ours = word.value.startswith(PREFIXES["rec"])
        if is_ours and word in DERIVED:
            return Part.DERIVED
        if is_ours and not _is_known(word):
            return Part.NO_WORD
        if is_ours and word in CLAIMED:
            return Part.PLAIN
        if is_ours:
            return Part.ODD
        if word == _A and isinstance(value, NamedNode) and _is_our_class(value):
            return Part.PLAIN if _is_known(value) else Part.NO_WORD
        return Part.FOREIGN

    def _is_backed(self, quad: Quad) -> bool:
        """Return whether a record derives a statement from a claim of the file."""
        if quad.predicate not in _PROJECTIONS or not isinstance(quad.subject, NamedNode):
            return False
        for claim in self.staged.pointing("rdf:subject", quad.subject):
            star = self.staged.star(claim)
            values: list[Term] = star.get(term("rdf:object"), [])
            words = star.get(term("rdf:predicate"), [])
            if quad.object in values and any(
                isinstance(word, NamedNode) and PROJECTED.get(word) == quad.predicate
                for word in words
            ):
                return True
        return False


_PROJECTIONS: Final = frozenset(PROJECTED.values())


def _is_our_class(node: NamedNode) -> bool:
    return node.value.startswith(PREFIXES["rec"])


def _is_known(node: NamedNode) -> bool:
    try:
        term(node.value.removeprefix(PREFIXES["rec"]))
    except UnknownWord:
        return False
    return True
