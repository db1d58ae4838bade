"""Dates and times in cells, year first or month first, and what is wrong with others."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.cells import american_moment
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import spelled


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2031-07-17", "2031-07-17"),
        ("2031-07-17Z", "2031-07-17"),
        ("2031-07-17+02:00", "2031-07-17"),
        ("7/17/2031", "2031-07-17"),
        ("7/17/2031 9:05", "2031-07-17T09:05:00"),
        ("2031-07-17 9:05", "2031-07-17T09:05:00"),
        ("2031-07-17T09:05:20.125Z", "2031-07-17T09:05:20.125Z"),
        ("2031-07-17 09:05+0530", "2031-07-17T09:05:00+05:30"),
        ("2031-07-17 09:05-14:00", "2031-07-17T09:05:00-14:00"),
    ],
)
def test_a_cell_tells_as_much_as_stands_in_it(cell: str, value: str) -> None:
    found = american_moment(cell).literal
    assert found.value == value
    assert found.datatype == term("xsd:dateTime" if "T" in value else "xsd:date")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "is no date such as 2019-07-17 or 7/17/2019"),
        ("yesterday", "is no date such as 2019-07-17 or 7/17/2019"),
        ("2031-07", "is no date such as 2019-07-17 or 7/17/2019"),
        ("2031-07-17 ", "is no date such as 2019-07-17 or 7/17/2019"),
        ("2031-07-17Z 09:05", "is no date such as 2019-07-17 or 7/17/2019"),
        ("2031-07-17 09:05 UTC", "is no date such as 2019-07-17 or 7/17/2019"),
        ("7/17/2031Z", "is no date such as 2019-07-17 or 7/17/2019"),
        ("7/17/31", "has a year of two digits"),
        ("17/7/2031 09:05", "has a month beyond 12: it is read as month/day/year"),
        ("2/30/2031", "is no day of any month"),
        ("0000-00-00 00:00:00", "is no day of any month"),
        ("13/2/2031 1:46 PM", "has a month beyond 12: it is read as month/day/year"),
        ("2031-07-17 24:01", "is no time of any day"),
        ("2031-07-17 09:05+05:87", "is no date such as 2019-07-17 or 7/17/2019"),
        ("2031-07-17 09:05+1500", "has a zone that is nowhere"),
    ],
)
def test_a_cell_that_is_no_time_says_why(cell: str, reason: str) -> None:
    with pytest.raises(BadInput, match="^" + reason.replace("/", "[/]") + "$"):
        american_moment(cell)


@given(st.datetimes(min_value=datetime(1000, 1, 1)), st.sampled_from(" T"))
def test_both_spellings_of_a_moment_are_one_and_as_the_record_has_it(
    time: datetime, sign: str
) -> None:
    iso = time.isoformat(sep=sign, timespec="seconds")
    clock = iso.partition(sign)[2]
    american = f"{time.month}/{time.day}/{time.year}{sign}{clock}"
    found = american_moment(iso)
    assert found == american_moment(american)
    assert datetime.fromisoformat(found.literal.value) == time.replace(microsecond=0)
    assert found.spelled() == str(found.literal) == spelled(found.literal)
