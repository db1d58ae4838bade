"""The cells of posts, column by column: what qualifies the claim that somebody posted them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from json import JSONEncoder
from typing import Final, NamedTuple

from pyoxigraph import Literal

from loaders import assets
from loaders.cells import listed, listed_addresses, whole
from loaders.places import integer
from loaders.records import NEVER_TAKEN, Quarantined
from loaders.table import Row
from loaders.x_archive_disclosure import (
    EMPTY,
    HANDLE,
    UNKNOWN,
    Archive,
    account_of_id,
    hashtag,
    post,
)
from loaders.x_archive_profiles import OF_THE_PROFILE
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Pair, Qualifier, SpelledPairs, spelled_text

_REFERENCE: Final = term("recordReference")
_FIELD: Final = term("recordField")
_TEXT: Final = str(term("text"))
_ABSENT: Final = EMPTY | {"absent", "present"}
_BLANK: Final = frozenset({""})
_AS_JSON: Final = JSONEncoder(ensure_ascii=False)
_NOT_KEPT: Final = f"{NEVER_TAKEN}where a person was is not kept"


@dataclass(slots=True)
class Told:
    """What a row tells of a post: what qualifies it, as the record spells it, and the rest.

    `details` are spelled as in the row, since the names of things hide how they were told.
    """

    archive: Archive
    row: Row
    pairs: list[Pair] = field(default_factory=list)
    details: list[Qualifier] = field(default_factory=list)
    faults: list[Quarantined] = field(default_factory=list)

    @property
    def qualifiers(self) -> SpelledPairs:
        return SpelledPairs.of(self.pairs)

    def lacks(self, column: str, value: str, reason: str) -> None:
        """Set a value aside that is not taken."""
        self.faults.append(self.row.fault(column, value, reason).record)


Reading = Callable[[Told, str, str, str], None]
"""Adds to what is told what a cell says: takes the word to say it by, the column and the cell.

Raises BadInput where the whole row is at fault with it.
"""


class Column(NamedTuple):
    """A column of posts, how its cells are read, and by which word of the vocabulary.

    `nothing` are cells, case folded, that say nothing; None where a cell is taken as it stands,
    with the white space around it.
    """

    name: str
    read: Reading
    word: str = ""
    nothing: frozenset[str] | None = EMPTY


class Columns:
    """The columns of a layout; `others` say nothing of a post, or what another column says."""

    def __init__(self, columns: Iterable[Column], others: Iterable[str]) -> None:
        # a word is spelled as the record has it, once
        self._columns = [
            one._replace(word=str(term(one.word))) if one.word else one for one in columns
        ]
        self._names = (*[one.name for one in self._columns], *others)

    def read(self, archive: Archive, row: Row) -> Told:
        """Return what the cells of a row tell; raises Refused where one spoils all of it."""
        row.pass_over(self._names)
        cells, found = row.cells, Told(archive, row)
        for name, read, word, nothing in self._columns:
            # mostly blank, in which case there is nothing to strip
            if (cell := cells.get(name)) and (
                nothing is None or (cell := cell.strip()).casefold() not in nothing
            ):
                try:
                    read(found, word, name, cell)
                except BadInput as error:
                    raise row.fault(name, cell, str(error)) from error
        return found


def _text(to: Told, word: str, column: str, cell: str) -> None:
    if to.archive.voice.given.texts_of_posts:
        to.pairs.append((_TEXT, spelled_text(cell)))
    to.pairs.append((word, f'"{sha256(cell.encode()).hexdigest()}"'))


def _literal(to: Told, word: str, column: str, cell: str) -> None:
    to.pairs.append((word, spelled_text(cell)))


def _count(to: Told, word: str, column: str, cell: str) -> None:
    to.pairs.append((word, _spelled_count(cell)))


@lru_cache(10_000)
def _spelled_count(cell: str) -> str:
    return integer(whole(cell))


def _moment(to: Told, word: str, column: str, cell: str) -> None:
    to.pairs.append((word, to.archive.moment(cell).spelled()))


def _post(to: Told, word: str, column: str, cell: str) -> None:
    if reason := to.archive.no_id(cell):
        to.lacks(column, cell, reason)
    else:
        to.pairs.append((word, str(post(cell, to.archive.mint))))
        to.details.append((_REFERENCE, Literal(f"{column} {cell}")))


def _account(to: Told, word: str, column: str, cell: str) -> None:
    if reason := to.archive.no_id(cell):
        to.lacks(column, cell, reason)
    else:
        to.pairs.append((word, str(account_of_id(cell, to.archive.mint))))


def _accounts(to: Told, word: str, column: str, cell: str) -> None:
    for id in listed(cell):
        if id.casefold() not in EMPTY:
            _account(to, word, column, id)


def _tags(to: Told, word: str, column: str, cell: str) -> None:
    for tag in listed(cell):
        if node := hashtag(tag, to.archive.mint):
            to.pairs.append((word, str(node)))
        else:
            to.lacks(column, tag, "is no hashtag")


def _links(to: Told, word: str, column: str, cell: str) -> None:
    to.details.append((_FIELD, Literal(f"{column}: {_AS_JSON.encode(cell)}")))
    for one in listed_addresses(cell):
        if url := assets.address(one):
            to.pairs.append((word, f"<{assets.web_address_as_spelled(url, to.archive.mint)}>"))
        else:
            to.lacks(column, one, "is no web address")


def _whereabouts(to: Told, word: str, column: str, cell: str) -> None:
    to.lacks(column, "(withheld)", _NOT_KEPT)


def _polls(to: Told, word: str, column: str, cell: str) -> None:
    to.lacks(column, cell, "polls are not read")


# in the order of the words, in which the record has them: to sort them takes less time
OF_TWEETS: Final = Columns(
    (
        Column("tweet_time", _moment, "atTime", _BLANK),
        Column("tweet_client_name", _literal, "client"),
        Column("hashtags", _tags, "hashtag"),
        Column("tweet_language", _literal, "inLanguage"),
        Column("like_count", _count, "likes"),
        Column("urls", _links, "link"),
        Column("user_mentions", _accounts, "mention"),
        Column("quoted_tweet_tweetid", _post, "quoteOf"),
        Column("quote_count", _count, "quotes"),
        Column("reply_count", _count, "replies"),
        Column("in_reply_to_tweetid", _post, "replyTo"),
        Column("in_reply_to_userid", _account, "replyToAccount"),
        Column("retweet_userid", _account, "repostFrom"),
        Column("retweet_tweetid", _post, "repostOf"),
        Column("retweet_count", _count, "reposts"),
        Column("tweet_text", _text, "textSha256", nothing=None),
        Column("latitude", _whereabouts, nothing=_ABSENT),
        Column("longitude", _whereabouts, nothing=_ABSENT),
        Column("poll_choices", _polls),
    ),
    others=("user_display_name", HANDLE, *OF_THE_PROFILE),  # which tell of the author
)
OF_THE_AGENCY: Final = Columns(
    (
        Column("publish_date", _moment, "atTime", _BLANK),
        Column("followers", _count, "followers"),
        Column("following", _count, "followings"),
        Column("language", _literal, "inLanguage", UNKNOWN),
        Column("tco1_step1", _links, "link"),
        Column("tco2_step1", _links, "link"),
        Column("tco3_step1", _links, "link"),
        Column("post_type", _literal, "postType"),
        Column("region", _literal, "reportedRegion", UNKNOWN),
        Column("content", _text, "textSha256", nothing=None),
        Column("updates", _count, "updates"),
    ),
    others=("harvested_date", "new_june_2018", "article_url"),
)
