"""Profiles of accounts in the archive: what they say of themselves, and who follows them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.cells import count
from loaders.records import Claim, Entry, Quarantined, Record
from loaders.table import Refused, Row
from loaders.x_archive_disclosure import NAN, Archive
from ontology import term

# which account files have, and each tweet of an account repeats
OF_THE_PROFILE: Final = (
    "user_reported_location", "user_profile_description", "user_profile_url", "follower_count",
    "following_count", "account_creation_date", "account_language",
)  # fmt: skip


def profile(archive: Archive, row: Row, node: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield what an account says of itself."""
    voice = archive.voice
    if (text := row.take("user_profile_description")) not in NAN:
        yield voice.says(Claim(node, term("selfDescribedAs"), Literal(text)), place)
    if (text := row.take("user_reported_location")) not in NAN:
        yield voice.says(Claim(node, term("reportedLocation"), Literal(text)), place)
    if (text := row.take("account_language")) not in NAN:
        yield voice.says(Claim(node, term("schema:inLanguage"), Literal(text)), place)
    for told in _read(row, "account_creation_date", lambda cell: archive.moment(cell).literal):
        if isinstance(told, Quarantined):
            yield told
        else:
            yield voice.says(Claim(node, term("schema:dateCreated"), told), place)
    if (cell := row.take("user_profile_url")) not in NAN:
        yield from _link(archive, row, node, cell, place)


def counted(archive: Archive, row: Row, node: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield how many follow an account, and whom it follows, when it was disclosed."""
    for column, predicate in (
        ("follower_count", "followerCount"),
        ("following_count", "followingCount"),
    ):
        for told in _read(row, column, count):
            if isinstance(told, Quarantined):
                yield told
                continue
            about = ((term("comparator"), term("exact")), (term("during"), archive.disclosure))
            yield archive.voice.says(Claim(node, term(predicate), told, about), place)


def _read(
    row: Row, column: str, reading: Callable[[str], Literal]
) -> Iterator[Literal | Quarantined]:
    """Yield what a cell is read as, or that it cannot be; the account is there without it."""
    if (cell := row.take(column)) in NAN:
        return
    try:
        yield row.doing(column, cell, partial(reading, cell))
    except Refused as error:
        yield error.record


def _link(
    archive: Archive, row: Row, node: NamedNode, cell: str, place: Entry
) -> Iterator[Record]:
    url = assets.address(cell)
    if url is None:
        yield row.fault("user_profile_url", cell, "is no web address").record
        return
    target = assets.web_address(url, archive.mint)
    more = Claim(target, term("address"), Literal(url))
    yield from archive.voice.introduce(target, "WebAddress", url, place.passage, more)
    yield archive.voice.says(Claim(node, term("profileLink"), target), place)
