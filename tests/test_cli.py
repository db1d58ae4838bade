"""The command line: data to stdout, talk to stderr, one clear line and an exit code."""

import csv
import io
import os
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS, onrecord
from onrecord.errors import BadParameter
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from ontology.identity import DEFAULT_BASE
from tests.checkout import ROOT
from tests.terminal import Terminal

CASE = "pakistan-april-2019"
CASES = ROOT / "loaders" / "cases"


def test_settings_come_from_the_environment() -> None:
    given = {"ONRECORD_DATA": "/x", "ONRECORD_PORT": "1", "ONRECORD_BASE": "https://e.org/"}
    settings = Settings.from_env(given)
    assert (settings.data, settings.port, settings.base) == (Path("/x"), 1, "https://e.org/")
    assert Settings.from_env({}) == Settings()
    assert Settings().base == DEFAULT_BASE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "x"),
        ("PORT", "-1"),
        ("KEEP", "0"),
        ("BASE", "https://e.org"),
        ("BASE", "e/"),
        ("BASE", "https://e x.org/"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(BadParameter, match=f"ONRECORD_{name}='{value}'"):
        Settings.from_env({f"ONRECORD_{name}": value})


def test_every_command_teaches_with_an_example(run: Terminal) -> None:
    for name in COMMANDS:
        shown = run(name, "--help")
        assert shown.code == 0
        assert "Example: " in shown.out and "onrecord " in shown.out, name


def test_help_says_of_each_command_what_it_says_of_itself() -> None:
    context = click.Context(onrecord)
    for name, (module, said) in COMMANDS.items():
        command = onrecord.get_command(context, name)
        assert command and command.name == name
        assert command.get_short_help_str(limit=200) == said
        assert command.callback and command.callback.__module__ == f"onrecord.cli.{module}"


def test_help_has_every_command() -> None:
    found = set[click.Command]()
    for path in (ROOT / "onrecord" / "cli").glob("[a-z]*.py"):
        module = vars(import_module(f"onrecord.cli.{path.stem}"))
        found.update(one for one in module.values() if isinstance(one, click.Command))
    for command in [one for one in found if isinstance(one, click.Group)]:
        found -= set(command.commands.values())
    assert {one.name for one in found} == set(COMMANDS)


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("onrecord load st", ["plain,stix"]),
        ("onrecord load stix down", ["file,down"]),
        ("onrecord load --detect down", ["file,down"]),
        ("onrecord load table x.csv --mapping eu", ["plain,euvsdisinfo", "file,eu"]),
        ("onrecord run run/case/", ["plain,run/case/"]),
        ("onrecord withdraw --run run/ca", ["plain,run/case/"]),
        ("onrecord run nothing", []),
        ("onrecord --data nowhere run run/", []),
    ],
)
def test_a_shell_completes_formats_files_and_runs(
    run: Terminal,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    completed: list[str],
) -> None:
    monkeypatch.setenv("ONRECORD_DATA", str(data))
    monkeypatch.setenv("_ONRECORD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words.replace(" ", "\n"))
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    found = [line for line in run().out.splitlines() if line]
    assert len(found) == len(completed)
    assert all(line.startswith(known) for line, known in zip(found, completed, strict=True))


def test_completion_is_printed_for_each_shell(run: Terminal) -> None:
    for shell in ("zsh", "fish"):
        assert "_ONRECORD_COMPLETE" in run("completion", shell).out


@pytest.mark.parametrize("spelled", ["version", "--version"])
def test_the_version_is_told(run: Terminal, spelled: str) -> None:
    assert run(spelled).out.startswith("onrecord 0.")


@pytest.mark.parametrize("group", [[], ["token"]])
def test_a_command_without_its_part_shows_the_parts_in_lines(
    run: Terminal, group: list[str]
) -> None:
    ran = run(*group)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: onrecord")
    assert "\nCommands:\n" in ran.err


@pytest.mark.parametrize("command", [["derive"], ["withdraw", "--run", "x", "--reason", "y"]])
def test_what_changes_a_record_makes_none(
    run: Terminal, tmp_path: Path, command: list[str]
) -> None:
    ran = run("--data", tmp_path / "mistyped", *command)
    assert (ran.code, "nothing was published yet" in ran.err) == (1, True)
    assert not (tmp_path / "mistyped").exists()


def test_an_export_to_a_dash_goes_to_stdout(
    run: Terminal, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exported = run("--data", data, "export", "-o", "-").out
    assert exported == run("--data", data, "export").out != ""
    assert not list(tmp_path.iterdir())


def test_an_export_leaves_a_device_what_it_is(
    run: Terminal, data: Path, tmp_path: Path
) -> None:
    device = tmp_path / "pipe"
    os.mkfifo(device)
    with ThreadPoolExecutor() as threads:
        read = threads.submit(device.read_bytes)
        assert run("--data", data, "export", "-o", device).code == 0
        assert device.is_fifo()
        assert read.result(timeout=20).decode() == run("--data", data, "export").out


def test_an_export_follows_a_link(run: Terminal, data: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest.nq"
    link.symlink_to("kept.nq")
    assert run("--data", data, "export", "-o", link).code == 0
    assert link.is_symlink()
    assert (tmp_path / "kept.nq").stat().st_size > 0


def test_a_full_disk_for_the_output_is_one_line(data: Path, run: Terminal) -> None:
    ran = run("--data", data, "export", "-o", "/dev/full")
    assert (ran.code, ran.err) == (1, "onrecord: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--data", "", "generations"], 2, "names no folder"),
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["lod"], 2, "Did you mean 'load'?"),
        (["load", "nonsense", "x"], 2, "'nonsense' is no format"),
        (["query"], 2, "either a query or a file"),
        (["query", "SELECT"], 2, "line 1, column 7"),
        (["query", "ASK {}", "--format", "turtle"], 2, "can be had as json, xml"),
        (["ask", "what_is_truth"], 2, "known are"),
        (["explain", "org/nobody"], 1, "says nothing"),
        (["explain", "a b"], 2, "not an IRI"),
        (["export", "--case", "nowhere"], 1, "nothing was exported"),
        (["rollback", "9"], 1, "generation 9 is not kept"),
        (["load", "case", "nowhere"], 1, "or a bundled one"),
    ],
)
def test_an_error_is_one_clear_line(
    run: Terminal, data: Path, arguments: list[str], code: int, told: str
) -> None:
    ran = run("--data", data, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert ran.err.startswith("onrecord: ")
    assert ran.err.count("\n") == 1


def test_without_a_record_the_next_command_is_told(run: Terminal, tmp_path: Path) -> None:
    ran = run("--data", tmp_path / "empty", "query", "ASK {}")
    assert (ran.code, "onrecord demo" in ran.err) == (1, True)


def test_loading_ends_in_a_table_and_twice_adds_nothing(run: Terminal, tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = run("--data", data, "load", "case", CASE)
    assert (first.code, first.out) == (0, "")
    assert all(word in first.err for word in ("read", "new", "quarantined", "generation 1"))
    again = run("--data", data, "load", "case", CASE)
    assert (again.code, "nothing new" in again.err) == (0, True)
    assert len(GenerationStore(data).generations()) == 1


def test_a_dry_run_publishes_nothing(run: Terminal, tmp_path: Path) -> None:
    ran = run("--data", tmp_path / "data", "load", "case", CASE, "--dry-run")
    assert (ran.code, "nothing was published" in ran.err) == (0, True)
    assert GenerationStore(tmp_path / "data").generations() == []


def test_quiet_says_nothing(run: Terminal, data: Path) -> None:
    ran = run("-q", "--data", data, "load", "case", CASE)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_what_is_not_taken_goes_to_a_file_with_the_reason(
    run: Terminal, tmp_path: Path
) -> None:
    case, data = broken_case(tmp_path), tmp_path / "data"
    ran = run("--data", data, "load", "case", case)
    assert ran.code == 0
    (file,) = (data / "quarantine").glob("*.csv")
    assert f"see {file}" in ran.err
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    assert row["key"] == "G02"
    assert "walks on" in row["value"] + row["reason"]
    assert list(row) == ["file", "line", "key", "column", "value", "reason"]


def test_strict_stops_at_the_first(run: Terminal, tmp_path: Path) -> None:
    ran = run("--data", tmp_path / "data", "load", "case", broken_case(tmp_path), "--strict")
    assert (ran.code, "G02" in ran.err) == (1, True)
    assert GenerationStore(tmp_path / "data").generations() == []


def broken_case(folder: Path) -> Path:
    """Return a copy of the bundled case with a predicate that no mapping knows."""
    case = folder / CASE
    for path in (CASES / CASE).rglob("*.*"):
        target = case / path.relative_to(CASES / CASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    lines = (case / "claims.csv").read_text("utf-8").splitlines(keepends=True)
    lines = [
        line.replace("closedCount", "walks on") if line.startswith("G02,") else line
        for line in lines
    ]
    (case / "claims.csv").write_text("".join(lines), encoding="utf-8")
    return case


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["load", "claims", "."], "no file there is of the format claims"),
        (["load", "claims", "a.csv"], "has no mapping.yaml beside it; name one with --mapping"),
        (["load", "claims", "no.csv"], "no.csv: No such file"),
        (["load", "case", "."], "no file there is of the format case"),
        (["load", "case", "no"], "no: no such folder; a case is a folder with a case.yaml"),
        (["load", "articles", "."], "no file there is of the format articles"),
        (["load"], "try `onrecord load --help`"),
        (["load", "claims"], "Missing argument 'PATH...'; try `onrecord load --help`"),
    ],
)
def test_a_wrong_source_is_answered_with_what_was_expected(
    run: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    expected: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("id\n", encoding="utf-8")
    said = run("--data", tmp_path / "data", *arguments)
    assert said.code in (1, 2)
    assert expected in said.err.splitlines()[-1]
    assert said.out == ""


def test_what_came_before_a_refused_path_is_reported(run: Terminal, tmp_path: Path) -> None:
    said = run("--data", tmp_path / "data", "load", "case", CASE, "no")
    assert said.code == 1
    assert "published generation 1" in said.err
    last = said.err.splitlines()[-1]
    assert last.startswith("onrecord: 1 of 2 sources could not be read: no: no such folder")
