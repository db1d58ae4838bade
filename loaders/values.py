"""Values as case files spell them: `rec:page`, `xsd:gYear 2016`, a number, plain English."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord.errors import BadInput, UnknownWord
from ontology import PREFIXES, term
from ontology.flags import said
from ontology.identity import Term

_PREFIXES: Final = tuple(f"{prefix}:" for prefix in PREFIXES)
_ZONE: Final = r"(?:Z|[+-]\d\d:[0-5]\d)?"
_DAY: Final = r"\d{4}-\d\d-\d\d"
_ANY: Final = r"\d+"
_TIME: Final = r"\d\d:\d\d:\d\d(?:\.\d{1,9})?"

# what each datatype may look like (XML Schema 1.1, part 2); what is no time stands first
_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "xsd:string": r"(?s:.+)",
        "xsd:boolean": "true|false",
        "xsd:integer": r"[+-]?[0-9]+",
        "xsd:decimal": r"[+-]?[0-9]+(?:\.[0-9]+)?",
        "xsd:duration": f"P(?=.)(?:{_ANY}Y)?(?:{_ANY}M)?(?:{_ANY}D)?"
        f"(?:T(?=.)(?:{_ANY}H)?(?:{_ANY}M)?(?:{_ANY}S)?)?",
        "xsd:dateTime": f"{_DAY}T{_TIME}{_ZONE}",
        "xsd:date": _DAY,
        "xsd:gYearMonth": r"\d{4}-\d\d",
        "xsd:gYear": r"\d{4}",
        "xsd:gMonthDay": r"--\d\d-\d\d",
    }
)
_TIMES: Final = tuple(_FORMS)[5:]
# what programs write where they know no day: the first ones of Unix (the eve of it to the
# west), of databases and spreadsheets, and the last one
NO_END: Final = "9999-12-31"
NO_DAYS: Final = (
    "1970-01-01", "1969-12-31", "1900-01-01", "1899-12-31", "1899-12-30", "0001-01-01",
    NO_END,
)  # fmt: skip
_YEARS: Final = range(1900, 2200)  # others are of another calendar, or stand for none
FARTHEST: Final = timedelta(hours=14)  # that a zone is from UTC (the same, section 3.3.7)


def word(spelled: str, scheme: str = "") -> NamedNode:
    """Return a word of the vocabulary from its prefixed spelling; `rec:` may be left out.

    Raises UnknownWord when there is no such word, or when it is not one of the scheme.
    """
    try:
        found = term(spelled.removeprefix("rec:"))
    except ValueError as error:
        raise UnknownWord(f"{spelled!r} is not a word: {error}") from error
    if scheme and said("skos:inScheme").get(found) != term(scheme):
        raise UnknownWord(f"{spelled!r} is not a word of the scheme {scheme}")
    return found


def value(spelled: str) -> Term:
    """Return the term that a case file spells; raises BadInput for one that is malformed.

    >>> value("xsd:gMonthDay --04-01")
    <Literal value=--04-01 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gMonthDay>>
    >>> value("disappointing").language
    'en'
    """
    head, _, rest = spelled.partition(" ")
    if head.startswith("xsd:"):
        return _typed(rest, head)
    if not rest and head.startswith(_PREFIXES):
        return word(head)
    if re.fullmatch(_FORMS["xsd:integer"], spelled, re.ASCII):
        return _typed(spelled, "xsd:integer")
    return english(spelled)


def english(spelled: str) -> Literal:
    """Return a text of ours."""
    if not spelled.strip():
        raise BadInput("is empty")
    return Literal(spelled, language="en")


def number(spelled: str) -> Literal:
    """Return a number: whole, or with a point."""
    return _typed(spelled, "xsd:integer" if "." not in spelled else "xsd:decimal")


def moment(spelled: str) -> Literal:
    """Return a time as precise as it is spelled, with or without the name of its type.

    >>> moment("2019-04").datatype == term("xsd:gYearMonth")
    True
    """
    head, _, rest = spelled.partition(" ")
    return _typed(rest, head) if head in _TIMES else plain_moment(spelled)


def plain_moment(spelled: str) -> Literal:
    """Return a time as precise as it is spelled, as others than case files spell it."""
    for kind in _TIMES:
        if re.fullmatch(_FORMS[kind], spelled, re.ASCII):
            return _typed(spelled, kind)
    raise BadInput(f"{spelled!r} is not a time, such as 2019, 2019-04, 2019-04-01 or --04-01")


def likely(time: Literal) -> Literal:
    """Return a time that somebody may tell of the internet; raises BadInput for another one.

    >>> likely(moment("2031-04")).value, likely(moment("--04-01")).value
    ('2031-04', '--04-01')
    """
    refuse_unlikely(time.value)
    return time


def refuse_unlikely(spelled: str) -> None:
    """Raise BadInput for what is no time that somebody may tell of the internet."""
    if spelled.startswith(NO_DAYS):
        raise BadInput("is what programs write where they know no day")
    if spelled[0] != "-" and int(spelled[:4]) not in _YEARS:
        raise BadInput("has a year of another calendar, or one that stands for none")


def turned(first: str) -> str:
    """Return what is said of an end that is before the beginning in another field."""
    return f"is before {first}, and is told as it stands"


def is_before(one: Literal, other: Literal) -> bool:
    """Return whether a time is before another one, as far as both are told.

    >>> is_before(moment("2031-04"), moment("2031-05-01"))
    True
    >>> is_before(moment("2031-04"), moment("2031"))
    False

    A time with a zone is of one day there, and maybe of another one elsewhere.

    >>> is_before(moment("2031-04-01T23:00:00-05:00"), moment("2031-04-02"))
    False
    """
    if {one.datatype, other.datatype} == {term("xsd:dateTime")}:
        first, second = (datetime.fromisoformat(each.value) for each in (one, other))
        return (first.tzinfo is None) == (second.tzinfo is None) and first < second
    days = (max(_days(one.value)), min(_days(other.value)))
    told = min(map(len, days))
    return not any(day.startswith("-") for day in days) and days[0][:told] < days[1][:told]


def _days(time: str) -> set[str]:
    """Return the day of a time as it is spelled, and in UTC where it has a zone."""
    day, _, clock = time.partition("T")
    if not re.search(r"[+-]", clock):
        return {day}
    try:
        return {day, datetime.fromisoformat(time).astimezone(UTC).date().isoformat()}
    except OverflowError:  # at either end of the calendar
        return {day}


def unix_time(spelled: str) -> Literal | None:
    """Return the moment that a number of seconds since 1970 is; None where it is none."""
    if not re.fullmatch(r"0*[1-9]\d{0,10}", spelled, re.ASCII) or int(spelled) >= 2**33:
        return None
    told = datetime.fromtimestamp(int(spelled), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Literal(told, datatype=term("xsd:dateTime"))


def sha256_digits(spelled: str) -> str:
    """Return a SHA-256 hash in lower case."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", spelled):
        raise BadInput(f"{spelled!r} is not a SHA-256 hash, 64 hexadecimal digits")
    return spelled.lower()


