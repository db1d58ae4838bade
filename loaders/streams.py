"""Tables with a header, CSV or TSV, read as a stream however large they are."""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from loaders.records import Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.table import Row
from onrecord.errors import BadInput
from ontology.identity import digest

_SHOWN: Final = 200  # characters of what cannot be read
_HEAD: Final = 100_000  # characters
DELIMITERS: Final = (",", ";", "\t")
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
Key = Callable[[Mapping[str, str]], str]


def head_of(file: File) -> str:
    """Return the beginning of a file, in which the first line of a table ends."""
    with file.open() as text:
        return text.read(_HEAD)


def delimiter(head: str, signs: Iterable[str] = DELIMITERS) -> str:
    """Return what parts the columns of a table: whatever parts its first line into most.

    >>> delimiter("id;note, if any")
    ','
    >>> delimiter("id;publisher;note, if any")
    ';'
    """
    return max(signs, key=lambda sign: len(parted(head, sign)))


def parted(head: str, sign: str) -> list[str]:
    """Return the first line of a table, parted by a sign; nothing where it breaks off."""
    text = io.StringIO(head.removeprefix(BYTE_ORDER_MARK), newline="")
    try:
        return next(csv.reader(text, delimiter=sign), [])
    except csv.Error:
        return []


def by_content(cells: Mapping[str, str]) -> str:
    """Return a key for a row that has none of its own: a hash of its cells."""
    return digest(*(part for pair in sorted(cells.items()) for part in pair))


def rows(
    file: File,
    key: Key = by_content,
    *,
    delimiter: str = ",",
    header: Callable[[list[str]], list[str]] = lambda names: names,
    first: int = 1,
) -> Iterator[Row | Quarantined | Skipped]:
    """Yield the rows of a CSV file under the names of its first line, or of a later one.

    `header` may put other names in place of those that stand there. A blank row is skipped; one
    with more cells than names, or with quotes that make no sense, comes out quarantined; where
    these leave open where the next row begins, the rest is not read.
    Where tabs part the cells and quotes make no sense, they are signs like others.
    Raises BadInput when the first line cannot be read or names two columns alike.
    """
    quoting: _Quoting = csv.QUOTE_MINIMAL
    if delimiter == "\t" and _are_quotes_signs(_lines_of_csv(file, delimiter)):
        quoting = csv.QUOTE_NONE  # as text/tab-separated-values is registered
    lines = _lines_of_csv(file, delimiter, quoting)
    return named(file, (line for line in lines if line.number >= first), key, header)


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table, its cells in order; none with a fault."""

    number: int
    start: int
    text: str
    cells: list[str]
    fault: str = ""


def named(
    file: File,
    lines: Iterator[Line],
    key: Key = by_content,
    header: Callable[[list[str]], list[str]] = lambda names: names,
) -> Iterator[Row | Quarantined | Skipped]:
    """Yield the lines of a table after the first under the names that stand there."""
    first = next(lines, None)
    if first is None:
        raise BadInput(f"{file.path}: empty")
    if first.fault:
        raise BadInput(f"{file.path}:{first.number}: {first.fault}")
    names = header([name.strip() for name in first.cells])
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadInput(f"{file.path}:{first.number}: several columns are named {sorted(twice)}")
    for line in lines:
        yield _row(file, line, names, key)


def _row(file: File, line: Line, names: list[str], key: Key) -> Row | Quarantined | Skipped:
    where = (file.path.name, line.number)
    if line.fault:
        return Quarantined(*where, "", "", line.text[:_SHOWN], line.fault, line.text)
    if not any(cell.strip() for cell in line.cells):
        return Skipped(file.path.name, f"line {line.number}")
    spare = [cell for cell in line.cells[len(names) :] if cell.strip()]
    if spare:
        reason = f"{len(line.cells)} cells for {len(names)} columns"
        return Quarantined(*where, "", "", spare[0], reason, line.text)
    cells = dict(zip(names, line.cells, strict=False))
    if "" in cells or len(line.cells) < len(names):
        padded = [*line.cells, *[""] * (len(names) - len(line.cells))]
        cells = {
            name or f"column {at}": cell
            for at, (name, cell) in enumerate(zip(names, padded, strict=False), start=1)
            if name or cell.strip()
        }
    return Row(file, key(cells), line.number, line.start, line.text, cells)


def _is_open(text: str, delimiter: str) -> bool:
    """Return whether a quoted cell of a row that makes no sense may go on in the next line.

    It may not where each quote has another one, and as many cells begin with one as end.
    """
    row, sign = text.rstrip("\r\n"), re.escape(delimiter)
    begins, ends = re.findall(rf'(?:^|{sign})"', row), re.findall(rf'"(?={sign}|$)', row)
    return row.count('"') % 2 == 1 or len(begins) != len(ends)


def _lines_of_csv(
    file: File, delimiter: str, quoting: _Quoting = csv.QUOTE_MINIMAL
) -> Iterator[Line]:
    """Yield the records of a CSV file (RFC 4180), each with its characters."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        with file.open() as text:
            for number, line in enumerate(text):
                taken.append(line)
                yield line if number else line.removeprefix(BYTE_ORDER_MARK)

    reader = csv.reader(lines(), delimiter=delimiter, quoting=quoting, strict=True)
    start, number, is_lost = 0, 1, False
    while not is_lost:
        fault, cells = "", []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = str(error)
        text = "".join(taken)
        taken.clear()
        if fault and (is_lost := _is_open(text, delimiter)):
            fault += "; the rest of the file was not read"
        yield Line(number, start, text.rstrip("\r\n"), cells, fault)
        start, number = start + len(text), reader.line_num + 1
