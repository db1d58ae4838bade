"""Dates as tables spell them, in forms that are declared; none is guessed."""

import re
from datetime import datetime
from typing import Final

from pyoxigraph import Literal

from loaders.cells import american_moment
from loaders.values import likely, plain_moment
from onrecord.errors import BadInput
from ontology import term

_DIRECTIVES: Final = re.compile(r"%(.)", re.DOTALL)
_KNOWN: Final = frozenset("dmYyBbHIMSpzaA%")
# what is one date only, whoever reads it
_IN_WORDS: Final = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %Y", "%b %Y")
_MONTH: Final = re.compile(r"[A-Za-z]{3}")
_YEAR_FIRST: Final = re.compile(r"\d{4}-\d\d-\d\d.+")
_LOWER: Final = re.compile(r"(?<=\d)[tz](?=\d|\Z)")  # as ISO 8601 lets them be written


def date_form(spelled: str) -> str:
    """Return a form of dates in the directives of strptime (C99), such as `%d.%m.%Y`.

    Raises BadInput for a directive that is not taken, for one that would be read without a
    word it needs, and for a form without a year or a day.
    """
    parts = set(_DIRECTIVES.findall(spelled))
    if unknown := sorted(parts - _KNOWN):
        raise BadInput(f"%{unknown[0]} is none of %{', %'.join(sorted(_KNOWN))}")
    if "p" in parts and "H" in parts:
        raise BadInput("%p, the half of the day, needs %I, an hour from 1 to 12, and not %H")
    if "I" in parts and "p" not in parts:
        raise BadInput("%I, an hour from 1 to 12, needs %p, the half of the day; else use %H")
    if lost := sorted(parts & set("MSz")) if not parts & set("HI") else []:
        raise BadInput(f"%{lost[0]} needs an hour (%H); a month is %m")
    if not any(_type_of(spelled)):
        raise BadInput(
            f"{spelled!r} tells neither a year nor a day of a month, such as %d.%m.%Y"
        )
    return spelled


def recent(spelled: str) -> Literal:
    """Return a time that somebody may tell of the internet, as precise as it is spelled.

    Raises BadInput for another one, with the reason alone.

    >>> recent("2031-04").value, recent("1 Apr 2031").value, recent("April 2031").value
    ('2031-04', '2031-04-01', '2031-04')
    """
    try:
        found = dated(spelled, _IN_WORDS if _MONTH.search(spelled) else ())
    except BadInput as error:
        raise BadInput("is no time such as 2031, 2031-04 or 2031-04-01") from error
    return likely(found)


def dated(text: str, forms: tuple[str, ...]) -> Literal:
    """Return a date or time as precise as its form; without forms, year first.

    Raises BadInput for what is no date of a form, and for what is another one by another form.

    >>> dated("4.2031", ("%m.%Y",)).value
    '2031-04'
    """
    if not forms:
        spelled = _LOWER.sub(lambda found: found[0].upper(), text)
        is_day = _YEAR_FIRST.fullmatch(spelled)
        return american_moment(spelled).literal if is_day else plain_moment(spelled)
    read = dict.fromkeys(found for form in forms if (found := _read(text, form)))
    if not read:
        raise BadInput(f"is no date of the form {' or '.join(forms)}")
    if len(read) > 1:
        told = ", ".join(found.value for found in read)
        raise BadInput(f"is another date by each of the forms that it fits: {told}")
    return next(iter(read))


def _read(text: str, form: str) -> Literal | None:
    try:
        found = datetime.strptime(text, form)
    except ValueError:
        return None
    kind, written = _type_of(form)
    spelled = found.strftime(written) if found.year >= 1000 else ""
    if kind == "xsd:dateTime":
        spelled = found.isoformat()
    return Literal(spelled, datatype=term(kind)) if spelled else None


def _type_of(form: str) -> tuple[str, str]:
    """Return the datatype of a form and how its values are written; nothing if it has none."""
    parts = set(_DIRECTIVES.findall(form))
    year, month = bool(parts & {"Y", "y"}), bool(parts & {"m", "B", "b"})
    day, hour = "d" in parts, bool(parts & {"H", "I"})
    match year, month, day, hour:
        case True, True, True, True:
            return "xsd:dateTime", ""
        case True, True, True, False:
            return "xsd:date", "%Y-%m-%d"
        case True, True, False, False:
            return "xsd:gYearMonth", "%Y-%m"
        case True, False, False, False:
            return "xsd:gYear", "%Y"
        case False, True, True, False:
            return "xsd:gMonthDay", "--%m-%d"
    return ("", "")
