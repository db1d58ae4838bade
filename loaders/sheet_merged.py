"""Cells that a sheet shows as one over several rows: what stands in it is said in each."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

Range = tuple[tuple[int, int], tuple[int, int]]  # row and column, from 0, of two corners
Cell = TypeVar("Cell")

_NOTHING: Final = (None, "")


def filled(
    rows: Iterable[list[Cell]], merged: Iterable[Range], left: int
) -> Iterator[list[Cell]]:
    """Yield rows with the value of a merged cell in each row over which it stands.

    A row that is empty but for it stays empty. `left` is the column of the first cell.
    """
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in merged:
        if bottom > top and column >= left:
            begins.setdefault(top, []).append((column - left, bottom))
    held: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(rows):
        held = {at: told for at, told in held.items() if told[0] >= number}
        if any(cell not in _NOTHING for cell in row):
            for at, (_, value) in held.items():
                if at < len(row) and row[at] in _NOTHING:
                    row[at] = value
        for at, bottom in begins.get(number, ()):
            if at < len(row):
                held[at] = (bottom, row[at])
        yield row
