"""The records of CSV files, each with its characters, however its quotes are.

Where quotes make no sense, one record is at fault; where it ends is told by its quotes, or by
the lines after it if they are rows by themselves.
"""

import csv
import re
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, Literal, NamedTuple

from loaders.source import BYTE_ORDER_MARK, File
from onrecord.errors import BadInput

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_COLUMNS: Final = 3  # of so many at least, a line of a text is hardly a row by chance
_SURE: Final = 4  # rows in a row that are no text
_AHEAD: Final = 24  # lines among which they are looked for
_LONGEST: Final = 1 << 26  # characters of a line; what has more is no table, and costs memory
_JOINS: Final = "is joined by its quotes with lines that are rows by themselves"
_MAYBE: Final = "may be a table in a cell, or rows that its quotes join"
_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE


class Line(NamedTuple):
    """A line of a table, its cells in order; none with a fault.

    `is_last` where no line end follows, so that it may break off.
    """

    number: int
    start: int
    text: str
    cells: list[str]
    fault: str = ""
    is_last: bool = False


def lines_of_csv(file: File, delimiter: str, first: int) -> Iterator[Line]:
    """Yield the records of a CSV file (RFC 4180); `first` is the line of its header.

    Where tabs part the cells and quotes make no sense, they are signs like others.
    """
    quoting: _Quoting = csv.QUOTE_MINIMAL
    if delimiter == "\t" and _are_quotes_signs(_lines(file, delimiter, first)):
        quoting = csv.QUOTE_NONE  # as text/tab-separated-values is registered
    return _lines(file, delimiter, first, quoting)


def head_of_csv(file: File, delimiter: str, first: int = 1) -> str:
    """Return the characters of a CSV file up to the end of its header."""
    lines = lines_of_csv(file, delimiter, first)
    found = next((line for line in lines if line.number >= first), None)
    with file.open() as text:
        return text.read(found.start + len(found.text) if found else 0)


def _are_quotes_signs(lines: Iterator["Line"]) -> bool:
    """Return whether rows cannot be read by their quotes, or whole ones stand between two.

    What looks like one cell on several lines, each with as many tabs as the header, is a row a
    line: whoever wrote them began a cell with a quotation mark, and meant no more by it.
    """
    tabs = 0
    for line in lines:
        tabs = tabs or line.text.count("\t")
        written = line.text.splitlines() if "\n" in line.text else ()
        is_folded = (
            tabs and len(written) > 1 and all(one.count("\t") == tabs for one in written)
        )
        if line.fault or is_folded:
            return True
    return False


def _is_open(text: str, delimiter: str) -> bool:
    """Return whether a quoted cell of a row that makes no sense may go on in the next line.

    It may not where each quote has another one, and as many cells begin with one as end.
    """
    row, sign = text.rstrip("\r\n"), re.escape(delimiter)
    begins, ends = re.findall(rf'(?:^|{sign})"', row), re.findall(rf'"(?={sign}|$)', row)
    return row.count('"') % 2 == 1 or len(begins) != len(ends)


@dataclass(slots=True)
class _Text:
    """The lines of a text; `taken` are those of the record at hand.

    Raises BadInput for a line that is too long to be one of a table.
    """

    path: Path
    lines: Iterator[str]
    taken: list[str] = field(default_factory=list)
    _held: deque[str] = field(default_factory=deque)

    def feed(self) -> Iterator[str]:
        """Yield the lines for a reader to take."""
        while self._held:
            self.taken.append(self._held.popleft())
            yield self.taken[-1]
        taken = self.taken
        for number, line in enumerate(self.lines):
            if len(line) == _LONGEST:
                raise BadInput(f"{self.path}: a line has more than {_LONGEST:,} characters")
            taken.append(line)
            yield line if number else line.removeprefix(BYTE_ORDER_MARK)

    def ahead(self) -> list[str]:
        """Return some lines after the first one of the record at hand, which may be rows."""
        missing = _AHEAD + 1 - len(self.taken) - len(self._held)
        self._held.extend(islice(self.lines, max(0, missing)))
        return [*self.taken[1:], *self._held][:_AHEAD]

    def keep(self, count: int) -> None:
        """Let the record at hand have so many lines, and all others be taken again."""
        self._held.extendleft(reversed(self.taken))
        self.taken[:] = [self._held.popleft() for _ in range(count)]


def _lines(
    file: File, delimiter: str, first: int, quoting: _Quoting = csv.QUOTE_MINIMAL
) -> Iterator[Line]:
    with file.open() as characters:
        text = _Text(file.path, iter(partial(characters.readline, _LONGEST), ""))
        reading = partial(csv.reader, delimiter=delimiter, quoting=quoting, strict=True)
        reader = reading(text.feed())
        start, number, columns, is_lost = 0, 1, 0, False
        while not is_lost:
            fault = ""
            cells: list[str] = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                fault = str(error)
            if not columns and number >= first:
                columns = len(cells)
            if fault or len(text.taken) > _SURE:
                is_lost = bool(fault) and _is_open("".join(text.taken), delimiter)
                is_joined = not fault and _are_joined(text.taken, delimiter, columns)
                if is_joined and _is_table(text.taken, delimiter):
                    fault = _MAYBE
                elif is_lost or is_joined:
                    wrong = _until_rows(text.ahead(), delimiter, columns)
                    reader = reading(text.feed())
                    if wrong is not None:
                        text.keep(1 + wrong)
                        fault, is_lost = fault or _JOINS, False
                fault += "; the rest of the file was not read" * is_lost
            record, count = "".join(text.taken), len(text.taken)
            text.taken.clear()
            told = record.rstrip("\r\n")
            yield Line(number, start, told, [] if fault else cells, fault, told == record)
            start, number = start + len(record), number + count


def _are_joined(lines: Sequence[str], delimiter: str, columns: int) -> bool:
    """Return whether a record of several lines has a row in each, but for its quotes.

    Those of its first line open what those of its last one close.
    """
    ends = (lines[0], lines[-1])
    return all(
        line.count(delimiter) == columns - 1 and line.count('"') % 2 for line in ends
    ) and all(_is_row(line, delimiter, columns) for line in lines[1:-1])


def _is_table(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether lines that quotes join may be a table in the first cell, or the last."""
    first, last = lines[0], lines[-1].rstrip("\r\n")
    is_in_first = first.startswith('"') and last.partition(delimiter)[0].endswith('"')
    return is_in_first or (
        first.rpartition(delimiter)[2].startswith('"') and last.endswith('"')
    )


def _until_rows(lines: Sequence[str], delimiter: str, columns: int) -> int | None:
    """Return after how many lines there are none but rows, by what each is by itself.

    None where that is not to be seen; of few columns, any text may be a row.
    """
    found = 0
    for number, line in enumerate(lines, start=1):
        found = found + 1 if _is_row(line, delimiter, columns) else 0
        if found == _SURE:
            return number - _SURE
    is_end = len(lines) < _AHEAD
    return len(lines) - found if found and is_end else None


def _is_row(line: str, delimiter: str, columns: int) -> bool:
    return (
        columns >= _COLUMNS
        and line.count('"') % 2 == 0
        and _parts(line, delimiter) == columns
    )  # fmt: skip


def _parts(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), []))
    except csv.Error:
        return 0
