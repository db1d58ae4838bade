"""Processes of our own, where the folder for temporary files has a long name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plain import plain

ONE = "<http://e/s> <http://e/p> 1 ."


@pytest.fixture
def long_folder(tmp_path: Path) -> Path:
    """Return a folder in which no socket can lie: its path has to be shorter (unix(7))."""
    folder = tmp_path / ("temporary" * 20)
    folder.mkdir()
    return folder


def test_a_server_answers(tmp_path: Path, long_folder: Path) -> None:
    with plain(tmp_path / "data", TMPDIR=str(long_folder)) as client:
        assert client.send("PUT", "graphs?graph=http://e/g", ONE, "text/turtle").status == 201
        asked = "ASK { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
        assert client.send("POST", "sparql", asked, "application/sparql-query").verdict


def test_a_file_of_rdf_is_parsed(tmp_path: Path, long_folder: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text(ONE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "load", "rdf", "--publisher=http://e/p", str(file)],
        env=os.environ | {"ONRECORD_DATA": str(tmp_path / "data"), "TMPDIR": str(long_folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, "published generation 1" in done.stderr + done.stdout) == (0, True)
