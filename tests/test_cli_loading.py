"""What `onrecord load` takes, and what it tells of it."""

import gzip
import http.server
import io
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from backports import zstd

from onrecord.store import GenerationStore
from ontology import term
from tests.terminal import Terminal, loaded

DATA: Final = Path(__file__).with_name("data")
USERS: Final = DATA / "x-archive" / "hashed_2031_01_Harbour_0631_Harbour_0631_users.csv"
LIST: Final = DATA / "meta" / "2031_04_taking_action_in_harbourland.csv"
MAPPED: Final = 6  # rows of USERS
SET_ASIDE: Final = 1


def quads(folder: Path) -> int:
    with GenerationStore(folder / "data").read() as snapshot:
        return sum(1 for _ in snapshot.quads())


def test_format_is_named_with_the_reason(run: Terminal, here: Path) -> None:
    said = run("load", "--detect", USERS)
    assert "x-archive" in said.out
    assert "has the columns userid, follower_count" in said.out
    (here / "notes.txt").write_text("nothing\n", encoding="utf-8")
    assert "is of no format that is known" in run("load", "--detect", "notes.txt").out


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (b"", "is empty"),
        (b"\r\n\n", "is empty"),
        ("id,name\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0,a,b\n", "is no text"),
    ],
)
def test_what_has_no_format_is_told_why(
    run: Terminal, here: Path, octets: bytes, why: str
) -> None:
    (here / "list.csv").write_bytes(octets)
    said = run("load", "--detect", "list.csv")
    assert said.out.splitlines()[-1].split("   ")[-1].strip() == why
    assert len(said.out.splitlines()) == 3
    assert run("load", "auto", "list.csv").code == 1


def test_a_draft_is_not_proposed_for_another_file(run: Terminal, here: Path) -> None:
    (here / "deep").mkdir()
    (here / "deep" / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "mapping init list.csv" not in run("load", "--detect", "deep").out


def test_records_are_counted_by_what_became_of_them(run: Terminal, here: Path) -> None:
    said = run("load", "x-archive", USERS)
    assert said.code == 0
    assert loaded(said)[USERS.name][:4] == ["8", str(MAPPED), "1", str(SET_ASIDE)]
    again = loaded(run("load", "x-archive", USERS))[USERS.name]
    assert again[4] == "0"  # new
    assert int(again[5]) > 20  # already there


def test_several_sources_are_summed_up(run: Terminal, here: Path) -> None:
    (here / "good").mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        row = f"Watch,#{name[0]},Twitter,tweets,1,2031-04-02T15:30:00,UTC"
        head = "publisher,subject,platform,metric,value,time,time_zone"
        (here / "good" / name).write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert "\nall 3    3         3" in run("load", "series", "good").err
    assert "\nall" not in run("load", "series", here / "good" / "a.csv").err


def test_each_reason_is_told_with_its_count_and_an_example(run: Terminal, here: Path) -> None:
    said = run("load", "x-archive", USERS)
    (line,) = [line for line in said.err.splitlines() if "is no whole number" in line]
    assert line.split()[4] == "1"
    assert f"{USERS.name}:9 follower_count 'many'" in line


def test_folder_yields_what_is_of_the_format(run: Terminal, here: Path) -> None:
    (here / "in" / "deep").mkdir(parents=True)
    (here / "in" / USERS.name).write_bytes(USERS.read_bytes())
    (here / "in" / "deep" / LIST.name).write_bytes(LIST.read_bytes())
    (here / "in" / ".hidden.csv").write_bytes(LIST.read_bytes())
    said = run("load", "x-archive", "in")
    assert list(loaded(said)) == [USERS.name]
    assert "passed over 1 file" in said.err
    (told,) = [line.split() for line in said.err.splitlines() if LIST.name in line]
    assert told[:2] == [f"in/deep/{LIST.name}", "meta:"]
    assert set(loaded(run("load", "auto", "in"))) == {USERS.name, LIST.name}


def test_several_files_make_one_generation(run: Terminal, here: Path) -> None:
    run("load", "auto", USERS, LIST)
    assert [one.number for one in GenerationStore(here / "data").generations()] == [1]


def test_pattern_is_one_that_the_shell_left_alone(run: Terminal, here: Path) -> None:
    assert list(loaded(run("load", "meta", f"{LIST.parent}/2031*.csv"))) == [LIST.name]
    said = run("load", "meta", "no*.csv")
    assert said.err == "onrecord: no*.csv: nothing is called so\n"


@pytest.mark.parametrize("suffix", ["gz", "zst", "zip"])
def test_what_is_packed_is_the_same_source(run: Terminal, here: Path, suffix: str) -> None:
    content = LIST.read_bytes()
    packed = here / f"{LIST.name}.{suffix}"
    if suffix == "zip":
        packed = here / "all.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(LIST.name, content)
    else:
        packed.write_bytes(gzip.compress(content) if suffix == "gz" else zstd.compress(content))
    assert int(loaded(run("load", "meta", packed))[LIST.name][4]) > 20
    assert loaded(run("load", "meta", LIST))[LIST.name][4] == "0"


def test_what_breaks_off_is_refused_by_name(run: Terminal, here: Path) -> None:
    whole = gzip.compress(LIST.read_bytes())
    (here / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    (here / "b.csv.zst").write_bytes(b"no such thing")
    (here / "c.zip").write_bytes(b"PK no such thing")
    for name in ("a.csv.gz", "b.csv.zst", "c.zip"):
        said = run("load", "meta", name)
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert said.err.startswith(f"onrecord: {name}: ")


def test_standard_input_goes_by_the_name_it_is_given(
    run: Terminal, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.read_bytes())))
    assert "(--as NAME)" in run("load", "meta", "-").err
    assert list(loaded(run("load", "meta", "-", "--as", LIST.name))) == [LIST.name]
    assert loaded(run("load", "meta", LIST))[LIST.name][4] == "0"


