"""Who made the objects of a STIX bundle: identities, also those that the file leaves out."""

from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given
from onrecord.errors import BadInput
from ontology import term
from tests.bundles import MINT, WATCH, at_fault, id_of, identified, of_record
from tests.loading import Sample, read
from tests.test_loaders_stix_dialects import back, bundled, loaded, made

MITRE: Final = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
DESK: Final = made("identity", 1, name="Crane Desk", identity_class="organization")
TIDE: Final = made("campaign", 2, name="Low Tide")


def test_a_file_of_one_whom_everybody_knows_may_be_published_by_another(tmp_path: Path) -> None:
    told = {"created_by_ref": MITRE, "x_mitre_modified_by_ref": MITRE}
    path = bundled(tmp_path, {**TIDE, **told})
    found = loaded(path)
    maker = MINT.named("org", "The MITRE Corporation")
    assert found.said("rdf:type", maker) == [term("org:Organization")]
    came = back(tmp_path, path)
    assert came[MITRE]["name"] == "The MITRE Corporation"
    assert {name: came[TIDE["id"]][name] for name in told} == told


def test_only_identities_make_objects(tmp_path: Path) -> None:
    rule = made("marking-definition", 3, definition_type="TLP", definition={"TLP": "TLP:TEST"})
    found = loaded(bundled(tmp_path, DESK, {**TIDE, "created_by_ref": rule["id"]}, rule))
    assert {said.speaker for said in of_record(found, "campaign", 2)} == {WATCH}
    reason = "is no identity, and only those make objects"
    assert at_fault(found, "campaign", 2) == [("created_by_ref", reason)]


def test_a_marking_that_says_it_made_itself_leaves_the_publisher_known(tmp_path: Path) -> None:
    rule = made("marking-definition", 3, definition_type="TLP", definition={"TLP": "TLP:TEST"})
    rule["created_by_ref"] = rule["id"]
    path = bundled(tmp_path, DESK, {**TIDE, "created_by_ref": DESK["id"]}, rule)
    found = read(Sample("stix", path, Given()))
    assert {said.speaker for said in of_record(found, "campaign", 2)} == {
        MINT.named("org", "Crane Desk")
    }


def test_a_maker_that_is_null_is_nobody_and_no_fault(tmp_path: Path) -> None:
    found = loaded(bundled(tmp_path, {**TIDE, "created_by_ref": None}))
    assert found.quarantined == []
    assert {said.speaker for said in of_record(found, "campaign", 2)} == {WATCH}


def test_who_made_an_observable_says_what_is_said_of_it(tmp_path: Path) -> None:
    told = {"value": "gull.example", "x_opencti_created_by_ref": DESK["id"]}
    seen = {"type": "domain-name", "spec_version": "2.1", "id": id_of("domain-name", 3), **told}
    path = bundled(tmp_path, DESK, seen)
    found = loaded(path)
    assert {said.speaker for said in of_record(found, "domain-name", 3)} == {
        MINT.named("org", "Crane Desk")
    }
    assert found.saying("dcterms:relation") == []
    assert back(tmp_path, path)[seen["id"]] == seen


def test_with_whom_an_object_is_shared_is_no_relation_of_its_thing(tmp_path: Path) -> None:
    shared = {**TIDE, "x_opencti_granted_refs": [DESK["id"]]}
    path = bundled(tmp_path, DESK, shared)
    found = loaded(path)
    assert found.saying("dcterms:relation") == []
    assert found.quarantined == []
    assert back(tmp_path, path)[TIDE["id"]] == shared


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("system", "prov:SoftwareAgent"),
        ("unknown", "LegalParty"),
        ("Individual", "foaf:Person"),
        ("Class", "UnnamedGroup"),
    ],
)
def test_not_every_identity_is_an_organisation(tmp_path: Path, named: str, kind: str) -> None:
    one = made("identity", 3, name="Crane Desk", identity_class=named)
    path = bundled(tmp_path, one, {**TIDE, "created_by_ref": one["id"]})
    found = loaded(path)
    assert found.said("rdf:type", identified(found, "identity", 3)) == [term(kind)]
    assert back(tmp_path, path)[one["id"]] == one


