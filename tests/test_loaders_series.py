"""Series: observations with the time zone that is stated, and with none where none is."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

from loaders.records import Attestation, Fate
from loaders.series import COLUMNS
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read

PATH: Final = Path(__file__).with_name("data") / "series" / "harbour-trends.csv"
MINT: Final = Mint()
HASHTAG: Final = MINT.hashtag("SampleHarbour")


@pytest.fixture(scope="module")
def found() -> Read:
    return read(Sample("series", PATH))


def about(one: Attestation) -> dict[str, str]:
    return {key.value.rpartition("#")[2]: value.value for key, value in one.claim.qualifiers}


def basis(one: Attestation) -> str:
    return dict(one.details)[term("timeZoneBasis")].value.rpartition("#")[2]


def one_row(folder: Path, **cells: str) -> Read:
    """Return what a row becomes that has these cells beside a hashtag and a count."""
    row = {"publisher": "A", "subject": "#a", "metric": "tweets", "value": "1", **cells}
    path = folder / "a.csv"
    line = ",".join(row.get(column, "") for column in COLUMNS)
    path.write_text(f"{','.join(COLUMNS)}\n{line}\n", encoding="utf-8")
    return read(Sample("series", path))


def test_every_row_is_accounted_for(found: Read) -> None:
    assert found.fates == {Fate.MAPPED: 9, Fate.QUARANTINED: 10, Fate.BLANK: 1}


def test_a_stated_offset_stands_on_the_time(found: Read) -> None:
    first = found.saying("tweetCount", HASHTAG)[0]
    assert first.claim.object == Literal(12500)
    assert about(first) == {
        "comparator": term("moreThan").value,
        "platform": term("twitter").value,
        "atTime": "2031-04-02T15:30:00+05:00",
        "region": MINT.named("place", "Iceland").value,
        "cumulative": "true",
    }
    assert basis(first) == "stated"


def test_a_zone_by_name_stands_beside_a_time_without_one(found: Read) -> None:
    second = found.saying("tweetCount", HASHTAG)[1]
    assert about(second)["atTime"] == "2031-04-02T16:30:00"
    assert about(second)["timeZone"] == "Asia/Karachi"
    assert basis(second) == "stated"


def test_a_time_without_a_zone_gets_none(found: Read) -> None:
    (rank,) = found.saying("trendRank")
    assert about(rank)["atTime"] == "2031-04-02T15:30:00"
    assert "timeZone" not in about(rank)
    assert basis(rank) == "unstated"


def test_a_day_has_no_zone(found: Read) -> None:
    (trend,) = found.saying("trendDirection")
    assert (trend.claim.object, about(trend)["atTime"]) == (term("rising"), "2031-04-02")
    assert term("timeZoneBasis") not in dict(trend.details)


def test_a_period_has_its_ends(found: Read) -> None:
    (grown,) = found.saying("tweetIncrease")
    assert about(grown)["validFrom"] == "2031-04-02T15:30:00Z"
    assert about(grown)["validTo"] == "2031-04-02T15:45:00Z"


def test_accounts_sites_and_posts_are_observed_like_hashtags(found: Read) -> None:
    (followers,) = found.saying("followerCount")
    assert followers.claim.subject.value.endswith("account/telegram/gull_post")
    (views,) = found.saying("viewCount")
    assert views.claim.subject.value.endswith("domain/gull-post.example")
    (shares,) = found.saying("engagementCount")
    assert about(shares)["inField"] == "shares"


def test_each_refusal_has_its_reason(found: Read) -> None:
    assert sorted((one.column, one.value, one.reason[:40]) for one in found.quarantined) == [
        ("colour", "blue", "nobody reads this column"),
        ("cumulative", "perhaps", "is neither true nor false"),
        ("metric", "mood", "is no metric that is known: tweets, twee"),
        ("region", "worldwide", "names no country that is known"),
        ("subject", "nothing in particular", "is no hashtag, domain or address, nor a "),
        ("time", "", "is empty, and so are from and to"),
        ("time", "2031-04-02T15:30:00+02:00", "states a zone of its own, and time_zone "),
        ("time", "2031-04-31", "is no date or time as ISO 8601 spells th"),
        ("time_zone", "PKT", "is neither an offset nor a zone such as "),
        ("time_zone", "UTC", "stands beside no time of the day"),
        ("value", "a lot", "is no whole number, or its comparator is"),
    ]


@pytest.mark.parametrize(
    ("zone", "end"),
    [("Z", "Z"), ("utc", "Z"), ("UTC+5", "+05:00"), ("-0330", "-03:30"), ("+05:30", "+05:30")],
)
def test_offsets_are_read_as_they_are_written(tmp_path: Path, zone: str, end: str) -> None:
    (said,) = one_row(tmp_path, time="2031-04-02T15:30", time_zone=zone).saying("tweetCount")
    assert about(said)["atTime"] == f"2031-04-02T15:30:00{end}"


def test_a_zone_by_an_older_name_of_the_database_is_a_zone(tmp_path: Path) -> None:
    (said,) = one_row(tmp_path, time="2031-04-02T15:30", time_zone="US/Pacific").saying(
        "tweetCount"
    )
    assert about(said)["timeZone"] == "US/Pacific"


@pytest.mark.parametrize("zone", ["EST", "+15:00", "local", "+05:99", "Karachi"])
def test_a_zone_that_means_several_or_none_refuses_the_row(tmp_path: Path, zone: str) -> None:
    found = one_row(tmp_path, time="2031-04-02T15:30", time_zone=zone)
    assert found.fates == {Fate.QUARANTINED: 1}


def test_a_zone_at_one_end_of_a_period_refuses_the_row(tmp_path: Path) -> None:
    times = {"from": "2031-04-02T15:30:00Z", "to": "2031-04-02T16:30:00"}
    assert one_row(tmp_path, **times).fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize(
    ("value", "comparator"),
    [("1.2K", "approximately"), ("3 million", "approximately"), ("over 1.2K", "moreThan")],
)
def test_a_number_that_is_written_short_is_not_exact(
    tmp_path: Path, value: str, comparator: str
) -> None:
    (said,) = one_row(tmp_path, value=value, time="2031-04-02").saying("tweetCount")
    assert about(said)["comparator"] == term(comparator).value
    told = one_row(tmp_path, value="1.2K", value_comparator="exactly", time="2031-04-02")
    assert about(told.saying("tweetCount")[0])["comparator"] == term("exact").value


@pytest.mark.parametrize(
    "tag", ["#हार्बर", "#தமிழ்", "#บ้าน", "#العَرَبِيَّة", "#क्\u200dष", "#Quay_2031"]
)
def test_a_hashtag_is_a_word_in_any_script(tmp_path: Path, tag: str) -> None:
    found = one_row(tmp_path, subject=tag, time="2031-04-02")
    assert found.named(tag) == found.saying("tweetCount")[0].claim.subject


@pytest.mark.parametrize("tag", ["#2031", "#a b", "#a-b", "#", "##"])
def test_what_no_platform_takes_for_a_hashtag_is_none(tmp_path: Path, tag: str) -> None:
    assert one_row(tmp_path, subject=tag, time="2031-04-02").fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize(("cell", "is_so"), [("yes", "true"), ("No", "false"), ("1", "true")])
def test_a_running_total_may_be_told_as_people_do(
    tmp_path: Path, cell: str, is_so: str
) -> None:
    (said,) = one_row(tmp_path, cumulative=cell, time="2031-04-02").saying("tweetCount")
    assert about(said)["cumulative"] == is_so


def test_followers_are_counted_where_the_account_is(tmp_path: Path) -> None:
    row = {"subject": "https://t.me/harbour", "platform": "Twitter"}
    found = one_row(tmp_path, **row, metric="members", time="2031")
    assert [(one.column, one.value) for one in found.quarantined] == [("platform", "Twitter")]
    assert not found.saying("memberCount")
    shared = one_row(tmp_path, **row, metric="shares", time="2031")
    assert len(shared.saying("engagementCount")) == 1
