"""What a newer version of a source has, and cannot be read: it does not count as taken out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from pyoxigraph import Literal, NamedNode

from loaders.records import Quarantined
from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from ontology import term


def unread(
    snapshot: Snapshot,
    left_out: Iterable[Quarantined],
    missing: Set[NamedNode],
    seen: Set[NamedNode],
) -> Quarantined | None:
    """Return the first thing not taken that may have been evidence which is now missing.

    That is a record, or a field of one, which said more in an earlier load than in what was
    `seen` now; and whatever is not known by a key. A value that no record keeps never was
    evidence.
    """
    if not missing:
        return None
    had = _had(snapshot, _said_no_longer(snapshot, missing, seen))
    return next((one for one in left_out if _may_be(one, had)), None)


def _may_be(one: Quarantined, had: dict[str, set[str]]) -> bool:
    if one.is_withheld:
        return False
    if not one.key:
        return True
    is_whole = bool(one.record) or not _tells_fields(had)
    return one.key in had and (is_whole or one.column in had[one.key])


def _tells_fields(had: dict[str, set[str]]) -> bool:
    """Return whether the format is one that tells from which field evidence comes."""
    return any(had.values())


def _had(snapshot: Snapshot, missing: Set[NamedNode]) -> dict[str, set[str]]:
    """Return the fields from which missing evidence came by the key of the record."""
    found = defaultdict[str, set[str]](set)
    for node in missing:
        fields = set(_texts(snapshot, node, "recordField"))
        for quad in snapshot.quads(node, term("record"), None, DEFAULT):
            if isinstance(quad.object, NamedNode):
                for key in _texts(snapshot, quad.object, "recordKey"):
                    found[key] |= fields
    return found


def _said_no_longer(
    snapshot: Snapshot, missing: Set[NamedNode], seen: Set[NamedNode]
) -> set[NamedNode]:
    """Return what is missing and on whose claim nobody takes a stance in what was seen."""
    by_claim = defaultdict[NamedNode, set[NamedNode]](set)
    for node in missing:
        for quad in snapshot.quads(node, term("claim"), None, DEFAULT):
            if isinstance(quad.object, NamedNode):
                by_claim[quad.object].add(node)
    gone = set(missing)
    for claim, nodes in by_claim.items():  # once for each: one claim may stand in every record
        others = snapshot.quads(None, term("claim"), claim, DEFAULT)
        if any(quad.subject in seen for quad in others):
            gone -= nodes
    return gone


def _texts(snapshot: Snapshot, node: NamedNode, word: str) -> Iterator[str]:
    for quad in snapshot.quads(node, term(word), None, DEFAULT):
        if isinstance(quad.object, Literal):
            yield quad.object.value
