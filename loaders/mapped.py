"""Any table, by a mapping that says what its columns mean.

Source   CSV, TSV, JSON lines, a sheet of a workbook, a table of an SQLite database
Licence  as the mapping or whoever loads it tells
Yields   the claims of the mapping for each row, by the publisher or through whom the row names

`--mapping` names a file or one of ours; without it `NAME.mapping.yaml` beside the table is
taken, where the table is `NAME.csv`. `onrecord mapping init` drafts one. Every column is read
or declared ignored. A cell that cannot be read is quarantined, and the rest of its row taken.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from loaders.accounting import account
from loaders.csv_lines import head_of_csv
from loaders.given import Given
from loaders.mapped_rows import JSON, KNOWN, TEXTS, columns, opened, rows
from loaders.mapped_telling import Teller
from loaders.mapping import TableMapping
from loaders.mapping_files import SHIPPED, TABLE, beside
from loaders.records import Record
from loaders.source import File
from loaders.source import source as name_of
from loaders.voice import Voice
from onrecord.errors import BadInput

__all__ = ["NAME", "head", "load", "recognise", "source"]

NAME: Final = TABLE


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    if not name.lower().endswith(KNOWN) or not head.strip():
        return ""
    if "\0" in head and name.lower().endswith((*TEXTS, *JSON)):  # no text, whatever its name
        return ""
    return "is a table; a mapping says what it means (onrecord mapping init FILE drafts one)"


def source(path: Path, given: Given) -> str:
    """Return the name that every version of the source goes by: the file's, and the sheet's."""
    sheet = _mapping(path, given).layout.sheet
    name = name_of(path, given)
    return f"{name}#{sheet}" if sheet else name


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one table, and the mapping by which it was read."""
    mapping = _mapping(path, given)
    file = table(path, given, mapping)
    voice, terms = Voice.of(file, given, mapping.terms)
    yield from voice.opening(terms)
    yield mapping.tree.source.document
    found = rows(file, mapping.layout)
    yield from account(path.name, found, Teller.of(voice, mapping).tell, voice)


def table(path: Path, given: Given, mapping: TableMapping) -> File:
    """Return a table whose columns are all read by a mapping, or ignored."""
    sheet = mapping.layout.sheet
    file = opened(path, given)
    file = replace(file, dataset=f"{file.dataset}#{sheet}") if sheet else file
    mapping.check(columns(file, mapping.layout), path)
    return file


def head(path: Path, given: Given) -> tuple[str, str]:
    """Return what a table of text begins with, its columns' names last, and what parts them."""
    layout = _mapping(path, given).layout
    sign = layout.delimiter or TEXTS[path.suffix.lower()]
    return head_of_csv(File.at(path, given), sign, layout.header), sign


def _mapping(path: Path, given: Given) -> TableMapping:
    """Return the mapping of a table; raises BadInput where there is none."""
    if not path.exists():
        raise BadInput(f"{path}: No such file")
    found = given.mapping or beside(path)
    if not found.exists():
        raise BadInput(
            f"{path}: has no {found.name} beside it; name one with --mapping (a file, or "
            f"{' or '.join(SHIPPED)}, which are ours), or draft one: "
            f"onrecord mapping init {path.name} > {found.name}"
        )
    return TableMapping.read(found)
