"""Reading a query or an update out of an HTTP request (SPARQL 1.1 Protocol, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed, UnsupportedMediaType

from onrecord.errors import BadQuery

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update, and the IRIs of the data set that the request names for it."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def is_update(request: Request) -> bool:
    """Return whether a request means to change something."""
    if request.method != "POST":
        return False
    if request.mimetype == _UPDATE or "update" in request.args:
        return True
    return request.mimetype == _FORM and "update" in request.form


def asked(request: Request) -> Asked | None:
    """Return what a request asks, None where a GET asks nothing.

    Raises BadQuery, MethodNotAllowed and UnsupportedMediaType.
    """
    given, queries = _sent(request, "query", _QUERY)
    if "update" in request.args:
        raise MethodNotAllowed(["POST"], description="an update is sent by POST")
    if not queries and request.method != "POST":
        return None
    return _asked(given, queries, "query", "default-graph-uri", "named-graph-uri")


def asked_update(request: Request) -> Asked:
    """Return the update that a request means; raises BadQuery and UnsupportedMediaType."""
    given, updates = _sent(request, "update", _UPDATE)
    return _asked(given, updates, "update", "using-graph-uri", "using-named-graph-uri")


def _sent(
    request: Request, name: str, media_type: str
) -> tuple[MultiDict[str, str], Sequence[str]]:
    """Return the parameters of a request, and what it gives under a name or as its body."""
    _refuse_many(request.query_string)
    if request.method != "POST":
        return request.args, request.args.getlist(name)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType(f"a {name} is sent as it is, without Content-Encoding")
    match request.mimetype:
        case kind if kind == media_type:
            return request.args, [_text(request.get_data())]
        case kind if kind == _FORM:
            body = request.get_data()
            _text(body)  # Flask would let what is not UTF-8 pass
            _refuse_many(body)
            return request.form, request.form.getlist(name)
        case kind:
            raise UnsupportedMediaType(
                f"POST {kind or 'nothing'}: send {_FORM} or {media_type}"
            )


def _asked(
    given: MultiDict[str, str], found: Sequence[str], name: str, graphs: str, named: str
) -> Asked:
    return Asked(
        _one(found, name), _graphs(given.getlist(graphs)), _graphs(given.getlist(named))
    )


def _one(found: Sequence[str], name: str) -> str:
    if len(found) != 1:
        raise BadQuery(f"{len(found)} parameters `{name}`: send exactly one")
    if not found[0].strip():
        raise BadQuery(f"the {name} is empty")
    return found[0]


def _graphs(iris: Sequence[str]) -> tuple[str, ...]:
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise BadQuery(f"graph {iri}: not an absolute IRI") from error
    return tuple(iris)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"body: not UTF-8 at byte {error.start}") from error


def _refuse_many(form: bytes) -> None:
    """Raise BadQuery on what would take long to take apart."""
    fields = form.count(b"&") + 1
    if fields > _FIELDS:
        raise BadQuery(f"{fields:,} parameters: send {_FIELDS:,} at most")
