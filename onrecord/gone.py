"""Finds the evidence of earlier runs over a source that its newest version no longer has."""

from collections.abc import Set
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode

from onrecord.holds import Holds
from onrecord.standing import ending, is_evidence, stands, subjects
from onrecord.store import Snapshot


@dataclass(frozen=True, slots=True)
class Gone:
    """Evidence that is in no newer version: of its source alone, and of others as well.

    `last` has the runs, each of which was the last one to read some of it.
    """

    alone: set[NamedNode]
    shared: set[NamedNode]
    last: set[NamedNode]

    @property
    def nodes(self) -> set[NamedNode]:
        """Return all of it."""
        return self.alone | self.shared

    @classmethod
    def of(cls, snapshot: Snapshot, earlier: Set[NamedNode], seen: Set[NamedNode]) -> "Gone":
        """Return what the earlier runs over a source brought that was not seen since."""
        brought = {
            node
            for run in earlier
            for node in subjects(snapshot, "prov:wasGeneratedBy", run) - seen
            if is_evidence(snapshot, node) and stands(snapshot, node)
        }
        known = Holds(snapshot)  # not the one of the run: others may have ended since
        runs = {node: known.runs(node) for node in brought}
        ours = {node for node in brought if runs[node] & earlier}
        alone = {node for node in ours if runs[node] <= earlier}
        holding = {frozenset(runs[node] & earlier) for node in ours}
        last = {max(some, key=partial(ending, snapshot)) for some in holding}
        return cls(alone, ours - alone, last)
