"""Meta's tables and lists in the other forms that the repository has them in: TSV, JSON."""

import csv
import json
from pathlib import Path

import pytest

from loaders import meta
from loaders.records import Claim
from tests.loading import Read, Sample, counted, read, short, worded
from tests.test_loaders_meta import DATA, LIST, TABLE, rows_of


def about_networks(found: Read) -> set[Claim]:
    claims = {said.claim for said in found.attestations}
    return {claim for claim in claims if "/doc/" not in f"{claim.subject}{claim.object}"}


@pytest.mark.parametrize("name", [TABLE, LIST])
def test_a_table_says_the_same_whatever_parts_its_columns(tmp_path: Path, name: str) -> None:
    path = (tmp_path / name).with_suffix(".tsv")
    with (
        (DATA / name).open(encoding="utf-8", newline="") as file,
        path.open("w", encoding="utf-8", newline="") as tabbed,
    ):
        csv.writer(tabbed, delimiter="\t").writerows(csv.reader(file))
    assert meta.recognise(path.name, path.read_text("utf-8"))
    one, other = (read(Sample("meta", each)) for each in (DATA / name, path))
    assert about_networks(other) == about_networks(one)
    assert (other.fates, other.reasons) == (one.fates, one.reasons)


def test_a_list_says_the_same_in_json(tmp_path: Path) -> None:
    path = (tmp_path / LIST).with_suffix(".json")
    with (DATA / LIST).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path.write_text(json.dumps([*rows, 5, {"Comment": "", "comment": ""}]), encoding="utf-8")
    assert meta.recognise(path.name, path.read_text("utf-8"))
    one, other = read(Sample("meta", DATA / LIST)), read(Sample("meta", path))
    assert about_networks(other) == about_networks(one)
    assert other.total == len(rows) + 2
    assert {"is no object of single values", "two of its fields go by one name"} <= set(
        other.reasons
    )


def test_a_quote_at_the_start_of_a_cell_between_tabs_is_a_sign_like_others(
    tmp_path: Path,
) -> None:
    path = tmp_path / "Q3_2031_Iceland-based_CIB_network.tsv"
    steps = ("0. Acquiring assets", "0.9 Acquiring accounts", "0.9.1 Acquiring Facebook assets")
    head = ("Tactic ", "Technique", "Procedure", "Indicator")
    rows = (head, (*steps, '"Crane" accounts, as they said'), (*steps, "7 Pages"))
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    found = read(Sample("meta", path))
    assert found.quarantined == []
    assert [said.claim.object.value for said in found.saying("assetCount")] == ["7"]
    (uses,) = found.saying("uses")
    assert '"Crane" accounts, as they said' in repr(uses.details)


@pytest.mark.parametrize(
    "cell",
    ["None", "N/A", "-", "No ad spend", "No accounts", "No spending for ads on Facebook.",
     "No known domains"],
)  # fmt: skip
def test_a_cell_that_says_what_there_was_not_is_no_way_that_was_used(
    cell: str, tmp_path: Path
) -> None:
    found = rows_of(tmp_path, cell, "No News: Cranes of Malta")
    assert [worded(said) for said in found.saying("uses")] == ["No News: Cranes of Malta"]
    assert [(one.value, one.reason) for one in found.quarantined] == [
        (cell, "says what there was not")
    ]


def test_nobody_who_followed_is_a_count(tmp_path: Path) -> None:
    found = rows_of(tmp_path, "No accounts followed these Instagram accounts.")
    ((number, about),) = counted(found, "followerCount")
    assert number == "0" and {"instagramAccount", "exact"} <= about
    assert not found.saying("uses")


@pytest.mark.parametrize(
    ("way", "cell", "kind"),
    [
        ("0. Acquiring assets,0.6 Acquiring domains,", "https://www.quay[.]example/", "Domain"),
        ("0. Acquiring assets,0.6 Acquiring domains,", "hxxp://quay[.]example", "Domain"),
        ("0. Acquiring assets,0.6 Acquiring domains,", "quay[.]example/a", "WebAddress"),
        ("0. Acquiring assets,0.9 Acquiring accounts,", "http://quay[.]example/", "WebAddress"),
    ],
)
def test_an_address_in_a_list_of_domains_is_that_domain(
    way: str, cell: str, kind: str, tmp_path: Path
) -> None:
    found = rows_of(tmp_path, cell, way=way)
    (said,) = found.saying("belongsTo")
    assert [short(one) for one in found.said("rdf:type", said.claim.subject)] == [kind]


CARRYING = (
    "Tactic,Technique,Procedure,Indicator",
    '0. Assets,0.6 Acquiring domains,"0.6.2 Domains, as bought",quay[.]example',
    "1. Hiding,1.5 Backstopping,1.5.1 Backstopping with websites,crane[.]example,spare",
    ",,,mole[.]example",
    "2. Ads,2.1 Buying ads,2.1.1 Ads,wharf[.]example",
    ",,,buoy[.]example,spare",
    ",,,pier[.]example",
)


def ways(read_in: Read) -> dict[str, str]:
    """Return how the network is said to have come to each thing, or to have used it."""
    found = dict[str, str]()
    for claim in (one.claim for one in [*read_in.saying("belongsTo"), *read_in.saying("uses")]):
        told = {short(key): value for key, value in claim.qualifiers}
        thing, way = told.get("naming", claim.subject), told.get("technique", claim.object)
        found[short(thing)] = short(way)
    return found


def test_nothing_is_carried_down_past_a_row_that_was_not_taken(tmp_path: Path) -> None:
    path = tmp_path / TABLE
    path.write_text("\n".join(CARRYING) + "\n", encoding="utf-8")
    found = read(Sample("meta", path))
    assert ways(found).keys() == {"quay.example", "wharf.example", "pier.example"}
    assert found.reasons == {
        "5 cells for 4 columns": 2,
        "is carried down from a row that was not taken": 1,
    }


def test_a_row_that_is_mended_carries_down_what_stood_above_it(tmp_path: Path) -> None:
    whole, path = tmp_path / f"whole {TABLE}", tmp_path / TABLE
    path.write_text("\n".join(CARRYING) + "\n", encoding="utf-8")
    whole.write_text(path.read_text("utf-8").replace(",spare", ""), encoding="utf-8")
    first = read(Sample("meta", path))
    records = [one.record.removesuffix(",spare") for one in first.quarantined]
    path.write_text("\n".join((CARRYING[0], *records)) + "\n", encoding="utf-8")
    assert {**ways(first), **ways(read(Sample("meta", path)))} == ways(
        read(Sample("meta", whole))
    )
    assert len(ways(read(Sample("meta", whole)))) == 6


@pytest.mark.parametrize(
    "cell",
    ["hxxp://quay[.]example/a-long ter-night_5.html", "qu\u200bay[.]example", "quay[.]apk"],
)
def test_what_is_left_of_an_address_that_is_broken_is_none(cell: str, tmp_path: Path) -> None:
    found = rows_of(tmp_path, cell)
    assert [said.claim.qualifiers for said in found.saying("uses")] == [()]
    assert not found.said("address")


@pytest.mark.parametrize(
    "header",
    [
        "Tactics,Techniques,Procedures,Indicators,Comments",
        " Tactic ,Technique,Procedure,Indicator(s),Note (s)",
    ],
)
def test_columns_may_be_called_by_the_names_of_several(header: str, tmp_path: Path) -> None:
    path = tmp_path / TABLE
    path.write_text(f"{header}\n{CARRYING[1]},bought\n", encoding="utf-8")
    found = read(Sample("meta", path))
    assert ways(found).keys() == {"quay.example"}
    assert found.quarantined == []
