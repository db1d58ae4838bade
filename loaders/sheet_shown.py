"""Cells that a workbook shows otherwise than it holds them: dates, per cents, merged cells.

Whoever types a month gets its first day, and whoever types a day gets the year of that time.
A cell that shows 50 % holds a half, and one that shows `20+` or `~20` may hold a bare 20. One
that is shown over several rows is held in the first.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from loaders.numerals import comparator
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
_LITERAL: Final = r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]'
_BEFORE: Final = re.compile(rf'(?:{_LITERAL}|[^#0?"\\_*\[])*', re.DOTALL)
_FIGURES: Final = re.compile(r"[#0?.,]+")
_NUMBER: Final = "#"
_NO_YEAR: Final = ""
_EMPTY: Final = (None, "")
_DAY: Final = re.compile(rf"{FAILED}\d{{4}}(-\d\d-\d\d)")

# by row, then by column, both from 0: form of strftime, % or `#` and what is around a number
Shown = dict[int, dict[int, str]]


def otherwise_shown(path: Path, sheet: str) -> Shown:
    """Return the cells of a sheet that show a part of a date, per cents or a hedged number.

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
    is_of_numbers = form == PER_CENT or form.startswith(_NUMBER)
    if isinstance(cell, date) and not is_of_numbers:
        return cell.strftime(form) if form != _NO_YEAR else f"{FAILED}{cell.isoformat()[:10]}"
    if not isinstance(cell, int | float) or isinstance(cell, bool) or not is_of_numbers:
        return cell
    if form == PER_CENT:
        return f"{(100 * Decimal(str(cell))).normalize():f}%"
    before, width, after = form.removeprefix(_NUMBER).split("\0")
    return f"{before}{Decimal(str(cell)).normalize():f}{after}".zfill(int(width))


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
    if hedged := _around_number(code.partition(";")[0]):
        return hedged
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


def _around_number(code: str) -> str | None:
    """Return the form of a format that hedges a number, or has zeros before it; else None.

    >>> _around_number('"about "#,##0'), _around_number('0"+"'), _around_number("00000")
    ('#about \\x000\\x00', '#\\x000\\x00+', '#\\x005\\x00')
    >>> _around_number('"$"#,##0.00'), _around_number("+0"), _around_number("0.0")
    (None, None, None)
    """
    found = _BEFORE.match(code)
    start = found.end() if found else 0
    figures = _FIGURES.match(code, start)
    if not figures:
        return None
    before, after = (_literal(part) for part in (code[:start], code[figures.end() :]))
    hedge = before if comparator(before) else ""
    more = "+" if after.lstrip().startswith("+") else ""
    is_code = figures[0].strip("0") == "" and len(figures[0]) > 1 and not (before or after)
    width = len(figures[0]) if is_code else 0
    return f"{_NUMBER}{hedge}\0{width}\0{more}" if hedge or more or width else None


def _literal(part: str) -> str:
    """Return what a part of a format writes as it stands."""
    return re.sub(_LITERAL, lambda one: one[1] or one[2] or "", part, flags=re.DOTALL)


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
