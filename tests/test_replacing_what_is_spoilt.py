"""What a newer version still has, and cannot be read, is not withdrawn, in any format."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from loaders.given import Given, Terms
from onrecord.errors import BadInput, BadRow
from onrecord.ingest import ingest
from onrecord.loads import Report
from onrecord.store import GenerationStore

GIVEN: Final = Given(terms=Terms(publisher="Harbour Watch"))
DATA: Final = Path(__file__).with_name("data")
SERIES: Final = (
    "subject,platform,metric,value,time\n"
    "#Quay,Twitter,tweets,12,2031-04-02\n#Pier,Twitter,tweets,7,2031-04-03\n"
)
TACTICS: Final = (
    "Tactic,Technique,Procedure,Indicator\n"
    "1. Hiding,1.5 Backstopping,1.5.1 Websites,mole[.]example\n"
    "2. Ads,2.1 Buying ads,2.1.1 Ads,wharf[.]example\n"
)
SUMMARY: Final = "meta-h1-2031-harbourland-based-cib-network.md"
DISCLOSURES: Final = (
    "id,announced_on,platform_owner,pages\n"
    "2031-a,2031-04,Quay Owner,7\n2031-b,2031,Quay Owner,9\n"
)
PAIRS: Final = "place,number,owner\na.example,1,Harbour Guild\nb.example,2,Crane Guild\n"
MAPPING: Final = """\
publisher: Harbour Desk
table: {key: [place, number]}
things:
  site: {kind: domain, column: place}
  owner: {kind: organization, column: owner}
claims:
  - {subject: site, predicate: ownedBy, object: owner}
