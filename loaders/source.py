"""Files: their bytes named by their hash, their passages by the characters."""

from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Self, TextIO

from loaders.given import Given
from loaders.records import Document, Entry, Passage
from onrecord.errors import BadInput
from ontology.digests import prefixed_fields
from ontology.identity import Mint

BYTE_ORDER_MARK: Final = "\ufeff"
_CHUNK: Final = 1 << 20  # bytes
# how files begin that programs of an office write: ZIP (APPNOTE 4.3.7), OLE (MS-CFB 2.2)
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HEAD: Final = 100  # bytes
_SIGNS: Final = 9  # a tab is the first one that stands in texts
_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ndjson": "application/jsonl",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".owl": "application/rdf+xml",
    ".rdf": "application/rdf+xml",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


def source(path: Path, given: Given) -> str:
    """Return the name that every version of a file goes by."""
    return given.dataset or path.name


@dataclass(frozen=True, slots=True)
class File:
    """A text file, and the name that it goes by however often it is edited or moved.

    A byte order mark is a character of the text like any other, so that offsets count it.
    """

    path: Path
    dataset: str
    document: Document

    @classmethod
    def at(cls, path: Path, given: Given) -> Self:
        """Read a file once, to name it; raises BadInput when it is missing or not UTF-8."""
        hashed, size, characters = sha256(), 0, 0
        decoder = getincrementaldecoder("utf-8")()
        with _readable(path), path.open("rb") as octets:
            while chunk := octets.read(_CHUNK):
                _no_wide(path, chunk if not size else b"")
                hashed.update(chunk)
                characters += len(_decoded(decoder, chunk, size))
                size += len(chunk)
            _decoded(decoder, b"", size)
        document = Document(hashed.hexdigest(), size, _media_type(path), characters)
        return cls(path, source(path, given), document)

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Lend the text as a stream, its line ends as they are."""
        with self.path.open(encoding="utf-8", newline="") as text:
            yield text

    def content(self) -> str:
        """Return the whole text."""
        return self.path.read_bytes().decode()

    @property
    def unit(self) -> str:
        """Return the name of the folder or case that the file belongs to, if it goes by one."""
        return self.dataset.rpartition("/")[0]

    def place(self, start: int, text: str, mint: Mint) -> Passage:
        """Return the passage where a text begins, with the hash of its characters."""
        document = mint.document_of_sha256(self.document.sha256)
        return Passage(document, start, start + len(text), sha256(text.encode()).hexdigest())

    def whole(self, mint: Mint) -> Passage:
        """Return the passage that is all of the file."""
        document = mint.document_of_sha256(self.document.sha256)
        return Passage(document, 0, self.document.characters, self.document.sha256)

    def entry(self, key: str, fields: tuple[tuple[str, str], ...], where: Passage) -> Entry:
        """Return the place of a record of this file."""
        return Entry(self.dataset, key, prefixed_fields(fields), where)


@dataclass(frozen=True, slots=True)
class Source(File):
    """A file whose text is held in memory."""

    text: str = field(repr=False)

    @classmethod
    def read(cls, path: Path, dataset: str = "") -> "Source":
        """Read a file; raises BadInput when it is missing or not UTF-8."""
        with _readable(path):
            content = path.read_bytes()
            _no_wide(path, content)
            text = content.decode()
        digest = sha256(content).hexdigest()
        document = Document(digest, len(content), _media_type(path), len(text))
        return cls(path, dataset or path.name, document, text)

    @property
    def begin(self) -> int:
        """Return where the text begins, after its byte order mark if it has one."""
        return int(self.text.startswith(BYTE_ORDER_MARK))

    def passage(self, start: int, end: int, mint: Mint) -> Passage:
        """Return the passage of [start, end) with the hash of its characters."""
        return self.place(start, self.text[start:end], mint)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        if error.object.startswith(_PACKED):
            reason = "no text, but a workbook or an archive; save it as CSV or text, in UTF-8"
            raise BadInput(f"{path}: {reason}") from error
        marks = (b"\xff\xfe", b"\xfe\xff")
        is_wide = error.start == 0 and error.object.startswith(marks)
        reason = "UTF-16" if is_wide else f"not UTF-8 at byte {error.start}"
        raise BadInput(f"{path}: {reason}; save it as UTF-8") from error
    except ValueError as error:
        raise BadInput(f"{str(path)!r}: {error}") from error


def _no_wide(path: Path, octets: bytes) -> None:
    """Raise BadInput where every other octet is no sign, as in UTF-16 without its mark.

    It is the upper half of one: 0 for Latin letters, up to 6 for Greek, Cyrillic and Arabic.
    """
    head = octets[:_HEAD]
    if len(head) > 3 and min(max(head[1::2]), max(head[::2])) < _SIGNS:
        raise BadInput(f"{path}: UTF-16; save it as UTF-8")


def _decoded(decoder: IncrementalDecoder, chunk: bytes, before: int) -> str:
    """Return what a chunk spells; an error counts its bytes from the beginning of the file."""
    held, _ = decoder.getstate()
    try:
        return decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        error.start += before - len(held)
        raise


def _media_type(path: Path) -> str:
    return _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
