"""Opinions of STIX on sightings: stances on what was seen."""

import json
from pathlib import Path
from typing import Any

import pytest

from ontology import term
from tests.bundles import id_of, of_record
from tests.loading import Read
from tests.test_loaders_stix_dialects import back, loaded, made, sighted


def doubted(folder: Path, **fields: Any) -> Read:
    """Return what a bundle says with a sighting, an opinion on it, and a report of it."""
    path = sighted(folder, **fields)
    whole = json.loads(path.read_text("utf-8"))
    on = {"object_refs": [id_of("sighting", 3)]}
    whole["objects"].append(made("opinion", 4, opinion="disagree", **on))
    whole["objects"].append(made("report", 5, name="Seen", **on))
    path.write_text(json.dumps(whole), "utf-8")
    return loaded(path)


def test_an_opinion_on_a_sighting_is_a_stance_on_what_was_seen(tmp_path: Path) -> None:
    found = doubted(tmp_path, count=2)
    (seen,), (doubt,) = of_record(found, "sighting", 3), of_record(found, "opinion", 4)
    assert doubt.claim == seen.claim
    assert doubt.stance == term("Denial")
    assert len(found.saying("dcterms:references")) == 1
    assert found.quarantined == []


def test_an_opinion_on_a_denied_sighting_asserts_nothing_that_was_seen(tmp_path: Path) -> None:
    found = doubted(tmp_path, count=0)
    assert {said.stance for said in found.saying("sightedBy")} == {term("Denial")}
    assert [one.key for one in found.quarantined] == [id_of("opinion", 4)]


@pytest.mark.parametrize("count", [0.0, "0"])
def test_a_count_of_none_denies_however_it_is_spelled(tmp_path: Path, count: object) -> None:
    found = doubted(tmp_path, count=count)
    assert {said.stance for said in found.saying("sightedBy")} == {term("Denial")}
    assert {one.key for one in found.quarantined} == {id_of("sighting", 3), id_of("opinion", 4)}
    came = back(tmp_path, sighted(tmp_path, count=count))[id_of("sighting", 3)]
    assert json.dumps(came["count"]) == "0"
