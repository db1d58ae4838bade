"""A file held in memory: its bytes, its text, and the passages in it."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from loaders.records import Document, Entry, Passage
from onrecord.errors import BadInput
from ontology.identity import Mint

_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the name that it goes by however often it is edited or moved."""

    path: Path
    dataset: str
    content: bytes = field(repr=False)
    text: str = field(repr=False)

    @classmethod
    def read(cls, path: Path, dataset: str = "") -> "Source":
        """Read a file; raises BadInput when it is missing or not UTF-8."""
        try:
            content = path.read_bytes()
            return cls(path, dataset or path.name, content, content.decode())
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise BadInput(f"{path}: not UTF-8 at byte {error.start}") from error

    @property
    def document(self) -> Document:
        """Return the document that these bytes are."""
        media_type = _MEDIA_TYPES.get(self.path.suffix.lower(), "application/octet-stream")
        digest = sha256(self.content).hexdigest()
        return Document(digest, len(self.content), media_type, len(self.text))

    def passage(self, start: int, end: int, mint: Mint) -> Passage:
        """Return the passage of [start, end) with the hash of its characters."""
        held = sha256(self.text[start:end].encode()).hexdigest()
        return Passage(mint.document(self.content), start, end, held)

    def entry(self, key: str, fields: tuple[tuple[str, str], ...], where: Passage) -> Entry:
        """Return the place of a record of this file."""
        return Entry(self.dataset, key, fields, where)
