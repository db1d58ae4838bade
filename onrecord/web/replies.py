"""Responses: what is read, in the format that was asked for, and fresh for how long."""

import os
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from typing import IO, Final

from flask import Request, Response
from werkzeug.wsgi import FileWrapper

from onrecord.store import GenerationStore, Snapshot
from onrecord.web.negotiation import Choice, Format, choose

_SAFE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Max-Age": "86400",
}


def wanted(request: Request, formats: Sequence[Format]) -> Choice:
    """Return the format that a request asks for; raises NotAcceptable."""
    return choose(request.headers.get("Accept", ""), formats)


def prefers_page(request: Request, otherwise: Format) -> bool:
    """Return whether a request would rather have a page; nothing is refused."""
    page = Format("html", "text/html", ("application/xhtml+xml",))
    anything = f"{request.headers.get('Accept', '')},*/*;q=0.001"
    return choose(anything, (otherwise, page)).format == page


def edition(store: GenerationStore, snapshot: Snapshot) -> str:
    """Return what tells a generation from all others, also from one of a renewed folder."""
    for found in store.generations():
        if found.number == snapshot.generation:
            moment = found.published_at.astimezone(UTC)
            return f"{found.number}-{moment:%Y%m%dT%H%M%S%f}"
    return f"{snapshot.generation}-unknown"


def is_known(request: Request, tag: str) -> bool:
    """Return whether the client already has the representation of a tag."""
    return request.if_none_match.contains_weak(tag)


def tag(request: Request, edition: str, choice: Choice) -> str:
    """Return the entity tag of a representation of what a request asks."""
    said = (edition, request.full_path, choice.content_type)
    return sha256("\n".join(said).encode()).hexdigest()[:20]


def reply(body: bytes | str | IO[bytes], choice: Choice, tag: str = "") -> Response:
    """Return a response that depends on Accept, and may be kept while its tag holds."""
    if isinstance(body, bytes | str):
        response = Response(body)
    else:
        response = Response(FileWrapper(body), direct_passthrough=True)
        response.content_length = body.seek(0, os.SEEK_END)
        body.seek(0)
    response.headers["Content-Type"] = choice.content_type
    return _kept(response, tag)


def unchanged(tag: str) -> Response:
    """Return the answer to a client that has it already."""
    return _kept(Response(status=304), tag)


def guarded(response: Response, request: Request) -> Response:
    """Add what every response carries: who may read it, and what a page may load."""
    response.headers.update(_SAFE)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    return response


def _kept(response: Response, tag: str) -> Response:
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"
    response.vary.add("Accept")
    if tag:
        response.set_etag(tag, weak=True)
    return response
