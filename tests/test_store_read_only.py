"""Reading where nothing can be written: a mount that is read-only."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import GenerationStore
from tests.checkout import ROOT

SOMEONE = NamedNode("http://example.org/someone")
# mounts a folder over itself, for this process and its children only, and runs the rest
ALOFT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
READ_AND_WAIT = """
import sys
from pathlib import Path
from onrecord.store import GenerationStore
with GenerationStore(Path(sys.argv[1])).read() as snapshot:
    print("open", flush=True)
    sys.stdin.readline()
    print(len(list(snapshot.quads())), snapshot.generation, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    found = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"no file system can be mounted here: {found.stderr.decode()}")
    store = GenerationStore(tmp_path / "data", keep=1)
    write(store, "a")
    return store


def write(store: GenerationStore, word: str) -> None:
    with store.write(word) as draft:
        draft.insert([Quad(SOMEONE, SOMEONE, Literal(word), DefaultGraph())])


def aloft(folder: Path, *command: str | Path) -> list[str]:
    """Return a command that sees a folder as read-only."""
    return [
        "unshare",
        "-rm",
        "sh",
        "-c",
        ALOFT,
        str(folder),
        sys.executable,
        *map(str, command),
    ]


def told(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = aloft(folder, "-m", "onrecord", "--data", folder, *arguments)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_record_on_a_read_only_file_system_answers(store: GenerationStore) -> None:
    answer = told(store.folder, "query", "SELECT ?o { ?s ?p ?o }", "--format", "csv")
    assert (answer.returncode, answer.stdout.split(), answer.stderr) == (0, ["o", "a"], "")
    assert told(store.folder, "generations").returncode == 0


def test_writing_there_is_refused_in_one_line(store: GenerationStore) -> None:
    refused = told(store.folder, "derive")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "Read-only file system" in refused.stderr


def test_what_is_read_there_is_not_pruned_by_a_writer_elsewhere(store: GenerationStore) -> None:
    pipe = subprocess.PIPE
    command = aloft(store.folder, "-c", READ_AND_WAIT, store.folder)
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        write(store, "b")
        assert [kept.number for kept in store.generations()] == [1, 2]
        assert reader.communicate("go on\n")[0] == "1 1\n"
    store.prune()
    assert [kept.number for kept in store.generations()] == [2]


def test_a_lease_that_is_missing_there_is_named(store: GenerationStore) -> None:
    (store.folder / "leases" / "000001").unlink()
    refused = told(store.folder, "query", "ASK {}")
    assert refused.returncode == 1
    assert "leases/000001: missing, and nothing can be written here" in refused.stderr
