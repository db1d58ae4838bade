"""Numbers as reports write them: in figures or words, with what they hedge them with."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from ontology import term

_COMPARATORS: Final = {
    "": "exact",
    "about": "approximately", "around": "approximately", "approximately": "approximately",
    "roughly": "approximately", "some": "approximately", "nearly": "approximately",
    "almost": "approximately", "close to": "approximately", "an estimated": "approximately",
    "approx.": "approximately", "approx": "approximately", "circa": "approximately",
    "ca.": "approximately", "~": "approximately", "≈": "approximately",
    "more than": "moreThan", "over": "moreThan", "upwards of": "moreThan", ">": "moreThan",
    "in excess of": "moreThan", "greater than": "moreThan",
    "at least": "atLeast", "≥": "atLeast", ">=": "atLeast", "a minimum of": "atLeast",
    "no fewer than": "atLeast", "no less than": "atLeast", "not fewer than": "atLeast",
    "not less than": "atLeast",
    "less than": "lessThan", "fewer than": "lessThan", "under": "lessThan", "<": "lessThan",
    "up to": "atMost", "at most": "atMost", "no more than": "atMost", "≤": "atMost",
    "<=": "atMost", "as many as": "atMost", "a maximum of": "atMost",
    "not more than": "atMost",
}  # fmt: skip
_SCALES: Final = {
    "": 1,
    "hundred": 100,
    "k": 1_000,
    "thousand": 1_000,
    "m": 10**6,
    "million": 10**6,
    "billion": 10**9,
}
_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED: Final = {
    **{word: value for value, word in enumerate((*_UNITS, *_TEENS), 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten} {one}": 10 * tens + units
        for tens, ten in enumerate(_TENS, 2)
        for units, one in enumerate(_UNITS, 1)
    },
}

_MOST: Final = 15  # digits of a number that counts something
HEDGE: Final = "|".join(
    sorted(map(re.escape, filter(None, _COMPARATORS)), key=len, reverse=True)
)
FIGURES: Final = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
# numbers in words, the longest first: "twenty-one" before "twenty"
SPELLED: Final = "|".join(
    word.replace(" ", r"[\s-]") for word in sorted(_SPELLED, key=len, reverse=True)
)
SCALE: Final = r"(?P<scale>k|m|hundred|thousand|million|billion)?"
_ALONE: Final = re.compile(
    rf"(?:(?P<hedge>{HEDGE})\s*)?(?P<number>{FIGURES})\s*{SCALE}", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands alone, and the comparator before it; none where nothing is.

    `is_shortened` tells that it is written like `1.2K`, of which the last figures are lost.
    """

    value: Decimal
    comparator: NamedNode | None
    is_shortened: bool = False

    @property
    def whole(self) -> Literal | None:
        """Return the number as one that counts; None where it has a fraction."""
        is_whole = self.value == self.value.to_integral_value()
        return Literal(int(self.value)) if is_whole else None

    @property
    def bare(self) -> NamedNode:
        """Return the comparator that it has where nobody tells one."""
        return term("approximately" if self.is_shortened else "exact")

    @property
    def decimal(self) -> Literal:
        """Return the number as a decimal."""
        return as_decimal(self.value)


def number(text: str) -> Number | None:
    """Return the number that a text is; None where it is anything else, or says more.

    A point before three digits may set thousands apart or not, so that it is no number either.

    >>> number("more than 1.5 million").whole.value
    '1500000'
    >>> number("20 or so") is None
    True
    """
    found = _ALONE.fullmatch(text.strip())
    if not found or is_ambiguous(found):
        return None
    told = comparator_of(found) if found["hedge"] else None
    return Number(value_of(found), told, bool(found["scale"]))


def comparator(words: str) -> NamedNode | None:
    """Return the comparator that some words are, as reports or the vocabulary have it."""
    folded = re.sub(r"\s+", " ", words.strip()).casefold()
    known = {name.casefold(): name for name in (*_COMPARATORS.values(), "exact")}
    name = _COMPARATORS.get(folded) if folded else None
    name = name or known.get(folded) or {"exactly": "exact"}.get(folded)
    return term(name) if name else None


def comparator_of(found: re.Match[str]) -> NamedNode:
    """Return the comparator that a match has as its hedge; `1.2K` alone is about that."""
    hedge = re.sub(r"\s+", " ", found["hedge"] or "").casefold()
    return term(_COMPARATORS[hedge] if hedge or not found["scale"] else "approximately")


def is_ambiguous(found: re.Match[str]) -> bool:
    """Return whether the number of a match has a point that may set thousands apart.

    One with more digits than any count has is no number either: to reckon with it would lose
    some of them.
    """
    digits = re.sub(r"\D", "", found["number"])
    return len(digits) > _MOST or re.search(r"\.\d{3}$", found["number"]) is not None


def value_of(found: re.Match[str]) -> Decimal:
    """Return the number of a match, in figures or words, times its scale."""
    told = re.sub(r"[\s-]+", " ", found["number"]).casefold()
    if told == "no":
        return Decimal(0)
    value = _SPELLED[told] if told in _SPELLED else Decimal(told.replace(",", ""))
    return value * Decimal(_SCALES[(found["scale"] or "").casefold()])


def as_decimal(value: Decimal) -> Literal:
    """Return a number as a decimal, in plain figures."""
    number = f"{value:f}"
    plain = number.rstrip("0").rstrip(".") if "." in number else number
    return Literal(plain, datatype=term("xsd:decimal"))
