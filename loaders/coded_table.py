"""A coder's table, read row by row through the lexicon of its case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loaders.accounting import account
from loaders.coded_row import Saying
from loaders.lexicon import Instead, Lexicon
from loaders.records import Attestation, Claim, Quarantined, Record, Skipped
from loaders.source import Source
from loaders.table import Row, rows
from onrecord.errors import BadInput

EXCLUDED: Final = "exclude"
_GRADES: Final = ("core", "optional", "added", EXCLUDED, "")
_AS_CODED: Final = (Instead(),)


@dataclass(frozen=True, slots=True)
class Table:
    """One table; a row may name another row's claim as its object."""

    source: Source
    lexicon: Lexicon
    rows: Mapping[str, Row]
    faults: tuple[Quarantined, ...]
    _open: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, lexicon: Lexicon) -> "Table":
        """Read a table whole; what its rows say is worked out one by one."""
        source = Source.read(path, f"{lexicon.tree.source.unit}/{path.name}")
        found = list(rows(source, "id"))
        good = {row.key: row for row in found if isinstance(row, Row)}
        faults = tuple(row for row in found if isinstance(row, Quarantined))
        return cls(source, lexicon, good, faults)

    def records(self) -> Iterator[Record]:
        """Yield the attestations of every row, and the rows that were not taken."""
        yield self.source.document
        yield self.lexicon.tree.source.document
        yield from account(
            self.source.path.name, [*self.faults, *self.rows.values()], self._row
        )

    def claim(self, key: str) -> Claim:
        """Return the claim of a row; raises BadInput when it makes none, or more than one."""
        if key not in self.rows or self._grade(self.rows[key]) == EXCLUDED:
            raise BadInput(f"row {key!r} is not taken from {self.source.path.name}")
        if key in self._open:
            raise BadInput(f"row {key!r} speaks of itself: {' < '.join([*self._open, key])}")
        self._open.append(key)
        try:
            claims = {said.claim for said in self._attestations(self.rows[key])}
        finally:
            self._open.pop()
        if len(claims) != 1:
            raise BadInput(f"row {key!r} makes {len(claims)} claims, of which none is chosen")
        return claims.pop()

    def _row(self, row: Row) -> Iterator[Record]:
        found = () if self._grade(row) == EXCLUDED else tuple(self._attestations(row))
        yield from found or (Skipped(self.source.path.name, row.key),)

    def _grade(self, row: Row) -> str:
        grade = row.take("grade")
        if grade not in _GRADES:
            raise row.fault("grade", grade, f"none of {', '.join(filter(None, _GRADES))}")
        return grade

    def _attestations(self, row: Row) -> Iterator[Attestation]:
        for column in ("id", "note"):
            row.take(column)
        for instead in self.lexicon.rows.get(row.key, _AS_CODED):
            yield from Saying(row, instead, self.lexicon, self.claim).attestations()
        row.finish()
