"""Objects of STIX that were set aside and mended say what they meant to, by whom they did."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from loaders.given import Given, Terms
from onrecord.ingest import ingest
from onrecord.loads import Load
from onrecord.quarantine import set_aside
from onrecord.store import GenerationStore
from ontology import term
from tests.loading import Read, Sample, read
from tests.test_loaders_stix_dialects import Stix, bundled, made
from tests.test_loaders_stix_versions import DESK, GULLS, TIDE, link, of

GREEN: Final = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
NEST: Final = made("campaign", 7, name="High Nest", object_marking_refs=[GREEN])
TOLD: Final = Given(terms=Terms(publisher="Harbour Watch"))
SPOILT: Final = link(4, relationship_type="TBD")


def mended(folder: Path, path: Path, given: Given) -> tuple[Load, Read]:
    """Return how what is set aside of a file is loaded, and what it says once it is mended."""
    report = ingest(GenerationStore(folder / "data"), "stix", path, given)
    ((load, aside),) = set_aside(folder / "aside", [report]).records
    aside.write_text(aside.read_text("utf-8").replace("TBD", "attributed-to"), "utf-8")
    return load, read(Sample("stix", aside, load.given))


def test_a_relationship_has_its_ends_and_its_maker_beside_it(tmp_path: Path) -> None:
    path = bundled(tmp_path, DESK, TIDE, GULLS, NEST, SPOILT)
    _, found = mended(tmp_path, path, TOLD)
    (said,) = found.saying("hasBehindIt")
    (meant,) = of(tmp_path, link(4)).saying("hasBehindIt")
    assert (said.claim, said.speaker, said.relays) == (meant.claim, meant.speaker, meant.relays)
    assert found.quarantined == []
    assert found.total == 4


def test_a_part_of_a_file_has_the_publisher_and_the_marking_of_the_whole(
    tmp_path: Path,
) -> None:
    load, _ = mended(tmp_path, bundled(tmp_path, DESK, TIDE, GULLS, NEST, SPOILT), Given())
    terms = load.given.terms
    assert (terms.publisher, terms.marking) == ("Crane Desk", "TLP:GREEN")


@pytest.mark.parametrize(("told", "held"), [("", "TLP:RED"), ("TLP:AMBER", "TLP:AMBER")])
def test_a_part_of_a_file_is_held_back_as_the_whole_is_whose_marking_is_not_read(
    tmp_path: Path, told: str, held: str
) -> None:
    rule = made("marking-definition", 8, definition_type="x-pap", definition={"pap": "RED"})
    nest: Stix = {**NEST, "object_marking_refs": [GREEN, rule["id"]]}
    path = bundled(tmp_path, DESK, TIDE, GULLS, rule, nest, SPOILT)
    load, _ = mended(tmp_path, path, Given(terms=Terms(marking=told)))
    assert load.given.terms.marking == held


def test_objects_in_lines_have_beside_them_what_they_name(tmp_path: Path) -> None:
    path = tmp_path / "objects.jsonl"
    listed: list[Stix] = [DESK, TIDE, GULLS, SPOILT]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in listed), "utf-8")
    _, found = mended(tmp_path, path, TOLD)
    assert len(found.saying("hasBehindIt")) == 1


@pytest.mark.parametrize(("told", "stance"), [("true", "Retraction"), ("False", "Assertion")])
def test_a_relationship_is_revoked_also_where_that_is_a_text(
    tmp_path: Path, told: str, stance: str
) -> None:
    (said,) = of(tmp_path, link(4, revoked=told)).saying("hasBehindIt")
    assert said.stance == term(stance)


@pytest.mark.parametrize("told", ["yes", 1, 0.0, 2, [True]])
def test_what_may_be_revoked_says_nothing(tmp_path: Path, told: Any) -> None:
    found = of(tmp_path, link(4, revoked=told))
    assert found.saying("hasBehindIt") == []
    (one,) = found.quarantined
    assert one.column == "revoked"
