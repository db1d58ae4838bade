"""What goes wrong says what to do about it, and a list of runs which count no longer."""

from pathlib import Path
from typing import Final

import pytest

from tests.terminal import Terminal

TABLE: Final = "publisher,platform,id,handle,observed_on\nQuay Desk,Twitter,{0},quay{0},2031\n"


@pytest.fixture
def tables(here: Path) -> Path:
    """A folder with two tables of accounts that nobody knows for such by their columns."""
    (here / "tables").mkdir()
    for number in (1, 2):
        path = here / "tables" / f"list{number}.csv"
        path.write_text(TABLE.format(number), encoding="utf-8")
    return here / "tables"


def test_a_day_that_is_none_is_told_with_its_option(run: Terminal, tables: Path) -> None:
    said = run("load", "accounts", tables / "list1.csv", "--retrieved", "2031-13-01")
    assert said.err == (
        "onrecord: retrieved: '2031-13-01' is no date or time with a zone, such as 2026-11-01 "
        "or 2026-11-01T09:30:00Z\n"
    )


def test_a_table_under_a_title_is_told_where_its_columns_belong(
    run: Terminal, here: Path
) -> None:
    (here / "list.csv").write_text("Our list, 2031\nid,platform_owner\na,Quay\n", "utf-8")
    said = run("load", "takedowns", "list.csv")
    assert "'our_list'; the first line has to name them, as `onrecord template`" in said.err


def test_what_a_folder_has_may_be_named_itself(run: Terminal, tables: Path) -> None:
    assert "a file that is named itself is taken for one" in run("load", "accounts", tables).err
    assert run("load", "accounts", tables / "list1.csv").code == 0


def test_what_a_licence_forbids_is_told_with_what_lets_it_leave(
    run: Terminal, tables: Path
) -> None:
    for number, licence in enumerate(("CC-BY-4.0", "CC-BY-ND-4.0"), 1):
        run("load", "accounts", tables / f"list{number}.csv", "--licence", licence)
    assert "; with --whatever-licences-say it leaves all the same" in run("export").err
    assert run("export", "--whatever-licences-say").code == 0


@pytest.mark.parametrize("what", ["run", "document"])
def test_runs_tells_which_were_withdrawn(run: Terminal, tables: Path, what: str) -> None:
    run("load", "accounts", tables / "list1.csv")
    found = next(word for word in run("runs").out.split() if word.startswith("run/"))
    if what == "document":
        found = next(w for w in run("run", found).out.split() if "/doc/" in w)
    run("load", "accounts", tables / "list2.csv")
    run("withdraw", f"--{what}", found, "--reason", "a mistake")
    assert withdrawn(run) == [True, False]
    run("load", "accounts", tables / "list1.csv")
    assert withdrawn(run) == [True, False, False]


def withdrawn(run: Terminal) -> list[bool]:
    return [line.split()[-1] == "yes" for line in run("runs").out.splitlines()[2:]]
