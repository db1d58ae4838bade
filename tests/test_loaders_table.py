"""Any table by a mapping: which claims come of which cells, and in whose voice."""

import csv
import zipfile
from pathlib import Path
from typing import Final

import pytest

from bench.fuzz import given_for
from loaders.evidence import name_of_attestation
from loaders.records import Attestation, Fate
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint
from tests.checkout import ROOT
from tests.loading import Read, Sample, read

DATA: Final = Path(__file__).with_name("data") / "table"
SHIPPED: Final = ROOT / "loaders" / "mappings"
MINT: Final = Mint()
DESK: Final = MINT.named("org", "Harbour Desk")
CHECK: Final = MINT.named("org", "EUvsDisinfo")
SMALL: Final = """
publisher: Harbour Desk
things:
  site: {kind: domain, column: site}
claims:
  - {subject: site, predicate: describedAs, object: {column: what}}
"""


def sample(name: str) -> Read:
    path = DATA / name
    return read(Sample("table", path, given_for("table", path)))


def mapped(folder: Path, table: str, mapping: str, name: str = "small.csv") -> Read:
    path = folder / name
    path.write_text(table, encoding="utf-8")
    path.with_name("small.mapping.yaml").write_text(mapping, encoding="utf-8")
    return read(Sample("table", path))


def short(node: object) -> str:
    return str(getattr(node, "value", node)).rpartition("/")[2].rpartition("#")[2]


def told(said: Attestation) -> tuple[str, ...]:
    """Return who through whom takes which stance on what."""
    chain = " < ".join(map(short, (said.speaker, *said.relays)))
    claim = said.claim
    return (chain, short(said.stance), short(claim.predicate), short(claim.object))


def test_a_case_is_denied_by_who_lists_it_and_by_nobody_else() -> None:
    found = sample("harbour-cases.csv").saying("accurate")
    assert {told(said) for said in found} == {("euvsdisinfo", "Denial", "accurate", "true")}
    assert len(found) == 3


def test_an_outlet_in_which_a_narrative_appeared_never_speaks() -> None:
    found = sample("harbour-cases.csv")
    gazette = MINT.named("outlet", "Harbour Gazette")
    assert {said.claim.object for said in found.saying("appearedIn")} == {gazette}
    assert {said.speaker for said in found.attestations} == {CHECK}
    assert all(not said.relays for said in found.attestations)


def test_cases_of_the_same_words_are_of_one_statement() -> None:
    found = sample("harbour-cases.csv")
    assert len(found.said("accurate")) == 3
    assert len({said.claim.subject for said in found.saying("accurate")}) == 2


def test_each_cell_that_is_not_taken_says_where_and_why() -> None:
    found = sample("harbour-cases.csv").quarantined
    assert [(one.line, one.column, one.value) for one in found] == [
        (2, "outlets", "Show more"),
        (5, "id", "check"),
        (5, "languages", "Harbourish"),
        (5, "date", "2031-13-02"),
        (6, "", "spare"),
    ]


def test_a_sheet_tells_who_said_what_through_whom() -> None:
    found = sample("harbour-log.xlsx").saying("operatedBy")
    assert [told(said) for said in found] == [
        ("platform-owner", "Assertion", "operatedBy", "harbour-lobby"),
        ("harbour-lobby < harbour-gazette", "Denial", "operatedBy", "harbour-lobby"),
        ("harbour-port-directorate", "Assertion", "operatedBy", "harbour-lobby"),
        ("harbour-port-directorate", "Assertion", "operatedBy", "dock-union"),
    ]


def test_a_row_without_a_speaker_is_not_put_into_the_publishers_mouth() -> None:
    found = sample("harbour-log.xlsx")
    assert not [said for said in found.saying("operatedBy") if said.speaker == DESK]
    reasons = [one.reason for one in found.quarantined if one.key == "4"]
    assert reasons == [
        "operatedBy: does not say who says so, and the publisher is not put in their place"
    ]


