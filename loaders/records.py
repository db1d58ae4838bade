"""What loaders yield: values that say who said what, and where it stands.

What millions of rows are made of are named tuples, which take half the time to make, or less.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from pyoxigraph import NamedNode, Triple

from onrecord.unsigned import shown
from ontology.identity import Qualifier, SpelledPairs, Term

Details = tuple[Qualifier, ...]


class Claim(NamedTuple):
    """A proposition; nothing here says that it is true."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    qualifiers: Details | SpelledPairs = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A declared range of a text, in code points, and what kind of text stands there."""

    kind: NamedNode
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Return whether the range contains all of [start, end)."""
        return self.start <= start and end <= self.end

    def touches(self, start: int, end: int) -> bool:
        """Return whether the range shares a character with [start, end)."""
        return self.start < end and start < self.end


class Passage(NamedTuple):
    """A run of characters of a held document; `sha256` is of the run's UTF-8 octets."""

    document: NamedNode
    start: int
    end: int
    sha256: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def passage(self) -> "Passage":
        """Return the passage itself, as an entry returns the one in which it stands."""
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a data file: found again by key and fields, shown by its characters.

    `fields` are as `ontology.digests.prefixed_fields` spells them.
    """

    dataset: str
    key: str
    fields: bytes = field(repr=False)
    passage: Passage


@dataclass(frozen=True, slots=True)
class NamedEntry(Entry):
    """A record of a data file that is not at hand: known by its IRI, with its fields' hash."""

    iri: str = ""
    fields_sha256: str = ""


class Attestation(NamedTuple):
    """One speaker's stance on one claim in one place, with the hops up to the document."""

    claim: Claim
    stance: NamedNode
    mode: NamedNode
    speaker: NamedNode
    place: Passage | Entry
    relays: tuple[NamedNode, ...] = ()
    depth: int = 0
    details: Details = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A held or hashed document: only what its bytes say of themselves."""

    sha256: str
    size: int
    media_type: str
    characters: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Described(Document):
    """A document of which a file speaks, and which was not at hand."""


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text at hand whose hash is that of a document; it stays out of the graph."""

    sha256: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdentityJudgement:
    """An analyst's verdict on whether two IRIs name one thing."""

    first: NamedNode
    second: NamedNode
    verdict: NamedNode
    judge: NamedNode
    on: str
    because: str
    place: Entry
    details: Details = ()


@dataclass(frozen=True, slots=True)
class ImplicationJudgement:
    """An analyst's verdict that who holds the premise also holds the consequence."""

    premise: Claim
    consequence: Claim
    judge: NamedNode
    on: str
    because: str
    place: Entry
    details: Details = ()


# how the reasons begin for which a value is left out whatever it says
NEVER_TAKEN: Final = "is not taken: "


@dataclass(frozen=True, slots=True)
class Quarantined:
    """What was not taken: where it stands, the value at fault and the reason.

    `record` has the characters of the whole record where nothing of it was taken; `line` is 0
    where the form of the file has no lines.
    """

    file: str
    line: int
    key: str
    column: str
    value: str
    reason: str
    record: str = field(default="", repr=False)

    @property
    def is_withheld(self) -> bool:
        """Return whether it is a value that no record keeps, however it is spelled."""
        return self.reason.startswith(NEVER_TAKEN)

    @property
    def is_anywhere(self) -> bool:
        """Return whether it has no key, or one at fault: it may be any record of the file."""
        return self.key in ("", self.value.strip())

    @property
    def shown(self) -> str:
        """Return the value without what is secret in it, by the names of fields and columns."""
        return shown(self.column, self.value)

    def __str__(self) -> str:
        record = f" ({self.key})" if self.key else ""
        cell = f" {self.column} {self.shown!r}:" if self.column else ""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}{record}:{cell} {self.reason}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that says nothing, or that its own coder marked as not to be loaded."""

    file: str
    key: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Statements of others, kept as they are in a graph apart; they are nobody's claim.

    `known_as` is the name that the graph has in the document, if it has one.
    """

    document: NamedNode
    graph: NamedNode
    known_as: NamedNode | None
    statements: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What of a file is not evidence and is not taken as such, how often, and why."""

    file: str
    reason: str
    times: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a source came here, on what terms, and whose it is; empty where nobody told."""

    licence: str = ""
    url: str = ""
    retrieved: str = ""
    markings: tuple[NamedNode, ...] = ()
    publisher: str = ""


class Fate(Enum):
    """What becomes of a record of a source."""

    MAPPED = "mapped"
    QUARANTINED = "quarantined"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Accounted:
    """What became of one record of a file, or of several; follows what they yielded."""

    file: str
    fate: Fate
    records: int = 1


@dataclass(frozen=True, slots=True)
class Total:
    """How many records whoever read a file came across; follows the last of them."""

    file: str
    records: int


Judgement = IdentityJudgement | ImplicationJudgement
Record = (
    Attestation
    | Document
    | HeldText
    | Judgement
    | Quarantined
    | Skipped
    | Sheet
    | Foreign
    | PassedOver
    | Accounted
    | Total
)
