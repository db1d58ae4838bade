"""The rows of any table, each cell a text or, in JSON, a list of texts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from loaders.given import Given
from loaders.mapped_sheets import DATABASES, WORKBOOKS, Octets, lines, readable
from loaders.members import Member
from loaders.members import lines as json_lines
from loaders.records import Quarantined, Skipped
from loaders.repeated import field_twice
from loaders.sheet_formulas import FAILED
from loaders.source import File
from loaders.streams import by_content, named
from loaders.streams import rows as csv_rows
from loaders.table import Refused, Row
from onrecord.errors import BadInput

TEXTS: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
JSON: Final = (".jsonl", ".ndjson")
KNOWN: Final = (*TEXTS, *JSON, *WORKBOOKS, *DATABASES)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file the table is, and how its lines are cut into cells."""

    delimiter: str = ""
    sheet: str = ""
    header: int = 1
    key: tuple[str, ...] = ()

    def key_of(self, cells: Mapping[str, str]) -> str:
        """Return what a row is known by: some of its cells, else all of them."""
        told = [cells.get(column, "").strip() for column in self.key]
        is_told = any(told) and not any(cell.startswith(FAILED) for cell in told)
        return " ".join(told) if is_told else by_content(cells)


@dataclass(slots=True)
class Cells(Row):
    """A row some of whose cells hold lists, of values (`many`) or of objects (`nested`)."""

    many: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nested: frozenset[str] = frozenset()

    def listed(self, column: str) -> tuple[str, ...] | None:
        """Return the members of a cell that holds a list."""
        return self.many.get(column)

    def fault(self, column: str, value: str, reason: str) -> Refused:
        """Return an error as that of any row, with a failed formula as its sheet shows it."""
        return Row.fault(self, column, value.removeprefix(FAILED), reason)


def opened(path: Path, given: Given) -> File:
    """Return a file with a table, named; raises BadInput for one that holds none."""
    suffix = path.suffix.lower()
    if path.is_dir() or suffix not in KNOWN:
        raise BadInput(f"{path}: no table; its name has to end in {', '.join(KNOWN)}")
    binary = suffix in WORKBOOKS or suffix in DATABASES
    return Octets.at(path, given) if binary else File.at(path, given)


def rows(file: File, layout: Layout) -> Iterator[Cells | Quarantined | Skipped]:
    """Yield the rows of a table; what is none comes out quarantined, what is blank skipped."""
    for row in _rows(file, layout):
        if not isinstance(row, Row):
            yield row
        else:
            yield row if isinstance(row, Cells) else _as_cells(row)


def _as_cells(row: Row) -> Cells:
    return Cells(row.file, row.key, row.line, row.start, row.text, row.cells)


def columns(file: File, layout: Layout) -> list[str]:
    """Return the names of the columns, in their order; all that come up, where some have none.

    A column without a name goes by its place; JSON lines have no header at all.
    """
    found: list[str] = []

    def noted(header: list[str]) -> list[str]:
        found.extend(header)
        return header

    if file.path.suffix.lower() not in JSON:
        next(_table(file, layout, noted), None)
        if all(found):
            return found
    rows = (row for row in _rows(file, layout) if isinstance(row, Row))
    told = (column for row in rows for column in row.cells)
    return list(dict.fromkeys((*filter(None, found), *told)))


def _rows(file: File, layout: Layout) -> Iterator[Row | Quarantined | Skipped]:
    if file.path.suffix.lower() in JSON:
        yield from _json(file, layout)
    else:
        yield from _table(file, layout, list)


def _table(file: File, layout: Layout, header: Any) -> Iterator[Row | Quarantined | Skipped]:
    suffix = file.path.suffix.lower()
    if suffix in TEXTS:
        delimiter = layout.delimiter or TEXTS[suffix]
        key = layout.key_of
        return csv_rows(file, key, delimiter=delimiter, header=header, first=layout.header)
    found = lines(file.path, layout.sheet, layout.header)
    return named(file, found, layout.key_of, header)


def _json(file: File, layout: Layout) -> Iterator[Cells | Quarantined | Skipped]:
    for member in json_lines(file):
        yield _object(member, layout) if isinstance(member, Member) else member


def _object(member: Member, layout: Layout) -> Cells | Quarantined | Skipped:
    if not isinstance(member.value, dict):
        return member.refused("has to be an object")
    if (twice := field_twice(member.text)) is not None:
        return member.refused(f"{twice!r} stands twice")
    pairs = list(_flat(member.value, ""))
    cells = dict(pairs)
    if not cells:
        return Skipped(member.file.path.name, f"line {member.line}")
    if len(cells) < len(pairs):
        return member.refused("two of its fields go by one dotted name")
    texts = {name: _text(value) for name, value in cells.items()}
    many = {
        name: tuple(_text(one) for one in value if one is not None)
        for name, value in cells.items()
        if isinstance(value, list) and not any(map(_is_nested, value))
    }
    where = (member.line, member.start, member.text)
    nested = frozenset(
        name for name, value in cells.items() if isinstance(value, list) and name not in many
    )
    key = layout.key_of(texts)
    return Cells(member.file, key, *where, texts, many=many, nested=nested)


def _flat(value: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Yield what an object holds, what stands in objects within it under dotted names."""
    for name, found in value.items():
        if isinstance(found, dict):
            yield from _flat(found, f"{before}{name}.")
        elif found not in (None, "", []):
            yield f"{before}{name}", found


def _text(value: Any) -> str:
    return readable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list)
