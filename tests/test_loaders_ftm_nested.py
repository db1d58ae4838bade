"""Entities of FollowTheMoney that stand within others: as its interface gives them, deltas."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders.given import Given, Terms
from ontology.identity import Mint
from tests.loading import Sample, read
from tests.test_loaders_ftm import entity, loaded


def test_a_relation_may_hold_the_entities_at_its_ends(tmp_path: Path) -> None:
    owner = {"id": "a", "schema": "Company", "properties": {"name": ["Quay Ltd"]}}
    ends = {"owner": [owner], "asset": ["b"]}
    link = {"id": "o", "schema": "Ownership", "properties": ends}
    path = tmp_path / "file.json"
    path.write_text(json.dumps(link), encoding="utf-8")
    found = read(Sample("ftm", path, Given(terms=Terms(publisher="Harbour Register"))))
    company, asset = (Mint().activity("ftm", id) for id in ("a", "b"))
    assert found.said("ownedBy", asset) == [company]
    assert Literal("Quay Ltd") in found.said("name", company)
    assert found.quarantined == []


def test_a_delta_holds_what_was_added_or_changed(tmp_path: Path) -> None:
    person = {"id": "p", "schema": "Person", "properties": {"name": ["Ann Quay"]}}
    owned = {"id": "o", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["b"]}}
    changes = [{"op": "ADD", "entity": person}, {"op": "MOD", "entity": owned}]
    path = tmp_path / "delta.json"
    ended = [{"op": "DEL", "entity": {"id": "b"}}]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in changes + ended), "utf-8")
    found = read(Sample("ftm", path, Given(terms=Terms(publisher="Harbour Register"))))
    ann, asset = (Mint().activity("ftm", id) for id in ("p", "b"))
    assert Literal("Ann Quay") in found.said("name", ann)
    assert found.said("ownedBy", asset) == [ann]
    assert (found.total, len(found.quarantined)) == (3, 1)


QUAY: Final = {"id": "q", "schema": "Company", "properties": {"name": ["Quay Ltd"]}}
SEARCHED: Final = {"status": "ok", "results": [QUAY], "total": 1}
MATCHED: Final = {"responses": {"one": SEARCHED, "other": {"results": []}}, "limit": 5}


@pytest.mark.parametrize("answer", [SEARCHED, MATCHED], ids=["search", "match"])
@pytest.mark.parametrize("indent", [None, 2])
def test_what_an_interface_answers_is_read_whatever_lines_it_has(
    tmp_path: Path, answer: dict[str, Any], indent: int | None
) -> None:
    found = loaded(tmp_path, json.dumps(answer, indent=indent))
    assert Literal("Quay Ltd") in found.said("name", entity("q"))
    assert (found.quarantined, found.total) == ([], 1)


def test_blank_lines_may_stand_before_entities(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(f"\n \n{json.dumps(QUAY)}\n{json.dumps({**QUAY, 'id': 'r'})}\n", "utf-8")
    found = read(Sample("ftm", path, Given(terms=Terms(publisher="Harbour Register"))))
    assert found.said("name", Mint().activity("ftm", "r")) == [Literal("Quay Ltd")]
    assert found.quarantined == []


ANN: Final = {
    "id": "a",
    "schema": "Person",
    "caption": "Ann Gull",
    "datasets": ["harbour_peps"],
    "first_seen": "2031-05-01",
    "properties": {"birthDate": ["1990"]},
}
OWNED: Final = {
    "id": "o",
    "schema": "Ownership",
    "properties": {"owner": [ANN], "asset": ["q"]},
}
LISTED: Final = {
    "id": "s",
    "schema": "Sanction",
    "properties": {"entity": ["q"], "authority": ["Harbour Office"], "reason": ["It lied"]},
}
SEEN: Final = {"s": "2031-05-01", "t": "2031-06-01"}
NESTED: Final = {
    **QUAY,
    "datasets": ["harbour_firms"],
    "properties": {"name": ["Quay Ltd"], "ownershipAsset": [OWNED], "sanctions": [LISTED]},
}


def test_who_stands_at_the_end_of_a_nested_relation_is_told(tmp_path: Path) -> None:
    found = loaded(tmp_path, json.dumps(NESTED))
    ann = entity("a")
    assert found.said("ownedBy", entity("q")) == [ann]
    assert found.said("name", ann) == [Literal("Ann Gull")]
    assert [one.column for one in found.quarantined] == ["birthDate"]
    assert Literal("It lied") in found.said("describedAs", entity("q"))


def test_what_is_nested_is_said_by_its_own_dataset(tmp_path: Path) -> None:
    found = loaded(tmp_path, json.dumps(NESTED))
    names = {one.claim.subject: one.speaker for one in found.saying("dcterms:identifier")}
    peps, firms = (Mint().named("dataset", name) for name in ("harbour_peps", "harbour_firms"))
    assert (names[entity("a")], names[entity("q")]) == (peps, firms)


def test_a_relation_that_holds_its_owner_is_not_owned_itself(tmp_path: Path) -> None:
    found = loaded(tmp_path, json.dumps(OWNED))
    assert {one.claim.subject for one in found.saying("ownedBy")} == {entity("q")}


def test_a_nested_relation_without_an_end_shows_nothing_of_who_stands_at_the_other(
    tmp_path: Path,
) -> None:
    owned = {**OWNED, "properties": {"owner": [ANN]}}
    holder = {**QUAY, "properties": {"name": ["Quay Ltd"], "ownershipAsset": [owned]}}
    found = loaded(tmp_path, json.dumps(holder))
    assert [(one.column, one.value) for one in found.quarantined] == [("ownershipAsset", "o")]


def test_two_nested_entities_may_say_the_same_of_a_third(tmp_path: Path) -> None:
    listed = [{**LISTED, "id": id, "first_seen": day} for id, day in SEEN.items()]
    holder = {**QUAY, "properties": {"name": ["Quay Ltd"], "sanctions": listed}}
    found = loaded(tmp_path, json.dumps(holder))
    assert (found.quarantined, len(found.saying("sanctionedBy"))) == ([], 2)
