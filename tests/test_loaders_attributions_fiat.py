"""FIAT: attributions by their sources, answers and counts by who coded them."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.attributions_fiat import QUESTIONS
from loaders.evidence import name_of_attestation
from loaders.records import Attestation, Fate
from ontology import term
from ontology.flags import STRENGTHS
from tests.loading import Read, Sample, read
from tests.test_loaders_attributions import DATA, MINT, about, of_rows, org, place

NOBODY: Final = "is a score of an attribution that names nobody"


@pytest.fixture(scope="module")
def fiat() -> Read:
    return read(Sample("attributions", DATA / "fiat-harbour.csv"))


def case(key: str) -> NamedNode:
    return MINT.named("campaign", key, "FIAT")


def question(name: str) -> NamedNode:
    return MINT.named("question", name, "FIAT")


def scores(found: Read, judged: Attestation) -> dict[NamedNode, Attestation]:
    """Return what an attestation scored, by the question."""
    node = name_of_attestation(judged, MINT)
    return {
        value: one
        for one in found.saying("evaluatedAs", node)
        for key, value in one.claim.qualifiers
        if key == term("criterion") and isinstance(value, NamedNode)
    }


def test_every_row_is_accounted_for(fiat: Read) -> None:
    assert fiat.fates == {Fate.MAPPED: 6, Fate.QUARANTINED: 5, Fate.BLANK: 1}


def test_the_source_attributes_and_the_coder_passes_it_on(fiat: Read) -> None:
    (said,) = fiat.saying("linkedTo", case("AAAA0001"))
    assert said.claim.object == org("Harbour Guild")
    assert (said.speaker, said.depth) == (org("Platform Sample"), 1)
    details = dict(said.details)
    assert details[term("assertedAt")] == Literal("2031-04-01", datatype=term("xsd:date"))
    assert details[term("recordCreated")].value == "2031-10-15T11:42:00"
    assert term("citing") in details


def test_directness_is_no_strength(fiat: Read) -> None:
    used = {one.claim.predicate for one in fiat.attestations} & STRENGTHS
    assert used == {term("linkedTo")}
    (said,) = fiat.saying("linkedTo", case("AAAA0001"))
    assert said.claim.qualifiers == ((term("relationType"), Literal("Direct Attribution")),)


def test_eighteen_answers_stand_on_the_attestation_in_the_voice_of_the_coder(
    fiat: Read,
) -> None:
    (said,) = fiat.saying("linkedTo", case("AAAA0001"))
    found = scores(fiat, said)
    asked = {question(name.replace("_", " ")) for name in QUESTIONS}
    assert (len(QUESTIONS), asked <= found.keys()) == (18, True)
    answer = found[question("financial transparency")]
    assert (answer.speaker, answer.depth) == (org("DFRLab"), 0)
    assert answer.claim.object == Literal(1)
    assert dict(answer.claim.qualifiers)[term("schema:bestRating")] == Literal(1)


def test_sums_of_the_coder_are_kept_beside_the_answers(fiat: Read) -> None:
    (said,) = fiat.saying("linkedTo", case("AAAA0001"))
    total = scores(fiat, said)[question("all questions")]
    assert total.claim.object == Literal(9)
    assert dict(total.claim.qualifiers)[term("schema:bestRating")] == Literal(18)


def test_several_sources_of_one_row_are_one_voice(fiat: Read) -> None:
    said = fiat.saying("linkedTo", case("AAAA0002"))
    assert [one.claim.object for one in said] == [
        place("Iceland"),
        place("Togo"),
        org("Tide Bureau"),
    ]
    (voice,) = {one.speaker for one in said}
    together = {one.claim.object for one in fiat.saying("cosignatory")}
    assert together == {org("Chad Sample"), org("Ministry of Tides"), org("Gull Institute")}
    assert {one.claim.subject for one in fiat.saying("cosignatory")} == {voice}


def test_those_who_are_not_named_are_of_their_row_alone(fiat: Read) -> None:
    groups = [
        one.claim.object
        for key in ("AAAA0003", "AAAA0006")
        for one in fiat.saying("linkedTo", case(key))
        if fiat.said("rdf:type", _node(one.claim.object)) == [term("UnnamedGroup")]
    ]
    assert len(set(groups)) == 2
    (officials,) = {one.speaker for one in fiat.saying("originatedIn", case("AAAA0004"))}
    assert fiat.said("rdf:type", officials) == [term("UnnamedSpeaker")]


def _node(value: object) -> NamedNode:
    assert isinstance(value, NamedNode)
    return value


def test_whom_the_tracker_does_not_know_is_no_actor(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path,
        'H1,Iceland >> Togo 2031,Unknown,"Unknown, Tide Guild",Iceland,9,"n/a, Bots"',
        header="case_hash,case_id,source,disinformant,disinformant_nation,"
        "attribution_total_score,methods",
    )
    (said,) = found.saying("linkedTo")
    assert said.claim.object == org("Tide Guild")
    assert found.said("rdf:type", said.speaker) == [term("UnnamedSpeaker")]
    assert {(one.column, one.value) for one in found.quarantined} == {
        ("disinformant", "Unknown"),
        ("methods", "n/a"),
    }


def test_what_stands_behind_the_name_of_a_company_is_none_of_its_own(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path,
        'H1,Iceland >> Togo 2031,"Quay Labs, Inc.","Tide Guild, Ltd., Pier Post",Iceland,9',
        header="case_hash,case_id,source,disinformant,disinformant_nation,"
        "attribution_total_score",
    )
    said = found.saying("linkedTo")
    assert [one.claim.object for one in said] == [org("Tide Guild, Ltd."), org("Pier Post")]
    assert {one.speaker for one in said} == {org("Quay Labs, Inc.")}


@pytest.mark.parametrize(
    ("source", "whom", "column"),
    [
        ("Quay Labs", "GRU or SVR", "disinformant"),
        ("FBI and CISA", "The Guild", "source"),
        ("['FBI']", "The Guild", "source"),
        ("Quay Labs via The Pier", "The Guild", "source"),
    ],
)
def test_what_leaves_open_who_it_is_or_joins_several_is_no_name(
    tmp_path: Path, source: str, whom: str, column: str
) -> None:
    found = of_rows(
        tmp_path,
        f"H1,Iceland >> Togo 2031,{source},{whom},Iceland,9",
        header="case_hash,case_id,source,disinformant,disinformant_nation,"
        "attribution_total_score",
    )
    assert not found.saying("linkedTo")
    assert [one.column for one in found.quarantined] == [column]


@pytest.mark.parametrize("method", ["Amplification via bots", "Fake or hijacked accounts"])
def test_a_method_is_nobody_whose_word_it_could_be(tmp_path: Path, method: str) -> None:
    found = of_rows(
        tmp_path,
        f"H1,Iceland >> Togo 2031,Quay Labs,The Guild,Iceland,9,{method}",
        header="case_hash,case_id,source,disinformant,disinformant_nation,"
        "attribution_total_score,methods",
    )
    (used,) = found.said("uses")
    assert found.said("name", _node(used)) == [Literal(method)]
    assert not found.quarantined


def test_an_individual_is_a_person_and_initials_are_no_country(fiat: Read) -> None:
    (speaker,) = {one.speaker for one in fiat.saying("linkedTo", case("AAAA0003"))}
    assert fiat.said("rdf:type", speaker) == [term("foaf:Person")]
    assert org("BL") in fiat.said("linkedTo", case("AAAA0003"))


def test_a_country_alone_is_an_origin_and_no_actor(fiat: Read) -> None:
    (said,) = fiat.saying("originatedIn", case("AAAA0004"))
    assert said.claim.object == place("Iceland")
    assert fiat.said("linkedTo", case("AAAA0004")) == []
    assert len(scores(fiat, said)) == 24


def test_targets_are_read_off_the_title_of_the_case(fiat: Read) -> None:
    assert fiat.said("targeted", case("AAAA0001")) == [place("Togo")]
    assert fiat.said("targeted", case("AAAA0002")) == [place("United States")]
    assert fiat.said("targeted", case("AAAA0003")) == [place("Togo")]
    assert fiat.reasons["is a target that names no country"] == 1


def test_counts_of_a_removal_are_the_platforms_and_zero_is_no_count(fiat: Read) -> None:
    told = {
        (one.claim.object.value, about(one)["assetKind"], about(one)["platform"])
        for one in fiat.saying("removedCount")
    }
    assert told == {
        ("40", "page", "facebook"),
        ("172", "account", "facebook"),
        ("8", "eventPage", "facebook"),
        ("3", "instagramAccount", "instagram"),
    }
    assert {one.speaker for one in fiat.saying("removedCount")} == {org("Platform Sample")}
    assert all("comparator" not in about(one) for one in fiat.saying("removedCount"))
    (spent,) = fiat.saying("adSpend")
    assert (spent.claim.object.value, about(spent)) == ("5800", {"currency": "USD"})


def test_engagement_is_counted_by_platform_and_column(fiat: Read) -> None:
    told = {
        (one.claim.object.value, about(one).get("platform"), about(one)["inField"])
        for one in fiat.saying("engagementCount")
    }
    assert ("1078", "facebook", "facebook_engagement") in told
    assert ("1089", None, "total_engagement") in told
    assert ("7", "reddit", "allsides_engagments_leanleft_reddit") in told
    assert {about(one)["inField"] for one in fiat.saying("articleCount")} == {
        "article_count",
        "allsides_count_left",
    }


def test_each_refusal_of_a_case_has_its_reason(fiat: Read) -> None:
    reasons = fiat.reasons
    assert reasons.pop(NOBODY) == 24
    assert reasons == Counter(
        {
            "is the case_hash of 2 rows": 2,
            "is a picture to illustrate the case": 2,
            "is a term by which the coder searched, and says nothing of the case": 2,
            "is no whole number": 2,
            "is empty": 3,
            "is zero, which may mean none as well as that nothing was told": 1,
            "is a target that names no country": 1,
            "is a truth value, and nobody says of what": 1,
            "has a month beyond 12: it is read as month/day/year": 1,
            "is no web address": 1,
            "is no pair such as ONE >> OTHER 2020": 1,
            "names no country that is known": 1,
            "is no whole number from 0 to 1": 1,
            "is no whole number from 0 to 18": 1,
        }
    )


def test_every_row_of_the_real_tracker_is_mapped_with_its_answers(real_data: Path) -> None:
    (path,) = (real_data / "fiat").glob("*.csv")
    found = read(Sample("attributions", path))
    assert found.fates == {Fate.MAPPED: 84}
    attributed = found.saying("linkedTo")
    cases = {
        one.claim.subject
        for one in found.saying("rdf:type")
        if one.claim.object == term("Campaign")
    }
    alone = cases - {one.claim.subject for one in attributed}
    assert (len(cases), len(alone)) == (84, 3)
    judged = {one.claim.subject for one in found.saying("evaluatedAs")}
    assert {name_of_attestation(one, MINT) for one in attributed} <= judged
    assert found.reasons[NOBODY] == 0
    assert "nobody reads this column" not in found.reasons
