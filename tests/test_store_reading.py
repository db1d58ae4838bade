"""A reader has one whole generation for as long as it reads."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import (
    Literal,
    QueryBoolean,
    QuerySolutions,
)

from onrecord.errors import BadQuery, StoreError
from onrecord.store import GenerationStore
from tests.sayings import (
    ALL,
    GRAPH,
    add,
    heard,
    holding,
    numbers,
    says,
    served,
)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "data", keep=3, wait=0.2)


# Asking


def test_default_graph_is_never_the_union(store: GenerationStore) -> None:
    with store.write("add") as target:
        target.insert([says("a"), says("b", GRAPH)])
    with store.read() as snapshot:
        assert heard(snapshot) == ["a"]
        assert len(list(snapshot.quads())) == 2
        assert list(snapshot.quads(g=GRAPH)) == [says("b", GRAPH)]
        assert says("a") in snapshot
        assert says("a", GRAPH) not in snapshot


def test_query_may_choose_its_graphs(store: GenerationStore) -> None:
    with store.write("add") as target:
        target.insert([says("a"), says("b", GRAPH)])
    named = "ASK { GRAPH ?g { ?s ?p ?o } }"
    with store.read() as snapshot:
        chosen = snapshot.query(ALL, default_graphs=[GRAPH])
        assert isinstance(chosen, QuerySolutions)
        assert [row["what"].value for row in chosen] == ["b"]
        assert snapshot.query(named)
        none = snapshot.query(named, named_graphs=[])
        assert isinstance(none, QueryBoolean)
        assert not none


def test_variable_is_substituted(store: GenerationStore) -> None:
    add(store, "a", "b")
    with store.read() as snapshot:
        ask = "ASK { ?who <http://example.org/says> ?what }"
        assert snapshot.query(ask, substitutions={"what": Literal("a")})
        assert not snapshot.query(ask, substitutions={"what": Literal("c")})


@pytest.mark.parametrize(
    ("sparql", "complaint"),
    [
        ("SELECT * WHERE { ?s ?p\n ?o ", r"^line 2, column 5: unexpected end of text, "),
        ("SELECT * WHERE {\n ?s foo:p ?o }", r"^line 2, column 5: undeclared prefix$"),
        ("SELECT ?s WHERE { BIND(<http://example.org/f>(1) AS ?s) }", "custom function"),
        ("DELETE WHERE { ?s ?p ?o }", r"^line 1, column 1: unexpected `DELETE`$"),
    ],
)
def test_bad_query_is_one_line_with_its_place(
    store: GenerationStore, sparql: str, complaint: str
) -> None:
    add(store, "a")
    with store.read() as snapshot, pytest.raises(BadQuery, match=complaint) as raised:
        list(snapshot.query(sparql))  # type: ignore[arg-type]  # it never gets that far
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 250


def test_snapshot_refuses_once_it_is_closed(store: GenerationStore) -> None:
    add(store, "a")
    with store.read() as snapshot:
        pass
    with pytest.raises(StoreError, match="generation 1: used after it was closed"):
        snapshot.quads()


# Readers and pruning


def test_reader_keeps_its_generation_while_others_follow(store: GenerationStore) -> None:
    add(store, "a")
    with store.read() as snapshot:
        for words in "bcdef":
            add(store, words)
        assert heard(snapshot) == ["a"]
        assert numbers(store) == [1, 4, 5, 6]
    assert served(store) == list("abcdef")
    add(store, "g")
    assert numbers(store) == [5, 6, 7]
    assert sorted(path.name for path in (store.folder / "leases").iterdir()) == [
        "000005",
        "000006",
        "000007",
    ]


def test_reader_of_another_process_keeps_its_generation(store: GenerationStore) -> None:
    add(store, "a")
    with holding(store, "read()") as reader:
        for words in "bcde":
            add(store, words)
        assert numbers(store) == [1, 3, 4, 5]
        reader.kill()
        reader.wait()
        add(store, "f")
        assert numbers(store) == [4, 5, 6]


def test_threads_share_one_open_generation(store: GenerationStore) -> None:
    add(store, "a")
    with ThreadPoolExecutor(4) as pool:
        assert set(map(tuple, pool.map(lambda _: served(store), range(200)))) == {("a",)}
    lease = str(store.folder / "leases" / "000001")
    assert [
        os.path.realpath(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")
    ].count(lease) == 1


def test_readers_follow_a_busy_writer(store: GenerationStore) -> None:
    add(store, "0")
    stop = threading.Event()

    def read() -> list[int]:
        seen = [0]
        while not stop.is_set():
            seen.append(len(served(store)))
        return seen

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(1, 8):
            add(store, str(number))
        stop.set()
    for reader in readers:
        assert all(before <= after for before, after in pairwise(reader.result()))
    assert len(numbers(store)) <= 4


def test_missing_generation_is_named(store: GenerationStore) -> None:
    add(store, "a")
    (store.folder / "generations" / "000001").rename(store.folder / "elsewhere")
    with (
        pytest.raises(StoreError, match="000001: missing"),
        GenerationStore(store.folder).read(),
    ):
        pass


def test_prune_keeps_the_current_generation(store: GenerationStore) -> None:
    for words in "abc":
        add(store, words)
    store.rollback(1)
    store.prune(keep=1)
    assert numbers(store) == [1, 3]
    assert served(store) == ["a"]


def test_at_least_one_generation_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="keep=0"):
        GenerationStore(tmp_path, keep=0)
