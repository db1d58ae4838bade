"""Words of STIX that say less than they seem to: numbers of catalogues, what controls what."""

from pathlib import Path
from time import process_time

import pytest
from pyoxigraph import Literal

from ontology import term
from tests.bundles import detail, id_of
from tests.test_loaders_stix_dialects import back, bundled, loaded, made


def numbered(*numbers: tuple[str, str]) -> list[dict[str, str]]:
    return [{"source_name": name, "external_id": number} for name, number in numbers]


@pytest.mark.parametrize(
    ("type", "numbers", "own"),
    [
        ("attack-pattern", [("mitre-attack", "T9001"), ("capec", "CAPEC-9")], ["T9001"]),
        ("attack-pattern", [("capec", "CAPEC-9")], ["CAPEC-9"]),
        ("vulnerability", [("cve", "CVE-2031-10001")], ["CVE-2031-10001"]),
        ("incident", [("cve", "CVE-2031-10001")], []),
        ("campaign", [("capec", "CAPEC-9")], []),
        ("intrusion-set", [("mitre-attack", "G9001")], ["G9001"]),
    ],
)
def test_only_the_number_of_a_thing_itself_is_its_notation(
    tmp_path: Path, type: str, numbers: list[tuple[str, str]], own: list[str]
) -> None:
    cited = numbered(*numbers)
    path = bundled(tmp_path, made(type, 1, name="Low Tide", external_references=cited))
    found = loaded(path)
    assert [said.claim.object.value for said in found.saying("notation")] == own
    assert len(found.saying("dcterms:references")) == len(numbers) - len(own)
    assert found.quarantined == []
    came = back(tmp_path, path)[id_of(type, 1)]["external_references"]
    assert sorted(map(str, came)) == sorted(str(dict(sorted(one.items()))) for one in cited)


@pytest.mark.parametrize(
    ("controlling", "controlled", "word"),
    [
        ("threat-actor", "infrastructure", "controlledBy"),
        ("identity", "campaign", "controlledBy"),
        ("infrastructure", "malware", "dcterms:relation"),
        ("infrastructure", "infrastructure", "dcterms:relation"),
    ],
)
def test_what_a_server_controls_is_not_attributed_to_it(
    tmp_path: Path, controlling: str, controlled: str, word: str
) -> None:
    first, second = made(controlling, 1, name="Crane"), made(controlled, 2, name="Tide")
    ends = {"source_ref": first["id"], "target_ref": second["id"]}
    link = made("relationship", 3, relationship_type="controls", **ends)
    found = loaded(bundled(tmp_path, first, second, link))
    assert len(found.saying(word)) == 1
    if word != "controlledBy":
        assert found.saying("controlledBy") == []


def test_a_category_of_misp_is_no_technique(tmp_path: Path) -> None:
    phase = {"kill_chain_name": "misp-category", "phase_name": "Network activity"}
    told = {"pattern": "[domain-name:value = 'gull.example']", "pattern_type": "stix"}
    told |= {"valid_from": "2031-03-01T09:00:00.000Z"}
    path = bundled(tmp_path, made("indicator", 1, kill_chain_phases=[phase], **told))
    found = loaded(path)
    assert found.said("dcterms:isPartOf") == []
    assert Literal("Network activity") in found.said("describedAs")
    assert back(tmp_path, path)[id_of("indicator", 1)]["kill_chain_phases"] == [phase]


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("campaign", "dcterms:relation"),
        ("threat-actor", "hasBehindIt"),
        ("intrusion-set", "hasBehindIt"),
    ],
)
def test_nobody_is_behind_an_incident_for_being_part_of_a_campaign(
    tmp_path: Path, target: str, word: str
) -> None:
    incident, to = made("incident", 1, name="Letter"), made(target, 2, name="Tide")
    ends = {"source_ref": incident["id"], "target_ref": to["id"]}
    link = made("relationship", 3, relationship_type="attributed-to", **ends)
    path = bundled(tmp_path, incident, to, link)
    found = loaded(path)
    assert len(found.saying(word)) == 1
    assert len(found.saying("hasBehindIt")) == (word == "hasBehindIt")
    assert back(tmp_path, path)[link["id"]] == link


