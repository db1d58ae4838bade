"""What is set aside of a file of JSON has around it what it takes to load it once mended."""

import json
import shlex
from pathlib import Path
from typing import Final

import pytest

from tests.terminal import Terminal

NUMBER: Final = "4c1f-4ed8-8c41-1d1a1f0cbd"
DESK: Final = f"identity--0f5a1fb3-{NUMBER}01"
CRANE: Final = f"intrusion-set--0f5a1fb3-{NUMBER}02"
QUAY: Final = f"campaign--0f5a1fb3-{NUMBER}03"
MADE: Final = {"created_by_ref": DESK}
OBJECTS: Final = (
    {"id": DESK, "name": "Harbour Desk", "identity_class": "organization", "cvv": "PP9001"},
    {"id": CRANE, "name": "Crane Group", **MADE},
    {"id": QUAY, "name": "TBD", **MADE},
    {
        "id": f"relationship--0f5a1fb3-{NUMBER}04",
        "relationship_type": "attributed-to",
        "source_ref": QUAY,
        "target_ref": CRANE,
        **MADE,
    },
)
EVENT: Final = {
    "uuid": f"0f5a1fb3-{NUMBER}11",
    "info": "Quay watch",
    "date": "2031-04-01",
    "Orgc": {"name": "Harbour Desk", "uuid": f"0f5a1fb3-{NUMBER}12"},
    "Tag": [{"name": "tlp:green"}],
    "Attribute": [
        {"uuid": f"0f5a1fb3-{NUMBER}13", "type": "domain", "value": "no domain"},
        {"uuid": f"0f5a1fb3-{NUMBER}14", "type": "domain", "value": "pier.example"},
    ],
    "Object": [
        {
            "uuid": f"0f5a1fb3-{NUMBER}15",
            "name": "person",
            "Attribute": [{"object_relation": "phone-number", "value": "PP9001"}],
        }
    ],
}
NOTED: Final = json.dumps({"Event": EVENT}).replace(
    '"no domain"', '"quay.example", "comment": NOTE'
)
LONG: Final = "9" * 5_000
SPOKEN: Final = """\
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rec: <https://w3id.org/onrecord/ns#>
SELECT DISTINCT ?speaker ?subject ?predicate ?object WHERE {
  ?said rec:claim ?claim ; rec:speaker ?speaker ; rec:chain ?chain .
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  FILTER(!STRSTARTS(STR(?subject), "https://w3id.org/onrecord/doc/"))
} ORDER BY ?speaker ?subject ?predicate STR(?object)
"""


def bundle(broken: bool = False) -> str:
    made = {"spec_version": "2.1", "created": "2031-01-01T00:00:00Z"}
    whole = [
        {"type": one["id"].partition("--")[0], **made, "modified": made["created"], **one}
        for one in OBJECTS
    ]
    lines = ",\n".join(map(json.dumps, whole))
    if broken:
        lines = lines.replace('"name": "Crane Group"', '"name": Crane Group')
    return f'{{"type": "bundle", "id": "bundle--0f5a1fb3-{NUMBER}00", "objects": [\n{lines}]}}'


@pytest.mark.parametrize(
    ("loader", "text", "old", "new"),
    [
        pytest.param("stix", bundle(), "TBD", "Quay", id="a relation in a bundle"),
        pytest.param(
            "stix",
            bundle(broken=True).replace("TBD", "Quay"),
            ": Crane Group",
            ': "Crane Group"',
            id="what is no JSON amid others",
        ),
        pytest.param(
            "misp",
            json.dumps({"response": [{"Event": EVENT}]}),
            "no domain",
            "quay.example",
            id="an attribute of an event",
        ),
        pytest.param(
            "misp", NOTED.replace("NOTE", '"\\ud800"'), '"\\ud800"', '"x"', id="half a pair"
        ),
        pytest.param("misp", NOTED.replace("NOTE", LONG), LONG, '"x"', id="a long number"),
        pytest.param(
            "ftm",
            '{"id": "a", "schema": "Company", "properties": {"name": ["Crane"]}}\n{"id": "b"\n',
            '{"id": "b"',
            '{"id": "b", "schema": "Company", "properties": {"name": ["Quay"]}}',
            id="a line that breaks off",
        ),
    ],
)
def test_what_was_mended_says_what_it_says_in_its_file(
    run: Terminal, here: Path, loader: str, text: str, old: str, new: str
) -> None:
    options = ("--publisher", "Pier Feed")
    (here / "whole").mkdir()
    (here / "whole" / "file.json").write_text(text.replace(old, new), encoding="utf-8")
    (here / "file.json").write_text(text, encoding="utf-8")
    words, file = told(run, "load", loader, here / "file.json", *options)
    left = file.read_text(encoding="utf-8")
    assert (old in left, "PP9001" in left) == (True, False)
    file.write_text(left.replace(old, new), encoding="utf-8")
    assert run(*words).code == 0
    mended = run("query", SPOKEN).out
    clean = ("--data", here / "clean")
    assert run(*clean, "load", loader, here / "whole" / "file.json", *options).code == 0
    assert run(*clean, "query", SPOKEN).out == mended


def test_a_field_that_stands_twice_does_so_in_what_is_to_be_mended(
    run: Terminal, here: Path
) -> None:
    twice = '{"id": "a", "schema": "Company", "schema": "Person", "properties": {}}'
    good = '{"id": "b", "schema": "Company", "properties": {"name": ["Crane"]}}'
    (here / "list.json").write_text(f"{good}\n{twice}\n", encoding="utf-8")
    _, file = told(run, "load", "ftm", here / "list.json", "--publisher", "Pier Feed")
    assert file.read_text(encoding="utf-8") == f"{twice}\n"


def told(run: Terminal, *words: str | Path) -> tuple[list[str], Path]:
    """Return what a load tells to do with what it set aside, and the file of it."""
    said = run(*words)
    assert said.code == 0
    line = next(line for line in said.err.splitlines() if line.startswith("  onrecord "))
    again = shlex.split(line)[1:]
    return again, Path(again[-1])
