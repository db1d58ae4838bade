"""A load that is broken off leaves the record as it was, and nothing behind."""

import threading
from pathlib import Path

import pytest

from bench.tweets import write_tweets
from loaders.given import Given
from onrecord.errors import StoreFull
from onrecord.ingest import ingest_all
from onrecord.loads import Load
from onrecord.store import GenerationStore

ROWS = 600  # two portions and a half


def tweets(folder: Path) -> list[Load]:
    path = folder / "tweets.csv"
    write_tweets(path, "archive", ROWS)
    return [Load("x-archive", path, Given())]


def check_nothing_is_left(store: GenerationStore) -> None:
    assert store.generations() == []
    assert not [one.name for one in threading.enumerate() if one.name.startswith("onrecord")]
    assert store.writer() is None
    assert not list(store.folder.glob("draft-*"))


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_whoever_breaks_a_load_off_leaves_no_thread_lock_or_draft(
    tmp_path: Path, batches: int
) -> None:
    store, steps = GenerationStore(tmp_path / "data"), iter(range(batches))

    def break_off(what: str, done: int, of: int | None) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as error:
        ingest_all(store, tweets(tmp_path), progress=break_off)
    assert error.traceback  # is what keeps the load in memory
    check_nothing_is_left(store)


def test_a_disk_that_is_full_while_the_engine_stores_is_said_and_costs_nothing(
    disk: Path, tmp_path: Path
) -> None:
    store = GenerationStore(disk / "data")
    with pytest.raises(StoreFull, match="no space left"):
        ingest_all(store, tweets(tmp_path))
    check_nothing_is_left(store)
