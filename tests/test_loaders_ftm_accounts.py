"""What things of FollowTheMoney are called, and by which name or address accounts are known."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import assets
from ontology import term
from tests.loading import Read
from tests.test_loaders_ftm import MINT, entity, loaded


def account(tmp_path: Path, **properties: str) -> Read:
    told = {name: [text] for name, text in properties.items()}
    return loaded(
        tmp_path, json.dumps({"id": "u", "schema": "UserAccount", "properties": told})
    )


def known_as(found: Read) -> NamedNode:
    (only,) = {one.claim.subject for one in found.saying("dcterms:identifier")}
    return only


@pytest.mark.parametrize("name", ["https://vk.com/harbour_pier", "vk.com/harbour_pier"])
def test_an_address_in_place_of_a_user_name_tells_the_same_account(
    tmp_path: Path, name: str
) -> None:
    found = account(tmp_path, service="VK", username=name)
    pier = assets.account(term("vkontakte"), MINT, handle="harbour_pier")
    assert known_as(found) == pier
    (said,) = found.saying("handle", pier)
    assert (said.claim.object, said.details) == (
        Literal("harbour_pier"),
        ((term("statedAs"), Literal(name)),),
    )


def test_an_address_elsewhere_is_no_user_name_of_a_service(tmp_path: Path) -> None:
    found = account(tmp_path, service="Twitter", username="https://t.me/harbour_pier")
    assert known_as(found) == entity("u")
    assert found.said("handle") == [Literal("https://t.me/harbour_pier")]


def test_an_account_of_one_service_is_none_whose_page_on_another_tells_of_it(
    tmp_path: Path,
) -> None:
    page = "https://www.facebook.com/harbourpost"
    found = account(tmp_path, service="Instagram", username="Harbour Pier", sourceUrl=page)
    assert known_as(found) == entity("u")


@pytest.mark.parametrize("name", [":", "?", "Unknown"])
def test_a_word_for_nobody_or_a_lone_sign_is_no_name(tmp_path: Path, name: str) -> None:
    told = {"name": ["Quay Ltd", name], "weakAlias": [name]}
    found = loaded(tmp_path, json.dumps({"id": "q", "schema": "Company", "properties": told}))
    assert found.reasons == {"names nobody": 2}
    assert found.said("name", entity("q")) == [Literal("Quay Ltd")]
