"""Files of the archive that somebody opened in a program and saved again."""

from pathlib import Path
from typing import Final

import pytest

from loaders.records import Fate
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, read_written

USERS: Final = "harbour_users.csv"
TWEETS: Final = "harbour_tweets.csv"
OF_THE_AGENCY: Final = "IRAhandle_tweets_1.csv"
PROFILE: Final = (
    "userid,user_display_name,user_screen_name,follower_count,account_creation_date"
)
HEAD: Final = (
    "tweetid,userid,user_display_name,user_screen_name,user_profile_description,"
    "account_creation_date,tweet_language,tweet_time,tweet_client_name,hashtags,urls"
)


def of_tweets(folder: Path, *rows: str, sign: str = ",") -> Read:
    """Return what is said by tweets of one account, in the columns from its screen name on."""
    lines = (f"90010{n},9001,Crane,{row}" for n, row in enumerate(rows))
    return of_file(folder, TWEETS, *(line.replace(",", sign) for line in (HEAD, *lines)))


def of_file(folder: Path, name: str, *lines: str) -> Read:
    """Return what a file of the archive is read as; what it is called tells its layout."""
    return read_written("x-archive", folder / name, "\n".join(lines))


def test_a_hashtag_of_which_nothing_shows_costs_no_other(tmp_path: Path) -> None:
    found = of_tweets(tmp_path, 'crane,,,en,2031-07-06 16:03,Web,"[\u200b, #\u200bquay, #]",[]')
    (posted,) = found.saying("posted")
    assert dict(posted.claim.qualifiers)[term("hashtag")] == Mint().hashtag("quay")
    assert [one.value for one in found.quarantined] == ["\u200b", "#"]


def test_dates_of_a_file_that_was_saved_day_first_are_not_turned_round(tmp_path: Path) -> None:
    days = ("06/07/2031 16:03", "7/7/2031 16:03", "22/06/2031 16:03", "23/06/2031 16:03")
    found = of_tweets(tmp_path, *(f"crane,,,en,{day},Web,[],[]" for day in days), sign=";")
    assert [
        dict(one.claim.qualifiers)[term("atTime")].value for one in found.saying("posted")
    ] == ["2031-07-07T16:03:00"]
    assert found.reasons == {
        "may be day/month/year, as other cells of the file are": 1,
        "has a month beyond 12: it is read as month/day/year": 2,
    }


def test_one_day_too_many_does_not_turn_a_file_round(tmp_path: Path) -> None:
    days = ("06/07/2031 16:03", "6/22/2031 16:03", "22/06/2031 16:03")
    found = of_tweets(tmp_path, *(f"crane,,,en,{day},Web,[],[]" for day in days))
    assert len(found.saying("posted")) == 2


def test_texts_that_begin_with_a_day_turn_no_file_round(tmp_path: Path) -> None:
    days = ("06/07/2031 16:03", "6/22/2031 16:03", "06/08/2031 16:03")
    said = "25/12/2030 was a fine day"
    found = of_tweets(tmp_path, *(f"crane,{said},,en,{day},Web,[],[]" for day in days))
    assert len(found.saying("posted")) == 3


def test_what_a_program_writes_for_nothing_is_said_of_nobody(tmp_path: Path) -> None:
    row = "crane,nan,nan,nan,2031-07-06 16:03,nan,nan,nan"
    found = of_tweets(tmp_path, row)
    assert found.quarantined == []
    values = {
        value.value for one in found.saying("posted") for _, value in one.claim.qualifiers
    }
    assert not any(value.casefold().endswith("nan") for value in values)
    assert not found.saying("selfDescribedAs") + found.saying("schema:dateCreated")


def test_what_a_spreadsheet_made_of_a_handle_is_none(tmp_path: Path) -> None:
    found = of_tweets(tmp_path, "3-Mar,,,en,2031-07-06 16:03,Web,[],[]")
    assert found.said("handle") == found.said("namesWithheld") == []
    assert len(found.saying("posted")) == 1
    assert [(one.value, one.reason) for one in found.quarantined] == [("3-Mar", "is no handle")]
    rows = (f"{id},Crane,1E+05,5,2031-07-06" for id in ("9001", "nan"))
    told = of_file(tmp_path, USERS, PROFILE, *rows)
    assert told.said("handle") == told.said("namesWithheld") == []
    assert told.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}


def test_whoever_is_called_null_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    rows = ("9001,None,Null,5,2031-07-06", "9002,NULL,NULL,5,2031-07-06")
    found = of_file(tmp_path, USERS, PROFILE, *rows)
    assert (
        found.said("handle") == found.said("displayName") == found.said("namesWithheld") == []
    )
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("user_screen_name", "Null"), ("user_display_name", "None"),
        ("user_screen_name", "NULL"), ("user_display_name", "NULL"),
    ]  # fmt: skip
    assert found.fates == {Fate.MAPPED: 2}


def test_names_that_a_program_lost_are_not_said_to_be_withheld(tmp_path: Path) -> None:
    rows = (f"{id},nan,nan,5,2031-07-06" for id in ("9001", "aHash="))
    found = of_file(tmp_path, USERS, PROFILE, *rows)
    (withheld,) = found.saying("namesWithheld")
    assert "aHash" in withheld.claim.subject.value


