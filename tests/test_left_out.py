"""What was not taken: whole, in its order, and in no more memory for being more."""

import csv
import tracemalloc
from pathlib import Path
from typing import Final

from loaders.given import Given
from loaders.records import Quarantined
from onrecord.cli.loaded import reasons
from onrecord.left_out import LeftOut
from onrecord.loads import Load, Report
from onrecord.quarantine import set_aside

MANY: Final = 20_000
LONG: Final = "x" * 500


def bad(number: int, reason: str = "has to be a whole number") -> Quarantined:
    record = f'"{number}, «\udc80»\n","{LONG}"'.encode(errors="replace").decode()
    return Quarantined("x.csv", number + 2, str(number), "count", "many", reason, record)


def left_out(count: int, reason: str = "") -> LeftOut:
    found = LeftOut()
    for number in range(count):
        found.append(bad(number, f"{reason} {number}" if reason else bad(number).reason))
    return found


def test_what_was_left_out_comes_back_as_it_was_and_in_its_order() -> None:
    found = left_out(5_000)
    assert len(found) == 5_000
    pairs = zip(found, found, strict=True)
    assert all(one == other == bad(number) for number, (one, other) in enumerate(pairs))
    found.append(bad(7))
    assert [*found][-1] == bad(7)


def test_what_was_left_out_is_set_aside_without_being_held(tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text("count,text\n", encoding="utf-8")
    tracemalloc.start()
    try:
        found = left_out(MANY)
        found.append(bad(3))  # its record is there already
        report = Report(Load("accounts", source, Given()), quarantined=found)
        aside = set_aside(tmp_path / "quarantine", [report])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MANY * len(LONG) / 4
    with aside.reasons.open(encoding="utf-8", newline="") as table:
        assert sum(1 for _ in csv.DictReader(table)) == MANY + 1
    ((_, records),) = aside.records
    with records.open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    assert rows[0] == ["count", "text"]
    assert len(rows) == MANY + 1


def test_the_reasons_that_are_told_are_bounded_and_none_is_uncounted() -> None:
    found = left_out(3_000, "is called")
    rows = [*reasons([found, left_out(5)])]
    assert rows[0][:2] == ("has to be a whole number", "5")
    assert sum(int(row[1].replace(",", "")) for row in rows) == 3_005
    assert "and others" in rows[-1][0]
