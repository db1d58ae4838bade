"""Whatever a record has is told or set aside: no cell, field or address goes without a word."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from loaders import takedowns
from loaders.given import Given, Terms
from loaders.records import Attestation, Fate
from ontology import term
from tests.loading import Read, Sample, read

DESK: Final = Given(terms=Terms(publisher="Harbour Desk"))


def found_in(folder: Path, loader: str, name: str, text: str) -> Read:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read(Sample(loader, path, DESK))


def of_form(folder: Path, loader: str, **cells: str) -> Read:
    """Return what becomes of a table with one row, whose cells are these."""
    return found_in(folder, loader, "a.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n")


def set_aside(found: Read) -> dict[str, str]:
    return {one.column: one.reason for one in found.quarantined}


def details(one: Attestation, word: str) -> list[str]:
    return [value.value for key, value in one.details if key == term(word)]


@pytest.mark.parametrize(
    ("cell", "predicate"),
    [
        ("157 accounts", "assetCount"),
        ("About 1400 accounts followed one or more of these Pages", "followerCount"),
        ('"$1,500 in spending for ads, paid for mostly in US dollars"', "adSpend"),
    ],
)
def test_remark_beside_a_number_of_metas_stays_with_it(
    tmp_path: Path, cell: str, predicate: str
) -> None:
    head = "Tactic,Technique,Procedure,Indicator,Comments"
    row = f"0. Acquiring assets,0.9 Acquiring accounts,,{cell},as of May"
    found = found_in(tmp_path, "meta", "Q3_2031_Harbourland.csv", f"{head}\n{row}\n")
    (said,) = found.saying(predicate)
    assert details(said, "note") == ["as of May"]


@pytest.mark.parametrize(("score", "is_one"), [("0/1", True), ("0/0", False), ("6/5", False)])
def test_score_is_out_of_some_points(tmp_path: Path, score: str, is_one: bool) -> None:
    row = {"id": "1", "operation": "Tide", "attributed_to": "Guild", "attributed_by": "Desk"}
    found = of_form(tmp_path, "attributions", **row, score_open=score)
    assert len(found.said("evaluatedAs")) == is_one
    assert ("score_open" in set_aside(found)) != is_one


SERIES: Final = {"subject": "#Crane", "metric": "posts", "value": "1"}
TAKEDOWN: Final = {"id": "1", "platform_owner": "Platform Sample", "platforms": "Facebook"}


def test_table_of_takedowns_is_known_without_the_columns_that_may_be_left_out() -> None:
    assert takedowns.recognise("a.csv", "platform_owner;id;pages\n")
    assert not takedowns.recognise("a.csv", "id;owner;pages\n")


@pytest.mark.parametrize(
    ("other", "reason"),
    [("", "stands beside no other"), ("x", "stands beside a cell that could not be read")],
)
def test_kind_of_assets_that_nobody_counts_is_set_aside(
    tmp_path: Path, other: str, reason: str
) -> None:
    found = of_form(tmp_path, "takedowns", **TAKEDOWN, other=other, other_kind="blogs")
    assert set_aside(found)["other_kind"] == reason


def test_kind_of_assets_that_are_counted_is_not_set_aside(tmp_path: Path) -> None:
    found = of_form(tmp_path, "takedowns", **TAKEDOWN, other="5", other_kind="blogs")
    assert found.quarantined == []


@pytest.mark.parametrize("code", ["NA", "na", "no"])
def test_code_of_a_country_that_may_be_no_value_is_set_aside(tmp_path: Path, code: str) -> None:
    """R writes `NA` where it has no value, and a person `no` where there is no target."""
    found = of_form(
        tmp_path, "takedowns", **TAKEDOWN, origin_country=code, target_countries="NO"
    )
    assert set_aside(found)["origin_country"].startswith("may be N")
    assert not found.said("originatedIn")
    assert [one.value.rpartition("/")[2] for one in found.said("targeted")] == ["norway"]
    found = of_form(tmp_path, "series", **SERIES, time="2031", region=code)
    assert found.fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize("nothing", ["NA", "<NA>", "N.A", "(null)", "\\N"])
def test_what_programs_write_for_nothing_is_nobody(tmp_path: Path, nothing: str) -> None:
    empty = dict.fromkeys(("network_name", "attributed_to", "spokesperson", "role"), nothing)
    found = of_form(tmp_path, "takedowns", **TAKEDOWN, accounts="3", **empty)
    assert found.quarantined == []
    assert nothing not in {one.value for one in found.said("name")}
    assert not found.said("linkedTo") + found.said("speaksFor")


ACCOUNT: Final = {"platform": "Twitter", "id": "9001002003"}


def test_dates_of_a_name_that_is_not_told_are_set_aside(tmp_path: Path) -> None:
    dates = {"valid_from": "2030", "valid_to": "2031", "observed_on": "2031-02-03"}
    found = of_form(tmp_path, "accounts", **ACCOUNT, **dates)
    assert set_aside(found) == dict.fromkeys(dates, "stands beside no handle")


def test_time_of_a_count_of_followers_needs_no_name(tmp_path: Path) -> None:
    found = of_form(tmp_path, "accounts", **ACCOUNT, observed_on="2031-02", followers="7")
    assert found.quarantined == []
    (said,) = found.saying("followerCount")
    times = [value.value for key, value in said.claim.qualifiers if key == term("atTime")]
    assert times == ["2031-02"]


def test_name_that_ends_before_it_begins_is_not_said_of_all_times(tmp_path: Path) -> None:
    dates = {"valid_from": "2031-05", "valid_to": "2031-04-30"}
    found = of_form(tmp_path, "accounts", **ACCOUNT, handle="CraneFacts", **dates)
    unread = {"handle": "stands beside a cell that could not be read"}
    assert set_aside(found) == unread | dict.fromkeys(dates, "valid_to is before valid_from")
    assert found.saying("handle") == []


@pytest.mark.parametrize("id", ["9001\u200b", "90\0002"], ids=ascii)
def test_id_with_signs_that_do_not_show_is_nobodys(tmp_path: Path, id: str) -> None:
    found = of_form(tmp_path, "accounts", platform="Twitter", id=id, handle="crane")
    assert set_aside(found) == {"id": "is an id with signs that do not show"}


HEAD: Final = (
    "tweetid,userid,user_screen_name,tweet_time,in_reply_to_tweetid,is_retweet,"
    "retweet_userid,retweet_tweetid,urls,user_mentions"
)


def of_tweets(folder: Path, *rows: str) -> Read:
    return found_in(folder, "x-archive", "a_tweets.csv", "\n".join((HEAD, *rows, "")))


def test_addresses_and_posts_that_a_tweet_refers_to_can_be_read(tmp_path: Path) -> None:
    link = "['https://news.example.org/a']"
    row = f"90011,9001,crane,2031-07-06 16:03,90010,True,9002,90009,{link},[]"
    (said,) = of_tweets(tmp_path, row).saying("posted")
    assert details(said, "recordField") == ["urls: \"['https://news.example.org/a']\""]
    assert details(said, "recordReference") == [
        "in_reply_to_tweetid 90010",
        "retweet_tweetid 90009",
    ]


def test_addresses_of_the_tweets_in_21_columns_can_be_read(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        "x-archive",
        "IRAhandle_tweets_1.csv",
        "external_author_id,author,publish_date,account_category,tweet_id,tco1_step1\n"
        "9001,CRANE,7/6/2031 16:03,NewsFeed,90011,https://news.example.org/a\n",
    )
    (said,) = found.saying("posted")
    assert details(said, "recordField") == ['tco1_step1: "https://news.example.org/a"']


def test_what_r_writes_for_nothing_is_nobody_and_no_post(tmp_path: Path) -> None:
    found = of_tweets(tmp_path, "90011,9001,NA,2031-07-06 16:03,NA,FALSE,NA,NA,NA,NA")
    assert found.quarantined == []
    assert not found.saying("handle")
    (said,) = found.saying("posted")
    assert {key for key, _ in said.claim.qualifiers} == {term("atTime")}
    named = of_tweets(tmp_path, "90011,9001,na,2031-07-06 16:03,,,,,,")
    assert [one.value for one in named.said("handle")] == ["na"]


def test_retweet_of_nothing_that_is_told_is_set_aside(tmp_path: Path) -> None:
    row = "90011,9001,crane,2031-07-06 16:03,,{},,,[],[]"
    found = of_tweets(tmp_path, row.format("True"))
    assert set_aside(found) == {"is_retweet": "says that it is a retweet, and not of what"}
    for false in ("False", "f", "NULL", "0"):
        assert of_tweets(tmp_path, row.format(false)).quarantined == []
    odd = of_tweets(tmp_path, row.format("maybe"))
    assert set_aside(odd) == {"is_retweet": "is neither true nor false"}


@pytest.mark.parametrize("id", ["and the rest of a text", "\x1a"])
def test_what_is_no_id_is_nobodys_account(tmp_path: Path, id: str) -> None:
    head = "userid,user_display_name,user_screen_name,follower_count,account_creation_date"
    text = f"{head}\n{id},,,,\n9001,Crane,crane,3,2030-01-02\n"
    found = found_in(tmp_path, "x-archive", "a_users.csv", text)
    assert found.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}
    assert set_aside(found) == {"userid": "is no id"}
    found = of_tweets(tmp_path, f"90011,9001,crane,2031-07-06 16:03,,,{id},,[],['{id}']")
    assert set_aside(found) == {"retweet_userid": "is no id", "user_mentions": "is no id"}


def test_row_in_which_a_file_breaks_off_is_set_aside(tmp_path: Path) -> None:
    head = "userid,user_display_name,user_screen_name,follower_count,account_creation_date"
    text = f"{head}\n9001,Crane,crane,3,2030-01-02\n9002,Quay,quay,12"
    found = found_in(tmp_path, "x-archive", "a_users.csv", text)
    assert set_aside(found) == {
        "follower_count": "4 cells for 5 columns: the file may be cut off here"
    }
    whole = found_in(tmp_path, "x-archive", "a_users.csv", f"{text}\n")
    assert whole.quarantined == []


def test_table_whose_rows_leave_out_their_last_cells_is_not_cut(tmp_path: Path) -> None:
    text = "id,platform_owner,policy,note\n1,Platform Sample\n2,Platform Sample"
    assert found_in(tmp_path, "takedowns", "a.csv", text).fates == {Fate.MAPPED: 2}


# an object of each format, with where a field of it may stand once more
OBJECTS: Final = {
    "stix": '{"type": "campaign", "id": "campaign--ID", %s"name": "A"}',
    "ftm": '{"id": "ID", "schema": "Company", "properties": {%s"name": ["A"]}}',
    "misp": '{"uuid": "ID", %s"value": "A"}',
    "claimreview": '{"@type": "ClaimReview", "author": {%s"name": "A"}, "claimReviewed": "ID"}',
    "meta": '{"comment": "ID", %s"indicator_type": "domain", "indicator_value": "a.example"}',
}
AGAIN: Final = {"misp": '"value": "B", ', "meta": '"indicator_type": "B", '}


@pytest.mark.parametrize("loader", OBJECTS)
def test_object_with_a_field_twice_is_set_aside_and_the_next_one_read(
    tmp_path: Path, loader: str
) -> None:
    one, other = (
        OBJECTS[loader].replace("ID", f"00000000-0000-4000-8000-00000000000{number}")
        for number in (1, 2)
    )
    one %= AGAIN.get(loader, '"name": "B", ')
    text = f"[{one}, {other % ''}]"
    if loader == "misp":
        text = f'{{"type": "threat-actor", "values": {text}}}'
    found = found_in(tmp_path, loader, "a.json", text)
    assert found.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}
    (broken,) = [said for said in found.quarantined if said.record]
    assert (broken.record, broken.reason) == (one, "stands twice in an object")


def test_attribute_with_a_field_twice_does_not_cost_the_event(tmp_path: Path) -> None:
    attribute = '{"uuid": "u2", "type": "domain", "value": "a.example", "value": "b.example"}'
    text = f'{{"Event": {{"uuid": "u1", "info": "Tide", "Attribute": [{attribute}]}}}}'
    found = found_in(tmp_path, "misp", "a.json", text)
    assert found.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}
    found = found_in(tmp_path, "misp", "a.json", text.replace('"info"', '"info": "A", "info"'))
    assert found.fates == {Fate.QUARANTINED: 2}


def test_times_of_stix_may_be_finer_than_a_millionth_of_a_second(tmp_path: Path) -> None:
    told: dict[str, Any] = {
        "type": "campaign",
        "id": "campaign--00000000-0000-4000-8000-000000000001",
        "name": "Tide",
        "first_seen": "2031-01-02T03:04:05.123456789Z",
    }
    found = found_in(tmp_path, "stix", "a.json", json.dumps([told]))
    assert found.quarantined == []
    assert [one.value for one in found.said("firstSeen")] == [told["first_seen"]]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"from": "2031-05", "to": "2031-04-30"}, "to"),
        ({"from": "2031-05-01T10:00:00+05:00", "to": "2031-05-01T04:00:00Z"}, "to"),
        ({"time": "2031-05-01T10:00:00", "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time": "2031-05-01T10:00:00", "time_zone": "+14:30"}, "time"),
        ({"time": "0000"}, "time"),
    ],
)
def test_time_that_cannot_be_observes_nothing(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    found = of_form(tmp_path, "series", **SERIES, **cells)
    assert found.fates == {Fate.QUARANTINED: 1}
    assert [one.column for one in found.quarantined] == [column]


@pytest.mark.parametrize(
    "cells",
    [
        {"from": "2031-05", "to": "2031"},
        {"from": "2031-05-01T10:00:00+05:00", "to": "2031-05-01T06:00:00Z"},
        {"time": "2031-05-01T10:00:00", "time_zone": "Pacific/Kiritimati"},
    ],
)
def test_time_that_can_be_is_read(tmp_path: Path, cells: dict[str, str]) -> None:
    assert of_form(tmp_path, "series", **SERIES, **cells).fates == {Fate.MAPPED: 1}
