"""STIX bundles: who says what, in relationships, opinions, notes and sightings."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal

from loaders import assets, stix
from loaders.given import Given, Terms
from loaders.records import Entry, Sheet
from onrecord.errors import BadInput
from ontology import term
from ontology.flags import STRENGTHS
from tests.bundles import (
    COMMAND,
    CRANES,
    DATA,
    MINISTRY,
    MINT,
    REAL,
    WATCH,
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
    assert (term("statedConfidenceScale"), Literal("STIX, from 0 to 100")) in said.details
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


def test_a_domain_resolved_to_an_address_as_in_other_formats(harbour: Read) -> None:
    (said,) = of_record(harbour, "relationship", 508)
    assert (said.claim.predicate, said.claim.qualifiers) == (term("resolvedTo"), ())
    assert len(harbour.saying("resolvedTo")) == 2  # the object itself says so, too


def test_a_relation_without_a_word_keeps_its_own(tmp_path: Path) -> None:
    path, own = tmp_path / "harbour.json", (DATA / "harbour.json").read_text(encoding="utf-8")
    path.write_text(own.replace('"resolves-to"', '"moors at"'), encoding="utf-8")
    (said,) = of_record(read(Sample("stix", path)), "relationship", 508)
    assert said.claim.predicate == term("dcterms:relation")
    assert said.claim.qualifiers == ((term("relationType"), Literal("moors at")),)


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
    assert sheet.markings == (term("tlpClear"),)
    name = next(
        one for one in of_record(harbour, "campaign", 12) if one.claim.predicate == term("name")
    )
    assert (term("markedBy"), identified(harbour, "marking-definition", 90)) in name.details


def test_two_versions_of_an_object_are_both_on_record() -> None:
    found = read(Sample("stix", DATA / "list.json"))
    times = {
        time for said in of_record(found, "channel", 21) for time in detail(said, "assertedAt")
    }
    assert times == {"2031-03-02T09:00:00Z", "2031-03-05T09:00:00Z"}


@pytest.mark.parametrize("name", REAL)
def test_real_bundles_are_read_whole(real_data: Path, name: str) -> None:
    path = real_data / "stix" / name
    found = read(Sample("stix", path))
    objects = json.loads(path.read_text("utf-8"))["objects"]
    assert found.total == len(objects)
    ids = {said.place.key for said in found.attestations if isinstance(said.place, Entry)}
    assert {one["id"] for one in objects} <= ids
    assert set(found.reasons) <= {
        "nobody reads this field of the object", "is a hashtag where a web address belongs",
        "is not taken: the words of posts are not kept", "is not taken: files are not kept",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "licence"),
    [
        ("CC-BY-SA-4.0 Harbour Watch", "CC-BY-SA-4.0 Harbour Watch"),
        ("Copyright 2031, Harbour Watch", ""),
    ],
)
def test_a_statement_that_marks_all_is_the_licence_if_it_is_one(
    tmp_path: Path, statement: str, licence: str
) -> None:
    rule = id_of("marking-definition", 1)
    marked = {"created_by_ref": id_of("identity", 2), "object_marking_refs": [rule]}
    objects = [
        {"type": "marking-definition", "id": rule, "definition": {"statement": statement}},
        {"type": "identity", "id": id_of("identity", 2), "name": "Harbour Watch", **marked},
    ]
    path = tmp_path / "marked.json"
    path.write_text(json.dumps({"type": "bundle", "objects": objects}), "utf-8")
    found = read(Sample("stix", path))
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.licence == licence
