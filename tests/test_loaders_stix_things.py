"""STIX bundles: which things their objects are of."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal

from loaders import assets, stix
from loaders.given import Given, Terms
from loaders.stix_bundle import Thing
from loaders.stix_channels import asset_set, platform
from loaders.stix_things import thing_of
from ontology import term
from tests.bundles import (
    DATA,
    MINT,
    at_fault,
    detail,
    id_of,
    identified,
    of_record,
)
from tests.loading import Read, Sample, read


@pytest.fixture(scope="module")
def harbour() -> Read:
    return read(Sample("stix", DATA / "harbour.json"))


def test_the_same_account_is_one_however_it_is_modelled(harbour: Read) -> None:
    node = MINT.account("twitter", handle="gull_news")
    assert identified(harbour, "channel", 21) == node
    assert identified(harbour, "user-account", 30) == node
    assert harbour.said("displayName", node) == [Literal("Gull News")]
    telegram = MINT.account("telegram", handle="gull_tv")
    assert identified(harbour, "channel", 22) == telegram
    assert identified(harbour, "url", 34) == telegram
    assert identified(harbour, "channel", 25) == MINT.account("facebook", handle="gullpost")


def test_a_bare_name_is_no_handle(harbour: Read) -> None:
    node = identified(harbour, "channel", 26)
    assert harbour.said("rdf:type", node) == [term("Account")]
    assert harbour.said("onPlatform", node) == [term("youtube")]
    assert harbour.said("handle", node) == []
    radio = identified(harbour, "channel", 23)
    assert harbour.said("rdf:type", radio) == [term("Channel")]


def test_a_label_may_say_which_platform_an_account_is_on(harbour: Read) -> None:
    node = identified(harbour, "user-account", 29)
    assert node == MINT.account("telegram", handle="gull_talk")


def test_a_shown_name_is_no_handle_even_where_the_platform_is_known(harbour: Read) -> None:
    node = identified(harbour, "user-account", 28)
    assert node != MINT.account("facebook", handle="Gull Friends")
    assert harbour.said("onPlatform", node) == [term("facebook")]
    nowhere = identified(harbour, "channel", 27)
    assert harbour.said("rdf:type", nowhere) == [term("Channel")]


def test_what_a_platform_says_by_default_is_kept_and_claimed_by_nobody(harbour: Read) -> None:
    account = identified(harbour, "user-account", 29)
    assert Literal("is privileged", language="en") in harbour.said("describedAs", account)
    (said,) = [
        one
        for one in of_record(harbour, "user-account", 29)
        if one.claim.predicate == term("dcterms:identifier")
    ]
    assert "is_disabled: false" in detail(said, "recordField")


def test_an_account_of_an_unknown_platform_is_known_by_its_record(harbour: Read) -> None:
    node = identified(harbour, "user-account", 32)
    assert harbour.said("onPlatform", node) == []
    assert Literal("pigeonpost") in harbour.said("describedAs", node)


def test_a_number_in_a_name_is_a_count_of_a_set(harbour: Read) -> None:
    node = identified(harbour, "channel", 20)
    assert harbour.said("rdf:type", node) == [term("AssetSet")]
    (said,) = harbour.saying("assetCount", node)
    assert said.claim.object == Literal(423)
    assert set(said.claim.qualifiers) == {
        (term("assetKind"), term("account")),
        (term("platform"), term("twitter")),
        (term("comparator"), term("exact")),
    }
    (more,) = harbour.saying("assetCount", identified(harbour, "channel", 24))
    assert more.claim.object == Literal(1200)
    assert (term("comparator"), term("moreThan")) in more.claim.qualifiers


@pytest.mark.parametrize(
    ("name", "number", "kind", "where"),
    [
        ("423 comptes X", "423", "account", "twitter"),
        ("193 pro-tide websites", "193", "website", None),
        ("At least 12 Telegram channels", "12", "channel", "telegram"),
        ("50+ inauthentic accounts on TikTok", "50", "account", "tiktok"),
        ("7 Twitter (X) accounts", "7", "account", "twitter"),
    ],
)
def test_counts_are_read_in_the_words_that_bundles_use(
    name: str, number: str, kind: str, where: str | None
) -> None:
    found = asset_set(name, {"id": id_of("channel", 1)}, MINT)
    assert isinstance(found, Thing)
    (claim,) = found.told
    assert claim.object.value == number
    assert (term("assetKind"), term(kind)) in claim.qualifiers
    platforms = [value for key, value in claim.qualifiers if key == term("platform")]
    assert platforms == ([term(where)] if where else [])


@pytest.mark.parametrize(
    ("name", "comparator"),
    [
        ("moins de 20 comptes X", "lessThan"),
        ("Près de 20 comptes", "approximately"),
        ("jusqu’à 20 comptes", "atMost"),
        ("un minimum de 20 comptes", "atLeast"),
        ("a minimum of 20 accounts", "atLeast"),
    ],
)
def test_how_a_count_compares_is_read_in_french_too(name: str, comparator: str) -> None:
    found = asset_set(name, {"id": id_of("channel", 1)}, MINT)
    assert isinstance(found, Thing)
    (claim,) = found.told
    assert (term("comparator"), term(comparator)) in claim.qualifiers


@pytest.mark.parametrize("name", ["Harbour 24", "lansahoupe67580", "24 heures du port"])
def test_a_number_that_counts_nothing_makes_no_set(name: str) -> None:
    assert asset_set(name, {"id": id_of("channel", 1)}, MINT) is None


@pytest.mark.parametrize(
    "name",
    ["50 à 60 comptes X", "entre 20 et 30 comptes", "20 comptes environ", "20 comptes ou plus",
     "20 accounts or more", "below 20 accounts", "3/11 accounts", "Storm-1516 accounts"],
)  # fmt: skip
def test_several_accounts_are_a_set_though_nobody_says_exactly_how_many(name: str) -> None:
    found = asset_set(name, {"id": id_of("channel", 1)}, MINT)
    assert isinstance(found, Thing)
    assert not found.told


@pytest.mark.parametrize(
    ("spelled", "word"),
    [("Twitter (X)", "twitter"), ("VK", "vkontakte"), ("facebook-page", "facebook")],
)
def test_platforms_are_known_by_many_names(spelled: str, word: str) -> None:
    assert platform(spelled) == term(word)


def test_placeholders_are_not_taken_nor_what_refers_to_them(harbour: Read) -> None:
    assert at_fault(harbour, "identity", 5) == [("name", "is a placeholder")]
    assert at_fault(harbour, "url", 36) == [("value", "is a placeholder")]
    assert at_fault(harbour, "url", 37) == [("value", "is no web address")]
    assert at_fault(harbour, "relationship", 519) == [
        ("source_ref", "refers to an object that was not taken")
    ]
    assert ("description", "is a placeholder") in at_fault(harbour, "relationship", 503)
    assert at_fault(harbour, "intrusion-set", 11)[0] == (
        "last_seen", "stands for a time that is not known"
    )  # fmt: skip


def test_a_hashtag_in_a_url_is_a_hashtag_and_said_to_be_odd(harbour: Read) -> None:
    assert identified(harbour, "media-content", 42) == MINT.hashtag("LowTide")
    assert ("url", "is a hashtag where a web address belongs") in at_fault(
        harbour, "media-content", 42
    )


def test_plain_patterns_point_to_typed_things(harbour: Read) -> None:
    found = {said.claim.object for said in harbour.saying("indicates")}
    hosts = ("gull-news.example", "gull-tides.example")
    assert {assets.domain(host, MINT) for host in hosts} <= found
    assert MINT.account("twitter", handle="gull_news") in found
    assert at_fault(harbour, "indicator", 52) == [
        ("pattern", "is no plain equation, and stays words")
    ]
    assert at_fault(harbour, "indicator", 53) == [
        ("pattern", "is no pattern of STIX, and stays words")
    ]


def test_techniques_are_known_by_their_number_and_part_of_a_tactic(harbour: Read) -> None:
    node = identified(harbour, "attack-pattern", 60)
    assert node == MINT.named("technique", "t0049.002", "DISARM")
    tactic = identified(harbour, "x-mitre-tactic", 62)
    assert tactic in harbour.said("dcterms:isPartOf", node)
    assert harbour.said("name", tactic) == [Literal("Maximise Exposure")]
    assert harbour.said("notation", node) == [Literal("T0049.002")]


def test_countries_are_the_places_of_other_sources(harbour: Read) -> None:
    iceland = MINT.named("place", "Iceland")
    assert identified(harbour, "location", 70) == iceland
    assert identified(harbour, "location", 71) == iceland
    assert identified(harbour, "location", 72) == MINT.named("place", "Old Quay")


def test_people_of_one_name_stay_apart(harbour: Read) -> None:
    node = identified(harbour, "identity", 4)
    assert node != MINT.named("person", "Pier Deckhand")
    assert harbour.said("rdf:type", node) == [term("foaf:Person")]


def test_secrets_and_ways_to_reach_people_are_not_kept(harbour: Read) -> None:
    texts = {said.claim.object.value for said in harbour.attestations}
    assert not texts & {"seagull", "desk@harbour.example", "the words of a posting"}
    assert not {one.value for one in harbour.quarantined} & {"seagull", "desk@harbour.example"}


def test_a_note_says_something_of_what_it_refers_to(harbour: Read) -> None:
    node = identified(harbour, "channel", 20)
    assert Literal("The accounts were counted twice") in harbour.said("describedAs", node)


def test_what_is_no_object_of_stix_is_quarantined(harbour: Read) -> None:
    found = {one.reason for one in harbour.quarantined}
    assert {
        "is no object", "is no id of STIX", "is not the type of the id",
        "is a type of object that is not known", "nobody reads this field of the bundle",
    } <= found  # fmt: skip


@pytest.mark.parametrize(
    ("head", "is_stix"),
    [
        ('{"type": "bundle", "id": "bundle--1"', True),
        ('\ufeff{"objects": [{"id": "tool--00000001-0000-4000-8000-000000000001"', True),
        ('[{"id":"tool--00000001-0000-4000-8000-000000000001"', True),
        (
            '{"objects": [{"created_by_ref": "identity--00000001-0000-4000-8000-000000000001"',
            True,
        ),
        ('{"values": [{"value": "bundle"}]}', False),
        ("type,id\nbundle,1", False),
    ],
)
def test_bundles_are_recognised_by_their_first_characters(head: str, is_stix: bool) -> None:
    assert bool(stix.recognise("any.json", head)) is is_stix


def test_real_channels_are_accounts_and_a_set(real_data: Path) -> None:
    folder = real_data / "stix"
    found = read(Sample("stix", folder / "viginum-matriochka.json"))
    accounts = {said.claim.subject for said in found.saying("onPlatform")}
    assert len(accounts) == 16
    big = read(Sample("stix", folder / "viginum-big.json"))
    assert big.said("assetCount") == [Literal(423)]
    attributed = [said.claim.object for said in big.saying("hasBehindIt")]
    assert MINT.named("org", "Azerbaijan") in attributed


@pytest.mark.parametrize("name", ["https://x.com/@", "https://x.com/%40", "@"])
def test_a_sign_alone_is_no_handle(name: str) -> None:
    found = thing_of({"id": id_of("channel", 1), "name": name, "channel_types": ["X"]}, MINT)
    assert isinstance(found, Thing)
    assert term("handle") not in {claim.predicate for claim in found.told}
    login = {"account_type": "twitter", "account_login": "@", "user_id": "31"}
    account = thing_of({"id": id_of("user-account", 1), **login}, MINT)
    assert isinstance(account, Thing)
    assert account.node == MINT.account("twitter", id="31")


@pytest.mark.parametrize("kind", ["MD5", "md5", "SHA256", "sha-256", "SHA-1"])
def test_a_kind_of_hash_may_be_spelled_otherwise(kind: str) -> None:
    digits = "ab" * {"MD5": 16, "SHA1": 20}.get(kind.upper().replace("-", ""), 32)
    found = thing_of({"id": id_of("file", 1), "hashes": {kind: digits}}, MINT)
    assert isinstance(found, Thing)
    assert found.node == MINT.named("file", digits)


def test_a_pattern_keeps_no_way_to_reach_somebody(tmp_path: Path) -> None:
    equations = (
        "user-account:account_type = 'telegram'",
        "user-account:account_login = 'harbourwatch'",
        "user-account:x_misp_phone = '0112233445'",
    )
    uuid, times = "00000000-0000-4000-8000-000000000001", "2031-07-18T22:00:30.405Z"
    indicator = {
        "type": "indicator", "spec_version": "2.1", "id": f"indicator--{uuid}",
        "created": times, "modified": times, "valid_from": times,
        "pattern": f"[{' AND '.join(equations)}]", "pattern_type": "stix",
    }  # fmt: skip
    path = tmp_path / "one.json"
    path.write_text(json.dumps([indicator]), encoding="utf-8")
    found = read(Sample("stix", path, Given(terms=Terms(publisher="Harbour CERT"))))
    assert "0112233445" not in str([(one.claim, one.details) for one in found.attestations])
    (named,) = found.said("indicates")
    assert named == MINT.account("telegram", handle="harbourwatch")
    assert [one.value for one in found.quarantined] == ["(withheld)"]
