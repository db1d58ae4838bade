"""Guards the bytes of RDF before they are parsed: a limit, and no DOCTYPE in XML."""

import re
from collections import deque
from io import RawIOBase
from typing import Final, Protocol

from pyoxigraph import RdfFormat

from onrecord.errors import BadInput, TooLarge
from ontology.contexts import CONTEXT, with_our_context

_CHUNK: Final = 65_536  # bytes
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# in UTF-8 and in both orders of UTF-16: an XML parser takes any of them
_DOCTYPE: Final = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.I)
_DOCTYPE_LENGTH: Final = 18
_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Guarded(RawIOBase):
    """Bytes up to a limit; XML without a DOCTYPE, whose entities could grow without one.

    Our own context of JSON-LD is put in its place.
    """

    def __init__(self, source: Source, limit: int, format: RdfFormat) -> None:
        self._source = source
        self._limit = self._left = limit
        self._format = format
        self._tail = b""
        # the engine takes a byte order mark before XML and JSON only
        self._ahead = self._taken(_CHUNK).removeprefix(BYTE_ORDER_MARK)
        if format == RdfFormat.JSON_LD:
            self._ahead = with_our_context(self._ahead)

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = _CHUNK if size is None or size < 0 else size
        if not self._ahead:
            return self._taken(wanted)
        found, self._ahead = self._ahead[:wanted], self._ahead[wanted:]
        return found

    def _taken(self, size: int) -> bytes:
        found = self._source.read(size)
        self._left -= len(found)
        if self._left < 0:
            raise TooLarge(f"a body has {self._limit:,} bytes at most when inflated")
        if self._format == RdfFormat.RDF_XML and _DOCTYPE.search(self._tail + found):
            raise BadInput("RDF/XML: a DOCTYPE is not taken; write out what its entities hold")
        self._tail = (self._tail + found)[-_DOCTYPE_LENGTH:]
        return found


class ByLine(RawIOBase):
    """Bytes line by line, so that what a parser tells of is of the line that it got last.

    `lines` is the number of that line, from 1.
    """

    def __init__(self, source: Guarded) -> None:
        self._source = source
        self._ready: deque[bytes] = deque()
        self._is_ended = True
        self.lines = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if not self._ready:
            self._ready.extend(self._source.read(_CHUNK).splitlines(keepends=True))
            if not self._ready:
                return b""
        found = self._ready.popleft()
        if size is not None and 0 <= size < len(found):
            self._ready.appendleft(found[size:])
            found = found[:size]
        self.lines += self._is_ended
        self._is_ended = found.endswith(b"\n")
        return found


def ends_with_itself(line: bytes) -> bool:
    """Return whether a line of N-Quads is one statement, well formed or not.

    What lacks its end, or the end of a text or an address, may go on in the next line, of which
    the rest could read as a statement that nobody made.

    >>> ends_with_itself(b'<e:a b> <e:p> "x" .'), ends_with_itself(b'<e:a> <e:p> "x .')
    (True, False)
    """
    bare = _TEXT.sub(b"", line)
    is_closed = b'"' not in bare and bare.count(b"<") == bare.count(b">")
    return is_closed and bare.rstrip().endswith(b".")


def told(error: Exception) -> str:
    """Return what a parser complains of, in words that help whoever wrote the file."""
    if "LoadDocumentCallback" in str(error):
        return f"a context is not fetched unless it is {CONTEXT}; write it into the document"
    return str(error)
