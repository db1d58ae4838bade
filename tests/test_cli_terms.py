"""On what terms sources are loaded, and what of them was mended, as the command line has it."""

import csv
import json
import shlex
from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given, Terms
from loaders.records import Quarantined
from onrecord.ingest import ingest
from onrecord.left_out import LeftOut
from onrecord.loads import Load, Report
from onrecord.quarantine import set_aside
from onrecord.store import GenerationStore, restore
from tests.bundles import id_of
from tests.terminal import Terminal, loaded

DATA: Final = Path(__file__).with_name("data")
USERS: Final = DATA / "x-archive" / "hashed_2031_01_Harbour_0631_Harbour_0631_users.csv"
LIST: Final = DATA / "meta" / "2031_04_taking_action_in_harbourland.csv"
SET_ASIDE: Final = 1


def test_what_was_set_aside_loads_once_it_was_mended(run: Terminal, here: Path) -> None:
    run("load", "x-archive", USERS)
    (reasons,) = (here / "data" / "quarantine").glob("*.csv")
    with reasons.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"file", "line", "key", "column", "value", "reason"} == set(rows[0])
    folder = reasons.with_suffix("")
    rest = folder / USERS.name
    assert len(rest.read_text(encoding="utf-8").splitlines()) == 1 + SET_ASIDE
    mended = rest.read_text(encoding="utf-8").replace("1.2E+18", "9001002009")
    rest.write_text(mended, encoding="utf-8")
    said = run("load", "x-archive", folder)
    assert loaded(said)[USERS.name][:4] == ["1", "1", "0", "0"]
    assert "--replace" not in said.err
    assert run("load", "x-archive", folder, "--replace").code == 2


@pytest.mark.parametrize("indent", [None, 2], ids=["lines", "indented"])
def test_what_was_set_aside_of_a_file_of_several_values_loads_once_it_was_mended(
    run: Terminal, here: Path, indent: int | None
) -> None:
    kinds = ("campaign", "gull", "campaign", "tern")
    ids = [id_of(kind, number) for number, kind in enumerate(kinds)]
    made = [{"type": id.partition("--")[0], "id": id, "name": id} for id in ids]
    text = "\n".join(json.dumps(one, indent=indent) for one in made)
    Path("several.json").write_text(text, encoding="utf-8")
    said = run("load", "stix", "several.json", "--publisher", "Harbour Desk")
    assert loaded(said)["several.json"][:4] == ["4", "2", "0", "2"]
    (line,) = [line for line in said.err.splitlines() if line.startswith("  onrecord load")]
    words = shlex.split(line)[1:]
    rest = Path(words[-1])
    rest.write_text(rest.read_text("utf-8").replace("gull", "tool"), encoding="utf-8")
    assert loaded(run(*words))["several.json"][:4] == ["2", "1", "0", "1"]


def test_what_is_mended_belongs_to_its_source_and_keeps_its_terms(
    run: Terminal, here: Path
) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "users.csv").write_bytes(USERS.read_bytes())
    told = ("--publisher", "Harbour Desk", "--tlp", "tlp:amber")
    said = run("load", "x-archive", "a", "b", *told)
    (line,) = [line for line in said.err.splitlines() if line.startswith("  onrecord load")]
    words = shlex.split(line)[1:]
    assert words[:6] == [
        "load",
        "x-archive",
        "--publisher",
        "Harbour Desk",
        "--tlp",
        "TLP:AMBER",
    ]
    first = Path(words[6])
    first.write_text(
        first.read_text(encoding="utf-8").replace("1.2E+18", "9001002009"), "utf-8"
    )
    assert set(loaded(run(*words[:7]))) == {"a/users.csv"}
    last = run("runs").out.splitlines()[-1]
    assert "a/users.csv" in last and "TLP:AMBER" in last


def test_what_is_to_be_typed_next_names_the_record_that_was_named(
    run: Terminal, here: Path
) -> None:
    said = run("--data", "else where", "load", "x-archive", USERS)
    (line,) = [line for line in said.err.splitlines() if line.startswith("  onrecord ")]
    words = shlex.split(line)[1:]
    assert words[:3] == ["--data", "else where", "load"]
    assert loaded(run(*words))[USERS.name][0] == str(SET_ASIDE)
    assert not (here / "data").exists()


