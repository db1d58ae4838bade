"""Rows of terms, as questions answer them, in the formats of the SPARQL recommendations."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from onrecord.web.results import HTML, SOLUTIONS

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

ANSWERS: Final = (SOLUTIONS[0], *SOLUTIONS[2:4], HTML)

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_RESULT_SET: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def answer_written(columns: Sequence[str], rows: Iterable[Row], format: str) -> bytes:
    """Return rows as `json`, `csv`, `tsv` or `turtle` (the W3C's result set vocabulary)."""
    match format:
        case "csv":
            return _csv(columns, rows)
        case "tsv":
            lines = ["\t".join(f"?{column}" for column in columns)]
            lines += ["\t".join("" if t is None else str(t) for t in row) for row in rows]
            return "".join(f"{line}\n" for line in lines).encode()
        case "turtle":
            return "".join(_turtle(columns, rows)).encode()
        case _:
            return _json(columns, rows)


def plain(term: Term | None) -> str:
    """Return a term as a spreadsheet shows it (SPARQL 1.1 CSV, section 3)."""
    match term:
        case None:
            return ""
        case NamedNode() | Literal():
            return term.value
        case _:
            return str(term)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    output = io.StringIO(newline="")
    writer = csv.writer(output)  # lines end in CR LF, as RFC 4180 has it
    writer.writerow(columns)
    writer.writerows([plain(term) for term in row] for row in rows)
    return output.getvalue().encode()


def _json(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    bindings = [
        {c: _json_term(t) for c, t in zip(columns, row, strict=True) if t is not None}
        for row in rows
    ]
    document = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False).encode()


def _json_term(term: Term) -> Mapping[str, object]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal() if term.language:
            side = {"its:dir": str(term.direction)} if term.direction else {}
            return {"type": "literal", "value": term.value, "xml:lang": term.language, **side}
        case Literal() if term.datatype.value != _STRING:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case Literal():
            return {"type": "literal", "value": term.value}
        case _:
            ends = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {k: _json_term(v) for k, v in ends.items()}}


def _turtle(columns: Sequence[str], rows: Iterable[Row]) -> Iterable[str]:
    yield f"@prefix rs: <{_RESULT_SET}> .\n\n[] a rs:ResultSet"
    for column in columns:
        yield f' ;\n  rs:resultVariable "{column}"'
    for index, row in enumerate(rows, start=1):
        bound = [(c, t) for c, t in zip(columns, row, strict=True) if t is not None]
        pairs = (f'rs:binding [ rs:variable "{c}" ; rs:value {t} ]' for c, t in bound)
        yield f" ;\n  rs:solution [ {' ; '.join([f'rs:index {index}', *pairs])} ]"
    yield " .\n"
