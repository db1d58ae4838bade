"""Names of STIX objects that name nobody, or another place than the country of that name."""

from pathlib import Path
from typing import Any

import pytest

from ontology import term
from tests.bundles import MINT, at_fault, id_of, identified
from tests.loading import Read
from tests.test_loaders_stix_dialects import back, bundled, loaded, made


def attributed(folder: Path, *names: str, kind: str = "threat-actor") -> Read:
    tide = made("campaign", 1, name="Low Tide")
    actors = [made(kind, number, name=name) for number, name in enumerate(names, start=2)]
    links = [
        made("relationship", number, relationship_type="attributed-to",
             source_ref=tide["id"], target_ref=one["id"])
        for number, one in enumerate(actors, start=20)
    ]  # fmt: skip
    return loaded(bundled(folder, tide, *actors, *links))


@pytest.mark.parametrize(
    "name", ["Unknown actor", "unknown Threat Actors", "Acteur inconnu", "Unidentified group"]
)
def test_unknown_actors_are_not_one_and_the_same(tmp_path: Path, name: str) -> None:
    found = attributed(tmp_path, name, name)
    first, second = found.said("hasBehindIt")
    assert first != second
    assert {kind for one in (first, second) for kind in found.said("rdf:type", one)} == {  # type: ignore[arg-type]
        term("UnnamedGroup")
    }


@pytest.mark.parametrize("name", ["Unknown Heron", "menuPass", "Unidentified Gulls"])
def test_whoever_has_a_name_is_named(tmp_path: Path, name: str) -> None:
    assert attributed(tmp_path, name).said("hasBehindIt") == [MINT.named("org", name)]


@pytest.mark.parametrize(
    "other", ["Heron Desk (unconfirmed)", "possibly Heron Desk", "see note"]
)
def test_a_doubted_other_name_is_none(tmp_path: Path, other: str) -> None:
    gulls = made("intrusion-set", 1, name="GULL SWARM", aliases=["Gull Flock", other])
    found = loaded(bundled(tmp_path, gulls))
    assert [one.value for one in found.said("alias")] == ["Gull Flock"]
    ((column, _),) = at_fault(found, "intrusion-set", 1)
    assert column == "aliases"


def test_unattributed_is_nobody(tmp_path: Path) -> None:
    found = attributed(tmp_path, "Unattributed")
    assert found.said("hasBehindIt") == []
    assert at_fault(found, "threat-actor", 2) == [("name", "names nobody")]


@pytest.mark.parametrize(
    "told",
    [
        {"country": "US"},
        {"country": "US", "administrative_area": "US-GA"},
        {"x_opencti_location_type": "Administrative-Area"},
        {"x_opencti_location_type": "City", "city": "Georgia"},
    ],
)
def test_what_is_called_like_a_country_is_not_that_country(
    tmp_path: Path, told: dict[str, Any]
) -> None:
    state = made("location", 2, name="Georgia", **told)
    nation = made("location", 3, name="Georgia", country="GE")
    found = loaded(bundled(tmp_path, state, nation))
    assert identified(found, "location", 2) != identified(found, "location", 3)
    assert identified(found, "location", 3) == MINT.named("place", "Georgia")


def test_a_name_that_stix_reserves_comes_back_as_one_of_our_own(tmp_path: Path) -> None:
    case = made("case-incident", 2, name="Tide", severity="low", response_types=["takedown"])
    path = bundled(tmp_path, case)
    assert loaded(path).quarantined == []
    came = back(tmp_path, path)[id_of("case-incident", 2)]
    assert came == {
        **{key: case[key] for key in case if key != "severity"},
        "x_severity": "low",
    }
