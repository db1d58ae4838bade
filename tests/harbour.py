"""The invented case of `tests/data/harbour`, as it stands or with something changed."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import queries
from loaders.evidence import triples
from loaders.given import Given
from loaders.lexicon import Lexicon
from loaders.records import (
    Attestation,
    Document,
    IdentityJudgement,
    ImplicationJudgement,
    Quarantined,
    Record,
)
from onrecord.derive import rebuild
from onrecord.shapes import broken_rules
from onrecord.store import GenerationStore
from ontology import prefixed
from ontology.identity import Mint, Qualifier, Term

HARBOUR: Final = Path(__file__).with_name("data") / "harbour"
TEXTS: Final = HARBOUR / "texts"
MINT: Final = Mint()
GIVEN: Final = Given(MINT)
WITH_TEXTS: Final = Given(MINT, texts=TEXTS)

ALONE = """
curator: me
things:
  me: {kind: analyst, name: An analyst}
  paper: {kind: outlet, name: Paper Sample}
file: text.txt
publisher: paper
"""

Evidence = Attestation | Document | IdentityJudgement | ImplicationJudgement


def copied(to: Path, name: str = "harbour") -> Path:
    """Copy the case, so that a test may spoil it."""
    return Path(shutil.copytree(HARBOUR, to / name))


def changed(path: Path, old: str, new: str) -> Path:
    """Replace what stands once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def with_cells(path: Path, key: str, cells: Mapping[str, str]) -> Path:
    """Put cells in place of those of one row of a CSV table; the other rows stay."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    for row in rows:
        row.update(cells if row["id"] == key else {})
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def json_lines(path: Path) -> list[dict[str, object]]:
    """Return the rows of a CSV table as objects, each of its filled cells a string."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write objects as JSON lines."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def lines(records: list[Record], mint: Mint = MINT) -> list[str]:
    """Return the evidence of records as sorted lines."""
    found = (record for record in records if isinstance(record, Evidence))
    return sorted({f"{triple} ." for record in found for triple in triples(record, mint)})


def of_row(records: list[Record], key: str) -> list[Attestation]:
    """Return the attestations that come from one row of a table."""
    return [
        record
        for record in records
        if isinstance(record, Attestation)
        and any(
            short(name) == "rec:recordKey" and found.value == key
            for name, found in record.details
        )
    ]


def quarantined(records: list[Record]) -> list[Quarantined]:
    """Return the records that were not taken."""
    return [record for record in records if isinstance(record, Quarantined)]


def short(term: Term) -> str:
    """Return a word with its prefix, a thing from its kind on, a literal as it is spelled."""
    return prefixed(term.value).removeprefix(MINT.base)


@cache
def keys() -> Mapping[str, str]:
    """Return the keys of the case's things and documents, by their IRIs."""
    lexicon = Lexicon.read(HARBOUR / "mapping.yaml", GIVEN)
    documents = {label: article.iri for label, article in lexicon.documents.items()}
    return {iri.value: key for key, iri in {**lexicon.known.iris, **documents}.items()}


def named(term: Term) -> str:
    """Return a thing by its key in the case, anything else as `short` does."""
    return keys().get(term.value) or short(term).removeprefix("rec:")


def told(said: Attestation) -> str:
    """Return an attestation in one line: claim, stance, chain and depth, details."""
    parts = [
        f"{named(said.claim.subject)} {named(said.claim.predicate)} {named(said.claim.object)}",
        _pairs(said.claim.qualifiers),
        f"{named(said.stance)} {named(said.mode)}",
        f"{' < '.join(map(named, (said.speaker, *said.relays)))} at {said.depth}",
        _pairs(pair for pair in said.details if named(pair[0]) != "recordKey"),
    ]
    return "; ".join(filter(None, parts))


def _pairs(pairs: Iterable[Qualifier]) -> str:
    return ", ".join(f"{named(key)} {named(value)}" for key, value in pairs)


def whole(store: GenerationStore) -> None:
    """Hold the record against audits, shapes and a derivation from nothing."""
    with store.write("derive from nothing") as draft:
        assert queries.findings(draft) == []
        assert list(broken_rules(draft)) == []
        before = {str(quad) for quad in draft.quads()}
        rebuild(draft, MINT)
        assert {str(quad) for quad in draft.quads()} == before
        draft.abandon()


def alone(folder: Path, more: str = "", text: str = "Ahoy.\n") -> Path:
    """Write a sidecar that needs no other file but its text."""
    (folder / "text.txt").write_text(text, encoding="utf-8")
    path = folder / "alone.yaml"
    path.write_text(ALONE + more, encoding="utf-8")
    return path
