"""Forms: CSV tables of our own, whose columns are documented and whose cells are each read.

Column names go without regard to case, and a blank in one is an underscore. Columns are parted
by commas, or by what spreadsheets put in their place: semicolons, tabs.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import Final

from loaders.accounting import account
from loaders.given import Given, Terms
from loaders.no_names import is_noted
from loaders.records import Quarantined, Record, Skipped
from loaders.source import File
from loaders.streams import Key, delimiter, head_of, parted, rows
from loaders.table import Row
from loaders.voice import Voice
from onrecord.errors import BadInput

_SHOWN: Final = 300  # characters of the names of columns


def columns(head: str) -> set[str]:
    """Return the columns that the first line of a table names."""
    return set(folded(parted(head, delimiter(head))))


def recognised(head: str, *telling: str) -> str:
    """Return why a table is in one of our forms, by the columns that tell it, or nothing."""
    if not columns(head).issuperset(telling):
        return ""
    *some, last = telling
    return f"has the columns {', '.join(some)} and {last} of our form"


def folded(names: list[str]) -> list[str]:
    """Return column names as the loaders have them."""
    return [re.sub(r"\s+", "_", name.strip()).casefold() for name in names]


def template(names: Sequence[str], *examples: Mapping[str, str]) -> str:
    """Return a form: its header, and rows that show how to fill it in."""
    text = io.StringIO()
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows(examples)
    return text.getvalue()


def by_id(cells: Mapping[str, str]) -> str:
    """Return the key of a row that its form has under `id`."""
    return cells.get("id", "").strip()


def records(
    path: Path,
    given: Given,
    key: Key,
    tell: Callable[[Voice, Row], Iterator[Record]],
    *,
    unique: str = "",
    names: Sequence[str] = (),
) -> Iterator[Record]:
    """Yield what the rows of a form tell, in the voice of whoever publishes it."""
    file = File.at(path, given)
    require(file, unique)
    if names and (found := columns(head_of(file))) and found.isdisjoint(names):
        raise BadInput(f"{path}: has no column of the form, only {_listed(found)}")
    yield from told(file, given, publisher(file), key, tell, unique=unique)


def told(
    file: File,
    given: Given,
    known: Terms,
    key: Key,
    tell: Callable[[Voice, Row], Iterator[Record]],
    *,
    unique: str,
) -> Iterator[Record]:
    """Yield what the rows of a table tell; `known` are the terms of its format."""
    voice, terms = Voice.of(file, given, known)
    yield from voice.opening(terms)
    found = filled_rows(file, key, unique=unique)
    yield from account(file.path.name, found, partial(tell, voice), voice)


def filled_rows(
    file: File, key: Key, *, unique: str = ""
) -> Iterator[Row | Quarantined | Skipped]:
    """Yield the rows of a form; those that share what is `unique` come out quarantined."""
    found = rows(file, key, delimiter=delimiter(head_of(file)), header=folded)
    if not unique:
        yield from found
        return
    whole = list(found)
    times = Counter(row.key for row in whole if isinstance(row, Row) and row.key)
    for row in whole:
        if isinstance(row, Row) and times[row.key] > 1:
            reason = f"is the {unique} of {times[row.key]} rows"
            yield replace(row.fault(unique, row.key, reason).record, record=row.text)
        else:
            yield row


def require(file: File, column: str) -> None:
    """Raise BadInput when a form has columns, but not the one by which its rows are known."""
    found = columns(head_of(file))
    if column and found and column not in found:
        raise BadInput(f"{file.path}: has no column {column!r}, only {_listed(found)}")


def _listed(names: Iterable[str]) -> str:
    """Return the names of columns, cut short, and where they have to stand."""
    told = shorten(", ".join(map(repr, sorted(names))), _SHOWN, placeholder=" …")
    return f"{told}; the first line has to name them, as `onrecord template` does"


def publisher(file: File) -> Terms:
    """Return who publishes a form: the one whom all of its rows name under `publisher`."""
    every = filled_rows(file, lambda cells: "")
    named = {row.cells.get("publisher", "").strip() for row in every if isinstance(row, Row)}
    found = {name for name in named if name and not is_noted(name)}
    return Terms(publisher=found.pop() if len(found) == 1 else "")
