"""Tables with a header, CSV or TSV, read as a stream however large they are."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import dropwhile
from typing import Final

from loaders.csv_lines import Line, lines_of_csv
from loaders.records import Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.table import Row
from onrecord.errors import BadInput
from onrecord.unsigned import names_secret, without_secrets
from ontology.digests import FieldNames, digest, field_names

_SHOWN: Final = 200  # characters of what cannot be read
_HEAD: Final = 100_000  # characters
DELIMITERS: Final = (",", ";", "\t")

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
    these leave open where the next row begins, and the lines do not show it, the rest is not
    read. Where tabs part the cells and quotes make no sense, they are signs like others.
    Raises BadInput when the first line cannot be read or names two columns alike.
    """
    lines = lines_of_csv(file, delimiter, first)
    return named(file, dropwhile(lambda line: line.number < first, lines), key, header)


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
    if not any(cell.strip() for cell in first.cells):
        raise BadInput(f"{file.path}:{first.number}: has no names of columns")
    names = header([name.strip() for name in first.cells])
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadInput(f"{file.path}:{first.number}: several columns are named {sorted(twice)}")
    # where each column has a name, it goes by that in every row
    known = None if "" in names else field_names(tuple(names))
    are_full = True  # the rows so far
    for line in lines:
        is_full = len(line.cells) >= len(names)
        if line.is_last and are_full and not is_full and any(line.cells) and not line.fault:
            yield _cut(file, line, names)
            return
        are_full = are_full and is_full
        if _is_again(line, first):  # where files were put behind each other
            yield _refused(file, line, "", "has the names of the columns again")
        else:
            yield _row(file, line, names, known, key)


def _is_again(line: Line, first: Line) -> bool:
    """Return whether a line has the names of the columns, as the first one has them."""
    if len(first.cells) < 2 or line.fault or line.cells[-1:] != first.cells[-1:]:
        return False
    told, names = (
        [cells[0].lstrip("\ufeff"), *cells[1:]] for cells in (line.cells, first.cells)
    )
    return told == names


def _cut(file: File, line: Line, names: list[str]) -> Quarantined:
    """Return what says of a last line that it may break off in its last cell."""
    reason = f"{len(line.cells)} cells for {len(names)} columns: the file may be cut off here"
    where = (file.path.name, line.number, "", names[len(line.cells) - 1])
    return Quarantined(*where, line.cells[-1], reason, line.text)


def _refused(file: File, line: Line, value: str, reason: str) -> Quarantined:
    """Return what says of a line that nothing of it is taken."""
    return Quarantined(file.path.name, line.number, "", "", value, reason, line.text)


def _row(
    file: File, line: Line, names: list[str], known: FieldNames | None, key: Key
) -> Row | Quarantined | Skipped:
    if line.fault:
        value = "" if any(map(names_secret, names)) else line.text[:_SHOWN]
        return _refused(file, line, value, line.fault)
    if not any(map(str.strip, line.cells)):
        return Skipped(file.path.name, f"line {line.number}")
    if spare := [cell for cell in line.cells[len(names) :] if cell.strip()]:
        reason = f"{len(line.cells)} cells for {len(names)} columns"
        value = spare[0] if spare[0] in without_secrets(line.cells, names) else ""
        return _refused(file, line, value, reason)
    cells = dict(zip(names, line.cells, strict=False))
    if "" in cells or len(line.cells) < len(names):
        padded = [*line.cells, *[""] * (len(names) - len(line.cells))]
        cells = {
            name or f"column {at}": cell
            for at, (name, cell) in enumerate(zip(names, padded, strict=False), start=1)
            if name or cell.strip()
        }
    return Row(file, key(cells), line.number, line.start, line.text, cells, known)
