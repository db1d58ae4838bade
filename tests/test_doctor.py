"""The doctor says what is wrong and what to do about it, and changes nothing."""

import shutil
from pathlib import Path

import pytest

from onrecord.store import GenerationStore, restore
from onrecord.web import vendor
from tests.sayings import finish, holding
from tests.terminal import spawn


def doctor(data: Path) -> tuple[int, dict[str, str], str]:
    """Return the exit code, what is told of each thing, and the last line of stderr."""
    process = spawn("--data", data, "doctor")
    out, err = process.communicate(timeout=120)
    lines = [line.split("  ", 1) for line in out.splitlines()]
    told = {line[0]: line[1].strip() for line in lines if len(line) == 2}
    return process.returncode, told, err.splitlines()[-1]


@pytest.fixture
def data(case_archive: Path, tmp_path: Path) -> Path:
    restore(case_archive, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.skipif(bool(vendor.wrong()), reason="no npm was there to bring the files of pages")
def test_a_sound_record_is_called_so(data: Path) -> None:
    code, told, last = doctor(data)
    assert (code, last) == (0, "all is well")
    assert told["served"] == "generation 1"
    assert told["writes now"] == "nobody"
    assert "answers after" in told["a reader"]
    assert "MB free" in told["disk"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    code, told, _ = doctor(tmp_path / "mistyped")
    assert code == 1
    assert "onrecord demo" in told["data folder"]
    assert not list(tmp_path.iterdir())


def test_whoever_writes_is_named(data: Path) -> None:
    writer = holding(GenerationStore(data), "write('long')")
    try:
        _, told, _ = doctor(data)
    finally:
        finish(writer)
    assert told["writes now"].startswith(f"process {writer.pid} since ")


def test_damage_is_told_with_the_way_out(data: Path) -> None:
    for path in (data / "generations" / "000001" / "store").glob("*.sst"):
        path.unlink()
    code, told, last = doctor(data)
    assert code == 1
    assert "onrecord rollback" in told["served"]
    assert told["a reader"].startswith("refused")
    assert "need something done" in last


def test_files_of_pages_that_were_changed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "FOLDER", tmp_path / "vendor")
    source = tmp_path / "node_modules" / "swagger-ui-dist"
    source.mkdir(parents=True)
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE"):
        (source / name).write_text(name, encoding="utf-8")
    (source / "package.json").write_text('{"version": "1", "license": "x"}', encoding="utf-8")
    assert len(vendor.wrong()) == 4
    vendor.copy(source.parent)
    assert vendor.wrong() == []
    (tmp_path / "vendor" / "swagger-ui-dist" / "swagger-ui.css").write_text("other", "utf-8")
    assert vendor.wrong() == ["swagger-ui-dist/swagger-ui.css"]
    shutil.rmtree(tmp_path / "vendor")
    assert len(vendor.wrong()) == 4
