"""A writer may be killed at any point; readers never notice and the next writer tidies up."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from onrecord.store import GenerationStore, Snapshot, restore
from onrecord.store.layout import Layout
from tests.dying_writer import AFTER, BEFORE, STATEMENTS, statement

CHECKOUT = Path(__file__).parents[1]
KILLED = -signal.SIGKILL
LAYOUT = {"lock", "current", "generations", "leases"}


def writer(folder: Path, point: str, name: str) -> subprocess.Popen[bytes]:
    module = [sys.executable, "-m", "tests.dying_writer"]
    return subprocess.Popen([*module, str(folder), point, name], cwd=CHECKOUT)


def run_writer(folder: Path, point: str, name: str) -> int:
    with writer(folder, point, name) as process:
        return process.wait()


def write(folder: Path, name: str) -> None:
    with GenerationStore(folder, keep=2).write(name) as target:
        assert target.load([statement(name, 1)]) == 1


def names(snapshot: Snapshot) -> dict[str, int]:
    """Return how many statements about each name there are."""
    counted: dict[str, int] = {}
    for quad in snapshot.quads():
        name = str(quad.subject).split("/")[3]
        counted[name] = counted.get(name, 0) + 1
    return counted


def served(folder: Path) -> dict[str, int]:
    with GenerationStore(folder).read() as snapshot:
        return names(snapshot)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a data folder in which one generation was published."""
    folder = tmp_path_factory.mktemp("origin")
    assert run_writer(folder / "data", "never", "first") == 0
    GenerationStore(folder / "data").backup(folder / "backup")
    return folder / "backup"


@pytest.fixture
def folder(origin: Path, tmp_path: Path) -> Path:
    restore(origin, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("point", BEFORE)
def test_writer_killed_before_the_switch_leaves_no_trace(folder: Path, point: str) -> None:
    assert run_writer(folder, point, "second") == KILLED
    assert served(folder) == {"first": STATEMENTS}
    assert [kept.number for kept in GenerationStore(folder).generations()] == [1]
    write(folder, "third")
    assert served(folder) == {"first": STATEMENTS, "third": 1}
    assert {path.name for path in folder.iterdir()} == LAYOUT
    assert sorted(os.listdir(folder / "generations")) == ["000001", "000002"]


@pytest.mark.parametrize("point", AFTER)
def test_writer_killed_after_the_switch_has_published(folder: Path, point: str) -> None:
    write(folder, "second")
    assert run_writer(folder, point, "third") == KILLED
    whole = {"first": STATEMENTS, "second": 1, "third": STATEMENTS}
    assert served(folder) == whole
    write(folder, "fourth")
    assert served(folder) == {**whole, "fourth": 1}
    assert {path.name for path in folder.iterdir()} == LAYOUT
    assert sorted(os.listdir(folder / "generations")) == ["000003", "000004"]


@pytest.mark.parametrize("point", ["within a chunk", "before the move", "before the switch"])
def test_first_writer_may_be_killed_too(tmp_path: Path, point: str) -> None:
    assert run_writer(tmp_path, point, "first") == KILLED
    assert GenerationStore(tmp_path).generations() == []
    write(tmp_path, "second")
    assert served(tmp_path) == {"second": 1}


def test_what_dead_writers_leave_goes_and_what_somebody_put_there_stays(folder: Path) -> None:
    theirs = ("draft-thesis/one.txt", "current.csv", "pruned-list.csv", "oldest.newspaper")
    left = ("draft-4711-ab_12xyz/work/LOG", "current.4711", "pruned-000001/LOG", "oldest.new")
    for name in (*theirs, *left):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("so", encoding="utf-8")
    write(folder, "b")
    assert [name for name in theirs if not (folder / name).exists()] == []
    assert [name for name in left if (folder / name).exists()] == []


def test_readers_see_whole_generations_while_writers_are_killed(folder: Path) -> None:
    store, stop = GenerationStore(folder), threading.Event()
    seen: set[int] = set()

    def read() -> None:
        while not stop.is_set():
            with store.read() as snapshot:
                counted = snapshot.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
                assert isinstance(counted, QuerySolutions)
                seen.update(int(row["n"].value) for row in counted)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        ends = [end_at_random(folder, f"writer{number}") for number in range(10)]
    finally:
        stop.set()
        reader.join()
    assert KILLED in ends
    assert all(count % STATEMENTS == 0 for count in seen)
    assert set(served(folder).values()) == {STATEMENTS}


def end_at_random(folder: Path, name: str) -> int:
    with writer(folder, "never", name) as process:
        time.sleep(random.uniform(0.1, 0.6))
        process.kill()
        return process.wait()


def test_a_writer_that_is_stopped_as_it_begins_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Layout.draft

    def stopped(layout: Layout) -> Path:
        begun(layout)
        raise KeyboardInterrupt

    monkeypatch.setattr(Layout, "draft", stopped)
    with pytest.raises(KeyboardInterrupt), GenerationStore(tmp_path / "data").write("begin"):
        pass
    assert not (tmp_path / "data").exists()
