"""Keeps evidence from being withdrawn because a newer version of it could not be read."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_

from pyoxigraph import Literal, NamedNode

from loaders.records import Quarantined
from onrecord.gone import Gone
from onrecord.left_out import LeftOut, trace, traces
from onrecord.standing import DEFAULT, named, subjects, texts, values
from onrecord.store import Snapshot
from ontology import term


def unread(
    snapshot: Snapshot,
    left_out: LeftOut,
    gone: Gone,
    seen: Set[NamedNode],
) -> Quarantined | None:
    """Return the first thing not taken that may be evidence which is now gone.

    It is none that the runs set aside, too, which read such evidence last, unless its record
    says less than it did: a list may have lost one bad value, and have another that is spoilt.
    Of the others it may be one in a record of which something is gone, without a key or with
    one at fault; and any, where a record that was read is nowhere in what was `seen` or left
    out: its key may have changed with it.
    """
    if not gone.nodes or not len(left_out):
        return None
    records = _GoneRecords(snapshot, left_out, gone, seen)
    known = reduce(and_, (_set_aside(snapshot, run) for run in gone.last))
    for one in left_out:
        if one.is_withheld:  # never was evidence
            continue
        place = trace(one)
        known[place] -= 1
        if records.is_less(one) if known[place] >= 0 else records.may_have(one):
            return one
    return None


def _set_aside(snapshot: Snapshot, run: NamedNode) -> Counter[bytes]:
    """Return how often a run set something aside at which places; none if it did not tell."""
    found = Counter[bytes]()
    for text in texts(snapshot, run, "setAside"):
        found.update(traces(text))
    return found


@dataclass
class _GoneRecords:
    """The keys of the records of which evidence is gone, and of all that stood beside it."""

    snapshot: Snapshot
    left_out: LeftOut
    gone: Gone
    seen: Set[NamedNode]
    keys: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    is_of_no_record: bool = False
    _less: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at all that is gone; what is said but once in a file may be of any record."""
        passages = set[NamedNode]()
        for node in self.gone.nodes:
            found = _keys(self.snapshot, node)
            self.keys |= found
            self.is_of_no_record |= not found
            passages |= values(self.snapshot, node, "passage")
        for passage in passages:
            for mate in subjects(self.snapshot, "passage", passage):
                self.beside |= _keys(self.snapshot, mate)

    def may_have(self, one: Quarantined) -> bool:
        """Return whether what was not taken may be what is gone."""
        is_there = one.key in self.keys or one.key in self.beside
        return one.is_anywhere or is_there or self._is_any_nowhere

    def is_less(self, one: Quarantined) -> bool:
        """Return whether of a column a record says fewer things with one word than it did."""
        place = one.key, one.column
        if one.key in self.keys and place not in self._less:
            self._less[place] = self._is_shorter(*place)
        return self._less.get(place, False)

    def _is_shorter(self, key: str, column: str) -> bool:
        found = self.snapshot.quads(None, term("recordKey"), Literal(key), DEFAULT)
        records = named(quad.subject for quad in found)
        nodes = {node for one in records for node in subjects(self.snapshot, "record", one)}
        told = {node for node in nodes if self._may_be_of(node, column)}
        now, gone = told & self.seen, told & self.gone.nodes
        kept = {node for node in now if self._was_read(node)}
        return bool(self._words(gone | kept) - self._words(now))

    def _may_be_of(self, node: NamedNode, column: str) -> bool:
        """Return whether evidence is of a column, or does not tell of which it is."""
        fields = {one.partition(":")[0] for one in texts(self.snapshot, node, "recordField")}
        return not fields or column in fields

    def _was_read(self, node: NamedNode) -> bool:
        return bool(values(self.snapshot, node, "prov:wasGeneratedBy") & self.gone.last)

    def _words(self, nodes: Set[NamedNode]) -> Counter[NamedNode]:
        claims = [one for node in nodes for one in values(self.snapshot, node, "claim")]
        return Counter(
            word for one in claims for word in values(self.snapshot, one, "rdf:predicate")
        )

    @cached_property
    def _is_any_nowhere(self) -> bool:
        if self.is_of_no_record:  # a sentence of a text
            return True
        there = {key for node in self.seen for key in _keys(self.snapshot, node)}
        return not self.keys <= there.union(one.key for one in self.left_out)


def _keys(snapshot: Snapshot, node: NamedNode) -> frozenset[str]:
    """Return the keys of the records in which evidence stands."""
    records = values(snapshot, node, "record")
    return frozenset(key for one in records for key in texts(snapshot, one, "recordKey"))