"""
_TOLD: Final = "id,operation,attributed_to,attribution_strength,attributed_by"
_TIE: Final = "Crane Watch,The Harbour Guild,linked to"
STANCES: Final = (
    f"{_TOLD},stance\na,{_TIE},Bo Sample,\nb,{_TIE},Cy Sample,\nc,{_TIE},Cy Sample,denial\n"
)
DATED: Final = f"{_TOLD},attributed_on\na,{_TIE},Bo Sample,2031-04\n"
TWEETS: Final = (
    "tweetid,userid,user_screen_name,follower_count,tweet_time,hashtags,urls\n"
    "9001,7001,quaywatch,12,2031-04-02 10:00,[Quay],[https://quay.example/]\n"
    "9002,7002,pierwatch,9,2031-04-02 11:00,[Pier],[https://pier.example/]\n"
)


def replaced(store: GenerationStore, loader: str, path: Path, old: str, new: str) -> Report:
    path.write_text(old, encoding="utf-8")
    ingest(store, loader, path, GIVEN)
    path.write_text(new, encoding="utf-8")
    return ingest(store, loader, path, GIVEN, replace=True)


@pytest.mark.parametrize(
    ("loader", "text", "old", "new"),
    [
        pytest.param("series", SERIES, ",12,", ",a dozen,", id="a row known by its cells"),
        pytest.param("series", SERIES, "value", "valeur", id="a column of another name"),
        pytest.param("takedowns", DISCLOSURES, "2031-b,", "#REF!,", id="a key that failed"),
        pytest.param(
            "takedowns", DISCLOSURES, "2031-b,2031,Q", "2031-\u200bB,,N/A;Q", id="a key"
        ),
        pytest.param(
            "attributions", STANCES, "denial", "perhaps", id="a denial of what another asserts"
        ),
        pytest.param(
            "attributions", DATED, "2031-04", "in April", id="the date of a claim still made"
        ),
        pytest.param("x-archive", TWEETS, "[Quay]", "[Quay tag]", id="a tag beside an address"),
        pytest.param("x-archive", TWEETS, "quaywatch,12", "quaywatch,few", id="a profile"),
        pytest.param("x-archive", TWEETS, "\n9001,", "\n9OO1?,", id="a key that is none"),
    ],
)
def test_a_row_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path, loader: str, text: str, old: str, new: str
) -> None:
    path = tmp_path / "2031_users_tweets.csv"
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(store, loader, path, text, text.replace(old, new))
    path.write_text(text, encoding="utf-8")
    assert ingest(store, loader, path, GIVEN).run is None


def test_an_indicator_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "Q3_2031_ Harbourland_CIB_network.csv"
    spoilt = TACTICS.replace("mole[.]example", '"mole[.]example ""odd"" 13"')
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(store, "meta", path, TACTICS, spoilt + ",,,,spare\n")


def test_a_sentence_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    text = (DATA / "meta" / SUMMARY).read_text("utf-8")
    path = tmp_path / SUMMARY
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(
            store, "meta", path, text, text.replace("Facebook accounts", "Fa-cebook ac-ts")
        )


def crane(**more: Any) -> dict[str, Any]:
    """Return an object of STIX."""
    return {
        "type": "intrusion-set",
        "spec_version": "2.1",
        "id": "intrusion-set--00000001-0000-4000-8000-000000000001",
        "created": "2031-01-01T00:00:00.000Z",
        "modified": "2031-01-01T00:00:00.000Z",
        "name": "Crane Watch",
        **more,
    }


def actor(**more: Any) -> dict[str, Any]:
    """Return an object of STIX with a field of each form."""
    told = {
        "aliases": ["Crane Gulls"],
        "first_seen": "2030-01-01T00:00:00.000Z",
        "external_references": [{"source_name": "Quay", "url": "https://quay.example/"}],
    }
    return crane(**{**told, **more})


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"first_seen": "2030-13-01"}, id="time"),
        pytest.param({"external_references": [{"source_name": "Q", "url": "h"}]}, id="address"),
        pytest.param({"external_references": "https://quay.example/"}, id="list that is none"),
        pytest.param({"id": "intrusion-set--1", "name": "C W"}, id="id that is none"),
    ],
)
def test_a_field_of_stix_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path, spoilt: dict[str, Any]
) -> None:
    path = tmp_path / "bundle.json"
    other = {"aliases": ["Gulls"], **spoilt}
    old, new = (json.dumps({"objects": [actor(**more)]}) for more in ({}, other))
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(store, "stix", path, old, new)


def test_a_version_of_an_object_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    path, later = tmp_path / "bundle.json", "2031-02-01T00:00:00.000Z"
    versions = [actor(), actor(modified=later, aliases=["Crane Gulls", "Gulls"])]
    spoilt = [versions[0], {**versions[1], "type": "intrusion set"}]
    old, new = (json.dumps({"objects": found}) for found in (versions, spoilt))
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(store, "stix", path, old, new)


def test_a_profile_that_another_row_has_and_is_spoilt_is_not_taken_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    more = "9003,7001,quaywatch,few,2031-04-03 10:00,,\n"
    names, _, *rows = TWEETS.splitlines(keepends=True)
    new = "".join((names, *rows, more))
    with pytest.raises(BadRow, match=r"few.*does not count as taken out"):
        replaced(store, "x-archive", tmp_path / "tweets.csv", TWEETS, new)


def test_a_file_of_tweets_without_their_ids_is_none_of_accounts(
    store: GenerationStore, tmp_path: Path
) -> None:
    text = TWEETS.replace("hashtags", "account_creation_date").replace("[Quay]", "2029-01-01")
    with pytest.raises(BadInput, match="no file of the archive"):
        replaced(store, "x-archive", tmp_path / "l.csv", text, text.replace("tweetid", "id", 1))


def test_a_row_that_is_known_by_several_cells_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    (tmp_path / "sites.mapping.yaml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "sites.csv"
    with pytest.raises(BadRow, match="does not count as taken out"):
        replaced(store, "table", path, PAIRS, PAIRS.replace("b.example,2", "no domain,2"))


def test_what_is_not_there_is_taken_out_beside_a_record_that_is_not_taken(
    store: GenerationStore, tmp_path: Path
) -> None:
    text = f"{DISCLOSURES}2031-c,,,\n"
    kept = "".join(line for line in text.splitlines(True) if "2031-b" not in line)
    report = replaced(store, "takedowns", tmp_path / "list.csv", text, kept)
    assert (report.missing > 0, len(report.quarantined)) == (True, 1)


def test_what_is_not_there_is_taken_out_beside_a_row_that_stays_as_it_was(
    store: GenerationStore, tmp_path: Path
) -> None:
    text = SERIES.replace("time\n", "time,mood\n").replace("04-02", "04-02,dull")
    kept = "".join(line for line in text.splitlines(True) if "#Pier" not in line)
    report = replaced(store, "series", tmp_path / "list.csv", text, kept)
    assert (report.missing > 0, [one.column for one in report.quarantined]) == (True, ["mood"])
