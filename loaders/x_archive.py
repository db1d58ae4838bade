"""Accounts and tweets of the Twitter/X archive of information operations, and the IRA tweets.

Source   account files (10 columns) and tweet files (31 columns) of the archive, `.csv`; the
         21-column layout in which FiveThirtyEight published tweets of the Internet Research
         Agency that Clemson University had collected
Licence  the terms of Twitter for the archive; CC BY 4.0 for the other
Yields   rec:Account with names, counts and profile as disclosed; one claim for each tweet

A hashed account is known by its hash alone: where id, screen name and display name are one, or
there are no names. It is never joined with anything that looks like it. The text of a tweet is
kept only when asked for; its SHA-256 always is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.accounting import account
from loaders.cells import american_moment, count, is_rounded, listed
from loaders.given import Given, Terms
from loaders.records import Claim, Entry, Quarantined, Record
from loaders.source import File, source
from loaders.streams import rows
from loaders.table import Row
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "x-archive"
_ARCHIVE: Final = Terms(publisher="Twitter")
_IRA: Final = Terms(publisher="FiveThirtyEight", licence="CC BY 4.0")
_CODERS: Final = "Clemson University"

_ACCOUNTS: Final = {"userid", "follower_count", "account_creation_date"}
_TWEETS: Final = {"tweetid", "userid", "tweet_time"}
_AGENCY: Final = {"external_author_id", "author", "publish_date", "account_category"}

_TWITTER: Final = term("twitter")
_TYPE: Final = term("rdf:type")
_ACCOUNT: Final = term("Account")
_DURING: Final = term("during")
_POSTED: Final = term("posted")
_AT_TIME: Final = term("atTime")
_IN_LANGUAGE: Final = term("inLanguage")
_CLIENT: Final = term("client")
_NOT_PART_OF_A_NAME: Final = frozenset(
    {"csv", "hashed", "tweet", "tweets", "unhashed", "user", "users"}
)
_EMPTY: Final = frozenset({"", "null", "nan", "none", "[]"})
_ABSENT: Final = _EMPTY | {"absent", "present"}
_IS_ROUNDED: Final = "is an id that a spreadsheet has rounded"

_Qualified = tuple[NamedNode, Literal | NamedNode] | Quarantined


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    columns = _columns(head)
    if columns >= _TWEETS:
        return "has the columns tweetid, userid and tweet_time of the archive's tweets"
    if columns >= _ACCOUNTS:
        return "has the columns userid, follower_count and account_creation_date of the archive"
    if columns >= _AGENCY:
        return (
            "has the columns external_author_id, author and account_category of the IRA tweets"
        )
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    with file.open() as text:
        columns = _columns(text.readline())
    tell: Callable[[Row], Iterator[Record]]
    if columns >= _AGENCY:
        voice, terms = Voice.of(file, given, _IRA)
        archive = _Archive(voice, voice.given.mint.named("org", _CODERS))
        tell, key = partial(_agency, archive), "tweet_id"
    elif columns >= _TWEETS:
        voice, terms = Voice.of(file, given, _ARCHIVE)
        archive = _Archive(voice)
        tell, key = partial(_tweet, archive), "tweetid"
    elif columns >= _ACCOUNTS:
        voice, terms = Voice.of(file, given, _ARCHIVE)
        archive = _Archive(voice)
        tell, key = partial(_account, archive), "userid"
    else:
        raise BadInput(f"{path}: no file of the archive: it has the columns {sorted(columns)}")
    yield from voice.opening(terms)
    yield from archive.opening()
    yield from account(path.name, rows(file, lambda cells: cells.get(key, "").strip()), tell)


def _columns(head: str) -> set[str]:
    """Return the columns that the first line of a file names."""
    first = head.partition("\n")[0]
    return {name.strip(' "\r\ufeff') for name in first.split(",")}


@dataclass(frozen=True, slots=True)
class _Archive:
    """A file of the archive: who publishes it, and what it discloses."""

    voice: Voice
    coders: NamedNode | None = None
    _labels: set[tuple[str, str]] = field(default_factory=set)

    def is_new(self, author: NamedNode, label: str) -> bool:
        """Return whether a label of an account comes up for the first time."""
        known = len(self._labels)
        self._labels.add((author.value, label))
        return len(self._labels) > known

    @property
    def mint(self) -> Mint:
        return self.voice.given.mint

    @property
    def name(self) -> str:
        return _dataset(self.voice.file.path.stem)

    @property
    def network(self) -> NamedNode:
        return self.mint.named("network", self.name, NAME)

    @property
    def disclosure(self) -> NamedNode:
        return self.mint.named("event", f"disclosure of {self.name}", NAME)

    def opening(self) -> Iterator[Record]:
        """Yield the set that is disclosed, and the disclosure."""
        whole = self.voice.file.whole(self.mint)
        yield from self.voice.introduce(self.network, "AssetSet", self.name, whole)
        announced = Claim(self.voice.speaker, term("announced"), self.network)
        title = f"disclosure of {self.name}"
        yield from self.voice.introduce(
            self.disclosure, "Announcement", title, whole, announced
        )
        if self.coders:
            yield from self.voice.introduce(self.coders, "org:Organization", _CODERS, whole)

    def named(
        self, row: Row, id_column: str, *names: str
    ) -> tuple[NamedNode, list[Quarantined]]:
        """Return the account of a row: by its id or hash, else by its handle."""
        spelled, handle = row.take(id_column), row.take(names[0]) if names else ""
        if is_rounded(spelled):
            fault = row.fault(id_column, spelled, _IS_ROUNDED)
            if not handle:
                raise fault
            return assets.account(_TWITTER, self.mint, handle=handle), [fault.record]
        if spelled.casefold() in _EMPTY:
            if not handle:
                raise row.fault(id_column, spelled, "is empty")
            return assets.account(_TWITTER, self.mint, handle=handle), []
        return _account_of_id(spelled, self.mint), []


@lru_cache(100_000)
def _account_of_id(id: str, mint: Mint) -> NamedNode:
    return assets.account(_TWITTER, mint, id=id)


@lru_cache(100_000)
def _hashtag(tag: str, mint: Mint) -> NamedNode:
    return mint.hashtag(tag)


def _post(id: str, mint: Mint) -> NamedNode:
    return mint.activity("post", "twitter", id)


def _dataset(stem: str) -> str:
    """Return the name of a dataset, whichever of its files it is.

    >>> _dataset("hashed_2021_12_MX_0621_MX_0621_users")
    '2021_12_MX_0621'
    >>> _dataset("ghana-nigeria_032020_users_csv_hashed")
    'ghana-nigeria_032020'
    """
    parts = [
        part for part in re.split(r"[_ ]+", stem) if part.casefold() not in _NOT_PART_OF_A_NAME
    ]
    for length in range(len(parts) // 2, 0, -1):
        if parts[-length:] == parts[-2 * length : -length]:
            parts = parts[:-length]
            break
    return "_".join(parts) or stem


def _account(archive: _Archive, row: Row) -> Iterator[Record]:
    node, faults = archive.named(row, "userid", "user_screen_name")
    yield from faults
    place = row.entry(archive.mint)
    yield from _profile(archive, row, node, place)
    yield archive.voice.says(Claim(node, term("belongsTo"), archive.network), place)
    for column, predicate in (
        ("follower_count", "followerCount"),
        ("following_count", "followingCount"),
    ):
        if cell := row.take(column):
            number = row.doing(column, cell, partial(count, cell))
            about = ((term("comparator"), term("exact")), (_DURING, archive.disclosure))
            yield archive.voice.says(Claim(node, term(predicate), number, about), place)
    yield from row.unread()


def _profile(archive: _Archive, row: Row, node: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield what an account says of itself, and whether its names are withheld."""
    voice, handle, shown = (
        archive.voice,
        row.take("user_screen_name"),
        row.take("user_display_name"),
    )
    yield voice.says(Claim(node, _TYPE, _ACCOUNT), place)
    yield voice.says(Claim(node, term("onPlatform"), _TWITTER), place)
    id = row.take("userid")
    if (handle == shown == id) or not (handle or shown):
        yield voice.says(Claim(node, term("namesWithheld"), Literal(True)), place)
        handle = shown = ""
    for predicate, text in (("handle", handle), ("displayName", shown), ("name", handle)):
        if text:
            yield voice.says(Claim(node, term(predicate), Literal(text)), place)
    if text := row.take("user_profile_description"):
        yield voice.says(Claim(node, term("selfDescribedAs"), Literal(text)), place)
    if text := row.take("user_reported_location"):
        yield voice.says(Claim(node, term("reportedLocation"), Literal(text)), place)
    if text := row.take("account_language"):
        yield voice.says(Claim(node, term("schema:inLanguage"), Literal(text)), place)
    if cell := row.take("account_creation_date"):
        created = row.doing("account_creation_date", cell, partial(american_moment, cell))
        yield voice.says(Claim(node, term("schema:dateCreated"), created), place)
    if cell := row.take("user_profile_url"):
        yield from _link(archive, row, node, cell, place)


