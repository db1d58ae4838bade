"""What was set aside is mended, and loads by the very command that the load told."""

import shlex
from pathlib import Path
from typing import Final

import pytest

from tests.terminal import Terminal

MAPPING: Final = """\
publisher: Harbour Desk
table: {header: HEADER}
things:
  site: {kind: domain, column: site}
  owner: {kind: organization, column: owner}
claims:
  - {subject: site, predicate: ownedBy, object: owner}
"""
ROWS: Final = "a.example,Harbour Guild\nb.example,Crane Guild,spare\nc.example,Crane Guild\n"


@pytest.mark.parametrize(
    ("above", "header"),
    [
        pytest.param("", 1, id="no lines"),
        pytest.param("export of the desk\nmade on 1 April\n", 3, id="a title"),
        pytest.param("\ufeffexport\n", 2, id="a mark and a title"),
    ],
)
def test_what_stands_above_a_table_stands_above_what_is_to_be_mended(
    run: Terminal, here: Path, above: str, header: int
) -> None:
    (here / "sites.mapping.yaml").write_text(MAPPING.replace("HEADER", str(header)), "utf-8")
    (here / "sites.csv").write_text(f"{above}site,owner\n{ROWS}", encoding="utf-8")
    assert (
        mended(run, "table", here / "sites.csv")
        == f"{above}site,owner\nb.example,Crane Guild\n"
    )


def test_a_name_of_a_column_may_have_several_lines(run: Terminal, here: Path) -> None:
    name, row = 'publisher,platform,handle,observed_on,"note\n"', "Quay,Twitter,quay,2031,"
    (here / "list.csv").write_text(f"{name}\n{row}\n{row},spare\n", encoding="utf-8")
    assert mended(run, "accounts", here / "list.csv") == f"{name}\n{row}\n"


def test_a_table_named_tab_is_mended_as_a_table(run: Terminal, here: Path) -> None:
    header, row = "publisher\tplatform\thandle", "Quay\tTwitter\tquay"
    (here / "list.tab").write_text(f"{header}\n{row}\n{row}\tspare\n", encoding="utf-8")
    assert mended(run, "accounts", here / "list.tab") == f"{header}\n{row}\n"


BO: Final = '{"id": "p", "schema": "Person", "properties": {"name": ["Bo Sample"]}}\n'
QUAY: Final = '{"uuid": "d", "event_id": "1", "type": "domain", "value": "quay.example"}\n'
PASSPORT: Final = '{"id": "x", "schema": "Passport", "properties": {"number": ["PP9001"]}}\n'
CALLED: Final = '{"uuid": "u", "event_id": "1", "type": "phone-number", "value": "PP9001"}\n'
REACHED: Final = '{"uuid": "u", "event_id": "1", "type": "target-email", "value": "PP9001"}\n'


@pytest.mark.parametrize(
    ("loader", "record"),
    [("ftm", BO + PASSPORT), ("misp", QUAY + CALLED), ("misp", QUAY + REACHED)],
)
def test_what_no_record_keeps_is_in_no_file_to_be_mended(
    run: Terminal, here: Path, loader: str, record: str
) -> None:
    (here / "file.json").write_text(record, encoding="utf-8")
    said = run("load", loader, here / "file.json", "--publisher", "Harbour Desk")
    assert "is not taken" in said.out + said.err
    source = here / "file.json"
    kept = [one for one in here.rglob("*") if one.is_file() and one != source]
    told = [one for one in kept if b"PP9001" in one.read_bytes()]
    assert told == []


@pytest.mark.parametrize(
    ("loader", "name", "text", "left"),
    [
        pytest.param(
            "accounts",
            "list.csv",
            "publisher,platform,handle,password,Access Token\nQuay,Twitter,quay,PP9001,\n"
            "Quay,Twitter,pier,,PP9001\nQuay,Twitter,gull,PP9001,PP9001,PP9001\n"
            "Quay,,tern,PP9001,\n",
            "publisher,platform,handle,password,Access Token\nQuay,Twitter,gull,,,\n"
            "Quay,,tern,,\n",
            id="columns",
        ),
        pytest.param(
            "accounts",
            "list.csv",
            'publisher,platform,handle,passwords,note\nQuay,,tern,PP9001,"a ""b"""\n'
            'Quay,Twitter,quay,PP9001,"a" b\nQuay,Twitter,gull,PP9001,"a\nQuay,,x,PP9001,',
            'publisher,platform,handle,passwords,note\nQuay,,tern,,"a ""b"""\nQuay,,x,,\n',
            id="rows whose quotes make no sense",
        ),
        pytest.param(
            "accounts",
            "list.csv",
            'publisher,platform,handle,token,note\nQuay,,quay,PP9001,"a\nQuay,,gull,PP9001,b"\n'
            'Quay,,tern,PP9001,"a, b,\nc"\n',
            'publisher,platform,handle,token,note\nQuay,,tern,,"a, b,\nc"\n',
            id="rows that quotes join",
        ),
        pytest.param(
            "ftm",
            "list.json",
            '{"id": "a", "password": ["PP9001", 9001], "properties": {"pwd": "PP9001"}}\n'
            f'{BO}{{"id": "b", "cvv": 9001, "secrets": ["PP9001"], "token": "PP9001\n',
            '{"id": "a", "password": [""], "properties": {"pwd": ""}}\n'
            '{"id": "b", "cvv": "", "secrets": [""], "token": ""\n',
            id="fields",
        ),
    ],
)
def test_what_is_secret_by_its_name_is_not_set_aside(
    run: Terminal, here: Path, loader: str, name: str, text: str, left: str
) -> None:
    (here / name).write_text(text, encoding="utf-8")
    said = run("load", loader, here / name, "--publisher", "Quay")
    assert "quarantined" in said.err
    found = {one: one.read_text("utf-8") for one in (here / "data" / "quarantine").rglob("*.*")}
    assert [text for path, text in found.items() if path.name == name] == [left]
    assert not any("9001" in told for told in (said.out, said.err, *found.values()))


def test_nothing_is_to_be_mended_where_no_row_tells_which_cell_is_secret(
    run: Terminal, here: Path
) -> None:
    rows = 'publisher,platform,handle,token\nQuay,Twitter,quay,"a"b\nQuay,Twitter,gull,\n'
    (here / "list.csv").write_text(rows, encoding="utf-8")
    said = run("load", "accounts", here / "list.csv")
    assert "1 value was not taken" in said.err and "can be mended" not in said.err
    assert [*(here / "data" / "quarantine").rglob("list.csv")] == []


def mended(run: Terminal, loader: str, path: Path) -> str:
    """Mend what is set aside of a file, load it as one is told to, and return it."""
    said = run("load", loader, path)
    told = next(line for line in said.err.splitlines() if line.startswith("  onrecord "))
    words = shlex.split(told)[1:]
    file = next(Path(word) for word in words if word.endswith(path.name))
    text = file.read_text(encoding="utf-8").replace(",spare", "").replace("\tspare", "")
    file.write_text(text, encoding="utf-8")
    again = run(*words)
    assert (again.code, "quarantined" in again.err.partition("\n")[2]) == (0, False)
    assert again.err.splitlines()[2].split()[1:5] == ["1", "1", "0", "0"]
    return text
