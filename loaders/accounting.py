"""What becomes of every record of a file: mapped, quarantined or blank, and never nothing."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from loaders.records import Accounted, Fate, Quarantined, Record, Skipped, Total
from loaders.table import Refused
from onrecord.errors import Unaccounted

Row = TypeVar("Row")


def account(
    file: str,
    rows: Iterable[Row | Quarantined | Skipped],
    tell: Callable[[Row], Iterator[Record]],
) -> Iterator[Record]:
    """Yield what the records of a file tell, each followed by what became of it.

    A record is told whole or not at all: Refused, raised at any point, quarantines it. Where
    some cells are quarantined and the rest is told, it counts as mapped. Raises Unaccounted
    when one vanishes: told nothing, quarantined nothing, not declared blank.
    """
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        told: list[Record]
        if isinstance(row, Quarantined | Skipped):
            told = [row]
        else:
            try:
                told = list(tell(row))
            except Refused as error:
                told = [error.record]
        yield from told
        yield Accounted(file, _fate(told, row))
    yield Total(file, count)


def _fate(told: list[Record], row: object) -> Fate:
    kinds = {type(record) for record in told}
    if kinds - {Quarantined, Skipped}:
        return Fate.MAPPED
    if Quarantined in kinds:
        return Fate.QUARANTINED
    if Skipped in kinds:
        return Fate.BLANK
    raise Unaccounted(f"a record came to nothing: {row!r:.200}")
