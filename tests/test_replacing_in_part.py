"""A newer version takes the place of the one before, though not all of it can be taken."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions

from loaders.given import Given, Terms
from onrecord.errors import BadRow
from onrecord.ingest import ingest
from onrecord.loads import Report
from onrecord.store import GenerationStore
from tests.test_replacing_what_is_spoilt import actor

GIVEN = Given(terms=Terms(publisher="Harbour Watch"))
STANDING = """
PREFIX rec: <https://w3id.org/onrecord/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?value {
  ?said rec:claim/rdf:object ?value
  FILTER (isLiteral(?value))
  FILTER NOT EXISTS { ?said prov:invalidatedAtTime ?when }
}
"""
ADA = {"name": ["Ada Pier"], "alias": ["A. P."], "birthDate": ["1990-01-01"]}
BO = {"name": ["Bo Quay"], "country": ["is"], "summary": ["A clerk."]}


def load(
    store: GenerationStore, folder: Path, *people: dict[str, Any], replace: bool = False
) -> Report:
    path = folder / "people.ftm.json"
    lines = (
        json.dumps({"id": f"p{at}", "schema": "Person", "properties": one, "datasets": ["d"]})
        for at, one in enumerate(people)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return ingest(store, "ftm", path, GIVEN, replace=replace)


def standing(store: GenerationStore) -> set[str]:
    with store.read() as snapshot:
        found = snapshot.query(STANDING)
        assert isinstance(found, QuerySolutions)
        return {row["value"].value for row in found}


def test_what_no_record_keeps_does_not_stop_a_newer_version(
    store: GenerationStore, tmp_path: Path
) -> None:
    load(store, tmp_path, ADA, BO)
    assert "A. P." in standing(store)
    report = load(store, tmp_path, {**ADA, "alias": ["Ada"]}, BO, replace=True)
    assert len(report.quarantined) == 1
    assert report.missing > 0
    assert "Ada" in standing(store)
    assert "A. P." not in standing(store)


def test_what_could_never_be_read_does_not_stop_a_newer_version_of_the_rest(
    store: GenerationStore, tmp_path: Path
) -> None:
    load(store, tmp_path, ADA, {**BO, "country": ["nowhere"]})
    report = load(
        store, tmp_path, {**ADA, "alias": []}, {**BO, "country": ["nowhere"]}, replace=True
    )
    assert len(report.quarantined) == 2
    assert "A. P." not in standing(store)


def test_what_was_read_and_can_be_no_longer_stops_a_newer_version(
    store: GenerationStore, tmp_path: Path
) -> None:
    load(store, tmp_path, ADA, BO)
    before = standing(store)
    message = "p1.*'nowhere': names no country, and what cannot be read does not count as taken"
    with pytest.raises(BadRow, match=message):
        load(store, tmp_path, ADA, {**BO, "country": ["nowhere"]}, replace=True)
    assert standing(store) == before


def test_a_record_that_nobody_can_know_by_its_key_stops_a_newer_version(
    store: GenerationStore, tmp_path: Path
) -> None:
    load(store, tmp_path, ADA, BO)
    path = tmp_path / "people.ftm.json"
    first, _ = path.read_text("utf-8").splitlines()
    path.write_text(f"{first}\n{{broken\n", encoding="utf-8")
    with pytest.raises(BadRow, match="no JSON"):
        ingest(store, "ftm", path, GIVEN, replace=True)
    assert "Bo Quay" in standing(store)


def test_an_object_of_stix_may_change_beside_a_field_that_nobody_reads(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    crane = actor(goals=["close the pier", "N/A"], x_quay_mood="dull")
    path.write_text(json.dumps(crane), encoding="utf-8")
    ingest(store, "stix", path, GIVEN)
    assert "Crane Gulls" in standing(store)
    path.write_text(json.dumps(crane | {"aliases": ["Quay Gulls"]}), encoding="utf-8")
    report = ingest(store, "stix", path, GIVEN, replace=True)
    assert {one.column for one in report.quarantined} == {"goals", "x_quay_mood"}
    assert "Quay Gulls" in standing(store)
    assert "Crane Gulls" not in standing(store)
