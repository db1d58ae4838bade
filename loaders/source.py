"""A file held in memory: its bytes, its text, and the passages in it."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from loaders.records import Document, Entry, Passage
from onrecord.errors import BadInput
from ontology.identity import Mint

BYTE_ORDER_MARK: Final = "\ufeff"
_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the name that it goes by however often it is edited or moved.

    A byte order mark is a character of the text like any other, so that offsets count it.
    """

    path: Path
    dataset: str
    text: str = field(repr=False)
    document: Document

    @classmethod
    def read(cls, path: Path, dataset: str = "") -> "Source":
        """Read a file; raises BadInput when it is missing or not UTF-8."""
        try:
            content = path.read_bytes()
            text = content.decode()
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise BadInput(f"{path}: not UTF-8 at byte {error.start}") from error
        except ValueError as error:
            raise BadInput(f"{str(path)!r}: {error}") from error
        media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
        digest = sha256(content).hexdigest()
        document = Document(digest, len(content), media_type, len(text))
        return cls(path, dataset or path.name, text, document)

    @property
    def unit(self) -> str:
        """Return the name of the folder or case that the file belongs to, if it goes by one."""
        return self.dataset.rpartition("/")[0]

    @property
    def begin(self) -> int:
        """Return where the text begins, after its byte order mark if it has one."""
        return int(self.text.startswith(BYTE_ORDER_MARK))

    def passage(self, start: int, end: int, mint: Mint) -> Passage:
        """Return the passage of [start, end) with the hash of its characters."""
        held = sha256(self.text[start:end].encode()).hexdigest()
        return Passage(mint.document_of_sha256(self.document.sha256), start, end, held)

    def entry(self, key: str, fields: tuple[tuple[str, str], ...], where: Passage) -> Entry:
        """Return the place of a record of this file."""
        return Entry(self.dataset, key, fields, where)
