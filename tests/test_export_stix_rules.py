"""What others break of the rules of STIX is mended in a bundle of ours, not passed on."""

from pathlib import Path

import pytest

from onrecord.ingest import ingest
from onrecord.stix import bundle
from onrecord.store import GenerationStore
from tests.bundles import id_of
from tests.test_export_stix import exported
from tests.test_loaders_stix_dialects import (
    WATCH,
    Stix,
    back,
    bundled,
    loaded,
    made,
    observed,
)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        (" https://tide.example/1 ", "https://tide.example/1"),
        ("https://tide.example/[Tide].pdf", "https://tide.example/%5BTide%5D.pdf"),
        ("https://tide.example/marée", "https://tide.example/mar%C3%A9e"),
        ("https://tide.example/100%", "https://tide.example/100%25"),
        ("https://tide.example/#a#b", "https://tide.example/#a%23b"),
        ("hxxps://tide[.]example/1", "https://tide.example/1"),
        ("tide.example/1", "http://tide.example/1"),
        ("https://[2001:db8::1]:80/1?a=b#c", "https://[2001:db8::1]:80/1?a=b#c"),
    ],
)
@pytest.mark.parametrize("type", ["campaign", "relationship"])
def test_the_address_of_a_reference_comes_back_as_one(
    tmp_path: Path, type: str, url: str, written: str
) -> None:
    cited = {"source_name": "Tide", "url": url}
    assert given_back(tmp_path, type, cited) == {"source_name": "Tide", "url": written}


def given_back(folder: Path, type: str, cited: Stix) -> object:
    """Return the reference of an object, as the bundle that is given back has it."""
    ends = [made("campaign", number, name=f"Tide {number}") for number in (2, 3)]
    linked = {"relationship_type": "related-to", "source_ref": ends[0]["id"]}
    fields = linked | {"target_ref": ends[1]["id"]} if type == "relationship" else {}
    fields |= {} if type == "relationship" else {"name": "Tide"}
    one = made(type, 1, **fields, external_references=[cited])
    found = back(folder, bundled(folder, *ends, one))[one["id"]].get("external_references")
    return found[0] if found else None


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        (
            {"source_name": "Tide", "url": "https://tide.example:port/", "description": "A"},
            {"source_name": "Tide", "description": "A; https://tide.example:port/"},
        ),
        ({"url": "https://tide.example/"}, "unknown"),
        ({"source_name": "capec", "external_id": "163"}, "CAPEC"),
        ({"source_name": "cve", "external_id": "2031-1"}, "CVE"),
        ({"source_name": "capec", "external_id": "CAPEC-163"}, "capec"),
        ({"source_name": "Tide"}, None),
    ],
)
def test_a_reference_that_breaks_the_rules_is_mended(
    tmp_path: Path, cited: Stix, written: object
) -> None:
    wanted = cited | {"source_name": written} if isinstance(written, str) else written
    assert given_back(tmp_path, "relationship", cited) == wanted


@pytest.mark.parametrize(
    "held",
    [
        {"type": "user-account", "display_name": "Quay"},
        {"type": "email-message", "is_multipart": False, "date": "2031-03-01T09:00:00Z"},
    ],
    ids=lambda held: str(held["type"]),
)
def test_what_nothing_tells_apart_has_an_id_like_one_made_at_random(
    tmp_path: Path, held: Stix
) -> None:
    path = bundled(tmp_path, told := observed({"0": held}))
    ids = back(tmp_path, path)[told["id"]]["object_refs"]
    assert [(id.partition("--")[0], id.partition("--")[2][14]) for id in ids] == [
        (held["type"], "4")
    ]


@pytest.mark.parametrize("listed", [["Before access"], ["Before access", "After access"]])
def test_a_list_of_mitre_comes_back_as_a_list(tmp_path: Path, listed: list[str]) -> None:
    one = made("attack-pattern", 1, name="Tide", x_mitre_tactic_type=listed)
    found = back(tmp_path, bundled(tmp_path, one))[id_of("attack-pattern", 1)]
    assert sorted(found["x_mitre_tactic_type"]) == sorted(listed)


def test_what_capec_alone_writes_is_kept_and_comes_back(tmp_path: Path) -> None:
    more = {"x_capec_abstraction": "Standard", "x_capec_consequences": {"Access": ["Gain"]}}
    other = made("attack-pattern", 2, name="Ebb")
    one = made("attack-pattern", 1, name="Tide", x_capec_child_of_refs=[other["id"]], **more)
    path = bundled(tmp_path, one, other)
    assert loaded(path).quarantined == []
    assert back(tmp_path, path)[one["id"]] == one


