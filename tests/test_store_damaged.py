"""A data folder that was damaged, or copied in part, is said to be so and can be mended."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.store import GenerationStore, restore
from tests.endpoint import served as server
from tests.sayings import add, numbers, says, served

Damage = Callable[[Path], None]


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    """A store of two generations, as whoever comes next opens it."""
    writer = GenerationStore(tmp_path / "data")
    add(writer, "a")
    add(writer, "b")
    return GenerationStore(tmp_path / "data", wait=0.2)


def lose_current(folder: Path) -> None:
    (folder / "current").unlink()


def overwrite_current(folder: Path) -> None:
    lose_current(folder)
    (folder / "current").write_text("generations/000002", encoding="ascii")


def point_nowhere(folder: Path) -> None:
    lose_current(folder)
    (folder / "current").symlink_to("elsewhere")


def lose_generation(folder: Path) -> None:
    shutil.rmtree(folder / "generations" / "000002")


def lose_files(folder: Path) -> None:
    for path in (folder / "generations" / "000002" / "store").glob("*.sst"):
        path.unlink()


def cut_files(folder: Path) -> None:
    for path in (folder / "generations" / "000002" / "store").glob("*.sst"):
        # a file of its own, since generations share what did not change
        half = path.read_bytes()[:100]
        path.unlink()
        path.write_bytes(half)


DAMAGES = [
    lose_current,
    overwrite_current,
    point_nowhere,
    lose_generation,
    lose_files,
    cut_files,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_said_with_the_way_out(store: GenerationStore, damage: Damage) -> None:
    damage(store.folder)
    with pytest.raises(StoreError, match=r"onrecord rollback"), store.read():
        pass
    with (
        pytest.raises(StoreError, match=r"onrecord rollback"),
        store.write("goes on") as target,
    ):
        target.insert([says("c")])
    assert not list(store.folder.glob("draft-*"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_rollback_mends_what_was_damaged(store: GenerationStore, damage: Damage) -> None:
    damage(store.folder)
    assert store.rollback(1).number == 1
    assert served(store) == ["a"]
    add(store, "c")
    assert served(store) == ["a", "c"]


def test_record_is_never_begun_anew_beside_the_one_that_is_kept(store: GenerationStore) -> None:
    lose_current(store.folder)
    with pytest.raises(StoreError, match="1, 2"):
        store.begin()
    assert numbers(store) == [1, 2]
    assert store.rollback().number == 2
    assert served(store) == ["a", "b"]


def test_copy_that_followed_the_link_is_not_overwritten(
    store: GenerationStore, tmp_path: Path
) -> None:
    copy = GenerationStore(shutil.copytree(store.folder, tmp_path / "copy"))
    with pytest.raises(StoreError, match="move it away"):
        copy.rollback(2)
    (copy.folder / "current").rename(tmp_path / "moved")
    assert copy.rollback(2).number == 2
    assert served(copy) == ["a", "b"]


def test_copy_without_its_empty_files_is_read(store: GenerationStore) -> None:
    shutil.rmtree(store.folder / "leases")
    assert served(store) == ["a", "b"]


@pytest.mark.parametrize("words", ["", "{", "[]", '{"number": 2}'])
def test_record_of_a_generation_that_cannot_be_read_is_named(
    store: GenerationStore, words: str
) -> None:
    record = store.folder / "generations" / "000002" / "generation.json"
    record.write_text(words, encoding="utf-8")
    with pytest.raises(StoreError, match=r"000002/generation\.json"):
        store.generations()
    assert served(store) == ["a", "b"]


def test_first_generation_after_an_erasure_has_to_be_a_number(store: GenerationStore) -> None:
    (store.folder / "oldest").write_bytes(b"")
    with pytest.raises(StoreError, match=r"oldest: "):
        store.rollback()
    assert served(store) == ["a", "b"]


def test_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "generation.json").write_text("[]", encoding="utf-8")
    with pytest.raises(StoreError, match=r"generation\.json"):
        restore(tmp_path, tmp_path / "data")
    assert os.listdir(tmp_path) == ["generation.json"]


def test_server_says_what_is_damaged_and_goes_on_once_it_is_mended(
    case_archive: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    restore(case_archive, data)
    with server(data) as endpoint:
        assert endpoint.send("/sparql?query=ASK%7B%7D").status == 200
        point_nowhere(data)
        time.sleep(2.5)  # in which the server looks for a new generation by itself
        for path in ("/sparql?query=ASK%7B%7D", "/health", "/org/ispr"):
            refused = endpoint.send(path, Accept="application/json")
            assert refused.status in (500, 503), path
            assert b"onrecord rollback" in refused.body, path
        GenerationStore(data).rollback(1)
        assert endpoint.send("/sparql?query=ASK%7B%7D").status == 200
        assert "Traceback" not in "\n".join(endpoint.said())
