"""Where one thing was mended and another is spoilt, what is spoilt is not taken out."""

import json
from pathlib import Path
from typing import Final

import pytest

from onrecord.errors import BadRow
from onrecord.store import GenerationStore
from tests.test_replacing import standing
from tests.test_replacing_what_is_spoilt import crane
from tests.test_replacing_what_was_set_aside import (
    NAMES,
    ODD,
    PIER,
    QUAY,
    STOPPED,
    load,
)

DISCLOSED: Final = "id,announced_on,platform_owner,pages\n"


def company(id: str, *countries: str) -> str:
    """Return a line of FollowTheMoney."""
    properties = {"name": [f"{id} Guild"], "country": countries or ["fr"]}
    return json.dumps({"id": id, "schema": "Company", "properties": properties}) + "\n"


@pytest.mark.parametrize(
    ("loader", "name", "old", "new"),
    [
        pytest.param(
            "series",
            "list.csv",
            NAMES + QUAY + PIER + ODD.replace("a dozen", "12,9"),
            NAMES + QUAY + PIER.replace(",7,", ",7,7,") + ODD.replace("a dozen", "12"),
            id="a row of too many cells",
        ),
        pytest.param(
            "takedowns",
            "list.csv",
            DISCLOSED + "a,2031-04,Quay,7\n#REF!,2031-05,Quay,8\n",
            DISCLOSED + "#REF!,2031-04,Quay,7\nb,2031-05,Quay,8\n",
            id="a key at fault",
        ),
        pytest.param(
            "ftm",
            "list.ftm.json",
            company("a") + company("b") + "{broken\n",
            company("a") + company("b")[:-9] + "\n" + company("c"),
            id="a line of JSON",
        ),
    ],
)
def test_what_has_no_key_is_not_taken_for_another_that_was_mended(
    store: GenerationStore, tmp_path: Path, loader: str, name: str, old: str, new: str
) -> None:
    path = tmp_path / name
    load(store, path, old, loader=loader)
    before = standing(store)
    with pytest.raises(BadRow, match=STOPPED):
        load(store, path, new, replace=True, loader=loader)
    assert standing(store) == before


def test_a_list_that_lost_a_bad_value_does_not_take_out_one_that_is_spoilt(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "list.ftm.json"
    load(store, path, company("a", "nowhere", "fr"), loader="ftm")
    with pytest.raises(BadRow, match=f"'frx'.*{STOPPED}"):
        load(store, path, company("a", "frx"), replace=True, loader="ftm")
    changed = company("a", "nowhere", "de")
    assert load(store, path, changed, replace=True, loader="ftm").missing > 0


def test_a_list_of_stix_may_be_shorter_beside_a_field_that_was_never_read(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.json"
    for several in (["Gulls", "Terns"], ["Gulls"]):
        text = json.dumps({"objects": [crane(aliases=several, goals=["N/A"])]})
        report = load(store, path, text, replace=True, loader="stix")
    assert (report.missing > 0, len(report.quarantined)) == (True, 1)
