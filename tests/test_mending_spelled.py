"""What is to be mended is found in its file however that is spelled, and nothing else of it."""

import json
import time
from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given, Terms
from onrecord.ingest import ingest
from onrecord.loads import Load, Report
from onrecord.pruned import pruned
from onrecord.quarantine import set_aside
from onrecord.store import GenerationStore
from tests.test_mending_json import EVENT, NUMBER, bundle

FEED: Final = Given(terms=Terms(publisher="Pier Feed"))
ALONE: Final = {"type": "domain", "value": "pier.example"}
PASSPORT: Final = {"type": "passport-number", "value": "PP9001"}
OBJECT: Final = {"name": "site", "uuid": f"0f5a1fb3-{NUMBER}15"}
SPOILT: Final = {"type": "domain", "object_relation": "domain", "value": "no domain"}
NAMELESS: Final = {
    "uuid": f"0f5a1fb3-{NUMBER}11",
    "info": "Quay watch",
    "date": "2031-04-01",
    "Attribute": [ALONE, PASSPORT],
    "Object": [{**OBJECT, "Attribute": [SPOILT]}],
}
PERSON: Final = {"id": "p", "schema": "Person", "properties": {"passportNumber": ["PP9001"]}}
ANSWERS: Final = {
    "responses": {
        "q1": {"results": [{"schema": "Company", "properties": {"name": ["Quay"]}}]},
        "q2": {"results": [PERSON]},
    }
}


def left_of(folder: Path, loader: str, name: str, text: str) -> tuple[Load, Path, Report]:
    """Return what is set aside of a file, and how it is loaded again."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    report = ingest(GenerationStore(folder / "data"), loader, path, FEED)
    ((load, aside),) = set_aside(folder / "aside", [report]).records
    return load, aside, report


def test_what_is_no_json_is_found_in_lines_that_end_as_those_of_windows(tmp_path: Path) -> None:
    text = json.dumps(json.loads(bundle()), indent=1).replace('"Crane Group"', "Crane Group")
    _, aside, _ = left_of(tmp_path, "stix", "bundle.json", text.replace("\n", "\r\n"))
    left = aside.read_text("utf-8")
    assert '"type": "bundle"' in left
    assert '"name": Crane Group' in left
    assert "Harbour Desk" in left


def test_an_attribute_in_lines_has_its_event_around_it(tmp_path: Path) -> None:
    other = {**EVENT, "uuid": f"0f5a1fb3-{NUMBER}21", "info": "Pier watch"}
    lines = [json.dumps({"Event": one}).replace("13", "23") + "\n" for one in (EVENT, other)]
    load, aside, _ = left_of(tmp_path, "misp", "events.jsonl", "".join(lines))
    left = aside.read_text("utf-8")
    assert "Quay watch" in left
    assert "Pier watch" in left
    aside.write_text(left.replace("no domain", "quay.example"), encoding="utf-8")
    again = ingest(GenerationStore(tmp_path / "again"), "misp", aside, load.given)
    assert not again.quarantined


@pytest.mark.parametrize(
    ("loader", "value"),
    [
        pytest.param("misp", {"Event": NAMELESS}, id="attributes without an id"),
        pytest.param("ftm", ANSWERS, id="entities of another answer"),
    ],
)
def test_other_records_are_not_set_aside_with_what_is_withheld_of_them(
    tmp_path: Path, loader: str, value: object
) -> None:
    _, aside, report = left_of(tmp_path, loader, "file.json", json.dumps(value))
    assert any(one.is_withheld for one in report.quarantined)
    left = aside.read_text("utf-8")
    assert "PP9001" not in left
    assert ("no domain" in left) != ('"Quay"' in left)


def test_records_that_have_one_value_are_each_set_aside_as_they_are_spelled(
    tmp_path: Path,
) -> None:
    twice = [
        f'{{"id": "a", "schema": "Company", "schema": {json.dumps(one)}, "schema": "Person"}}'
        for one in ("Vessel", "Airplane")
    ]
    _, aside, _ = left_of(tmp_path, "ftm", "list.json", f"[{', '.join(twice)}]")
    left = aside.read_text("utf-8")
    assert [left.count(one) for one in twice] == [1, 1]


def test_many_records_that_are_no_json_are_found_in_one_pass() -> None:
    broken = [f'{{"id": "{at}", "schema": "{"y" * 200}"' for at in range(60_000)]
    began = time.process_time()
    left = list(pruned("\n".join(broken), broken, {}))
    assert time.process_time() - began < 20
    assert left == [f"{one}\n" for one in broken]
