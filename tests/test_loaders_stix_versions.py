"""Objects of STIX that are revoked, replaced, marked in part or good for a time only."""

from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders.records import Sheet
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from tests.bundles import CRANES, MINT, at_fault, detail, id_of, of_record
from tests.loading import Read
from tests.test_export_stix import exported
from tests.test_loaders_stix_dialects import WATCH, Stix, back, bundled, loaded, made

LATER: Final = "2031-04-01T09:00:00Z"
RED: Final = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
MITRE: Final = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
DESK: Final = made("identity", 1, name="Crane Desk", identity_class="organization")
TIDE: Final = made("campaign", 2, name="Low Tide", description="Postings about tides")
GULLS: Final = made("intrusion-set", 3, name="GULL SWARM")


def link(number: int, **fields: Any) -> Stix:
    """Return an attribution of the campaign by the desk."""
    ends = {"source_ref": TIDE["id"], "target_ref": GULLS["id"]}
    told = {"relationship_type": "attributed-to", "created_by_ref": DESK["id"]}
    return {**made("relationship", number, **told, **ends), **fields}


def of(folder: Path, *objects: Stix) -> Read:
    return loaded(bundled(folder, DESK, TIDE, GULLS, *objects))


def test_a_version_that_revokes_takes_back_what_earlier_ones_said(tmp_path: Path) -> None:
    ended = {"stop_time": "2031-01-01T00:00:00.000Z", "modified": LATER}
    found = of(tmp_path, link(4), link(4, revoked=True, **ended))
    stances = {said.stance for said in of_record(found, "relationship", 4)}
    assert stances == {term("Retraction")}
    assert found.fates.total() == found.total


def test_a_revoked_relationship_stands_in_no_status_graph(tmp_path: Path) -> None:
    ended = {"stop_time": "2031-01-01T00:00:00.000Z", "modified": LATER}
    path = bundled(tmp_path, DESK, TIDE, GULLS, link(4), link(4, revoked=True, **ended))
    store = GenerationStore(tmp_path / "data")
    ingest(store, "stix", path, WATCH)
    with store.read() as snapshot:
        behind = snapshot.quads(None, term("hasBehindIt"), None, None)
        assert list(behind) == []
    assert exported(store)[id_of("relationship", 4)]["revoked"] is True


def test_a_revoked_twin_takes_nothing_back_that_another_object_says(tmp_path: Path) -> None:
    found = of(tmp_path, link(4), link(5, revoked=True))
    assert [said.stance for said in found.saying("hasBehindIt")] == [term("Assertion")]
    assert at_fault(found, "relationship", 5) == [
        ("revoked", "is revoked, while another relationship of the file says the same")
    ]


def test_a_denial_that_was_taken_back_denies_nothing(tmp_path: Path) -> None:
    told = {"object_refs": [id_of("relationship", 4)], "created_by_ref": DESK["id"]}
    opinion = made("opinion", 5, opinion="disagree", revoked=True, **told)
    found = of(tmp_path, link(4), opinion)
    assert term("Denial") not in {said.stance for said in found.attestations}
    assert at_fault(found, "opinion", 5) == [("revoked", "is a doubt that was taken back")]


def test_a_count_in_the_name_of_what_is_revoked_is_taken_back(tmp_path: Path) -> None:
    found = of(tmp_path, made("channel", 4, name="423 X accounts", revoked=True))
    assert [said.stance for said in found.saying("assetCount")] == [term("Retraction")]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("09:00:00Z", "09:00:00.500Z", id="whole seconds and a fraction"),
        pytest.param("10:30:00+02:00", "09:00:00Z", id="two zones"),
    ],
)
def test_of_two_versions_the_later_moment_counts(
    tmp_path: Path, earlier: str, later: str
) -> None:
    first = {**TIDE, "modified": f"2031-04-01T{earlier}"}
    second = {**TIDE, "name": "High Tide", "modified": f"2031-04-01T{later}"}
    found = loaded(bundled(tmp_path, DESK, second, first, GULLS, link(4)))
    (said,) = found.saying("hasBehindIt")
    assert found.said("name", said.claim.subject) == [Literal("High Tide")]


def test_the_time_for_which_an_indicator_is_good_is_not_when_it_was_seen(
    tmp_path: Path,
) -> None:
    times = {
        "valid_from": "2031-03-01T09:00:00.000Z",
        "valid_until": "2031-05-01T09:00:00.000Z",
    }
    pattern = {"pattern": "[domain-name:value = 'gull.example']", "pattern_type": "stix"}
    path = bundled(tmp_path, made("indicator", 1, name="Gulls", **pattern, **times))
    found = loaded(path)
    assert found.saying("firstSeen") == found.saying("lastSeen") == []
    (said,) = found.saying("indicates")
    assert {word for word, _ in said.claim.qualifiers} == {term("validFrom"), term("validTo")}
    came = back(tmp_path, path)[id_of("indicator", 1)]
    assert {name: came[name] for name in times} == times


