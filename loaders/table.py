"""Tables, CSV or JSON lines, whose rows know their characters and what nobody read of them."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.records import Entry, Quarantined
from loaders.source import Source
from onrecord.errors import BadInput, BadRow
from ontology.identity import Mint


@dataclass(slots=True)
class Row:
    """One record; `take` strikes a cell off, `finish` refuses what was left."""

    source: Source
    key: str
    line: int
    start: int
    end: int
    cells: dict[str, str]
    _taken: set[str] = field(default_factory=set)

    def take(self, column: str, default: str = "") -> str:
        """Return a cell without the white space around it."""
        self._taken.add(column)
        return self.cells.get(column, default).strip()

    def need(self, column: str) -> str:
        """Return a cell that has to be filled."""
        value = self.take(column)
        if not value:
            raise self.fault(column, value, "is empty")
        return value

    def integer(self, column: str) -> int:
        """Return a cell that has to hold a whole number."""
        value = self.need(column)
        if not value.isascii() or not value.isdigit():
            raise self.fault(column, value, "is not a whole number")
        return int(value)

    def finish(self) -> None:
        """Raise BadRow when a column of the row was never read."""
        unread = sorted(column for column in self.cells if column not in self._taken)
        if unread:
            raise BadRow(f"{self._place()}: unread columns {unread}")

    def entry(self, mint: Mint) -> Entry:
        """Return the place of this row, known by its key and its cells."""
        passage = self.source.passage(self.start, self.end, mint)
        return self.source.entry(self.key, tuple(sorted(self.cells.items())), passage)

    def fault(self, column: str, value: str, reason: str) -> BadRow:
        """Return an error that names file, line, key, column, value and reason."""
        return BadRow(f"{self._place()}: {column} {value!r} {reason}")

    def _place(self) -> str:
        return f"{self.source.path.name}:{self.line} ({self.key})"


def rows(source: Source, key: str) -> Iterator[Row | Quarantined]:
    """Yield the rows of a `.csv` or `.jsonl` source, known by the cells of their `key` column.

    A row that cannot be told cell by cell, lacks its key or repeats one comes out quarantined.
    """
    reader = _json_lines if source.path.suffix.lower() in {".jsonl", ".ndjson"} else _csv
    seen: set[str] = set()
    for line, start, end, cells in reader(source):
        name = cells.get(key, "").strip() if isinstance(cells, dict) else ""
        where = (source.path.name, name or f"line {line}")
        if isinstance(cells, str):
            yield Quarantined(*where, "", source.text[start:end].strip(), cells)
        elif not name:
            yield Quarantined(*where, key, "", "has no key")
        elif name in seen:
            yield Quarantined(*where, key, name, "stands in the table twice")
        else:
            seen.add(name)
            yield Row(source, name, line, start, end, cells)


_Found = tuple[int, int, int, dict[str, str] | str]


def _csv(source: Source) -> Iterator[_Found]:
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.StringIO(source.text, newline=""):
            end += len(line)
            yield line

    reader = csv.reader(lines(), strict=True)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
        start, line = end, reader.line_num
        for values in reader:
            if values:
                yield line + 1, start, end, _csv_row(header, values)
            start, line = end, reader.line_num
    except csv.Error as error:
        raise BadInput(f"{source.path.name}:{reader.line_num}: {error}") from error


def _csv_row(header: list[str], values: list[str]) -> dict[str, str] | str:
    if len(values) != len(header):
        return f"{len(values)} cells for {len(header)} columns"
    return dict(zip(header, values, strict=True))


def _json_lines(source: Source) -> Iterator[_Found]:
    start = 0
    for number, line in enumerate(io.StringIO(source.text, newline=""), start=1):
        end = start + len(line)
        if line.strip():
            yield number, start, end, _json_row(line)
        start = end


def _json_row(line: str) -> dict[str, str] | str:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        return f"column {error.colno}: {error.msg}"
    if not isinstance(found, dict):
        return "has to be an object"
    return {key: "" if value is None else str(value) for key, value in found.items()}
