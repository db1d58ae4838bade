"""Values as case files spell them: taken for what they are, or refused."""

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import values
from onrecord.errors import BadInput, UnknownWord
from ontology import term


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("rec:page", term("page")),
        ("schema:NewsArticle", term("schema:NewsArticle")),
        ("24", Literal(24)),
        ("-7", Literal(-7)),
        ("1.5", Literal("1.5", language="en")),
        ("plain words", Literal("plain words", language="en")),
        ("rec:page and more", Literal("rec:page and more", language="en")),
        ("٣", Literal("٣", language="en")),
        ("xsd:string rec:page", Literal("rec:page")),
        ("xsd:boolean true", Literal("true", datatype=term("xsd:boolean"))),
        ("xsd:duration P2M", Literal("P2M", datatype=term("xsd:duration"))),
        ("xsd:duration PT27M", Literal("PT27M", datatype=term("xsd:duration"))),
        ("xsd:decimal 1.50", Literal("1.50", datatype=term("xsd:decimal"))),
        ("xsd:gYear 2016", Literal("2016", datatype=term("xsd:gYear"))),
    ],
)
def test_value_is_read_as_it_is_spelled(spelled: str, value: NamedNode | Literal) -> None:
    assert values.value(spelled) == value


def test_number_of_any_length_is_a_number() -> None:
    assert values.value("9" * 5000).value == "9" * 5000


@pytest.mark.parametrize(
    "spelled",
    [
        "", " ", "xsd:string", "xsd:integer", "xsd:integer 1.5", "xsd:integer 1_000",
        "xsd:integer ٣", "xsd:boolean yes", "xsd:date 2019-02-30", "xsd:date 2019-04",
        "xsd:date  2019-04-01", "xsd:gYear 19", "xsd:gYearMonth 2019-13", "xsd:gMonthDay 04-01",
        "xsd:gMonthDay --02-30", "xsd:dateTime 2019-04-03", "xsd:dateTime 2019-04-03T24:16:00",
        "xsd:duration P", "xsd:duration PT", "xsd:duration 2 months", "xsd:decimal 1,5",
        "xsd:anyURI https://example.org/", "xsd:nothing 1",
    ],
)  # fmt: skip
def test_malformed_value_is_refused(spelled: str) -> None:
    with pytest.raises(BadInput):
        values.value(spelled)


@pytest.mark.parametrize("spelled", ["rec:pag", "schema:Newspaper", "rec:"])
def test_unknown_word_is_refused(spelled: str) -> None:
    with pytest.raises(UnknownWord):
        values.value(spelled)


@pytest.mark.parametrize(
    ("spelled", "kind"),
    [
        ("2019", "xsd:gYear"),
        ("2019-04", "xsd:gYearMonth"),
        ("2019-04-01", "xsd:date"),
        ("--04-01", "xsd:gMonthDay"),
        ("2019-04-01T12:16:00", "xsd:dateTime"),
        ("2019-04-01T12:16:00.5+05:30", "xsd:dateTime"),
        ("xsd:gYear 2019", "xsd:gYear"),
    ],
)
def test_time_is_as_precise_as_it_is_spelled(spelled: str, kind: str) -> None:
    found = values.moment(spelled)
    assert (found.value, found.datatype) == (spelled.rpartition(" ")[2], term(kind))


@pytest.mark.parametrize(
    "spelled",
    ["", "yesterday", "1 April 2019", "2019-4-1", "19", "xsd:integer 2019", "2019-02-30"],
)
def test_what_is_no_time_is_refused(spelled: str) -> None:
    with pytest.raises(BadInput):
        values.moment(spelled)


@pytest.mark.parametrize(
    ("reading", "fine", "wrong"),
    [
        (values.percent, ["0", "85", "100"], ["", "101", "-1", "85%", "0.85", "high", "٣"]),
        (values.whole_number, ["0", "007"], ["", "-1", "1.0", "1e3", "9" * 16, "٣", " 1"]),
        (values.sha256_digits, ["a" * 64, "A" * 64], ["", "a" * 63, "g" * 64]),
        (values.day, ["2026-11-22"], ["", "2026-11", "today", "2026-02-30"]),
        (values.number, ["24", "1.5", "-3"], ["", "about 24", "2,800,000", "24 pages", "."]),
        (values.english, ["x"], ["", " \n"]),
    ],
    ids=["percent", "whole number", "hash", "day", "number", "text"],
)
def test_readings_take_what_they_name_and_nothing_else(
    reading: Callable[[str], object], fine: list[str], wrong: list[str]
) -> None:
    for spelled in fine:
        reading(spelled)
    for spelled in wrong:
        with pytest.raises(BadInput):
            reading(spelled)