def test_a_system_has_not_the_name_of_an_organisation_and_publishes_nothing(
    tmp_path: Path,
) -> None:
    system = made("identity", 3, name="Crane Desk", identity_class="system")
    path = bundled(tmp_path, system, {**TIDE, "created_by_ref": system["id"]})
    assert identified(loaded(path), "identity", 3) != MINT.named("org", "Crane Desk")
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("stix", path, Given()))


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({}, "LegalParty"),
        ({"x_opencti_type": "Organization"}, "org:Organization"),
        ({"x_opencti_type": "Individual"}, "foaf:Person"),
    ],
)
def test_an_identity_of_no_class_may_be_anybody(
    tmp_path: Path, told: dict[str, str], kind: str
) -> None:
    found = loaded(bundled(tmp_path, made("identity", 3, name="Ada Pier", **told)))
    assert found.said("rdf:type", identified(found, "identity", 3)) == [term(kind)]


def test_an_actor_with_the_means_of_one_person_is_no_organisation(tmp_path: Path) -> None:
    lone = made("threat-actor", 3, name="Gull", resource_level="individual")
    found = loaded(bundled(tmp_path, lone))
    assert found.said("rdf:type", identified(found, "threat-actor", 3)) == [term("LegalParty")]


def copied() -> list[dict[str, object]]:
    """Return an operation that nobody is said to have described, and a technique of MITRE."""
    set = made("intrusion-set", 4, name="Low Tide")
    technique = made("attack-pattern", 5, name="Copy", created_by_ref=MITRE)
    ends = {"source_ref": set["id"], "target_ref": technique["id"]}
    return [set, technique, made("relationship", 6, relationship_type="uses", **ends)]


def test_whose_techniques_are_copied_does_not_say_who_uses_them(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("stix", bundled(tmp_path, *copied()), Given()))


@pytest.mark.parametrize("kind", ["threat-actor", "identity"])
def test_whose_techniques_are_copied_does_not_say_who_there_is(
    tmp_path: Path, kind: str
) -> None:
    technique = copied()[1]
    told = made(kind, 7, name="Gull Gang", description="They took the boats.")
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("stix", bundled(tmp_path, told, technique), Given()))


def test_what_was_taken_back_without_a_maker_leaves_the_catalogue_its_own(
    tmp_path: Path,
) -> None:
    set, technique, _ = copied()
    path = bundled(tmp_path, {**set, "revoked": True}, technique)
    found = read(Sample("stix", path, Given()))
    assert {said.speaker for said in of_record(found, "attack-pattern", 5)} == {
        MINT.named("org", "The MITRE Corporation")
    }


def test_a_maker_of_everything_but_the_report_does_not_publish_it(tmp_path: Path) -> None:
    tide = {**TIDE, "created_by_ref": DESK["id"]}
    report = made("report", 7, name="Tides", object_refs=[TIDE["id"]])
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("stix", bundled(tmp_path, DESK, tide, report), Given()))


def test_links_between_what_one_has_made_are_of_the_same_maker(tmp_path: Path) -> None:
    set, technique, uses = copied()
    path = bundled(tmp_path, {**set, "created_by_ref": MITRE}, technique, uses)
    found = read(Sample("stix", path, Given()))
    (said,) = found.saying("uses")
    assert said.speaker == MINT.named("org", "The MITRE Corporation")


def test_a_person_who_made_all_is_not_thereby_an_organisation(tmp_path: Path) -> None:
    ada = made("identity", 3, name="Ada Pier", identity_class="individual")
    with pytest.raises(BadInput, match="who publishes it"):
        read(
            Sample(
                "stix", bundled(tmp_path, ada, {**TIDE, "created_by_ref": ada["id"]}), Given()
            )
        )
