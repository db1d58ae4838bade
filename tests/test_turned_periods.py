"""What ends before it begins, as others tell it: told as it stands, and said to be odd."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bundles import id_of
from tests.loading import Read, read_written, short
from tests.test_loaders_stix_dialects import WATCH, back, bundled, loaded, made

Fields = dict[str, Any]


def faults(found: Read) -> list[tuple[str, str]]:
    return [(one.column, one.reason) for one in found.quarantined]


def dated(found: Read, *words: str) -> bool:
    """Return whether something is told with both words beside it, or within its claim."""
    return any(
        {*words} <= {short(key) for key, _ in (*said.details, *said.claim.qualifiers)}
        for said in found.attestations
    )


@pytest.mark.parametrize(
    ("kind", "fields", "first", "last"),
    [
        ("campaign", {"name": "Ebb"}, "first_seen", "last_seen"),
        ("incident", {"name": "Ebb"}, "first_seen", "last_seen"),
        ("indicator", {"pattern_type": "stix"}, "valid_from", "valid_until"),
        ("relationship", {"relationship_type": "targets"}, "start_time", "stop_time"),
    ],
)
def test_of_objects_of_stix(
    tmp_path: Path, kind: str, fields: Fields, first: str, last: str
) -> None:
    more: dict[str, Fields] = {
        "indicator": {"pattern": "[url:value = 'https://ebb.example/']"},
        "relationship": {
            "source_ref": id_of("campaign", 1),
            "target_ref": id_of("location", 2),
        },
    }
    times = {first: "2031-02-02T00:00:00.000Z", last: "2031-02-01T23:00:00-05:00"}
    one = made(kind, 3, **fields, **times, **more.get(kind, {}))
    around = (made("campaign", 1, name="Tide"), made("location", 2, country="IS"))
    assert faults(loaded(bundled(tmp_path, *around, one))) == []
    one[last] = "2031-02-01T22:00:00-01:00"
    path = bundled(tmp_path, *around, one)
    turned = loaded(path)
    assert faults(turned) == [(last, f"is before {first}, and is told as it stands")]
    told = {
        value.value
        for said in turned.attestations
        for value in (
            said.claim.object,
            *(value for _, value in (*said.claim.qualifiers, *said.details)),
        )
    }
    assert {"2031-02-02T00:00:00Z", "2031-02-01T23:00:00Z"} <= told
    # STIX forbids the other one
    assert back(tmp_path, path)[one["id"]].keys() & times.keys() == {first}


def test_of_an_object_of_stix_that_was_changed_before_it_was_made(tmp_path: Path) -> None:
    turned = made("campaign", 1, name="Ebb", modified="2031-02-28T09:00:00.000Z")
    assert faults(loaded(bundled(tmp_path, turned))) == [
        ("modified", "is before created, and is told as it stands")
    ]


@pytest.mark.parametrize(
    ("schema", "ends", "first", "last"),
    [
        ("Ownership", ("owner", "asset"), "startDate", "endDate"),
        ("Occupancy", ("holder", "post"), "periodStart", "periodEnd"),
    ],
)
def test_of_relations_of_ftm(
    tmp_path: Path, schema: str, ends: tuple[str, str], first: str, last: str
) -> None:
    kind = {"asset": "Company", "post": "Position"}[ends[1]]
    around = (
        {"id": "p", "schema": "Person", "properties": {"name": ["Ann Quay"]}},
        {"id": "c", "schema": kind, "properties": {"name": ["Quay Desk"]}},
    )

    def told(end: str) -> Read:
        of = {ends[0]: ["p"], ends[1]: ["c"], first: ["2031-03"], last: [end]}
        every = (*around, {"id": "o", "schema": schema, "properties": of})
        text = "".join(f"{json.dumps(one)}\n" for one in every)
        return read_written("ftm", tmp_path / "file.json", text, WATCH)

    kept, turned = told("2031-03"), told("2031-02")
    assert dated(kept, "validFrom", "validTo") and faults(kept) == []
    assert dated(turned, "validFrom", "validTo")
    assert faults(turned) == [(last, f"is before {first}, and is told as it stands")]


def test_of_attributes_of_misp(tmp_path: Path) -> None:
    def told(last: str) -> Read:
        seen = {"first_seen": "2031-01-03T00:00:00Z", "last_seen": last}
        one = {"uuid": "a", "type": "domain", "value": "quay.example", **seen}
        event = {"uuid": "e", "info": "Tide", "date": "2031-01-04", "Attribute": [one]}
        return read_written(
            "misp", tmp_path / "event.json", json.dumps({"Event": event}), WATCH
        )

    kept, turned = told("2031-01-02T23:00:00-02:00"), told("2031-01-02T23:00:00Z")
    assert dated(kept, "observedFrom", "observedUntil")
    assert dated(turned, "observedFrom", "observedUntil")
    assert [one for one in faults(turned) if one not in faults(kept)] == [
        ("last_seen", "is before first_seen, and is told as it stands")
    ]
