"""Cells of forms where a name is wanted: notes, signs, lists and doubts are no names."""

from pathlib import Path

import pytest

from loaders import assets
from loaders.cells import count
from loaders.names_in_cells import MAYBE_NO_HANDLE
from loaders.records import Fate
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint
from tests.test_forms_silence import account, attribution, disclosure, names, row


@pytest.mark.parametrize(
    "note",
    [
        '""""',
        "〃",
        "…",
        "✓",
        "ditto",
        "See above",
        "(unknown)",
        "[none]",
        "No attribution made",
        "No evidence of involvement of the Guild",
        "No clear links to Iceland",
        "not disclosed",
        "Unbekannt",
        "неизвестно",
        "غير معروف",
        "未知",
        "TRUE",
        "Various",
        "several",
        "see report",
        "0",
        "TBC",
    ],
)
def test_a_note_where_a_name_belongs_names_nobody(tmp_path: Path, note: str) -> None:
    found = disclosure(tmp_path, attributed_to=note, network_name=note)
    assert found.saying("linkedTo") == []
    assert {one.column for one in found.quarantined} == {"attributed_to", "network_name"}
    assert {one.reason for one in found.quarantined} == {"names nobody"}


@pytest.mark.parametrize("note", ['""""', "ditto", "not stated", "Pier Post?", "Bo; Cy"])
def test_a_note_is_no_speaker(tmp_path: Path, note: str) -> None:
    assert attribution(tmp_path, attributed_by=note).fates == {Fate.QUARANTINED: 1}
    assert disclosure(tmp_path, platform_owner=note).fates == {Fate.QUARANTINED: 1}
    said = account(tmp_path, id="9001002003", said_by=note)
    assert said.fates == {Fate.QUARANTINED: 1}
    assert attribution(tmp_path, on_behalf_of=note).saying("speaksFor") == []
    assert disclosure(tmp_path, spokesperson=note).saying("speaksFor") == []


@pytest.mark.parametrize(
    "doubted",
    [
        "The Guild (suspected)",
        "Iceland (not confirmed)",
        "The Guild (denied)",
        "Could be Iceland",
        "Reportedly the Guild",
        "The Guild [possibly]",
        "Iceland (not involved)",
        "Iceland (medium confidence)",
        "The Guild [70% confidence]",
        "The Guild (confidence: low)",
        "The Guild (?)",
        "The Guild [Iceland?]",
        "?Iceland",
        '"The Guild, unconfirmed"',
        '"The Guild, possibly Iceland"',
        '"The Guild, not Iceland"',
        "Iceland - disputed",
        "Possible Guild",
        "Iceland (ruled out)",
    ],
)
def test_a_doubt_behind_a_name_is_read_too(tmp_path: Path, doubted: str) -> None:
    found = disclosure(tmp_path, attributed_to=doubted)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}


@pytest.mark.parametrize(
    "name",
    [
        "No Borders",
        "The Guild (Iceland)",
        "X",
        "Same Day Media",
        "Not-for-Profit Watch",
        "ND",
        "Bosnia and Herzegovina",
        "Bo & Sons",
        "Likeable Media",
        "Harbour Trust (not for profit)",
        "Republic of the Quay (not recognised)",
        "The Guild (Harbour Confidence Party)",
        "Quay Office (disputed territory)",
        "Crane Group - Likeable Media",
        "PR/TV",
        '"Bo Sample, alleged officer"',
        "Various Voices",
        "8kun",
        "360",
        "Crane! (formerly Heron)",
        "Нет войне",
    ],
)
def test_names_that_look_like_notes_stay_names(tmp_path: Path, name: str) -> None:
    found = disclosure(tmp_path, attributed_to=name)
    assert found.quarantined == []
    assert len(found.saying("linkedTo")) == 1


@pytest.mark.parametrize(
    "several", ["Togo / Iceland", "Togo or Iceland", "US/UK", '"Guild\nCrane Ltd"']
)
def test_several_actors_are_no_organisation(tmp_path: Path, several: str) -> None:
    found = disclosure(tmp_path, attributed_to=several)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"names several, which semicolons have to part": 1}


