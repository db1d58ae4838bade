"""Cells that a workbook shows otherwise than it holds them: dates, per cents, merged cells."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from loaders.records import Fate
from tests.loading import Read, Sample, read
from tests.test_loaders_table import HEADED, MANIFEST, SPLIT, headed, workbook

FORMATS = (
    "dd.mm.yyyy", "mmmm&quot; of &quot;yyyy", "yyyy", "d/m", "hh:mm", "[$-409]mmm-yy;@",
    "0.0%", "0&quot;%&quot;", "0&quot;+&quot;", "&quot;more than &quot;#,##0", "\\~0", "00000",
    "&quot;Top 10: &quot;0", "[&gt;99]&quot;&gt;&quot;0;0", "+0;-0", "&quot;$&quot;#,##0+0",
)  # fmt: skip
NUMBERS = (0, 14, 16, 17, *range(164, 172), 9, *range(172, 180))
STYLES = f"""
<numFmts>{
    "".join(
        f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(FORMATS, 164)
    )
}</numFmts>
<cellStyleXfs><xf numFmtId="17"/></cellStyleXfs>
<cellXfs>{"".join(f'<xf numFmtId="{n}"/>' for n in NUMBERS)}</cellXfs>
"""


def shown(folder: Path, style: int) -> Read:
    """Return what is read of the first of April 2031, shown in a style."""
    return shown_as(folder, style, str((date(2031, 4, 1) - date(1899, 12, 30)).days))


def shown_as(folder: Path, style: int, value: str) -> Read:
    """Return what is read of a number that is shown in a style."""
    row = f'<c r="C4" s="{style}"><v>{value}</v></c></row>'
    path = workbook(folder / "small.xlsx", f"{HEADED}{row}", STYLES)
    return read(Sample("table", headed(path)))


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (1, "2031-04-01"),
        (3, "2031-04"),
        (4, "2031-04-01"),
        (5, "2031-04"),
        (6, "2031"),
        (9, "2031-04"),
    ],
)
def test_a_date_is_as_precise_as_its_sheet_shows_it(
    tmp_path: Path, style: int, text: str
) -> None:
    found = shown(tmp_path, style)
    assert [one.value for one in found.said("describedAs")] == [text]
    assert found.quarantined == []


@pytest.mark.parametrize("style", [2, 7])
def test_a_year_that_no_sheet_shows_is_not_taken(tmp_path: Path, style: int) -> None:
    found = shown(tmp_path, style)
    assert [(one.line, one.column, one.value, one.reason) for one in found.quarantined] == [
        (
            4, "what", "2031-04-01",
            "is shown without its year, which the spreadsheet may have filled in",
        )
    ]  # fmt: skip
    assert found.said("describedAs") == []


def test_a_number_that_is_shown_as_such_stays_one(tmp_path: Path) -> None:
    assert [one.value for one in shown(tmp_path, 0).said("describedAs")] == ["47939"]


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [(12, "1", "100%"), (10, "0.123", "12.3%"), (12, "0.07", "7%"), (11, "0.5", "0.5")],
)
def test_a_half_that_is_shown_as_fifty_per_cent_is_no_half_per_cent(
    tmp_path: Path, style: int, value: str, text: str
) -> None:
    found = shown_as(tmp_path, style, value)
    assert [one.value for one in found.said("describedAs")] == [text]


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (13, "20+"),
        (14, "more than 20"),
        (15, "~20"),
        (16, "00020"),
        (17, "20"),
        (18, ">20"),
        (19, "20"),
    ],
)
def test_a_number_that_is_shown_with_a_hedge_is_none_without_it(
    tmp_path: Path, style: int, text: str
) -> None:
    found = shown_as(tmp_path, style, "20")
    assert [one.value for one in found.said("describedAs")] == [text]


def test_per_cents_are_read_with_their_sign(tmp_path: Path) -> None:
    row = '<c r="C4" s="12"><v>1</v></c></row>'
    path = headed(workbook(tmp_path / "small.xlsx", f"{HEADED}{row}", STYLES))
    mapping = path.with_name("small.mapping.yaml")
    told = mapping.read_text(encoding="utf-8").replace(
        "{column: what, split: ';', default: unknown}", "{column: what, as: percent}"
    )
    mapping.write_text(told, encoding="utf-8")
    assert [one.value for one in read(Sample("table", path)).said("describedAs")] == ["100"]


def test_per_cents_of_a_document_of_libreoffice_are_told_as_such(tmp_path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    text, end = 'office:value-type="string"><text:p>', "</text:p></table:table-cell>"
    half = 'office:value-type="percentage" office:value="0.5"><text:p>50 %'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Log"><table:table-row><table:table-cell {text}site{end}'
        f"<table:table-cell {text}what{end}</table:table-row><table:table-row>"
        f"<table:table-cell {text}one.example{end}<table:table-cell {half}{end}"
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "small.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr("content.xml", content)
    path.with_name("small.mapping.yaml").write_text(SPLIT, encoding="utf-8")
    found = read(Sample("table", path))
    assert [one.value for one in found.said("describedAs")] == ["50%"]


def test_a_column_that_is_named_by_a_day_goes_by_that_day(tmp_path: Path) -> None:
    serial = (date(2031, 4, 1) - date(1899, 12, 30)).days
    cells = (
        HEADED.replace('t="inlineStr"><is><t>what</t></is>', f's="2"><v>{serial}</v>')
        + '<c r="C4"><v>5</v></c></row>'
    )
    path = headed(workbook(tmp_path / "small.xlsx", cells, STYLES))
    mapping = path.with_name("small.mapping.yaml")
    told = mapping.read_text(encoding="utf-8").replace("{column: what,", '{column: "--04-01",')
    mapping.write_text(told, encoding="utf-8")
    assert [one.value for one in read(Sample("table", path)).said("describedAs")] == ["5"]


def test_a_merged_cell_is_said_in_each_row_over_which_it_stands(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>{n}.example</t></is></c></row>'
        for n in (5, 7, 8)
    )
    first = '<c r="C4" t="inlineStr"><is><t>seized</t></is></c></row>'
    merged = '<mergeCells><mergeCell ref="C4:C7"/><mergeCell ref="B3:B3"/></mergeCells>'
    path = workbook(tmp_path / "small.xlsx", f"{HEADED}{first}{rows}", merged=merged)
    found = read(Sample("table", headed(path)))
    told = {one.claim.subject.value.rsplit("/")[-1] for one in found.saying("describedAs")}
    assert told == {"one.example", "5.example", "7.example", "8.example"}
    assert [one.value for one in found.said("describedAs")] == ["seized"] * 3 + ["unknown"]
    assert found.fates == {Fate.MAPPED: 4, Fate.BLANK: 1}
