"""What was not taken, set aside beside the store: why, and to be mended."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from loaders.records import Quarantined
from onrecord.ingest import Report

_COLUMNS: Final = ("file", "line", "key", "column", "value", "reason")
_TABLES: Final = (".csv", ".tsv")
_LINES: Final = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class SetAside:
    """Where the reasons are, and the records that can be mended and loaded again."""

    reasons: Path
    records: tuple[Path, ...]


def set_aside(folder: Path, reports: Iterable[Report]) -> SetAside:
    """Write why each value was not taken, and the records of which nothing was.

    The reasons are a table in CSV. The records keep the form and the name of their source, so
    that they load once they were mended; those of a form that is neither a table nor JSON are
    in the table alone.
    """
    found = [report for report in reports if report.quarantined]
    runs = [report.run for report in found if report.run]
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    name = "-".join(runs[0].value.split("/")[-2:]) if runs else now
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / f"{name}.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(one) for report in found for one in report.quarantined)
    records = (_records(folder / name, report) for report in found)
    return SetAside(table, tuple(filter(None, records)))


def _records(folder: Path, report: Report) -> Path | None:
    """Write the records that were left out as a whole, each once."""
    left_out = list(dict.fromkeys(one.record for one in report.quarantined if one.record))
    content = _again(report.load.path, left_out)
    if not content:
        return None
    # the name by which the source goes, so that what is mended belongs to it
    path = folder / (report.load.given.dataset or report.load.path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")
    return path


def _cells(one: Quarantined) -> tuple[str, ...]:
    return (one.file, str(one.line), one.key, one.column, one.value, one.reason)


def _again(path: Path, records: Sequence[str]) -> str:
    """Return records in the form of the file that they are from; nothing if it has no such."""
    suffix = path.suffix.lower()
    if not records or suffix not in (*_TABLES, *_LINES, ".json"):
        return ""
    if suffix in _LINES:
        return "".join(f"{record}\n" for record in records)
    if suffix in _TABLES:
        with path.open(encoding="utf-8", newline="") as file:
            header = file.readline().rstrip("\r\n")
        return "".join(f"{record}\n" for record in (header, *records))
    return _in_array(path, records)


def _in_array(path: Path, records: Sequence[str]) -> str:
    """Return records in the array of a JSON file that holds such, and what stands around it."""
    whole = json.loads(path.read_text(encoding="utf-8-sig"))
    chosen = [json.loads(record) for record in records]
    if isinstance(whole, list):
        return json.dumps(chosen, ensure_ascii=False, indent=2)
    for key, value in whole.items():
        if isinstance(value, list) and chosen[0] in value:
            return json.dumps({**whole, key: chosen}, ensure_ascii=False, indent=2)
    return ""
