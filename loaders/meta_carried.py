"""Empty cells in Meta's tables of tactics: each stands for the cell above it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from loaders.records import Quarantined, Record, Skipped
from loaders.table import Row

STEPS: Final = ("tactic", "technique", "procedure")


@dataclass(slots=True)
class Carried:
    """The steps of each row, in which an empty cell means the one above.

    `are_first` tells that they stand in the first columns, so that a row that is not told cell
    by cell shows whether it has any.
    """

    delimiter: str = ","
    are_first: bool = False
    above: dict[str, str] = field(default_factory=dict)
    is_lost: bool = False  # what is above stands in a row that could not be read

    def watched(
        self, rows: Iterable[Row | Quarantined | Skipped]
    ) -> Iterator[Row | Quarantined | Skipped]:
        """Yield rows; one that cannot be read may have had what the next ones carry down."""
        for row in rows:
            yield row
            if isinstance(row, Quarantined) and self._empty(row) < len(STEPS):
                self.is_lost = True

    def steps(self, row: Row) -> tuple[str, str, str]:
        """Return tactic, technique and procedure; what is new carries nothing below it.

        Raises Refused for a row that carries down what could not be read.
        """
        cells = [row.take(column) for column in STEPS]
        self.is_lost = self.is_lost and not cells[0]
        if self.is_lost:
            raise row.fault("tactic", "", "is carried down from a row that was not taken")
        is_new = False
        for column, cell in zip(STEPS, cells, strict=True):
            is_new = is_new or bool(cell)
            self.above[column] = cell if is_new else self.above.get(column, "")
        return self.above["tactic"], self.above["technique"], self.above["procedure"]

    def whole(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records; one set aside as a whole has what it carries down written in it.

        By itself it would carry down whatever stands above it among those to be mended.
        """
        for one in records:
            yield self._filled(one) if isinstance(one, Quarantined) and one.record else one

    def _filled(self, one: Quarantined) -> Quarantined:
        empty = self._empty(one)
        if not empty or self.is_lost or not self.above:
            return one
        written = io.StringIO()
        cells = [self.above[column] for column in STEPS[:empty]]
        csv.writer(written, delimiter=self.delimiter, lineterminator="").writerow(cells)
        return replace(one, record=f"{written.getvalue()}{one.record[empty - 1 :]}")

    def _empty(self, one: Quarantined) -> int:
        """Return how many steps at the beginning of a record are empty."""
        row = one.record if self.are_first else ""
        counts = range(len(STEPS), 0, -1)
        return next((n for n in counts if row.startswith(self.delimiter * n)), 0)