@pytest.mark.parametrize("sign", ["\uff1b", "\u061b"])
def test_semicolons_of_every_keyboard_part_names(tmp_path: Path, sign: str) -> None:
    found = disclosure(tmp_path, attributed_to=f"Togo{sign}The Guild", origin_country="Togo")
    assert len(found.saying("linkedTo")) == 2
    assert {"Togo", "The Guild"} <= names(found)


def test_one_country_or_another_is_not_both(tmp_path: Path) -> None:
    found = disclosure(
        tmp_path, origin_country="Togo or Iceland", target_countries="Togo; Chad"
    )
    assert found.saying("originatedIn") == []
    assert found.reasons == {"leaves open which country": 1}
    assert len(found.saying("targeted")) == 2
    told = {"subject": "#Harbour", "metric": "tweets", "value": "5", "time": "2031-04-02"}
    seen = row(tmp_path, "series", **told, region="Togo or Iceland")
    assert seen.reasons == {"leaves open which country": 1}


@pytest.mark.parametrize(
    "cell", ["Facebook / Instagram", '"Facebook, Instagram"', "Facebook and Instagram"]
)
def test_platforms_that_are_known_may_be_parted_by_any_sign(tmp_path: Path, cell: str) -> None:
    found = disclosure(tmp_path, platforms=cell)
    assert found.said("onPlatform") == [term("facebook"), term("instagram")]


@pytest.mark.parametrize("cell", ["Facebook or Instagram", "Facebook / Gullbook"])
def test_a_list_with_an_unknown_platform_is_refused_whole(tmp_path: Path, cell: str) -> None:
    found = disclosure(tmp_path, platforms=cell)
    assert not found.said("onPlatform")
    assert [one.value for one in found.quarantined] == [cell]


def test_a_count_is_not_of_the_one_platform_that_could_be_read(tmp_path: Path) -> None:
    found = disclosure(tmp_path, platforms="Telegram; Gullbook", accounts="5")
    (counted,) = found.saying("removedCount")
    assert term("platform") not in dict(counted.claim.qualifiers)


@pytest.mark.parametrize("who", ["unnamed", "an official", "Spokesperson for the pier"])
def test_who_is_not_named_is_no_person(tmp_path: Path, who: str) -> None:
    found = disclosure(tmp_path, spokesperson=who)
    assert term("UnnamedSpokesperson") in found.said("rdf:type")
    assert term("foaf:Person") not in found.said("rdf:type")


@pytest.mark.parametrize(
    "who",
    [
        "Bo Sample, spokesperson for the pier",
        "Spokesperson for the pier, Bo Sample",
        "Bo Sample for Anonymous",
    ],
)
def test_a_spokesperson_who_is_named_beside_the_office_is_a_person(
    tmp_path: Path, who: str
) -> None:
    found = disclosure(tmp_path, spokesperson=f'"{who}"')
    assert term("foaf:Person") in found.said("rdf:type")
    assert term("UnnamedSpokesperson") not in found.said("rdf:type")


@pytest.mark.parametrize(
    "id", ["9001; 9002", '"9,001,002,003"', "9001 (old)", "9001?", "٩٠٠١", "-1", "900 100"]
)
def test_what_is_no_id_makes_no_account(tmp_path: Path, id: str) -> None:
    found = account(tmp_path, id=id, handle="HarbourWatch")
    assert found.fates == {Fate.QUARANTINED: 1}
    assert found.reasons == {"is no id": 1}


@pytest.mark.parametrize(
    "id", ["-100900100", "UC_harbour-watch1", "aGFyYm91cg+/=", "did:plc:h4"]
)
def test_ids_of_other_platforms_are_ids(tmp_path: Path, id: str) -> None:
    assert account(tmp_path, id=id, handle="HarbourWatch").quarantined == []


@pytest.mark.parametrize("word", ["unknown", "deleted", "Suspended"])
def test_accounts_without_a_known_handle_are_not_one_account(tmp_path: Path, word: str) -> None:
    found = account(tmp_path, handle=word)
    assert found.fates == {Fate.QUARANTINED: 1}
    assert found.reasons == {MAYBE_NO_HANDLE: 1}
    led = account(tmp_path, handle=f"https://x.com/{word}")
    node = assets.account(term("twitter"), Mint(), handle=word)
    assert [one.value for one in led.said("handle", node)] == [word]


