"""What STIX lets others add: properties, kinds of objects, languages; read, and given back."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders.given import Given
from loaders.records import Fate
from onrecord.errors import BadInput
from ontology import term
from tests.bundles import MINT, at_fault, id_of, identified, of_record
from tests.loading import Sample, read
from tests.test_loaders_stix_dialects import Stix, back, bundled, loaded, made

FLOWS: Final = "extension-definition--00000099-0000-4000-8000-000000000099"
NEW: Final = {"extensions": {FLOWS: {"extension_type": "new-sdo"}}}
TIDE: Final = made("campaign", 1, name="Low Tide")


@pytest.mark.parametrize("value", [5, "high", ["a", "b"], {"risk": [1, {"of": "tide"}]}])
def test_a_property_of_ones_own_is_kept_and_said_to_be_unread(
    tmp_path: Path, value: Any
) -> None:
    tide = {**TIDE, "x_pier_risk": value}
    path = bundled(tmp_path, tide)
    found = loaded(path)
    assert at_fault(found, "campaign", 1) == [
        ("x_pier_risk", "nobody reads this field, and it is kept as it stands")
    ]
    assert back(tmp_path, path)[TIDE["id"]] == tide


def test_a_relationship_keeps_the_properties_of_its_maker(tmp_path: Path) -> None:
    group = made("intrusion-set", 2, name="Cranes")
    ends = {"source_ref": TIDE["id"], "target_ref": group["id"]}
    link = made("relationship", 3, relationship_type="attributed-to", x_pier_basis="F", **ends)
    assert back(tmp_path, bundled(tmp_path, TIDE, group, link))[link["id"]] == link


@pytest.mark.parametrize(
    "name", ["x_misp_phone", "x_misp_date_of_birth", "x_pier_e_mail", "x_misp_address"]
)
def test_a_property_of_ones_own_identifies_nobody(tmp_path: Path, name: str) -> None:
    person = made("identity", 2, name="Ada Pier", identity_class="individual")
    path = bundled(tmp_path, {**person, name: "1 Quay Street"})
    found = loaded(path)
    ((column, reason),) = at_fault(found, "identity", 2)
    assert (column, reason.startswith("is not taken")) == (name, True)
    assert "Quay" not in str([one.value for one in found.quarantined])
    assert back(tmp_path, path)[person["id"]] == person


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x_pier_phone", 1234567),
        ("x_pier_phones", [1234567]),
        ("x_pier_emails", [{"value": "1234567@pier.example"}]),
        ("x_pier_address", {"town": "1234567"}),
        ("x_misp_passport_number", "1234567"),
        ("x_misp_redress_number", "1234567"),
        ("x_misp_portrait", {"value": "ada.png", "data": "1234567"}),
        ("x_pier_pin", 1234567),
    ],
)
def test_neither_numbers_nor_parts_of_ones_own_properties_identify_anybody(
    tmp_path: Path, name: str, value: Any
) -> None:
    person = made("identity", 2, name="Ada Pier", identity_class="individual")
    found = loaded(bundled(tmp_path, {**person, name: value}))
    ((column, reason),) = at_fault(found, "identity", 2)
    assert (column, reason.startswith("is not taken")) == (name, True)
    assert "1234567" not in str([one.value for one in found.quarantined])
    assert "1234567" not in str([said.details for said in of_record(found, "identity", 2)])


@pytest.mark.parametrize("kind", ["credential", "phone-number"])
def test_a_kind_of_opencti_whose_value_is_a_secret_is_known_by_its_id_alone(
    tmp_path: Path, kind: str
) -> None:
    added = {FLOWS: {"extension_type": "new-sco"}}
    secret = {"type": kind, "spec_version": "2.1", "id": id_of(kind, 2), "extensions": added}
    seen = made("indicator", 3, pattern=f"[{kind}:value = '1234567']", pattern_type="stix")
    path = bundled(tmp_path, {**secret, "value": "1234567"}, seen)
    found = loaded(path)
    assert [column for column, _ in at_fault(found, kind, 2)] == ["value"]
    assert "1234567" not in str([one.value for one in found.quarantined])
    said = [*of_record(found, kind, 2), *of_record(found, "indicator", 3)]
    assert "1234567" not in str([(one.claim, one.details) for one in said])


def test_language_content_tells_nobody_how_to_reach_somebody(tmp_path: Path) -> None:
    told = {"de": {"name": "Ebbe", "contact_information": "1234567"}}
    content = made("language-content", 2, object_ref=TIDE["id"], contents=told)
    found = loaded(bundled(tmp_path, TIDE, content))
    assert "1234567" not in str([one.value for one in found.quarantined])
    (said,) = of_record(found, "language-content", 2)
    assert "1234567" not in str(said.details)


def test_an_object_that_is_nested_too_deeply_costs_no_other(tmp_path: Path) -> None:
    deep = made("campaign", 2, name="Deep", x_pier_deep=0)
    told = json.dumps({"type": "bundle", "id": id_of("bundle", 9), "objects": [TIDE, deep]})
    path = tmp_path / "deep.json"
    nested = '"x_pier_deep": ' + "[" * 800 + "]" * 800
    path.write_text(told.replace('"x_pier_deep": 0', nested), "utf-8")
    found = loaded(path)
    assert at_fault(found, "campaign", 2) == [("", "is nested too deeply")]
    assert found.said("name", identified(found, "campaign", 1)) == [Literal("Low Tide")]


def flow() -> list[Stix]:
    """Return a flow of two actions, of kinds that an extension adds."""
    action, condition = id_of("attack-action", 3), id_of("attack-condition", 4)
    return [
        made("attack-flow", 2, name="Tides", scope="incident", start_refs=[action], **NEW),
        made("attack-action", 3, name="Post it", effect_refs=[condition], **NEW),
        made("attack-condition", 4, description="It is read.", **NEW),
    ]


def test_objects_of_a_kind_that_an_extension_adds_are_known_by_their_ids(
    tmp_path: Path,
) -> None:
    ends = {"source_ref": TIDE["id"], "target_ref": id_of("attack-action", 3)}
    link = made("relationship", 5, relationship_type="uses", **ends)
    path = bundled(tmp_path, TIDE, *flow(), link)
    found = loaded(path)
    assert found.quarantined == []
    action = identified(found, "attack-action", 3)
    assert found.said("rdf:type", action) == [term("sem:Event")]
    condition = identified(found, "attack-condition", 4)
    assert found.said("rdf:type", condition) == [term("skos:Concept")]
    assert found.said("dcterms:relation", action) == [condition]
    assert found.said("uses") == [action]
    came = back(tmp_path, path)
    assert [came[each["id"]] for each in (*flow(), link)] == [*flow(), link]


@pytest.mark.parametrize("kind", ["x-pier-task", "mutex"])
def test_to_doubt_an_object_without_words_is_not_to_doubt_that_it_is_a_concept(
    tmp_path: Path, kind: str
) -> None:
    task = made(kind, 2, name="Post it")
    doubt = made("opinion", 3, opinion="disagree", object_refs=[task["id"]])
    found = loaded(bundled(tmp_path, task, doubt))
    assert of_record(found, "opinion", 3) == []
    assert at_fault(found, "opinion", 3) == [("object_refs", "says nothing by itself")]


def test_a_kind_that_nothing_explains_is_still_not_known(tmp_path: Path) -> None:
    found = loaded(bundled(tmp_path, made("tide", 2, name="Low")))
    assert at_fault(found, "tide", 2) == [("type", "is a type of object that is not known")]


def test_language_content_says_a_name_in_other_languages(tmp_path: Path) -> None:
    told = {
        "de": {"name": "Ebbe", "score": "?"},
        "fr": {"description": "Une marée", "aliases": []},
    }
    spoken = {"object_ref": TIDE["id"], "object_modified": TIDE["modified"]}
    content = made("language-content", 2, contents=told, **spoken)
    path = bundled(tmp_path, TIDE, content)
    found = loaded(path)
    assert [said.claim.object for said in of_record(found, "language-content", 2)] == [
        Literal("Ebbe", language="de"),
        Literal("Une marée", language="fr"),
    ]
    assert {column for column, _ in at_fault(found, "language-content", 2)} == {"contents"}
    assert back(tmp_path, path)[content["id"]] == content


def test_language_content_of_what_is_not_there_says_nothing(tmp_path: Path) -> None:
    told = {"object_ref": TIDE["id"], "contents": {"de": {"name": "Ebbe"}}}
    found = loaded(bundled(tmp_path, made("language-content", 2, **told)))
    assert of_record(found, "language-content", 2) == []
    assert len(at_fault(found, "language-content", 2)) == 1


def test_copied_techniques_leave_their_only_user_the_publisher(tmp_path: Path) -> None:
    desk = made("identity", 2, name="Crane Desk", identity_class="organization")
    mitre = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
    technique = made("attack-pattern", 3, name="Copy", created_by_ref=mitre)
    ends = {"source_ref": TIDE["id"], "target_ref": technique["id"]}
    link = made("relationship", 4, relationship_type="uses", created_by_ref=desk["id"], **ends)
    found = read(Sample("stix", bundled(tmp_path, desk, TIDE, technique, link), Given()))
    (said,) = found.saying("uses")
    assert said.speaker == MINT.named("org", "Crane Desk")


def test_what_an_observation_holds_of_ones_own_identifies_nobody(tmp_path: Path) -> None:
    held = {"type": "user-account", "account_login": "quay", "x_misp_phone": "0123456"}
    seen = dict.fromkeys(("first_observed", "last_observed"), TIDE["created"])
    told = made("observed-data", 2, number_observed=1, objects={"0": held}, **seen)
    found = loaded(bundled(tmp_path, told))
    assert "0123456" not in str([one.value for one in found.quarantined])
    assert len(found.quarantined) == 1


def in_lines(folder: Path, *lines: str) -> Path:
    path = folder / "objects.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_first_value_that_is_broken_costs_none_of_those_after_it(tmp_path: Path) -> None:
    found = loaded(in_lines(tmp_path, '{"type": "campaign", "id":', json.dumps(TIDE)))
    assert found.said("name", identified(found, "campaign", 1)) == [Literal("Low Tide")]
    assert [one.line for one in found.quarantined] == [1]


def test_a_file_of_nothing_but_what_is_broken_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no JSON"):
        loaded(in_lines(tmp_path, '{"type": "campaign", "id":', '{"tide": "low"}'))


def test_each_broken_line_is_told_with_its_place_and_costs_no_other(tmp_path: Path) -> None:
    tides = [json.dumps(made("campaign", number, name=f"Tide {number}")) for number in range(6)]
    lines = [one if number % 2 else one[:-2] for number, one in enumerate(tides, start=1)]
    found = loaded(in_lines(tmp_path, *lines))
    assert [one.line for one in found.quarantined] == [2, 4, 6]
    assert all(f"line {one.line} column" in one.reason for one in found.quarantined[:2])
    assert {said.key for said in found.quarantined} == {""}
    named = {value.value for value in found.said("name")}
    assert named == {"Harbour Watch", "objects.jsonl", "Tide 0", "Tide 2", "Tide 4"}


@pytest.mark.parametrize(
    ("spelled", "broken"),
    [
        ('"name": "Tide 2"', '"name": "Tide "2"'),
        ('"name": "Tide 2"', '"name": "Tide\n2"'),
        ('"name": "Tide 2"', '"name" "Tide 2"'),
    ],
)
def test_a_broken_object_in_a_bundle_costs_no_other(
    tmp_path: Path, spelled: str, broken: str
) -> None:
    cited = [{"source_name": name, "url": "https://quay.example"} for name in ("one", "other")]
    tides = [
        made("campaign", number, name=f"Tide {number}", external_references=cited)
        for number in range(1, 5)
    ]
    path = bundled(tmp_path, *tides)
    text = json.dumps(json.loads(path.read_text("utf-8")), indent=2)
    assert spelled in text
    path.write_text(text.replace(spelled, broken), "utf-8")
    found = loaded(path)
    named = {value.value for value in found.said("name")}
    assert {f"Tide {number}" for number in (1, 3, 4)} <= named
    assert "Tide 2" not in named
    (lost,) = found.quarantined
    assert lost.record.startswith("{") and lost.record.endswith("}") and broken in lost.record
    assert found.fates == {Fate.MAPPED: 3, Fate.QUARANTINED: 1}


def test_language_content_that_breaks_the_rules_comes_back_without_what_does(
    tmp_path: Path,
) -> None:
    told = {"de": {"name": "Ebbe", "x": 1}, "no language": 3, "fr": []}
    content = made("language-content", 2, object_ref=TIDE["id"], contents=told)
    path = bundled(tmp_path, TIDE, content)
    assert len(at_fault(loaded(path), "language-content", 2)) == 3
    assert back(tmp_path, path)[content["id"]] == {
        **content,
        "contents": {"de": {"name": "Ebbe"}},
    }


@pytest.mark.parametrize(("name", "value"), [("extensions", ["a"]), ("x_pier_risk", None)])
def test_what_cannot_stand_in_an_object_does_not_come_back(
    tmp_path: Path, name: str, value: Any
) -> None:
    path = bundled(tmp_path, {**TIDE, name: value})
    assert len(at_fault(loaded(path), "campaign", 1)) == (value is not None)
    assert back(tmp_path, path)[TIDE["id"]] == TIDE


def test_a_reference_comes_back_as_one_and_references_as_several(tmp_path: Path) -> None:
    refers = {"x_pier_ref": [TIDE["id"]], "x_quay_refs": TIDE["id"]}
    group = made("intrusion-set", 2, name="Cranes")
    came = back(tmp_path, bundled(tmp_path, TIDE, {**group, **refers}))[group["id"]]
    assert (came["x_pier_ref"], came["x_quay_refs"]) == (TIDE["id"], [TIDE["id"]])
