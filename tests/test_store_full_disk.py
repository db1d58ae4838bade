"""A full disk is said in one sentence and costs nothing that was published."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.errors import StoreFull
from onrecord.store import GenerationStore, restore

SOMEONE = NamedNode("http://example.org/someone")
SAYS = NamedNode("http://example.org/says")


@pytest.fixture
def store(disk: Path) -> GenerationStore:
    store = GenerationStore(disk / "data")
    with store.write("fits") as target:
        target.insert(said("a"))
    return store


def said(*words: str) -> list[Quad]:
    return [Quad(SOMEONE, SAYS, Literal(each), DefaultGraph()) for each in words]


def noise() -> Iterator[str]:
    """Return more than the disk holds, and nothing that compresses."""
    while True:
        yield os.urandom(20_000).hex()


def check_whole(store: GenerationStore) -> None:
    """Check that the published generation is served and that there is room for the next."""
    assert [kept.number for kept in store.generations()] == [1]
    assert not list(store.folder.glob("draft-*"))
    for reader in (store, GenerationStore(store.folder)):
        with reader.read() as snapshot:
            assert list(snapshot.quads()) == said("a")
    with store.write("fits too") as target:
        target.insert(said("b"))
    with store.read() as snapshot:
        assert {*snapshot.quads()} == {*said("a", "b")}


def test_load_that_fills_the_disk_is_undone(store: GenerationStore) -> None:
    with pytest.raises(StoreFull, match="no space left"), store.write("too much") as target:
        target.load(f"{quad} ." for words in noise() for quad in said(words))
    check_whole(store)


def test_insert_that_fills_the_disk_is_undone(store: GenerationStore) -> None:
    with pytest.raises(StoreFull, match="no space left"), store.write("too much") as target:
        for words in noise():
            target.insert(said(words))
    check_whole(store)


def test_disk_that_is_full_at_any_moment_of_publication_is_said(store: GenerationStore) -> None:
    ballast, left = store.folder.parent / "ballast", 0
    while refused(store, ballast, left):
        with store.read() as snapshot:
            assert list(snapshot.quads()) == said("a")
        left += 60_000
    assert left > 100_000
    with store.read() as snapshot:
        assert len(list(snapshot.quads())) == 2


def refused(store: GenerationStore, ballast: Path, left: int) -> bool:
    """Return whether so many bytes do not suffice to publish; nothing else may go wrong."""
    try:
        with store.write("little room") as target:
            target.insert(said("b" * 100_000))
            fill(ballast, left)
    except StoreFull:
        return True
    finally:
        ballast.unlink()
    return False


def fill(ballast: Path, left: int) -> None:
    with ballast.open("wb", buffering=0) as file:
        free = os.statvfs(ballast).f_bavail * os.statvfs(ballast).f_bsize
        file.write(bytes(max(0, free - left)))


def test_full_disk_can_still_be_read(store: GenerationStore) -> None:
    fill(store.folder.parent / "ballast", 0)
    with GenerationStore(store.folder).read() as snapshot:
        assert list(snapshot.quads()) == said("a")
    with pytest.raises(StoreFull), store.write("no room") as target:
        target.insert(said("b"))


def test_backup_and_restore_say_that_the_disk_is_full(
    store: GenerationStore, tmp_path: Path
) -> None:
    store.backup(tmp_path / "backup")
    other = GenerationStore(tmp_path / "other")
    with other.write("too much for that disk") as target:
        target.insert(said(os.urandom(15_000_000).hex()))
    other.backup(tmp_path / "large")
    with pytest.raises(StoreFull, match="no space left"):
        other.backup(store.folder.parent / "backup")
    with pytest.raises(StoreFull, match="no space left"):
        restore(tmp_path / "large", store.folder.parent / "restored")
    assert restore(tmp_path / "backup", store.folder.parent / "restored").number == 1
    check_whole(store)
