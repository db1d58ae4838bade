"""A file of the archive of information operations: what it discloses, and whose accounts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from loaders import assets
from loaders.cells import Moment, american_moment, is_rounded
from loaders.day_or_month import moments
from loaders.records import Claim, Quarantined, Record
from loaders.rounded import rounding
from loaders.table import Refused, Row
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint, as_seen

TWITTER: Final = term("twitter")
CODERS: Final = "Clemson University"
CATALOGUE: Final = "x-archive"
_NOT_PART_OF_A_NAME: Final = frozenset(
    {"csv", "hashed", "tweet", "tweets", "unhashed", "user", "users"}
)
_PART: Final = re.compile(r"(?:part)?\d{1,3}", re.IGNORECASE)
_NAMELESS: Final = frozenset({"", "null", "nan", "none", "[]"})
EMPTY: Final = _NAMELESS | {"na"}  # as R has it, where no name stands
UNKNOWN: Final = EMPTY | {"?", "language undefined", "unknown"}
_FALSE: Final = EMPTY | {"0", "0.0", "f", "false"}  # `f` is how PostgreSQL writes it
_TRUE: Final = frozenset({"1", "1.0", "t", "true"})
_NO_FLAG: Final = "is neither true nor false"
_APART: Final = re.compile(r"[\s'\";,|]")  # as in `['one' 'two']`, which numpy writes
HANDLE: Final = "user_screen_name"
NAN: Final = ("", "nan", "NaN", "NA")  # as programs write what they have not
ROUNDED: Final = "is an id that a spreadsheet has rounded"
_UNSURE: Final = "is a name, or what a program writes for nothing"
_ID: Final = re.compile(
    r"(?!-\d+$|\W+$)[\w+/=-]+", re.ASCII
)  # or a hash of one, in whatever alphabet


@dataclass(frozen=True, slots=True)
class Archive:
    """A file of the archive: who publishes it, what it discloses, how it writes."""

    voice: Voice
    mint: Mint  # of the voice, asked for some cells of each row
    network: NamedNode
    coders: NamedNode | None = None
    moment: Callable[[str], Moment] = american_moment
    is_rounded: Callable[[str], bool] = is_rounded
    # by the cells that tell them, from which each follows whatever becomes of the row
    authors: dict[tuple[str, ...], NamedNode] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, voice: Voice, coders: NamedNode | None = None) -> "Archive":
        """Return the file that a voice speaks in."""
        mint, name = voice.given.mint, _dataset(voice.file.path.stem)
        network = mint.named("network", name, CATALOGUE)
        return cls(voice, mint, network, coders, moments(voice.file), rounding(voice.file))

    @property
    def name(self) -> str:
        return _dataset(self.voice.file.path.stem)

    @property
    def disclosure(self) -> NamedNode:
        return self.mint.named("event", f"disclosure of {self.name}", CATALOGUE)

    def no_id(self, spelled: str) -> str:
        """Return why a cell is no id of an account or a tweet; nothing where it is one."""
        if spelled.isdigit() and spelled[-1] != "0":  # mostly so, and quicker
            return ""
        if self.is_rounded(spelled):
            return ROUNDED
        if spelled.casefold() in EMPTY:
            return "is empty"
        return "" if _ID.fullmatch(spelled) else "is no id"

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
            yield from self.voice.introduce(self.coders, "org:Organization", CODERS, whole)

    def named(
        self, row: Row, id_column: str, column: str
    ) -> tuple[NamedNode, list[Quarantined]]:
        """Return the account of a row: by its id or hash, else by its handle."""
        spelled = row.take(id_column)
        is_told = spelled.casefold() not in EMPTY
        reason = self.no_id(spelled)
        if not reason:
            return account_of_id(spelled, self.mint), []
        fault = row.fault(id_column, spelled, reason)
        handle, faults = handle_in(row, column)
        if not handle:
            raise faults[0] if faults else fault
        node = assets.account(TWITTER, self.mint, handle=handle)
        return node, [fault.record] if is_told else []


def handle_in(row: Row, column: str) -> tuple[str, list[Refused]]:
    """Return the handle in a cell, or the hash in its place; what is neither says why."""
    cell, faults = name_in(row, column)
    if not cell or assets.is_handle(TWITTER, cell) or cell == row.take("userid"):
        return cell, faults
    return "", [row.fault(column, cell, "is no handle")]


def name_in(row: Row, column: str) -> tuple[str, list[Refused]]:
    """Return the name in a cell; somebody may be called Null, and so none is told by it."""
    cell = row.take(column)
    if cell in NAN:
        return "", []
    return (
        ("", [row.fault(column, cell, _UNSURE)]) if cell.casefold() in _NAMELESS else (cell, [])
    )


def names_in(row: Row) -> tuple[str, str, list[Refused]]:
    """Return the handle and the display name in a row, and why either is not told."""
    handle, faults = handle_in(row, HANDLE)
    shown, more = name_in(row, "user_display_name")
    return handle, shown, [*faults, *more]


def are_withheld(id: str, handle: str, shown: str, faults: list[Refused]) -> bool:
    """Return whether an account is known by its hash alone; an id in clear is no hash."""
    is_nameless = not (handle or shown or faults or id.isdigit())
    return bool(id) and (handle == shown == id or is_nameless)


@lru_cache(10_000)
def account_of_id(id: str, mint: Mint) -> NamedNode:
    """Return the account of an id or of a hash."""
    return assets.account(TWITTER, mint, id=id)


@lru_cache(10_000)
def hashtag(tag: str, mint: Mint) -> NamedNode | None:
    """Return a hashtag; None for a text that is none, or several.

    >>> hashtag("#quay", Mint()) == Mint().hashtag("quay"), hashtag("quay' 'pier", Mint())
    (True, None)
    """
    is_one = as_seen(tag).strip("# ") and not _APART.search(tag)
    return mint.hashtag(tag) if is_one else None


def lone_flag(row: Row, column: str, reason: str, *beside: str) -> Iterator[Quarantined]:
    """Yield a flag that is set, or is none, where no cell beside it tells what it is about."""
    cell = row.take(column)
    told = cell.casefold()
    if told in _FALSE or any(row.take(one).casefold() not in EMPTY for one in beside):
        return
    yield row.fault(column, cell, reason if told in _TRUE else _NO_FLAG).record


def post(id: str, mint: Mint) -> NamedNode:
    """Return a tweet by its id."""
    return mint.activity("post", "twitter", id)


def _is_no_name(part: str) -> bool:
    return part.casefold() in _NOT_PART_OF_A_NAME


def _dataset(stem: str) -> str:
    """Return the name of a dataset, whichever of its files it is.

    >>> _dataset("hashed_2021_12_MX_0621_MX_0621_users")
    '2021_12_MX_0621'
    >>> _dataset("ghana-nigeria_032020_users_csv_hashed")
    'ghana-nigeria_032020'
    >>> _dataset("IRAhandle_tweets_9"), _dataset("iran_201906_2_tweets_csv_hashed")
    ('IRAhandle', 'iran_201906_2')
    """
    found = re.split(r"[_ ]+", stem)
    # the number of a part comes last, after what kind of file it is
    if len(found) > 2 and _PART.fullmatch(found[-1]) and _is_no_name(found[-2]):
        found.pop()
    parts = [part for part in found if not _is_no_name(part)]
    for length in range(len(parts) // 2, 0, -1):
        if parts[-length:] == parts[-2 * length : -length]:
            parts = parts[:-length]
            break
    return "_".join(parts) or stem
