"""Files that processes of their own map: what is published is the same, and none is lost."""

import multiprocessing
import os
import shutil
import signal
from datetime import UTC, datetime
from multiprocessing import forkserver
from pathlib import Path
from threading import Timer
from typing import Final

import pytest

from loaders.given import Given, Terms
from onrecord import ahead
from onrecord.errors import BadInput, LimitReached
from onrecord.ingest import ingest_all
from onrecord.loads import Load, Report
from onrecord.store import GenerationStore

DATA: Final = Path(__file__).with_name("data")
NOW: Final = datetime(2031, 5, 1, tzinfo=UTC)
GIVEN: Final = Given(terms=Terms(publisher="Harbour Library"))
FILES: Final = (
    ("x-archive", DATA / "x-archive" / "hashed_2031_01_Harbour_0631_Harbour_0631_users.csv"),
    ("meta", DATA / "meta" / "2031_04_taking_action_in_harbourland.csv"),
    ("stix", DATA / "stix" / "harbour.json"),
    ("misp", DATA / "misp" / "harbour-actors.json"),
    ("rdf", DATA / "rdf" / "harbour-staff.rdf"),
    ("claimreview", DATA / "claimreview" / "harbour-feed.json"),
)


def loads(*files: tuple[str, Path]) -> list[Load]:
    return [Load(loader, path, GIVEN) for loader, path in files]


def load(folder: Path, jobs: int, *files: tuple[str, Path]) -> tuple[list[Report], list[str]]:
    store = GenerationStore(folder)
    reports = ingest_all(store, loads(*files), jobs=jobs, now=lambda: NOW)
    with store.read() as snapshot:
        return reports, sorted(str(quad) for quad in snapshot.quads())


@pytest.mark.parametrize("jobs", [2, 3, 9])
def test_any_number_of_jobs_publishes_the_same_lines(tmp_path: Path, jobs: int) -> None:
    alone, together = (load(tmp_path / str(n), n, *FILES) for n in (1, jobs))
    assert together[1] == alone[1]
    assert [one.fates for one in together[0]] == [one.fates for one in alone[0]]
    assert [[*one.quarantined] for one in together[0]] == [
        [*one.quarantined] for one in alone[0]
    ]


def test_a_file_that_cannot_be_read_leaves_the_others_of_its_process(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("no JSON at all", encoding="utf-8")
    reports, _ = load(tmp_path / "data", 2, FILES[0], ("misp", bad), FILES[2], FILES[3])
    assert [bool(one.refused) for one in reports] == [False, True, False, False]
    assert all(one.new for one in reports if not one.refused)


def test_whoever_stops_half_way_finds_the_next_file_whole(tmp_path: Path) -> None:
    tasks = [(loader, path, GIVEN) for loader, path in FILES]
    mappers = ahead.Mappers([tasks[0], tasks[1], tasks[2]], 1)
    try:
        half = mappers.batches(0)
        next(half)
        half.close()
        found = [record for batch in mappers.batches(1) for record in batch]
    finally:
        mappers.close()
    assert found == [record for batch in ahead.batches(tasks[1]) for record in batch]


def test_whoever_does_not_want_a_file_finds_the_next_one_whole(tmp_path: Path) -> None:
    tasks = [(loader, path, GIVEN) for loader, path in FILES]
    mappers = ahead.Mappers(tasks[:3], 1)
    try:
        mappers.batches(0).close()
        found = [record for batch in mappers.batches(2) for record in batch]
    finally:
        mappers.close()
    assert found == [record for batch in ahead.batches(tasks[2]) for record in batch]


def test_a_process_that_dies_stops_the_load(tmp_path: Path) -> None:
    source = tmp_path / "many.csv"
    header, *rows = FILES[0][1].read_text("utf-8").splitlines(keepends=True)
    source.write_text(header + "".join(rows) * 2_000, encoding="utf-8")
    before = multiprocessing.active_children()
    mappers = ahead.Mappers([("x-archive", source, GIVEN)], 1)
    try:
        found = mappers.batches(0)
        next(found)
        (process,) = set(multiprocessing.active_children()) - set(before)
        process.kill()
        with pytest.raises(LimitReached, match="--jobs 1"):
            list(found)
    finally:
        mappers.close()


def test_whatever_forks_may_be_ended_and_the_load_says_so() -> None:
    forkserver.ensure_running()
    number = vars(forkserver)["_forkserver"]._forkserver_pid
    os.kill(number, signal.SIGSTOP)  # so that it is asked for a process, and gives none
    ender = Timer(0.3, os.kill, (number, signal.SIGKILL))
    ender.start()
    try:
        with pytest.raises(LimitReached, match="--jobs 1"):
            ahead.Mappers([(loader, path, GIVEN) for loader, path in FILES[:2]], 2)
    finally:
        ender.join()


def test_a_refused_load_publishes_nothing_and_leaves_no_process(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    before = multiprocessing.active_children()
    with pytest.raises(BadInput):
        ingest_all(
            GenerationStore(tmp_path / "data"),
            loads(("stix", bad), FILES[2]),
            strict=True,
            jobs=2,
            now=lambda: NOW,
        )
    assert not GenerationStore(tmp_path / "data").generations()
    assert set(multiprocessing.active_children()) <= set(before)


@pytest.mark.parametrize("change", ["grows", "is written anew"])
def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path, change: str) -> None:
    path = tmp_path / FILES[0][1].name
    path.write_bytes(FILES[0][1].read_bytes())
    mapped = ahead.batches((FILES[0][0], path, GIVEN))
    assert next(mapped)
    with path.open("ab" if change == "grows" else "wb") as file:
        file.write(b"more\n")
    with pytest.raises(BadInput, match="was changed while it was read"):
        list(mapped)


def test_a_case_that_changes_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    shutil.copytree(DATA / "harbour", tmp_path / "harbour")
    mapped = ahead.batches(("case", tmp_path / "harbour", GIVEN))
    assert next(mapped)
    (tmp_path / "harbour" / "late.txt").write_text("late", encoding="utf-8")
    with pytest.raises(BadInput, match=r"late.txt: was changed while it was read"):
        list(mapped)
