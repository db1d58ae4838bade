"""Opinions of STIX on sightings: stances on what was seen."""

import json
from pathlib import Path
from typing import Any

import pytest

from ontology import term
from tests.bundles import detail, id_of, of_record
from tests.loading import Read
from tests.test_loaders_stix_dialects import back, bundled, loaded, made, sighted


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


def test_what_many_saw_is_told_in_so_many_lines_and_comes_back_whole(tmp_path: Path) -> None:
    tide = made("campaign", 1, name="Low Tide")
    witnesses = [
        made("identity", number, name=f"Watch {number}", identity_class="organization")
        for number in range(10, 30)
    ]
    ids = [one["id"] for one in witnesses]
    seen = made("sighting", 3, sighting_of_ref=tide["id"], where_sighted_refs=ids)
    doubt = made("opinion", 4, opinion="disagree", object_refs=ids)
    path = bundled(tmp_path, tide, *witnesses, seen, doubt)
    found = loaded(path)
    for type, number, word in (
        ("sighting", 3, "where_sighted_refs"),
        ("opinion", 4, "object_refs"),
    ):
        told = [detail(one, "recordReference") for one in of_record(found, type, number)]
        assert sum(one.startswith(word) for each in told for one in each) == len(ids)
    came = back(tmp_path, path)
    assert sorted(came[seen["id"]]["where_sighted_refs"]) == ids
    assert sorted(came[doubt["id"]]["object_refs"]) == ids


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
