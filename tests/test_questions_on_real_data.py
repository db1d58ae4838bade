"""Questions that go across sources, asked of what Meta and the MISP project published."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

import queries
from loaders.given import Given
from onrecord.ingest import ingest_all
from onrecord.loads import Load
from onrecord.store import GenerationStore, Snapshot
from ontology import term
from tests.test_queries import spelled

INDICATORS: Final = "meta-threat-research/indicators"
SUMMARY: Final = f"{INDICATORS}/meta-h2-2025-belarus-based-cib-network.md"
LIST: Final = "2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv"
TABLE: Final = "Q2_2023 /Q2_2023_Doppelganger_Russia_based_CIB_network_updated.csv"
ROWS: Final = 250  # of 6,497: with those that the list has, too
ACTORS: Final = ("APT28", "APT29", "Ghostwriter", "MoustachedBouncer")


@pytest.fixture(scope="module")
def record(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("real")
    table = (real_data / INDICATORS / "csv" / TABLE).read_text("utf-8").splitlines(True)
    (folder / "table.csv").write_text("".join(table[:ROWS]), encoding="utf-8")
    galaxy = json.loads((real_data / "misp-galaxy" / "threat-actor.json").read_text("utf-8"))
    galaxy["values"] = [one for one in galaxy["values"] if one["value"] in ACTORS]
    (folder / "actors.json").write_text(json.dumps(galaxy), encoding="utf-8")
    files = (
        ("meta", real_data / SUMMARY),
        ("meta", real_data / INDICATORS / "csv" / LIST),
        ("meta", folder / "table.csv"),
        ("misp", folder / "actors.json"),
    )
    store = GenerationStore(folder / "data")
    ingest_all(store, [Load(loader, path, Given()) for loader, path in files])
    with store.read() as snapshot:
        yield snapshot


def answers(record: Snapshot, question: str, *columns: str, **asked: str) -> list[list[object]]:
    """Return some columns of an answer, each row once."""
    answer = queries.question(question).ask(record, asked)
    places = [answer.columns.index(column) for column in columns]
    rows = [[spelled(row[place]) for place in places] for row in answer.rows]
    return [row for at, row in enumerate(rows) if row not in rows[:at]]


def test_networks_of_one_actor_come_together(record: Snapshot) -> None:
    found = answers(
        record, "networks_attributed_to_the_same_actor",
        "networks", "name", "predicate", "stance", "chain", actor="place/belarus",
    )  # fmt: skip
    poland = "Belarus, Russia-Based Influence Operation Network Targeting Poland (H2 2025)"
    assert sorted(found, key=str) == [
        [3, poland, "rec:linkedTo", "rec:Assertion", "Meta"],
        [3, "Ghostwriter", "rec:linkedTo", "rec:Assertion", "MISP Project"],
        [3, "MoustachedBouncer", "rec:linkedTo", "rec:Assertion", "MISP Project"],
    ]


def test_a_domain_of_two_lists_is_one_thing(record: Snapshot) -> None:
    found = answers(record, "things_in_several_sources", "thing", "sources", kind="rec:Domain")
    assert ["domain/20minuts.com", 2] in found


def test_a_name_is_told_with_whoever_uses_it(record: Snapshot) -> None:
    name = Literal("APT28")
    (actor,) = {quad.subject for quad in record.quads(None, term("rdfs:label"), name, None)}
    assert isinstance(actor, NamedNode)
    found = answers(record, "names_of_an_actor", "called", "chain", actor=actor.value)
    assert ["Forest Blizzard", "Microsoft < MISP Project"] in found
    assert ["Forest Blizzard", "MISP Project"] in found
    assert ["APT29", "MISP Project"] in found  # which somebody calls by a name of this one


def test_a_takedown_is_told_with_its_origin_target_and_numbers(record: Snapshot) -> None:
    found = answers(
        record, "takedowns_by_origin_and_target",
        "kind", "platform", "comparator", "number", "chain",
        origin="place/belarus", target="place/poland",
    )  # fmt: skip
    assert found == [
        ["rec:account", "rec:facebook", "rec:exact", 4, "Meta"],
        ["rec:instagramAccount", "rec:instagram", "rec:exact", 21, "Meta"],
        ["rec:page", "rec:facebook", "rec:exact", 12, "Meta"],
    ]
