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
