"""Logins and ids of bundles, events and entities that tell no account from others."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from loaders.given import Given, Terms
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read
from tests.test_loaders_misp import event_of
from tests.test_loaders_misp import loaded as listed
from tests.test_loaders_misp_objects import object_of
from tests.test_loaders_stix_dialects import bundled, loaded, made

NOTES = ("suspended", "@deleted", "n/a", "неизвестно")
ROUNDED = "1.23457E+18"


def accounts(found: Read) -> set[NamedNode]:
    said = found.saying("rdf:type")
    return {one.claim.subject for one in said if one.claim.object == term("Account")}


@pytest.mark.parametrize("login", ["suspended", "@deleted", "неизвестно", ROUNDED])
@pytest.mark.parametrize("field", ["account_login", "user_id"])
def test_a_login_that_is_none_makes_no_two_accounts_of_stix_one(
    tmp_path: Path, login: str, field: str
) -> None:
    told = {"account_type": "twitter", field: login}
    found = loaded(bundled(tmp_path, *(made("user-account", at, **told) for at in (1, 2))))
    assert len(accounts(found)) == 2
    assert found.said("handle") == []
    assert [name.value for name in found.said("name")].count(login) == 2


def test_a_login_that_is_none_stays_a_word_on_the_account_that_an_id_tells(
    tmp_path: Path,
) -> None:
    told = {"account_type": "twitter", "account_login": "suspended", "user_id": "9001"}
    found = loaded(bundled(tmp_path, made("user-account", 1, **told)))
    (node,) = accounts(found)
    assert "suspended" in {one.value for one in found.said("describedAs", node)}
    assert "9001" in {one.value for one in found.said("dcterms:identifier", node)}
    assert found.said("handle") == []


@pytest.mark.parametrize("login", [*NOTES, ROUNDED])
@pytest.mark.parametrize("template", ["twitter-account", "gitlab-user", "user-account"])
def test_a_login_that_is_none_makes_no_two_accounts_of_misp_one(
    tmp_path: Path, login: str, template: str
) -> None:
    key = "name" if template == "twitter-account" else "username"
    one = object_of(template, **{key: login})
    found = listed(tmp_path, event_of(Object=[one, {**one, "uuid": "of another"}]))
    assert len(accounts(found)) == 2
    assert found.said("handle") == []


def test_the_id_tells_an_account_whose_handle_is_gone(tmp_path: Path) -> None:
    one, other = (
        object_of("twitter-account", name="suspended", id=id) | {"uuid": f"of {id}"}
        for id in ("9001", "9002")
    )
    found = listed(tmp_path, event_of(Object=[one, other]))
    assert {value.value for value in found.said("dcterms:identifier")} >= {"9001", "9002"}
    assert len(accounts(found)) == 2
    assert found.said("handle") == []


def test_a_post_of_an_author_who_is_gone_is_nobodys_and_its_lost_id_makes_no_two_one(
    tmp_path: Path,
) -> None:
    told = {"post-id": ROUNDED, "username": "suspended", "in-reply-to-status-id": ROUNDED}
    one = object_of("twitter-post", **told)
    found = listed(tmp_path, event_of(Object=[one, {**one, "uuid": "of another"}]))
    posts = {said.claim.subject for said in found.saying("describedAs")}
    assert len(posts) == 2
    assert found.saying("posted") == []
    assert {value.value for value in found.said("describedAs")} >= {"suspended", ROUNDED}


def test_the_lost_id_of_a_post_is_still_told(tmp_path: Path) -> None:
    told = object_of("twitter-post", **{"post-id": ROUNDED, "username": "crane"})
    found = listed(tmp_path, event_of(Object=[told]))
    assert [value.value for value in found.said("describedAs")] == [ROUNDED]


def test_an_account_goes_by_the_id_that_is_one(tmp_path: Path) -> None:
    told = {"account-id": "deleted", "user-id": "9001"}
    found = listed(tmp_path, event_of(Object=[object_of("facebook-account", **told)]))
    assert accounts(found) == {Mint().account("facebook", id="9001")}


@pytest.mark.parametrize("login", NOTES)
def test_a_login_that_is_none_makes_no_two_entities_one(tmp_path: Path, login: str) -> None:
    told = {"service": ["twitter"], "username": [login]}
    path = tmp_path / "file.json"
    made = [{"id": id, "schema": "UserAccount", "properties": told} for id in ("a", "b")]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in made), encoding="utf-8")
    found = read(Sample("ftm", path, Given(terms=Terms(publisher="Harbour Register"))))
    assert len(accounts(found)) == 2
