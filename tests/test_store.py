"""The store keeps immutable generations: one is served, the next one is made in private."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from onrecord.errors import BadInput, NoGeneration
from onrecord.store import GenerationStore, bulk, draft
from tests.sayings import GRAPH, add, current, heard, numbers, says, served


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "data", keep=3, wait=0.2)


# Publication


def test_empty_store_says_how_to_start(store: GenerationStore) -> None:
    with pytest.raises(NoGeneration, match="onrecord demo"), store.read():
        pass
    assert store.generations() == []
    assert not store.folder.exists()


def test_clean_exit_publishes(store: GenerationStore) -> None:
    add(store, "a")
    add(store, "b")
    assert served(store) == ["a", "b"]
    generation = current(store)
    assert (generation.number, generation.parent, generation.note) == (2, 1, "add b")
    assert generation.quads == 2
    assert generation.published_at.utcoffset() is not None


def test_exception_discards_the_draft(store: GenerationStore) -> None:
    add(store, "a")
    with pytest.raises(KeyError, match="why"), store.write("fails") as target:
        target.insert([says("b")])
        raise KeyError("why")
    assert served(store) == ["a"]
    assert numbers(store) == [1]
    assert not list(store.folder.glob("draft-*"))


def test_draft_is_seen_by_its_writer_only(store: GenerationStore) -> None:
    add(store, "a")
    with store.write("add b") as target:
        target.insert([says("b")])
        assert heard(target) == ["a", "b"]
        assert target.generation == 2
        assert served(store) == ["a"]


def test_abandoned_draft_is_not_published(store: GenerationStore) -> None:
    with store.write("loads what is known") as target:
        target.insert([says("a")])
        target.abandon()
    assert store.generations() == []


@pytest.mark.parametrize("kept", [[], [says("a")]], ids=["nothing", "what is there"])
def test_draft_without_a_change_is_not_published(
    store: GenerationStore, kept: list[Quad]
) -> None:
    add(store, "a")
    with store.write("changes nothing") as target:
        assert target.insert(kept) == 0
        assert target.remove([says("b")]) == 0
        assert target.load([]) == 0
    assert numbers(store) == [1]


def test_published_folder_is_never_written_again(store: GenerationStore) -> None:
    with store.write("add a") as target:
        target.insert([says("a")])
        forgotten = target.quads()
    folder = store.folder / "generations" / "000001" / "store"
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    add(store, "b")
    assert served(store) == ["a", "b"]
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert next(forgotten) == says("a")


# Changing


def test_insert_and_remove_count_what_they_change(store: GenerationStore) -> None:
    with store.write("add and remove") as target:
        assert target.insert([says("a"), says("b"), says("a"), says("b", GRAPH)]) == 3
        assert target.remove([says("a"), says("c")]) == 1
        assert target.remove(target.quads(g=GRAPH)) == 1
        assert heard(target) == ["b"]


def test_many_quads_are_inserted_in_batches(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "_QUADS", 10)
    with store.write("add many") as target:
        assert target.insert(says(f"{number:02}") for number in range(25)) == 25
    assert served(store) == [f"{number:02}" for number in range(25)]


def test_what_remains_is_served_where_much_was_removed(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "_GONE", 3)
    with store.write("add") as target:
        target.insert(says(words) for words in "abcdefgh")
    with store.write("remove") as target:
        assert target.remove(says(words) for words in "abcdef") == 6
    assert served(store) == ["g", "h"]


@pytest.mark.parametrize("octets", [1, 100, 1_000_000], ids="{} octets at once".format)
@pytest.mark.parametrize("few", [0, 9], ids=["in bulk", "as transactions"])
def test_lines_are_loaded_in_chunks_with_or_without_their_ends(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch, few: int, octets: int
) -> None:
    _loading(monkeypatch, few, octets)
    lines = [f"{says(words)} ." for words in "abcde"]
    with store.write("load") as target:
        assert target.load([lines[0] + "\n", "", *lines[1:3], lines[3] + "\r\n", lines[4]]) == 5
    assert served(store) == list("abcde")


@pytest.mark.parametrize("octets", [1, 100, 1_000_000], ids="{} octets at once".format)
@pytest.mark.parametrize("few", [0, 9], ids=["in bulk", "as transactions"])
def test_broken_line_is_named_by_its_number(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch, few: int, octets: int
) -> None:
    _loading(monkeypatch, few, octets)
    lines = [f"{says(words)} ." for words in "abc"]
    with pytest.raises(BadInput, match="statement 4:"), store.write("load") as target:
        target.load([*lines, "<a> <b> <c> ."])
    assert store.generations() == []


def _loading(monkeypatch: pytest.MonkeyPatch, few: int, octets: int) -> None:
    monkeypatch.setattr(bulk, "_FEW", few)
    monkeypatch.setattr(bulk, "_SHARE", few)
    monkeypatch.setattr(bulk, "_OCTETS", octets)


def test_chunks_of_short_lines_end_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_LINES", 3)
    one, two = b'<u:s> <u:p> "1" .', b'<u:s> <u:p> "2" .\n<u:s> <u:p> "3" .'
    engine = Store()
    found = bulk.put(engine, [one, one, two, two, one], 1)
    assert [(share.before, share.lines) for share in found] == [(0, 4), (4, 3)]
    assert len(engine) == 3


def test_few_lines_after_many_are_no_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_LINES", 4)
    monkeypatch.setattr(bulk, "_FEW", 4)
    engine = Store(str(tmp_path))
    lines = [f"{says(words)} .".encode() for words in "abcde"]
    files = []
    for share in bulk.put(engine, lines, 1):
        files.append((share.lines, len(list(tmp_path.glob("*.sst")))))
    (many, first), (few, second) = files
    assert (many, few) == (4, 1)
    assert 0 < first < second


def test_shares_that_are_loaded_side_by_side_are_all_there(store: GenerationStore) -> None:
    words = [f"{number:05}" for number in range(45_000)]
    with store.write("load") as target:
        target.load_octets((f"{says(one)} .".encode() for one in words * 2), shares=4)
        assert heard(target) == words
    assert served(store) == words
    assert current(store).quads == len(words)


def test_blank_nodes_are_joined_as_before_where_all_is_written_anew(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _loading(monkeypatch, 0, 100)
    monkeypatch.setattr(draft, "_QUADS", 2)
    nodes, word = [BlankNode(f"b{number}") for number in range(9)], NamedNode("urn:next")
    ring = [Quad(nodes[at - 1], word, node, GRAPH) for at, node in enumerate(nodes)]
    with store.write("add") as target:
        target.insert([*ring, says("a _:b"), says("c")])
    with store.write("erase") as target:
        target.remove([says("c")])
        target.purge()
    assert served(store) == ["a _:b"]
    with store.read() as snapshot:
        assert set(snapshot.quads(None, word, None, GRAPH)) == set(ring)


def test_a_draft_that_took_half_of_a_broken_load_says_that_it_changed(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _loading(monkeypatch, 0, 1_000_000)
    lines = [f"{says(words)} ." for words in "abcdefg"]
    with store.write("load") as target:
        target.certify("all")
        with pytest.raises(BadInput, match="statement 8:"):
            target.load([*lines, "<a> <b> <c> ."])
        assert heard(target)
        assert target.changes is None
    assert current(store).audited == ""


# Going back


def test_rollback_serves_the_generation_before(store: GenerationStore) -> None:
    add(store, "a")
    add(store, "b")
    assert store.rollback().number == 1
    assert served(store) == ["a"]
    assert current(store).number == 1


def test_number_is_never_used_twice(store: GenerationStore) -> None:
    for words in "abc":
        add(store, words)
    store.rollback(1)
    add(store, "d")
    assert served(store) == ["a", "d"]
    assert (current(store).number, current(store).parent) == (4, 1)


def test_rollback_goes_forward_too(store: GenerationStore) -> None:
    add(store, "a")
    add(store, "b")
    store.rollback(1)
    assert store.rollback(2).current
    assert served(store) == ["a", "b"]


def test_rollback_refuses_what_is_not_kept(store: GenerationStore) -> None:
    add(store, "a")
    with pytest.raises(NoGeneration, match="generation 7 is not kept"):
        store.rollback(7)
    with pytest.raises(NoGeneration, match="no generation before the current one"):
        store.rollback()


def test_rollback_goes_back_to_what_the_current_one_was_made_from(
    store: GenerationStore,
) -> None:
    for words in "ab":
        add(store, words)
    store.rollback(1)
    add(store, "c")
    assert store.rollback().number == 1
    assert served(store) == ["a"]


@pytest.mark.parametrize("number", [0, -1])
def test_rollback_blames_no_erasure_that_there_was_not(
    store: GenerationStore, number: int
) -> None:
    add(store, "a")
    with pytest.raises(NoGeneration, match=f"generation {number} is not kept"):
        store.rollback(number)


def test_what_needs_a_record_makes_no_folder(store: GenerationStore) -> None:
    for asked in (store.rollback, store.prune):
        with pytest.raises(NoGeneration, match="nothing was published yet"):
            asked()
    assert not store.folder.exists()
