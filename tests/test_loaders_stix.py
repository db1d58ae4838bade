"""STIX bundles: what their objects, relationships and opinions are read as."""

import json
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import assets, stix
from loaders.given import Given, Terms
from loaders.records import Attestation, Sheet
from loaders.stix_bundle import Thing
from loaders.stix_channels import asset_set, platform
from onrecord.errors import BadInput
from ontology import term
from ontology.flags import STRENGTHS
from ontology.identity import Mint
from tests.loading import Read, Sample, read

DATA: Final = Path(__file__).with_name("data") / "stix"
REAL: Final = ("disarm.json", "viginum-big.json", "viginum-matriochka.json")
MINT: Final = Mint()
WATCH: Final = MINT.named("org", "Harbour Watch")
MINISTRY: Final = MINT.named("org", "Ministry of Piers")
CRANES: Final = MINT.named("org", "Crane Desk")
COMMAND: Final = MINT.named("org", "Pier Command")


@pytest.fixture(scope="module")
def harbour() -> Read:
    return read(Sample("stix", DATA / "harbour.json"))


def id_of(type: str, number: int) -> str:
    return f"{type}--{number:08}-0000-4000-8000-{number:012}"


def identified(found: Read, type: str, number: int) -> NamedNode:
    """Return the thing that an object is of."""
    wanted = Literal(id_of(type, number))
    (node,) = {
        said.claim.subject
        for said in found.saying("dcterms:identifier")
        if said.claim.object == wanted
    }
    return node


def of_record(found: Read, type: str, number: int) -> list[Attestation]:
    """Return what is said in one object."""
    key = id_of(type, number)
    return [one for one in found.attestations if getattr(one.place, "key", "") == key]


def at_fault(found: Read, type: str, number: int) -> list[tuple[str, str]]:
    key = id_of(type, number)
    return [(one.column, one.reason) for one in found.quarantined if one.key == key]


def detail(said: Attestation, word: str) -> set[str]:
    return {value.value for key, value in said.details if key == term(word)}


def test_a_bundle_is_published_by_the_maker_of_its_only_report(harbour: Read) -> None:
    assert WATCH in harbour.said("schema:publisher")


def test_makers_of_several_kinds_and_no_report_leave_the_publisher_open(tmp_path: Path) -> None:
    whole = json.loads((DATA / "harbour.json").read_text("utf-8"))
    whole["objects"] = [
        one
        for one in whole["objects"]
        if not isinstance(one, dict) or one["type"] not in ("report", "grouping")
    ]
    path = tmp_path / "open.json"
    path.write_text(json.dumps(whole), "utf-8")
    with pytest.raises(BadInput, match="--publisher"):
        list(stix.load(path, Given()))
    told = Given(terms=Terms(publisher="Harbour Watch"))
    assert WATCH in read(Sample("stix", path, told)).said("schema:publisher")


def test_an_attribution_is_its_makers_and_only_as_strong_as_its_word(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 501)
    assert said.claim.predicate == term("hasBehindIt")
    assert said.claim.predicate in STRENGTHS
    assert (said.claim.subject, said.claim.object) == (
        identified(harbour, "intrusion-set", 11),
        COMMAND,
    )
    assert (said.speaker, said.depth) == (WATCH, 0)
    assert detail(said, "wording") == {"attributed-to"}
    assert detail(said, "explanation") == {"By its hours of work"}


def test_another_maker_than_the_publisher_is_reported(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 502)
    assert (said.speaker, said.depth, said.mode) == (CRANES, 1, term("reported"))


def test_times_of_a_relationship_are_part_of_its_claim(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 501)
    about = {key: value.value for key, value in said.claim.qualifiers}
    assert about == {
        term("validFrom"): "2030-01-01T00:00:00Z",
        term("validTo"): "2030-12-31T00:00:00Z",
    }


def test_confidence_is_the_makers_and_has_its_scale(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 501)
    assert (term("statedConfidence"), Literal(70)) in said.details
    assert (term("confidenceScale"), term("stixConfidence")) in said.details
    assert not detail(said, "confidence")


def test_an_opinion_is_a_stance_on_the_very_claim_of_the_relationship(harbour: Read) -> None:
    (claim,) = {said.claim for said in of_record(harbour, "relationship", 501)}
    (denial,) = of_record(harbour, "opinion", 83)
    assert (denial.claim, denial.stance, denial.speaker) == (claim, term("Denial"), MINISTRY)
    assert detail(denial, "wording") == {"strongly-disagree"}
    agreed = of_record(harbour, "opinion", 84)
    assert {said.stance for said in agreed} == {term("Assertion")}
    assert claim in {said.claim for said in agreed}
    (doubt,) = of_record(harbour, "opinion", 85)
    assert (doubt.stance, doubt.claim.predicate) == (term("Question"), term("rdf:type"))


def test_an_opinion_on_a_described_object_is_on_its_description(harbour: Read) -> None:
    words = [said.claim.object for said in of_record(harbour, "opinion", 84)]
    assert Literal("Postings about tides", language="en") in words


def test_no_opinion_is_made_up(harbour: Read) -> None:
    assert at_fault(harbour, "opinion", 86) == [("opinion", "is none of the opinions of STIX")]


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


@pytest.mark.parametrize("name", ["Harbour 24", "lansahoupe67580", "24 heures du port"])
def test_a_number_that_counts_nothing_makes_no_set(name: str) -> None:
    assert asset_set(name, {"id": id_of("channel", 1)}, MINT) is None


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


