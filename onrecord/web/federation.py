"""SERVICE and LOAD, where the operator allows them: fetched by us, never by the engine.

A SERVICE block is sent to its endpoint as a query of its own, and what comes back stands in its
place as VALUES: the join is the same (SPARQL 1.1 Federated Query, section 4), and the engine
needs no network.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from onrecord.errors import BadQuery, Forbidden, Unreachable
from onrecord.fetch import Fetcher
from onrecord.web.scan import bare

_RESULTS: Final = "application/sparql-results+json"
_SERVICE: Final = re.compile(
    r"SERVICE\s*(?P<silent>SILENT\s*)?(?P<target><[^<>]*>|[?$]\w+|[\w.-]*:[\w.-]*)\s*(?=\{)",
    re.IGNORECASE,
)
_FORM: Final = re.compile(r"\b(?:SELECT|CONSTRUCT|DESCRIBE|ASK)\b", re.IGNORECASE)
_PREFIX: Final = re.compile(r"PREFIX\s+(?P<name>[\w.-]*:)\s*(?P<iri><[^<>]*>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Call:
    start: int
    end: int
    target: str
    is_silent: bool
    pattern: str


def resolved(sparql: str, fetcher: Fetcher) -> str:
    """Return a query in which the answers of other endpoints stand for what asks them.

    Raises Forbidden for a target that is not allowed, Unreachable for one that does not answer
    unless the query says SILENT, BadQuery for what cannot be sent.
    """
    calls = list(_calls(sparql)) if fetcher.allowed else []
    if not calls:
        return sparql
    prologue = sparql[: _start_of_form(sparql)]
    pieces, done = [], 0
    for call in calls:
        pieces += [sparql[done : call.start], _answered(call, prologue, fetcher)]
        done = call.end
    return "".join([*pieces, sparql[done:]])


def _calls(sparql: str) -> Iterator[_Call]:
    """Yield the outermost SERVICE blocks."""
    code, known = bare(sparql), prefixes(sparql)
    place = 0
    while found := _SERVICE.search(code, place):
        opening = found.end()
        place = _end_of_block(code, opening)
        target = sparql[found.start("target") : found.end("target")]
        yield _Call(
            found.start(),
            place,
            expanded(target, known),
            found["silent"] is not None,
            sparql[opening:place],
        )


def expanded(target: str, known: Mapping[str, str]) -> str:
    """Return the IRI that a query spells; raises Forbidden for a variable, BadQuery."""
    if target.startswith("<"):
        return target[1:-1]
    if target[0] in "?$":
        raise Forbidden(f"SERVICE {target}: only an endpoint that the query names is asked")
    prefix, _, local = target.partition(":")
    if f"{prefix}:" not in known:
        raise BadQuery(f"{target}: undeclared prefix")
    return known[f"{prefix}:"] + local


def _answered(call: _Call, prologue: str, fetcher: Fetcher) -> str:
    if next(_calls(call.pattern), None):
        raise Forbidden(f"SERVICE <{call.target}>: another SERVICE inside is not asked")
    query = f"{prologue}SELECT * {call.pattern}"
    try:
        found = fetcher.fetch(call.target, _RESULTS, urlencode({"query": query}).encode())
        if found.media_type != _RESULTS:
            raise Unreachable(f"{call.target}: answers {found.media_type}, not {_RESULTS}")
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
        raise Unreachable(f"{target}: answers what is no SPARQL result: {error}") from error
    if any(not name.isidentifier() for name in names):
        raise Unreachable(f"{target}: answers with variables that have no name")
    variables = " ".join(f"?{name}" for name in names)
    inline = " ".join(f"({' '.join(row)})" for row in cells)
    return f"{{ VALUES ({variables}) {{ {inline} }} }}"


def _term(cell: Mapping[str, str] | None, target: str) -> str:
    if cell is None:
        return "UNDEF"
    if cell["type"] == "uri":
        return str(NamedNode(cell["value"]))
    if cell["type"] == "bnode":
        raise Unreachable(f"{target}: answers with a blank node, which has no name here")
    language, datatype = cell.get("xml:lang"), cell.get("datatype")
    kind = NamedNode(datatype) if datatype and not language else None
    return str(Literal(cell["value"], language=language, datatype=kind))


def _start_of_form(sparql: str) -> int:
    found = _FORM.search(bare(sparql))
    if found is None:
        raise BadQuery("a query is a SELECT, CONSTRUCT, DESCRIBE or ASK")
    return found.start()


def prefixes(sparql: str) -> dict[str, str]:
    """Return the IRIs that a query declares prefixes for, by prefix with its colon."""
    code = bare(sparql)
    found = (
        (one["name"], sparql[one.start("iri") + 1 : one.end("iri") - 1])
        for one in _PREFIX.finditer(code)
    )
    return dict(found)


def _end_of_block(code: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(code)):
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if depth == 0:
            return place + 1
    raise BadQuery("SERVICE: a brace is not closed")
