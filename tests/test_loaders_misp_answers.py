"""What servers of MISP answer: galaxies, sightings, several events; and how sure they are."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders import assets, indicators, misp
from loaders.given import Given, Terms
from loaders.records import Fate
from onrecord.errors import BadInput
from ontology import term
from tests.bundles import detail
from tests.loading import Read, Sample, read
from tests.test_loaders_misp import MINT, event_of, loaded
from tests.test_loaders_misp_parts import attribute

CERT: Final = Given(terms=Terms(publisher="Harbour CERT"))
ENTRY: Final[dict[str, Any]] = {
    "uuid": "00000000-1111-4222-8333-0000000000c3",
    "type": "threat-actor",
    "value": "Crane Watch",
    "GalaxyElement": [{"key": "synonyms", "value": "Gulls"}],
}


@pytest.mark.parametrize("indent", [None, 1])
def test_events_that_follow_each_other_are_all_read(tmp_path: Path, indent: int | None) -> None:
    listed = [
        [attribute(1, "domain", "gull.example")],
        [attribute(2, "domain", "tern.example")],
    ]
    told = [event_of(Attribute=one) for one in listed]
    path = tmp_path / "events.json"
    path.write_text("\n".join(json.dumps(one, indent=indent) for one in told), "utf-8")
    found = read(Sample("misp", path))
    assert len(found.saying("listedIn")) == 2
    assert found.quarantined == []


def test_what_breaks_off_after_an_event_costs_nothing_silently(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_text(json.dumps(event_of(), indent=1) + '\n{"Event": ', "utf-8")
    with pytest.raises(BadInput, match="no JSON of MISP"):
        read(Sample("misp", path))


@pytest.mark.parametrize("within", [True, False])
def test_a_galaxy_is_read_as_a_server_shows_it(tmp_path: Path, within: bool) -> None:
    galaxy = {"name": "Threat Actor", "type": "threat-actor", "uuid": "g"}
    answer = {"GalaxyCluster": [ENTRY]}
    found = loaded(tmp_path, {**answer, "Galaxy": galaxy} if within else {**galaxy, **answer})
    actor = found.named("Crane Watch")
    assert found.said("rdf:type", actor) == [term("ThreatActor")]
    assert found.said("alias", actor) == [Literal("Gulls")]
    assert found.fates[Fate.MAPPED] == found.total == 1


def test_an_entry_that_somebody_added_is_not_the_word_of_the_project(tmp_path: Path) -> None:
    own = {**ENTRY, "Orgc": {"name": "Crane Desk"}}
    found = loaded(tmp_path, {"GalaxyCluster": own})
    (said,) = found.saying("alias")
    assert said.speaker == MINT.named("org", "Crane Desk")
    found = loaded(tmp_path, {"GalaxyCluster": {**ENTRY, "Orgc": {"name": "MISP"}}})
    (said,) = found.saying("alias")
    assert said.speaker == MINT.named("org", "MISP Project")


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_sighting_by_itself_is_no_entry_of_a_galaxy(tmp_path: Path, wrapped: bool) -> None:
    seen = {"id": "1", "type": "0", "date_sighting": "1929990000", "value": "gull.example"}
    path = tmp_path / "seen.json"
    path.write_text(
        json.dumps({"response": [{"Sighting": seen} if wrapped else seen]}), "utf-8"
    )
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("misp", path, Given()))
    found = loaded(tmp_path, json.loads(path.read_text("utf-8")), CERT)
    assert found.reasons == {"is a sighting by itself: what was seen is not in the file": 1}


def test_a_channel_is_the_one_at_its_address(tmp_path: Path) -> None:
    number = "UCabCdefghijklmnopqrstuv"
    told = attribute(1, "text", number, object_relation="channel-id")
    channel = {"uuid": told["uuid"], "name": "youtube-channel", "Attribute": [told]}
    found = loaded(tmp_path, event_of(Object=[channel]))
    there = assets.handle_of(f"https://www.youtube.com/channel/{number}")
    assert there is not None
    (said,) = found.saying("listedIn")
    assert said.claim.subject == indicators.account(there, MINT).node


@pytest.mark.parametrize(
    ("likely", "stance"),
    [
        ("almost-no-chance", "Question"),
        ("very-unlikely", "Question"),
        ("roughly-even-chance", "Question"),
        ("likely", "Assertion"),
        ("almost-certain", "Assertion"),
    ],
)
@pytest.mark.parametrize("relation", ["", "attributed-to"])
def test_who_holds_a_tie_to_an_actor_unlikely_does_not_assert_it(
    tmp_path: Path, likely: str, stance: str, relation: str
) -> None:
    tags = [
        {"name": 'misp-galaxy:threat-actor="Gulls"', "relationship_type": relation},
        {"name": f'estimative-language:likelihood-probability="{likely}"'},
    ]
    listed = [attribute(1, "domain", "gull.example", Tag=tags)]
    found = loaded(tmp_path, event_of(Attribute=listed))
    (said,) = found.saying("dcterms:relation" if relation else "linkedTo")
    assert (detail(said, "hedge"), said.stance) == ({likely}, term(stance))


@pytest.mark.parametrize(
    ("kind", "value", "predicate"),
    [
        ("threat-actor", "Gulls", "involves"),
        ("campaign-name", "Low Tide", "involves"),
        ("target-org", "Crane Desk", "targeted"),
        ("target-location", "Luxembourg", "targeted"),
    ],
)
def test_an_event_has_not_to_do_with_whom_an_attribute_holds_unlikely(
    tmp_path: Path, kind: str, value: str, predicate: str
) -> None:
    tags = [{"name": 'estimative-language:likelihood-probability="unlikely"'}]
    found = loaded(tmp_path, event_of(Attribute=[attribute(1, kind, value, Tag=tags)]))
    (said,) = found.saying(predicate)
    assert (detail(said, "hedge"), said.stance) == ({"unlikely"}, term("Question"))


def named_in(folder: Path, *names: str) -> Read:
    """Return what is read of events, each with an actor and an organisation of a name."""
    told = []
    for number, name in enumerate(names, start=1):
        actor = attribute(number, "threat-actor", name)
        spelled = attribute(number, "text", name, object_relation="name")
        owner = {"uuid": actor["uuid"], "name": "organization", "Attribute": [spelled]}
        told.append(event_of(uuid=f"u{number}", Attribute=[actor], Object=[owner]))
    return loaded(folder, told)


def test_unknown_is_no_actor_and_no_organisation(tmp_path: Path) -> None:
    found = named_in(tmp_path, "Unknown", "Unknown")
    assert found.saying("involves") == []
    first, second = (said.claim.subject for said in found.saying("listedIn"))
    assert first != second
    assert found.reasons == {"names nobody": 4}


def test_unknown_actors_of_two_events_are_not_the_same(tmp_path: Path) -> None:
    first, second = named_in(tmp_path, "Unknown actors", "Unknown actors").said("involves")
    assert first != second
    first, second = named_in(tmp_path, "Gulls", "Gulls").said("involves")
    assert first == second


def test_what_a_server_has_in_place_of_lists_costs_no_file(tmp_path: Path) -> None:
    uuid = "00000007-0000-4000-8000-000000000007"
    entry = {"uuid": uuid, "value": "Crane Watch", "GalaxyElement": 3.5}
    shown = {"GalaxyCluster": [{**entry, "GalaxyClusterRelation": 7}], "type": "threat-actor"}
    found = loaded(tmp_path, shown)
    assert found.said("describedAs") == [Literal("3.5")]
    assert [one.column for one in found.quarantined] == ["related"]


@pytest.mark.parametrize(
    "head",
    [
        '{"authors": ["A"], "category": "c", "source": "s", "uuid": "u", "values": [{',
        '{"Event": {"Attribute": [{"category": "Other", "comment": "',
    ],
)
def test_its_files_are_recognised_though_their_first_part_is_long(head: str) -> None:
    assert misp.recognise("file.json", head)


def test_what_has_no_word_is_told_in_one_order_by_every_process(tmp_path: Path) -> None:
    cluster = {"value": "Crane", "uuid": ENTRY["uuid"], **dict.fromkeys("fbdace", "quay")}
    found = loaded(tmp_path, {"name": "Cranes", "values": [cluster]})
    fields = [
        dict(one.claim.qualifiers)[term("inField")] for one in found.saying("describedAs")
    ]
    assert fields == [Literal(name) for name in "abcdef"]


def test_objects_that_a_search_lists_apart_refer_to_one_another(tmp_path: Path) -> None:
    host = attribute(1, "domain", "gull.example")
    tie = {"referenced_uuid": host["uuid"], "relationship_type": "linked-to"}
    named = {"type": "text", "object_relation": "name", "value": "Gull Desk"}
    desk = {"name": "organization", "uuid": "d", "Attribute": [named], "ObjectReference": [tie]}
    event = {"id": "9", "info": "Low Tide"}
    listed = [
        {"Object": {**desk, "meta-category": "misc", "event_id": "9", "Event": event}},
        {"Attribute": {**host, "event_id": "9", "Event": event}},
    ]
    path = tmp_path / "found.json"
    path.write_text(json.dumps({"response": listed}), "utf-8")
    found = read(Sample("misp", path, CERT))
    (said,) = found.saying("linkedTo")
    assert said.claim.subject == MINT.named("org", "Gull Desk")
    assert found.said("address", said.claim.object) == [Literal("gull.example")]  # type: ignore[arg-type]
    assert found.quarantined == []