def test_a_reason_is_no_formula_to_a_spreadsheet(run: Terminal, here: Path) -> None:
    values = ("=cmd|'/c calc'!A1", "+1+1", "@SUM(1)", "-2+3", "-5", "x=1")
    rows = "".join(f'Harbour,Twitter,,a{at},"{it}"\n' for at, it in enumerate(values))
    text = f"publisher,platform,id,handle,valid_from\n{rows}"
    (here / "a.csv").write_text(text, encoding="utf-8")
    run("load", "accounts", "a.csv")
    (reasons,) = (here / "data" / "quarantine").glob("*.csv")
    with reasons.open(encoding="utf-8", newline="") as file:
        refused = [row for row in csv.DictReader(file) if row["column"] == "valid_from"]
    told = [row["value"] for row in refused]
    assert told == [f"'{one}" for one in values[:4]] + [*values[4:]]


@pytest.mark.parametrize("name", ["/mine.csv", "../../../mine.csv", "a/../../../../mine.csv"])
def test_what_is_set_aside_overwrites_nothing_elsewhere(
    run: Terminal, here: Path, name: str
) -> None:
    name = f"{here}{name}" if name.startswith("/") else name
    (here / "mine.csv").write_bytes(USERS.read_bytes())
    assert run("load", "x-archive", "mine.csv", "--as", name).code == 2
    found = LeftOut()
    found.append(Quarantined("mine.csv", 2, "", "", "x", "is wrong", "x"))
    load = Load("x-archive", here / "mine.csv", Given(dataset=name))
    aside = set_aside(here / "data" / "quarantine", [Report(load, quarantined=found)])
    ((_, path),) = aside.records
    assert here / "data" / "quarantine" in path.resolve().parents
    assert (here / "mine.csv").read_bytes() == USERS.read_bytes()


def test_what_cannot_be_set_aside_is_told_with_what_was_done(run: Terminal, here: Path) -> None:
    (here / "data").mkdir()
    (here / "data" / "quarantine").write_text("in the way", encoding="utf-8")
    said = run("load", "x-archive", USERS)
    assert said.code == 1
    last = said.err.splitlines()[-1]
    assert "data/quarantine: File exists; generation 1 is published, but" in last
    (here / "data" / "quarantine").unlink()
    assert run("load", "x-archive", USERS).code == 0
    assert list((here / "data" / "quarantine").glob("*.csv"))


def test_a_marking_that_is_told_later_is_kept(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST)
    assert run("export").code == 0
    said = run("load", "meta", LIST, "--tlp", "tlp:red")
    assert loaded(said)[LIST.name][4] == "0"
    assert "published generation 2" in said.err
    assert f"{LIST.name} is TLP:RED" in run("export").err
    assert "nothing new" in run("load", "meta", LIST, "--tlp", "tlp:red").err
    assert "nothing new" in run("load", "meta", LIST).err


def test_nobody_but_its_maker_lets_a_marked_bundle_go_further(
    run: Terminal, here: Path
) -> None:
    marking = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
    actor = {
        "type": "threat-actor",
        "spec_version": "2.1",
        "id": "threat-actor--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": "2031-01-01T00:00:00.000Z",
        "modified": "2031-01-01T00:00:00.000Z",
        "name": "Crane Watch",
        "object_marking_refs": [marking],
    }
    bundle = {
        "type": "bundle",
        "id": "bundle--44af6c39-c09b-49c5-9de2-394224b04982",
        "objects": [actor],
    }
    (here / "marked.json").write_text(json.dumps(bundle), encoding="utf-8")
    told = ("--publisher", "Harbour Desk", "--tlp", "tlp:clear")
    assert run("load", "stix", "marked.json", *told).code == 0
    assert "marked.json is TLP:RED" in run("export").err


