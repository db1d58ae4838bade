"""A shortcut for queries by GET: the same answer as by Flask, without its cost.

Only the plainest request takes it, `/sparql?query=…` and nothing else; whatever is not one, or
comes to be refused, goes the usual way. A look-up that the engine answers in a twentieth of a
millisecond would else wait several times that for routing, contexts and hooks.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Request, request
from werkzeug.sansio.utils import get_current_url, get_host

from onrecord.errors import OnRecordError
from onrecord.web.account import Account, noted
from onrecord.web.codings import LEAST, coded
from onrecord.web.found import Asker, Found
from onrecord.web.replies import SAFE, guarded
from onrecord.web.timing import spent, timed
from onrecord.web.views import Views, told
from onrecord.workers import Fault

_PATH: Final = "/sparql"
_START: Final = "query="
_REFUSED: Final = "onrecord.refused"
_UNUSUAL: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_RANGE")
_LONGEST_HOST: Final = 256
_SAFE: Final = tuple(SAFE.items())


def quicken(app: Flask, views: Views) -> None:
    """Let the plainest requests of an application go the short way."""
    app.wsgi_app = _Quick(app.wsgi_app, views)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> None:
        if error := request.environ.pop(_REFUSED, None):
            raise error


class _Quick:
    """A WSGI application that answers what it can and leaves the rest to another."""

    def __init__(self, usual: WSGIApplication, views: Views) -> None:
        self._usual = usual
        self._views = views

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        sparql = _asked(environ)
        if not sparql:
            return self._usual(environ, start_response)
        account = noted(environ)
        try:
            found = self._found(environ, sparql, account)
            if _is_short(found):
                account.route = _PATH
                start_response("200 OK", _headers(found, account))
                return (found.whole.body,) if found.whole else ()
            seen = Request(environ)
            response = told(seen, found)  # for HTTP/1.0, this waits for the whole of it
        except (OnRecordError, Fault) as error:
            environ[_REFUSED] = error  # told where all are told
            return self._usual(environ, start_response)
        account.route = _PATH
        return coded(timed(guarded(response, seen), account), seen)(environ, start_response)

    def _found(self, environ: WSGIEnvironment, sparql: str, account: Account) -> Found:
        account.query = sparql
        accept = environ.get("HTTP_ACCEPT", "")
        address = _address(environ["wsgi.url_scheme"], environ["HTTP_HOST"])
        job, may_keep = self._views.sparql(sparql, (), (), accept, address)
        is_gone = environ.get("waitress.client_disconnected", bool)
        asker = Asker(environ.get("REMOTE_ADDR", ""), is_gone, _holds_none, True, may_keep)
        return self._views.finder.find(job, asker, account)


def _asked(environ: WSGIEnvironment) -> str:
    """Return the query of the plainest request, nothing for any other."""
    if environ.get("PATH_INFO") != _PATH or environ["REQUEST_METHOD"] != "GET":
        return ""
    given = environ.get("QUERY_STRING", "")
    is_plain = given.startswith(_START) and "&" not in given and given.isascii()
    host = environ.get("HTTP_HOST", "")
    if not is_plain or environ.get("SCRIPT_NAME") or not 0 < len(host) <= _LONGEST_HOST:
        return ""
    if any(name in environ for name in _UNUSUAL):
        return ""
    try:
        sparql = unquote_to_bytes(given.removeprefix(_START).replace("+", " ")).decode()
    except UnicodeDecodeError:
        return ""
    return sparql if sparql.strip() else ""


@lru_cache(maxsize=100)
def _address(scheme: str, host: str) -> str:
    """Return the address of the endpoint as Flask reads it from a request."""
    return get_current_url(scheme, get_host(scheme, host), "", _PATH)


def _is_short(found: Found) -> bool:
    """Return whether an answer is whole and too short to be coded."""
    whole = found.whole
    return whole is not None and whole.head.status == 200 and len(whole.body) < LEAST


def _holds_none(tag: str) -> bool:
    return False


def _headers(found: Found, account: Account) -> list[tuple[str, str]]:
    """Return the headers of a whole answer that is too short to be coded."""
    assert found.whole
    headers = [
        ("Content-Type", found.whole.head.content_type),
        ("Content-Length", str(len(found.whole.body))),
        ("Cache-Control", "no-cache" if found.tag else "no-store"),
        ("Vary", "Accept"),
        *_SAFE,
    ]
    if found.tag:
        headers.append(("ETag", f'"{found.tag}"'))
    if timing := spent(account):
        headers.append(("Server-Timing", timing))
    return headers
