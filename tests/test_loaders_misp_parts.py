"""Parts of events of MISP: networks, what was deleted, what is published, what only lists."""

import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from loaders import indicators
from loaders.given import Given, Terms
from loaders.json_parts import without_broken
from loaders.records import Fate, Sheet
from loaders.source import File
from onrecord.errors import BadInput
from ontology import term
from tests.loading import Sample, read
from tests.test_loaders_misp import MINT, event_of, loaded


def attribute(number: int, kind: str, value: str, **fields: Any) -> dict[str, Any]:
    uuid = f"{number:08}-0000-4000-8000-{number:012}"
    return {"uuid": uuid, "type": kind, "value": value, **fields}


def test_what_is_listed_of_a_network_is_not_said_of_its_first_address(tmp_path: Path) -> None:
    listed = [attribute(1, "ip-dst", "198.51.100.0/24"), attribute(2, "ip-src", "192.0.2.7/32")]
    found = loaded(tmp_path, event_of(Attribute=listed))
    network, address = (said.claim.subject for said in found.saying("listedIn"))
    assert found.said("rdf:type", network) == [term("IpNetwork")]
    assert found.said("address", network) == [Literal("198.51.100.0/24")]
    assert address == indicators.ip_address("192.0.2.7", MINT).node  # type: ignore[union-attr]


@pytest.mark.parametrize("spelled", [True, "1", 1, "true"])
def test_what_was_deleted_is_not_listed_however_it_is_spelled(
    tmp_path: Path, spelled: object
) -> None:
    gone = attribute(1, "domain", "gone.example", deleted=spelled)
    found = loaded(tmp_path, event_of(Attribute=[gone]))
    assert found.saying("listedIn") == []
    assert found.fates[Fate.BLANK] == 1


def test_nothing_is_tied_to_what_was_deleted(tmp_path: Path) -> None:
    gone = attribute(1, "domain", "gone.example", deleted=True)
    tied = {"referenced_uuid": gone["uuid"], "relationship_type": "controls"}
    login = attribute(2, "text", "gull", object_relation="name")
    account = {"uuid": login["uuid"], "name": "twitter-account", "Attribute": [login]}
    found = loaded(
        tmp_path, event_of(Attribute=[gone], Object=[{**account, "ObjectReference": [tied]}])
    )
    assert found.saying("controlledBy") == []
    assert found.reasons == {"does not tie two things of the event": 1}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"published": False, "publish_timestamp": "1930000000"}, []),
        ({"published": True, "publish_timestamp": "0"}, []),
        ({"published": True, "publish_timestamp": "1930000000"}, ["2031-02-27T23:06:40Z"]),
    ],
)
def test_an_event_is_published_only_when_it_says_so(
    tmp_path: Path, fields: dict[str, Any], said: list[str]
) -> None:
    found = loaded(tmp_path, event_of(date="2031-02-01", **fields))
    assert [one.value for one in found.said("schema:datePublished")] == said
    assert [one.value for one in found.said("schema:dateCreated")] == ["2031-02-01"]


def test_a_manifest_of_a_feed_is_refused_and_nobody_made_its_publisher(tmp_path: Path) -> None:
    manifest = {"00000001-0000-4000-8000-000000000001": event_of()["Event"]}
    with pytest.raises(BadInput, match="is the manifest of a feed; load the events"):
        loaded(tmp_path, manifest)


def test_a_tag_of_a_link_or_text_is_not_said_of_its_event(tmp_path: Path) -> None:
    actor = 'misp-galaxy:threat-actor="Gulls"'
    tags = {
        "Tag": [{"name": "tlp:green"}, {"name": "osint:source-type=blog-post"}, {"name": actor}]
    }
    listed = [
        attribute(1, "link", "https://desk.example/tide", **tags),
        attribute(2, "mutex", "gull", **tags),
    ]
    found = loaded(tmp_path, event_of(Attribute=listed))
    assert found.saying("describedAs") == found.saying("involves") == []
    refused = [one.value for one in found.quarantined if one.column == "Tag"]
    assert len(refused) == 2
    assert all("tlp" not in one for one in refused)


def test_how_widely_a_value_may_be_passed_on_is_no_tag_of_a_thing(tmp_path: Path) -> None:
    listed = [attribute(1, "text", "tide", Tag=[{"name": "tlp:green"}])]
    assert loaded(tmp_path, event_of(Attribute=listed)).quarantined == []


