"""Checks evidence against `ontology/shapes.ttl` before it is stored.

A source has millions of records, and few forms of them: which properties, with which kinds of
values. What has the form of something that kept the rules keeps them, too, as it is written
alike; a test holds the one against the other.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from pyoxigraph import NamedNode

from loaders.evidence import Evidence, Written
from loaders.places import Line
from loaders.records import Attestation, Entry, Passage
from onrecord.errors import ShapeViolation
from onrecord.shapes import Rule, Values, refuse_broken, rules, rules_by_type
from ontology import term
from ontology.identity import spelled

_A: Final = str(term("rdf:type"))
_GENERATED: Final = str(term("prov:wasGeneratedBy"))
_RUN: Final = str(term("LoaderRun"))
_FORMS: Final = 10_000  # kept at once
_BOUND: Final = 2  # beyond what any rule asks of a number of characters
_NO_RULES: Final[tuple[tuple[Rule, ...], Mapping[str, tuple[Rule, ...]]]] = ((), {})
# the constraint components that go by more than the kind of a value
_VALUES: Final = frozenset({"in", "hasValue", "pattern", "minInclusive", "maxInclusive"})
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Gate:
    """Refuses what breaks a rule; `run` is the run that brings it."""

    def __init__(self, run: NamedNode) -> None:
        self._run = run
        self._kept: set[Hashable] = set()

    def check(self, record: Evidence, written: Written) -> None:
        """Raise ShapeViolation, naming nodes and rules, when what a record says breaks a shape.

        What is said of its place is known, and checked apart.
        """
        form = _form(record, written)
        if form is None or form not in self._kept:
            lines = [*written.own, f"<{written.node}> {_GENERATED} {self._run} ."]
            self._check(form, lines, [*written.placed, f"{self._run} {_A} {_RUN} ."])

    def check_place(self, place: Passage | Entry, lines: Sequence[Line]) -> None:
        """Raise ShapeViolation when what is said of a place breaks a shape."""
        form = _form_of_place(place)
        if form not in self._kept:
            self._check(form, lines, ())

    def _check(
        self, form: Hashable | None, lines: Sequence[Line], around: Sequence[Line]
    ) -> None:
        refuse_broken(_Batch(lines, around).broken())
        if len(self._kept) >= _FORMS:
            self._kept.clear()
        self._kept.add(form)


class _Batch:
    """What is said of some nodes."""

    def __init__(self, lines: Iterable[Line], around: Iterable[Line]) -> None:
        self._stars = _stars(lines)
        self._around = _stars(around)

    def has_type(self, node: str, kind: str) -> bool:
        """Return whether the batch, or what is around it, gives a node a type."""
        return any(
            kind in stars.get(node, {}).get(_A, ()) for stars in (self._stars, self._around)
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


def _stars(lines: Iterable[Line]) -> dict[str, dict[str, Values]]:
    """Return what is said of each node, by property."""
    stars: dict[str, dict[str, Values]] = {}
    for line in lines:
        node, path, value = line.removesuffix(" .").split(" ", 2)
        values = stars.setdefault(node, {}).setdefault(path, [])
        if value not in values:
            values.append(value)
    return stars


def _form(record: Evidence, written: Written) -> Hashable | None:
    """Return all of an attestation that the rules go by; None where that is not known."""
    if not isinstance(record, Attestation):
        return None
    _, _, value, qualifiers = written.spelled
    details = [(str(key), spelled(said)) for key, said in record.details]
    if len(set(details)) < len(details):
        return None
    by_value = _by_value()
    pairs = [*qualifiers, *details] if details else qualifiers
    return (
        record.stance.value,
        record.mode.value,
        record.depth,
        len(record.relays),
        isinstance(record.place, Entry),
        _kind(value),
        len(qualifiers),
        *[key for key, _ in pairs],
        *[said if key in by_value else _kind(said) for key, said in pairs],
    )


def _form_of_place(place: Passage | Entry) -> Hashable:
    passage = place.passage
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


def _kind(value: str) -> str:
    """Return the datatype or language of a spelled literal as it stands at its end."""
    if value[0] == "<":
        return ""
    if value[0] == '"':
        return value[value.rindex('"') :]
    raise ShapeViolation(f"{value}: neither an IRI nor a literal")


@cache
def _by_value() -> frozenset[str]:
    """Return the properties of which a rule goes by the value itself, or by its spelling."""
    return frozenset(rule.path for rule in rules() if rule.looks & _VALUES)
