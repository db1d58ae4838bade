"""The command line as a process: served, interrupted, cut off, in its own way."""

import fcntl
import json
import os
import re
import signal
import socket
import struct
import termios
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from onrecord.store import GenerationStore
from tests.terminal import spawn

CASE = "pakistan-april-2019"


def test_the_demo_checks_itself(tmp_path: Path) -> None:
    process = spawn("--data", tmp_path / "untouched", "demo", "--check")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, ""), err
    assert "all is well" in err
    assert not (tmp_path / "untouched").exists()


def test_the_demo_serves_until_interrupted(tmp_path: Path) -> None:
    process = spawn("--data", tmp_path / "data", "demo", "--port", "0")
    assert process.stderr is not None
    try:
        lines = iter(process.stderr.readline, "")
        address = next(line.split(" at ")[1].split()[0] for line in lines if " at http" in line)
        with urllib.request.urlopen(f"{address}health") as response:
            assert json.load(response)["ok"] is True
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_told(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = spawn("--data", data, "serve", "--port", port)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.splitlines() == [f"onrecord: 127.0.0.1:{port}: Address already in use"]


def test_an_unknown_host_is_told(data: Path) -> None:
    process = spawn("--data", data, "serve", "--host", "nowhere.invalid")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("\n")) == (1, 1)
    assert err.startswith("onrecord: nowhere.invalid:8080: ")


def test_an_endless_query_can_be_interrupted(data: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    process = spawn("--data", data, "query", endless)
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert process.returncode in (130, -signal.SIGINT)
    assert out == ""


@pytest.mark.parametrize(("columns", "first"), [(60, "─"), (250, "speaker   ")])
def test_a_narrow_terminal_gets_a_list_of_each_row(
    data: Path, columns: int, first: str
) -> None:
    shown = on_a_terminal(columns, "--data", data, "ask", "denials_by_third_parties")
    assert shown[0].startswith(first)
    is_list = "predicate    works for" in "\n".join(shown)
    assert is_list == (columns == 60)
    assert all(len(line) <= columns for line in shown)


def on_a_terminal(columns: int, *arguments: str | Path) -> list[str]:
    """Return the lines that a command writes to a terminal so wide."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = spawn(*arguments, stdout=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # a terminal without a writer is an error, not an end
        while octets := os.read(ours, 65_536):
            shown += octets
    os.close(ours)
    assert process.wait(timeout=60) == 0
    process.communicate()
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).split("\r\n")[:-1]


def test_a_closed_pipe_is_quiet(data: Path) -> None:
    process = spawn("--data", data, "export")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_an_interrupted_load_leaves_the_record_whole(data: Path, tmp_path: Path) -> None:
    process = spawn("-v", "--data", tmp_path / "data", "load", "case", CASE)
    deadline = tmp_path / "data" / "lock"
    while not deadline.exists() and process.poll() is None:
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the record is as it was published last" in err
    assert GenerationStore(tmp_path / "data").generations() == []