@pytest.fixture
def served(here: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = partial(Quiet, directory=str(LIST.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_address_is_fetched_and_kept_with_the_run(
    run: Terminal, here: Path, served: str
) -> None:
    assert list(loaded(run("load", "meta", f"{served}{LIST.name}"))) == [LIST.name]
    with GenerationStore(here / "data").read() as snapshot:
        (url,) = [q.object for q in snapshot.quads(None, term("retrievedFrom"), None)]
        assert any(snapshot.quads(None, term("retrievedAt"), None))
    assert str(url) == f'"{served}{LIST.name}"'
    assert run("load", "meta", f"{served}nothing.csv").code == 1


def test_what_is_secret_in_an_address_stays_out_of_the_record(
    run: Terminal, here: Path, served: str
) -> None:
    address = f"{served}{LIST.name}?page=2&X-Amz-Signature=quay7&access_token=quay7"
    said = run("load", "meta", address)
    assert list(loaded(said)) == [LIST.name]
    kept = f"{served}{LIST.name}?page=2&X-Amz-Signature=REDACTED&access_token=REDACTED"
    assert kept in said.err.replace("\n", "")
    with GenerationStore(here / "data").read() as snapshot:
        (url,) = [q.object for q in snapshot.quads(None, term("retrievedFrom"), None)]
    assert str(url) == f'"{kept}"'
    run("load", "x-archive", USERS, "--url", "https://files.example/u.csv?sig=quay7")
    assert "quay7" not in run("export").out


def test_what_is_secret_in_an_address_tells_no_sources_apart(
    run: Terminal, here: Path, served: str
) -> None:
    first, second = (f"{served}{LIST.name}?token=quay{number}" for number in (7, 8))
    said = run("load", "meta", first, second)
    assert said.code == 1
    assert "quay7" not in said.err
    assert "load each by itself, with --as" in " ".join(said.err.split())
    assert run("load", "meta", first, "--as", "first.csv").code == 0
    assert run("load", "meta", second, "--as", "second.csv").code == 0


def test_two_files_of_one_name_go_by_their_paths(run: Terminal, here: Path) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "list.csv").write_bytes(LIST.read_bytes())
    assert set(loaded(run("load", "meta", "a", "b"))) == {"a/list.csv", "b/list.csv"}


def test_one_source_that_cannot_be_read_does_not_hold_up_the_others(
    run: Terminal, here: Path
) -> None:
    (here / "bad.csv").write_text("userid,userid\n1,2\n", encoding="utf-8")
    said = run("load", "x-archive", "bad.csv", USERS)
    assert said.code == 1
    assert loaded(said)[USERS.name][1] == str(MAPPED)
    assert said.err.splitlines()[-1].startswith("onrecord: 1 of 2 sources could not be read")
    assert quads(here) > 100


def test_strict_load_publishes_nothing_when_one_record_is_refused(
    run: Terminal, here: Path
) -> None:
    assert run("load", "auto", LIST, USERS, "--strict").code == 1
    assert GenerationStore(here / "data").generations() == []


def test_dry_run_shows_what_would_be_said_and_publishes_nothing(
    run: Terminal, here: Path
) -> None:
    said = run("load", "x-archive", USERS, "--dry-run")
    (line,) = [line for line in said.out.splitlines() if " rec:followerCount " in line]
    assert line.split()[2] == "5"
    assert "nothing was published (--dry-run)" in said.err
    assert GenerationStore(here / "data").generations() == []
    assert not (here / "data" / "quarantine").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("case", "nowhere"),
        ("meta", "nowhere.csv"),
        ("auto", "--detect", USERS),
        ("meta", USERS),
        ("x-archive", USERS, "--dry-run"),
        ("x-archive", USERS, "--strict"),
    ],
)
def test_a_load_that_publishes_nothing_leaves_no_data_folder(
    run: Terminal, here: Path, words: tuple[str | Path, ...]
) -> None:
    run("load", *words)
    assert not (here / "data").exists()


