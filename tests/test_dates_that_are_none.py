"""Days of other calendars, and those that programs write where they know none."""

from collections import Counter
from pathlib import Path

import pytest

from loaders.given import Given
from loaders.mapped_rows import Layout
from loaders.mapping_draft import draft
from loaders.values import likely, moment
from onrecord.errors import BadInput
from tests.loading import Sample, read
from tests.test_forms_silence import account, attribution, disclosure, row
from tests.test_loaders_claimreview import REVIEW, loaded

NONE = "is what programs write where they know no day"
OTHER = "has a year of another calendar, or one that stands for none"
DAYS = {
    "1446-09-23": OTHER,
    "1403-05": OTHER,
    "2574": OTHER,
    "1970-01-01": NONE,
    "9999-12-31": NONE,
    "1899-12-30": NONE,
}


@pytest.mark.parametrize(("day", "reason"), DAYS.items())
def test_a_form_tells_no_such_day(tmp_path: Path, day: str, reason: str) -> None:
    found = disclosure(tmp_path, removed_on=day)
    assert not found.said("takenDownOn")
    assert found.reasons == {reason: 1}
    found = attribution(tmp_path, attributed_on=day)
    (said,) = found.saying("linkedTo")
    assert not said.details
    found = account(tmp_path, handle="crane", created_on=day, valid_from=day)
    assert not found.said("schema:dateCreated") + found.said("handle")
    assert found.reasons[reason] == 2


def test_a_name_without_an_end_is_kept(tmp_path: Path) -> None:
    began = {"handle": "crane", "valid_from": "2031-01-16"}
    found = account(tmp_path, **began, valid_to="9999-12-31T23:59:59Z")
    (said,) = found.saying("handle")
    assert {word.value.rpartition("#")[2] for word, _ in said.claim.qualifiers} == {"validFrom"}
    assert [(one.column, one.reason) for one in found.quarantined] == [("valid_to", NONE)]
    lost = account(tmp_path, **began, valid_to="9999-12-31", observed_on="1970-01-01")
    assert not lost.saying("handle")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2 Apr 2031", "2031-04-02"),
        ("2 April 2031", "2031-04-02"),
        ('"April 2, 2031"', "2031-04-02"),
        ("May 2031", "2031-05"),
        ("2031-04-02 15:30", "2031-04-02T15:30:00"),
    ],
)
def test_a_date_that_nobody_can_read_otherwise_is_read(
    tmp_path: Path, day: str, value: str
) -> None:
    found = disclosure(tmp_path, removed_on=day)
    assert [one.value for one in found.said("takenDownOn")] == [value]


@pytest.mark.parametrize("day", ["04/02/2031", "31 April 2031", "Apr 31", "2 Avril 2031"])
def test_a_date_that_may_be_another_or_none_is_not_read(tmp_path: Path, day: str) -> None:
    found = disclosure(tmp_path, removed_on=day)
    assert not found.said("takenDownOn")
    assert found.reasons == {"is no time such as 2031, 2031-04 or 2031-04-01": 1}


@pytest.mark.parametrize(("day", "reason"), DAYS.items())
def test_nothing_was_observed_on_such_a_day(tmp_path: Path, day: str, reason: str) -> None:
    cells = {"subject": "#Quay", "metric": "posts", "value": "3", "time": day}
    found = row(tmp_path, "series", **cells)
    assert not found.saying("postCount")
    assert [(one.column, one.reason) for one in found.quarantined] == [("time", reason)]


@pytest.mark.parametrize("day", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00"])
def test_no_review_was_published_on_such_a_day(tmp_path: Path, day: str) -> None:
    found = loaded(tmp_path, {**REVIEW, "datePublished": day})
    (said,) = found.saying("accurate")
    assert not said.details
    assert found.reasons == {NONE: 1}


@pytest.mark.parametrize(
    "cells",
    [
        "attribution_date\n1,8,NCSC,The Guild,1970-01-01\n",
        "attribution_year,attribution_month\n1,8,NCSC,The Guild,1399,12\n",
    ],
)
def test_no_attribution_of_eurepoc_was_made_on_such_a_day(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "attributions.csv"
    head = "incident_id,attribution_id,attributing_actor,attributed_initiator"
    path.write_text(f"{head},{cells}", encoding="utf-8")
    found = read(Sample("attributions", path))
    (said,) = found.saying("linkedTo")
    assert not said.details
    assert found.reasons.keys() <= {NONE, OTHER}
    assert found.reasons.total() == 1


def test_no_account_of_the_archive_was_made_on_such_a_day(tmp_path: Path) -> None:
    path = tmp_path / "quay_users.csv"
    path.write_text(
        "userid,user_screen_name,follower_count,account_creation_date\n"
        "9001,crane,3,1970-01-01\n9002,heron,3,1393-05-12\n",
        encoding="utf-8",
    )
    found = read(Sample("x-archive", path))
    assert not found.said("schema:dateCreated")
    assert found.reasons == {NONE: 1, OTHER: 1}


def test_a_draft_takes_no_such_days_for_dates(tmp_path: Path) -> None:
    path = tmp_path / "quay.csv"
    path.write_text(
        "account,seen,closed\ncrane,1446-09-23,2031-04-01\nheron,1446-09-24,9999-12-31\n",
        encoding="utf-8",
    )
    told = Counter(draft(path, Given(), Layout()).splitlines())
    assert told["    object: {column: seen}"] == 1
    form = 'column: closed, empty: ["9999-12-31"], as: date, basis: stated'
    assert told[f"    object: {{{form}}}"] == 1


def test_days_of_a_year_that_is_not_told_are_likely() -> None:
    assert likely(moment("--04-01")) == moment("--04-01")
    with pytest.raises(BadInput, match=OTHER):
        likely(moment("1403-01-01"))
