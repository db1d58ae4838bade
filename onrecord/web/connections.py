"""Closes connections of clients that are slow on purpose, which waitress leaves open."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from waitress.adjustments import Adjustments
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import Error

from onrecord.limits import Limits
from onrecord.web.incoming import Admits, Exchange, Incoming, TooMuch
from onrecord.web.replies import SAFE

_SHORT: Final = 65_536  # bytes, as many as a reader sends in one frame
_KEPT: Final = 1_000_000  # bytes in memory that a client is behind
_FILE: Final = 64_000_000  # bytes of a file in which the rest waits for it
_WORDS: Final = {
    413: "more was sent than may be sent at once; send less, or in parts",
    431: "the head of the request is too long; POST a long query instead",
}


class _TooSlow(Error):
    code = 408
    reason = "Request Timeout"


class _Refusal(ErrorTask):
    """What is refused before the application sees it, as a problem document (RFC 9457)."""

    def execute(self) -> None:
        error = self.request.error  # type: ignore[attr-defined]
        self.status = f"{error.code} {error.reason}"
        detail = str(error.body)
        if not isinstance(error, TooMuch):
            detail = _WORDS.get(error.code, detail)
        problem = {"type": "about:blank", "title": error.reason, "status": error.code}
        body = json.dumps(problem | {"detail": detail}).encode()
        headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
        self.response_headers = [*(headers | SAFE).items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Exchange(Exchange):
    """A request and its answer, whose head is sent in one piece with what follows."""

    channel: "Connection"

    def write(self, data: bytes) -> None:
        if self.wrote_header:
            super().write(data)
            return
        with self.channel.in_one_piece():
            super().write(data)


class Connection(HTTPChannel):
    """The connection of one client.

    As it comes, waitress keeps all of an answer that was ever sent on it, in memory when the
    client reads as fast as we write: so each megabyte begins a buffer of its own.
    """

    task_class = _Exchange
    error_task_class = _Refusal
    server: "Server"
    _receiving: object = None
    _since: float = 0
    _pieces: list[bytes] | None = None  # what is gathered to be sent together

    def parser_class(self, adj: Adjustments) -> Incoming:  # type: ignore[override]
        """Return a request that begins to come."""
        return Incoming(adj, self.server.limits.form_bytes, self.server.admits)

    def received(self, data: bytes) -> bool:
        """Take bytes of a request, and note when it began."""
        taken = super().received(data)
        if self.request is not self._receiving:
            self._receiving, self._since = self.request, time.time()
        return taken

    def write_soon(self, data: bytes) -> int:
        """Send bytes of an answer, once the client takes them; raises ClientDisconnected.

        A short piece that the client takes at once never waits in a buffer: waitress's own loop
        turns without rest while anything does, and keeps the interpreter from the very thread
        that sends it. Of a stream the loop sends one piece while a thread reads the next.
        """
        size = len(data)
        if self._pieces is not None:
            self._pieces.append(data)
            return size
        if isinstance(data, bytes) and size < _SHORT:
            data = data[self._sent_at_once(data) :]
        if data or not size:
            self._buffer(data)
        return size

    @contextmanager
    def in_one_piece(self) -> Iterator[None]:
        """Send together what is written meanwhile; used by the thread that answers."""
        self._pieces = []
        try:
            yield
        finally:
            pieces, self._pieces = self._pieces, None
            if pieces:
                self.write_soon(b"".join(pieces))

    def _sent_at_once(self, data: bytes) -> int:
        """Return how many bytes the client took."""
        with self.outbuf_lock:
            if self.total_outbufs_len or not self.connected or self.socket is None:
                return 0
            try:
                sent = self.socket.send(data)
            except OSError:
                return 0  # it takes none now, or never: waitress tells which
            self.last_activity = time.time()
            return sent

    def _buffer(self, data: bytes) -> None:
        with self.outbuf_lock:
            is_behind = self.total_outbufs_len > _KEPT
            if self.current_outbuf_count >= (_FILE if is_behind else _KEPT):
                self.current_outbuf_count = self.adj.outbuf_high_watermark  # a new buffer
        if is_behind and self.server.is_full():
            self.will_close = True
            raise ClientDisconnected
        super().write_soon(data)

    def refuse_if_slow(self, now: float, seconds: float) -> None:
        """Give up on a request that takes longer than it may, more for each megabyte."""
        with self.requests_lock:  # type: ignore[attr-defined]
            request = self.request
            if request is None or request is not self._receiving or request.completed:
                return
            if now - self._since <= seconds * (1 + request.body_bytes_received / 1_000_000):
                return
            if not request.headers_finished:
                request.parse_header(b"GET / HTTP/1.0\r\n")
            request.error = _TooSlow("the request did not come in time; send it again")
            request.completed = True
            self.request = None
            self.requests.append(request)  # type: ignore[attr-defined]
            if len(self.requests) == 1:
                self.server.add_task(self)  # type: ignore[arg-type]


class Server(TcpWSGIServer):
    """The listener of one address."""

    channel_class = Connection
    limits: Limits = Limits()
    admits: Admits = staticmethod(lambda credential: False)

    def maintenance(self, now: float) -> None:
        """Close what was silent for too long, and refuse what comes too slowly."""
        super().maintenance(now)  # type: ignore[arg-type]
        for connection in self._connections():
            connection.refuse_if_slow(now, self.limits.sending_seconds)

    def is_full(self) -> bool:
        """Return whether as much waits for slow clients as may."""
        waiting = sum(connection.total_outbufs_len for connection in self._connections())
        return waiting > self.limits.spool_bytes

    def _connections(self) -> list[Connection]:
        return list(self.active_channels.values())  # type: ignore[attr-defined]
