"""Claims that an analyst coded from texts: one row, one stance in one passage.

Source   a table of ours, `.csv` or `.jsonl`; the mapping beside it says what its labels mean
Licence  the analyst's; the cells hold no text of the articles
Yields   attestations with their claims, chains and passages; rows marked `exclude` are skipped

`--mapping FILE` names the mapping; without it `mapping.yaml` beside the table is taken. A row
that cannot be taken is quarantined with its cell; a mapping that cannot stops the load. Columns

needed    id, doc, start, end, subject, predicate, object, chain, mode
optional  negated, time, qualifiers, hedge, wording, confidence, quote, quote_sha256, grade
checked   file, occurrences; `note` is for the coders and is not loaded; no other is allowed
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from loaders.coding import Table
from loaders.given import Given
from loaders.lexicon import Lexicon
from loaders.records import Record
from loaders.tree import unit

NAME: Final = "claims"


def source(path: Path, given: Given) -> str:
    """Return the name that every version of the source goes by."""
    mapping = given.mapping or path.with_name("mapping.yaml")
    return f"{unit(mapping.resolve().parent)}/{path.name}"


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one table and of the files that its mapping uses."""
    lexicon = Lexicon.read(given.mapping or path.with_name("mapping.yaml"), given)
    yield from lexicon.records()
    yield from Table.read(path, lexicon).records()
