"""Files in which one value of JSON follows another: all are read, or the rest is set aside."""

import json
from pathlib import Path
from typing import Any

import pytest

from loaders import LOADERS
from loaders.given import Given, Terms
from loaders.records import Quarantined
from tests.bundles import id_of
from tests.loading import Read, Sample, read

DESK = Given(terms=Terms(publisher="Harbour Desk"))


def campaign(number: int) -> dict[str, Any]:
    return {"type": "campaign", "id": id_of("campaign", number), "name": f"Tide {number}"}


def bundle(number: int) -> dict[str, Any]:
    return {"type": "bundle", "id": id_of("bundle", number), "objects": [campaign(number)]}


def loaded(folder: Path, format: str, text: str) -> Read:
    path = folder / "several.json"
    path.write_text(text, encoding="utf-8")
    assert LOADERS[format].recognise(path.name, text)
    return read(Sample(format, path, DESK))


def named(found: Read) -> set[str]:
    names = {one.claim.object.value for one in found.saying("name")}
    return {name for name in names if name.startswith("Tide")}


@pytest.mark.parametrize("indent", [None, 2], ids=["lines", "indented"])
@pytest.mark.parametrize("make", [campaign, bundle], ids=["objects", "bundles"])
def test_stix_that_follows_other_stix_is_read(tmp_path: Path, make: Any, indent: Any) -> None:
    text = "\n".join(json.dumps(make(number), indent=indent) for number in (1, 2, 3))
    found = loaded(tmp_path, "stix", f"{text}\n")
    assert named(found) == {"Tide 1", "Tide 2", "Tide 3"}
    assert found.quarantined == []
    if make is bundle:
        ids = {one.claim.object.value for one in found.saying("dcterms:identifier")}
        assert {id_of("bundle", number) for number in (1, 2, 3)} < ids


def test_bundles_in_a_list_are_read_with_their_objects(tmp_path: Path) -> None:
    found = loaded(tmp_path, "stix", json.dumps([bundle(1), campaign(2), bundle(3)]))
    assert named(found) == {"Tide 1", "Tide 2", "Tide 3"}
    assert found.quarantined == []
    ids = {one.claim.object.value for one in found.saying("dcterms:identifier")}
    assert {id_of("bundle", 1), id_of("bundle", 3)} < ids


def test_a_line_of_stix_that_is_broken_is_quarantined_alone(tmp_path: Path) -> None:
    first, last = json.dumps(campaign(1)), json.dumps(campaign(3))
    found = loaded(tmp_path, "stix", f'{first}\n{{"type": "campaign", \n"lost"\n{last}\n7\n')
    assert named(found) == {"Tide 1", "Tide 3"}
    assert [(one.line, one.reason[:7]) for one in found.quarantined] == [
        (2, "no JSON"),
        (5, "no JSON"),
    ]


def test_a_broken_object_says_nothing_of_the_file_that_it_is_in(tmp_path: Path) -> None:
    lines = [json.dumps(campaign(number)) for number in (1, 2, 3)]
    lines[1] = lines[1].removesuffix('2"}')
    found = loaded(tmp_path, "stix", "\n".join(lines))
    ids = {one.claim.object.value for one in found.saying("dcterms:identifier")}
    assert id_of("campaign", 1) in ids and id_of("campaign", 2) not in ids
    assert [(one.line, one.value) for one in found.quarantined] == [(2, lines[1].rstrip())]


def test_commas_between_values_take_nothing_with_them(tmp_path: Path) -> None:
    text = ",\n".join(json.dumps(campaign(number)) for number in (1, 2, 3))
    found = loaded(tmp_path, "stix", text)
    assert named(found) == {"Tide 1", "Tide 2", "Tide 3"}
    assert [(one.line, one.value) for one in found.quarantined] == [(1, ","), (2, ",")]


def other(format: str) -> Any:
    """Return what a file of a format may be: an array, or a galaxy."""
    entity = {"id": "a", "schema": "Company", "properties": {"name": ["Pier"]}}
    event = {"Event": {"uuid": "0c6b0a2e-0000-4000-8000-000000000001", "info": "Tide"}}
    review = {"@type": "ClaimReview", "claimReviewed": "Tides", "reviewRating": {}}
    review |= {"author": {"name": "Crane Check"}}
    return {
        "ftm": [entity],
        "misp": [event],
        "claimreview": [review],
        "galaxy": {"type": "tool", "values": [{"value": "Crane"}]},
    }[format]


@pytest.mark.parametrize("which", ["ftm", "misp", "claimreview", "galaxy"])
def test_what_follows_the_end_is_never_passed_over(tmp_path: Path, which: str) -> None:
    one = json.dumps(other(which), indent=1)
    path = tmp_path / "several.json"
    format = "misp" if which == "galaxy" else which
    # several whole values of MISP are all read
    more = one[:-2] if format == "misp" else one
    path.write_text(f"{one}\n{more}", encoding="utf-8")
    found = list(LOADERS[format].load(path, DESK))
    (rest,) = [one for one in found if isinstance(one, Quarantined) and not one.column]
    assert rest.reason == "follows after the end of the JSON that was read"
    assert rest.line == one.count("\n") + 2


@pytest.mark.parametrize("indent", [0, 1])
def test_no_part_of_a_broken_entry_is_taken_for_one(tmp_path: Path, indent: int) -> None:
    related = [{"value": "Part of Low", "type": "similar"}]
    entries = [
        {"value": "Tide 1", "uuid": id_of("x", 1)[3:]},
        {"value": "Low", "related": related, "name": "Low", "uuid": id_of("x", 2)[3:]},
        {"value": "Tide 3", "uuid": id_of("x", 3)[3:]},
    ]
    whole = {"type": "threat-actor", "name": "Tide List", "values": entries}
    text = json.dumps(whole, indent=indent).replace('"Low",', '"Low" lost,', 1)
    found = loaded(tmp_path, "misp", text)
    assert named(found) == {"Tide 1", "Tide List", *(["Tide 3"] if indent else [])}
    assert [one.line for one in found.quarantined] == [9]


def test_a_comma_too_many_shows_nothing_that_was_read(tmp_path: Path) -> None:
    told = json.dumps(bundle(1)).replace("]}", ",\n]}")
    found = loaded(tmp_path, "stix", told)
    assert named(found) == {"Tide 1"}
    assert [one.value for one in found.quarantined] == [",\n]}"]