def test_every_relationship_is_a_claim_or_quarantined(harbour: Read) -> None:
    fates = [
        (
            len(of_record(harbour, "relationship", number)),
            at_fault(harbour, "relationship", number),
        )
        for number in range(501, 522)
    ]
    assert [
        number for number, (said, faults) in enumerate(fates, 501) if not (said or faults)
    ] == []
    assert at_fault(harbour, "relationship", 520) == [
        ("target_ref", "refers to an object that is not in the file")
    ]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (503, "uses"), (505, "targeted"), (506, "labelledAsBelongingTo"), (509, "org:memberOf"),
        (510, "org:subOrganizationOf"), (511, "dcterms:isPartOf"), (512, "schema:location"),
        (513, "amplifies"), (514, "dcterms:isPartOf"), (515, "counters"), (516, "indicates"),
        (517, "ownedBy"), (518, "dcterms:relation"), (521, "originatedIn"),
    ],
)  # fmt: skip
def test_relations_have_the_words_of_the_vocabulary(
    harbour: Read, number: int, word: str
) -> None:
    (said,) = of_record(harbour, "relationship", number)
    assert said.claim.predicate == term(word)


def test_a_relation_without_a_word_keeps_its_own(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 508)
    assert said.claim.predicate == term("dcterms:relation")
    assert said.claim.qualifiers == ((term("relationType"), Literal("resolves-to")),)


def test_what_is_owned_is_the_subject(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 517)
    assert said.claim.subject == assets.domain("gull-news.example", MINT)
    assert said.claim.object == MINISTRY


def test_what_is_revoked_is_taken_back(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 518)
    assert said.stance == term("Retraction")
    stances = {said.claim.predicate: said.stance for said in of_record(harbour, "campaign", 13)}
    assert stances.pop(term("rdf:type")) == stances.pop(term("name")) == term("Assertion")
    assert set(stances.values()) == {term("Retraction")}


def test_a_maker_who_is_not_in_the_file_is_missed_and_the_publisher_speaks(
    harbour: Read,
) -> None:
    (said,) = of_record(harbour, "relationship", 521)
    assert said.speaker == WATCH
    assert at_fault(harbour, "relationship", 521) == [
        ("confidence", "is not a whole number from 0 to 100"),
        ("created_by_ref", "refers to an object that is not in the file"),
    ]


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


def test_a_report_refers_to_things_and_to_relationships(harbour: Read) -> None:
    found = harbour.said("dcterms:references", identified(harbour, "report", 80))
    (said,) = of_record(harbour, "relationship", 501)
    claim = said.claim
    named = MINT.claim(claim.subject, claim.predicate, claim.object, claim.qualifiers)
    assert {named, identified(harbour, "campaign", 12)} <= set(found)


def test_a_sighting_has_its_place_its_number_and_its_time(harbour: Read) -> None:
    (said,) = of_record(harbour, "sighting", 87)
    assert said.claim.object == MINT.named("place", "Iceland")
    assert (term("timesSeen"), Literal(3)) in said.claim.qualifiers
    (alone,) = of_record(harbour, "sighting", 88)
    assert alone.claim.object == CRANES


def test_markings_stand_beside_what_they_mark_and_on_the_file(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 501)
    assert (term("marking"), term("tlpClear")) in said.details
    (sheet,) = [one for one in harbour.records if isinstance(one, Sheet)]
    assert sheet.marking == term("tlpClear")
    name = next(
        one for one in of_record(harbour, "campaign", 12) if one.claim.predicate == term("name")
    )
    assert (term("markedBy"), identified(harbour, "marking-definition", 90)) in name.details


def test_what_is_no_object_of_stix_is_quarantined(harbour: Read) -> None:
    found = {one.reason for one in harbour.quarantined}
    assert {
        "is no object", "is no id of STIX", "is not the type of the id",
        "is a type of object that is not known", "nobody reads this field of the bundle",
    } <= found  # fmt: skip


def test_two_versions_of_an_object_are_both_on_record() -> None:
    found = read(Sample("stix", DATA / "list.json"))
    times = {
        time for said in of_record(found, "channel", 21) for time in detail(said, "assertedAt")
    }
    assert times == {"2031-03-02T09:00:00Z", "2031-03-05T09:00:00Z"}


@pytest.mark.parametrize(
    ("head", "is_stix"),
    [
        ('{"type": "bundle", "id": "bundle--1"', True),
        ('\ufeff{"objects": [{"id": "tool--00000001-0000-4000-8000-000000000001"', True),
        ('[{"id":"tool--00000001-0000-4000-8000-000000000001"', True),
        ('{"values": [{"value": "bundle"}]}', False),
        ("type,id\nbundle,1", False),
    ],
)
def test_bundles_are_recognised_by_their_first_characters(head: str, is_stix: bool) -> None:
    assert bool(stix.recognise("any.json", head)) is is_stix


@pytest.mark.parametrize("name", REAL)
def test_real_bundles_are_read_whole(real_data: Path, name: str) -> None:
    path = real_data / "stix" / name
    found = read(Sample("stix", path))
    objects = json.loads(path.read_text("utf-8"))["objects"]
    assert found.total == len(objects)
    ids = {said.place.key for said in found.attestations if hasattr(said.place, "key")}
    assert {one["id"] for one in objects} <= ids
    assert set(found.reasons) <= {
        "nobody reads this field of the object", "is a hashtag where a web address belongs",
        "is not taken: the words of posts are not kept",
    }  # fmt: skip


def test_real_channels_are_accounts_and_a_set(real_data: Path) -> None:
    folder = real_data / "stix"
    found = read(Sample("stix", folder / "viginum-matriochka.json"))
    accounts = {said.claim.subject for said in found.saying("onPlatform")}
    assert len(accounts) == 16
    big = read(Sample("stix", folder / "viginum-big.json"))
    assert big.said("assetCount") == [Literal(423)]
    attributed = [said.claim.object for said in big.saying("hasBehindIt")]
    assert MINT.named("org", "Azerbaijan") in attributed
