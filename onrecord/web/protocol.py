"""Reading a query out of an HTTP request (SPARQL 1.1 Protocol, section 2.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden, UnsupportedMediaType

from onrecord.errors import BadQuery
from onrecord.store import Snapshot
from onrecord.store.protocol import Results

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_FORM: Final = "application/x-www-form-urlencoded"

_LONGEST: Final = 20_000
_DEEPEST: Final = 100
_LONGEST_CHAIN: Final = 1_000  # the engine overflowed at 3,000 of the costliest
_IRI: Final = re.compile(r"<[^<>\s]*>")
_BRACKETS: Final = re.compile(r"[{}()\[\]]")
_CHAINED: Final = re.compile(
    r"!|\|\||&&|[+*/|-]|\b(?:BIND|UNION|OPTIONAL|MINUS)\b", re.IGNORECASE
)
# The engine takes SERVICE for a keyword wherever one may stand, even glued to its neighbours,
# and only its whole grammar tells strings from operators: what looks like it in a text counts.
_SERVICE: Final = re.compile(
    r"SERVICE(?:\s|\#[^\n\r]*)*(?:SILENT(?:\s|\#[^\n\r]*)*)?(?:[<?$]|[\w.-]{0,100}:)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?:[?$@]|[\w%\\-]*:)[\w:%\\-]*\Z")
_LONGEST_NAME: Final = 100
_FICKLE: Final = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\b|\[|_:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the data set that the request names for it."""

    sparql: str
    default_graphs: tuple[NamedNode, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()

    @property
    def is_fickle(self) -> bool:
        """Return whether two answers over one generation may differ."""
        return bool(_FICKLE.search(self.sparql))

    def answered(self, snapshot: Snapshot) -> Results:
        """Evaluate; a data set that the request names replaces the one that the query names."""
        names_dataset = bool(self.default_graphs or self.named_graphs)
        return snapshot.query(
            self.sparql,
            default_graphs=self.default_graphs if names_dataset else None,
            named_graphs=self.named_graphs if names_dataset else None,
        )


def asked(request: Request) -> Asked | None:
    """Return what a request asks, None where a GET asks nothing.

    Raises BadQuery, Forbidden and UnsupportedMediaType.
    """
    given: MultiDict[str, str] = request.args
    queries = given.getlist("query")
    if request.method == "POST":
        kind = request.mimetype
        if kind == _FORM:
            given = request.form
            queries = given.getlist("query")
        elif kind == _QUERY:
            queries = [_text(request.get_data())]
        elif kind == _UPDATE:
            raise _refused()
        else:
            raise UnsupportedMediaType(f"POST {kind or 'nothing'}: send {_FORM} or {_QUERY}")
    if "update" in request.args or "update" in given:
        raise _refused()
    if not queries and request.method != "POST":
        return None
    return _asked(queries, given)


def _asked(queries: Sequence[str], given: MultiDict[str, str]) -> Asked:
    if len(queries) != 1 or not queries[0].strip():
        raise BadQuery(f"{len(queries)} queries: send exactly one as `query`")
    _refuse_depth(queries[0])
    _refuse_service(queries[0])
    return Asked(
        queries[0],
        _graphs(given.getlist("default-graph-uri")),
        _graphs(given.getlist("named-graph-uri")),
    )


def _refuse_depth(sparql: str) -> None:
    """Raise BadQuery on what would overflow the engine's stack and take the server along."""
    if len(sparql) > _LONGEST:
        raise BadQuery(f"{len(sparql):,} characters: a query has {_LONGEST:,} at most")
    bare = _IRI.sub("", sparql)
    depth = deepest = 0
    for sign in _BRACKETS.findall(bare):
        depth += 1 if sign in "{([" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise BadQuery(f"{deepest} levels of brackets: a query has {_DEEPEST} at most")
    chained = len(_CHAINED.findall(bare))
    if chained > _LONGEST_CHAIN:
        raise BadQuery(f"{chained} operators: a query has {_LONGEST_CHAIN} at most")


def _refuse_service(sparql: str) -> None:
    """Raise BadQuery on SERVICE: the engine would call whatever address the client names."""
    for found in _SERVICE.finditer(sparql):
        before = sparql[max(0, found.start() - _LONGEST_NAME) : found.start()]
        if not _NAME.search(before):
            line = sparql.count("\n", 0, found.start()) + 1
            raise BadQuery(
                f"line {line}: SERVICE is switched off; ask the other endpoint itself"
            )


def _graphs(iris: Sequence[str]) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(iri) for iri in iris)
    except ValueError as error:
        raise BadQuery(f"graph {' '.join(iris)}: not an absolute IRI") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadQuery(f"body: not UTF-8 at byte {error.start}") from error


def _refused() -> Forbidden:
    return Forbidden("this endpoint only answers; what changes the record is `onrecord load`")
