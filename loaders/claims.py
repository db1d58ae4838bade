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

from loaders.coded_table import Table
from loaders.given import Given
from loaders.lexicon import Lexicon
from loaders.records import Record
from loaders.tree import unit
from onrecord.errors import BadInput

NAME: Final = "claims"


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    columns = {cell.strip(' "\r\ufeff') for cell in head.partition("\n")[0].split(",")}
    found = columns >= {"id", "doc", "start", "end", "subject", "predicate", "object", "chain"}
    return "has the columns doc, start, end, chain of a coder's claim table" if found else ""


def source(path: Path, given: Given) -> str:
    """Return the name that every version of the source goes by."""
    return f"{unit(_mapping(path, given).resolve().parent)}/{path.name}"


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one table and of the files that its mapping uses."""
    lexicon = Lexicon.read(_mapping(path, given), given)
    yield from lexicon.records()
    yield from Table.read(path, lexicon).records()


def _mapping(path: Path, given: Given) -> Path:
    """Return where the mapping is; raises BadInput where it or the table is not."""
    if path.is_dir():
        wanted = "a claim table is a file (.csv, .jsonl) with a mapping (--mapping)"
        raise BadInput(f"{path}: a folder; {wanted}, and a folder may be a case")
    if not path.exists():
        raise BadInput(f"{path}: No such file")
    mapping = given.mapping or path.with_name("mapping.yaml")
    if not mapping.exists():
        raise BadInput(f"{path}: has no {mapping.name} beside it; name one with --mapping")
    return mapping