def test_the_marking_of_a_part_is_that_of_the_file_and_of_its_claims(tmp_path: Path) -> None:
    marks = [{"marking_ref": RED, "selectors": ["description"]}]
    path = bundled(tmp_path, {**TIDE, "granular_markings": marks})
    found = loaded(path)
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpRed"),)
    marked = {one.claim.predicate for one in found.attestations if detail(one, "marking")}
    assert marked == {term("describedAs")}
    assert found.quarantined == []
    assert back(tmp_path, path)[TIDE["id"]]["granular_markings"] == marks


def test_what_a_relationship_cites_stands_beside_its_claim(tmp_path: Path) -> None:
    cited = [
        {
            "source_name": "Desk",
            "url": "https://desk.example/tide",
            "description": "Desk. 2030.",
        },
        {"source_name": "Quay", "description": "Quay. 2029."},
    ]
    path = bundled(tmp_path, DESK, TIDE, GULLS, link(4, external_references=cited))
    assert loaded(path).quarantined == []
    came = back(tmp_path, path)[id_of("relationship", 4)]["external_references"]
    assert sorted(map(repr, came)) == sorted(repr(dict(sorted(one.items()))) for one in cited)


def test_who_modified_an_object_of_mitre_is_no_relation_of_its_thing(tmp_path: Path) -> None:
    found = of(tmp_path, {**GULLS, "x_mitre_modified_by_ref": DESK["id"]})
    assert found.saying("dcterms:relation") == []
    assert found.quarantined == []


def test_who_disagrees_with_a_note_denies_what_it_says(tmp_path: Path) -> None:
    note = made("note", 4, content="Cranes run it", object_refs=[TIDE["id"]])
    doubt = made("opinion", 5, opinion="disagree", object_refs=[note["id"]])
    found = of(tmp_path, note, doubt)
    (denied,) = of_record(found, "opinion", 5)
    assert denied.stance == term("Denial")
    assert denied.claim.predicate == term("describedAs")
    assert denied.claim in [said.claim for said in of_record(found, "note", 4)]


def test_who_disagrees_with_a_report_does_not_deny_that_it_is_one(tmp_path: Path) -> None:
    report = made("report", 4, name="Tides", published=LATER, object_refs=[TIDE["id"]])
    doubt = made("opinion", 5, opinion="disagree", object_refs=[report["id"]])
    found = of(tmp_path, report, doubt)
    assert term("Denial") not in {said.stance for said in found.attestations}
    assert at_fault(found, "opinion", 5) == [("object_refs", "says nothing by itself")]


def test_nobody_has_seen_what_somebody_who_is_not_in_the_file_saw(tmp_path: Path) -> None:
    told = {"sighting_of_ref": TIDE["id"], "created_by_ref": DESK["id"]}
    absent = made("sighting", 4, where_sighted_refs=[id_of("identity", 99)], **told)
    found = of(tmp_path, absent, made("sighting", 5, **told))
    assert [said.place for said in found.saying("sightedBy")] == [
        said.place for said in of_record(found, "sighting", 5)
    ]
    assert [column for column, _ in at_fault(found, "sighting", 4)] == ["where_sighted_refs"]


def test_a_maker_whom_everybody_knows_need_not_be_in_the_file(tmp_path: Path) -> None:
    found = of(tmp_path, link(4, created_by_ref=MITRE), link(5, stop_time=LATER))
    speakers = [said.speaker for said in found.saying("hasBehindIt")]
    assert speakers == [MINT.named("org", "The MITRE Corporation"), CRANES]


@pytest.mark.parametrize(
    ("type", "value", "shown", "kind"),
    [
        ("ipv4-addr", "198.51.100.0/24", "198.51.100.0/24", "IpNetwork"),
        ("ipv4-addr", "198.51.100.7/32", "198.51.100.7", "IpAddress"),
        ("ipv6-addr", "2001:db8::/32", "2001:db8::/32", "IpNetwork"),
    ],
)
def test_an_address_may_be_a_network(
    tmp_path: Path, type: str, value: str, shown: str, kind: str
) -> None:
    one: Stix = {"type": type, "spec_version": "2.1", "id": id_of(type, 1), "value": value}
    path = bundled(tmp_path, one)
    found = loaded(path)
    node = found.named(shown)
    assert found.said("rdf:type", node) == [term(kind)]
    assert found.said("address", node) == [Literal(shown)]
    assert found.quarantined == []
    assert back(tmp_path, path) == {one["id"]: one}


