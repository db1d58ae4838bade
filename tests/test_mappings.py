"""Mappings of tables: what is wrong with one, what a draft guesses, and the command."""

import shlex
from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given
from loaders.mapping_dates import date_form, dated
from loaders.records import Fate
from onrecord.errors import BadInput
from ontology import term
from tests.checkout import ROOT
from tests.loading import Sample, read
from tests.terminal import Terminal
from tests.test_loaders_table import CHECK, DATA, SHIPPED, SMALL, mapped, short

WRONG: Final = (
    ("publisher: A\n", ":1: lacks 'claims'"),
    (SMALL.replace("site: {kind", "site: {kond"), ":4: things.site.kond: 'kond' is no word"),
    (
        SMALL.replace("kind: domain", "kind: dominion"),
        ":4: things.site.kind: 'dominion' is no kind",
    ),
    (SMALL.replace("describedAs", "describedAS"), ".predicate: 'describedAS' is not a word"),
    (
        SMALL.replace("describedAs", "comparator"),
        ".predicate: 'comparator' is nothing that a claim",
    ),
    (
        SMALL.replace("subject: site", "subject: sites"),
        ".subject: 'sites' is none of the things",
    ),
    (SMALL.replace("column: what", "column: whit"), ".object.column: 'whit' is no column of"),
    (
        SMALL.replace("{column: what}", "{column: what, as: txt}"),
        ".object.as: 'txt' is no type",
    ),
    (
        SMALL.replace("{column: what}", "{column: what, as: date, format: '%Q'}"),
        ".object.format: %Q is none of",
    ),
    (
        SMALL.replace("{column: what}", "{column: what, pattern: '('}"),
        ".object.pattern: '(' is no regular expression",
    ),
    (
        SMALL.replace("{column: what}}", "{column: what}, about: {hedge: x}}"),
        ".about.hedge: 'hedge' qualifies no claim",
    ),
    (
        SMALL.replace("{column: what}}", "{column: what}, stance: No}"),
        ".stance: 'No' is not a word",
    ),
    (SMALL + "table: {header: 0}\n", ":7: table.header: has to be the number of a line"),
    (SMALL + "table: {sheet: X}\n", ":7: table.sheet: small.csv has no sheets"),
    (SMALL + "ignore: [what]\n", ":7: ignore: has to be a mapping from columns to why"),
    (
        SMALL + "ignore: {what: because}\n",
        ":7: ignore.what: 'what' is ignored, and read elsewhere",
    ),
    (SMALL + "  - {subject: site\n", ":8:"),
)


