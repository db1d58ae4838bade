"""Entities of FollowTheMoney that stand within others, as its interface gives them."""

import json
from pathlib import Path

from pyoxigraph import Literal

from loaders.given import Given, Terms
from ontology.identity import Mint
from tests.loading import Sample, read


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
