"""Tweets of the archive of information operations, and of the 21-column layout."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.records import Claim, Entry, Quarantined, Record
from loaders.table import Row
from loaders.x_archive_cells import OF_THE_AGENCY, OF_TWEETS, Columns
from loaders.x_archive_disclosure import (
    EMPTY,
    HANDLE,
    ROUNDED,
    TWITTER,
    UNKNOWN,
    Archive,
    account_of_id,
    are_withheld,
    handle_in,
    lone_flag,
    names_in,
    post,
)
from loaders.x_archive_profiles import OF_THE_PROFILE, counted, profile
from ontology import term

_POSTED: Final = term("posted")


def tweet(archive: Archive, row: Row) -> Iterator[Record]:
    """Yield a tweet of the archive, and its author the first time."""
    id = row.take("tweetid")
    if reason := archive.no_id(id):
        raise row.fault("tweetid", id, reason)
    author, faults = archive.named(row, "userid", HANDLE)
    yield from faults
    place = row.entry(archive.mint)
    yield from _author(archive, row, author, place)
    yield from _posted(archive, OF_TWEETS, row, author, id, place)
    reason = "says that it is a retweet, and not of what"
    yield from lone_flag(row, "is_retweet", reason, "retweet_tweetid", "retweet_userid")
    yield from row.unread()


def _posted(
    archive: Archive, columns: Columns, row: Row, author: NamedNode, id: str, place: Entry
) -> Iterator[Record]:
    """Yield that an account posted what a row is about, and what of its cells is not taken."""
    found = columns.read(archive, row)
    yield from found.faults
    claim = Claim(author, _POSTED, post(id, archive.mint), found.qualifiers)
    yield archive.voice.says(claim, place, tuple(found.details))


_NUMBERS: Final = ("alt_external_id", "external_author_id")
_CODED: Final = ("account_category", "account_type")


def _author(archive: Archive, row: Row, author: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield the author's names and profile, the first time."""
    if archive.voice.knows(author):
        return
    handle, shown, faults = names_in(row)
    yield from (fault.record for fault in faults)
    is_hashed = are_withheld(row.take("userid"), handle, shown, faults)
    more = [
        Claim(author, term("onPlatform"), TWITTER),
        Claim(author, term("belongsTo"), archive.network),
    ]
    if is_hashed:
        more.append(Claim(author, term("namesWithheld"), Literal(True)))
    else:
        more += [Claim(author, term("handle"), Literal(handle))] if handle else []
        more += [Claim(author, term("displayName"), Literal(shown))] if shown else []
    name = "" if is_hashed else handle
    yield from archive.voice.introduce(author, "Account", name, place.passage, *more)
    told = tuple((name, cell) for name in OF_THE_PROFILE if (cell := row.raw(name)))
    where = archive.voice.file.entry(f"{author.value} profile", told, place.passage)
    for read in (profile, counted):
        for one in read(archive, row, author, where):
            yield replace(one, key=where.key) if isinstance(one, Quarantined) else one


def agency(archive: Archive, row: Row) -> Iterator[Record]:
    """Yield a tweet of the 21-column layout, and what its coders say of the account."""
    id = row.take("tweet_id")
    if reason := archive.no_id(id):
        raise row.fault("tweet_id", id, reason)
    author, faults = _coded_author(archive, row)
    yield from faults
    place = row.entry(archive.mint)
    yield from _coded(archive, row, author, place)
    yield from _posted(archive, OF_THE_AGENCY, row, author, id, place)
    yield from lone_flag(row, "retweet", "stands beside no post_type", "post_type")
    yield from row.unread()


def _coded_author(archive: Archive, row: Row) -> tuple[NamedNode, list[Quarantined]]:
    """Return the account of a row by its id, else its handle, and what of its ids is none."""
    cells = (row.take("author"), *map(row.take, _NUMBERS))
    if author := archive.authors.get(cells):  # each of a few writes many rows
        return author, []
    handle, *ids = cells
    number, faults = _number(archive, row, ids)
    if number:
        author = account_of_id(number, archive.mint)
    elif handle.casefold() in EMPTY or not assets.is_handle(TWITTER, handle):
        raise row.fault("author", handle, "is no handle, and there is no id")
    else:
        author = assets.account(TWITTER, archive.mint, handle=handle)
    if not faults:
        archive.authors[cells] = author
    return author, faults


def _number(archive: Archive, row: Row, ids: list[str]) -> tuple[str, list[Quarantined]]:
    """Return the id of an author, if a column has it whole, and what of others is none.

    One column is often rounded where the other has the same id whole.
    """
    number = ""
    faults: list[Quarantined] = []
    for cell, column in dict(zip(ids, _NUMBERS, strict=True)).items():
        if cell.casefold() in EMPTY:
            continue
        reason = archive.no_id(cell) or ("" if cell.isdigit() else "is no id")
        if not reason and not number:
            number = cell
        elif not (number and reason == ROUNDED):
            reason = reason or "is not the id in alt_external_id"
            faults.append(row.fault(column, cell, reason).record)
    return number, faults


def _coded(archive: Archive, row: Row, author: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield an account, the first time, and the categories that its coders put it in."""
    voice = archive.voice
    if not voice.knows(author):
        more = [Claim(author, term("onPlatform"), TWITTER)]
        handle, faults = handle_in(row, "author")
        yield from (fault.record for fault in faults)
        more += [Claim(author, term("handle"), Literal(handle))] if handle else []
        more.append(Claim(author, term("belongsTo"), archive.network))
        yield from voice.introduce(author, "Account", handle, place.passage, *more)
    labels = {column: row.take(column) for column in _CODED}
    if not voice.is_new(author, *labels.values()):  # in most rows, at one look
        return
    for column, label in labels.items():
        if label.casefold() in UNKNOWN or not voice.is_new(author, label):
            continue
        if archive.coders:
            claim = Claim(author, term("describedAs"), Literal(label))
            key = f"{author.value} {column}"
            where = voice.file.entry(key, ((column, label),), place.passage)
            yield voice.says(claim, where, chain=(archive.coders,))