def test_a_campaign_is_no_actor(tmp_path: Path) -> None:
    named = [attribute(1, "campaign-name", "Tide"), attribute(2, "threat-actor", "Gulls")]
    found = loaded(tmp_path, event_of(Attribute=named))
    kinds = [found.said("rdf:type", found.named(name)) for name in ("Tide", "Gulls")]
    assert kinds == [[term("Campaign")], [term("ThreatActor")]]


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("threat-actor", "ThreatActor"),
        ("mitre-campaign", "Campaign"),
        ("entity", "skos:Concept"),
        ("surveillance-vendor", "org:Organization"),
    ],
)
def test_not_whatever_has_to_do_with_actors_is_one(
    tmp_path: Path, type: str, kind: str
) -> None:
    entry = {"value": "Low Tide", "uuid": "00000000-1111-4222-8333-0000000000c3"}
    found = loaded(tmp_path, {"type": type, "category": "actor", "values": [entry]})
    assert found.said("rdf:type", found.named("Low Tide")) == [term(kind)]


@pytest.mark.parametrize("within", [True, False])
def test_the_relation_in_which_a_tag_stands_is_no_other(tmp_path: Path, within: bool) -> None:
    name = 'misp-galaxy:threat-actor="Crane Watch"'
    entry = {"value": "Crane Watch", "uuid": "00000000-1111-4222-8333-0000000000c3"}
    told = {**entry, "tag_name": name, "relationship_type": "impersonates"}
    galaxies = [{"type": "threat-actor", "GalaxyCluster": [told]}]
    tags = [{"name": name, "relationship_type": "impersonates"}]
    listed = attribute(1, "domain", "crane.example")
    listed |= {"Galaxy": galaxies, "Tag": tags} if within else {"Tag": tags}
    found = loaded(tmp_path, event_of(Attribute=[listed]))
    assert found.saying("linkedTo") == []
    (said,) = found.saying("dcterms:relation")
    assert dict(said.claim.qualifiers)[term("relationType")] == Literal("impersonates")


