"""Answers of the W3C's tests: what a document of results states, and when two agree."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat
from rdflib.compare import isomorphic

Term: TypeAlias = NamedNode | BlankNode | Literal
Row: TypeAlias = Mapping[str, Term]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBE_RS: Final = re.compile(
    f"{_XSD}(integer|decimal|float|double|.*(Int|int|Long|long|Short|short|Byte|byte)|.*Integer)$"
)
_RS: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FORMATS: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A truth, or rows; `csv` are the rows of a format that tells no kinds of terms apart."""

    truth: bool | None = None
    rows: Sequence[Row] = ()
    csv: tuple[frozenset[tuple[str, str]], ...] | None = None
    is_ordered: bool = False


def stated(kind: str, body: bytes) -> Answer:
    """Return what a document of results states."""
    if kind == FORMATS[".csv"]:
        table = csv.DictReader(io.StringIO(body.decode(), newline=""))
        return Answer(csv=tuple(_cells(row) for row in table))
    format = QueryResultsFormat.from_media_type(kind)
    assert format is not None, f"{kind} is no format of results"
    found = pyoxigraph.parse_query_results(body, format)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(truth=bool(found))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return Answer(rows=[{k: v for k, v in row.items() if v is not None} for row in rows])


def _cells(row: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return a row of CSV: blank nodes without their names, numbers by their value."""
    return frozenset(
        (name, "_:" if cell.startswith("_:") else _number(cell)) for name, cell in row.items()
    )


def _number(spelled: str) -> str:
    try:
        return f"{Decimal(spelled).normalize():e}"
    except InvalidOperation:
        return spelled


def agree(expected: Answer, found: Answer, is_lax: bool) -> bool:
    if expected.csv is not None:
        return found.csv is not None and Counter(expected.csv) == Counter(found.csv)
    if expected.truth is not None or found.truth is not None:
        return expected.truth == found.truth
    wanted, given = list(map(_plain, expected.rows)), list(map(_plain, found.rows))
    if is_lax:
        return set(given) <= set(wanted) and bool(given) == bool(wanted)
    if expected.is_ordered and not any("_:" in str(row) for row in wanted):
        return wanted == given
    if Counter(wanted) == Counter(given):
        return True
    return len(wanted) == len(given) and isomorphic(_tied(expected.rows), _tied(found.rows))


def _plain(row: Row) -> frozenset[tuple[str, str]]:
    return frozenset((name, _spelled(value)) for name, value in row.items())


def _spelled(value: Term) -> str:
    """Return a term; numbers by their value, since an engine may spell them as it likes."""
    if isinstance(value, Literal) and _NUMBE_RS.match(value.datatype.value):
        return f"{_number(value.value)} {value.datatype.value}"
    return str(value)


def _tied(rows: Sequence[Row]) -> rdflib.Graph:
    """Return rows as a graph, in which blank nodes may bear other names."""
    graph = rdflib.Graph()
    for row in rows:
        node = rdflib.BNode()
        graph.add((node, rdflib.RDF.type, _RS.ResultSolution))
        for name, value in row.items():
            is_blank = isinstance(value, BlankNode)
            end = rdflib.BNode(value.value) if is_blank else rdflib.Literal(_spelled(value))
            graph.add((node, _RS[name], end))
    return graph
