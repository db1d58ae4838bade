"""What evidence of an earlier version says that a newer one says no longer."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord.standing import DEFAULT, subjects, values
from onrecord.store import Snapshot
from ontology import term
from ontology.flags import DERIVED
from ontology.identity import Term

_STANCE: Final = frozenset(map(term, ("rdf:type", "speaker")))
# which claim it is, which is known here, where it stands and whence it came
_PLACE: Final = frozenset(
    term(word)
    for word in (
        "claim", "document", "passage", "prov:invalidatedAtTime", "prov:wasGeneratedBy",
        "record", "relay",
    )
)  # fmt: skip

Facts = frozenset[tuple[NamedNode, Term]]


@dataclass(frozen=True, slots=True)
class _Said:
    """A stance on a claim, the details that go with it, and the key of its record."""

    stance: Facts
    details: Facts
    key: str

    @classmethod
    def of(cls, snapshot: Snapshot, node: NamedNode) -> "_Said":
        facts = frozenset(
            (quad.predicate, quad.object)
            for quad in snapshot.quads(node, None, None, DEFAULT)
            if isinstance(quad.object, NamedNode | Literal)
        )
        stance = frozenset(one for one in facts if one[0] in _STANCE)
        details = frozenset(one for one in facts - stance if one[0] not in _PLACE | DERIVED)
        return cls(stance, details, min(keys(snapshot, node), default=""))

    @property
    def words(self) -> frozenset[NamedNode]:
        """Return what the details tell."""
        return frozenset(word for word, _ in self.details)


@dataclass(frozen=True, slots=True)
class _Restated:
    """The stances that a version takes on one claim."""

    whole: set[tuple[Facts, Facts]] = field(default_factory=set)
    by_record: defaultdict[tuple[Facts, str], set[frozenset[NamedNode]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, said: _Said) -> None:
        self.whole.add((said.stance, said.details))
        self.by_record[said.stance, said.key].add(said.words)

    def has(self, said: _Said) -> bool:
        """Return whether a stance is taken again, with all the details or in its record."""
        there = self.by_record.get((said.stance, said.key), ())
        is_there = any(said.words <= words for words in there)
        return is_there or (said.stance, said.details) in self.whole


def unstated(
    snapshot: Snapshot, missing: Set[NamedNode], seen: Set[NamedNode]
) -> Iterator[NamedNode]:
    """Yield what is missing, unless all that it says is said by what was seen.

    So it is where the same speaker takes the same stance with the same details; in the same
    record, these may be told otherwise.
    """
    by_claim = defaultdict[NamedNode, set[NamedNode]](set)
    for node in missing:
        claims = values(snapshot, node, "claim")
        for claim in claims:
            by_claim[claim].add(node)
        if not claims:  # a judgement takes no stance on any
            yield node
    for claim, nodes in by_claim.items():  # once for each: one may stand in every record
        versions = {one for node in nodes for one in values(snapshot, node, "document")}
        if values(snapshot, claim, "rdf:subject") & versions:
            continue  # it is of the version itself
        is_of_version = bool(values(snapshot, claim, "rdf:object") & versions)
        restated = _Restated()
        for one in _alike(snapshot, claim) if is_of_version else (claim,):
            for node in subjects(snapshot, "claim", one) & seen:
                restated.add(_Said.of(snapshot, node))
        if not restated.whole:  # mostly so
            yield from nodes
            continue
        yield from (node for node in nodes if not restated.has(_Said.of(snapshot, node)))


def _alike(snapshot: Snapshot, claim: NamedNode) -> Iterator[NamedNode]:
    """Yield the claims that say the same of a thing and any version of a source."""
    (thing,), words = (
        values(snapshot, claim, name) for name in ("rdf:subject", "rdf:predicate")
    )
    for one in subjects(snapshot, "rdf:subject", thing):
        if values(snapshot, one, "rdf:predicate") == words:
            yield one


def keys(snapshot: Snapshot, node: NamedNode) -> set[str]:
    """Return the keys of the records in which evidence stands."""
    records = values(snapshot, node, "record")
    return {key for one in records for key in texts(snapshot, one, "recordKey")}


def texts(snapshot: Snapshot, node: NamedNode, word: str) -> Iterator[str]:
    """Yield the texts that a node has under a word."""
    for quad in snapshot.quads(node, term(word), None, DEFAULT):
        if isinstance(quad.object, Literal):
            yield quad.object.value
