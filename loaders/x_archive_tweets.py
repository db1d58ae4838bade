"""Tweets of the archive of information operations, and of the 21-column layout."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.cells import count, listed, listed_addresses
from loaders.given import Given
from loaders.records import NEVER_TAKEN, Claim, Entry, Quarantined, Record
from loaders.table import Row
from loaders.x_archive_disclosure import (
    EMPTY,
    HANDLE,
    TWITTER,
    Archive,
    account_of_id,
    are_withheld,
    handle_in,
    hashtag,
    lone_flag,
    names_in,
    post,
)
from loaders.x_archive_profiles import OF_THE_PROFILE, counted, profile
from ontology import term
from ontology.identity import Mint

_POSTED: Final = term("posted")
_AT_TIME: Final = term("atTime")
_IN_LANGUAGE: Final = term("inLanguage")
_CLIENT: Final = term("client")
_UNKNOWN: Final = EMPTY | {"?", "language undefined", "unknown"}
_REFERENCE: Final = term("recordReference")
_FIELD: Final = term("recordField")
_NOT_KEPT: Final = f"{NEVER_TAKEN}where a person was is not kept"
_ABSENT: Final = EMPTY | {"absent", "present"}

Qualified = tuple[NamedNode, Literal | NamedNode] | Quarantined


def tweet(archive: Archive, row: Row) -> Iterator[Record]:
    """Yield a tweet of the archive, and its author the first time."""
    mint, take = archive.mint, row.take
    id = take("tweetid")
    if reason := archive.no_id(id):
        raise row.fault("tweetid", id, reason)
    author, faults = archive.named(row, "userid", HANDLE)
    yield from faults
    place = row.entry(mint)
    yield from _author(archive, row, author, place)
    about = list(_qualifiers(archive, row))
    said = tuple([one for one in about if not isinstance(one, Quarantined)])
    if len(said) < len(about):
        yield from (one for one in about if isinstance(one, Quarantined))
    posted = Claim(author, _POSTED, post(id, mint), said)
    yield archive.voice.says(posted, place, tuple(_spelled(archive, row, _URLS, _POSTS)))
    yield from row.unread()


_OF_THE_AUTHOR: Final = ("user_display_name", HANDLE, *OF_THE_PROFILE)
_OF_OTHERS: Final = (
    ("in_reply_to_tweetid", term("replyTo"), False),
    ("quoted_tweet_tweetid", term("quoteOf"), False),
    ("retweet_tweetid", term("repostOf"), False),
    ("in_reply_to_userid", term("replyToAccount"), True),
    ("retweet_userid", term("repostFrom"), True),
)
# of the harvest, or said by other columns
_OF_THE_HARVEST: Final = ("harvested_date", "new_june_2018", "article_url")
_URLS: Final = ("urls",)
_POSTS: Final = tuple(column for column, _, is_account in _OF_OTHERS if not is_account)
_NUMBERS: Final = ("alt_external_id", "external_author_id")
_SHORTENED: Final = ("tco1_step1", "tco2_step1", "tco3_step1")
_WHEREABOUTS: Final = ("latitude", "longitude")
_COUNTS: Final = (
    ("like_count", term("likes")),
    ("retweet_count", term("reposts")),
    ("reply_count", term("replies")),
    ("quote_count", term("quotes")),
)


def _author(archive: Archive, row: Row, author: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield the author's names and profile, the first time."""
    row.pass_over(_OF_THE_AUTHOR)
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


def _qualifiers(archive: Archive, row: Row) -> Iterator[Qualified]:
    take = row.take
    if cell := take("tweet_time"):
        yield _AT_TIME, row.doing("tweet_time", cell, partial(archive.moment, cell))
    if (cell := take("tweet_language")).casefold() not in EMPTY:
        yield _IN_LANGUAGE, Literal(cell)
    if (cell := take("tweet_client_name")).casefold() not in EMPTY:
        yield _CLIENT, Literal(cell)
    if text := row.raw("tweet_text"):
        yield from _text(text, archive.voice.given)
    yield from _others(archive, row)
    yield from _tags(row, archive.mint)
    yield from _mentions(archive, row)
    yield from _links(row, _URLS, archive.mint)
    for column, qualifier in _COUNTS:
        if (cell := take(column)).casefold() not in EMPTY:
            yield qualifier, row.doing(column, cell, partial(count, cell))
    for column in _WHEREABOUTS:
        if take(column).casefold() not in _ABSENT:
            yield row.fault(column, "(withheld)", _NOT_KEPT).record
    if (cell := take("poll_choices")).casefold() not in EMPTY:
        yield row.fault("poll_choices", cell, "polls are not read").record


def _others(archive: Archive, row: Row) -> Iterator[Qualified]:
    """Yield whose posts a tweet answers, quotes or repeats."""
    mint = archive.mint
    for column, qualifier, is_account in _OF_OTHERS:
        cell = row.take(column)
        if cell.casefold() in EMPTY:
            continue
        if reason := archive.no_id(cell):
            yield row.fault(column, cell, reason).record
        else:
            yield qualifier, account_of_id(cell, mint) if is_account else post(cell, mint)
    reason = "says that it is a retweet, and not of what"
    yield from lone_flag(row, "is_retweet", reason, "retweet_tweetid", "retweet_userid")