def test_runs_are_listed_with_their_terms(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--tlp", "tlp:amber", "--retrieved", "2031-05-01")
    (line,) = [line for line in run("runs").out.splitlines() if LIST.name in line]
    assert "MIT" in line and "TLP:AMBER" in line
    told = run("run", line.split()[0]).out
    assert "2031-05-01" in told
    assert "belongs to" in told
    assert run("run", "org/meta").code == 1


def test_malformed_terms_are_refused_before_anything_is_read(run: Terminal, here: Path) -> None:
    said = run("load", "meta", LIST, "--retrieved", "last week")
    assert said.code == 1
    assert "last week" in said.err


def test_what_is_marked_stays_unless_it_may_leave(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--tlp", "TLP:AMBER")
    said = run("export")
    assert (said.code, said.out) == (1, "")
    assert f"{LIST.name} is TLP:AMBER" in said.err
    assert run("export", "--tlp", "TLP:AMBER").out != ""


@pytest.fixture(scope="module")
def licensed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a record of one source, which is CC BY-SA 4.0."""
    folder = tmp_path_factory.mktemp("licensed")
    store = GenerationStore(folder / "data")
    ingest(store, "meta", LIST, Given(terms=Terms(licence="CC BY-SA 4.0")))
    store.backup(folder / "archive")
    return folder / "archive"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("CC-BY-SA-4.0", 0),
        ("CC BY-SA 4.0 International", 0),
        ("Creative Commons Attribution-ShareAlike 4.0 International License", 0),
        ("https://creativecommons.org/licenses/by-sa/4.0/", 0),
        ("https://creativecommons.org/licenses/by/4.0/", 0),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", 1),
        ("CC BY-SA 3.0 DE", 1),
        ("CC BY-SA 3.0", 1),
        ("CC BY 4.0 International; texts CC BY-SA 3.0", 1),
        ("ODbL", 1),
        ("OGL v3", 0),
        ("public domain", 0),
        ("MIT", 0),
    ],
)
def test_a_licence_is_one_however_it_is_spelled(
    run: Terminal, here: Path, licensed: Path, other: str, code: int
) -> None:
    restore(licensed, here / "data")
    run("load", "x-archive", USERS, "--licence", other)
    assert run("export").code == code


def test_mitre_is_no_licence_of_mit(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--licence", "MITRE")
    assert "of which nothing is known here" in run("export", "-o", "all.nq").err


@pytest.mark.parametrize("licence", ["© 2031 Harbour Desk", "(c) Harbour Desk"])
def test_what_is_under_copyright_does_not_leave(
    run: Terminal, here: Path, licence: str
) -> None:
    run("load", "meta", LIST, "--licence", licence)
    said = run("export")
    assert (said.code, licence in said.err) == (1, True)


def test_a_licence_that_is_not_known_is_named_when_it_leaves(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--licence", "for members, do not pass on")
    said = run("export", "-o", "all.nq")
    assert said.code == 0
    assert f"{LIST.name}: leaves under 'for members, do not pass on'" in said.err


@pytest.mark.parametrize(
    "licence",
    ["CC0 except images", "CC BY 4.0 (not the logos)", "CC0, excl. images", "MIT minus logos"],
)
def test_a_licence_with_an_exception_is_named_when_it_leaves(
    run: Terminal, here: Path, licence: str
) -> None:
    run("load", "meta", LIST, "--licence", licence)
    said = run("export")
    assert (said.code, licence in said.err.replace("\n", " ")) == (0, True)


def test_a_licence_that_reserves_no_rights_is_free(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--licence", "CC0 1.0 Universal (No Rights Reserved)")
    said = run("export", "-o", "all.nq")
    assert (said.code, "leaves under" in said.err) == (0, False)


def test_licences_that_forbid_it_are_not_mixed(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--licence", "CC BY-SA 4.0")
    assert run("export").code == 0
    run("load", "x-archive", USERS, "--licence", "CC-BY-NC-4.0")
    said = run("export")
    assert said.code == 1
    assert LIST.name in said.err and USERS.name in said.err
    assert run("export", "--whatever-licences-say").code == 0


def test_source_that_may_not_be_passed_on_stays(run: Terminal, here: Path) -> None:
    run("load", "meta", LIST, "--licence", "All rights reserved")
    assert run("export").code == 1
