"""Relations of FollowTheMoney that are over, and entities that properties name."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from loaders.given import Given, Terms
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, read_written

REGISTER = Given(terms=Terms(publisher="Harbour Register"))
ONE, OTHER = (Mint().activity("ftm", id) for id in ("a", "b"))
ENDS = {
    "Occupancy": ("holder", "post"),
    "Directorship": ("director", "organization"),
    "Ownership": ("owner", "asset"),
    "Sanction": ("entity", "authority"),
}
WORDS = ("org:holds", "directorOf", "ownedBy", "sanctionedBy")


def loaded(folder: Path, *entities: dict[str, Any]) -> Read:
    lines = "".join(f"{json.dumps(one)}\n" for one in entities)
    return read_written("ftm", folder / "file.json", lines, REGISTER)


def link(schema: str, **told: str) -> dict[str, Any]:
    first, second = ENDS[schema]
    properties = {first: ["a"], second: ["b"], **{name: [told[name]] for name in told}}
    return {"id": "l", "schema": schema, "properties": properties}


@pytest.mark.parametrize("status", ["ended", "Inactive", "historical", "delisted", "former"])
@pytest.mark.parametrize("schema", ENDS)
def test_what_is_over_is_not_said_to_hold(tmp_path: Path, schema: str, status: str) -> None:
    found = loaded(tmp_path, link(schema, status=status))
    assert [said for word in WORDS for said in found.said(word)] == []
    (said,) = found.saying("dcterms:relation")
    assert dict(said.claim.qualifiers)[term("relationType")] == Literal(f"{schema}, {status}")


@pytest.mark.parametrize("role", ["former director", "ex-chair"])
def test_a_former_director_is_none(tmp_path: Path, role: str) -> None:
    found = loaded(tmp_path, link("Directorship", role=role))
    assert found.said("directorOf") == []


@pytest.mark.parametrize("role", ["Ex officio member", "ex-officio"])
def test_who_directs_by_office_directs(tmp_path: Path, role: str) -> None:
    assert loaded(tmp_path, link("Directorship", role=role)).said("directorOf", ONE) == [OTHER]


def test_who_was_secretary_may_be_a_director(tmp_path: Path) -> None:
    both = link("Directorship")
    both["properties"]["role"] = ["Director", "former Secretary"]
    assert loaded(tmp_path, both).said("directorOf", ONE) == [OTHER]


@pytest.mark.parametrize(
    "told",
    [{"status": "current"}, {"status": "unknown"}, {"status": "ended", "endDate": "2030"}],
)
def test_what_goes_on_or_ends_on_a_day_is_what_it_is(
    tmp_path: Path, told: dict[str, str]
) -> None:
    found = loaded(tmp_path, link("Occupancy", **told))
    assert found.said("org:holds", ONE) == [OTHER]


@pytest.mark.parametrize(
    ("schema", "name"),
    [("Security", "issuer"), ("CryptoWallet", "holder"), ("Vehicle", "operator")],
)
def test_an_entity_that_a_property_names_is_that_entity(
    tmp_path: Path, schema: str, name: str
) -> None:
    company = {"id": "b", "schema": "Company", "properties": {"name": ["Quay Ltd"]}}
    thing = {"id": "a", "schema": schema, "properties": {name: ["b"]}}
    assert loaded(tmp_path, company, thing).said("dcterms:relation", ONE) == [OTHER]
    found = loaded(tmp_path, {**thing, "properties": {name: ["Quay Ltd"]}})
    assert found.said("dcterms:relation") == []
    assert found.said("describedAs", ONE) == [Literal("Quay Ltd")]
