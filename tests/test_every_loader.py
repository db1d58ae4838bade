"""What holds of every loader, on a file in its format: `SAMPLES` has one or more for each."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import RdfFormat, parse

from bench.fuzz import given_for, mutated, samples
from loaders import LOADERS, map_file
from loaders.records import Fate
from onrecord import ahead, derive, portions
from onrecord.errors import BadInput
from onrecord.ingest import ingest
from onrecord.loads import Report
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from tests.loading import Sample, read
from tests.sayings import lines

DATA: Final = Path(__file__).with_name("data")
MUTATIONS: Final = 40  # in one run of the suite; bench/fuzz.py makes as many as it is told

SAMPLES: Final = tuple(
    Sample(name, path, given_for(name, path))
    for name in sorted(LOADERS)
    for path in samples(name)
)

_PRINT: Final = """
from loaders import LOADERS, map_file
from bench.fuzz import given_for, samples
for name in LOADERS:
    for path in samples(name):
        for line in map_file(path, name, given_for(name, path)):
            print(line)
"""

each = pytest.mark.parametrize(
    "sample", SAMPLES, ids=lambda one: f"{one.loader}-{one.path.name}"
)


def load(store: GenerationStore, sample: Sample) -> Report:
    return ingest(store, sample.loader, sample.path, sample.given)


@each
def test_a_sample_has_records_of_every_fate(sample: Sample) -> None:
    fates = read(sample).fates
    assert fates[Fate.MAPPED] > 0
    assert fates[Fate.QUARANTINED] + fates[Fate.BLANK] > 0


@each
def test_loading_twice_adds_nothing_and_what_is_withdrawn_comes_back_line_by_line(
    tmp_path: Path, sample: Sample
) -> None:
    store = GenerationStore(tmp_path)
    first = load(store, sample)
    assert first.new > 0
    before = lines(store)
    again = load(store, sample)
    assert (again.new, again.generation) == (0, None)
    assert lines(store) == before
    withdraw(store, sample.given.mint, run=first.run, reason="a test")
    assert lines(store) != before
    load(store, sample)
    assert lines(store) == before


@each
def test_what_a_load_derives_is_what_a_rebuild_derives(
    tmp_path: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_BATCH", 5)
    monkeypatch.setattr(portions, "_TOLD_AT_FIRST", 5)
    monkeypatch.setattr(portions, "_TOLD_AT_ONCE", 7)  # many portions of a small file
    store = GenerationStore(tmp_path)
    load(store, sample)
    loaded = lines(store)
    with store.write("derive anew") as draft:
        derive.rebuild(draft, sample.given.mint)
    assert lines(store) == loaded


def test_lines_come_out_alike_in_every_process_locale_and_zone() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            cwd=DATA.parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, zone in (("0", "C", "UTC"), ("7", "tr_TR.UTF-8", "Asia/Karachi"))
    }
    (lines,) = outputs
    assert lines.count(b"\n") > 1_000


def test_whatever_is_mapped_is_valid_and_of_the_format_that_it_seems_to_be(
    tmp_path: Path,
) -> None:
    (path,) = samples("takedowns")
    lines = list(map_file(path))
    assert lines == list(map_file(path, "takedowns"))
    quads = set(parse("\n".join(lines), RdfFormat.N_QUADS))
    assert {f"{quad} ." for quad in quads} == set(lines)
    unknown = tmp_path / "a.bin"
    unknown.write_bytes(b"\0\1")
    for loader in ("", "takedown"):
        with pytest.raises(BadInput):
            list(map_file(unknown, loader))
    with pytest.raises(BadInput, match="No such file"):
        list(map_file(tmp_path / "missing.csv"))


@each
def test_no_mutation_crashes_a_loader_or_loses_a_record(tmp_path: Path, sample: Sample) -> None:
    chance = random.Random(sample.path.name)
    whole = sample.path.read_bytes()
    path = tmp_path / sample.path.name
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(whole, chance))
        try:
            read(Sample(sample.loader, path, sample.given))
        except BadInput:
            continue


def test_every_loader_of_data_files_has_a_sample() -> None:
    assert set(LOADERS) - {sample.loader for sample in SAMPLES} == {
        "articles",
        "case",
        "claims",
    }


@pytest.mark.parametrize("bom", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"])
@pytest.mark.parametrize(
    "name",
    [
        "accounts/harbour-names.csv",
        "attributions/eurepoc-harbour.csv",
        "meta/2031_04_taking_action_in_harbourland.csv",
        "series/harbour-trends.csv",
        "takedowns/harbour-disclosures.csv",
        "x-archive/IRAhandle_tweets_harbour.csv",
    ],
)
def test_the_names_of_columns_are_no_row_where_files_stand_behind_each_other(
    tmp_path: Path, name: str, bom: str
) -> None:
    loader = name.partition("/")[0]
    (sample,) = (one for one in SAMPLES if one.path == DATA / name)
    path = tmp_path / sample.path.name
    text = sample.path.read_text("utf-8-sig").removesuffix("\n")
    path.write_text(f"{text}\n{bom}{text.splitlines()[0]}\n", encoding="utf-8")
    once, twice = (read(Sample(loader, one, sample.given)) for one in (sample.path, path))
    assert twice.reasons - once.reasons == {"has the names of the columns again": 1}
    assert len(twice.attestations) == len(once.attestations)
