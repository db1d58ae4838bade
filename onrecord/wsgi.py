"""Serving the application with waitress."""

from collections.abc import Callable

from waitress.server import create_server

from onrecord.settings import Settings
from server import create_app


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is called with the address once it is bound.

    Raises OSError when the address cannot be had.
    """
    try:
        server = create_server(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="onrecord",
        )
    except OSError as error:
        error.filename = f"{settings.host}:{settings.port}"
        raise
    port = getattr(server, "effective_port", settings.port)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    ready(f"http://{host}:{port}/")
    server.run()
