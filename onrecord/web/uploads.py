"""What a client uploads: kept on disk, inflated and parsed within limits."""

import gzip
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Final, cast

from pyoxigraph import Quad, RdfFormat, parse
from werkzeug.exceptions import UnsupportedMediaType

from loaders.rdf_octets import Guarded, Source, told
from onrecord.errors import BadInput, TooLarge

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_CHUNK: Final = 65_536  # bytes
_CODINGS: Final = ("identity", "gzip", "x-gzip", "zstd")
_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")


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
            try:
                source = Guarded(_inflated(file, self.coding), limit, self.format)
                yield from parse(
                    cast(IO[bytes], source),
                    self.format,
                    base_iri=base,
                    without_named_graphs=True,
                    rename_blank_nodes=True,
                )
            except (SyntaxError, ValueError) as error:
                raise BadInput(f"{self.media_type}: {told(error)}") from error
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
    try:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"a body has {limit:,} bytes at most")
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
    except BaseException:
        with suppress(OSError):  # a full disk takes no more, but the file goes
            file.close()
        raise
    return file, hashed.hexdigest()


def _inflated(file: IO[bytes], coding: str) -> Source:
    match coding:
        case "gzip" | "x-gzip":
            if not file.seek(0, 2):  # which Python takes for the whole of nothing
                raise EOFError("the file ended before it began")
            file.seek(0)
            return cast(Source, gzip.GzipFile(fileobj=file))
        case "zstd":
            return cast(Source, zstd.ZstdFile(file))
        case _:
            return file
