"""What was not taken, set aside beside the store: why, and to be mended."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final

from loaders.csv_lines import head_of_csv
from loaders.mapping_files import TABLE
from loaders.markings import MARKINGS, STRICTEST, UNREAD, WORDS, strictest
from loaders.records import Quarantined
from loaders.source import File
from loaders.streams import delimiter, head_of
from onrecord.loads import Load, Report
from onrecord.pruned import pruned
from onrecord.unsigned import names_secret, unkeyed, without_secrets
from ontology.digests import digest

_COLUMNS: Final = ("file", "line", "key", "column", "value", "reason")
_SEE: Final = "INSERT OR IGNORE INTO seen VALUES (?)"
_FORMULA: Final = re.compile(r"[=+\-@\t\r](?!\d*[.,]?\d+\Z)")  # to a spreadsheet
_TABLES: Final = (".csv", ".tab", ".tsv")
_LINES: Final = (".ijson", ".jsonl", ".ndjson", ".nq", ".nt")
_VALUES: Final = (".json", ".jsonld")
_WITHIN: Final = ("claimreview", "misp", "stix")  # whose records may stand in a value


@dataclass(frozen=True, slots=True)
class SetAside:
    """Where the reasons are, and the records that can be mended and loaded again."""

    reasons: Path
    records: tuple[tuple[Load, Path], ...]


def set_aside(folder: Path, reports: Iterable[Report]) -> SetAside:
    """Write why each value was not taken, and the records of which nothing was.

    The reasons are a table in CSV, in which what a spreadsheet would take for a formula stands
    behind an apostrophe. Neither has what stands under a name such as `password` or `token`.
    The records keep the form and the name of their source, so that they load once they were
    mended. In the table alone are those of a form that is neither a table, JSON nor lines of
    RDF, and, where a column has secrets, rows whose quotes make no sense or may join others.
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
    records = [(_told(report), _records(folder / name, report)) for report in found]
    return SetAside(table, tuple((load, path) for load, path in records if path))


def _told(report: Report) -> Load:
    """Return a load with what a part of its source may not tell: whose it is, its terms."""
    given = report.load.given
    word = strictest(word for word in MARKINGS if WORDS[word] in report.markings)
    if not word and WORDS[UNREAD] in report.markings:
        word = STRICTEST  # which holds back as much, and can be told
    terms = replace(
        given.terms,
        publisher=given.terms.publisher or report.publisher,
        licence=given.terms.licence or report.licence,
        marking=word or given.terms.marking,
    )
    return replace(report.load, given=replace(given, terms=terms))


def _records(folder: Path, report: Report) -> Path | None:
    """Write the records that were left out as a whole, each once."""
    pieces = _again(report.load, _each_once(report.quarantined))
    first = next(pieces, None)
    if first is None:
        return None
    # the name by which the source goes, so that what is mended belongs to it
    name = PurePosixPath(report.load.given.dataset or report.load.path.name)
    # an archive of others may have put steps upwards into it
    path = folder.joinpath(*(part for part in name.parts if part not in ("/", "//", "..")))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(chain((first,), pieces))
    return path


def _each_once(left_out: Iterable[Quarantined]) -> Iterator[str]:
    """Yield the records of which nothing was taken; what was seen of many is on disk."""
    with closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (record TEXT PRIMARY KEY) WITHOUT ROWID")
        for one in left_out:
            told = (digest(one.record),)
            if one.record and seen.execute(_SEE, told).rowcount:
                yield one.record


def _cells(one: Quarantined) -> tuple[str, ...]:
    told = (one.file, str(one.line), one.key, one.column, one.shown, one.reason)
    return tuple(f"'{cell}" if _FORMULA.match(cell) else cell for cell in told)


def _again(load: Load, records: Iterator[str]) -> Iterator[str]:
    """Yield records in the form of the file that they are from; nothing if it has no such."""
    path = load.path
    suffix, first = path.suffix.lower(), next(records, None)
    if first is None or suffix not in (*_TABLES, *_LINES, *_VALUES):
        return
    if suffix in _VALUES or (load.loader in _WITHIN and suffix not in _TABLES):
        chosen = [first, *records]
        beside = {}
        if load.loader == "stix":
            from loaders.stix_reading import named_by  # with its loader, which takes a while

            beside = named_by(path, load.given, chosen)
        with path.open(encoding="utf-8-sig", newline="") as file:  # lines end as in the records
            for one in pruned(file.read(), chosen, beside):
                yield f"{unkeyed(one.rstrip())}\n"
        return
    if suffix in _TABLES:
        yield from _rows(load, chain((first,), records))
    else:
        yield from (f"{unkeyed(record)}\n" for record in chain((first,), records))


def _rows(load: Load, records: Iterable[str]) -> Iterator[str]:
    """Yield what a table begins with, up to the names of its columns, and rows of it."""
    if load.loader == TABLE:
        from loaders import mapped  # which takes a while

        head, sign = mapped.head(load.path, load.given)
    else:
        file = File.at(load.path, load.given)
        sign = delimiter(head_of(file))
        head = head_of_csv(file, sign)
    *_, names = csv.reader(io.StringIO(head, newline=""), delimiter=sign)
    has_secrets = any(map(names_secret, names))
    rows = (
        _row_struck(record, names, sign) if has_secrets else f"{record}\n" for record in records
    )
    for row in filter(None, rows):
        yield f"{head}\n{row}" if head else row
        head = ""


def _row_struck(record: str, names: Sequence[str], sign: str) -> str:
    """Return a row without what is secret; nothing where its quotes may hide where that is.

    They may where they make no sense, or join lines of which one may be a row of its own.
    """
    if any(line.count(sign) >= len(names) - 1 for line in record.splitlines()[1:]):
        return ""
    rows = csv.reader(io.StringIO(record, newline=""), delimiter=sign, strict=True)
    row = io.StringIO(newline="")
    writer = csv.writer(row, delimiter=sign, lineterminator="\n")
    try:
        writer.writerows(without_secrets(cells, names) for cells in rows)
    except csv.Error:
        return ""
    return row.getvalue()
