"""Where something stands: document, characters, hash, and the words if the text is held."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from onrecord.holds import Holds
from onrecord.legible import unturned
from onrecord.web.links import Link, Links
from onrecord.web.stars import Stars

_MOST: Final = 300  # characters of a text under somebody's copyright


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a document; `quotation` is None where the text is not held."""

    document: Link
    document_sha256: str
    passage: Link
    start: int
    end: int
    sha256: str
    parts: tuple[str, ...]
    record: str
    quotation: str | None
    is_cut: bool

    @property
    def label(self) -> str:
        """Return what the document is called."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of the triples at hand, the texts, and what holds evidence in the record."""

    stars: Stars
    links: Links
    texts: Path
    holds: Holds

    def of(self, node: NamedNode) -> Place:
        """Return where an attestation or judgement stands."""
        passages = self.stars.nodes(node, "passage")
        if not passages:
            return Place(Link("no document"), "", Link(""), 0, 0, "", (), "", None, False)
        record = self.stars.text(node, "recordKey") or self._of_record(node, "recordKey")
        shown = self._standing(node, passages) if passages[1:] else passages[0]
        return self.place(shown, record, self._of_record(node, "dataset"))

    def _standing(self, node: NamedNode, passages: list[NamedNode]) -> NamedNode:
        """Return the first passage in a document by which a run holds what stands there."""
        held = {one for hold in self.holds.of(node) for one in hold.documents}
        standing = (one for one in passages if held & {one, *self.stars.nodes(one, "document")})
        return next(standing, passages[0])

    def place(self, passage: NamedNode, record: str = "", dataset: str = "") -> Place:
        """Return what is known of a passage; a data file goes by the name of its data set."""
        document = self.stars.nodes(passage, "document")[0]
        shown = self.links.of(document)
        if dataset and not self.links.is_named(document):
            shown = replace(shown, text=unturned(dataset))
        start, end = (int(self.stars.text(passage, w) or 0) for w in ("oa:start", "oa:end"))
        digest = self.stars.text(document, "sha256")
        quotation = self._quotation(digest, start, end)
        return Place(
            shown,
            digest,
            self.links.of(passage),
            start,
            end,
            self.stars.text(passage, "sha256"),
            tuple(self._parts(passage)),
            record,
            None if quotation is None else unturned(quotation),
            quotation is not None and len(quotation) < end - start,
        )

    def _parts(self, passage: NamedNode) -> list[str]:
        kinds = (
            kind
            for part in self.stars.nodes(passage, "inPart")
            for kind in self.stars.values(part, "partKind")
        )
        return list(dict.fromkeys(self.links.of(kind).text for kind in kinds))

    def _of_record(self, node: NamedNode, word: str) -> str:
        records = self.stars.nodes(node, "record")
        return next((self.stars.text(record, word) for record in records), "")

    def _quotation(self, sha256: str, start: int, end: int) -> str | None:
        path = self.texts / sha256
        if not sha256.isalnum() or not path.is_file():
            return None
        with path.open(encoding="utf-8", newline="") as text:
            text.read(start)
            return text.read(min(end - start, _MOST))
