"""Accounts: a table of our own, one row for each name that an account bore for some time.

Source   CSV in the form that `onrecord template accounts` writes
Licence  as whoever keeps the table has it
Yields   rec:Account by the platform's id, else by handle; handles and display names with dates

A handle is a dated name: two accounts may bear one handle after each other, and a row that has
no id is never joined with one that has.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, forms
from loaders.details import described
from loaders.form_row import UNREAD, Form
from loaders.given import Given
from loaders.names_in_cells import MAYBE_NO_HANDLE, is_no_handle, why_no_network
from loaders.no_names import is_failed, says_nothing
from loaders.period import period
from loaders.records import Details, Record
from loaders.rounded import rounding
from loaders.source import source
from loaders.streams import by_content
from loaders.table import Row
from loaders.values import NO_END
from loaders.voice import Voice
from ontology import term

__all__ = ["NAME", "TEMPLATE", "load", "recognise", "source"]

NAME: Final = "accounts"
COLUMNS: Final = (
    "publisher", "platform", "id", "handle", "display_name", "valid_from", "valid_to",
    "observed_on", "created_on", "followers", "followers_comparator", "url", "network",
    "said_by", "said_on", "source_url", "note",
)  # fmt: skip
_TELLING: Final = ("platform", "handle", "valid_from")
_PERIOD: Final = ("valid_from", "valid_to")
_NO_HANDLE: Final = "is no handle"
_ID: Final = re.compile(r"(?!-1$|0+$|\W+$|\d{1,3}(?:\.\d{3})+$)[\w.:/+=%@-]+", re.ASCII)

TEMPLATE: Final = forms.template(
    COLUMNS,
    {
        "publisher": "Harbour Observatory",
        "platform": "Twitter",
        "id": "9001002003",
        "handle": "HarbourWatch",
        "display_name": "Harbour Watch",
        "valid_from": "2030-02",
        "valid_to": "2031-01-15",
        "created_on": "2029",
        "source_url": "https://observatory.example/names",
    },
    {
        "publisher": "Harbour Observatory",
        "platform": "Twitter",
        "id": "9001002003",
        "handle": "CraneFacts",
        "display_name": "Crane Facts",
        "valid_from": "2031-01-16",
        "observed_on": "2031-03-01",
        "followers": "about 5,200",
        "said_by": "Crane Check",
        "said_on": "2031-03-02",
    },
)


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    return forms.recognised(head, *_TELLING)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    yield from forms.records(path, given, by_content, _named, names=COLUMNS)


def _named(voice: Voice, row: Row) -> Iterator[Record]:
    """Yield what one row says of an account."""
    form = Form.of(voice, row)
    platform = _platform(form)
    handle = _handle(form, platform)
    node = _account(form, platform, handle)
    form.read_speaker()
    if note := form.take("note"):
        form.spoken += ((term("note"), Literal(note)),)
    form.quote(node, "rdf:type", term("Account"))
    form.quote(node, "onPlatform", platform)
    seen = form.moment("observed_on")
    is_named = _names(form, node, handle, seen)
    if created := form.moment("created_on"):
        form.quote(node, "schema:dateCreated", created)
    if found := form.count("followers"):
        about = ((term("comparator"), found[1]), *described((("atTime", seen),)))
        if form.is_lost("observed_on"):
            form.refuse("followers", form.take("followers"), UNREAD)
        else:
            form.quote(node, "followerCount", found[0], about)
    elif not is_named:
        form.needs("observed_on", "handle")
    if _leads_there(form, platform, handle) and (address := form.cited("url")):
        form.quote(node, "atAddress", address)
    if network := form.name("network", why_no_network):
        known = form.telling.mint.named("network", network, NAME, row.file.dataset)
        form.mention(known, "AssetSet", network)
        form.quote(node, "belongsTo", known)
    yield from form.told()


def _platform(form: Form) -> NamedNode:
    if found := form.platform("platform"):
        return found
    raise form.row.fault("platform", "", "is empty")


def _account(form: Form, platform: NamedNode, handle: str) -> NamedNode:
    """Return the account: by its id, and by its handle only where no id is given."""
    cell, mint = form.row.take("handle"), form.telling.mint
    own = _own_id(form, platform)
    id = form.name("id") or own
    if rounding(form.row.file)(id) or id.startswith("@"):
        reason = "is a handle" if id[0] == "@" else "is an id that a spreadsheet has rounded"
        raise form.row.fault("id", id, reason)
    if own not in ("", id):
        raise form.row.fault("handle", cell, "is the id of another account")
    if not id.isprintable():
        raise form.row.fault("id", id, "is an id with signs that do not show")
    is_page = "://" in id and platform != term("mastodon")  # where ids are addresses
    if id and (is_page or not _ID.fullmatch(id)):
        raise form.row.fault("id", id, "is no id")
    if not id and not handle:
        reason = _why_no_handle(platform, cell) if cell else "has neither id nor handle"
        beside = ", and there is no id" if reason == _NO_HANDLE else ""
        raise form.row.fault("handle", cell, reason + beside)
    node = assets.account(platform, mint, id=id, handle=handle)
    if id:
        form.quote(node, "dcterms:identifier", Literal(id))
    return node


def _own_id(form: Form, platform: NamedNode) -> str:
    """Return the id that stands where a handle would, or nothing."""
    return assets.own_id(platform, form.row.take("handle").removeprefix("@").strip())


def _leads_there(form: Form, platform: NamedNode, handle: str) -> bool:
    """Return whether an address may be that of the account; one of another is refused.

    An account that is known by its id may have had another handle.
    """
    cell = form.take("url")
    led = assets.handle_of(assets.refanged(cell))
    if led is None:
        return True
    id = form.take("id") or _own_id(form, platform)
    is_known = led.id in ("", id) if id else led.handle.casefold() in ("", handle.casefold())
    if led.platform == platform and is_known:
        return True
    form.refuse("url", cell, "leads to another account")
    return False


def _handle(form: Form, platform: NamedNode) -> str:
    """Return the handle, without its sign; none where the cell cannot be one."""
    cell = form.row.take("handle")
    told = cell.removeprefix("@").strip()
    if not told or assets.own_id(platform, told):
        return ""
    if reason := _why_no_handle(platform, told):
        form.refuse("handle", cell, reason)
        return ""
    return assets.spelled_handle(platform, told)


def _why_no_handle(platform: NamedNode, cell: str) -> str:
    told = cell.removeprefix("@").strip()
    if is_no_handle(told):
        is_nothing = says_nothing(told) or is_failed(told)
        is_maybe = not is_nothing and assets.is_handle(platform, told)
        return MAYBE_NO_HANDLE if is_maybe else _NO_HANDLE
    return "" if assets.spelled_handle(platform, told) else _NO_HANDLE


def _names(form: Form, node: NamedNode, handle: str, seen: Literal | None) -> bool:
    """Say what the account was called, and for how long; return whether it was called any."""
    _, last = _PERIOD
    start, end = period(form, *_PERIOD)
    about: Details = described((("validFrom", start), ("validTo", end), ("atTime", seen)))
    shown = form.take("display_name")
    lost = {column for column in (*_PERIOD, "observed_on") if form.is_lost(column)}
    # nothing ended on the last day that a program can write: it is no end, as an empty cell is
    is_lost = lost > {last} if form.take(last).startswith(NO_END) else bool(lost)
    for predicate, text in (("handle", handle), ("displayName", shown), ("name", handle)):
        if text and not is_lost:
            form.quote(node, predicate, Literal(text), about)
    for column, text in (("handle", handle), ("display_name", shown)):
        if text and is_lost:  # without a date, it would be said of all times
            form.refuse(column, text, UNREAD)
    if handle or shown:
        return True
    for column in _PERIOD:
        form.needs(column, "handle")
    return False
