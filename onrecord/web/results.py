"""Answers of the engine in the formats of the SPARQL recommendations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, Final, Protocol, cast

from pyoxigraph import (
    Literal,
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
from ontology import PREFIXES

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
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"), ".rdf"),
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
_PREFIXES: Final = {rdf: dict(PREFIXES) for rdf in (RdfFormat.TURTLE, RdfFormat.TRIG)}
_XML_NAME: Final = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def formats(results: Results) -> tuple[Format, ...]:
    """Return in what an answer can be written, the usual one first."""
    match results:
        case QuerySolutions():
            return SOLUTIONS
        case QueryBoolean():
            return BOOLEAN
        case _:
            return GRAPH


class Sink(Protocol):
    """Where an answer is written; `write` blocks while nobody reads."""

    def write(self, data: bytes, /) -> int: ...


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
    output = cast(IO[bytes], sink)  # the engine only ever writes
    match results:
        case QuerySolutions() if format.name == "csv":
            results.serialize(cast(IO[bytes], CsvSink(sink.write)), QueryResultsFormat.TSV)
        case QuerySolutions() | QueryBoolean():
            results.serialize(output, format=_RESULTS[format.name])
        case _:
            rdf = _RDF[format.name]
            triples = _spellable(results) if rdf == RdfFormat.RDF_XML else results
            serialized(triples, output, rdf, prefixes=_PREFIXES.get(rdf))


def _spellable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples; raises NotAcceptable on one that RDF/XML has no way to spell."""
    for triple in triples:
        value = triple.object.value if isinstance(triple.object, Literal) else ""
        if not _XML_NAME.search(triple.predicate.value) or _NOT_XML.search(value):
            raise NotAcceptable(f"{triple}: RDF/XML cannot spell this; ask for text/turtle")
        yield triple
