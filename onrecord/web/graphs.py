"""Triples in the formats in which linked data is read, in an order that repeats itself."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, cast

import rdflib
from pyoxigraph import RdfFormat, Triple, serialize

from onrecord.store._terms import to_graph
from onrecord.web.negotiation import Format
from onrecord.web.results import GRAPH, HTML
from ontology import FOLDER, PREFIXES

EXPLAINED: Final[tuple[Format, ...]] = (*GRAPH[:3], HTML)


def graph_written(triples: Iterable[Triple], format: str) -> bytes:
    """Return triples as `turtle`, `ntriples` or `jsonld`, the last with our short keys."""
    ordered = sorted(set(triples), key=str)
    match format:
        case "jsonld":
            return _compacted(to_graph(ordered))
        case "turtle":
            return _serialized(ordered, RdfFormat.TURTLE)
        case _:
            return _serialized(ordered, RdfFormat.N_TRIPLES)


def _serialized(triples: list[Triple], format: RdfFormat) -> bytes:
    if format != RdfFormat.TURTLE:
        return serialize(triples, format=format) or b""
    text = serialize(triples, format=format, prefixes=dict(PREFIXES)) or b""
    lines = text.splitlines(keepends=True)
    return b"".join(sorted(lines[: len(PREFIXES)]) + lines[len(PREFIXES) :])


def _compacted(graph: rdflib.Graph) -> bytes:
    text = graph.serialize(format="json-ld", context=_context(), indent=1)
    document = cast(dict[str, Any], json.loads(text))
    document.get("@graph", []).sort(key=lambda node: str(node.get("id")))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


@cache
def _context() -> dict[str, object]:
    held = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))
    return cast(dict[str, object], held["@context"])
