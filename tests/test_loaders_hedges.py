"""What leaves a relation open in MISP and FollowTheMoney is its hedge, or asks about it."""

from pathlib import Path
from typing import Any, Final

import pytest

from loaders.given import Given, Terms
from loaders.records import Attestation
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from tests.bundles import detail
from tests.test_loaders_ftm_over import link
from tests.test_loaders_ftm_over import loaded as of_ftm
from tests.test_loaders_misp import MINT, event_of, loaded
from tests.test_loaders_misp_parts import attribute

LIKELY: Final = {"name": 'estimative-language:likelihood-probability="likely"'}


def told(said: Attestation) -> tuple[object, set[str]]:
    return said.stance, detail(said, "hedge")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"role": "alleged owner"}, (term("Assertion"), {"alleged owner"})),
        (
            {"role": "owner (disputed)", "status": "active"},
            (term("Assertion"), {"owner (disputed)"}),
        ),
        ({"ownershipType": "suspected nominee"}, (term("Assertion"), {"suspected nominee"})),
        ({"role": "not an owner"}, (term("Question"), {"not an owner"})),
        ({"status": "Disputed"}, (term("Question"), {"Disputed"})),
        ({"status": "Unknown"}, (term("Assertion"), {"Unknown"})),
        ({"role": "owner", "status": "active"}, (term("Assertion"), set())),
        ({"role": "Not-for-profit trustee"}, (term("Assertion"), set())),
        ({"role": "Disputed territories envoy"}, (term("Assertion"), set())),
        ({"role": "Not applicable", "status": "n/a"}, (term("Assertion"), set())),
    ],
)
def test_a_relation_that_its_role_or_status_leaves_open_is_hedged_or_asked(
    tmp_path: Path, words: dict[str, str], expected: tuple[object, set[str]]
) -> None:
    (said,) = of_ftm(tmp_path, link("Ownership", **words)).saying("ownedBy")
    assert told(said) == expected


def test_who_is_only_denied_to_be_an_associate_is_asked_about(tmp_path: Path) -> None:
    ends = {"person": ["a"], "associate": ["b"], "relationship": ["denied associate"]}
    denied = {"id": "l", "schema": "Associate", "properties": ends}
    (said,) = of_ftm(tmp_path, denied).saying("dcterms:relation")
    assert told(said) == (term("Question"), {"denied associate"})


@pytest.mark.parametrize("name", ["Unknown", "n/a", "#REF!"])
def test_nobody_is_sanctioned_by_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    listed = link("Sanction", program="Cranes")
    listed["properties"]["authority"] = [name, "Harbour Treasury"]
    found = of_ftm(tmp_path, listed)
    assert found.said("sanctionedBy") == [MINT.named("org", "Harbour Treasury")]
    assert [(one.column, one.value) for one in found.quarantined] == [("authority", name)]


@pytest.mark.parametrize("name", ["#REF!", "N/A"])
def test_what_a_failed_formula_has_left_is_no_name_of_an_entity(
    tmp_path: Path, name: str
) -> None:
    company = {"id": "a", "schema": "Company", "properties": {"name": [name, "Quay Ltd"]}}
    found = of_ftm(tmp_path, company)
    assert "Quay Ltd" in {one.value for one in found.said("name")}
    assert name not in {one.value for one in found.said("name")}
    assert found.reasons == {"names nobody": 1}


def test_an_event_in_which_something_is_left_open_twice_loads(tmp_path: Path) -> None:
    actor = attribute(1, "threat-actor", "Crane Group", comment="Suspected", Tag=[LIKELY])
    found = loaded(tmp_path, event_of(Attribute=[actor]))
    (said,) = found.saying("involves")
    assert told(said) == (term("Assertion"), {"likely; Suspected"})
    given = Given(terms=Terms(publisher="Harbour CERT"))
    store = GenerationStore(tmp_path / "data")
    assert ingest(store, "misp", tmp_path / "file.json", given).new


def named(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"name": f'misp-galaxy:{kind}="{name}"'}]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("threat-actor", "#REF!"),
        ("threat-actor", "Crane?"),
        ("tool", "#REF!"),
        ("sector", "Unknown"),
    ],
)
def test_a_tag_with_a_name_that_is_none_involves_nothing(
    tmp_path: Path, kind: str, name: str
) -> None:
    found = loaded(tmp_path, event_of(Tag=named(kind, name)))
    assert found.saying("involves") == []
    assert [(one.column, one.value) for one in found.quarantined] == [("Galaxy", name)]
