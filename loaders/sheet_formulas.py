"""Cells of a workbook whose formula came to nothing: it failed, or was never computed.

The reader of workbooks gives both as empty cells, which they are not.
"""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import Final, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from loaders.no_names import FORMULA_FAILED
from onrecord.errors import BadInput

PER_CENT: Final = "%"
FAILED: Final = "\ufdd1"  # no character, and so no sign of any text
_BETWEEN: Final = " "  # put by the parser between a namespace and a name
_MOST: Final = 1 << 20  # rows of a sheet
_CHUNK: Final = 1 << 20
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SHEETS: Final = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}

Failures = dict[int, dict[int, str]]  # by row, then by column, both from 0
Attributes = dict[str, str]


class PartReader(Protocol):
    """What is told of the elements and texts of a part of a workbook."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def text(self, text: str) -> None: ...
    def end(self, name: str) -> None: ...


def failed(path: Path, sheet: str) -> Failures:
    """Return what stands instead of values in a sheet of a workbook.

    It is the error that a spreadsheet shows, such as `#REF!` (ECMA-376 part 1, section
    18.18.11; OpenDocument 1.3 part 4, section 4.6), or a formula without the value that it had
    when it was last computed. A `.xls` does not tell: none of it is found.
    """
    suffix = path.suffix.lower()
    if suffix not in _SHEETS:
        return {}
    if suffix == ".ods":
        return _of_document(path, sheet).found
    with zipfile.ZipFile(path) as packed:
        cells = _Cells()
        read_part(path, packed, part_of(path, packed, sheet), cells)
    return cells.found


def per_cents(path: Path, sheet: str) -> Failures:
    """Return which cells of a sheet of OpenDocument are per cents (part 3, section 19.387)."""
    return _of_document(path, sheet).per_cents


def _of_document(path: Path, sheet: str) -> "_Ods":
    with zipfile.ZipFile(path) as packed:
        cells = _Ods(sheet)
        read_part(path, packed, _SHEETS[".ods"], cells)
    return cells


def why(cell: str) -> str:
    """Return why a cell with the mark of a failure is not taken."""
    if "=" in cell[:5]:  # of:= begins one in OpenDocument
        return "is a formula without its value; save the workbook where formulas are computed"
    if _DAY.match(cell.removeprefix(FAILED)):
        return "is shown without its year, which the spreadsheet may have filled in"
    return FORMULA_FAILED


def part_of(path: Path, packed: zipfile.ZipFile, sheet: str) -> str:
    """Return in which part a sheet is written (ECMA-376 part 1, section 18.2.19)."""
    workbook = _SHEETS[".xlsx"]
    sheets, ties = _Named("sheet", "name", "id"), _Named("Relationship", "Id", "Target")
    read_part(path, packed, workbook, sheets)
    read_part(path, packed, "xl/_rels/workbook.xml.rels", ties)
    target = ties.found.get(sheets.found.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def read_part(path: Path, packed: zipfile.ZipFile, part: str, reader: PartReader) -> None:
    """Tell a reader what stands in a part of a workbook; raises BadInput where it is broken."""
    parser = ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(local(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(local(name))
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _no_doctype
    known = {name.lower(): name for name in packed.namelist()}
    try:
        with packed.open(known.get(part.lower(), part)) as octets:
            while chunk := octets.read(_CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)
    except (ExpatError, KeyError) as error:
        raise BadInput(f"{path}: no workbook that can be read: {part}: {error}") from error


def _no_doctype(*told: object) -> None:
    raise BadInput("a DOCTYPE is not taken, whose entities could grow without end")


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(_BETWEEN)[2]


@dataclass(slots=True)
class _Named:
    """What elements of one kind say of others, by their names."""

    kind: str
    key: str
    value: str
    found: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == self.kind:
            told = {local(key): value for key, value in attributes.items()}
            self.found[told.get(self.key, "")] = told.get(self.value, "")

    def text(self, text: str) -> None:
        """Pass over text."""

    def end(self, name: str) -> None:
        """Pass over ends."""


@dataclass(slots=True)
class Grid:
    """Where in a sheet of Office Open XML a cell is (ECMA-376 part 1, section 18.3.1.4)."""

    row: int = -1
    column: int = -1

    def start(self, name: str, attributes: Attributes) -> bool:
        """Go on to a row, or to a cell, and return whether it is one."""
        if name == "row":
            self.row = int(attributes.get("r", self.row + 2)) - 1
            self.column = -1
        elif name == "c":
            self.column += 1
            if place := _PLACE.fullmatch(attributes.get("r", "")):
                self.row, self.column = int(place[2]) - 1, _number(place[1])
        return name == "c"


@dataclass(slots=True)
class _Cells:
    """The cells of a sheet of Office Open XML."""

    found: Failures = field(default_factory=dict)
    _grid: Grid = field(default_factory=Grid)
    _kind: str = ""
    _told: dict[str, str] = field(default_factory=dict)
    _in: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if self._grid.start(name, attributes):
            self._kind = attributes.get("t", "n")
            self._told = {}
        elif name in ("f", "v", "is"):
            self._in = name
            self._told.setdefault(name, "")

    def text(self, text: str) -> None:
        if self._in:
            self._told[self._in] += text

    def end(self, name: str) -> None:
        if name == self._in:
            self._in = ""
        elif name == "c":
            value, formula = self._told.get("v", ""), self._told.get("f")
            if self._kind == "e":
                self._fail(value)
            # a formula that came to an empty text says so: its cell is of that type
            elif formula is not None and not value and self._kind != "str":
                self._fail(f"={formula}")

    def _fail(self, told: str) -> None:
        self.found.setdefault(self._grid.row, {})[self._grid.column] = told


@dataclass(slots=True)
class _Ods:
    """The cells of a table of OpenDocument (version 1.3 part 3, section 9.1)."""

    sheet: str
    found: Failures = field(default_factory=dict)
    per_cents: Failures = field(default_factory=dict)
    _is_it: bool = False
    _row: int = -1
    _rows: int = 1
    _column: int = 0
    _cell: Attributes | None = None
    _text: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        told = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self._is_it = told.get("name") == self.sheet
        elif self._is_it and name == "table-row":
            self._row += self._rows if self._row >= 0 else 1
            self._rows = _times(told, "rows")
            self._column = 0
        elif self._is_it and name in ("table-cell", "covered-table-cell"):
            # two attributes have one local name: the older one, and that of calculations
            kinds = [value for key, value in attributes.items() if local(key) == "value-type"]
            self._cell, self._text = {**told, "value-type": " ".join(kinds)}, ""

    def text(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        if self._cell is None or name not in ("table-cell", "covered-table-cell"):
            return
        cell, self._cell = self._cell, None
        kinds, shown = cell["value-type"].split(), self._text.strip()
        if "error" in kinds or (cell.get("formula") and not kinds and not shown):
            self._note(self.found, cell, shown or cell.get("formula", ""))
        elif "percentage" in kinds:
            self._note(self.per_cents, cell, PER_CENT)
        self._column += _times(cell, "columns")

    def _note(self, found: Failures, cell: Attributes, told: str) -> None:
        """Note something of a cell, as often as it stands."""
        columns = range(self._column, self._column + _times(cell, "columns"))
        if len(columns) * self._rows > _MOST:
            raise BadInput(f"one cell stands in {len(columns) * self._rows:,}")
        for row in range(self._row, self._row + self._rows):
            found.setdefault(row, {}).update(dict.fromkeys(columns, told))


def _times(told: Attributes, what: str) -> int:
    """Return how often a row or cell stands; no sheet has more rows than fit."""
    return min(int(told.get(f"number-{what}-repeated", 1)), _MOST)


def _number(letters: str) -> int:
    """Return the number of a column, from 0.

    >>> _number("A"), _number("AA")
    (0, 26)
    """
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1
