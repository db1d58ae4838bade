"""Names that are none in bundles and events, as they are none in forms; and who lists them."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from loaders.records import Attestation
from ontology import term
from ontology.identity import Mint
from tests.bundles import at_fault, detail, id_of
from tests.loading import Read
from tests.test_loaders_misp import event_of
from tests.test_loaders_misp import loaded as catalogued
from tests.test_loaders_misp_objects import object_of
from tests.test_loaders_misp_parts import attribute
from tests.test_loaders_stix_dialects import bundled, loaded, made
from tests.test_loaders_stix_names import attributed

MINT = Mint()
NOBODY = ("see note", "not disclosed", "неизвестно", "No attribution", "n.d.", '"')
DOUBTED = ("Crane Group (suspected)", "Likely Crane", "Pier Unit?", "not Togo")
PARTIES = ("identity", "threat-actor", "intrusion-set")


@pytest.mark.parametrize("kind", PARTIES)
@pytest.mark.parametrize("name", [*NOBODY, *DOUBTED, "Togo or Iceland", "Unknown (Togo nexus)"])
def test_nothing_is_attributed_to_a_name_that_is_none(
    tmp_path: Path, kind: str, name: str
) -> None:
    found = attributed(tmp_path, name, kind=kind)
    assert found.said("hasBehindIt") == []
    ((column, reason),) = at_fault(found, kind, 2)
    assert column == "name"
    assert reason in (
        "names nobody", "is denied or doubted, and no name of anybody",
        "leaves open which country",
    )  # fmt: skip
    ((end, why),) = at_fault(found, "relationship", 20)
    assert (end, why) == ("target_ref", "refers to an object that was not taken")


@pytest.mark.parametrize("name", ["Who Moored This?", "Not In Our Harbour"])
def test_whoever_makes_objects_is_called_as_they_are(tmp_path: Path, name: str) -> None:
    desk = made("identity", 1, name=name, identity_class="organization")
    ends = [made(kind, 2, name="Crane Watch") for kind in ("campaign", "threat-actor")]
    link = made("relationship", 3, relationship_type="attributed-to", created_by_ref=desk["id"],
                source_ref=ends[0]["id"], target_ref=ends[1]["id"])  # fmt: skip
    found = loaded(bundled(tmp_path, desk, *ends, link))
    (said,) = found.saying("hasBehindIt")
    assert said.speaker == found.named(name)
    assert found.quarantined == []


@pytest.mark.parametrize("kind", PARTIES)
def test_people_who_are_only_described_are_others_in_each_object(
    tmp_path: Path, kind: str
) -> None:
    first, second = attributed(
        tmp_path, "Icelandic trolls", "Icelandic trolls", kind=kind
    ).said("hasBehindIt")
    assert first != second


@pytest.mark.parametrize("name", ["Crane?", "Who Sank the Pier?"])
def test_a_campaign_may_be_called_by_a_question(tmp_path: Path, name: str) -> None:
    found = loaded(bundled(tmp_path, made("campaign", 1, name=name)))
    assert found.quarantined == []


@pytest.mark.parametrize("told", ["unspecified", "events", "person", "government", ""])
def test_only_a_class_that_says_so_makes_an_organisation(tmp_path: Path, told: str) -> None:
    fields = {"identity_class": told} if told else {}
    found = loaded(bundled(tmp_path, made("identity", 1, name="Bo Sample", **fields)))
    node = MINT.named("org", "Bo Sample")
    assert found.said("rdf:type", node) == [term("LegalParty")]


@pytest.mark.parametrize(
    ("name", "is_set"),
    [("5 Channel", False), ("24 Group", False), ("5 channels", True), ("1 account", True)],
)
def test_a_number_in_the_name_of_a_broadcaster_counts_nothing(
    tmp_path: Path, name: str, is_set: bool
) -> None:
    found = loaded(bundled(tmp_path, made("channel", 1, name=name)))
    assert bool(found.saying("assetCount")) is is_set


@pytest.mark.parametrize(
    ("platform", "login"), [("vk", "id9001"), ("youtube", "UCaBcDeFgHiJkLmNoPqRsTuV")]
)
def test_a_login_that_is_the_platforms_number_is_the_account_at_its_address(
    tmp_path: Path, platform: str, login: str
) -> None:
    path = {"vk": login, "youtube": f"channel/{login}"}[platform]
    account = made("user-account", 1, account_login=login, account_type=platform)
    address = made("url", 2, value=f"https://{platform}.com/{path}")
    found = loaded(bundled(tmp_path, account, address))
    ids = {
        one.claim.object.value: one.claim.subject for one in found.saying("dcterms:identifier")
    }
    assert ids[id_of("user-account", 1)] == ids[id_of("url", 2)]


@pytest.mark.parametrize("kind", ["threat-actor", "target-org"])
@pytest.mark.parametrize("name", [*NOBODY, *DOUBTED])
def test_an_event_involves_nobody_by_a_name_that_is_none(
    tmp_path: Path, kind: str, name: str
) -> None:
    found = catalogued(tmp_path, event_of(Attribute=[attribute(1, kind, name)]))
    assert found.said("involves") + found.said("targeted") == []
    assert len(found.quarantined) == 1


@pytest.mark.parametrize("template", ["organization", "person", "threat-actor"])
def test_an_object_is_not_called_by_a_name_that_is_none(tmp_path: Path, template: str) -> None:
    key = "full-name" if template == "person" else "name"
    one = object_of(template, **{key: "Bo Sample (suspected)"})
    found = catalogued(tmp_path, event_of(Object=[one]))
    assert "Bo Sample (suspected)" not in [value.value for value in found.said("name")]
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}


def test_a_list_that_leaves_open_which_country_targets_none(tmp_path: Path) -> None:
    listed = [attribute(1, "target-location", "Togo or Iceland")]
    found = catalogued(tmp_path, event_of(Attribute=listed))
    assert found.said("targeted") == []
    assert found.reasons == {"leaves open which country": 1}


def test_what_is_tied_to_an_actor_that_an_attribute_names_is_told(tmp_path: Path) -> None:
    actor = attribute(1, "threat-actor", "Crane Watch")
    page = object_of("facebook-page", **{"page-id": "9001"})
    tie = {"referenced_uuid": actor["uuid"], "relationship_type": "operated-by"}
    event = event_of(Attribute=[actor], Object=[{**page, "ObjectReference": [tie]}])
    found = catalogued(tmp_path, event)
    assert found.said("operatedBy") == [found.named("Crane Watch")]
    assert found.quarantined == []


@pytest.mark.parametrize(
    ("comment", "stance", "hedges"),
    [
        ("suspected", "Assertion", {"suspected"}),
        ("ruled out", "Question", {"ruled out"}),
        ("seen at the pier", "Assertion", set()),
    ],
)
def test_a_comment_that_is_a_hedge_is_one(
    tmp_path: Path, comment: str, stance: str, hedges: set[str]
) -> None:
    actor = attribute(1, "threat-actor", "Crane Watch", comment=comment)
    tie = {"referenced_uuid": actor["uuid"], "relationship_type": "operated-by"}
    page = object_of("facebook-page", **{"page-id": "9001"})
    tied = {**page, "ObjectReference": [{**tie, "comment": comment}]}
    found = catalogued(tmp_path, event_of(Attribute=[actor], Object=[tied]))
    for word in ("involves", "operatedBy"):
        (said,) = found.saying(word)
        assert said.stance == term(stance)
        assert detail(said, "hedge") == hedges
        assert detail(said, "note") == {comment}


def galaxy(**fields: Any) -> dict[str, Any]:
    entry = {"uuid": "00000001-0000-4000-8000-000000000001", "value": "Crane Watch"}
    around = {"name": "Cranes", "type": "quay-threat-actor", "category": "actor", **fields}
    return {"uuid": "00000009-0000-4000-8000-000000000009", "values": [entry], **around}


def naming(found: Read) -> Attestation:
    (said,) = (one for one in found.saying("name") if one.claim.object.value == "Crane Watch")
    return said


@pytest.mark.parametrize("author", ["Quay Research", "MITRE"])
def test_the_only_author_of_a_catalogue_speaks_through_its_publisher(
    tmp_path: Path, author: str
) -> None:
    found = catalogued(tmp_path, galaxy(authors=[author]))
    said = naming(found)
    assert (said.speaker, said.depth) == (found.named(author), 1)


@pytest.mark.parametrize(
    "authors",
    [["MISP Project"], ["Various"], ["Unknown"], ["https://quay.example"], ["Bo", "Cy"], []],
)
def test_a_catalogue_of_several_or_of_nobody_speaks_for_itself(
    tmp_path: Path, authors: list[str]
) -> None:
    said = naming(catalogued(tmp_path, galaxy(authors=authors)))
    assert (said.speaker, said.depth) == (MINT.named("org", "MISP Project"), 0)


def test_what_stands_around_the_entries_of_a_catalogue_is_told(tmp_path: Path) -> None:
    around = {"authors": ["Bo", "Cy"], "source": "https://quay.example", "version": 3}
    found = catalogued(tmp_path, galaxy(**around, description="Known cranes"))
    told = {value.value for value in found.said("describedAs", found.named("Cranes"))}
    assert told == {"Bo", "Cy", "https://quay.example", "3", "Known cranes"}


@pytest.mark.parametrize(
    ("type", "category", "kind"),
    [
        ("quay-case-study", "actor", "sem:Event"),
        ("exercise-world", "tool", "skos:Concept"),
        ("quay-threat-actor", "actor", "ThreatActor"),
        ("rat", "tool", "Software"),
    ],
)
def test_a_case_is_no_actor_and_a_made_up_country_no_software(
    tmp_path: Path, type: str, category: str, kind: str
) -> None:
    found = catalogued(tmp_path, galaxy(type=type, category=category))
    assert found.said("rdf:type", found.named("Crane Watch")) == [term(kind)]


def test_a_synonym_that_is_no_name_is_nobodys(tmp_path: Path) -> None:
    whole = galaxy()
    whole["values"][0]["meta"] = {"synonyms": ["-", "Crane (maybe)", "Ocean Crane"]}
    found = catalogued(tmp_path, json.loads(json.dumps(whole)))
    assert [value.value for value in found.said("alias")] == ["Ocean Crane"]
    assert len(found.quarantined) == 2


def test_what_is_like_an_entry_without_a_name_is_like_what_has_its_uuid(tmp_path: Path) -> None:
    other = "00000002-0000-4000-8000-000000000002"
    whole = galaxy()
    whole["values"][0]["related"] = [{"dest-uuid": other, "type": "similar"}]
    whole["values"].append({"uuid": other, "value": "Heron (maybe)"})
    found = catalogued(tmp_path, whole)
    (node,) = found.said("similarTo")
    assert found.said("dcterms:identifier", node) == [Literal(other)]  # type: ignore[arg-type]