@pytest.mark.parametrize("word", ["@unknown", "@deleted"])
def test_nothing_was_observed_of_accounts_without_a_known_handle(
    tmp_path: Path, word: str
) -> None:
    told = {"platform": "Twitter", "metric": "followers", "value": "5", "time": "2031-04-02"}
    seen = row(tmp_path, "series", subject=word, **told)
    assert seen.reasons == {MAYBE_NO_HANDLE: 1}
    assert row(tmp_path, "series", subject=f"https://x.com/{word[1:]}", **told).saying(
        "followerCount"
    )


@pytest.mark.parametrize("column", ["valid_from", "valid_to", "observed_on"])
def test_a_name_whose_dates_are_not_read_is_not_of_all_times(
    tmp_path: Path, column: str
) -> None:
    told = {"handle": "Crane", "display_name": "The Crane", column: "since spring"}
    found = account(tmp_path, id="9001002003", **told)
    assert not found.saying("handle") + found.saying("displayName")
    assert {one.column for one in found.quarantined} == set(told)


def test_followers_at_a_time_that_is_not_read_are_not_of_all_times(tmp_path: Path) -> None:
    found = account(tmp_path, id="9001002003", followers="5", observed_on="01/02/2031")
    assert found.saying("followerCount") == []
    assert {one.column for one in found.quarantined} == {"followers", "observed_on"}


@pytest.mark.parametrize(("network", "sets"), [("Togo / Iceland", 1), ("Crane; Heron", 0)])
def test_a_network_may_be_called_after_two_countries(
    tmp_path: Path, network: str, sets: int
) -> None:
    found = account(tmp_path, handle="Crane", network=network)
    assert len(found.saying("belongsTo")) == sets
    assert len(found.quarantined) == 1 - sets


@pytest.mark.parametrize(
    "both", ["Bo Sample via Crane Check", "Pier (citing Crane Check)", "Pier, as told to Quay"]
)
def test_who_passes_it_on_is_not_one_with_whose_word_it_is(tmp_path: Path, both: str) -> None:
    found = attribution(tmp_path, attributed_by=f'"{both}"')
    assert not found.saying("linkedTo")
    assert found.reasons == {"names whose word it is beside who passes it on": 1}
    for name in ("Via Quay", "La Via Crane", "Truth Told Media", "“Pier via Quay”"):
        assert attribution(tmp_path, attributed_by=name).saying("linkedTo")


def test_a_handle_on_mastodon_tells_its_server(tmp_path: Path) -> None:
    for handle in ("@crane@quay.example", "crane@quay.example"):
        found = row(tmp_path, "accounts", platform="Mastodon", handle=handle)
        assert [one.value for one in found.said("handle")] == ["crane@quay.example"]
    found = row(tmp_path, "accounts", platform="Mastodon", handle="@crane")
    assert found.reasons == {"is no handle, and there is no id": 1}


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 5_000])
def test_nothing_is_counted_with_more_digits_than_can_be_reckoned(
    tmp_path: Path, digits: str
) -> None:
    found = disclosure(tmp_path, pages=digits, ad_spend=f"{digits}.5", ad_currency="USD")
    assert not found.saying("removedCount") + found.saying("adSpend")
    assert {one.column for one in found.quarantined} == {"pages", "ad_spend", "ad_currency"}
    with pytest.raises(BadInput):
        count(digits)
    assert disclosure(tmp_path, pages="9" * 15).saying("removedCount")
    assert count("9" * 15).value == "9" * 15
    assert {count(f"12{blank}500").value for blank in ", \u00a0\u202f"} == {"12500"}


def test_an_id_has_no_thousands_set_apart(tmp_path: Path) -> None:
    assert account(tmp_path, id="9.001.002.003", handle="crane").reasons == {"is no id": 1}
    assert not account(tmp_path, id="9001.002", handle="crane").quarantined
