"""Fixture strategy: a world of one's own in a draft (`tests/world.py`) for rules; the bundled
case, loaded once, for what a user sees; a copy of it for whatever changes it.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.given import Given
from onrecord.ingest import ingest
from onrecord.store import GenerationStore, Snapshot, restore
from onrecord.tokens import Tokens
from tests.endpoint import Endpoint, served
from tests.plain import Client, plain
from tests.terminal import Terminal
from tests.world import World

CASE = Path("pakistan-april-2019")

# what `nohup`, or a shell for a job in the background, lets us ignore, our processes would too
for number, told in (
    (signal.SIGHUP, signal.SIG_DFL),
    (signal.SIGINT, signal.default_int_handler),
):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, told)


@pytest.fixture(scope="session")
def case_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a record that holds the bundled case and nothing else."""
    store = GenerationStore(tmp_path_factory.mktemp("case") / "data")
    ingest(store, "case", CASE, Given())
    archive = tmp_path_factory.mktemp("archives") / "case"
    store.backup(archive)
    return archive


@pytest.fixture(scope="session")
def case(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The bundled case, to read."""
    folder = tmp_path_factory.mktemp("reading") / "data"
    restore(case_archive, folder)
    with GenerationStore(folder).read() as snapshot:
        yield snapshot


@pytest.fixture
def case_store(case_archive: Path, tmp_path: Path) -> GenerationStore:
    """A record with the bundled case, to change."""
    restore(case_archive, tmp_path / "data")
    return GenerationStore(tmp_path / "data")


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    """A record without a generation."""
    return GenerationStore(tmp_path / "data")


@pytest.fixture(scope="module")
def data(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the case, of which each module has its own."""
    folder = tmp_path_factory.mktemp("told") / "data"
    restore(case_archive, folder)
    return folder


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The command line, called in this process without settings of ours."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    return Terminal(capfdbinary)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, in which the record is called `data`."""
    monkeypatch.setenv("ONRECORD_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The real data that others published; never part of the repository."""
    folder = os.environ.get("ONRECORD_REAL_DATA")
    if not folder:
        pytest.skip("ONRECORD_REAL_DATA is not set")
    return Path(folder).resolve()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with GenerationStore(tmp_path).write("a small world") as draft:
        yield World(draft)
        draft.abandon()


@pytest.fixture(scope="module")
def plain_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A quad store without the rules of a record, served, of which each module has its own."""
    with plain(tmp_path_factory.mktemp("plain") / "data") as client:
        yield client


@pytest.fixture(scope="module")
def endpoint(data: Path) -> Iterator[Endpoint]:
    """The bundled case, served by a process of its own."""
    with served(data) as found:
        yield found


@pytest.fixture(scope="module")
def record(data: Path) -> Iterator[Client]:
    """A client of the case with the token of an editor."""
    token = Tokens(data).add("desk", "editor")
    with served(data) as found:
        yield Client(found.address, token)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for 14 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as refused:
        pytest.skip(f"no small file system can be mounted here: {refused}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)
