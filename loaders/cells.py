"""Cells as spreadsheets and exports spell them: dates, counts, ids, lists."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pyoxigraph import Literal

from loaders.values import FARTHEST, moment
from onrecord.errors import BadInput
from ontology import term

FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DATE_TIME: Final = term("xsd:dateTime")
_AMERICAN: Final = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?"
)
_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?)?(Z|[+-]\d\d:?\d\d)?"
)
# digits that were rounded and then written out end in zeros: no id is that round by chance
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d+\.0+|[1-9]\d{0,5}0{10,}")
# a program that knew only numbers with fractions wrote `.0` behind whole ones
_DIGITS: Final = 15
_COUNT: Final = re.compile(
    rf"(\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}}){{1,4}}|\d{{1,{_DIGITS}}})(?:\.0)?"
)


def american_moment(cell: str) -> Literal:
    """Return a date or time written year first, or month/day/year; no zone where none is told.

    A time to the minute gets no seconds of its own: XML Schema needs some, so they are zero.
    Raises BadInput for what is neither, and for a day that no calendar has.

    >>> american_moment("7/17/2019").value
    '2019-07-17'
    """
    found = (_AMERICAN if "/" in cell else _ISO).fullmatch(cell)
    if not found:
        raise BadInput("is no date such as 2019-07-17 or 7/17/2019")
    if "/" not in cell:
        day, hour, minute, second, zone = found.groups()
    else:
        month, of_month, year, hour, minute, second = found.groups()
        if len(year) == 2:
            raise BadInput("has a year of two digits")
        if int(month) > 12:
            raise BadInput("has a month beyond 12: it is read as month/day/year")
        day, zone = f"{year}-{int(month):02}-{int(of_month):02}", None
    if hour is None:
        return moment(day)
    zone = zone if zone in (None, "Z") or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    spelled = f"{day}T{int(hour):02}:{minute}:{second or '00'}{zone or ''}"
    try:
        offset = datetime.fromisoformat(spelled).utcoffset()
    except ValueError as error:
        raise BadInput("is no time of any day") from error
    if offset and abs(offset) > FARTHEST:
        raise BadInput("has a zone that is nowhere")
    return Literal(spelled, datatype=_DATE_TIME)


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
    return not (cell.isdigit() and cell[-1] != "0") and bool(_ROUNDED.fullmatch(cell))


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
