"""Profiles of accounts in the archive: what they say of themselves, and who follows them."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.cells import count
from loaders.records import Claim, Entry, Record
from loaders.table import Row
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
    if (cell := row.take("account_creation_date")) not in NAN:
        created = row.doing("account_creation_date", cell, partial(archive.moment, cell))
        yield voice.says(Claim(node, term("schema:dateCreated"), created), place)
    if (cell := row.take("user_profile_url")) not in NAN:
        yield from _link(archive, row, node, cell, place)


def counted(archive: Archive, row: Row, node: NamedNode, place: Entry) -> Iterator[Record]:
    """Yield how many follow an account, and whom it follows, when it was disclosed."""
    for column, predicate in (
        ("follower_count", "followerCount"),
        ("following_count", "followingCount"),
    ):
        if (cell := row.take(column)) not in NAN:
            number = row.doing(column, cell, partial(count, cell))
            about = ((term("comparator"), term("exact")), (term("during"), archive.disclosure))
            yield archive.voice.says(Claim(node, term(predicate), number, about), place)


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