def _link(
    archive: _Archive, row: Row, node: NamedNode, cell: str, place: Entry
) -> Iterator[Record]:
    url = assets.address(cell)
    if url is None:
        yield row.fault("user_profile_url", cell, "is no web address").record
        return
    target = assets.web_address(url, archive.mint)
    more = Claim(target, term("address"), Literal(url))
    yield from archive.voice.introduce(target, "WebAddress", url, place.passage, more)
    yield archive.voice.says(Claim(node, term("profileLink"), target), place)


def _tweet(archive: _Archive, row: Row) -> Iterator[Record]:
    mint, take = archive.mint, row.take
    id = take("tweetid")
    if not id or is_rounded(id):
        raise row.fault("tweetid", id, _IS_ROUNDED if id else "is empty")
    author, faults = archive.named(row, "userid", "user_screen_name")
    yield from faults
    place = row.entry(mint)
    yield from _author(archive, row, author, place)
    about = list(_qualifiers(archive, row))
    yield from (one for one in about if isinstance(one, Quarantined))
    said = tuple(one for one in about if not isinstance(one, Quarantined))
    yield archive.voice.says(Claim(author, _POSTED, _post(id, mint), said), place)
    yield from row.unread()


# what a tweet says of its author is in the account files; the counts are those of the moment
_OF_THE_AUTHOR: Final = (
    "user_display_name", "user_screen_name", "user_reported_location",
    "user_profile_description", "user_profile_url", "follower_count", "following_count",
    "account_creation_date", "account_language",
)  # fmt: skip
_OF_OTHERS: Final = (
    ("in_reply_to_tweetid", term("replyTo"), False),
    ("quoted_tweet_tweetid", term("quoteOf"), False),
    ("retweet_tweetid", term("repostOf"), False),
    ("in_reply_to_userid", term("replyToAccount"), True),
    ("retweet_userid", term("repostFrom"), True),
)
_NOT_TAKEN: Final = (
    ("latitude", "is not taken: where a person was is not kept"),
    ("longitude", "is not taken: where a person was is not kept"),
    ("poll_choices", "is not taken: polls are not read"),
)
_COUNTS: Final = (
    ("like_count", term("likes")),
    ("retweet_count", term("reposts")),
    ("reply_count", term("replies")),
    ("quote_count", term("quotes")),
)