def test_a_source_is_called_as_it_was_named_and_not_where_it_lies(
    run: Terminal, here: Path
) -> None:
    (here / "wide.csv.gz").write_bytes(gzip.compress(b"\x8b no text"))
    said = run("load", "meta", "wide.csv.gz")
    assert said.err == "onrecord: wide.csv.gz: not UTF-8 at byte 0; save it as UTF-8\n"
    assert "nothing.csv: No such file" in run("load", "--detect", "nothing.csv").err


def test_an_archive_that_is_none_does_not_hold_up_its_folder(run: Terminal, here: Path) -> None:
    (here / "in").mkdir()
    (here / "in" / "bad.csv.gz").write_bytes(b"no such thing")
    (here / "in" / LIST.name).write_bytes(LIST.read_bytes())
    said = run("load", "meta", "in")
    assert said.code == 1
    assert int(loaded(said)[LIST.name][4]) > 20
    last = said.err.splitlines()[-1]
    assert last.startswith("onrecord: 1 of 2 sources could not be read: in/bad.csv.gz: ")
    assert run("load", "meta", "in", "--strict").err.startswith("onrecord: in/bad.csv.gz: ")


def test_a_pipe_is_read_once_under_the_name_it_is_given(run: Terminal, here: Path) -> None:
    os.mkfifo(here / "pipe")
    assert "(--as NAME)" in run("load", "meta", "pipe").err
    writer = threading.Thread(target=(here / "pipe").write_bytes, args=(LIST.read_bytes(),))
    writer.start()
    said = run("load", "meta", "pipe", "--as", LIST.name)
    writer.join()
    assert int(loaded(said)[LIST.name][4]) > 20


@pytest.mark.parametrize("format", ["accounts", "series", "takedowns", "attributions"])
def test_a_page_that_was_saved_as_a_table_is_no_empty_table(
    run: Terminal, here: Path, format: str
) -> None:
    (here / "list.csv").write_text("<!DOCTYPE html><title>404</title>", encoding="utf-8")
    said = run("load", format, "list.csv", "--publisher", "Harbour Desk")
    assert (said.code, "column" in said.err) == (1, True)
