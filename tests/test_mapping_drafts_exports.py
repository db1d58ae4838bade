"""Drafts of tables in the forms in which tools of listening and archiving write them."""

from pathlib import Path

import pytest

from loaders.given import Given
from loaders.mapped_rows import Layout
from loaders.mapping_draft import draft
from onrecord.errors import BadInput

REPORT = """Report:,Harbour
Brand:,Crane
From:,2031-04-01
To:,2031-04-30

Date,Url,Author
2031-04-02,https://harbour.example/1,crane
2031-04-03,https://harbour.example/2,gull

"""


def test_lines_of_a_title_are_no_table_though_there_are_more_of_them(tmp_path: Path) -> None:
    path = tmp_path / "mentions.csv"
    path.write_text(REPORT, encoding="utf-8")
    with pytest.raises(BadInput, match=r"mentions.csv:1: 3 of 6 rows .*--header"):
        draft(path, Given(), Layout())
    assert "column: Url" in draft(path, Given(), Layout(header=6))


def test_two_rows_that_are_too_wide_amid_others_do_not_stop_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "mentions.csv"
    path.write_text("a,b\nx,1\ny,2,3\nz,2,3\nw,1\nv,1\n", encoding="utf-8")
    assert "column: a" in draft(path, Given(), Layout())


def test_two_rows_that_are_too_wide_where_a_sample_ends_do_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "mentions.csv"
    path.write_text("a,b\n" + "x,1\n" * 498 + "y,2,3\n" * 2 + "x,1\n", encoding="utf-8")
    assert "column: a" in draft(path, Given(), Layout())


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["02-Apr-2031 03:30PM"], '"%d-%b-%Y %I:%M%p"'),
        (["22/04/2031 15:30:00"], '"%d/%m/%Y %H:%M:%S"'),
        (["4/22/2031 3:30 PM"], '"%m/%d/%Y %I:%M %p"'),
        (["22.04.2031 15:30:09"], '"%d.%m.%Y %H:%M:%S"'),
        (["Apr 22, 2031"], '"%b %d, %Y"'),
        (["April 2031", "June 2031"], '"%B %Y"'),
        (["04/02/2031 15:30:00"], '["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"]'),
        (["4/02/2031 3:30 PM"], '["%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p"]'),
    ],
)
def test_a_draft_knows_the_dates_of_tools(tmp_path: Path, cells: list[str], forms: str) -> None:
    path = tmp_path / "posts.csv"
    rows = "".join(f'post {number},"{cell}"\n' for number, cell in enumerate(cells))
    path.write_text(f"post,when\n{rows}", encoding="utf-8")
    assert f"column: when, as: date, format: {forms}," in draft(path, Given(), Layout())


def test_a_list_of_ids_counts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text('{"post": "a", "account": {"ids": ["1", "2"]}}\n', encoding="utf-8")
    assert '{column: "account.ids"}' in draft(path, Given(), Layout())