def _author(archive: _Archive, row: Row, author: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield the author's names, the first time; the rest of the profile is read elsewhere."""
    id, handle, shown = (
        row.take(name) for name in ("userid", "user_screen_name", "user_display_name")
    )
    for column in _OF_THE_AUTHOR:
        row.take(column)
    is_hashed = (handle == shown == id) or not (handle or shown)
    more = [
        Claim(author, term("onPlatform"), _TWITTER),
        Claim(author, term("belongsTo"), archive.network),
    ]
    if is_hashed:
        more.append(Claim(author, term("namesWithheld"), Literal(True)))
    else:
        more += [Claim(author, term("handle"), Literal(handle))] if handle else []
        more += [Claim(author, term("displayName"), Literal(shown))] if shown else []
    name = "" if is_hashed else handle
    yield from archive.voice.introduce(author, "Account", name, place.passage, *more)


def _qualifiers(archive: _Archive, row: Row) -> Iterator[_Qualified]:
    mint, take = archive.mint, row.take
    if cell := take("tweet_time"):
        yield _AT_TIME, row.doing("tweet_time", cell, partial(american_moment, cell))
    if cell := take("tweet_language"):
        yield _IN_LANGUAGE, Literal(cell)
    if cell := take("tweet_client_name"):
        yield _CLIENT, Literal(cell)
    if text := row.raw("tweet_text"):
        yield from _text(text, archive.voice.given)
    take("is_retweet")  # repeated by retweet_tweetid
    yield from _others(row, mint)
    yield from _tags(row, mint)
    yield from _mentions(row, mint)
    yield from _links(row, ("urls",), mint)
    for column, qualifier in _COUNTS:
        if (cell := take(column)).casefold() not in _EMPTY:
            yield qualifier, row.doing(column, cell, partial(count, cell))
    for column, reason in _NOT_TAKEN:
        if (cell := take(column)).casefold() not in _ABSENT:
            yield row.fault(column, cell, reason).record


def _others(row: Row, mint: Mint) -> Iterator[_Qualified]:
    """Yield whose posts a tweet answers, quotes or repeats."""
    for column, qualifier, is_account in _OF_OTHERS:
        cell = row.take(column)
        if cell.casefold() in _EMPTY:
            continue
        if is_rounded(cell):
            yield row.fault(column, cell, _IS_ROUNDED).record
        else:
            yield qualifier, _account_of_id(cell, mint) if is_account else _post(cell, mint)


def _text(text: str, given: Given) -> Iterator[tuple[NamedNode, Literal]]:
    yield term("textSha256"), Literal(sha256(text.encode()).hexdigest())
    if given.texts_of_posts:
        yield term("text"), Literal(text)


def _tags(row: Row, mint: Mint) -> Iterator[_Qualified]:
    for tag in listed(row.take("hashtags")):
        if tag.strip("#"):
            yield term("hashtag"), _hashtag(tag, mint)


def _mentions(row: Row, mint: Mint) -> Iterator[_Qualified]:
    for id in listed(row.take("user_mentions")):
        if is_rounded(id):
            yield row.fault("user_mentions", id, _IS_ROUNDED).record
        elif id.casefold() not in _EMPTY:
            yield term("mention"), _account_of_id(id, mint)


def _links(row: Row, columns: Iterable[str], mint: Mint) -> Iterator[_Qualified]:
    for column in columns:
        for spelled in listed(row.take(column)):
            if url := assets.address(spelled):
                yield term("link"), assets.web_address(url, mint)
            else:
                yield row.fault(column, spelled, "is no web address").record


def _agency(archive: _Archive, row: Row) -> Iterator[Record]:
    """Yield a tweet of the 21-column layout, and what its coders say of the account."""
    mint, take = archive.mint, row.take
    id, handle = take("tweet_id"), take("author")
    if not id or is_rounded(id):
        raise row.fault("tweet_id", id, _IS_ROUNDED if id else "is empty")
    number = take("alt_external_id") or take("external_author_id")
    take("external_author_id")  # often rounded, where the other column has it whole
    by_id = number.isdigit()
    author = _account_of_id(number, mint) if by_id else None
    if author is None:
        if not handle:
            raise row.fault("author", handle, "is empty, and there is no id")
        author = assets.account(_TWITTER, mint, handle=handle)
        if number:
            yield row.fault("external_author_id", number, _IS_ROUNDED).record
    place = row.entry(mint)
    yield from _coded(archive, row, author, handle, place)
    about = list(_of_agency(row, mint, archive.voice.given))
    yield from (one for one in about if isinstance(one, Quarantined))
    said = tuple(one for one in about if not isinstance(one, Quarantined))
    yield archive.voice.says(Claim(author, _POSTED, _post(id, mint), said), place)
    yield from row.unread()


def _coded(
    archive: _Archive, row: Row, author: NamedNode, handle: str, place: Entry
) -> Iterator[Record]:
    """Yield an account, the first time, and the categories that its coders put it in."""
    voice = archive.voice
    more = [Claim(author, term("onPlatform"), _TWITTER)]
    more += [Claim(author, term("handle"), Literal(handle))] if handle else []
    more.append(Claim(author, term("belongsTo"), archive.network))
    yield from voice.introduce(author, "Account", handle, place.passage, *more)
    for column in ("account_category", "account_type"):
        if (label := row.take(column)).casefold() not in _EMPTY:
            claim = Claim(author, term("describedAs"), Literal(label))
            if archive.is_new(author, label) and archive.coders:
                where = voice.file.entry(
                    f"{author.value} {column}", ((column, label),), place.passage
                )
                yield voice.says(claim, where, chain=(archive.coders,))


def _of_agency(row: Row, mint: Mint, given: Given) -> Iterator[_Qualified]:
    take = row.take
    if cell := take("publish_date"):
        yield term("atTime"), row.doing("publish_date", cell, partial(american_moment, cell))
    if cell := take("language"):
        yield term("inLanguage"), Literal(cell)
    if text := row.raw("content"):
        yield from _text(text, given)
    for column, qualifier in (
        ("followers", "followers"),
        ("following", "followings"),
        ("updates", "updates"),
    ):
        if (cell := take(column)).casefold() not in _EMPTY:
            yield term(qualifier), row.doing(column, cell, partial(count, cell))
    if cell := take("region"):
        yield term("reportedRegion"), Literal(cell)
    if cell := take("post_type"):
        yield term("postType"), Literal(cell)
    for column in ("harvested_date", "new_june_2018", "retweet", "article_url"):
        take(column)  # of the harvest, or said by other columns
    yield from _links(row, ("tco1_step1", "tco2_step1", "tco3_step1"), mint)