def tied(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": "1", "tag_id": "2", "Tag": {"id": "2", "name": name, **fields}}


def test_tags_within_what_ties_them_to_an_event_mark_it_and_are_said(tmp_path: Path) -> None:
    ties = [tied("TLP:RED"), tied("quay:colour"), tied('misp-galaxy:threat-actor="Crane"')]
    found = loaded(tmp_path, [event_of(EventTag=ties)["Event"]])
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpRed"),)
    assert found.said("involves") == [found.named("Crane")]
    assert Literal("quay:colour") in found.said("describedAs")
    assert found.quarantined == []


def test_tags_within_what_ties_them_to_an_attribute_mark_the_file(tmp_path: Path) -> None:
    listed = attribute(1, "domain", "crane.example", AttributeTag=[tied("tlp:amber")])
    found = loaded(tmp_path, event_of(Attribute=[listed]))
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpAmber"),)
    assert found.quarantined == []


def test_a_sighting_has_neither_time_nor_comment_of_the_value_that_was_seen(
    tmp_path: Path,
) -> None:
    seen = {"type": "0", "date_sighting": "1933286400", "Organisation": {"name": "Quay CERT"}}
    more = {"timestamp": "1900000000", "comment": "from the desk", "Sighting": [seen]}
    found = loaded(tmp_path, event_of(Attribute=[attribute(1, "domain", "a.example", **more)]))
    (said,) = found.saying("sightedBy")
    told = dict(said.details)
    when = dict(said.claim.qualifiers)[term("atTime")]
    assert (told[term("assertedAt")], term("note") in told) == (when, False)
    (listed,) = found.saying("listedIn")
    assert dict(listed.details)[term("note")] == Literal("from the desk")


@pytest.mark.parametrize("tag", ["tlp:red", "TLP: Red", {"name": "tlp: red"}])
def test_a_marking_is_one_however_its_tag_is_written(tmp_path: Path, tag: object) -> None:
    found = loaded(tmp_path, event_of(Tag=[tag]))
    (sheet,) = [one for one in found.records if isinstance(one, Sheet)]
    assert sheet.markings == (term("tlpRed"),)


@pytest.mark.parametrize("shared", ["several entries", "the collection"])
def test_a_uuid_that_is_not_of_one_entry_makes_no_two_tools_one(
    tmp_path: Path, shared: str
) -> None:
    uuid = "00000000-1111-4222-8333-0000000000d4"
    more = {"collection_uuid": uuid} if shared == "the collection" else {}
    names = ["Crane", "Gull"] if shared == "several entries" else ["Crane"]
    entries = [
        {"value": name, "uuid": uuid, "tag_name": f'misp-galaxy:tool="{name}"', **more}
        for name in names
    ]
    tags = [{"name": entry["tag_name"]} for entry in entries]
    galaxies = [{"type": "tool", "category": "tool", "GalaxyCluster": entries}]
    found = loaded(tmp_path, event_of(Galaxy=galaxies, Tag=tags))
    assert found.said("involves") == [MINT.named("entry", name, "tool") for name in names]
    assert found.named(names[0]) == MINT.named("entry", names[0], "tool")
    assert uuid not in {value.value for value in found.said("dcterms:identifier")}


def test_whom_an_event_only_describes_is_no_organisation_of_others(tmp_path: Path) -> None:
    described = attribute(1, "target-org", "Government")
    one, other = (
        loaded(tmp_path, event_of(uuid=uuid, Attribute=[described])).said("targeted")
        for uuid in ("u", "v")
    )
    assert one != other
    named = attribute(1, "target-org", "Government of Iceland")
    found = loaded(tmp_path, event_of(Attribute=[named]))
    assert found.said("targeted") == [MINT.named("org", "Government of Iceland")]


def test_an_attribute_that_is_no_json_costs_no_other_and_no_place(tmp_path: Path) -> None:
    notes = ("NOTE", "kept", "NOTE", "NOTE")
    listed = [
        attribute(number, "domain", f"quay{number}.example", comment=note)
        for number, note in enumerate(notes)
    ]
    text = json.dumps(event_of(Attribute=listed), indent=1).replace('"NOTE"', "NaN")
    path = tmp_path / "event.json"
    path.write_text(text, encoding="utf-8")
    found = read(Sample("misp", path))
    assert found.fates == {Fate.MAPPED: 2, Fate.QUARANTINED: 3}
    assert found.reasons == {"no JSON: NaN is not JSON": 3}
    assert [one.record in text and one.line for one in found.quarantined] == [9, 21, 27]
    places = {said.place.passage for said in found.saying("listedIn") + found.saying("name")}
    assert len(places) > 1
    for place in places:
        assert place.sha256 == sha256(text[place.start : place.end].encode()).hexdigest()
    assert len(found.saying("listedIn")) == 1


def test_many_attributes_that_are_no_json_are_found_in_one_pass(tmp_path: Path) -> None:
    listed = [
        attribute(number, "domain", "quay.example", comment="NOTE") for number in range(9_000)
    ]
    path = tmp_path / "event.json"
    text = json.dumps(event_of(Attribute=[*listed, attribute(9_000, "domain", "pier.example")]))
    path.write_text(text.replace('"NOTE"', "NaN" + " " * 300), encoding="utf-8")
    file = File.at(path, Given())
    began = time.process_time()
    found = without_broken(file, "Attribute")
    assert time.process_time() - began < 8
    assert found
    assert len(found[1]) == 9_000
    assert "pier.example" in found[0].cleared


def test_what_is_left_of_a_broken_event_is_nobodys_word(tmp_path: Path) -> None:
    part = {"type": "domain", "category": "Network activity", "value": "pier.example.org"}
    held = json.dumps({**part, "uuid": "d"})
    event = f'{{"Event": {{"info": NaN, "Orgc": {{"name": "A"}}, "Attribute": [\n{held}\n]}}}}'
    path = tmp_path / "file.json"
    path.write_text(event, encoding="utf-8")
    with pytest.raises(BadInput, match=r"\(NaN is not JSON\)"):
        read(Sample("misp", path))
    path.write_text(f'{json.dumps(event_of())}\n{json.dumps(part)}\n{{"value": NaN}}', "utf-8")
    found = read(Sample("misp", path))
    assert [one.reason.partition(":")[0] for one in found.quarantined] == [
        "is part of an event that is not told, nor who made it and who may have it", "no JSON",
    ]  # fmt: skip


def test_an_attribute_by_itself_is_no_entry_of_a_galaxy(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    part = {"type": "domain", "category": "Network activity", "value": "pier.example.org"}
    path.write_text(json.dumps(part), encoding="utf-8")
    found = read(Sample("misp", path, Given(terms=Terms(publisher="A"))))
    assert [one.reason for one in found.quarantined] == [
        "is part of an event that is not told, nor who made it and who may have it"
    ]
    assert found.said("listedIn") == []


def test_an_attribute_by_itself_leaves_it_known_who_made_the_event_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file.json"
    part = {"type": "domain", "category": "Network activity", "value": "pier.example.org"}
    path.write_text(json.dumps([event_of(), part]), encoding="utf-8")
    found = read(Sample("misp", path))
    assert len(found.quarantined) == 1
    path.write_text(json.dumps([part]), encoding="utf-8")
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("misp", path))
