"""Whose word a review is: an organisation's that publishes it, or a person's who is alone."""

from pathlib import Path

import pytest

from loaders.given import Given, Terms
from onrecord.errors import BadInput
from ontology import term
from tests.test_loaders_claimreview import CHECK, REVIEW, loaded


def test_several_authors_of_one_review_are_one_voice(tmp_path: Path) -> None:
    authors = [{"@type": "Organization", "name": name} for name in ("Pier", "Crane Check")]
    given = Given(terms=Terms(publisher="Harbour Feed"))
    found = loaded(tmp_path, {**REVIEW, "author": authors}, given)
    (said,) = found.saying("accurate")
    assert found.named("Crane Check; Pier") == said.speaker
    assert set(found.said("cosignatory", said.speaker)) == {CHECK, found.named("Pier")}


def test_who_signed_a_review_and_publishes_it_tells_no_hearsay(tmp_path: Path) -> None:
    authors = [{"@type": "Organization", "name": name} for name in ("Pier", "Crane Check")]
    review = {**REVIEW, "author": authors, "publisher": authors[1], "sdPublisher": "Quay Data"}
    found = loaded(tmp_path, review, Given(terms=Terms(publisher="Harbour Feed")))
    (said,) = found.saying("accurate")
    assert said.speaker == found.named("Crane Check; Pier")
    assert said.relays == (found.named("Quay Data"),)


@pytest.mark.parametrize("is_author", [True, False])
def test_what_an_organisation_publishes_is_its_word_whoever_wrote_it(
    tmp_path: Path, is_author: bool
) -> None:
    person = {"@type": "Person", "name": "Bo Sample"}
    check = {"@type": "Organization", "name": "Crane Check"}
    review = {**REVIEW, "url": "https://crane.example/1", "author": person, "publisher": check}
    if is_author:
        review = {**REVIEW, "url": "https://crane.example/1", "author": [person, check]}
    for given in (Given(terms=Terms(publisher="Harbour Feed")), Given()):
        found = loaded(tmp_path, review, given)
        (said,) = found.saying("accurate")
        assert (said.speaker, said.relays) == (CHECK, ())
        assert found.said("schema:author") == [found.named("Bo Sample")]
    nowhere = loaded(tmp_path, {**review, "url": ""})
    assert nowhere.reasons == {"wrote a review that has no address": 1}


def test_a_person_who_reviews_alone_does_not_publish_the_file(tmp_path: Path) -> None:
    review = {**REVIEW, "author": {"@type": "Person", "name": "Bo Sample"}}
    with pytest.raises(BadInput, match="publisher"):
        loaded(tmp_path, review)
    given = Given(terms=Terms(publisher="Harbour Feed"))
    found = loaded(tmp_path, review, given)
    assert [one.speaker for one in found.saying("accurate")] == [found.named("Bo Sample")]


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp",
        "Twitter, Facebook",
        "TikTok and X",
        "Threads",
        "Facebook.",
        "X (formerly Twitter), VK & Bluesky",
        "-",
        "*",
        "Desconocido",
        "not disclosed",
        "Sources multiples",
        "Mehrere Nutzer",
        "Múltiples fuentes",
        "Várias fontes",
        "Diverse Quellen",
        "Comptes Twitter",
        "Użytkownicy Facebooka",
        "Пользователи соцсетей",
        "सोशल मीडिया यूजर्स",
        "網友",
        "YouTube channel",
        "Someone",
        "Un internaute",
        "Un usuario de Twitter",
        "Ein Facebook-Nutzer",
        "Kettenbrief",
        "Telegram-канал",
        "Χρήστες Facebook",
    ],
)
def test_a_platform_where_something_is_claimed_is_no_person(tmp_path: Path, name: str) -> None:
    item = {"@type": "Claim", "author": {"@type": "Person", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    kinds = found.said("rdf:type", found.named(name))
    assert kinds == [term("UnnamedSpeaker")]


@pytest.mark.parametrize("name", ["Telegram", "Redacted"])
def test_an_organisation_that_is_called_like_a_platform_or_a_note_is_one(
    tmp_path: Path, name: str
) -> None:
    item = {"@type": "Claim", "author": {"@type": "NewsMediaOrganization", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    assert found.said("rdf:type", found.named(name)) == [term("org:Organization")]


@pytest.mark.parametrize("name", ["Falsely attributed to Bo Sample", "Not Bo Sample", "Bo?"])
def test_who_did_not_claim_it_does_not_claim_it(tmp_path: Path, name: str) -> None:
    item = {"@type": "Claim", "author": {"@type": "Person", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    assert {said.speaker for said in found.saying("accurate")} == {CHECK}
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}


@pytest.mark.parametrize("name", ["Bo Sample; Cy Sample", "Bo Sample and others"])
def test_several_in_one_name_are_no_claimant(tmp_path: Path, name: str) -> None:
    item = {"@type": "Claim", "author": {"@type": "Person", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    assert {said.speaker for said in found.saying("accurate")} == {CHECK}
    assert found.reasons == {"names several, where one is wanted": 1}


@pytest.mark.parametrize("authors", [["Crane Check"], ["Crane Check", "Pier"]])
def test_who_reviews_a_claim_did_not_put_it_forward(tmp_path: Path, authors: list[str]) -> None:
    told = [{"@type": "Organization", "name": name} for name in authors]
    item = {"@type": "Claim", "author": told[0]}
    given = Given(terms=Terms(publisher="Harbour Feed"))
    found = loaded(tmp_path, {**REVIEW, "author": told, "itemReviewed": item}, given)
    assert [said.stance for said in found.saying("accurate")] == [term("Denial")]
    assert found.reasons == {"is who reviews the claim": 1}


@pytest.mark.parametrize("name", ["Bo &amp; Sons", "Bo O&#039;Sample"])
def test_a_sign_that_is_spelled_for_html_parts_no_names(tmp_path: Path, name: str) -> None:
    item = {"@type": "Claim", "author": {"@type": "Organization", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    assert found.named(name) in {said.speaker for said in found.saying("accurate")}
