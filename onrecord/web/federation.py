"""SERVICE and LOAD, where the operator allows them: fetched by us, never by the engine.

A SERVICE block is sent to its endpoint as a query of its own, and what comes back stands in its
place as VALUES: the join is the same (SPARQL 1.1 Federated Query, section 4), and the engine
needs no network.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlencode

from pyoxigraph import BaseDirection, Literal, NamedNode

from onrecord.errors import BadQuery, Forbidden, TooBusy, Unreachable
from onrecord.fetch import Fetcher, about
from onrecord.limits import Limits
from onrecord.unsigned import unsigned
from onrecord.web.prologue import Prologue
from onrecord.web.scan import bare

_RESULTS: Final = "application/sparql-results+json"
_SERVICE: Final = re.compile(
    r"SERVICE\s*(?P<silent>SILENT\s*)?(?P<target><[^<>]*>|[?$]\w+|[\w.-]*:[\w.-]*)\s*(?=\{)",
    re.IGNORECASE,
)
_SIDES: Final = {"ltr": BaseDirection.LTR, "rtl": BaseDirection.RTL}
_NAME: Final = re.compile(r"\w+")  # of a variable
_MOST: Final = 10  # calls of one query


@dataclass(frozen=True, slots=True)
class _Call:
    start: int
    end: int
    target: str
    is_silent: bool
    pattern: str


class Federation:
    """The other endpoints that the queries of one server may ask.

    As many queries ask at a time as there are readers: a host that never answers must not
    keep everybody else waiting.
    """

    def __init__(self, fetcher: Fetcher, limits: Limits) -> None:
        self._fetcher = fetcher
        self._patience = limits.queue_seconds
        self._turns = threading.BoundedSemaphore(limits.readers)

    def resolved(self, sparql: str) -> str:
        """Return a query in which the answers of other endpoints stand for what asks them.

        Raises Forbidden for a target that is not allowed, Unreachable for one that does not
        answer unless the query says SILENT, BadQuery for what cannot be sent, TooBusy.
        """
        calls = list(_calls(sparql)) if self._fetcher.allowed else []
        if not calls:
            return sparql
        if len(calls) > _MOST:
            raise BadQuery(f"{len(calls)} SERVICE blocks: a query has {_MOST} at most")
        if not self._turns.acquire(timeout=self._patience):
            raise TooBusy("too many queries ask other endpoints just now; come back")
        try:
            return _resolved(sparql, calls, self._fetcher)
        finally:
            self._turns.release()


def _resolved(sparql: str, calls: list[_Call], fetcher: Fetcher) -> str:
    prologue, until = Prologue.of(sparql), fetcher.deadline()
    pieces, done = [], 0
    for call in calls:
        pieces += [sparql[done : call.start], _answered(call, prologue, fetcher, until)]
        done = call.end
    return "".join([*pieces, sparql[done:]])


def _calls(sparql: str) -> Iterator[_Call]:
    """Yield the outermost SERVICE blocks."""
    code, prologue = bare(sparql), Prologue.of(sparql)
    place = 0
    while found := _SERVICE.search(code, place):
        opening = found.end()
        place = _end_of_block(code, opening)
        target = sparql[found.start("target") : found.end("target")]
        yield _Call(
            found.start(),
            place,
            _endpoint(target, prologue),
            found["silent"] is not None,
            sparql[opening:place],
        )


def _endpoint(target: str, prologue: Prologue) -> str:
    if target[0] in "?$":
        raise Forbidden(f"SERVICE {target}: only an endpoint that the query names is asked")
    return prologue.iri(target)


def _answered(call: _Call, prologue: Prologue, fetcher: Fetcher, until: float) -> str:
    if next(_calls(call.pattern), None):
        target = unsigned(call.target)
        raise Forbidden(f"SERVICE <{target}>: another SERVICE inside is not asked")
    query = f"{prologue}SELECT * {call.pattern}"
    try:
        form = urlencode({"query": query}).encode()
        found = fetcher.fetch(call.target, _RESULTS, form, until)
        if found.media_type != _RESULTS:
            reason = f"answers {found.media_type}, not {_RESULTS}"
            raise Unreachable(about(call.target, reason))
        return _values(found.body, call.target)
    except Unreachable:
        if call.is_silent:
            return "{}"  # one solution that binds nothing, as the recommendation has it
        raise


def _values(body: bytes, target: str) -> str:
    """Return results as inline data."""
    try:
        document = cast(dict[str, Any], json.loads(body))
        names = [str(name) for name in document["head"]["vars"]]
        rows = document["results"]["bindings"]
        cells = [[_term(row.get(name), target) for name in names] for row in rows]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        reason = f"answers what is no SPARQL result: {error}"
        raise Unreachable(about(target, reason)) from error
    if not all(map(_NAME.fullmatch, names)):
        raise Unreachable(about(target, "answers with variables that have no name"))
    variables = " ".join(f"?{name}" for name in names)
    inline = " ".join(f"({' '.join(row)})" for row in cells)
    return f"{{ VALUES ({variables}) {{ {inline} }} }}"


def _term(cell: Mapping[str, str] | None, target: str) -> str:
    if cell is None:
        return "UNDEF"
    if cell["type"] == "uri":
        return str(NamedNode(cell["value"]))
    if cell["type"] == "bnode":
        reason = "answers with a blank node, which has no name here"
        raise Unreachable(about(target, reason))
    language, datatype = cell.get("xml:lang"), cell.get("datatype")
    if language:
        side = _SIDES[cell["its:dir"]] if "its:dir" in cell else None
        return str(Literal(cell["value"], language=language, direction=side))
    return str(Literal(cell["value"], datatype=NamedNode(datatype) if datatype else None))


def _end_of_block(code: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(code)):
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if depth == 0:
            return place + 1
    raise BadQuery("SERVICE: a brace is not closed")