def test_infrastructure_that_is_a_network_is_no_web_address(tmp_path: Path) -> None:
    found = of(tmp_path, made("infrastructure", 4, name="198.51.100.0/24"))
    assert found.saying("rdf:type", found.named("198.51.100.0/24"))[0].claim.object == term(
        "IpNetwork"
    )


def test_what_is_revoked_takes_nothing_back_that_the_one_in_its_place_says(
    tmp_path: Path,
) -> None:
    told = {"created_by_ref": DESK["id"], "name": "Crane Kit", "labels": ["crane", "pier"]}
    before = made("malware", 4, description="It crows.", revoked=True, **told)
    path = bundled(tmp_path, DESK, before, made("tool", 5, **{**told, "labels": ["pier"]}))
    found = loaded(path)
    said = {
        (one.claim.object.value, one.stance)
        for one in found.saying("describedAs")
        if one.claim.subject == found.named("Crane Kit")
    }
    assert said == {
        ("crane", term("Retraction")),
        ("It crows.", term("Retraction")),
        ("pier", term("Assertion")),
    }
    reason = "is revoked, while another object of the file says the same"
    assert at_fault(found, "malware", 4) == [("labels", reason)]
    assert back(tmp_path, path)[before["id"]]["revoked"] is True


def test_a_revoked_opinion_takes_back_no_relationship_that_its_author_made(
    tmp_path: Path,
) -> None:
    told = {"object_refs": [id_of("relationship", 4)], "created_by_ref": DESK["id"]}
    agreed = made("opinion", 5, opinion="agree", revoked=True, **told)
    found = of(tmp_path, link(4), agreed)
    assert [said.stance for said in found.saying("hasBehindIt")] == [term("Assertion")]
    assert [column for column, _ in at_fault(found, "opinion", 5)] == ["revoked"]


def test_a_revoked_relationship_of_another_maker_is_taken_back(tmp_path: Path) -> None:
    other = made("identity", 6, name="Quay Office", identity_class="organization")
    found = of(tmp_path, other, link(4), link(5, revoked=True, created_by_ref=other["id"]))
    assert [said.stance for said in found.saying("hasBehindIt")] == [
        term("Assertion"), term("Retraction"),
    ]  # fmt: skip


def test_what_only_a_revoked_object_needed_is_introduced_all_the_same(tmp_path: Path) -> None:
    cited = [{"source_name": "Quay", "url": "https://quay.example/kit"}]
    told = {"created_by_ref": DESK["id"], "name": "Crane Kit", "external_references": cited}
    path = bundled(
        tmp_path, DESK, made("malware", 4, revoked=True, **told), made("tool", 5, **told)
    )
    page = loaded(path).named("https://quay.example/kit")
    assert loaded(path).said("rdf:type", page) == [term("WebAddress")]


@pytest.mark.parametrize("year", ["1900", "1970", "5138-11-16"])
def test_a_time_that_stands_for_none_is_no_time(tmp_path: Path, year: str) -> None:
    spelled = "5138-11-16T09:46:40.000Z" if "-" in year else f"{year}-01-01T00:00:00.000Z"
    found = of(tmp_path, link(4, start_time=spelled))
    (said,) = found.saying("hasBehindIt")
    assert said.claim.qualifiers == ()
    assert at_fault(found, "relationship", 4) == [
        ("start_time", "stands for a time that is not known")
    ]


def test_a_time_with_a_zone_comes_back_as_stix_has_it(tmp_path: Path) -> None:
    times = {
        "start_time": "2031-03-01T10:00:00.000+01:00",
        "modified": "2031-05-01T00:00:00+00:00",
    }
    path = bundled(tmp_path, DESK, TIDE, GULLS, link(4, **times))
    came = back(tmp_path, path)[id_of("relationship", 4)]
    assert came["start_time"] == "2031-03-01T09:00:00.000Z"
    assert came["modified"] == "2031-05-01T00:00:00.000Z"


def test_a_day_is_a_time_to_the_record_and_none_in_a_bundle(tmp_path: Path) -> None:
    path = bundled(
        tmp_path, DESK, TIDE, GULLS, link(4, stop_time="2031-05", created="2031-03-01")
    )
    (said,) = loaded(path).saying("hasBehindIt")
    assert (term("validTo"), "2031-05") in [
        (key, one.value) for key, one in said.claim.qualifiers
    ]
    came = back(tmp_path, path)[id_of("relationship", 4)]
    assert "stop_time" not in came
    assert came["created"] == came["modified"]


def test_a_time_that_is_no_text_is_told(tmp_path: Path) -> None:
    found = of(tmp_path, link(4, created=1_930_000_000))
    assert at_fault(found, "relationship", 4) == [
        ("created", "is not a time such as 2024-03-27T09:48:32Z")
    ]