def _spelled(
    archive: Archive, row: Row, links: Iterable[str], others: Iterable[str] = ()
) -> list[tuple[NamedNode, Literal]]:
    """Return the ids and addresses that a tweet refers to: the names of things hide them."""
    found = []
    for column in others:
        cell = row.take(column)
        if cell.casefold() not in EMPTY and not archive.no_id(cell):
            found.append((_REFERENCE, Literal(f"{column} {cell}")))
    for column in links:
        cell = row.take(column)
        if cell.casefold() not in EMPTY:
            found.append((_FIELD, Literal(f"{column}: {json.dumps(cell, ensure_ascii=False)}")))
    return found


def _text(text: str, given: Given) -> Iterator[tuple[NamedNode, Literal]]:
    yield term("textSha256"), Literal(sha256(text.encode()).hexdigest())
    if given.texts_of_posts:
        yield term("text"), Literal(text)


def _tags(row: Row, mint: Mint) -> Iterator[Qualified]:
    cell = row.take("hashtags")
    for tag in listed(cell) if cell.casefold() not in EMPTY else ():
        if node := hashtag(tag, mint):
            yield term("hashtag"), node
        else:
            yield row.fault("hashtags", tag, "is no hashtag").record


def _mentions(archive: Archive, row: Row) -> Iterator[Qualified]:
    for id in listed(row.take("user_mentions")):
        if id.casefold() in EMPTY:
            continue
        if reason := archive.no_id(id):
            yield row.fault("user_mentions", id, reason).record
        else:
            yield term("mention"), account_of_id(id, archive.mint)


def _links(row: Row, columns: Iterable[str], mint: Mint) -> Iterator[Qualified]:
    for column in columns:
        cell = row.take(column)
        for spelled in listed_addresses(cell) if cell.casefold() not in EMPTY else ():
            if url := assets.address(spelled):
                yield term("link"), assets.web_address(url, mint)
            else:
                yield row.fault(column, spelled, "is no web address").record


def agency(archive: Archive, row: Row) -> Iterator[Record]:
    """Yield a tweet of the 21-column layout, and what its coders say of the account."""
    mint, take = archive.mint, row.take
    id, handle = take("tweet_id"), take("author")
    if reason := archive.no_id(id):
        raise row.fault("tweet_id", id, reason)
    number, faults = _number(archive, row)
    if not number and (handle.casefold() in EMPTY or not assets.is_handle(TWITTER, handle)):
        raise row.fault("author", handle, "is no handle, and there is no id")
    yield from faults
    author = (
        account_of_id(number, mint) if number else assets.account(TWITTER, mint, handle=handle)
    )
    place = row.entry(mint)
    yield from _coded(archive, row, author, place)
    about = list(_of_agency(archive, row))
    said = tuple([one for one in about if not isinstance(one, Quarantined)])
    if len(said) < len(about):
        yield from (one for one in about if isinstance(one, Quarantined))
    posted = Claim(author, _POSTED, post(id, mint), said)
    yield archive.voice.says(posted, place, tuple(_spelled(archive, row, _SHORTENED)))
    yield from row.unread()


def _number(archive: Archive, row: Row) -> tuple[str, list[Quarantined]]:
    """Return the id of an author, if a column has it whole, and what of others is none.

    One column is often rounded where the other has the same id whole.
    """
    number, faults = "", list[Quarantined]()
    cells = {row.take(column): column for column in _NUMBERS}
    for cell, column in cells.items():
        if cell.casefold() in EMPTY:
            continue
        reason = archive.no_id(cell) or ("" if cell.isdigit() else "is no id")
        if not reason and not number:
            number = cell
        elif not (number and archive.is_rounded(cell)):
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
    for column in ("account_category", "account_type"):
        label = row.take(column)
        if label.casefold() in _UNKNOWN or not voice.is_new(author, label):
            continue
        if archive.coders:
            claim = Claim(author, term("describedAs"), Literal(label))
            key = f"{author.value} {column}"
            where = voice.file.entry(key, ((column, label),), place.passage)
            yield voice.says(claim, where, chain=(archive.coders,))


def _of_agency(archive: Archive, row: Row) -> Iterator[Qualified]:
    take, mint, given = row.take, archive.mint, archive.voice.given
    if cell := take("publish_date"):
        yield term("atTime"), row.doing("publish_date", cell, partial(archive.moment, cell))
    if (cell := take("language")).casefold() not in _UNKNOWN:
        yield term("inLanguage"), Literal(cell)
    if text := row.raw("content"):
        yield from _text(text, given)
    for column, qualifier in (
        ("followers", "followers"),
        ("following", "followings"),
        ("updates", "updates"),
    ):
        if (cell := take(column)).casefold() not in EMPTY:
            yield term(qualifier), row.doing(column, cell, partial(count, cell))
    if (cell := take("region")).casefold() not in _UNKNOWN:
        yield term("reportedRegion"), Literal(cell)
    if (cell := take("post_type")).casefold() not in EMPTY:
        yield term("postType"), Literal(cell)
    row.pass_over(_OF_THE_HARVEST)
    yield from lone_flag(row, "retweet", "stands beside no post_type", "post_type")
    yield from _links(row, _SHORTENED, mint)
