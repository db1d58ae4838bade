"""Serving the application with waitress."""

from collections.abc import Callable
from typing import Final

from waitress.server import create_server

from onrecord.settings import Settings
from onrecord.web import journal
from server import create_app

_SPARE: Final = 8  # threads for what needs no reader, such as a refusal


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address once it is bound.

    Raises OSError when the address cannot be had.
    """
    limits = settings.limits
    journal.begin(settings)
    try:
        server = create_server(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            threads=limits.readers + limits.queue + _SPARE,
            # a client that is slow to read costs disk, not a reader
            outbuf_high_watermark=limits.result_bytes,
            max_request_body_size=limits.body_bytes,
            channel_request_lookahead=1,  # tells when a client hangs up
            clear_untrusted_proxy_headers=not settings.proxies,
            log_socket_errors=False,
            ident="onrecord",
        )
    except OSError as error:
        error.filename = f"{settings.host}:{settings.port}"
        raise
    port = getattr(server, "effective_port", settings.port)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    ready(f"http://{host}:{port}/")
    server.run()
