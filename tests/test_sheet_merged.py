"""Cells of workbooks that are shown as one over several rows."""

from pathlib import Path

from loaders.records import Fate
from tests.loading import Sample, read
from tests.test_loaders_table import HEADED, headed, workbook


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
