"""Responses: what is read, in the format that was asked for, and fresh for how long."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import IO, Final

from flask import Request, Response, current_app
from werkzeug.wsgi import FileWrapper

from onrecord import __version__
from onrecord.errors import NotAcceptable, OnRecordError
from onrecord.web.negotiation import Choice, Format, choose
from onrecord.web.rendering import render
from onrecord.web.results import HTML
from onrecord.workers import Answer, Fault, Job

SAFE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, Server-Timing, "
    "X-Request-Id",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Encoding, Content-Type, "
    "If-Match, If-None-Match",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Max-Age": "86400",
}
PLAIN: Final = "ONRECORD_PLAIN"  # in the configuration of an application
_IN_MEMORY: Final = 4_000_000  # bytes
_log: Final = logging.getLogger(__name__)


def wanted(request: Request, formats: Sequence[Format]) -> Choice:
    """Return the format that a request asks for; raises NotAcceptable."""
    return choose(request.headers.get("Accept", ""), formats)


def prefers_page(request: Request, otherwise: Format) -> bool:
    """Return whether a request would rather have a page; nothing is refused."""
    try:
        return wanted(request, (otherwise, HTML)).format is HTML
    except NotAcceptable:
        return False


def page(template: str, **given: object) -> str:
    """Return a page of this application, which may be that of a plain store."""
    return render(template, is_plain=current_app.config[PLAIN], **given)


def tag(edition: str, job: Job) -> str:
    """Return the entity tag of what a job answers over a generation."""
    said = "\n".join((__version__, edition, repr(job)))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def reply(body: bytes | str, content_type: str, tag: str = "", status: int = 200) -> Response:
    """Return a response that depends on Accept, and may be kept while its tag holds."""
    response = Response(body, status)
    response.headers["Content-Type"] = content_type
    return _kept(response, tag)


def streamed(request: Request, answer: Answer, tag: str) -> Response:
    """Return a response that is sent as its answer comes.

    HTTP/1.0 has no chunks, and its clients take whatever came before the end of a connection
    for the whole: they get the answer once it is whole, with its length.
    """
    if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        file = _spooled(answer)
        response = Response(FileWrapper(file), answer.head.status, direct_passthrough=True)
        response.content_length = file.seek(0, 2)
        file.seek(0)
    else:
        pieces = _Pieces(answer)
        response = Response(pieces, answer.head.status, direct_passthrough=True)
    response.headers["Content-Type"] = answer.head.content_type
    return _kept(response, tag)


def unchanged(tag: str) -> Response:
    """Return the answer to a client that has it already."""
    return _kept(Response(status=304), tag)


def guarded(response: Response, request: Request) -> Response:
    """Add what every response carries: who may read it, and what a page may load."""
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    if "Allow" in response.headers:  # which comes in another order in each process
        response.headers["Allow"] = ", ".join(sorted(response.allow))
    if response.mimetype == "text/html" and response.is_sequence and not response.get_data():
        del response.headers["Content-Type"]  # Flask's own, of nothing
    return response


class _Pieces:
    """An answer as WSGI sends it: what goes wrong on the way breaks the connection off."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer
        except (OnRecordError, Fault) as error:
            _log.warning("broken off: %s", error)
            # the server closes the connection without the last chunk, so that nobody takes
            # what was sent for the whole
            raise ConnectionAbortedError(str(error)) from error

    def close(self) -> None:
        self._answer.close()


def _spooled(answer: Answer) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the server closes it)
    try:
        for piece in answer:
            file.write(piece)
    except BaseException:
        file.close()
        raise
    finally:
        answer.close()
    return file


def _kept(response: Response, tag: str) -> Response:
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"
    response.vary.add("Accept")
    if tag:
        response.set_etag(tag)
    return response