def test_a_count_keeps_how_exact_it_is() -> None:
    found = sample("harbour-log.xlsx").saying("removedCount")
    word = term("comparator")
    assert {
        (said.claim.object.value, short(dict(said.claim.qualifiers)[word])) for said in found
    } == {("24", "exact"), ("1200", "approximately")}


def test_dates_of_several_forms_are_read_with_their_basis() -> None:
    dates = {
        (
            dict(said.details)[term("assertedAt")].value,
            short(dict(said.details)[term("timeBasis")]),
        )
        for said in sample("harbour-log.xlsx").attestations
        if term("assertedAt") in dict(said.details)
    }
    assert dates == {
        ("2031-04-01", "stated"),
        ("2031-04-02", "stated"),
        ("2031-04-05", "stated"),
    }


def test_lists_and_fields_within_fields_of_json_are_read() -> None:
    found = sample("harbour-posts.jsonl")
    fan = MINT.account("twitter", handle="CraneFan")
    assert [short(tag) for tag in found.said("uses", fan)] == ["cranes", "harbour"]
    assert found.said("followerCount", fan)[0].value == "1200"
    assert found.fates == {Fate.MAPPED: 2, Fate.QUARANTINED: 3, Fate.BLANK: 1}


def test_a_database_is_read_without_being_touched() -> None:
    before = (DATA / "harbour-sites.sqlite").read_bytes()
    found = sample("harbour-sites.sqlite")
    assert [short(owner) for owner in found.said("ownedBy")] != []
    assert found.fates[Fate.BLANK] == 1
    assert "holds octets that are no text" in found.reasons
    assert (DATA / "harbour-sites.sqlite").read_bytes() == before


