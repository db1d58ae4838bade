"""Reading a query or an update out of an HTTP request (SPARQL 1.1 Protocol, section 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed, UnsupportedMediaType

from onrecord.errors import BadQuery
from onrecord.web.uploads import refuse_charset

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
    """Return whether a request means to change something; raises BadQuery."""
    if request.method != "POST":
        return False
    if request.mimetype == _UPDATE or "update" in request.args:
        return True
    return request.mimetype == _FORM and "update" in _form(request)


def asked(request: Request) -> Asked | None:
    """Return what a request asks, None where a GET asks nothing.

    Raises BadQuery, MethodNotAllowed and UnsupportedMediaType.
    """
    given, queries = _sent(request, "query", _QUERY)
    if "update" in given:
        raise MethodNotAllowed(["POST"], description="an update is sent by POST")
    if not queries and request.method != "POST":
        return None
    return _asked(given, queries, "query", "default-graph-uri", "named-graph-uri")


def asked_update(request: Request) -> Asked:
    """Return the update that a request means; raises BadQuery and UnsupportedMediaType."""
    given, updates = _sent(request, "update", _UPDATE)
    return _asked(given, updates, "update", "using-graph-uri", "using-named-graph-uri")


def refuse_illegible(request: Request) -> None:
    """Raise BadQuery on a query string that is not UTF-8: Flask would read another one."""
    _text(unquote_to_bytes(request.query_string), "the query string")


def _sent(
    request: Request, name: str, media_type: str
) -> tuple[MultiDict[str, str], Sequence[str]]:
    """Return the parameters of a request, and what it gives under a name or as its body."""
    _refuse_many(request.query_string)
    given, found = request.args, request.args.getlist(name)
    if request.method == "POST":
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType(f"a {name} is sent as it is, without Content-Encoding")
        refuse_charset(request.mimetype, request.mimetype_params)
        match request.mimetype:
            case kind if kind == media_type:
                found = [*found, _text(request.get_data(), "the body")]
            case kind if kind == _FORM:
                given = MultiDict([*_pairs(request.args), *_pairs(_form(request))])
                found = given.getlist(name)
            case kind:
                raise UnsupportedMediaType(
                    f"POST {kind or 'nothing'}: send {_FORM} or {media_type}"
                )
    if found and ({"query", "update"} - {name}) & set(given):
        raise BadQuery("both a `query` and an `update`: send one of them")
    return given, found


def _form(request: Request) -> MultiDict[str, str]:
    body = request.get_data()
    _refuse_many(body)
    _text(unquote_to_bytes(body), "the form")  # Flask reads it more leniently
    return request.form


def _pairs(given: MultiDict[str, str]) -> Iterable[tuple[str, str]]:
    return given.items(multi=True)


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


def _text(sent: bytes, what: str) -> str:
    try:
        return sent.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"{what}: not UTF-8 at byte {error.start}") from error


def _refuse_many(form: bytes) -> None:
    """Raise BadQuery on what would take long to take apart."""
    fields = form.count(b"&") + 1
    if fields > _FIELDS:
        raise BadQuery(f"{fields:,} parameters: send {_FIELDS:,} at most")
