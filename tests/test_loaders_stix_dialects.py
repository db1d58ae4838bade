"""STIX as OpenCTI, earlier versions and single files write it: read, and given back valid."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders import stix
from loaders.given import Given, Terms
from loaders.records import Sheet
from onrecord.errors import BadInput
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from tests.bundles import detail, id_of, of_record
from tests.loading import Read, Sample, read
from tests.test_export_stix import exported

Stix = dict[str, Any]

WATCH: Final = Given(terms=Terms(publisher="Harbour Watch"))
TIMES: Final = dict.fromkeys(("created", "modified"), "2031-03-01T09:00:00.000Z")


def made(type: str, number: int, **fields: Any) -> Stix:
    return {"type": type, "spec_version": "2.1", "id": id_of(type, number), **TIMES, **fields}


def bundled(folder: Path, *objects: Stix) -> Path:
    path = folder / "bundle.json"
    whole = {"type": "bundle", "id": id_of("bundle", 1), "objects": objects}
    path.write_text(json.dumps(whole), "utf-8")
    return path


def sighted(folder: Path, **fields: Any) -> Path:
    """Write a sighting of a campaign on a day, with some fields."""
    campaign = made("campaign", 1, name="Low Tide")
    where = made("location", 2, name="Iceland", country="IS")
    told = {"first_seen": "2031-02-01T00:00:00.000Z", "last_seen": "2031-02-02T00:00:00.000Z"}
    of = {"sighting_of_ref": campaign["id"], "where_sighted_refs": [where["id"]]}
    return bundled(folder, campaign, where, made("sighting", 3, **told, **of, **fields))


def back(folder: Path, path: Path) -> dict[str, Stix]:
    """Return the objects of the bundle that the record gives back; it is valid."""
    store = GenerationStore(folder / "data")
    ingest(store, "stix", path, WATCH)
    return exported(store)


def loaded(path: Path) -> Read:
    return read(Sample("stix", path, WATCH))


@pytest.mark.parametrize("fields", [{"count": 0}, {"count": 2, "x_opencti_negative": True}])
def test_a_sighting_that_says_unseen_is_a_denial(tmp_path: Path, fields: Stix) -> None:
    found = loaded(sighted(tmp_path, **fields))
    (said,) = of_record(found, "sighting", 3)
    assert (said.stance, said.claim.predicate) == (term("Denial"), term("sightedBy"))
    assert term("timesSeen") not in {word for word, _ in said.claim.qualifiers}
    assert found.quarantined == []


def test_a_sighting_that_is_not_negative_is_an_assertion(tmp_path: Path) -> None:
    found = loaded(sighted(tmp_path, count=2, x_opencti_negative=False))
    (said,) = of_record(found, "sighting", 3)
    assert said.stance == term("Assertion")
    assert (term("timesSeen"), Literal(2)) in said.claim.qualifiers
    assert found.quarantined == []


@pytest.mark.parametrize(
    "fields",
    [{"count": 0}, {"count": 2, "x_opencti_negative": True}, {"count": 2, "seen_in_ref": "…"}],
    ids=["none", "negative", "beside another relation"],
)
def test_a_sighting_comes_back_with_its_number_and_its_times(
    tmp_path: Path, fields: Stix
) -> None:
    if "seen_in_ref" in fields:
        fields = {**fields, "seen_in_ref": id_of("campaign", 1)}
    path = sighted(tmp_path, **fields)
    (came,) = (one for one in json.loads(path.read_text("utf-8"))["objects"] if "count" in one)
    assert back(tmp_path, path)[id_of("sighting", 3)] == came


def test_an_object_may_stand_alone_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "alone.json"
    path.write_text(json.dumps(made("campaign", 1, name="Low Tide")), "utf-8")
    assert stix.recognise(path.name, path.read_text("utf-8"))
    found = loaded(path)
    assert Literal("Low Tide") in found.said("name")
    assert (found.total, found.quarantined) == (1, [])


def test_a_bundle_without_objects_is_no_object_that_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({"type": "bundle", "id": id_of("bundle", 1)}), "utf-8")
    with pytest.raises(BadInput, match="an array 'objects'"):
        list(stix.load(path, Given()))


@pytest.mark.parametrize("spelled", ["TLP:AMBER+STRICT", "amber+strict"])
def test_a_marking_is_known_however_it_is_spelled(tmp_path: Path, spelled: str) -> None:
    rule = made("marking-definition", 4, definition_type="TLP", definition={"TLP": spelled})
    marked = made("campaign", 1, name="Low Tide", object_marking_refs=[rule["id"]])
    found = loaded(bundled(tmp_path, marked, rule))
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpAmberStrict"),)
    assert found.quarantined == []


@pytest.mark.parametrize(("kind", "others"), [("tlp", True), ("tlp_2_0", False)])
def test_a_marking_may_stand_in_an_extension(tmp_path: Path, kind: str, others: bool) -> None:
    extension = {"extension_type": "property-extension", kind: "red"}
    extensions = {id_of("extension-definition", 5): extension}
    rule = made("marking-definition", 4, name="House policy", extensions=extensions)
    marked = made("campaign", 1, name="Low Tide", object_marking_refs=[rule["id"]])
    found = loaded(bundled(tmp_path, marked, rule))
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpRed"),)
    said = next(one for one in found.attestations if Literal("Low Tide") == one.claim.object)
    assert (term("marking"), term("tlpRed")) in said.details
    # a policy has rules of its own beside
    assert (term("markedBy") in dict(said.details)) == others


def test_a_marking_of_another_protocol_is_kept_in_its_words(tmp_path: Path) -> None:
    rule = made("marking-definition", 4, definition_type="PAP", definition={"PAP": "PAP:RED"})
    path = bundled(tmp_path, rule, made("campaign", 1, name="Low Tide"))
    found = loaded(path)
    assert Literal("PAP:RED") in found.said("describedAs")
    assert found.quarantined == []
    assert back(tmp_path, path)[rule["id"]]["definition"] == {"PAP": "PAP:RED"}


def test_a_marking_that_says_nothing_is_left_out_of_a_bundle(tmp_path: Path) -> None:
    rule = made("marking-definition", 4)
    path = bundled(tmp_path, rule, made("campaign", 1, name="Low Tide"))
    assert set(back(tmp_path, path)) == {id_of("campaign", 1)}


def test_a_technique_has_the_number_that_earlier_versions_of_opencti_gave_it(
    tmp_path: Path,
) -> None:
    fields = {"name": "Low Tide", "x_opencti_external_id": "T1368"}
    found = loaded(bundled(tmp_path, made("attack-pattern", 5, **fields)))
    assert Literal("T1368") in found.said("notation")
    assert found.quarantined == []


def test_malware_of_the_earlier_version_comes_back_with_what_refers_to_it(
    tmp_path: Path,
) -> None:
    malware = made("malware", 6, name="Foghorn", labels=["trojan"])
    campaign = made("campaign", 1, name="Low Tide")
    ends = {"source_ref": campaign["id"], "target_ref": malware["id"]}
    uses = made("relationship", 7, relationship_type="uses", **ends)
    path = bundled(tmp_path, malware, campaign, uses)
    found = back(tmp_path, path)
    assert found[malware["id"]]["is_family"] is False
    assert found[uses["id"]] == uses
    (said,) = of_record(loaded(path), "relationship", 7)
    assert detail(said, "wording") == {"uses"}


def test_what_an_observation_of_the_earlier_version_holds_is_read(tmp_path: Path) -> None:
    held = {
        "0": {"type": "domain-name", "value": "pier.example.org", "resolves_to_refs": ["1"]},
        "1": {"type": "ipv4-addr", "value": "192.0.2.7", "belongs_to_refs": ["9"]},
        "2": {"type": "mutex", "name": "low"},
        "3": {"type": "directory", "path": "/quay", "mtime": "2031"},
        "4": {"type": "harbour", "name": "crane"},
        "5": {"type": "user-account", "account_login": "quay", "credential": "secret"},
    }
    seen = {"first_observed": TIMES["created"], "last_observed": TIMES["created"]}
    told = made("observed-data", 8, number_observed=1, objects=held, **seen)
    found = loaded(bundled(tmp_path, told))
    assert len({said.claim.object for said in found.saying("dcterms:references")}) == 5
    assert len(found.saying("resolvedTo")) == 1
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("objects 4", "harbour"),
        ("objects 1 belongs_to_refs", "9"),
        ("objects 3 mtime", "2031"),
        ("objects 5 credential", ""),
    ]


def test_extensions_keep_no_way_to_reach_somebody(tmp_path: Path) -> None:
    numbers = [{"contact_number": "456-789", "contact_number_type": "work-phone"}]
    addresses = [{"email_address_ref": id_of("email-addr", 9)}]
    more = {"contact_numbers": numbers, "email_addresses": addresses, "team": "Quay"}
    kind = {"extension_type": "property-extension"}
    extension = {id_of("extension-definition", 1): {**kind, **more}}
    fields = {"name": "Harbour Watch", "identity_class": "organization"}
    path = bundled(tmp_path, made("identity", 1, extensions=extension, **fields))
    found = loaded(path)
    assert "456-789" not in repr(found.records)
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("extensions", "(withheld)")
    ]
    (kept,) = back(tmp_path, path)[id_of("identity", 1)]["extensions"].values()
    assert (kept["team"], kept["email_addresses"]) == ("Quay", addresses)


def test_what_mitre_writes_on_each_relationship_stands_beside_its_claim(tmp_path: Path) -> None:
    maker = made("identity", 1, name="Harbour Watch", identity_class="organization")
    group, campaign = made("intrusion-set", 2, name="Cranes"), made("campaign", 3, name="Tide")
    ends = {"source_ref": campaign["id"], "target_ref": group["id"]}
    kept: Stix = {"x_mitre_version": "1.0", "x_mitre_domains": ["quay", "pier"]}
    kept |= {"x_mitre_attack_spec_version": "3.3.0", "x_mitre_deprecated": True}
    kept["x_mitre_modified_by_ref"] = maker["id"]
    link = made("relationship", 4, relationship_type="attributed-to", **ends, **kept)
    path = bundled(tmp_path, maker, group, campaign, link)
    found = loaded(path)
    assert [said.claim.predicate for said in of_record(found, "relationship", 4)] == [
        term("hasBehindIt")
    ]
    assert found.quarantined == []
    assert back(tmp_path, path)[link["id"]] == link


def test_traces_come_back_as_far_as_the_record_keeps_what_they_need(tmp_path: Path) -> None:
    address: Stix = {"type": "ipv4-addr", "spec_version": "2.1", "id": id_of("ipv4-addr", 1)}
    traffic: Stix = {"src_ref": address["id"], "protocols": ["tcp"], "src_port": 80}
    mail: Stix = {"is_multipart": False, "subject": "Low tide", "date": TIMES["created"]}
    octets: Stix = {
        "payload_bin": "ZX7H",
        "mime_type": "application/zip",
        "decryption_key": "secret",
    }
    octets["decryption_key"] = "secret"
    sent = [
        {**address, "value": "192.0.2.7"},
        {**address, "type": "network-traffic", "id": id_of("network-traffic", 2), **traffic},
        {**address, "type": "email-message", "id": id_of("email-message", 3), **mail},
        {**address, "type": "artifact", "id": id_of("artifact", 4), **octets},
    ]
    path = bundled(tmp_path, *sent)
    found = loaded(path)
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("decryption_key", ""),
        ("payload_bin", "ZX7H"),
    ]
    assert back(tmp_path, path) == {one["id"]: one for one in sent[:3]}


def observed(held: Stix) -> Stix:
    seen = {"first_observed": TIMES["created"], "last_observed": TIMES["created"]}
    return made("observed-data", 8, number_observed=1, objects=held, **seen)


def test_what_an_observation_of_the_earlier_version_holds_comes_back(tmp_path: Path) -> None:
    held: Stix = {
        "0": {"type": "ipv4-addr", "value": "192.0.2.7"},
        "1": {"type": "network-traffic", "src_ref": "0", "protocols": ["ipv4"]},
        "2": {"type": "user-account", "account_login": "quay", "account_type": "telegram"},
    }
    told = observed(held)
    report = {"name": "Tides", "published": TIMES["created"], "object_refs": [told["id"]]}
    path = bundled(tmp_path, told, made("report", 9, **report))
    assert loaded(path).quarantined == []
    came = back(tmp_path, path)
    assert came[id_of("report", 9)]["object_refs"] == [told["id"]]
    address, traffic, account = (came[id] for id in came[told["id"]].pop("object_refs"))
    told.pop("objects")
    assert came[told["id"]] == told
    assert address["value"] == "192.0.2.7"
    assert (traffic["src_ref"], traffic["protocols"]) == (address["id"], ["ipv4"])
    assert held["2"].items() <= account.items()


def test_no_secret_comes_back_with_what_an_observation_holds(tmp_path: Path) -> None:
    held = {"type": "user-account", "account_login": "quay", "credential": "secret"}
    path = bundled(tmp_path, observed({"0": held}))
    assert "secret" not in repr([said.details for said in loaded(path).attestations])
    assert "secret" not in repr(back(tmp_path, path))


@pytest.mark.parametrize("type", ["intrusion-set", "campaign", "x-mitre-asset"])
def test_what_mitre_alone_writes_is_kept_and_comes_back(tmp_path: Path, type: str) -> None:
    more = {"x_mitre_contributors": ["Crane Desk"], "x_mitre_contents": [{"object_ref": "a"}]}
    one = made(type, 1, name="Cranes", **more)
    path = bundled(tmp_path, one)
    assert loaded(path).quarantined == []
    assert back(tmp_path, path)[one["id"]] == one
