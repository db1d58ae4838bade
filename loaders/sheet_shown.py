"""Cells that a workbook shows otherwise than it holds them: dates, per cents, merged cells.

Whoever types a month gets its first day, and whoever types a day gets the year of that time.
A cell that shows 50 % holds a half. One that is shown over several rows is held in the first.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from loaders.sheet_formulas import (
    FAILED,
    PER_CENT,
    Attributes,
    Grid,
    local,
    part_of,
    per_cents,
    read_part,
)

T = TypeVar("T")
Range = tuple[tuple[int, int], tuple[int, int]]  # row and column, from 0, of two corners

_STYLES: Final = "xl/styles.xml"
# formats that every workbook has without saying so (ECMA-376 part 1, section 18.8.30)
_BUILT_IN: Final = {"9": "0%", "10": "0.00%", "16": "d-mmm", "17": "mmm-yy"}
_NO_SIGN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_NO_YEAR: Final = ""
_EMPTY: Final = (None, "")
_DAY: Final = re.compile(rf"{FAILED}\d{{4}}(-\d\d-\d\d)")

Shown = dict[int, dict[int, str]]  # by row, then by column, both from 0: form of strftime, or %


def otherwise_shown(path: Path, sheet: str) -> Shown:
    """Return the cells of a sheet that show a part of a date, or per cents, if they hold one.

    Only `.xlsx` says how its cells are shown, and `.ods` of per cents; `.xls` says nothing.
    """
    if path.suffix.lower() == ".ods":
        return per_cents(path, sheet)
    if path.suffix.lower() != ".xlsx":
        return {}
    with zipfile.ZipFile(path) as packed:
        styles = _Styles()
        if any(name.lower() == _STYLES for name in packed.namelist()):
            read_part(path, packed, _STYLES, styles)
        forms = styles.forms()
        if not forms:
            return {}
        cells = _Cells(forms)
        read_part(path, packed, part_of(path, packed, sheet), cells)
    return cells.found


def as_shown(cell: T, form: str) -> T | str:
    """Return a cell as it is shown; a day without its year is no date to be read."""
    if isinstance(cell, date) and form != PER_CENT:
        return cell.strftime(form) if form != _NO_YEAR else f"{FAILED}{cell.isoformat()[:10]}"
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number and form == PER_CENT:
        return f"{(100 * Decimal(str(cell))).normalize():f}%"
    return cell


def without_year(name: str) -> str:
    """Return the name of a column that is shown as a day, as XML Schema spells one.

    >>> without_year(as_shown(date(2031, 4, 1), ""))
    '--04-01'
    """
    found = _DAY.fullmatch(name)
    return f"-{found[1]}" if found else name


def _form(code: str) -> str | None:
    """Return the form of a format that shows a part of a date, or per cents; else None.

    >>> _form("mmm-yy"), _form("yyyy"), _form("d-mmm"), _form("dd.mm.yyyy"), _form("0.0%")
    ('%Y-%m', '%Y', '', None, '%')
    """
    bare = _NO_SIGN.sub(" ", code.partition(";")[0]).casefold()
    if "%" in bare:
        return PER_CENT
    signs = set(re.findall("[a-z]+", bare))
    letters = {sign[0] for sign in signs}
    if letters - set("ymd"):  # a time as well, a calendar of its own, or no date
        return None
    match "y" in letters, "m" in letters, "d" in letters:
        case True, False, False:
            return "%Y"
        case True, True, False:
            return "%Y-%m"
        case False, True, _:
            return _NO_YEAR
    return None


@dataclass(slots=True)
class _Styles:
    """The formats of a workbook, and which of them its cells have (section 18.8)."""

    _codes: dict[str, str] = field(default_factory=lambda: dict(_BUILT_IN))
    _formats: list[str] = field(default_factory=list)
    _is_of_cells: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        told = {local(key): value for key, value in attributes.items()}
        if name == "numFmt":
            self._codes[told.get("numFmtId", "")] = told.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            self._formats.append(told.get("numFmtId", ""))

    def text(self, text: str) -> None:
        """Pass over text."""

    def end(self, name: str) -> None:
        self._is_of_cells = self._is_of_cells and name != "cellXfs"

    def forms(self) -> dict[str, str]:
        """Return the forms by the number of a style."""
        found = (_form(self._codes.get(one, "")) for one in self._formats)
        return {str(number): form for number, form in enumerate(found) if form is not None}


@dataclass(slots=True)
class _Cells:
    """The cells of a sheet that have one of some styles."""

    forms: dict[str, str]
    found: Shown = field(default_factory=dict)
    _grid: Grid = field(default_factory=Grid)

    def start(self, name: str, attributes: Attributes) -> None:
        if self._grid.start(name, attributes):
            form = self.forms.get(attributes.get("s", "0"))
            if form is not None:
                self.found.setdefault(self._grid.row, {})[self._grid.column] = form

    def text(self, text: str) -> None:
        """Pass over text."""

    def end(self, name: str) -> None:
        """Pass over ends."""


def filled(rows: Iterable[list[T]], merged: Iterable[Range], left: int) -> Iterator[list[T]]:
    """Yield rows with the value of a merged cell in each row over which it stands.

    A row that is empty but for it stays empty. `left` is the column of the first cell.
    """
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in merged:
        if bottom > top and column >= left:
            begins.setdefault(top, []).append((column - left, bottom))
    held: dict[int, tuple[int, T]] = {}
    for number, row in enumerate(rows):
        held = {at: told for at, told in held.items() if told[0] >= number}
        if any(cell not in _EMPTY for cell in row):
            for at, (_, value) in held.items():
                if at < len(row) and row[at] in _EMPTY:
                    row[at] = value
        for at, bottom in begins.get(number, ()):
            if at < len(row):
                held[at] = (bottom, row[at])
        yield row
