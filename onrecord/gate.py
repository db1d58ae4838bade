"""The rules of `ontology/shapes.ttl`, held against what is loaded before any of it is stored.

A source has millions of records, and few forms of them: which properties, with which kinds of
values. What has the form of something that kept the rules keeps them, too, as it is written
alike; a test holds the one against the other.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode
from rdflib.namespace import SH

from loaders.evidence import Evidence
from loaders.places import Statement
from loaders.records import Attestation, Entry, Passage
from onrecord.errors import ShapeViolation
from onrecord.shapes import Rule, Values, refuse_broken, rules, rules_by_type
from ontology import term
from ontology.identity import Term

Types = Mapping[str, Sequence[str]]
"""Nodes whose types are known already."""

_A: Final = str(term("rdf:type"))
_FORMS: Final = 10_000  # kept at once
_BOUND: Final = 2  # beyond what any rule asks of a number of characters
_NO_RULES: Final[tuple[tuple[Rule, ...], Mapping[str, tuple[Rule, ...]]]] = ((), {})
# the constraint components that go by more than the kind of a value
_VALUES: Final = frozenset(
    {SH["in"], SH.hasValue, SH.pattern, SH.minInclusive, SH.maxInclusive}
)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Gate:
    """Refuses what breaks a rule."""

    def __init__(self) -> None:
        self._kept: set[Hashable] = set()

    def check(self, record: Evidence, statements: Sequence[Statement], known: Types) -> None:
        """Raise ShapeViolation, naming nodes and rules, when what a record says breaks a shape.

        `known` has the types of nodes of which it speaks.
        """
        self._check(_form(record), statements, known)

    def check_place(self, place: Passage | Entry, statements: Sequence[Statement]) -> None:
        """Raise ShapeViolation when what is said of a place breaks a shape."""
        self._check(_form_of_place(place), statements, {})

    def _check(
        self, form: Hashable | None, statements: Sequence[Statement], known: Types
    ) -> None:
        if form is None or form not in self._kept:
            refuse_broken(_Batch(statements, known).broken())
            if len(self._kept) >= _FORMS:
                self._kept.clear()
            self._kept.add(form)


class _Batch:
    """What is said of some nodes."""

    def __init__(self, statements: Iterable[Statement], known: Types) -> None:
        self._known = known
        self._stars: dict[str, dict[str, Values]] = {}
        for node, path, value in statements:
            values = self._stars.setdefault(node, {}).setdefault(path, [])
            if value not in values:
                values.append(value)

    def has_type(self, node: str, kind: str) -> bool:
        """Return whether the batch gives a node a type."""
        return kind in self._known.get(node, ()) or kind in self._stars.get(node, {}).get(
            _A, ()
        )

    def broken(self) -> Iterator[tuple[str, str]]:
        """Yield each node that breaks a rule, with the rule in words."""
        for node, star in self._stars.items():
            for kind in star.get(_A, ()):
                required, by_path = rules_by_type().get(kind, _NO_RULES)
                for rule in required:
                    if rule.path not in star:
                        yield node, rule.message
                for path in by_path.keys() & star.keys():
                    for rule in by_path[path]:
                        if not rule.is_kept(self, star[path]):
                            yield node, rule.message


def _form(record: Evidence) -> Hashable | None:
    """Return all of an attestation that the rules go by; None where that is not known."""
    if not isinstance(record, Attestation):
        return None
    claim, details = record.claim, record.details
    pairs = (*claim.qualifiers, *details)
    if len(set(claim.qualifiers)) + len(set(details)) < len(pairs):
        return None
    return (
        record.stance,
        record.mode,
        record.depth,
        len(record.relays),
        isinstance(record.place, Entry),
        _kind(claim.object),
        len(claim.qualifiers),
        *[(key, _look(key, value)) for key, value in pairs],
    )


def _form_of_place(place: Passage | Entry) -> Hashable:
    passage = place.passage if isinstance(place, Entry) else place
    return (
        isinstance(place, Entry),
        min(passage.start, _BOUND),
        min(passage.end, _BOUND),
        passage.sha256 and bool(_SHA256.fullmatch(passage.sha256)),
        *[
            (part.kind, min(part.start, _BOUND), min(part.end, _BOUND))
            for part in passage.parts
        ],
    )


def _look(key: NamedNode, value: Term) -> Hashable:
    """Return what of a value the rules of its property go by."""
    return value if key in _by_value() else _kind(value)


def _kind(value: Term) -> Hashable:
    if isinstance(value, NamedNode):
        return None
    if isinstance(value, Literal):
        return value.language or value.datatype
    raise ShapeViolation(f"{value}: neither an IRI nor a literal")


@cache
def _by_value() -> frozenset[NamedNode]:
    """Return the properties of which a rule goes by the value itself, or by its spelling."""
    found = (rule.path for rule in rules() if rule.looks & _VALUES)
    return frozenset(NamedNode(path[1:-1]) for path in found)
