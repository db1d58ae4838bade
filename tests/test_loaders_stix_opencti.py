"""What OpenCTI says of objects in its streams and over TAXII: in an extension."""

from pathlib import Path
from typing import Any

import pytest

from ontology import term
from tests.bundles import MINT, id_of, identified, of_record
from tests.test_loaders_stix_dialects import (
    TIMES,
    Stix,
    back,
    bundled,
    loaded,
    made,
    sighted,
)


def extended(**told: Any) -> Stix:
    """Return what OpenCTI says of an object in its streams, as STIX lets it."""
    id = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
    return {"extensions": {id: {"extension_type": "property-extension", **told}}}


@pytest.mark.parametrize("fields", [{}, {"count": 8}])
def test_an_extension_may_say_that_something_was_not_seen(tmp_path: Path, fields: Stix) -> None:
    path = sighted(tmp_path, **extended(negative=True), **fields)
    (said,) = of_record(loaded(path), "sighting", 3)
    assert said.stance == term("Denial")
    came = back(tmp_path, path)[id_of("sighting", 3)]
    assert came.get("count") == fields.get("count")
    assert came["extensions"] == extended(negative=True)["extensions"]


def test_what_was_inferred_by_rules_is_said_by_nobody(tmp_path: Path) -> None:
    group, campaign = made("intrusion-set", 2, name="Cranes"), made("campaign", 3, name="Tide")
    ends = {"source_ref": campaign["id"], "target_ref": group["id"]}
    told = {"relationship_type": "attributed-to", **ends, **extended(is_inferred=True)}
    event = made("incident", 5, name="Seen", **extended(is_inferred=True))
    aimed = {"relationship_type": "targets", **ends, "target_ref": event["id"]}
    more = made("relationship", 6, **aimed)
    path = bundled(tmp_path, group, campaign, made("relationship", 4, **told), event, more)
    found = loaded(path)
    assert found.saying("hasBehindIt") == []
    reason = "was inferred by rules: nobody says it"
    assert {one.key: one.reason for one in found.quarantined} == {
        id_of("relationship", 4): reason,
        id_of("incident", 5): reason,
        id_of("relationship", 6): "refers to an object that was not taken",
    }
    assert found.fates.total() == found.total


def test_an_extension_may_say_that_an_actor_is_a_person(tmp_path: Path) -> None:
    told = extended(type="Threat-Actor-Individual")
    found = loaded(bundled(tmp_path, made("threat-actor", 4, name="A. Keeper", **told)))
    assert term("foaf:Person") in found.said("rdf:type", found.named("A. Keeper"))


def test_an_extension_may_say_who_made_an_observable(tmp_path: Path) -> None:
    desk = made("identity", 1, name="Crane Desk", identity_class="organization")
    id = "extension-definition--f93e2c80-4231-4f9a-af8b-95c9bd566a82"
    told = {id: {"extension_type": "property-extension", "created_by_ref": desk["id"]}}
    one = {"type": "url", "id": id_of("url", 2), "value": "https://gull.example/"}
    found = loaded(bundled(tmp_path, desk, {**one, "extensions": told}))
    assert {said.speaker for said in of_record(found, "url", 2)} == {
        MINT.named("org", "Crane Desk")
    }


def test_a_note_that_says_nothing_is_referred_to_by_nobody(tmp_path: Path) -> None:
    campaign = made("campaign", 1, name="Low Tide")
    note = made("note", 2, content="TBD", object_refs=[campaign["id"]])
    told = {"name": "Tides", "published": TIMES["created"], "object_refs": [note["id"]]}
    path = bundled(tmp_path, campaign, note, made("report", 3, **told))
    found = loaded(path)
    assert found.saying("dcterms:references") == []
    assert [(one.key, one.column, one.reason) for one in found.quarantined] == [
        (note["id"], "content", "says nothing"),
        (id_of("report", 3), "object_refs", "refers to an object that was not taken"),
    ]


@pytest.mark.parametrize("kind", ["imei", "credential"])
def test_a_kind_that_opencti_names_is_known_by_its_id(tmp_path: Path, kind: str) -> None:
    named = {"type": kind, "spec_version": "2.1", "id": id_of(kind, 2), "value": "1234567"}
    tide = made("campaign", 1, name="Tide")
    other = made("relationship", 3, relationship_type="related-to", source_ref=id_of(kind, 2))
    link = {**other, "target_ref": tide["id"]}
    found = loaded(bundled(tmp_path, tide, {**named, "x_opencti_type": kind.title()}, link))
    (said,) = found.saying("dcterms:relation")
    assert said.claim.subject == identified(found, kind, 2)
    assert "1234567" not in str([(one.claim, one.details) for one in found.attestations])
    unnamed = loaded(bundled(tmp_path, tide, named, link))
    assert unnamed.saying("dcterms:relation") == []