@pytest.mark.parametrize("spelled", ["attributed_to", "Attributed-To", "attributed to"])
def test_a_relation_is_the_same_however_it_is_spelled(tmp_path: Path, spelled: str) -> None:
    tide, gulls = made("campaign", 1, name="Tide"), made("threat-actor", 2, name="Gulls")
    ends = {"source_ref": tide["id"], "target_ref": gulls["id"]}
    link = made("relationship", 3, relationship_type=spelled, **ends)
    path = bundled(tmp_path, tide, gulls, link)
    (said,) = loaded(path).saying("hasBehindIt")
    assert detail(said, "wording") == {spelled}
    assert back(tmp_path, path)[link["id"]]["relationship_type"] == "attributed-to"


@pytest.mark.parametrize(
    ("pattern", "hosts"),
    [
        ("[domain-name:value IN ('a.example', 'b.example')]", ["a.example", "b.example"]),
        ("[domain-name:value IN ('a.example')] OR [domain-name:value = 'b.example']",
         ["a.example", "b.example"]),
        ("[domain-name:value NOT IN ('a.example')]", []),
        ("[domain-name:value IN ('a.example') AND url:value = 'https://b.example/']", []),
    ],
)  # fmt: skip
def test_a_list_in_a_pattern_is_an_equation_for_each_of_its_values(
    tmp_path: Path, pattern: str, hosts: list[str]
) -> None:
    told = {"pattern": pattern, "pattern_type": "stix", "valid_from": "2031-02-01T00:00:00Z"}
    found = loaded(bundled(tmp_path, made("indicator", 1, **told)))
    nodes = found.said("indicates")
    assert [found.said("address", one)[0].value for one in nodes] == hosts  # type: ignore[arg-type]
    assert bool(found.quarantined) is not bool(hosts)


@pytest.mark.parametrize(
    "equals", ["= '0123456'", "IN ('0123456', '0123457')", "LIKE '0123456%'"]
)
def test_a_number_to_call_stays_out_however_a_pattern_compares_it(
    tmp_path: Path, equals: str
) -> None:
    told = {"pattern": f"[phone-number:value {equals}]", "pattern_type": "stix"}
    found = loaded(bundled(tmp_path, made("indicator", 1, **told)))
    assert "012345" not in str(found.records)


def test_what_several_saw_together_none_of_them_saw_as_often(tmp_path: Path) -> None:
    tide, watch = made("campaign", 1, name="Low Tide"), made("location", 2, name="Iceland")
    other = made("location", 3, name="Togo")
    both = {"where_sighted_refs": [watch["id"], other["id"]], "count": 50}
    seen = made("sighting", 4, sighting_of_ref=tide["id"], **both)
    path = bundled(tmp_path, tide, watch, other, seen)
    found = loaded(path)
    told = [dict(one.claim.qualifiers) for one in found.saying("sightedBy")]
    assert len(told) == 2
    assert all(term("timesSeen") not in each for each in told)
    assert back(tmp_path, path)[seen["id"]]["count"] == 50


def test_nobody_saw_as_often_what_was_also_seen_by_somebody_left_out(tmp_path: Path) -> None:
    tide, watch = made("campaign", 1, name="Low Tide"), made("location", 2, name="Iceland")
    both = {"where_sighted_refs": [watch["id"], id_of("location", 3)], "count": 50}
    seen = made("sighting", 4, sighting_of_ref=tide["id"], **both)
    path = bundled(tmp_path, tide, watch, seen)
    (said,) = loaded(path).saying("sightedBy")
    assert term("timesSeen") not in dict(said.claim.qualifiers)
    assert back(tmp_path, path)[seen["id"]]["count"] == 50


@pytest.mark.parametrize(
    "pattern",
    [f"[user-account:{'credential' * 20_000}]", f"[{'user-account:' + ' ' * 50_000}]]"],
    ids=["a word", "blanks"],
)
def test_a_long_pattern_is_read_in_the_time_that_its_length_takes(
    tmp_path: Path, pattern: str
) -> None:
    started = process_time()
    loaded(bundled(tmp_path, made("indicator", 1, pattern=pattern, pattern_type="stix")))
    assert process_time() - started < 10
