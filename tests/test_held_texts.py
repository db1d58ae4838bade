"""Held texts come and go with the generation that is published, never before it."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from loaders.given import Given
from onrecord.errors import BadRow
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from onrecord.store.held import HeldTexts
from ontology.identity import Mint
from tests.harbour import HARBOUR, TEXTS, copied, with_cells

NODE = NamedNode("https://example.org/a")
QUAD = Quad(NODE, NODE, NODE, DefaultGraph())
GIVEN = Given(Mint(), texts=TEXTS)


def names(store: GenerationStore) -> list[str]:
    return sorted(path.name for path in store.texts.glob("*"))


def test_a_text_is_held_once_its_generation_is_served(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    with store.write("a text") as draft:
        draft.insert([QUAD])
        draft.keep_text("aa", "some words\r\n")
        assert names(store) == []
    assert names(store) == ["aa"]
    assert (store.texts / "aa").read_bytes() == b"some words\r\n"
    assert (store.texts / "aa").stat().st_mode & 0o777 == 0o600
    with store.write("without it") as draft:
        draft.remove([QUAD])
        draft.drop_text("aa")
        assert names(store) == ["aa"]
    assert names(store) == []


def test_a_text_that_comes_later_needs_no_new_generation(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    ingest(store, "case", HARBOUR, Given(Mint()))
    assert names(store) == []
    assert ingest(store, "case", HARBOUR, GIVEN).generation == 2  # passages are hashed now
    assert len(names(store)) == 2
    for name in names(store):
        (store.texts / name).unlink()
    assert ingest(store, "case", HARBOUR, GIVEN).generation is None
    assert len(names(store)) == 2


def test_an_abandoned_draft_leaves_no_text(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    with store.write("nothing") as draft:
        draft.insert([QUAD])
        draft.keep_text("aa", "some words")
        draft.abandon()
    assert names(store) == []


def test_a_refused_load_leaves_no_text(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    case = copied(tmp_path)
    with_cells(case / "claims.csv", "H16", {"predicate": "nobodyKnows"})
    with pytest.raises(BadRow, match="H16"):
        ingest(store, "case", case, GIVEN, strict=True)
    assert not store.texts.exists()
    assert not any(path.suffix == ".txt" for path in store.folder.rglob("*"))


def test_a_load_that_dies_before_its_texts_are_held_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    store = GenerationStore(tmp_path / "data")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(HeldTexts, "settle", die)
        ingest(store, "case", HARBOUR, GIVEN)
    assert [found.number for found in store.generations()] == [1]
    assert names(store) == []
    assert ingest(store, "case", HARBOUR, GIVEN).generation is None
    assert len(names(store)) == 2
