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

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.accounting import account
from loaders.given import Given, Terms
from loaders.records import Claim, Entry, Record
from loaders.source import File, source
from loaders.streams import delimiter, head_of, parted, rows
from loaders.table import Row
from loaders.voice import Voice
from loaders.x_archive_disclosure import (
    CODERS,
    HANDLE,
    TWITTER,
    Archive,
    are_withheld,
    names_in,
)
from loaders.x_archive_profiles import counted, profile
from loaders.x_archive_tweets import agency, tweet
from onrecord.errors import BadInput
from ontology import term

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "x-archive"
_ARCHIVE: Final = Terms(publisher="Twitter")
_IRA: Final = Terms(publisher="FiveThirtyEight", licence="CC BY 4.0")

# a file of tweets without one of its columns is none of accounts, though it has theirs, too
_OF_TWEETS: Final = frozenset({"tweetid", "tweet_text", "tweet_time"})
_ACCOUNTS: Final = {"userid", "follower_count", "account_creation_date"}
_TWEETS: Final = {"tweetid", "userid", "tweet_time"}
_AGENCY: Final = {"external_author_id", "author", "publish_date", "account_category"}


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    columns = _columns(head)
    if columns >= _TWEETS:
        return "has the columns tweetid, userid and tweet_time of the archive's tweets"
    if columns >= _ACCOUNTS and not columns & _OF_TWEETS:
        return "has the columns userid, follower_count and account_creation_date of the archive"
    if columns >= _AGENCY:
        return (
            "has the columns external_author_id, author and account_category of the IRA tweets"
        )
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    head = head_of(file)
    columns, sign = _columns(head), delimiter(head)
    tell: Callable[[Row], Iterator[Record]]
    if columns >= _AGENCY:
        voice, terms = Voice.of(file, given, _IRA)
        archive = Archive.of(voice, voice.given.mint.named("org", CODERS))
        tell, key = partial(agency, archive), "tweet_id"
    elif columns >= _TWEETS:
        voice, terms = Voice.of(file, given, _ARCHIVE)
        archive = Archive.of(voice)
        tell, key = partial(tweet, archive), "tweetid"
    elif columns >= _ACCOUNTS and not columns & _OF_TWEETS:
        voice, terms = Voice.of(file, given, _ARCHIVE)
        archive = Archive.of(voice)
        tell, key = partial(_account, archive), "userid"
    else:
        raise BadInput(f"{path}: no file of the archive: it has the columns {sorted(columns)}")
    yield from voice.opening(terms)
    yield from archive.opening()
    found = rows(file, lambda cells: cells.get(key, "").strip(), delimiter=sign)
    yield from account(path.name, found, tell, voice)


def _columns(head: str) -> set[str]:
    """Return the columns that the first line of a file names, whatever parts them."""
    return {name.strip() for name in parted(head, delimiter(head))}


def _account(archive: Archive, row: Row) -> Iterator[Record]:
    node, faults = archive.named(row, "userid", HANDLE)
    yield from faults
    place = row.entry(archive.mint)
    yield from _profile(archive, row, node, place)
    yield archive.voice.says(Claim(node, term("belongsTo"), archive.network), place)
    yield from counted(archive, row, node, place)
    yield from row.unread()


def _profile(archive: Archive, row: Row, node: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield what an account is called, unless its names are withheld, and says of itself."""
    voice, (handle, shown, faults) = archive.voice, names_in(row)
    yield voice.says(Claim(node, term("rdf:type"), term("Account")), place)
    yield voice.says(Claim(node, term("onPlatform"), TWITTER), place)
    if are_withheld(row.take("userid"), handle, shown, faults):
        yield voice.says(Claim(node, term("namesWithheld"), Literal(True)), place)
        handle = shown = ""
    yield from (fault.record for fault in faults)
    for predicate, text in (("handle", handle), ("displayName", shown), ("name", handle)):
        if text:
            yield voice.says(Claim(node, term(predicate), Literal(text)), place)
    yield from profile(archive, row, node, place)
