"""Reading a query out of an HTTP request (SPARQL 1.1 Protocol, section 2.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden, UnsupportedMediaType

from onrecord.errors import BadQuery

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the IRIs of the data set that the request names for it."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def asked(request: Request) -> Asked | None:
    """Return what a request asks, None where a GET asks nothing.

    Raises BadQuery, Forbidden and UnsupportedMediaType.
    """
    _refuse_many(request.query_string)
    given: MultiDict[str, str] = request.args
    queries = given.getlist("query")
    if request.method == "POST":
        kind = request.mimetype
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType("a query is sent as it is, without Content-Encoding")
        if kind == _FORM:
            _refuse_many(request.get_data(parse_form_data=False))
            given = request.form
            queries = given.getlist("query")
        elif kind == _QUERY:
            queries = [text(request.get_data())]
        elif kind == _UPDATE:
            raise _refused()
        else:
            raise UnsupportedMediaType(f"POST {kind or 'nothing'}: send {_FORM} or {_QUERY}")
    if "update" in request.args or "update" in given:
        raise _refused()
    if not queries and request.method != "POST":
        return None
    return Asked(
        one(queries, "query"),
        graphs(given.getlist("default-graph-uri")),
        graphs(given.getlist("named-graph-uri")),
    )


def one(found: Sequence[str], name: str) -> str:
    """Return the only value of a parameter; raises BadQuery."""
    if len(found) != 1:
        raise BadQuery(f"{len(found)} parameters `{name}`: send exactly one")
    if not found[0].strip():
        raise BadQuery(f"the {name} is empty")
    return found[0]


def graphs(iris: Sequence[str]) -> tuple[str, ...]:
    """Return the IRIs of graphs as they are; raises BadQuery for what is none."""
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise BadQuery(f"graph {iri}: not an absolute IRI") from error
    return tuple(iris)


def text(body: bytes) -> str:
    """Return a body as text; raises BadQuery where it is not UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"body: not UTF-8 at byte {error.start}") from error


def _refuse_many(form: bytes) -> None:
    """Raise BadQuery on what would take long to take apart."""
    fields = form.count(b"&") + 1
    if fields > _FIELDS:
        raise BadQuery(f"{fields:,} parameters: send {_FIELDS:,} at most")


def _refused() -> Forbidden:
    return Forbidden("this endpoint only answers; what changes the record is `onrecord load`")
