"""The command line as a process: served, interrupted, cut off, in its own way."""

import fcntl
import gzip
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

from bench.tweets import write_tweets
from onrecord.legible import legible
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


def test_what_a_locale_cannot_spell_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "publisher,platform,id,handle\nQuay,Twitter,9001,quay\n"
    (tmp_path / "نام.csv").write_text(table, encoding="utf-8")
    words = ("--data", tmp_path / "data")
    spawn(*words, "load", "accounts", tmp_path / "نام.csv").communicate(timeout=60)
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    out, err = spawn(*words, "runs").communicate(timeout=60)
    assert "نام.csv" in out, err
    assert r"\u0646\u0627\u0645.csv" in "\n".join(on_a_terminal(200, *words, "runs"))


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


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_a_summary_on_a_narrow_terminal_breaks_no_word(tmp_path: Path, columns: int) -> None:
    words = ("--data", tmp_path / "data", "load", "case", CASE)
    shown = "\n".join(on_a_terminal(columns, *words, is_talk=True))
    assert "quarantined" in shown
    assert "already there" in shown
    assert ("new   already" in shown) == (columns == 200)


@pytest.mark.parametrize("columns", [48, 64, 80, 95])
def test_the_name_of_a_run_is_whole_however_narrow_the_terminal(
    data: Path, columns: int
) -> None:
    shown = on_a_terminal(columns, "--data", data, "runs")
    assert any(re.search(r"\brun/case/\d{8}t\d{6}-\d{6}z\b", line) for line in shown)
    assert max(map(len, shown)) <= columns


@pytest.mark.parametrize("name", ["[/red].csv", "\x1b[2J\u202evsc.csv"])
def test_a_name_steers_no_terminal(tmp_path: Path, name: str) -> None:
    write_tweets(tmp_path / "tweets.csv", "archive", 2_000)
    words = ("--data", tmp_path / "data", "load", "x-archive", tmp_path / "tweets.csv")
    shown = "\n".join(on_a_terminal(200, *words, "--as", name, is_talk=True))
    assert re.search(rf"{re.escape(legible(name))}: [\d,]+ statements", shown)
    assert f"{legible(name)}   2,000" in shown
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("columns", [40, 80])
def test_rate_and_time_left_are_shown_however_long_a_name_is(
    tmp_path: Path, columns: int
) -> None:
    write_tweets(tmp_path / "tweets.csv", "archive", 6_000)
    words = ("--data", tmp_path / "data", "load", "x-archive", tmp_path / "tweets.csv")
    shown = "\n".join(on_a_terminal(columns, *words, "--as", "harbour-" * 20, is_talk=True))
    assert re.search(r"harbour.*….* \S+ .?B/s .*left \d:\d\d:\d\d", shown)


def on_a_terminal(columns: int, *arguments: str | Path, is_talk: bool = False) -> list[str]:
    """Return the lines that a command writes, or says, to a terminal so wide."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    streams = {"stderr": theirs} if is_talk else {"stdout": theirs}
    process = spawn(*arguments, **streams)
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


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=lambda one: str(one),
)
def test_a_load_that_is_stopped_leaves_the_record_whole_and_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scrap"))
    (tmp_path / "scrap").mkdir()
    write_tweets(tmp_path / "tweets.csv", "archive", 5_000)
    with gzip.open(tmp_path / "tweets.csv.gz", "wb") as packed:
        packed.write((tmp_path / "tweets.csv").read_bytes())
    process = spawn(
        "--data", tmp_path / "data", "load", "x-archive", tmp_path / "tweets.csv.gz"
    )
    while not list(tmp_path.glob("data/draft-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.splitlines()) == (
        code,
        ["", "onrecord: stopped; the record is as it was published last"],
    )
    assert list((tmp_path / "scrap").iterdir()) == []
    assert not (tmp_path / "data").exists()


def test_ctrl_c_while_the_program_is_read_in_is_told_in_a_line() -> None:
    process = spawn("version")
    maps = Path(f"/proc/{process.pid}/maps")
    while "pyoxigraph" not in maps.read_text(encoding="utf-8"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    told = ["", "onrecord: stopped; nothing was begun"]
    # unless the program was quicker
    assert (process.returncode, err.splitlines()) == (130, told) or process.returncode == 0
    assert "Traceback" not in out + err


def test_an_endless_query_ends_when_it_is_told_to(data: Path) -> None:
    process = spawn(
        "--data", data, "query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    )
    time.sleep(4)
    process.terminate()
    assert process.wait(timeout=20) in (143, -signal.SIGTERM)
    process.communicate()
