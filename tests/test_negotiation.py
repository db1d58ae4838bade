"""Which format a client gets."""

import pytest

from onrecord.errors import NotAcceptable
from onrecord.web.negotiation import Format, choose, suffixed
from tests.door import CHROMIUM


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("text/*", "csv"),
        ("text/csv;q=0.1, text/html;q=0.2", "html"),
        ("text/html;q=0, text/*", "csv"),
        ("application/json", "json"),
        ("TEXT/CSV; charset=utf-8", "csv"),
        ("text/html;q=nonsense, text/csv;q=0.5", "csv"),
        (CHROMIUM, "html"),
    ],
)
def test_the_closest_range_weighs_a_format(accept: str, chosen: str) -> None:
    formats = [
        Format("json", "application/sparql-results+json", ("application/json",)),
        Format("csv", "text/csv"),
        Format("html", "text/html"),
    ]
    assert choose(accept, formats).format.name == chosen


def test_what_is_not_offered_is_refused_with_what_is() -> None:
    with pytest.raises(NotAcceptable, match="ask for one of text/csv"):
        choose("image/png, text/csv;q=0", [Format("csv", "text/csv")])


def test_a_suffix_names_a_format() -> None:
    offered = [Format("plain", "text/plain"), Format("turtle", "text/turtle", (), ".ttl")]
    assert suffixed("org/ispr.ttl", offered) == ("org/ispr", offered[1])
    assert suffixed("org/ispr.png", offered) is None
