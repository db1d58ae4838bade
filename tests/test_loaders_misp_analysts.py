"""What analysts add to parts of events of MISP: it is their word, and not that of the event."""

from pathlib import Path
from typing import Any, Final

import pytest

from loaders.given import Given, Terms
from loaders.misp_attributes import PRIVATE_REASON
from loaders.misp_markings import markings
from onrecord.errors import BadInput
from ontology import term
from tests.bundles import detail
from tests.loading import Read
from tests.test_loaders_misp import MINT, event_of, loaded
from tests.test_loaders_misp_parts import attribute

OTHERS: Final = {"Orgc": {"name": "Quay CERT"}, "modified": "2031-03-01 10:00:00"}
QUAY: Final = MINT.named("org", "Quay CERT")
GIVEN: Final = Given(terms=Terms(publisher="A"))


def with_what_analysts_say(folder: Path, **told: Any) -> Read:
    """Return what is read of an event with two domains, of one of which somebody says more."""
    other = attribute(3, "domain", "tern.example")
    listed = [attribute(1, "domain", "gull.example", **told), other]
    return loaded(folder, event_of(Attribute=listed), GIVEN)


def test_a_note_is_the_word_of_who_made_it(tmp_path: Path) -> None:
    found = with_what_analysts_say(tmp_path, Note=[{**OTHERS, "note": "is a mirror"}])
    (said,) = found.saying("describedAs")
    assert (said.claim.object.value, said.speaker) == ("is a mirror", QUAY)
    assert detail(said, "assertedAt") == {"2031-03-01T10:00:00"}
    assert found.quarantined == []


def test_a_relation_that_an_analyst_adds_is_no_claim_of_the_event(tmp_path: Path) -> None:
    target = attribute(3, "domain", "tern.example")["uuid"]
    told = {**OTHERS, "relationship_type": "controlled-by", "related_object_uuid": target}
    found = with_what_analysts_say(tmp_path, Relationship=[told])
    (said,) = found.saying("controlledBy")
    assert said.speaker == QUAY
    assert {one.speaker for one in found.saying("listedIn")} == {MINT.named("org", "A")}


def test_an_opinion_denies_nothing_that_is_listed(tmp_path: Path) -> None:
    told = {**OTHERS, "opinion": "0", "comment": "wrong", "authors": "ada@quay.example"}
    found = with_what_analysts_say(tmp_path, Opinion=[told])
    assert {said.stance for said in found.attestations} == {term("Assertion")}
    assert found.reasons == {
        "is an opinion on what is listed, for which there is no word": 1,
        PRIVATE_REASON: 1,
    }
    assert "ada@" not in str([one.value for one in found.quarantined])


def test_what_nobody_is_said_to_have_added_is_not_said(tmp_path: Path) -> None:
    nested = {**OTHERS, "note": "so?", "Opinion": [{**OTHERS, "opinion": "9"}]}
    found = with_what_analysts_say(tmp_path, Note=[{"note": "is a mirror"}, nested])
    assert [said.claim.object.value for said in found.saying("describedAs")] == ["so?"]
    assert found.reasons == {
        "does not say by whom": 1,
        "is of what another analyst says, and is not read": 1,
    }


def test_what_an_analyst_keeps_to_the_own_house_marks_the_file() -> None:
    kept = attribute(1, "domain", "gull.example", Note=[{**OTHERS, "distribution": "0"}])
    assert markings(event_of(Attribute=[kept]))


@pytest.mark.parametrize("name", ["Unknown", "n/a", "ORGNAME", "#REF!"])
def test_nobody_who_is_not_named_makes_or_sees_anything(tmp_path: Path, name: str) -> None:
    who = {"Organisation": {"name": name}, "type": "0", "date_sighting": "1933200000"}
    note = {"note": "n", "Orgc": {"name": name}}
    seen = {"uuid": "d", "type": "domain", "value": "pier.example.org", "Sighting": [who]}
    event = event_of(Attribute=[{**seen, "Note": [note]}], Orgc={"name": name})
    desk = Given(terms=Terms(publisher="Harbour Desk"))
    found = loaded(tmp_path, event, desk)
    assert {one.speaker for one in found.attestations} == {MINT.named("org", "Harbour Desk")}
    assert found.said("sightedBy") == []
    assert sorted(one.column for one in found.quarantined) == ["Note", "Orgc", "Sighting"]
    with pytest.raises(BadInput, match="who publishes it"):
        loaded(tmp_path, event)
