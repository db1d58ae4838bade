"""The archive of information operations: what its account and tweet files say."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.given import Given
from loaders.records import Fate
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read
from tests.test_x_archive_resaved import OF_THE_AGENCY, TWEETS, USERS, of_file

DATA: Final = Path(__file__).with_name("data") / "x-archive"
MINT: Final = Mint()
HASH: Final = "aGFyYm91ci1vbmUtaGFzaGVkLWZvci1hLXRlc3Qtb25lPQ="
ROUNDED: Final = "is an id that a spreadsheet has rounded"


def sample(kind: str) -> Sample:
    (path,) = DATA.glob(f"*{kind}*.csv")
    return Sample("x-archive", path)


@pytest.fixture(scope="module")
def accounts() -> Read:
    return read(sample("_users"))


@pytest.fixture(scope="module")
def tweets() -> Read:
    return read(sample("0631_tweets"))


@pytest.fixture(scope="module")
def agency() -> Read:
    return read(sample("IRAhandle"))


def by_id(id: str) -> NamedNode:
    return assets.account(term("twitter"), MINT, id=id)


def post(id: str) -> NamedNode:
    return MINT.activity("post", "twitter", id)


def told_of(found: Read, id: str) -> dict[NamedNode, list[str]]:
    """Return what the claim of one post is qualified with."""
    (said,) = [one for one in found.saying("posted") if one.claim.object == post(id)]
    told: dict[NamedNode, list[str]] = {}
    for key, value in said.claim.qualifiers:
        told.setdefault(key, []).append(value.value)
    return told


def test_every_row_is_accounted_for(accounts: Read, tweets: Read, agency: Read) -> None:
    assert accounts.fates == {Fate.MAPPED: 6, Fate.QUARANTINED: 1, Fate.BLANK: 1}
    assert tweets.fates == {Fate.MAPPED: 3, Fate.QUARANTINED: 1, Fate.BLANK: 1}
    assert agency.fates == {Fate.MAPPED: 3, Fate.QUARANTINED: 1}


def test_names_of_a_hashed_account_are_withheld(accounts: Read) -> None:
    hashed = by_id(HASH)
    assert accounts.said("namesWithheld", hashed) == [Literal(True)]
    for word in ("handle", "displayName", "name"):
        assert accounts.said(word, hashed) == []


def test_account_without_any_name_has_them_withheld_too(accounts: Read) -> None:
    assert accounts.said("namesWithheld", by_id("shortHash=")) == [Literal(True)]


def test_account_in_clear_keeps_its_names_as_they_are(accounts: Read) -> None:
    clear = by_id("9001002003")
    assert accounts.said("handle", clear) == [Literal("HarbourWatch")]
    assert accounts.said("displayName", clear) == [Literal("Harbour Watch ⚓")]
    assert accounts.said("namesWithheld", clear) == []


def test_description_keeps_its_lines_and_its_script(accounts: Read) -> None:
    assert accounts.said("selfDescribedAs", by_id(HASH)) == [
        Literal("Two lines,\nof any script: 港口 ⚓")
    ]


def test_counts_are_observations_at_the_disclosure(accounts: Read) -> None:
    (said,) = accounts.saying("followerCount", by_id("9001002003"))
    assert said.claim.object == Literal(5203)
    assert dict(said.claim.qualifiers) == {
        term("comparator"): term("exact"),
        term("during"): accounts.named("disclosure of 2031_01_Harbour_0631"),
    }


def test_dates_of_both_spellings_are_days(accounts: Read) -> None:
    day = term("xsd:date")
    assert accounts.said("schema:dateCreated", by_id("9001002003")) == [
        Literal("2013-05-16", datatype=day)
    ]
    assert accounts.said("schema:dateCreated", by_id(HASH)) == [
        Literal("2019-08-09", datatype=day)
    ]


def test_everything_is_said_by_who_published_the_archive(accounts: Read) -> None:
    assert {one.speaker for one in accounts.attestations} == {MINT.named("org", "Twitter")}
    assert {one.depth for one in accounts.attestations} == {0}


def test_each_refusal_of_an_account_has_its_reason(accounts: Read) -> None:
    assert accounts.reasons == Counter(
        {
            ROUNDED: 2,
            "is no web address": 1,
            "is no whole number": 1,
            "has a month beyond 12: it is read as month/day/year": 1,
        }
    )


def test_account_whose_id_is_rounded_is_known_by_its_handle(accounts: Read) -> None:
    rounded = assets.account(term("twitter"), MINT, handle="RoundedByASheet")
    assert accounts.said("followerCount", rounded) == [Literal(9345)]


def test_account_and_tweet_files_of_a_dataset_speak_of_one_set(
    accounts: Read, tweets: Read
) -> None:
    name = "2031_01_Harbour_0631"
    assert accounts.named(name) == tweets.named(name)


def test_tweet_tells_when_with_what_and_about_whom(tweets: Read) -> None:
    told = told_of(tweets, "100000000000000001")
    assert told[term("atTime")] == ["2020-03-01T12:34:00"]
    assert told[term("client")] == ["Twitter Web App"]
    assert set(told[term("hashtag")]) == {
        MINT.hashtag("Cranes").value,
        MINT.hashtag("港口").value,
    }
    assert told[term("mention")] == [by_id("9001002004").value]
    url = assets.web_address("https://news.example.org/a", MINT)
    assert told[term("link")] == [url.value]
    assert [told[term(word)] for word in ("likes", "reposts", "replies", "quotes")] == [
        ["2"],
        ["3"],
        ["1"],
        ["0"],
    ]


def test_text_of_a_tweet_is_hashed_and_only_kept_when_asked_for(tweets: Read) -> None:
    told = told_of(tweets, "100000000000000001")
    assert term("textSha256") in told and term("text") not in told
    asked = replace(sample("0631_tweets"), given=Given(texts_of_posts=True))
    kept = told_of(read(asked), "100000000000000001")
    assert kept[term("text")] == ["The cranes\nstand still #Cranes #港口"]
    assert kept[term("textSha256")] == told[term("textSha256")]


def test_repost_leads_to_the_post_and_the_account_it_repeats(tweets: Read) -> None:
    told = told_of(tweets, "100000000000000002")
    assert told[term("repostOf")] == [post("100000000000000001").value]
    assert told[term("repostFrom")] == [by_id("9001002003").value]


def test_where_a_person_was_is_not_kept(tweets: Read) -> None:
    assert tweets.reasons["is not taken: where a person was is not kept"] == 2
    said = [(one.claim, one.details) for one in tweets.attestations]
    assert "52.1" not in str((said, tweets.quarantined))


def test_rounded_id_is_never_an_identity(tweets: Read, agency: Read) -> None:
    assert tweets.reasons[ROUNDED] == 2
    assert agency.reasons[ROUNDED] == 2
    for found in (tweets, agency):
        assert not any("E+" in one.claim.object.value for one in found.saying("posted"))


def test_categories_of_the_agency_tweets_are_the_coders_words(agency: Read) -> None:
    coders = MINT.named("org", "Clemson University")
    labels = agency.saying("describedAs", by_id("906000000000000001"))
    assert {one.claim.object.value for one in labels} == {"Right", "RightTroll"}
    assert {(one.speaker, one.depth) for one in labels} == {(coders, 1)}


def test_accounts_of_the_real_archive_are_as_many_as_their_ids(real_data: Path) -> None:
    rows = 0
    for path in sorted((real_data / "x-io-archive").rglob("*.csv")):
        found = read(Sample("x-archive", path))
        rows += found.total
        assert found.fates.keys() == {Fate.MAPPED}
        nodes = {one.claim.subject for one in found.saying("belongsTo")}
        assert len(nodes) == found.total
    assert rows > 800


def test_an_id_that_was_rounded_and_written_out_is_none(tmp_path: Path) -> None:
    head = sample("IRA").path.read_text("utf-8").partition("\n")[0]
    cells = ("906000000000000000,QUAY,x,Unknown,English,10/1/2031 19:58,,1,2,3,,Right,0,"
             "RightTroll,0,,914580356430536707,,,,")  # fmt: skip
    found = of_file(tmp_path, OF_THE_AGENCY, head, cells)
    (posted,) = found.saying("posted")
    assert posted.claim.subject == assets.account(term("twitter"), MINT, handle="QUAY")
    assert found.reasons == {ROUNDED: 1}
    assert "reportedRegion" not in str(posted.claim.qualifiers)


def test_counts_that_were_written_with_a_fraction_of_nothing_are_counts(tmp_path: Path) -> None:
    columns = "tweetid,userid,user_screen_name,tweet_time,like_count,reply_count"
    rows = ("1,22,QUAY,2031-08-19 15:13,2.0,0.0", "2,22,QUAY,2031-08-19 15:14,2.5,0")
    found = of_file(tmp_path, TWEETS, columns, *rows)
    (posted,) = found.saying("posted")
    assert {(term("likes"), Literal(2)), (term("replies"), Literal(0))} <= set(
        posted.claim.qualifiers
    )
    assert found.reasons == {"is no whole number": 1}


@pytest.mark.parametrize("quote", ["'", ""])
@pytest.mark.parametrize("sign", [", ", ","])
def test_an_address_with_commas_is_one_address(tmp_path: Path, quote: str, sign: str) -> None:
    urls = ("http://quay.example/a,2,b.html", "https://pier.example/?at=1,2")
    told = sign.join(f"{quote}{url}{quote}" for url in urls)
    columns = "tweetid,userid,user_screen_name,tweet_time,urls"
    found = of_file(tmp_path, TWEETS, columns, f'1,22,QUAY,2031-08-19 15:13,"[{told}]"')
    (posted,) = found.saying("posted")
    links = {value for word, value in posted.claim.qualifiers if word == term("link")}
    assert links == {assets.web_address(url, MINT) for url in urls}
    assert found.quarantined == []


def test_the_parts_of_a_disclosure_are_of_one_set(tmp_path: Path) -> None:
    sets = set()
    for number in (1, 13):
        path = tmp_path / f"IRAhandle_tweets_{number}.csv"
        path.write_bytes(sample("IRAhandle").path.read_bytes())
        sets |= {
            said.claim.object for said in read(Sample("x-archive", path)).saying("belongsTo")
        }
    assert sets == {MINT.named("network", "IRAhandle", "x-archive")}


PROFILE = (
    "userid,user_screen_name,user_display_name,user_reported_location,user_profile_description,"
    "user_profile_url,follower_count,following_count,account_creation_date,account_language"
)

AMISS = "22,QUAY,Quay News,,,https://quay.example/,many,23,someday,en"


def test_a_file_of_tweets_tells_of_its_authors_what_a_file_of_accounts_tells(
    tmp_path: Path,
) -> None:
    cells = "22,QUAY,Quay News,Pier 3,Only news,https://quay.example/,17,23,2031-01-04,en"
    rows = (f"{number},2031-08-19 15:13,{cells}" for number in (1, 2))
    found = [
        of_file(tmp_path, USERS, PROFILE, cells),
        of_file(tmp_path, TWEETS, f"tweetid,tweet_time,{PROFILE}", *rows),
    ]
    told = [
        {said.claim for said in one.attestations if said.claim.subject == by_id("22")}
        for one in found
    ]
    assert {claim for claim in told[1] if claim.predicate != term("posted")} == told[0]
    assert len(found[1].saying("followerCount")) == 1


def test_what_is_amiss_in_a_profile_leaves_the_tweet_as_it_is(tmp_path: Path) -> None:
    head = f"tweetid,tweet_time,{PROFILE}"
    found = of_file(tmp_path, TWEETS, head, f"1,2031-08-19 15:13,{AMISS}")
    assert len(found.saying("posted")) == 1
    assert [one.column for one in found.quarantined] == [
        "account_creation_date", "follower_count",
    ]  # fmt: skip


def test_an_account_is_there_without_what_is_amiss_in_its_profile(tmp_path: Path) -> None:
    found = of_file(tmp_path, USERS, PROFILE, AMISS)
    assert [one.column for one in found.quarantined] == [
        "account_creation_date", "follower_count",
    ]  # fmt: skip
    for predicate in ("handle", "followingCount", "profileLink", "belongsTo"):
        assert len(found.said(predicate, by_id("22"))) == 1, predicate
