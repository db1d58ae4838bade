"""Triples in the formats in which linked data is read, in an order that repeats itself."""

import io
import json
from collections.abc import Iterable
from typing import Any, Final, cast

from pyoxigraph import Triple

from onrecord.web.negotiation import Format
from onrecord.web.results import GRAPH, HTML, write_triples
from ontology.contexts import context

_FORMATS: Final = {format.name: format for format in GRAPH}
EXPLAINED: Final[tuple[Format, ...]] = (*GRAPH[:3], HTML)


def graph_written(triples: Iterable[Triple], format: str) -> bytes:
    """Return triples as `turtle`, `ntriples` or `jsonld`, the last with our short keys."""
    ordered = sorted(set(triples), key=str)
    if format == "jsonld":
        return _compacted(ordered)
    written = io.BytesIO()
    write_triples(ordered, _FORMATS[format], written)
    return written.getvalue()


def _compacted(triples: list[Triple]) -> bytes:
    from onrecord.store._terms import to_graph  # rdflib takes a while

    text = to_graph(triples).serialize(format="json-ld", context=context(), indent=1)
    document = cast(dict[str, Any], json.loads(text))
    document.get("@graph", []).sort(key=lambda node: str(node.get("id")))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
