"""Answers of the engine in the formats of the SPARQL recommendations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Final, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from pyoxigraph import serialize as serialized

from onrecord.errors import BadQuery, Forbidden, NotAcceptable
from onrecord.store.protocol import Results
from onrecord.web.csv import CsvSink
from onrecord.web.negotiation import Format
from onrecord.web.rdfxml import spellable
from onrecord.web.turtle import InOrder, Sink
from ontology import PREFIXES

JSON: Final = Format("json", "application/json")
HTML: Final = Format("html", "text/html", ("application/xhtml+xml",), ".html")

SOLUTIONS: Final = (
    Format("json", "application/sparql-results+json", ("application/json",), ".json"),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv", (), ".csv"),
    Format("tsv", "text/tab-separated-values", (), ".tsv"),
    HTML,
)
BOOLEAN: Final = (*SOLUTIONS[:2], HTML)
GRAPH: Final = (
    Format("turtle", "text/turtle", ("application/x-turtle",), ".ttl"),
    Format("ntriples", "application/n-triples", ("text/plain",), ".nt"),
    Format("jsonld", "application/ld+json", ("application/json",), ".jsonld"),
    # not as application/xml too: browsers put that before Turtle, which can spell everything
    Format("rdfxml", "application/rdf+xml", (), ".rdf"),
    Format("nquads", "application/n-quads", (), ".nq"),
    Format("trig", "application/trig", (), ".trig"),
)

_RESULTS: Final[Mapping[str, QueryResultsFormat]] = MappingProxyType(
    {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
    }
)
_RDF: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
        "nquads": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
    }
)
_PREFIXED: Final = (RdfFormat.TURTLE, RdfFormat.TRIG)
_NOT_IN_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def formats(results: Results) -> tuple[Format, ...]:
    """Return in what an answer can be written, the usual one first."""
    match results:
        case QuerySolutions():
            return SOLUTIONS
        case QueryBoolean():
            return BOOLEAN
        case _:
            return GRAPH


def write(results: Results, format: Format, sink: Sink) -> None:
    """Write an answer as it is evaluated.

    Raises BadQuery when the evaluation fails, Forbidden when it tries to call another host.
    """
    try:
        _write(results, format, sink)
    except (RuntimeError, ValueError) as error:
        raise BadQuery(f"the evaluation failed: {error}") from error
    except OSError as error:
        if "os error" not in str(error):
            raise  # not the engine's
        raise Forbidden("this query calls another host, which is switched off") from error


def _write(results: Results, format: Format, sink: Sink) -> None:
    match results:
        case QuerySolutions() if format.name == "csv":
            results.serialize(cast(IO[bytes], CsvSink(sink.write)), QueryResultsFormat.TSV)
        case QuerySolutions() | QueryBoolean():
            output = _XmlSink(sink) if format.name == "xml" else sink
            # the engine only ever writes to it
            results.serialize(cast(IO[bytes], output), format=_RESULTS[format.name])
        case _:
            write_triples(results, format, sink)


def write_triples(triples: Iterable[Triple], format: Format, sink: Sink) -> None:
    """Write triples; raises NotAcceptable on what the format cannot spell."""
    rdf = _RDF[format.name]
    output = sink
    if rdf == RdfFormat.RDF_XML:
        triples, output = spellable(triples), _XmlSink(sink)
    if rdf == RdfFormat.JSON_LD:
        triples = _flat(triples)
    if rdf in _PREFIXED:
        output = InOrder(sink)
    prefixes = dict(PREFIXES) if rdf in _PREFIXED else None
    serialized(triples, cast(IO[bytes], output), rdf, prefixes=prefixes)
    if isinstance(output, InOrder):
        output.end()


def _flat(triples: Iterable[Triple]) -> Iterator[Triple]:
    for triple in triples:
        if isinstance(triple.object, Triple):
            raise NotAcceptable(f"{triple}: JSON-LD cannot spell this; ask for text/turtle")
        yield triple


@dataclass(frozen=True, slots=True)
class _XmlSink:
    """XML as the engine writes it, but for carriage returns, which a parser would lose."""

    sink: Sink

    def write(self, data: bytes, /) -> int:
        if _NOT_IN_XML.search(data):
            raise NotAcceptable("XML cannot spell a control character; ask for JSON or Turtle")
        self.sink.write(bytes(data).replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        self.sink.flush()