@pytest.mark.parametrize(("mapping", "complaint"), WRONG, ids=[one for _, one in WRONG])
def test_a_fault_of_a_mapping_is_told_by_line_and_key(
    tmp_path: Path, mapping: str, complaint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        mapped(tmp_path, "site,what\na.example,x\n", mapping)
    assert "small.mapping.yaml:" in str(refused.value)
    assert complaint in str(refused.value)


def test_a_column_that_nobody_reads_is_a_fault_of_the_mapping(tmp_path: Path) -> None:
    table = "site,what,who,why\na.example,x,y,z\n"
    with pytest.raises(BadInput, match="nobody reads 'who', 'why'"):
        mapped(tmp_path, table, SMALL)
    ignored = SMALL + "ignore: {who: a nickname, why: a guess}\n"
    assert mapped(tmp_path, table, ignored).fates == {Fate.MAPPED: 1}


def test_a_column_that_only_one_line_of_json_has_is_not_passed_over(tmp_path: Path) -> None:
    table = (
        '{"site": "a.example", "what": "x"}\n{"site": "b.example", "what": "y", "who": "z"}\n'
    )
    with pytest.raises(BadInput, match="nobody reads 'who'"):
        mapped(tmp_path, table, SMALL, "small.jsonl")


def test_without_a_qualifier_that_cannot_be_read_a_claim_is_not_made(tmp_path: Path) -> None:
    about = "{column: what}, about: {atTime: {column: when, as: date}}}"
    mapping = SMALL.replace("{column: what}}", about)
    table = "site,what,when\na.example,x,soon\nb.example,y,\nc.example,z,2031\n"
    found = mapped(tmp_path, table, mapping)
    assert [said.value for said in found.said("describedAs")] == ["y", "z"]
    assert found.quarantined[0].column == "when"


def test_a_stance_may_stand_in_a_column(tmp_path: Path) -> None:
    stance = (
        "{column: what}, stance: {column: verdict, values: {false: Denial, true: Assertion}}}"
    )
    mapping = SMALL.replace("{column: what}}", stance)
    table = "site,what,verdict\na.example,x,false\nb.example,y,true\nc.example,z,maybe\n"
    found = mapped(tmp_path, table, mapping)
    stances = [short(said.stance) for said in found.saying("describedAs")]
    assert stances == ["Denial", "Assertion"]
    assert [one.value for one in found.quarantined if one.column == "verdict"] == ["maybe"]


@pytest.mark.parametrize(
    ("text", "form", "value", "kind"),
    [
        ("1.4.2031", "%d.%m.%Y", "2031-04-01", "xsd:date"),
        ("April 2031", "%B %Y", "2031-04", "xsd:gYearMonth"),
        ("2031", "%Y", "2031", "xsd:gYear"),
        ("1 Apr", "%d %b", "--04-01", "xsd:gMonthDay"),
        ("4/1/31 8:05 PM", "%m/%d/%y %I:%M %p", "2031-04-01T20:05:00", "xsd:dateTime"),
        (
            "2031-04-01 08:05 +0500",
            "%Y-%m-%d %H:%M %z",
            "2031-04-01T08:05:00+05:00",
            "xsd:dateTime",
        ),
    ],
)
def test_a_date_is_as_precise_as_its_form(text: str, form: str, value: str, kind: str) -> None:
    found = dated(text, (date_form(form),))
    assert (found.value, found.datatype) == (value, term(kind))


def test_a_day_before_a_month_is_not_guessed_without_a_form() -> None:
    with pytest.raises(BadInput):
        dated("01/04/2031", ())


def test_a_day_that_two_forms_read_as_two_days_is_not_guessed() -> None:
    forms = ("%d/%m/%Y", "%m/%d/%Y")
    assert dated("13/04/2031", forms) == dated("04/13/2031", forms)
    assert dated("04/04/2031", forms).value == "2031-04-04"
    with pytest.raises(BadInput, match="2031-04-01, 2031-01-04"):
        dated("01/04/2031", forms)


@pytest.mark.parametrize(
    "form", ["%d.%m.%Y %H:%M %p", "%d.%m.%Y %I:%M", "%Y-%M", "%Y-%m-%d %z", "on a day"]
)
def test_a_form_that_would_lose_a_part_of_the_time_is_a_fault(form: str) -> None:
    with pytest.raises(BadInput):
        date_form(form)


def test_a_word_that_means_nothing_for_a_kind_is_a_fault(tmp_path: Path) -> None:
    mapping = SMALL.replace("column: site}", "column: site, id: what}")
    with pytest.raises(BadInput, match=r"small.mapping.yaml:4: things.site.id: 'id' tells no"):
        mapped(tmp_path, "site,what\na.example,x\n", mapping)


def test_the_command_drafts_checks_and_detects(run: Terminal, here: Path) -> None:
    cases = DATA / "harbour-cases.csv"
    drafted = run("mapping", "init", DATA / "harbour-posts.jsonl")
    assert drafted.code == 0
    assert drafted.out.startswith("# A first mapping of harbour-posts.jsonl")
    checked = run("mapping", "check", cases, SHIPPED / "euvsdisinfo.yaml")
    assert "org/euvsdisinfo, denial" in checked.out
    assert "5 rows: 3 mapped, 1 quarantined, 1 blank" in checked.err
    told = shlex.split(checked.err.split("next: onrecord ")[1])
    assert run(*told, "--dry-run").code == 0
    wrong = here / "wrong.yaml"
    wrong.write_text(SMALL)
    refused = run("mapping", "check", cases, wrong)
    assert (refused.code, "wrong.yaml:4: things.site.column" in refused.err) == (1, True)
    assert "onrecord mapping init FILE drafts one" in run("load", "--detect", cases).out
    assert "no file there is" in run("load", "auto", cases).err
    assert "or euvsdisinfo or newsroom, which are ours" in run("load", "table", cases).err
    (here / "euvsdisinfo").mkdir()  # a folder of that name is no mapping
    loaded = run("load", "table", cases, "--mapping", "euvsdisinfo")
    assert (loaded.code, "published generation 1" in loaded.err) == (0, True)


def test_every_shipped_mapping_is_documented() -> None:
    page = (ROOT / "docs" / "loaders" / "table.md").read_text(encoding="utf-8")
    assert [path.name for path in SHIPPED.iterdir() if path.name not in page] == []


def test_the_cases_of_euvsdisinfo_are_all_read(real_data: Path) -> None:
    given = Given(mapping=SHIPPED / "euvsdisinfo.yaml")
    found = read(Sample("table", real_data / "euvsdisinfo" / "posts.csv", given))
    assert found.fates == {Fate.MAPPED: 10_892}
    assert {one.value for one in found.quarantined} == {"Show more"}
    assert {said.speaker for said in found.attestations} == {CHECK}


def test_a_reason_spells_a_date_as_the_cell_has_it() -> None:
    with pytest.raises(BadInput, match="'Total' is not a time"):
        dated("Total", ())
    with pytest.raises(BadInput, match="is not a time"):
        dated("xsd:date 2031-04-01", ())  # as only our case files spell it
    assert dated("2031-04-01t09:05:00z", ()).value == "2031-04-01T09:05:00Z"
