"""Tables that are no text: sheets of workbooks, tables of SQLite databases.

Their cells come as numbers and dates; each is spelled here as a text would have it.
"""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import chain, repeat
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

from python_calamine import CalamineError, CalamineWorkbook

from loaders.csv_lines import Line
from loaders.given import Given
from loaders.records import Document, Passage
from loaders.sheet_formulas import FAILED, failed, why
from loaders.sheet_shown import as_shown, filled, otherwise_shown, without_year
from loaders.source import File, source
from onrecord.errors import BadInput
from ontology.identity import Mint

WORKBOOKS: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
DATABASES: Final = dict.fromkeys((".sqlite", ".sqlite3", ".db"), "application/vnd.sqlite3")
UNREADABLE: Final = "\ufdd0"  # no character, and so no sign of any text
_HALVES: Final = re.compile("[\ud800-\udfff]")
_CHUNK: Final = 1 << 20
_LARGEST: Final = 1 << 31  # octets that a workbook may unfold to
_OLD: Final = b"\xd0\xcf\x11\xe0"  # of Compound File Binary
_PACKED: Final = b"PK\x03\x04"
_EXACT: Final = 1 << 53  # beyond which a floating number has lost digits

Cell = str | int | float | bool | bytes | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Octets(File):
    """A file that is no text: an octet counts as a character, a record stands in all of it."""

    @classmethod
    def at(cls, path: Path, given: Given) -> Self:
        """Read a file once, to name it; raises BadInput when it is missing."""
        hashed, size = sha256(), 0
        kinds = WORKBOOKS | DATABASES
        try:
            with path.open("rb") as octets:
                while chunk := octets.read(_CHUNK):
                    hashed.update(chunk)
                    size += len(chunk)
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror or error}") from error
        if not size:
            raise BadInput(f"{path}: empty")
        document = Document(hashed.hexdigest(), size, kinds[path.suffix.lower()], size)
        return cls(path, source(path, given), document)

    def place(self, start: int, text: str, mint: Mint) -> Passage:
        """Return all of the file."""
        return self.whole(mint)


def names(path: Path) -> list[str]:
    """Return the sheets of a workbook, or the tables and views of a database; none for a text.

    Of a database with one table, it is that.
    """
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        with _workbook(path) as book:
            return list(book.sheet_names)
    if suffix in DATABASES:
        with _database(path) as database:
            tables = _tables(database)
            return tables if len(tables) == 1 else [*tables, *_tables(database, "view")]
    return []


def lines(path: Path, name: str = "", header: int = 1) -> Iterator[Line]:
    """Yield the lines of a sheet or table, the names of its columns first.

    `name` may be left out where there is one only; `header` is the line of a sheet on which the
    names stand. Raises BadInput for a file that is broken, and a sheet that it has not.
    """
    found = _rows_of_database if path.suffix.lower() in DATABASES else _rows_of_workbook
    for number, cells in enumerate(found(path, name), start=1):
        if number >= header or path.suffix.lower() in DATABASES:
            told = [spelled(cell) for cell in cells]
            if number == header:
                told = _names(path, number, told)
            yield Line(number, 0, json.dumps(told, ensure_ascii=False), told)


def _names(path: Path, number: int, cells: list[str]) -> list[str]:
    """Return the names of columns; raises BadInput for one that a failed formula has left."""
    told = [without_year(name) for name in cells]
    if wrong := [name for name in told if FAILED in name]:
        raise BadInput(f"{path}:{number}: the name of a column {why(wrong[0])}")
    return told


def spelled(cell: Cell) -> str:
    """Return a cell as a text would have it: dates as ISO 8601, whole numbers without a point.

    >>> spelled(3.0), spelled(datetime(2031, 4, 1)), spelled(True)
    ('3', '2031-04-01', 'true')
    """
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer() and abs(cell) < _EXACT:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case bytes():
            return _decoded(cell)
        case str():
            return readable(cell)
        case _:
            return str(cell)


def readable(text: str) -> str:
    """Return a text with a mark for each half of a surrogate pair, which no file can hold."""
    return text if text.isascii() else _HALVES.sub(UNREADABLE, text)


