"""What was loaded from tables of our own answers the stored questions, with every caution."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

import queries
from loaders.given import Given
from onrecord.ingest import ingest
from onrecord.store import GenerationStore, Snapshot
from ontology import term
from ontology.identity import Mint

DATA: Final = Path(__file__).with_name("data")
MINT: Final = Mint()
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    store = GenerationStore(tmp_path_factory.mktemp("forms"))
    for name in ("takedowns", "attributions", "series"):
        for path in sorted((DATA / name).iterdir()):
            ingest(store, name, path, Given())
    with store.read() as snapshot:
        yield snapshot


def asked(snapshot: Snapshot, name: str, **given: str) -> Rows:
    answer = queries.question(name).ask(snapshot, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_takedowns_are_found_by_origin_and_target_with_comparators(loaded: Snapshot) -> None:
    rows = asked(
        loaded,
        "takedowns_by_origin_and_target",
        origin="place/iceland",
        target="place/burkina-faso",
    )
    told = {(row["comparator"], row["number"], row["kind"]) for row in rows}
    assert (term("moreThan"), Literal(20), term("account")) in told
    assert (term("exact"), Literal(24), term("page")) in told


def test_numbers_of_a_coder_come_without_a_comparator(loaded: Snapshot) -> None:
    rows = asked(loaded, "takedowns_by_origin_and_target", origin="place/iceland")
    coded = [
        row for row in rows if row["network"] == MINT.named("campaign", "AAAA0001", "FIAT")
    ]
    assert {row["comparator"] for row in coded} == {None}
    assert {row["speaker"] for row in coded} == {MINT.named("org", "Platform Sample")}


def test_one_actor_is_found_in_all_the_tables(loaded: Snapshot) -> None:
    rows = asked(loaded, "networks_attributed_to_the_same_actor", actor="org/harbour-guild")
    assert {row["predicate"] for row in rows} == {
        term("linkedTo"),
        term("operatedByEmployeesOf"),
    }
    assert len({row["document"] for row in rows}) == 3


def test_a_denied_attribution_is_disputed(loaded: Snapshot) -> None:
    rows = asked(loaded, "networks_attributed_to_the_same_actor", actor="org/harbour-guild")
    denied = [row for row in rows if row["stance"] == term("Denial")]
    assert [row["status"] for row in denied] == [term("disputed")]


def test_growth_of_a_hashtag_says_whether_a_zone_is_stated(loaded: Snapshot) -> None:
    rows = asked(loaded, "hashtag_growth", hashtag="hashtag/sampleharbour")
    zones = {(row["measure"], row["zone"]) for row in rows}
    assert (term("tweetCount"), term("stated")) in zones
    assert (term("trendRank"), term("unstated")) in zones
    assert (term("trendDirection"), None) in zones
