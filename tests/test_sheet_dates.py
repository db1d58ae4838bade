"""Dates in workbooks, of which a sheet shows less than it holds."""

from datetime import date
from pathlib import Path

import pytest

from tests.loading import Read, Sample, read
from tests.test_loaders_table import HEADED, headed, workbook

FORMATS = ("dd.mm.yyyy", "mmmm&quot; of &quot;yyyy", "yyyy", "d/m", "hh:mm", "[$-409]mmm-yy;@")
STYLES = f"""
<numFmts>{
    "".join(
        f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(FORMATS, 164)
    )
}</numFmts>
<cellStyleXfs><xf numFmtId="17"/></cellStyleXfs>
<cellXfs>{"".join(f'<xf numFmtId="{n}"/>' for n in (0, 14, 16, 17, *range(164, 170)))}</cellXfs>
"""


def shown(folder: Path, style: int) -> Read:
    """Return what is read of the first of April 2031, shown in a style."""
    serial = (date(2031, 4, 1) - date(1899, 12, 30)).days
    row = f'<c r="C4" s="{style}"><v>{serial}</v></c></row>'
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
