"""Serving the application with waitress."""

import resource
import socket
import threading
from collections.abc import Callable
from typing import Final

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from onrecord.limits import Limits
from onrecord.settings import Settings
from onrecord.tokens import Tokens
from onrecord.web import journal
from onrecord.web.access import admits
from onrecord.web.connections import Server
from onrecord.workers.walls import give_back_memory
from server import READERS, create_app

_SPARE: Final = 8  # threads for what needs no reader, such as a refusal
_FILES: Final = 4  # at most, of one connection: itself and what waits on disk


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address once it is bound.

    Raises OSError when the address cannot be had.
    """
    journal.begin(settings)
    give_back_memory()
    _open_files(settings.limits)
    app = create_app(settings)
    try:
        socket.getaddrinfo(settings.host, settings.port)  # waitress would not say what is wrong
        listener = _bound(app, settings)
    except OSError as error:
        error.filename = f"{settings.host}:{settings.port}"
        raise
    # the first reader takes a second to come; the first client should not
    threading.Thread(target=app.extensions[READERS].warm, daemon=True).start()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    ready(f"http://{host}:{listener.effective_port}/")  # type: ignore[attr-defined]
    listener.run()


def _bound(app: Flask, settings: Settings) -> Server:
    """Listen on every address of the host; return one of the listeners, which runs all."""
    adjustments = _adjustments(settings)
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(adjustments.threads)
    sockets: dict[int, object] = {}  # shared, so that one loop serves them all
    for address in adjustments.listen:
        listener = Server(
            app,
            sockets,  # type: ignore[arg-type]
            dispatcher=threads,
            adj=adjustments,
            sockinfo=address,  # type: ignore[arg-type]
        )
        listener.limits = settings.limits
        listener.admits = admits(Tokens(settings.data))
    return listener


def _adjustments(settings: Settings) -> Adjustments:
    limits = settings.limits
    return Adjustments(
        host=settings.host,
        port=settings.port,
        threads=limits.readers + limits.queue + _SPARE,
        connection_limit=limits.connections,
        channel_timeout=limits.idle_seconds,
        cleanup_interval=1,
        asyncore_use_poll=True,  # select() knows 1,024 files
        # a client that is slow to read costs disk, not a reader
        outbuf_high_watermark=limits.result_bytes,
        max_request_body_size=limits.body_bytes,
        channel_request_lookahead=1,  # tells when a client hangs up
        clear_untrusted_proxy_headers=not settings.proxies,
        log_socket_errors=False,
        ident="onrecord",
    )


def _open_files(limits: Limits) -> None:
    """Have as many files open as the connections may need, if the system lets us."""
    most = _FILES * limits.connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, hard), hard))
