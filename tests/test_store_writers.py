"""One writer at a time; what it wrote can be carried away and brought back."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import NoGeneration, StoreBusy, StoreError
from onrecord.store import GenerationStore, restore
from tests.sayings import add, finish, holding, numbers, says, served


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "data", keep=3, wait=0.2)


# Writers


def test_second_process_is_told_who_writes(store: GenerationStore) -> None:
    with holding(store, "write('long')") as other:
        with pytest.raises(StoreBusy, match=f"held by process {other.pid} since 2"):
            add(store, "a")
        finish(other)
        add(store, "a")
    assert served(store) == ["a"]


def test_second_process_waits_for_the_first(store: GenerationStore) -> None:
    patient = GenerationStore(store.folder, wait=20)
    with holding(store, "write('long')") as other, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(add, patient, "a")
        finish(other)
        waiting.result()
    assert served(store) == ["a"]


def test_threads_write_one_after_the_other(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path, keep=20)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda words: add(store, words), "abcdefgh"))
    assert served(store) == list("abcdefgh")
    assert numbers(store) == list(range(1, 9))


def test_second_thread_is_refused_in_the_end(store: GenerationStore) -> None:
    with store.write("first") as target, ThreadPoolExecutor(1) as pool:
        target.insert([says("a")])
        with pytest.raises(StoreBusy, match="held by process"):
            pool.submit(add, store, "b").result()
    assert served(store) == ["a"]


def drop(store: GenerationStore) -> None:
    with store.write("dropped") as draft:
        draft.insert([says("dropped")])
        draft.abandon()


@pytest.mark.parametrize("turn", range(5))
def test_writers_that_publish_nothing_leave_the_lock_to_others(
    tmp_path: Path, turn: int
) -> None:
    folder = tmp_path / "around" / "data"
    with ThreadPoolExecutor(12) as pool:
        kept = [pool.submit(add, GenerationStore(folder, keep=20), words) for words in "abcd"]
        gone = [pool.submit(drop, GenerationStore(folder, keep=20)) for _ in range(8)]
        for each in (*kept, *gone):
            each.result()
    store = GenerationStore(folder)
    assert served(store) == list("abcd")
    assert numbers(store)[-1] == 4


def test_a_writer_that_publishes_nothing_leaves_no_folder(tmp_path: Path) -> None:
    drop(GenerationStore(tmp_path / "around" / "data"))
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_was_there_stays_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "notes.txt").write_text("mine", encoding="utf-8")
    drop(GenerationStore(data))
    assert [path.name for path in data.iterdir()] == ["notes.txt"]


# Backup


def test_backup_is_restored_with_texts(store: GenerationStore, tmp_path: Path) -> None:
    add(store, "a")
    add(store, "b")
    store.texts.mkdir()
    (store.texts / "cafe").write_text("a held text", encoding="utf-8")
    saved = store.backup(tmp_path / "backup")
    add(store, "c")
    restored = restore(tmp_path / "backup", tmp_path / "other")
    assert restored == saved
    other = GenerationStore(tmp_path / "other")
    assert served(other) == ["a", "b"]
    assert (other.texts / "cafe").read_text(encoding="utf-8") == "a held text"
    add(other, "d")
    assert (served(other), numbers(other)) == (["a", "b", "d"], [2, 3])
    assert served(store) == ["a", "b", "c"]


def test_backup_crosses_file_systems(store: GenerationStore) -> None:
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == store.folder.parent.stat().st_dev:
        pytest.skip("no second file system")
    add(store, "a")
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        store.backup(Path(folder, "backup"))
        restore(Path(folder, "backup"), Path(folder, "data"))
        restore(Path(folder, "backup"), store.folder.parent / "back")
        assert served(GenerationStore(Path(folder, "data"))) == ["a"]
    assert served(GenerationStore(store.folder.parent / "back")) == ["a"]


def test_restore_refuses_a_folder_with_data(store: GenerationStore, tmp_path: Path) -> None:
    add(store, "a")
    store.backup(tmp_path / "backup")
    with pytest.raises(StoreError, match="not empty"):
        restore(tmp_path / "backup", store.folder)
    with pytest.raises(StoreError, match="not empty"):
        store.backup(tmp_path / "backup")


def test_unfinished_backup_is_not_restored(store: GenerationStore, tmp_path: Path) -> None:
    add(store, "a")
    store.backup(tmp_path / "backup")
    (tmp_path / "backup" / "generation.json").unlink()
    with pytest.raises(NoGeneration, match="backup"):
        restore(tmp_path / "backup", tmp_path / "other")
    assert not (tmp_path / "other").exists()
