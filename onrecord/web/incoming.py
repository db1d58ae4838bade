"""Requests as they come over a connection: what is too long is refused before it is read."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Final, cast

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.task import WSGITask
from waitress.utilities import Error, RequestEntityTooLarge
from werkzeug.sansio.utils import get_current_url, get_host

from onrecord.store.disk import is_full

Admits = Callable[[str], bool]  # whether an Authorization header holds a token

_LONGEST_HOST: Final = 256  # characters
_CREDENTIAL: Final = "AUTHORIZATION"


class TooMuch(RequestEntityTooLarge):
    """More than somebody without a token may send."""


class NoRoom(Error):
    """More than the folder for temporary files has room for (RFC 4918, section 11.5)."""

    code = 507
    reason = "Insufficient Storage"


class _Nowhere:
    """Where the rest of a body goes that was refused, so that its sender lives to be told."""

    def append(self, data: bytes) -> None:
        """Forget it."""

    def close(self) -> None:
        """Do nothing."""

    def __len__(self) -> int:
        return 0


@lru_cache(maxsize=100)  # a server has few names
def _is_address(host: str) -> bool:
    try:
        host.removesuffix(":" + host.rpartition(":")[2]).encode("idna")
        return bool(get_host("http", host) and get_current_url("http", host))
    except ValueError:
        return False


class Incoming(HTTPRequestParser):
    """A request, of which only who has a token may send more than a query."""

    path = ""  # waitress names it when a client leaves, also where no head could be read

    def __init__(self, adj: Adjustments, most: int, admits: Admits) -> None:
        super().__init__(adj)
        self._most = most
        self._admits = admits
        self._is_admitted = False
        self._full: NoRoom | None = None

    def parse_header(self, header_plus: bytes) -> None:
        """Read a head; raises ParsingError where another server might read another request.

        Its length has to be told in one way (RFC 9112, section 6.1), and its host, in which new
        names stand, has to be one (section 3.2).
        """
        super().parse_header(header_plus)
        told = self.headers
        if "TRANSFER_ENCODING" in told or (self.chunked and "CONTENT_LENGTH" in told):
            raise ParsingError("Transfer-Encoding beside Content-Length, or in HTTP/1.0")
        host = told.get("HOST", "" if self.version == "1.1" else None)
        if host is not None and not (len(host) <= _LONGEST_HOST and _is_address(host)):
            raise ParsingError("Host: send one, as the address of this server spells it")

    def received(self, data: bytes) -> int:
        """Take bytes, and return how many; past what may come, the request is an error."""
        try:
            taken = int(super().received(data))
        except OSError as error:
            if not is_full(error):
                raise
            taken = self._without_room(data)
        if self.completed and self._full:
            self.error = self._full
        if self.headers_finished and not self.completed and not self._is_admitted:
            self._refuse_length()
        return taken

    def _without_room(self, data: bytes) -> int:
        """Refuse a request for which the disk has no room, once all of it came."""
        folder = tempfile.gettempdir()
        self._full = NoRoom(
            f"{folder}: no space left on the disk; nothing was changed, make room"
        )
        body = self.body_rcv
        if isinstance(body, FixedStreamReceiver):
            with suppress(OSError):  # what is left in memory finds no room, either
                body.buf.close()
            body.buf = cast(OverflowableBuffer, _Nowhere())
            return int(super().received(data))
        self.expect_continue, self.completed = False, True
        return len(data)

    def _refuse_length(self) -> None:
        if max(self.content_length, self.body_bytes_received) <= self._most:
            return
        self._is_admitted = self._admits(self.headers.get(_CREDENTIAL, ""))
        if not self._is_admitted:
            self.expect_continue = False
            self.error = TooMuch(f"without a token, {self._most:,} bytes may be sent at once")
            self.completed = True


class Exchange(WSGITask):
    """A request and its answer; to HEAD nothing is sent after the head, not even its end."""

    def finish(self) -> None:
        """End the answer."""
        if self.request.command != "HEAD":  # type: ignore[attr-defined]
            super().finish()
        elif not self.wrote_header:
            self.write(b"")
