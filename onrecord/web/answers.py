"""Rows of terms, as questions answer them, in the formats of the SPARQL recommendations."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from onrecord.standing import withdrawn_name
from onrecord.store import Snapshot
from onrecord.web.results import HTML, SOLUTIONS
from queries.answer import Answer

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

ANSWERS: Final = (SOLUTIONS[0], *SOLUTIONS[2:4], HTML)

_DOCUMENT: Final = "document"  # what questions call where something stands
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_RESULT_SET: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def answer_written(snapshot: Snapshot, answer: Answer, format: str) -> bytes:
    """Return an answer as `json`, `csv`, `tsv` or `turtle` (the W3C's result set vocabulary).

    Behind the documents, `documentWithdrawn` says of which one tables and pages would.
    """
    columns: Sequence[str] = answer.columns
    rows: Sequence[Row] = answer.rows
    if _DOCUMENT in columns:
        columns, rows = (*columns, f"{_DOCUMENT}Withdrawn"), _with_standing(snapshot, answer)
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


def _with_standing(snapshot: Snapshot, answer: Answer) -> list[Row]:
    """Return the rows, each with whether its document, if it has one, is gone as a version."""
    place = answer.columns.index(_DOCUMENT)
    gone = {
        one
        for one in {row[place] for row in answer.rows}
        if isinstance(one, NamedNode) and withdrawn_name(snapshot, one)
    }
    return [
        (*row, Literal(row[place] in gone) if row[place] is not None else None)
        for row in answer.rows
    ]


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