def test_words_for_what_is_not_known_describe_nobody(tmp_path: Path) -> None:
    found = of_file(
        tmp_path,
        OF_THE_AGENCY,
        "external_author_id,author,content,region,language,publish_date,account_type,"
        "account_category,alt_external_id,tweet_id,post_type",
        "9001,CRANE,Words,Unknown,LANGUAGE UNDEFINED,1/13/2031 5:03,?,Unknown,9001,90010,NULL",
    )
    (posted,) = found.saying("posted")
    assert {key.value.rpartition("#")[2] for key, _ in posted.claim.qualifiers} == {
        "atTime", "textSha256",
    }  # fmt: skip
    assert found.said("describedAs") == found.quarantined == []


_AGENCY = "tweet_id,external_author_id,alt_external_id,author,publish_date,account_category"


@pytest.mark.parametrize(
    "ids", ["9001,", "9001,NA", ",9001", "NA,9001", "9.06E+17,9001", "9001,9.06E+17"]
)
def test_an_author_goes_by_the_id_in_whichever_column_has_it(tmp_path: Path, ids: str) -> None:
    row = f"90010,{ids},CRANE,1/13/2031 5:03,Commercial"
    found = of_file(tmp_path, OF_THE_AGENCY, _AGENCY, row)
    (posted,) = found.saying("posted")
    assert posted.claim.subject.value.endswith("/id/9001")
    is_rounded = {"is an id that a spreadsheet has rounded": 1}
    assert found.reasons == (is_rounded if ids == "9001,9.06E+17" else {})


def test_two_ids_of_one_author_that_differ_are_not_both_taken(tmp_path: Path) -> None:
    row = "90010,9002,9001,CRANE,1/13/2031 5:03,Commercial"
    found = of_file(tmp_path, OF_THE_AGENCY, _AGENCY, row)
    assert found.reasons == {"is not the id in alt_external_id": 1}
    assert found.saying("posted")[0].claim.subject.value.endswith("/id/9001")


@pytest.mark.parametrize("nothing", ["NA", "nan", "null"])
def test_what_programs_write_for_nothing_is_the_id_of_no_tweet(
    tmp_path: Path, nothing: str
) -> None:
    row = f"{nothing},9001,2031-01-13 05:03"
    found = of_file(tmp_path, TWEETS, "tweetid,userid,tweet_time", row)
    assert found.reasons == {"is empty": 1}
    assert not found.saying("posted")


@pytest.mark.parametrize("sign", ["-", "-1", "="])
def test_a_sign_for_nothing_is_no_account_that_a_tweet_answers(
    tmp_path: Path, sign: str
) -> None:
    head = "tweetid,userid,tweet_time,in_reply_to_userid,in_reply_to_tweetid"
    found = of_file(tmp_path, TWEETS, head, f"90010,9001,2031-01-13 05:03,{sign},{sign}")
    assert found.reasons == {"is no id": 2}
    (posted,) = found.saying("posted")
    assert [key.value.rpartition("#")[2] for key, _ in posted.claim.qualifiers] == ["atTime"]


def test_ids_whose_last_digits_a_spreadsheet_made_zeros_are_those_of_nobody(
    tmp_path: Path,
) -> None:
    rounded = ("914580356430536000", "914621840496189000", "914623490375979000", "9001")
    names = ("crane", "heron", "stork", "ibis")
    rows = (f"{id},X,{name},5,2031-07-06" for id, name in zip(rounded, names, strict=True))
    found = of_file(tmp_path, USERS, PROFILE, *rows)
    assert found.reasons == {"is an id that a spreadsheet has rounded": 3}
    accounts = {one.claim.subject.value for one in found.saying("handle")}
    assert sum("/id/" in account for account in accounts) == 1
    # one such among others is an id by chance
    whole = ("914580356430536000", "914621840496189441", "914623490375979008", "9001")
    rows = (f"{id},X,{name},5,2031-07-06" for id, name in zip(whole, names, strict=True))
    assert not of_file(tmp_path, USERS, PROFILE, *rows).quarantined


@pytest.mark.parametrize("tags", ["['quay' 'pier']", "['quay;pier']", "quay pier", "quay|pier"])
def test_two_hashtags_that_a_program_wrote_as_one_are_none(tmp_path: Path, tags: str) -> None:
    found = of_tweets(tmp_path, f"crane,,,en,2031-07-06 16:03,Web,{tags},[]")
    (posted,) = found.saying("posted")
    assert term("hashtag") not in dict(posted.claim.qualifiers)
    assert found.reasons == {"is no hashtag": 1}


@pytest.mark.parametrize("word", ["1", "True", "1.0", "t"])
def test_a_retweet_is_set_aside_however_a_program_spells_it(tmp_path: Path, word: str) -> None:
    head = "external_author_id,author,publish_date,account_category,tweet_id,retweet,post_type"
    row = f"9001,CRANE,7/6/2031 16:03,NewsFeed,90011,{word},"
    found = of_file(tmp_path, OF_THE_AGENCY, head, row)
    assert found.reasons == {"stands beside no post_type": 1}
