"""What a loader is handed beside its path."""

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from loaders.records import Details
from ontology import term
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Given:
    """Where IRIs are made, where texts may be found, and what belongs to which case."""

    mint: Mint = field(default_factory=Mint)
    texts: Path | None = None
    mapping: Path | None = None
    case: NamedNode | None = None

    @property
    def membership(self) -> Details:
        """Return the detail that ties a piece of evidence to the case in hand."""
        return ((term("case"), self.case),) if self.case else ()