def test_an_id_that_is_no_uuid_is_made_one_wherever_it_stands(tmp_path: Path) -> None:
    tide, ebb = (made("campaign", number, name=f"Tide {number}") for number in (1, 2))
    tide["id"] = "campaign--3000ae1b-784c-f03d-0abc-0a625b2ff018"
    ends = {"source_ref": tide["id"], "target_ref": ebb["id"]}
    link = made("relationship", 3, relationship_type="related-to", **ends)
    found = back(tmp_path, bundled(tmp_path, tide, ebb, link))
    (fresh,) = set(found) - {ebb["id"], link["id"]}
    assert found[fresh] == tide | {"id": fresh}
    assert found[link["id"]] == link | {"source_ref": fresh}


def test_relations_of_what_cannot_have_any_are_left_out(tmp_path: Path) -> None:
    tide = made("campaign", 1, name="Tide")
    mark = made("marking-definition", 2, definition_type="statement", name="Ours")
    mark |= {"definition": {"statement": "Ours"}}
    ends = {"source_ref": tide["id"], "target_ref": mark["id"]}
    link = made("relationship", 3, relationship_type="related-to", **ends)
    assert set(back(tmp_path, bundled(tmp_path, tide, mark, link))) == {tide["id"], mark["id"]}


def test_a_process_of_which_nothing_is_kept_is_left_out(tmp_path: Path) -> None:
    held = {
        "0": {"type": "file", "name": "quay.exe"},
        "1": {"type": "process", "name": "quay.exe", "binary_ref": "0"},
        "2": {"type": "process", "name": "pier.exe", "pid": 7},
    }
    path = bundled(tmp_path, told := observed(held))
    found = back(tmp_path, path)
    kept = [found[id] for id in found[told["id"]]["object_refs"]]
    assert [one["type"] for one in kept] == ["file", "process"]
    assert kept[1]["image_ref"] == kept[0]["id"]
    assert kept[1]["id"].partition("--")[2][14] == "4"


def test_what_opencti_calls_an_object_besides_is_read_and_comes_back(tmp_path: Path) -> None:
    more = {"x_opencti_labels": ["tidal"], "x_opencti_additional_names": ["Ebb"]}
    kept = {"x_opencti_order": 3, "x_opencti_modified_at": "2031-03-01T09:00:00.000Z"}
    one: Stix = {"type": "domain-name", "spec_version": "2.1", "value": "tide.example"}
    one |= {"id": "domain-name--5d0c4b2e-0000-5000-8000-000000000001", **more, **kept}
    path = bundled(tmp_path, one)
    found = loaded(path)
    assert found.quarantined == []
    assert {said.claim.object.value for said in found.saying("alias")} == {"Ebb"}
    assert "tidal" in {said.claim.object.value for said in found.saying("describedAs")}
    assert back(tmp_path, path)[str(one["id"])] == one


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_the_markings_of_every_copy_of_a_version_come_back(tmp_path: Path, names: str) -> None:
    green = "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"
    tide = made("campaign", 1, name="Tide")
    copies = (tide | {"object_marking_refs": [green]}, tide)
    store = GenerationStore(tmp_path / "data")
    for name, one in zip(names, copies, strict=True):
        (tmp_path / name).mkdir()
        path = bundled(tmp_path / name, one).rename(tmp_path / f"{name}.json")
        ingest(store, "stix", path, WATCH)
    assert exported(store)[tide["id"]]["object_marking_refs"] == [green]


def test_of_two_links_under_one_id_the_one_that_is_left_out_is_counted(tmp_path: Path) -> None:
    tide, low, high = (made("campaign", one, name=f"Tide {one}") for one in (1, 2, 3))
    link = made("relationship", 4, relationship_type="related-to", source_ref=tide["id"])
    twins = [{**link, "target_ref": low["id"]}, {**link, "target_ref": high["id"]}]
    store = GenerationStore(tmp_path / "data")
    ingest(store, "stix", bundled(tmp_path, tide, low, high, *twins), WATCH)
    with store.read() as snapshot:
        found, lost = bundle(snapshot)
    assert [one["id"] for one in found["objects"]].count(link["id"]) == 1  # type: ignore[attr-defined]
    assert lost == {"relationship (another of the same id and time)": 1}
