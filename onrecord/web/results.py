"""Answers of the engine in the formats of the SPARQL recommendations."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from types import MappingProxyType
from typing import IO, Final

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from pyoxigraph import serialize as serialized

from onrecord.errors import BadQuery
from onrecord.store.protocol import Results
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
_IN_MEMORY: Final = 4_000_000  # bytes


def formats(results: Results) -> tuple[Format, ...]:
    """Return in what an answer can be written, the usual one first."""
    match results:
        case QuerySolutions():
            return SOLUTIONS
        case QueryBoolean():
            return BOOLEAN
        case _:
            return GRAPH


def written(results: Results, format: Format) -> bytes | IO[bytes]:
    """Return the whole answer, so that a fault on the way is told; a file if it is long.

    Raises BadQuery when the evaluation fails.
    """
    output = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the server closes it)
    try:
        _write(results, format, output)
    except BaseException as error:
        output.close()
        if isinstance(error, OSError | RuntimeError | ValueError):
            raise BadQuery(f"the evaluation failed: {error}") from error
        raise
    length = output.tell()
    output.seek(0)
    if length > _IN_MEMORY:
        return output
    with output:
        return output.read()


def _write(results: Results, format: Format, output: IO[bytes]) -> None:
    match results:
        case QuerySolutions() if format.name == "csv":
            _write_csv(results, output)
        case QuerySolutions() | QueryBoolean():
            results.serialize(output, format=_RESULTS[format.name])
        case _:
            rdf = _RDF[format.name]
            triples = _spellable(results) if rdf == RdfFormat.RDF_XML else results
            serialized(triples, output, rdf, prefixes=_PREFIXES.get(rdf))


def _write_csv(results: QuerySolutions, output: IO[bytes]) -> None:
    """Write CSV ourselves: the engine leaves IRIs with commas, as of passages, unquoted."""
    lines = TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(lines, lineterminator="\r\n")
    table.writerow([variable.value for variable in results.variables])
    for solution in results:
        table.writerow(["" if value is None else _plain(value) for value in solution])
    lines.detach()


def _plain(value: object) -> str:
    return str(getattr(value, "value", value))


def _spellable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples; raises BadQuery on one that RDF/XML has no way to spell."""
    for triple in triples:
        value = triple.object.value if isinstance(triple.object, Literal) else ""
        if not _XML_NAME.search(triple.predicate.value) or _NOT_XML.search(value):
            raise BadQuery(f"{triple}: RDF/XML cannot spell this; ask for text/turtle")
        yield triple
