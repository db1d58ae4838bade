"""What a loader is handed beside its path."""

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from loaders.records import Details
from onrecord.unsigned import unsigned
from ontology import term
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Terms:
    """Who publishes a source, where it was got, when, and on what terms; empty if not told.

    `retrieved` is a date or a moment of XML Schema, `marking` a word of the Traffic Light
    Protocol such as `TLP:AMBER+STRICT` (FIRST, TLP 2.0); `unread` where a file says who may
    have it in a form that is not read. What is secret in `url` is struck out.
    """

    publisher: str = ""
    licence: str = ""
    url: str = ""
    retrieved: str = ""
    marking: str = ""
    unread: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", unsigned(self.url))


@dataclass(frozen=True, slots=True)
class Given:
    """Where IRIs are made, where texts may be found, and what belongs to which case.

    `dataset` is the name by which a file goes, if not its own; `terms` are what the person who
    loads tells of the source; `texts_of_posts` lets the words of posts enter the record.
    """

    mint: Mint = field(default_factory=Mint)
    texts: Path | None = None
    mapping: Path | None = None
    case: NamedNode | None = None
    dataset: str = ""
    terms: Terms = field(default_factory=Terms)
    texts_of_posts: bool = False

    @property
    def membership(self) -> Details:
        """Return the detail that ties a piece of evidence to the case in hand."""
        return ((term("case"), self.case),) if self.case else ()