def _decoded(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return f"{UNREADABLE}{octets.hex()}"


def _rows_of_workbook(path: Path, name: str) -> Iterator[list[Cell]]:
    with _workbook(path) as book:
        name = _one(path, "sheet", list(book.sheet_names), name)
        sheet = book.get_sheet_by_name(name)
        failures, shown = failed(path, name), otherwise_shown(path, name)
        left = sheet.start[1] if sheet.start else 0
        left = min((left, *(column for row in failures.values() for column in row)))
        pad = [None] * (sheet.start[1] - left if sheet.start else 0)
        last = max(failures, default=-1) + 1
        rows = chain(sheet.iter_rows(), repeat([], max(0, last - sheet.total_height)))
        told = (
            _with_failures(
                _as_shown([*pad, *row], shown.get(number, {}), left),
                failures.get(number, {}),
                left,
            )
            for number, row in enumerate(rows)
        )
        yield from filled(told, sheet.merged_cell_ranges or (), left)


def _as_shown(row: list[Cell], shown: dict[int, str], left: int) -> list[Cell]:
    """Return a row with what its sheet shows in the place of what it holds."""
    for column, form in shown.items():
        at = column - left
        if 0 <= at < len(row):
            row[at] = as_shown(row[at], form)
    return row


def _with_failures(row: list[Cell], failures: dict[int, str], left: int) -> list[Cell]:
    """Return a row with a mark in the cells whose formulas came to nothing."""
    for column, told in failures.items():
        at = column - left
        row += [None] * (at + 1 - len(row))
        row[at] = f"{FAILED}{told}"
    return row


def _rows_of_database(path: Path, name: str) -> Iterator[list[Cell]]:
    with _database(path) as database:
        known = _tables(database)
        if name or len(known) != 1:  # a view is read where it is named
            known += _tables(database, "view")
        table = _one(path, "table", known, name)
        quoted = '"' + table.replace('"', '""') + '"'
        found = database.execute(f"SELECT * FROM {quoted}")
        yield [column[0] for column in found.description]
        yield from (list(row) for row in found)


def _tables(database: sqlite3.Connection, kind: str = "table") -> list[str]:
    asked = "SELECT name FROM sqlite_master WHERE type = ? ORDER BY name"
    found = [spelled(name) for (name,) in database.execute(asked, (kind,))]
    return [name for name in found if not name.startswith("sqlite_")]


def _one(path: Path, kind: str, known: list[str], name: str) -> str:
    told = ", ".join(map(repr, known))
    if name and name not in known:
        raise BadInput(f"{path}: has no {kind} {name!r}; it has {told or 'none'}")
    if not name and len(known) != 1:
        raise BadInput(f"{path}: which {kind}? it has {told or 'none'}")
    return name or known[0]


@contextmanager
def _workbook(path: Path) -> Iterator[CalamineWorkbook]:
    """Lend a workbook; raises BadInput for one that is broken, locked or far too large."""
    try:
        if path.suffix.lower() != ".xls":
            with zipfile.ZipFile(path) as packed:
                if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                    raise BadInput(f"{path}: unfolds to more than {_LARGEST:,} bytes")
        with CalamineWorkbook.from_path(str(path)) as book:
            yield book
    except BadInput:
        raise
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, RuntimeError) as error:
        told = _mistaken(path) or f"no workbook that can be read: {error}"
        raise BadInput(f"{path}: {told}") from error
    except BaseException as error:
        # what the reader of workbooks did not foresee comes out of Rust as a panic
        if type(error).__name__ != "PanicException":
            raise
        raise BadInput(f"{path}: a workbook that breaks its reader: {error}") from error


def _mistaken(path: Path) -> str:
    """Return what a file is that is named as a workbook and is none, where that is plain."""
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as octets:
            head = octets.read(_CHUNK)
        head.decode()
    except UnicodeDecodeError:
        if head.startswith(_OLD) and suffix != ".xls":
            return "locked by a password, or of the old form; name it .xls"
        if head.startswith(_PACKED) and suffix == ".xls":
            return "of a later form; name it .xlsx or .ods"
        return ""
    except OSError:
        return ""
    if head.lstrip().startswith(b"<"):
        return "no workbook but a page of the web; save it as a workbook"
    return "no workbook but a text; name it .csv or .tsv"


def _finished(path: Path) -> None:
    """Raise BadInput where changes stand beside a database that are not, or not all, in it."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        with suppress(FileNotFoundError), beside.open("rb") as octets:
            if any(octets.read(8)):  # a journal that is done with begins with zeros
                raise BadInput(
                    f"{path}: {beside.name} holds changes that it has not taken in; close it "
                    "where it is open, or let sqlite3 write a copy with VACUUM INTO"
                )


@contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    """Lend a database, which stays as it is; raises BadInput for one that is broken."""
    _finished(path)
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.text_factory = bytes
            yield database
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: no database that can be read: {error}") from error
