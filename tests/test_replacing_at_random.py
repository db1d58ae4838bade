"""Versions spoilt at random, in any format: nothing is withdrawn that stands there, spoilt."""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copy
from typing import Any, Final

import pytest

from bench.fuzz import given_for, samples
from loaders import LOADERS
from loaders.given import Given
from loaders.records import Attestation, Quarantined
from onrecord.errors import BadInput, BadRow
from onrecord.ingest import ingest_all
from onrecord.loads import Load
from onrecord.store import GenerationStore

TIMES: Final = 3  # for each sample; hundreds were tried
_BAD: Final = (
    "#REF!",
    "a dozen",
    "\ufffd?",
    "13/13/2031",
    "{broken",
    "not one of these",
    "-7x",
)
_LISTED: Final = ("recordField", "recordKey", "recordReference")
_BY_ITSELF: Final = re.compile("/(att|doc)/[0-9a-f]{32,64}")
_STRICT: Final = frozenset({"rdf"})  # it stops at whatever is quarantined

Spoil = Callable[[Path], None]
"""What changes one value of a file."""


@dataclass(frozen=True)
class Version:
    """What a file says, wherever in it, and what of it could not be read."""

    said: frozenset[str]
    left: Counter[tuple[str, str, str, bool]]

    @classmethod
    def of(cls, loader: str, path: Path, given: Given) -> "Version":
        records = list(LOADERS[loader].load(path, given))
        left = (one for one in records if isinstance(one, Quarantined) and not one.is_withheld)
        return cls(
            frozenset(_said(one) for one in records if isinstance(one, Attestation)),
            Counter((_place(one), one.column, one.value, bool(one.record)) for one in left),
        )


def _said(one: Attestation) -> str:
    """Return what is said, by whom and with which details."""
    details = [pair for pair in one.details if not pair[0].value.endswith(_LISTED)]
    claim = (one.claim, one.stance, one.speaker, one.relays, sorted(map(str, details)))
    return _BY_ITSELF.sub("/x", str(claim))


def _place(one: Quarantined) -> str:
    return "" if one.key.startswith("char=") else one.key


def spoils(path: Path, chance: Random) -> Iterator[Spoil]:
    """Yield ways to make something of a file unreadable."""
    spoil = {".csv": _cell, ".sqlite": _field, ".md": _word}.get(path.suffix, _leaf)
    while True:
        yield spoil(path, chance, chance.choice(_BAD))


def _cell(path: Path, chance: Random, bad: str) -> Spoil:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    filled = [(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell and y]
    y, x = chance.choice(filled)

    def spoil(path: Path) -> None:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        rows[y][x] = bad
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    return spoil


def _field(path: Path, chance: Random, bad: str) -> Spoil:
    column, row = chance.choice(["domain", "owner", "seen", "kind"]), chance.randint(1, 5)

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base, base:
            base.execute(f"UPDATE sites SET {column} = ? WHERE rowid = ?", (bad, row))

    return spoil


def _word(path: Path, chance: Random, bad: str) -> Spoil:
    word = chance.choice(re.findall(r"\S+", path.read_text("utf-8")))

    def spoil(path: Path) -> None:
        path.write_text(path.read_text("utf-8").replace(word, bad, 1), "utf-8")

    return spoil


def _leaf(path: Path, chance: Random, bad: str) -> Spoil:
    """Spoil a value of JSON; lines of which one is none stay as they are."""
    where = chance.choice([*_leaves(_tree(path))])

    def spoil(path: Path) -> None:
        tree = place = _tree(path)
        for step in where[:-1]:
            place = place[step]
        place[where[-1]] = bad
        lines = tree if path.suffix == ".jsonl" or path.name.endswith(".ftm.json") else [tree]
        text = (one if isinstance(one, str) else json.dumps(one) for one in lines)
        path.write_text("\n".join(text), "utf-8")

    return spoil


def _tree(path: Path) -> Any:
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl" or path.name.endswith(".ftm.json"):
        return [_parsed(line) for line in text.splitlines() if line]
    return json.loads(text)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return line


def _leaves(tree: Any, *at: str | int) -> Iterator[tuple[str | int, ...]]:
    if isinstance(tree, dict | list):
        for step, one in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _leaves(one, *at, step)
    elif at and tree:
        yield at


SAMPLES: Final = [
    pytest.param(loader, path, id=path.name)
    for loader in sorted(LOADERS.keys() - _STRICT)
    for path in samples(loader)
    if path.suffix != ".xlsx"
]


@pytest.mark.parametrize(("loader", "sample"), SAMPLES)
def test_nothing_is_withdrawn_that_still_stands_there_spoilt(
    tmp_path: Path, loader: str, sample: Path
) -> None:
    for file in (sample, *sample.parent.glob(f"{sample.stem}.mapping.yaml")):
        copy(file, tmp_path)
    path, given, chance = tmp_path / sample.name, given_for(loader, sample), Random(sample.name)
    store, load = GenerationStore(tmp_path / "data"), Load(loader, path, given)
    ingest_all(store, [load])
    whole, old = path.read_bytes(), Version.of(loader, path, given)
    ways = spoils(path, chance)
    for _ in range(TIMES):
        several = [next(ways) for _ in range(chance.randint(1, 3))]
        lost: set[str] = set()
        try:
            for one in several:
                lost |= _lost(old, _spoilt(load, whole, [one]))
            together = _spoilt(load, whole, several)
        except BadInput:  # no file of the format any more: it replaces nothing
            continue
        try:
            ingest_all(store, [load], replace=True, dry_run=True)
        except BadRow:
            continue
        is_left = together.left - old.left  # one spoilt value may let another be read
        assert not (is_left and lost - together.said), path.read_text("utf-8", errors="replace")
    path.write_bytes(whole)
    (report,) = ingest_all(store, [load], replace=True)
    assert (report.run, report.missing) == (None, 0)


def _lost(old: Version, new: Version) -> frozenset[str]:
    """Return what is said no longer, unless the spoilt value itself is told in its place."""
    is_told = any(bad in one for one in new.said - old.said for bad in _BAD)
    return old.said - new.said if new.left - old.left and not is_told else frozenset()


def _spoilt(load: Load, whole: bytes, ways: list[Spoil]) -> Version:
    load.path.write_bytes(whole)
    for spoil in ways:
        spoil(load.path)
    return Version.of(load.loader, load.path, load.given)
