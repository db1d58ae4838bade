"""Whether two values of one slot exclude each other, their comparators considered."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.view import View
from ontology import term
from ontology.identity import Term

_INFINITE: Final = Decimal("Infinity")
_ROUNDING: Final = Decimal("0.1")  # "about 300" says anything from 270 to 330


def exclude(view: View, claim: NamedNode, other: NamedNode) -> bool:
    """Return whether the values of two claims cannot both hold.

    Numbers exclude each other when the ranges that their comparators leave do not meet;
    other values when they differ.
    """
    values = [
        view.canonical(view.terms(node, term("rdf:object"))[0]) for node in (claim, other)
    ]
    ranges = [_range(view, claim), _range(view, other)]
    if ranges[0] is None or ranges[1] is None:
        return values[0] != values[1]
    (low, high, least, most), (low2, high2, least2, most2) = ranges[0], ranges[1]
    if high < low2 or high2 < low:
        return True
    return (high == low2 and not (most and least2)) or (high2 == low and not (most2 and least))


def is_exact(view: View, claim: NamedNode) -> bool:
    """Return whether a claim gives its value as it is; "more than 20" is not 20."""
    return gives_its_value(view.terms(claim, term("comparator")))


def gives_its_value(comparators: Sequence[Term]) -> bool:
    """Return whether a value with these comparators is meant as it is."""
    return not comparators or list(comparators) == [term("exact")]


_Range = tuple[Decimal, Decimal, bool, bool]


def _range(view: View, claim: NamedNode) -> _Range | None:
    """Return lowest, highest, and whether each of them is included."""
    number = _number(view.terms(claim, term("rdf:object"))[0].value)
    if number is None:
        return None
    comparator = next(iter(view.terms(claim, term("comparator"))), term("exact"))
    slack = abs(number) * _ROUNDING
    ranges: dict[NamedNode, _Range] = {
        term("exact"): (number, number, True, True),
        term("approximately"): (number - slack, number + slack, True, True),
        term("moreThan"): (number, _INFINITE, False, False),
        term("atLeast"): (number, _INFINITE, True, False),
        term("lessThan"): (-_INFINITE, number, False, False),
        term("atMost"): (-_INFINITE, number, False, True),
    }
    return ranges.get(comparator) if isinstance(comparator, NamedNode) else None


def _number(spelled: str) -> Decimal | None:
    try:
        number = Decimal(spelled)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
