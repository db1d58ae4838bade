"""What a newer version of a source has, and cannot be read: it does not count as taken out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.records import Quarantined
from onrecord.restated import keys, texts, unstated
from onrecord.standing import DEFAULT, named, subjects, values
from onrecord.store import Snapshot
from ontology import term
from ontology.identity import as_seen

# by its characters, by a hash of what it says, or by several of its cells
_MADE: Final = re.compile(r"char=\d+,\d+|[0-9a-f]{32}|.*\s.*", re.DOTALL)
# what STIX says of a thing it says field by field; a link is one whole
_BY_FIELD: Final = re.compile(r"(?!relationship-|sighting-|opinion-)[a-z0-9-]+--[0-9a-f-]{36}")
_ANY: Final = ""


def unread(
    snapshot: Snapshot,
    left_out: Iterable[Quarantined],
    missing: Set[NamedNode],
    seen: Set[NamedNode],
    earlier: Set[NamedNode],
) -> Quarantined | None:
    """Return the first thing not taken that may have been evidence which is now missing.

    That is a record, or a field of one, which said more in an earlier load than in what was
    `seen` now; and one whose key does not tell which of the earlier ones it is: none, a key at
    fault, or one that is made of what the record says. A value that no record keeps never was
    evidence.
    """
    may_be = (one for one in left_out if not one.is_withheld)
    first = next(may_be, None) if missing else None
    if first is None:
        return None
    had = _Had(snapshot, earlier)
    for node in unstated(snapshot, missing, seen):
        had.add(node)
    if not had.fields:
        return None
    return next((one for one in (first, *may_be) if had.may_have(one)), None)


@dataclass
class _Had:
    """From which fields evidence came that is gone, by the key of the record."""

    snapshot: Snapshot
    earlier: Set[NamedNode]
    fields: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _at: dict[NamedNode, set[str]] = field(default_factory=dict)

    def add(self, node: NamedNode) -> None:
        """Add evidence under each key by which a value may be quarantined that it is of."""
        found = keys(self.snapshot, node)
        for passage in values(self.snapshot, node, "passage"):
            found |= self._keys_at(passage)
        for key in found or {_ANY}:
            self.fields[_folded(key)].add(
                self._told(node) if _BY_FIELD.fullmatch(key) else _ANY
            )

    def may_have(self, one: Quarantined) -> bool:
        """Return whether what was not taken may be what is gone."""
        if not one.key:
            return True
        if fields := self.fields.get(_folded(one.key)):
            return bool(one.record) or _ANY in fields or one.column in fields
        is_made = one.key == one.value.strip() or _MADE.fullmatch(one.key)
        return bool(is_made) and not self._is_known(one.key)

    def _told(self, node: NamedNode) -> str:
        """Return the one field from which evidence came; any, where it is not one."""
        names = {text.partition(":")[0] for text in texts(self.snapshot, node, "recordField")}
        others = texts(self.snapshot, node, "recordReference")
        names |= {text.partition(" ")[0] for text in others}
        return names.pop() if len(names) == 1 else _ANY

    def _keys_at(self, passage: NamedNode) -> set[str]:
        """Return the keys of records there; what is said but once in a file stands in none."""
        if passage not in self._at:
            nodes = subjects(self.snapshot, "passage", passage)
            self._at[passage] = {key for one in nodes for key in keys(self.snapshot, one)}
        return self._at[passage]

    def _is_known(self, key: str) -> bool:
        """Return whether a record that said just the same was read before."""
        found = self.snapshot.quads(None, term("recordKey"), Literal(key), DEFAULT)
        records = named(quad.subject for quad in found)
        nodes = (node for one in records for node in subjects(self.snapshot, "record", one))
        return any(
            values(self.snapshot, node, "prov:wasGeneratedBy") & self.earlier for node in nodes
        )


def _folded(key: str) -> str:
    """Return a key without what a hand may change of it unseen."""
    return "".join(as_seen(key).split()).casefold()
