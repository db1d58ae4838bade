"""What a source adds to a statement goes with it into a bundle of STIX."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from loaders.given import Given, Terms
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology.identity import Mint
from tests.test_export_stix import exported

GIVEN = Given(terms=Terms(publisher="Harbour Watch"))


def relationships(folder: Path, loader: str, path: Path) -> dict[str, str]:
    """Return the descriptions of the relationships of a source by their kind."""
    store = GenerationStore(folder / "data")
    ingest(store, loader, path, GIVEN)
    found = exported(store)
    return {
        each["relationship_type"]: each.get("description", "")
        for each in found.values()
        if each["type"] == "relationship"
    }


def test_a_post_that_somebody_left_is_not_exported_as_if_it_were_held(tmp_path: Path) -> None:
    path = tmp_path / "staff.ftm.json"
    entities: list[dict[str, Any]] = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Ada Pier"]}},
        {"id": "q", "schema": "Company", "properties": {"name": ["Quay Ltd"]}},
        {
            "id": "e",
            "schema": "Employment",
            "properties": {"employee": ["a"], "employer": ["q"], "status": ["terminated"]},
        },
    ]
    path.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    found = relationships(tmp_path, "ftm", path)
    assert list(found) == ["related-to"]
    assert "terminated" in found["related-to"]


def test_how_sure_a_catalogue_is_goes_with_its_link_to_a_state(tmp_path: Path) -> None:
    path = tmp_path / "threat-actor.json"
    meta = {"cfr-suspected-state-sponsor": "Iceland", "attribution-confidence": "10"}
    catalogue = {
        "name": "Threat Actor",
        "type": "threat-actor",
        "uuid": "00000001-0000-4000-8000-000000000001",
        "values": [
            {
                "value": "Crane Watch",
                "uuid": "00000002-0000-4000-8000-000000000002",
                "meta": meta,
            }
        ],
    }
    path.write_text(json.dumps(catalogue), encoding="utf-8")
    found = relationships(tmp_path, "misp", path)
    assert "suspected; " in found["linked-to"]
    assert found["linked-to"].endswith("; attribution-confidence of MISP, from 0 to 100: 10")


def test_the_id_that_a_source_has_of_an_account_is_not_the_platforms(tmp_path: Path) -> None:
    path = tmp_path / "accounts.ftm.json"
    entities: list[dict[str, Any]] = [
        {"id": "ftm-1", "schema": "UserAccount",
         "properties": {"service": ["Twitter"], "username": ["quay"]}},
        {"id": "ftm-2", "schema": "UserAccount",
         "properties": {"service": ["vk"], "username": ["id9001"]}},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    store = GenerationStore(tmp_path / "data")
    ingest(store, "ftm", path, GIVEN)
    accounts = [one for one in exported(store).values() if one["type"] == "user-account"]
    assert {one.get("user_id") for one in accounts} == {None, "9001"}
    assert {one.get("account_login") for one in accounts} == {"quay", "id9001"}


def test_where_iris_are_made_gives_no_account_an_id(tmp_path: Path) -> None:
    path = tmp_path / "accounts.ftm.json"
    told = {"service": ["Twitter"], "username": ["quay"]}
    account = {"id": "ftm-1", "schema": "UserAccount", "properties": told}
    path.write_text(json.dumps(account), encoding="utf-8")
    store, base = GenerationStore(tmp_path / "data"), "https://quay.example/id/"
    ingest(store, "ftm", path, replace(GIVEN, mint=Mint(base)))
    (found,) = (one for one in exported(store).values() if one["type"] == "user-account")
    assert "user_id" not in found
