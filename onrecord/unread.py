"""What a newer version of a source has, and cannot be read: it does not count as taken out."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_

from pyoxigraph import Literal, NamedNode

from loaders.records import Quarantined
from onrecord.gone import Gone
from onrecord.left_out import LeftOut, trace, traces
from onrecord.standing import DEFAULT, subjects, values
from onrecord.store import Snapshot
from ontology import term


def unread(
    snapshot: Snapshot,
    left_out: LeftOut,
    gone: Gone,
    seen: Set[NamedNode],
) -> Quarantined | None:
    """Return the first thing not taken that may be evidence which is now gone.

    It is none that the runs set aside, too, which read such evidence last. Of the others it
    may be one in a record of which something is gone, without a key or with one at fault; and
    any, where a record that was read is nowhere in what was `seen` or left out: its key may
    have changed with it.
    """
    if not gone.nodes:
        return None
    new = _newly(snapshot, left_out, gone.last)
    first = next(new, None)
    if first is None:
        return None
    had = _Had(snapshot, left_out, seen)
    for node in gone.nodes:
        had.add(node)
    return next((one for one in (first, *new) if had.may_have(one)), None)


def _newly(
    snapshot: Snapshot, left_out: LeftOut, runs: Set[NamedNode]
) -> Iterator[Quarantined]:
    """Yield what was left out more often, at its place in the source, than each run did.

    A value that no record keeps never was evidence.
    """
    known = reduce(and_, (_set_aside(snapshot, run) for run in runs))
    for one in left_out:
        if one.is_withheld:
            continue
        place = trace(one)
        if known[place]:
            known[place] -= 1
        else:
            yield one


def _set_aside(snapshot: Snapshot, run: NamedNode) -> Counter[bytes]:
    """Return how often a run set something aside at which places; none if it did not tell."""
    found = Counter[bytes]()
    for text in _texts(snapshot, run, "setAside"):
        found.update(traces(text))
    return found


@dataclass
class _Had:
    """The keys of the records of which evidence is gone, and of all that stood beside it."""

    snapshot: Snapshot
    left_out: LeftOut
    seen: Set[NamedNode]
    keys: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    is_of_no_record: bool = False
    _passages: set[NamedNode] = field(default_factory=set)

    def add(self, node: NamedNode) -> None:
        """Add evidence; what is said but once in a file may be of any record in its place."""
        found = _keys(self.snapshot, node)
        self.keys |= found
        self.is_of_no_record |= not found
        for passage in values(self.snapshot, node, "passage") - self._passages:
            self._passages.add(passage)
            for mate in subjects(self.snapshot, "passage", passage):
                self.beside |= _keys(self.snapshot, mate)

    def may_have(self, one: Quarantined) -> bool:
        """Return whether what was not taken may be what is gone."""
        if one.key in ("", one.value.strip()):  # it has none, or one that is at fault itself
            return True
        return one.key in self.keys or one.key in self.beside or self._is_any_nowhere

    @cached_property
    def _is_any_nowhere(self) -> bool:
        if self.is_of_no_record:  # a sentence of a text
            return True
        there = {key for node in self.seen for key in _keys(self.snapshot, node)}
        return not self.keys <= there.union(one.key for one in self.left_out)


def _keys(snapshot: Snapshot, node: NamedNode) -> frozenset[str]:
    """Return the keys of the records in which evidence stands."""
    records = values(snapshot, node, "record")
    return frozenset(key for one in records for key in _texts(snapshot, one, "recordKey"))


def _texts(snapshot: Snapshot, node: NamedNode, word: str) -> Iterator[str]:
    for quad in snapshot.quads(node, term(word), None, DEFAULT):
        if isinstance(quad.object, Literal):
            yield quad.object.value
