"""The record as a STIX bundle: what came from STIX comes back, the rest as far as it goes."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from loaders.given import Given, Terms
from onrecord.errors import UnknownThing
from onrecord.ingest import ingest
from onrecord.stix import bundle, export
from onrecord.stix.ids import of_object, of_observable
from onrecord.store import GenerationStore, Snapshot
from ontology.identity import DEFAULT_BASE
from tests.bundles import DATA, MINT, REAL, id_of
from tests.loading import Sample, read
from tests.terminal import Terminal

Stix = dict[str, Any]


def held(folder: Path, *paths: Path) -> GenerationStore:
    store = GenerationStore(folder)
    for path in paths:
        ingest(store, "stix", path, Given())
    return store


def exported(store: GenerationStore) -> dict[str, Stix]:
    """Return the objects of a bundle by id; the bundle is valid."""
    with store.read() as snapshot:
        return checked(snapshot)


def checked(snapshot: Snapshot) -> dict[str, Stix]:
    output = io.BytesIO()
    export(snapshot, output)
    text = output.getvalue().decode()
    # here, since the package takes seconds to be imported, which most runs need not wait for
    from stix2validator import ValidationOptions, validate_string

    found = validate_string(text, ValidationOptions(version="2.1"))
    assert [str(error) for error in found.errors] == []
    assert found.is_valid
    return {each["id"]: each for each in json.loads(text)["objects"]}


def came(path: Path) -> dict[str, Stix]:
    objects = json.loads(path.read_text("utf-8"))["objects"]
    return {each["id"]: each for each in objects if isinstance(each, dict)}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stix]:
    return exported(held(tmp_path_factory.mktemp("stix") / "data", DATA / "harbour.json"))


@pytest.fixture(scope="module")
def case_objects(case: Snapshot) -> dict[str, Stix]:
    return checked(case)


def test_all_objects_that_were_taken_come_back_and_no_others(harbour: dict[str, Stix]) -> None:
    found = read(Sample("stix", DATA / "harbour.json"))
    keys = {getattr(said.place, "key", "") for said in found.attestations}
    taken = {id for id in came(DATA / "harbour.json") if id in keys}
    assert set(harbour) == taken


@pytest.mark.parametrize(
    "field",
    ["type", "name", "relationship_type", "source_ref", "target_ref", "opinion", "value",
     "explanation", "pattern", "valid_from", "is_family", "hashes", "tactic_refs", "published",
     "created", "identity_class", "account_login", "user_id", "latitude"],
)  # fmt: skip
def test_fields_come_back_as_they_came(harbour: dict[str, Stix], field: str) -> None:
    original = came(DATA / "harbour.json")
    mended = {id_of("url", 35)}  # comes defanged, which is no address for STIX
    compared = [id for id in harbour if field in original[id] and id not in mended]
    assert compared
    assert {id: harbour[id].get(field) for id in compared} == {
        id: at_the_millisecond(original[id][field]) for id in compared
    }


def at_the_millisecond(value: Any) -> Any:
    return re.sub(r"(:\d\d)Z$", r"\1.000Z", value) if isinstance(value, str) else value


def test_what_is_revoked_comes_back_revoked(harbour: dict[str, Stix]) -> None:
    revoked = {id for id, each in harbour.items() if each.get("revoked")}
    assert revoked == {id_of("campaign", 13), id_of("relationship", 518)}


def test_makers_markings_languages_and_confidence_come_back(harbour: dict[str, Stix]) -> None:
    campaign = harbour[id_of("campaign", 12)]
    assert campaign["created_by_ref"] == id_of("identity", 2)
    assert id_of("marking-definition", 90) in campaign["object_marking_refs"]
    assert (campaign["lang"], campaign["confidence"]) == ("en", 60)
    assert harbour[id_of("identity", 2)]["x_opencti_aliases"] == ["The Cranes"]


def test_references_to_what_was_not_taken_are_left_out(harbour: dict[str, Stix]) -> None:
    refs = harbour[id_of("report", 80)]["object_refs"]
    assert id_of("campaign", 12) in refs
    assert id_of("identity", 5) not in refs


def test_a_defanged_address_is_written_as_one(harbour: dict[str, Stix]) -> None:
    assert harbour[id_of("url", 35)]["value"] == "https://gull-news.example/tides"


def test_two_exports_are_alike(tmp_path: Path) -> None:
    with held(tmp_path, DATA / "harbour.json").read() as snapshot:
        assert bundle(snapshot) == bundle(snapshot)


def test_an_export_can_be_loaded_and_exported_again(
    tmp_path: Path, harbour: dict[str, Stix]
) -> None:
    path = tmp_path / "again.json"
    whole = {"type": "bundle", "id": id_of("bundle", 1), "objects": list(harbour.values())}
    path.write_text(json.dumps(whole), "utf-8")
    again = exported(held(tmp_path / "data", path))
    unordered = [in_order(each) for each in (again, harbour)]
    assert unordered[0] == unordered[1]


def in_order(objects: dict[str, Stix]) -> dict[str, Stix]:
    return {
        id: {
            name: sorted(value, key=str) if isinstance(value, list) else value
            for name, value in each.items()
        }
        for id, each in objects.items()
    }


def test_the_newest_version_of_an_object_is_exported(tmp_path: Path) -> None:
    found = exported(held(tmp_path, DATA / "list.json"))
    assert found[id_of("channel", 21)]["description"] == "closed"
    assert found[id_of("channel", 21)]["modified"] == "2031-03-05T09:00:00.000Z"


def test_attributions_of_other_sources_have_their_speakers(
    case_objects: dict[str, Stix],
) -> None:
    found = {
        (case_objects[each["created_by_ref"]]["name"], each["description"].partition(";")[0])
        for each in relationships(case_objects, "attributed-to")
    }
    assert ("ThePrint", "operated by employees of") in found
    assert ("Facebook", "has behind it") in found


def test_a_link_is_no_attribution(case_objects: dict[str, Stix]) -> None:
    linked = relationships(case_objects, "linked-to")
    assert linked
    assert all(each["id"].startswith("relationship--") for each in linked)
    words = {each["description"] for each in relationships(case_objects, "attributed-to")}
    assert not any(word.startswith("linked to") for word in words)


def relationships(objects: dict[str, Stix], kind: str) -> list[Stix]:
    return [each for each in objects.values() if each.get("relationship_type") == kind]


def test_a_denial_is_an_opinion_and_never_a_relationship(case_objects: dict[str, Stix]) -> None:
    denials = [each for each in case_objects.values() if each.get("opinion") == "disagree"]
    (denied,) = [each for each in denials if "controlled by the army" in each["explanation"]]
    assert case_objects[denied["created_by_ref"]]["type"] == "identity"
    said = {each.get("description", "") for each in case_objects.values()}
    assert not any("controlled by" in words for words in said)


def test_ids_of_other_things_follow_from_what_they_are_of(
    case_objects: dict[str, Stix],
) -> None:
    ispr = of_object("identity", MINT.named("org", "ISPR").value)
    assert case_objects[ispr]["name"] == "Inter-Services Public Relations"


def test_ids_of_observables_are_those_of_the_specification() -> None:
    # of the only property that section 6.4 lets contribute, as python-stix2 makes them
    assert of_observable("ipv4-addr", {"value": "198.51.100.3"}) == (
        "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"
    )


def test_a_thing_of_several_sources_goes_by_its_id_of_stix(
    case_store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "ispr.json"
    maker = id_of("identity", 1)
    objects = [
        made("identity", 1, name="Harbour Watch", created_by_ref=maker),
        made("identity", 2, name="ISPR", created_by_ref=maker),
    ]
    path.write_text(json.dumps({"type": "bundle", "objects": objects}), "utf-8")
    ingest(case_store, "stix", path, Given())
    found = exported(case_store)
    targets = {each["target_ref"] for each in relationships(found, "attributed-to")}
    assert id_of("identity", 2) in targets
    assert of_object("identity", MINT.named("org", "ISPR").value) not in found


def made(type: str, number: int, **more: str) -> Stix:
    times = dict.fromkeys(("created", "modified"), "2031-03-01T09:00:00.000Z")
    return {"type": type, "spec_version": "2.1", "id": id_of(type, number), **times, **more}


def test_what_stix_cannot_hold_is_counted(case: Snapshot) -> None:
    _, lost = bundle(case)
    assert lost["removed count (assertion): no two objects"] == 10


def test_the_command_line_writes_a_bundle_and_says_what_it_left_out(
    run: Terminal, case_store: GenerationStore, tmp_path: Path
) -> None:
    target = tmp_path / "bundle.json"
    data = tmp_path / "data"
    ran = run("--data", data, "export", "--format", "stix", "-o", target)
    assert ran.code == 0
    assert json.loads(target.read_text("utf-8"))["type"] == "bundle"
    assert "that STIX cannot hold were left out" in ran.err
    assert "removed count" in ran.err


def test_a_bundle_has_no_graphs(
    run: Terminal, case_store: GenerationStore, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    ran = run("--data", data, "export", "--format", "stix", "--graph", "accepted")
    assert (ran.code, "leave out --graph" in ran.err) == (2, True)


def test_nothing_is_no_bundle(case: Snapshot) -> None:
    nowhere = NamedNode(f"{DEFAULT_BASE}case/nowhere")
    with pytest.raises(UnknownThing, match="nothing was exported"):
        export(case, io.BytesIO(), case=nowhere)


def test_a_case_is_exported_alone(case_store: GenerationStore) -> None:
    ingest(case_store, "stix", DATA / "list.json", Given())
    with case_store.read() as snapshot:
        found, _ = bundle(snapshot, NamedNode(f"{DEFAULT_BASE}case/pakistan-april-2019"))
    objects = found["objects"]
    assert isinstance(objects, list)
    assert objects
    assert id_of("channel", 21) not in {each["id"] for each in objects}


@pytest.mark.parametrize("name", REAL)
def test_real_bundles_come_back_valid(real_data: Path, tmp_path: Path, name: str) -> None:
    path = real_data / "stix" / name
    original, found = came(path), exported(held(tmp_path, path))
    assert set(found) == set(original)
    protocol = {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"}
    for field in (
        "type",
        "name",
        "relationship_type",
        "source_ref",
        "target_ref",
        "value",
        "url",
    ):
        assert {id: each.get(field) for id, each in found.items() if id not in protocol} == {
            id: each.get(field) for id, each in original.items() if id not in protocol
        }


def test_an_indicator_of_the_earlier_version_comes_back_with_what_this_one_demands(
    tmp_path: Path,
) -> None:
    path, id = tmp_path / "earlier.json", "indicator--691d06b5-aa1d-46ec-97d6-e59ef9411b8a"
    times = dict.fromkeys(("created", "modified", "valid_from"), "2031-07-18T22:00:30.405Z")
    pattern = "[domain-name:value = 'cranes.example.org']"
    indicator = {"type": "indicator", "id": id, **times, "pattern": pattern, "labels": ["bad"]}
    objects = {
        "type": "bundle",
        "id": "bundle--1",
        "spec_version": "2.0",
        "objects": [indicator],
    }
    path.write_text(json.dumps(objects), encoding="utf-8")
    store = GenerationStore(tmp_path / "data")
    ingest(store, "stix", path, Given(terms=Terms(publisher="Harbour CERT")))
    found = exported(store)[id]
    assert (found["pattern"], found["pattern_type"]) == (pattern, "stix")
