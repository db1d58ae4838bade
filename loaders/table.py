"""Tables, CSV or JSON lines, whose rows know their characters and what nobody read of them."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from json import JSONDecodeError
from typing import Final, TypeVar

import yaml

from loaders import json_nodes
from loaders.records import Entry, Quarantined
from loaders.source import BYTE_ORDER_MARK, File, Source
from onrecord.errors import BadInput, BadRow, TextMismatch, UnknownWord
from ontology.digests import FieldNames, field_names
from ontology.identity import Mint

T = TypeVar("T")


class Refused(BadRow):
    """A row that is not taken; `record` says where, which cell and why."""

    def __init__(self, record: Quarantined) -> None:
        super().__init__(str(record))
        self.record = record


@dataclass(slots=True)
class Row:
    """One record; `take` strikes a cell off, `finish` refuses what was left."""

    file: File
    key: str
    line: int
    start: int
    text: str
    cells: dict[str, str]
    names: FieldNames | None = None  # of the cells, where the reader has them from other rows
    _taken: set[str] = field(default_factory=set)

    def take(self, column: str) -> str:
        """Return a cell without the white space around it; nothing for no such column."""
        self._taken.add(column)
        return self.cells.get(column, "").strip()

    def pass_over(self, columns: Iterable[str]) -> None:
        """Strike off cells that say nothing here, or what others say."""
        self._taken.update(columns)

    def raw(self, column: str) -> str:
        """Return a cell as it stands."""
        self._taken.add(column)
        return self.cells.get(column, "")

    def read_as(self, column: str, reading: Callable[[str], T], cell: str) -> T:
        """Return what a function makes of a cell, or of what is put in its place."""
        if not cell:
            missing = "is empty" if column in self.cells else "is no column of the table"
            raise self.fault(column, cell, missing)
        return self.doing(column, cell, partial(reading, cell))

    def doing(self, column: str, cell: str, reading: Callable[[], T]) -> T:
        """Return what a function makes of some cell; its complaint gets the place of the cell.

        A TextMismatch stays one.
        """
        try:
            return reading()
        except TextMismatch as error:
            raise TextMismatch(str(self.fault(column, cell, str(error)))) from error
        except (BadInput, UnknownWord) as error:
            raise self.fault(column, cell, str(error)) from error

    def unread(self) -> Iterator[Quarantined]:
        """Yield the cells that say something and that nobody took."""
        if self.cells.keys() <= self._taken:  # mostly so, and quicker
            return
        for column, cell in self.cells.items():
            if column not in self._taken and cell.strip():
                yield self.fault(column, cell, "nobody reads this column").record

    def finish(self) -> None:
        """Raise Refused when a column of the row was never read."""
        unread = [column for column in self.cells if column not in self._taken]
        if unread:
            more = f", nor {unread[1:]}" if unread[1:] else ""
            raise self.fault(
                unread[0], self.cells[unread[0]], f"nobody reads this column{more}"
            )

    def entry(self, mint: Mint) -> Entry:
        """Return the place of this row, known by its key and its cells."""
        passage = self.file.place(self.start, self.text, mint)
        names = self.names or field_names(tuple(self.cells))
        return Entry(self.file.dataset, self.key, names.prefixed(self.cells), passage)

    def fault(self, column: str, value: str, reason: str) -> Refused:
        """Return an error that names file, line, key, column, value and reason."""
        name = self.file.path.name
        return Refused(Quarantined(name, self.line, self.key, column, value, reason))


def rows(source: Source, key: str) -> Iterator[Row | Quarantined]:
    """Yield the rows of a `.csv` or `.jsonl` source, known by the cells of their `key` column.

    A row that cannot be told cell by cell, lacks its key or shares it comes out quarantined.
    Raises BadInput when the table as a whole cannot be told row by row.
    """
    reader = _READERS.get(source.path.suffix.lower())
    if reader is None:
        raise BadInput(f"{source.path}: no table ({', '.join(_READERS)})")
    found = list(reader(source))
    told = [cells for _, _, _, cells in found if not isinstance(cells, str)]
    if told and not any(key in cells for cells in told):
        raise BadInput(f"{source.path}: no column {key!r} among {', '.join(told[0])}")
    names = Counter(_name(cells, key) for _, _, _, cells in found)
    for line, start, end, cells in found:
        name = _name(cells, key)
        where = (source.path.name, line, name)
        if isinstance(cells, str):
            text = source.text[start:end]
            yield Quarantined(*where, "", text, cells, text)
        elif not name:
            yield Quarantined(*where, key, cells.get(key, ""), "the row has no key")
        elif names[name] > 1:
            yield Quarantined(*where, key, name, f"is the key of {names[name]} rows")
        else:
            yield Row(source, name, line, start, source.text[start:end], cells)


_Cells = dict[str, str]
_Found = tuple[int, int, int, _Cells | str]


def _name(cells: _Cells | str, key: str) -> str:
    return "" if isinstance(cells, str) else cells.get(key, "").strip()


def _csv(source: Source) -> Iterator[_Found]:
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.StringIO(source.text, newline=""):
            end += len(line)
            yield line.removeprefix(BYTE_ORDER_MARK) if end == len(line) else line

    reader = csv.reader(lines(), strict=True)
    line = 0
    try:
        header = _header(source, next(reader, []))
        start, line = end, reader.line_num
        for values in reader:
            stop = start + len(source.text[start:end].rstrip("\r\n"))
            if any(value.strip() for value in values):
                yield line + 1, start, stop, _csv_row(header, values)
            start, line = end, reader.line_num
    except csv.Error as error:
        raise BadInput(f"{source.path}:{line + 1}: {error}") from error


def _header(source: Source, names: list[str]) -> list[str]:
    header = [name.strip() for name in names]
    for name, times in Counter(header).items():
        if not name:
            raise BadInput(f"{source.path}:1: a column has no name")
        if times > 1:
            raise BadInput(f"{source.path}:1: {times} columns are named {name!r}")
    if not header:
        raise BadInput(f"{source.path}: empty")
    return header


def _csv_row(header: list[str], values: list[str]) -> _Cells | str:
    if len(values) != len(header):
        return f"{len(values)} cells for {len(header)} columns"
    return dict(zip(header, values, strict=True))


def _json_lines(source: Source) -> Iterator[_Found]:
    start = source.begin
    for number, line in enumerate(io.StringIO(source.text[start:], newline=""), start=1):
        if line.strip():
            yield number, start, start + len(line.rstrip("\r\n")), _json_row(line)
        start += len(line)


def _json_row(line: str) -> _Cells | str:
    try:
        found = json_nodes.compose(line)
    except JSONDecodeError as error:
        return f"column {error.colno}: {error.msg}"
    if not isinstance(found, yaml.MappingNode):
        return "has to be an object"
    cells: _Cells = {}
    for key, cell in found.value:
        if not isinstance(cell, yaml.ScalarNode):
            return f"{key.value!r} has to be a single value"
        if key.value in cells:
            return f"{key.value!r} stands twice"
        cells[key.value] = json_nodes.spelled(cell)
    return cells


_READERS: Final[dict[str, Callable[[Source], Iterator[_Found]]]] = {
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