def whole_number(spelled: str) -> int:
    """Return a number that counts something of which there is not that much."""
    if not re.fullmatch(r"[0-9]{1,15}", spelled):
        raise BadInput(f"{spelled!r} is not a whole number")
    return int(spelled)


def percent(spelled: str) -> Literal:
    """Return a number from 0 to 100."""
    if not re.fullmatch(r"[0-9]{1,2}|100", spelled):
        raise BadInput(f"{spelled!r} is not a whole number from 0 to 100")
    return Literal(int(spelled))


def day(spelled: str) -> str:
    """Return a full date."""
    return _typed(spelled, "xsd:date").value


def _typed(spelled: str, kind: str) -> Literal:
    if kind not in _FORMS:
        raise BadInput(f"{kind!r} is not a datatype that is known: {', '.join(_FORMS)}")
    if not re.fullmatch(_FORMS[kind], spelled, re.ASCII) or not _in_the_calendar(spelled, kind):
        raise BadInput(f"{spelled!r} is not of type {kind}")
    return Literal(spelled, datatype=term(kind))


def _in_the_calendar(spelled: str, kind: str) -> bool:
    try:
        match kind:
            case "xsd:dateTime":
                offset = datetime.fromisoformat(spelled).utcoffset()
                return offset is None or abs(offset) <= FARTHEST
            case "xsd:date":
                date.fromisoformat(spelled)
            case "xsd:gYearMonth":
                date.fromisoformat(f"{spelled}-01")
            case "xsd:gYear":
                return spelled != "0000"
            case "xsd:gMonthDay":
                date.fromisoformat(f"2000{spelled[1:]}")
    except ValueError:
        return False
    return True
