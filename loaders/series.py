"""Series: a table of our own, one row for each observation of a hashtag, account or site.

Source   CSV in the form that `onrecord template series` writes
Licence  as whoever keeps the table has it
Yields   counts, ranks and directions at a time, with comparator, platform and region

A time has the zone that is stated, and none where none is: an offset stands on the time, a zone
by name beside it. Observations do not make a series unless they are of one kind.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import forms, indicators
from loaders.cells import FLAGS
from loaders.form_row import Form
from loaders.given import Given
from loaders.indicators import Indicator
from loaders.names_in_cells import MAYBE_NO_HANDLE, is_no_handle, parts, places_in
from loaders.no_names import FORMULA_FAILED, is_failed
from loaders.records import Details, Record
from loaders.source import source
from loaders.streams import by_content
from loaders.table import Row
from loaders.values import is_before, likely
from loaders.voice import Voice
from ontology import term

__all__ = ["NAME", "TEMPLATE", "load", "recognise", "source"]

NAME: Final = "series"
COLUMNS: Final = (
    "publisher", "subject", "platform", "metric", "value", "value_comparator", "time", "from",
    "to", "time_zone", "region", "cumulative", "stated_as", "said_by", "said_on", "source_url",
    "note",
)  # fmt: skip
_TELLING: Final = ("subject", "metric", "value", "time", "time_zone")
# metric: predicate, and whether the metric's name says more than the predicate
_METRICS: Final = {
    "tweets": ("tweetCount", False),
    "tweet increase": ("tweetIncrease", False),
    "posts": ("postCount", False),
    "rank": ("trendRank", False),
    "direction": ("trendDirection", False),
    "followers": ("followerCount", False),
    "following": ("followingCount", False),
    "members": ("memberCount", False),
    "views": ("viewCount", False),
    "articles": ("articleCount", False),
    "engagement": ("engagementCount", False),
    "comments": ("engagementCount", True),
    "likes": ("engagementCount", True),
    "reactions": ("engagementCount", True),
    "shares": ("engagementCount", True),
}
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
# by the areas of the IANA database, which no release changes
_ZONE: Final = re.compile(
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe"
    r"|Etc|Indian|Mexico|Pacific|US)"
    r"(?:/[A-Za-z][A-Za-z0-9_+-]*){1,2}"
)
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(.*)")
_TIMES: Final = (("time", "atTime"), ("from", "validFrom"), ("to", "validTo"))

TEMPLATE: Final = forms.template(
    COLUMNS,
    {
        "publisher": "Harbour Observatory",
        "subject": "#SampleHarbour",
        "platform": "Twitter",
        "metric": "tweets",
        "value": "more than 12,500",
        "time": "2031-04-02T15:30:00",
        "time_zone": "+05:00",
        "region": "Iceland",
        "cumulative": "true",
        "source_url": "https://observatory.example/trend",
    },
    {
        "publisher": "Harbour Observatory",
        "subject": "#SampleHarbour",
        "platform": "Twitter",
        "metric": "rank",
        "value": "3",
        "time": "2031-04-02T15:30:00",
        "region": "Iceland",
        "said_by": "Trend Counter",
    },
)

_OF_ACCOUNTS: Final = ("followerCount", "followingCount", "memberCount")


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    return forms.recognised(head, *_TELLING)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    yield from forms.records(path, given, by_content, _observed, names=COLUMNS)


def _observed(voice: Voice, row: Row) -> Iterator[Record]:
    """Yield what was observed; a row of which the value or a time is unclear is refused."""
    form = Form.of(voice, row)
    for column, cell in row.cells.items():
        if is_failed(cell.strip()):
            raise row.fault(column, cell.strip(), FORMULA_FAILED)
    platform = form.platform("platform")
    found = _subject(form, platform)
    metric = re.sub(r"[\s_]+", " ", form.need("metric")).casefold()
    if metric not in _METRICS:
        raise row.fault("metric", metric, f"is no metric that is known: {', '.join(_METRICS)}")
    predicate, is_narrower = _METRICS[metric]
    value, about = _value(form, predicate)
    if predicate in _OF_ACCOUNTS and _elsewhere(found, platform):
        reason = "is not the platform of the account to which the address leads"
        raise row.fault("platform", form.take("platform"), reason)
    if platform:
        about += ((term("platform"), platform),)
    if is_narrower:
        about += ((term("inField"), Literal(metric)),)
    times, basis = _times(form)
    about += (*times, *_circumstances(form))
    form.read_speaker()
    form.telling.indicator(found)
    form.quote(found.node, predicate, value, about, (*basis, *_remarks(form)))
    yield from form.told()


def _subject(form: Form, platform: NamedNode | None) -> Indicator:
    """Return what was observed: a hashtag, an account, a domain or a web address."""
    cell = form.need("subject")
    found = indicators.indicator(cell, form.telling.mint, platform)
    if found is None:
        reason = "is no hashtag, domain or address, nor a handle on a platform that is told"
        raise form.row.fault("subject", cell, reason)
    if is_no_handle(cell):
        raise form.row.fault("subject", cell, MAYBE_NO_HANDLE)
    return found


def _elsewhere(found: Indicator, platform: NamedNode | None) -> bool:
    """Return whether an account is on another platform than the one that is told."""
    told = {one.object for one in found.told if one.predicate == term("onPlatform")}
    return platform is not None and bool(told - {platform})


def _value(form: Form, predicate: str) -> tuple[Literal | NamedNode, Details]:
    """Return the value with its comparator; a rank has none, and a direction is a word."""
    cell = form.need("value")
    if predicate == "trendDirection":
        word = form.word("value", "TrendDirection")
        if word is None:
            raise form.row.fault("value", cell, "is no word of the scheme TrendDirection")
        return word, ()
    found = form.count("value")
    if found is None:
        beside = form.take("value_comparator")
        reason = "is no whole number, or its comparator is none"
        raise form.row.fault("value", f"{cell} {beside}".strip(), reason)
    return found[0], ((term("comparator"), found[1]),)


def _circumstances(form: Form) -> Details:
    """Return where it was observed, and whether the number is a running total."""
    places = form.places("region")
    if form.is_lost("region"):
        cell = form.row.take("region")
        reason = next(why for known, why in map(places_in, parts(cell)) if not known)
        raise form.row.fault("region", cell, reason)
    about: Details = tuple((term("region"), place) for place in places)
    if cell := form.take("cumulative"):
        if cell.casefold() not in FLAGS:
            raise form.row.fault("cumulative", cell, "is neither true nor false")
        about += ((term("cumulative"), Literal(FLAGS[cell.casefold()])),)
    return about


def _remarks(form: Form) -> Details:
    pairs = (("statedAs", form.take("stated_as")), ("note", form.take("note")))
    return tuple((term(name), Literal(text)) for name, text in pairs if text)


def _times(form: Form) -> tuple[Details, Details]:
    """Return the times as qualifiers, and on what their zone rests."""
    zone = form.take("time_zone")
    offset, name = _zone(form, zone)
    about: list[tuple[NamedNode, Literal]] = []
    spelled = [(column, word, form.take(column)) for column, word in _TIMES]
    bases = set[str]()
    for column, word, cell in spelled:
        if not cell:
            continue
        found, basis = _zoned(form, column, cell, offset, name)
        about.append((term(word), found))
        bases.add(basis)
    if not about:
        raise form.row.fault("time", "", "is empty, and so are from and to")
    told = dict(about)
    start, end = told.get(term("validFrom")), told.get(term("validTo"))
    if start and end and is_before(end, start):
        raise form.row.fault("to", form.take("to"), "is before from")
    if len(bases - {""}) > 1:
        raise form.row.fault("from", form.take("from"), "has a zone where the other has none")
    if name and "stated" in bases:
        about.append((term("timeZone"), Literal(name)))
    basis = next(iter(bases - {""}), "")
    if zone and basis != "stated":
        raise form.row.fault("time_zone", zone, "stands beside no time of the day")
    return tuple(about), ((term("timeZoneBasis"), term(basis)),) if basis else ()


def _zone(form: Form, cell: str) -> tuple[str, str]:
    """Return the offset that a cell states, or the name of a zone."""
    if not cell:
        return "", ""
    if cell.upper() in ("Z", "UTC", "GMT"):
        return "Z", ""
    if (found := _OFFSET.fullmatch(cell)) and int(found[2]) <= 14 and int(found[3] or 0) < 60:
        return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}", ""
    if _ZONE.fullmatch(cell):
        return "", cell
    reason = "is neither an offset nor a zone such as Asia/Karachi; letters mean several zones"
    raise form.row.fault("time_zone", cell, reason)


def _zoned(form: Form, column: str, cell: str, offset: str, name: str) -> tuple[Literal, str]:
    """Return a time with the zone that is stated, and on what the zone rests.

    A day or a month has no zone. A time that states a zone of its own must not be told another.
    """
    found = _TIME.fullmatch(cell)
    own = found[4].strip() if found else ""
    if found and own and (offset or name) and own != offset:
        raise form.row.fault(column, cell, "states a zone of its own, and time_zone another")
    text = f"{found[1]}T{found[2]}{found[3] or ':00'}{own or offset}" if found else cell
    when = form.telling.moment(column, text)
    if when is None:
        raise form.row.fault(column, cell, "is no date or time as ISO 8601 spells them")
    form.row.doing(column, cell, partial(likely, when))
    if not found:
        return when, ""
    return when, "stated" if own or offset or name else "unstated"