def test_the_order_of_rows_and_columns_changes_no_claim(tmp_path: Path) -> None:
    rows = [{"site": "a.example", "what": "x"}, {"site": "b.example", "what": "y"}]
    found = []
    for order, fields in ((rows, ("site", "what")), (rows[::-1], ("what", "site"))):
        with (tmp_path / "small.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, fields)
            writer.writeheader()
            writer.writerows(order)
        text = (tmp_path / "small.csv").read_text()
        said = mapped(tmp_path, text, SMALL).saying("describedAs")
        found.append({(one.claim, getattr(one.place, "key", "")) for one in said})
    assert found[0] == found[1]


def test_a_row_more_leaves_the_claims_of_all_others_as_they_are(tmp_path: Path) -> None:
    few = mapped(tmp_path, "site,what\na.example,x\n", SMALL).saying("describedAs")
    more = mapped(tmp_path, "site,what\nb.example,y\na.example,x\n", SMALL)
    names = {name_of_attestation(said, MINT) for said in more.saying("describedAs")}
    assert {name_of_attestation(said, MINT) for said in few} < names


MANIFEST: Final = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def workbook(path: Path, cells: str, styles: str = "", merged: str = "") -> Path:
    """Write a workbook of one sheet with cells as given (ECMA-376 part 1, section 18.3.1).

    `styles` are how its cells are shown (section 18.8), `merged` which are one (18.3.1.55).
    """
    kinds = "http://schemas.openxmlformats.org/"
    tied = f"{kinds}officeDocument/2006/relationships"
    packed = f'<Relationships xmlns="{kinds}package/2006/relationships"><Relationship Id="r1"'
    main = f'xmlns="{kinds}spreadsheetml/2006/main"'
    sheets = f'<sheets><sheet name="Log" sheetId="1" xmlns:r="{tied}" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}package/2006/content-types"/>',
        "_rels/.rels": f'{packed} Type="{tied}/officeDocument" Target="xl/workbook.xml"/>',
        "xl/workbook.xml": f"<workbook {main}>{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{packed} Type="{tied}/worksheet" Target="/xl/s.xml"/>',
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
        "xl/s.xml": f"<worksheet {main}><sheetData>{cells}</sheetData>{merged}</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text + "</Relationships>" * name.endswith(".rels"))
    path.with_name("small.mapping.yaml").write_text(SPLIT, encoding="utf-8")
    return path


SPLIT: Final = SMALL.replace("{column: what}", "{column: what, split: ';', default: unknown}")
HEADED: Final = """
<row r="3"><c r="B3" t="inlineStr"><is><t>site</t></is></c>
<c r="C3" t="inlineStr"><is><t>what</t></is></c></row>
<row r="4"><c r="B4" t="inlineStr"><is><t>one.example</t></is></c>
"""


def test_a_formula_that_failed_never_passes_as_an_empty_cell(tmp_path: Path) -> None:
    row = '<c r="C4" t="e"><f>1/0;2</f><v>#DIV/0!</v></c></row>'
    found = read(Sample("table", headed(workbook(tmp_path / "small.xlsx", f"{HEADED}{row}"))))
    assert [(one.line, one.column, one.value, one.reason) for one in found.quarantined] == [
        (4, "what", "#DIV/0!", "is what a formula that failed has left")
    ]
    assert not found.saying("describedAs")


def test_a_formula_that_was_never_computed_is_no_empty_cell(tmp_path: Path) -> None:
    rows = """
    <c r="C4" t="str"><f>LOWER("")</f><v></v></c></row>
    <row r="6"><c r="B6"><f>A1&amp;";"</f></c><c r="C6"><f>A2</f><v/></c></row>
    """
    found = read(Sample("table", headed(workbook(tmp_path / "small.xlsx", f"{HEADED}{rows}"))))
    assert [(one.line, one.column, one.value) for one in found.quarantined] == [
        (6, "site", '=A1&";"'),
        (6, "what", "=A2"),
    ]
    assert [told(said)[-1] for said in found.saying("describedAs")] == ["unknown"]


def test_a_failed_formula_of_a_document_of_libreoffice_is_told_as_often_as_it_stands(
    tmp_path: Path,
) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    text = 'office:value-type="string" calcext:value-type="string"><text:p>'
    wrong = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    end = "</text:p></table:table-cell>"
    content = f"""<office:document-content {spaces}><office:body><office:spreadsheet>
    <table:table table:name="Log">
    <table:table-row><table:table-cell {text}site{end}<table:table-cell {text}what{end}
    </table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell {text}one.example{end}
    <table:table-cell table:formula="of:=1/0" {wrong}><text:p>#DIV/0!{end}</table:table-row>
    <table:table-row>
    <table:table-cell table:formula="of:=[.A9]" table:number-columns-repeated="2"/>
    </table:table-row></table:table></office:spreadsheet></office:body>
    </office:document-content>"""
    path = tmp_path / "small.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr("content.xml", content.replace("\n    ", ""))
    path.with_name("small.mapping.yaml").write_text(SPLIT, encoding="utf-8")
    found = read(Sample("table", path)).quarantined
    assert [(one.line, one.column, one.value) for one in found] == [
        (2, "what", "#DIV/0!"),
        (3, "what", "#DIV/0!"),
        (4, "site", "of:=[.A9]"),
        (4, "what", "of:=[.A9]"),
    ]


def test_a_column_that_a_failed_formula_names_is_refused(tmp_path: Path) -> None:
    cells = HEADED.replace('t="inlineStr"><is><t>what</t></is>', 't="e"><v>#NAME?</v>')
    path = headed(workbook(tmp_path / "small.xlsx", f"{cells}</row>"))
    with pytest.raises(BadInput, match=r"small\.xlsx:3: the name of a column is what"):
        read(Sample("table", path))


def headed(path: Path) -> Path:
    """Let the names of the columns stand on line 3, as the spreadsheet counts."""
    path.with_name("small.mapping.yaml").write_text(
        f"{SPLIT}table: {{header: 3}}\n", encoding="utf-8"
    )
    return path
