"""How much the record holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from onrecord.store import Snapshot
from ontology import PREFIXES

_FOLDER: Final = Path(__file__).parent
_COUNTS: Final = (_FOLDER / "counts.rq").read_text(encoding="utf-8")
_CASES: Final = (_FOLDER / "cases.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the record holds: numbers by word of the vocabulary, and its cases."""

    numbers: Mapping[str, int]
    cases: Mapping[str, str]


def holdings(snapshot: Snapshot) -> Holdings:
    """Return what a generation holds."""
    numbers = {
        what.removeprefix(PREFIXES["rec"]): int(number)
        for what, number in _pairs(snapshot, _COUNTS)
    }
    return Holdings(numbers, dict(_pairs(snapshot, _CASES)))


def _pairs(snapshot: Snapshot, sparql: str) -> list[tuple[str, str]]:
    results = snapshot.query(sparql)
    assert isinstance(results, QuerySolutions)
    return [(_value(solution[0]), _value(solution[1])) for solution in results]


def _value(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value
