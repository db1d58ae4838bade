"""Cells as spreadsheets and exports spell them: dates, counts, ids, lists."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import Literal

from loaders.values import FARTHEST
from onrecord.errors import BadInput
from ontology import term

FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DATE: Final = term("xsd:date")
_DATE_TIME: Final = term("xsd:dateTime")
_OF_DATE_TIME: Final = f'"^^{_DATE_TIME}'
_NO_DATE: Final = "is no date such as 2019-07-17 or 7/17/2019"
_YEAR_FIRST: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_CLOCK: Final = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?(?:(Z)|([+-]\d\d):?([0-5]\d))?"
)
_ZONE: Final = re.compile(r"(?<=-\d\d)(?:Z|[+-]\d\d:?\d\d)\Z")
# digits that were rounded and then written out end in zeros: no id is that round by chance
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d+\.0+|[1-9]\d{0,5}0{10,}")
# a program that knew only numbers with fractions wrote `.0` behind whole ones
_DIGITS: Final = 15
_COUNT: Final = re.compile(
    rf"(\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}}){{1,4}}|\d{{1,{_DIGITS}}})(?:\.0)?"
)


class Moment(NamedTuple):
    """A day, and a time of it where one is told, as XML Schema spells them."""

    day: str
    time: str = ""

    @property
    def literal(self) -> Literal:
        """Return it as a term."""
        if self.time:
            return Literal(f"{self.day}T{self.time}", datatype=_DATE_TIME)
        return Literal(self.day, datatype=_DATE)

    def spelled(self) -> str:
        """Return the term as N-Triples spells it, and the record keeps it."""
        return f'"{self.day}T{self.time}{_OF_DATE_TIME}' if self.time else str(self.literal)


def american_moment(cell: str) -> Moment:
    """Return a date or time written year first, or month/day/year; no zone where none is told.

    A time to the minute gets no seconds of its own: XML Schema needs some, so they are zero.
    Raises BadInput for what is neither, and for a day that no calendar has.

    >>> american_moment("7/17/2019 9:05")
    Moment(day='2019-07-17', time='09:05:00')
    """
    day, sign, clock = cell.partition(" " if " " in cell else "T")
    # days come again, and so do times of the day, but hardly both together
    return Moment(_day(day), _time(clock)) if sign else Moment(_day(_ZONE.sub("", cell)))


@lru_cache(10_000)
def _day(spelled: str) -> str:
    day = spelled
    if found := _MONTH_FIRST.fullmatch(spelled):
        month, of_month, year = found.groups()
        if len(year) == 2:
            raise BadInput("has a year of two digits")
        if int(month) > 12:
            raise BadInput("has a month beyond 12: it is read as month/day/year")
        day = f"{year}-{int(month):02}-{int(of_month):02}"
    elif not _YEAR_FIRST.fullmatch(spelled):
        raise BadInput(_NO_DATE)
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise BadInput("is no day of any month") from error
    return day


@lru_cache(10_000)
def _time(spelled: str) -> str:
    found = _CLOCK.fullmatch(spelled)
    if not found:
        raise BadInput(_NO_DATE)
    hour, minute, second, utc, *zone = found.groups("")
    told = f"{int(hour):02}:{minute}:{second or '00'}{utc or ':'.join(zone).strip(':')}"
    try:
        offset = time.fromisoformat(told).utcoffset()
    except ValueError as error:
        raise BadInput("is no time of any day") from error
    if offset and abs(offset) > FARTHEST:
        raise BadInput("has a zone that is nowhere")
    return told


def count(cell: str) -> Literal:
    """Return a whole number as `whole` reads it."""
    return Literal(whole(cell))


def whole(cell: str) -> int:
    """Return a whole number, its thousands set apart or not; raises BadInput for anything else.

    >>> whole("12,500"), whole("2.0")
    (12500, 2)
    """
    if cell.isdecimal() and len(cell) <= _DIGITS:  # mostly so, and quicker
        return int(cell)
    found = _COUNT.fullmatch(cell)
    if not found:
        raise BadInput("is no whole number")
    return int(re.sub(r"\D", "", found[1]))


def is_rounded(cell: str) -> bool:
    """Return whether a spreadsheet took an id for a number, and lost digits of it.

    >>> is_rounded("9.06E+17"), is_rounded("906000000000000000"), is_rounded("1190000")
    (True, True, False)
    """
    # most ids are digits of which the last few are no zeros
    return not (cell.isdigit() and cell[-1] != "0") and _is_spelled_rounded(cell)


@lru_cache(10_000)
def _is_spelled_rounded(cell: str) -> bool:
    return bool(_ROUNDED.fullmatch(cell))


def listed(cell: str) -> list[str]:
    """Return the members of a list as exports spell it: in brackets, with or without quotes.

    >>> listed("['one', \\"two\\", three]")
    ['one', 'two', 'three']
    """
    return _bare(_inner(cell).split(","))


_BETWEEN_ADDRESSES: Final = re.compile(r",\s+|(?<=['\"]),|,(?=['\"]?[a-z]+://)")


def listed_addresses(cell: str) -> list[str]:
    """Return the members of a list of web addresses, in which commas may stand.

    >>> listed_addresses("['http://one.example/a,b', 'http://two.example/']")
    ['http://one.example/a,b', 'http://two.example/']
    """
    inner = _inner(cell)
    return _bare(_BETWEEN_ADDRESSES.split(inner) if "," in inner else (inner,))


def _inner(cell: str) -> str:
    return cell.strip().removeprefix("[").removesuffix("]")


def _bare(parts: Iterable[str]) -> list[str]:
    return [part.strip().strip("'\"").strip() for part in parts if part.strip(" '\"")]
