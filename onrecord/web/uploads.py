"""What a client uploads: kept on disk, inflated and parsed within limits."""

import gzip
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import RawIOBase
from typing import IO, Final, Protocol, cast

from pyoxigraph import Quad, RdfFormat, parse
from werkzeug.exceptions import UnsupportedMediaType

from onrecord.errors import BadInput, TooLarge
from onrecord.web.contexts import CONTEXT, with_our_context

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_CHUNK: Final = 65_536  # bytes
_CODINGS: Final = ("identity", "gzip", "x-gzip", "zstd")
_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")
# in UTF-8 and in both orders of UTF-16: an XML parser takes any of them
_DOCTYPE: Final = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.I)
_DOCTYPE_LENGTH: Final = 18


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """One body or part of one: a file that lasts as long as the request, and what it is."""

    path: str
    media_type: str
    coding: str
    sha256: str
    address: str = ""  # from which it was fetched

    @property
    def format(self) -> RdfFormat:
        """Return the format of its RDF; raises UnsupportedMediaType."""
        return rdf_format(self.media_type)

    def quads(self, base: str, limit: int) -> Iterator[Quad]:
        """Yield what stands in it; raises BadInput with the place, TooLarge past the limit.

        Blank nodes get names of their own, so that two uploads never share one.
        """
        with open(self.path, "rb") as file:
            source = _Guarded(_inflated(file, self.coding), limit, self.format)
            try:
                yield from parse(
                    cast(IO[bytes], source),
                    self.format,
                    base_iri=base,
                    without_named_graphs=True,
                    rename_blank_nodes=True,
                )
            except (SyntaxError, ValueError) as error:
                raise BadInput(f"{self.media_type}: {_told(error)}") from error
            except (EOFError, zstd.ZstdError, gzip.BadGzipFile) as error:
                raise BadInput(f"{self.coding}: {error}") from error


def rdf_format(media_type: str) -> RdfFormat:
    """Return the format of a media type; raises UnsupportedMediaType."""
    found = RdfFormat.from_media_type(media_type)
    if found is None or found == RdfFormat.N3:  # whose formulas are no RDF
        raise UnsupportedMediaType(
            f"{media_type or 'no Content-Type'}: send RDF as text/turtle, "
            "application/n-triples, application/rdf+xml or application/ld+json"
        )
    return found


def refuse_charset(media_type: str, parameters: Mapping[str, str]) -> None:
    """Raise UnsupportedMediaType on another character set than UTF-8, but for XML's own."""
    charset = parameters.get("charset", "utf-8")
    if charset.lower() not in _CHARSETS and not media_type.endswith("xml"):
        raise UnsupportedMediaType(f"charset={charset}: send UTF-8")


def coding(spelled: str) -> str:
    """Return a content coding that we can undo; raises UnsupportedMediaType."""
    name = spelled.strip().lower() or "identity"
    if name not in _CODINGS:
        raise UnsupportedMediaType(f"Content-Encoding {spelled}: send gzip, zstd or identity")
    return name


def spooled(source: Source, limit: int) -> tuple[IO[bytes], str]:
    """Return a file with all that a source gives, and its SHA-256; raises TooLarge."""
    file = tempfile.NamedTemporaryFile(prefix="onrecord-upload-")  # noqa: SIM115
    hashed, size = sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            file.close()
            raise TooLarge(f"a body has {limit:,} bytes at most")
        hashed.update(chunk)
        file.write(chunk)
    file.flush()
    return file, hashed.hexdigest()


class _Guarded(RawIOBase):
    """Bytes up to a limit; XML without a DOCTYPE, whose entities could grow without one."""

    def __init__(self, source: Source, limit: int, format: RdfFormat) -> None:
        self._source = source
        self._limit = self._left = limit
        self._format = format
        self._tail = b""
        self._ahead = b""
        if format == RdfFormat.JSON_LD:
            self._ahead = with_our_context(self._taken(_CHUNK))

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = _CHUNK if size is None or size < 0 else size
        if self._ahead:
            found, self._ahead = self._ahead[:wanted], self._ahead[wanted:]
            return found
        return self._taken(wanted)

    def _taken(self, size: int) -> bytes:
        found = self._source.read(size)
        self._left -= len(found)
        if self._left < 0:
            raise TooLarge(f"a body has {self._limit:,} bytes at most when inflated")
        if self._format == RdfFormat.RDF_XML and _DOCTYPE.search(self._tail + found):
            raise BadInput("RDF/XML: a DOCTYPE is not taken; write out what its entities hold")
        self._tail = (self._tail + found)[-_DOCTYPE_LENGTH:]
        return found


def _told(error: Exception) -> str:
    if "LoadDocumentCallback" in str(error):
        return f"a context is not fetched unless it is {CONTEXT}; write it into the document"
    return str(error)


def _inflated(file: IO[bytes], coding: str) -> Source:
    match coding:
        case "gzip" | "x-gzip":
            return cast(Source, gzip.GzipFile(fileobj=file))
        case "zstd":
            return cast(Source, zstd.ZstdFile(file))
        case _:
            return file
