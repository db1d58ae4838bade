"""Accounts in catalogues: of Mastodon, which is many servers, and of Bluesky, by their ids."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from ontology import term
from ontology.identity import Mint
from tests.loading import Read
from tests.test_loaders_ftm_over import loaded as of_ftm
from tests.test_loaders_misp_objects import loaded as of_misp
from tests.test_loaders_misp_objects import object_of
from tests.test_loaders_stix_dialects import bundled, made
from tests.test_loaders_stix_dialects import loaded as of_stix


def as_stix(folder: Path, platform: str, handle: str) -> Read:
    account = made("user-account", 4, account_type=platform, account_login=handle)
    return of_stix(bundled(folder, account))


def as_channel(folder: Path, platform: str, handle: str) -> Read:
    channel = made("channel", 4, name=f"@{handle}", channel_types=[platform])
    return of_stix(bundled(folder, channel))


def as_misp(folder: Path, platform: str, handle: str) -> Read:
    told = {"account-type": platform, "username": handle}
    return of_misp(folder, object_of("user-account", **told))


def as_post(folder: Path, platform: str, handle: str) -> Read:
    told = {"type": platform, "username": handle, "username-quoted": handle}
    return of_misp(folder, object_of("microblog", **told, link="https://quay.example/1"))


def as_ftm(folder: Path, platform: str, handle: str) -> Read:
    told = {"service": [platform], "username": [f"@{handle}"]}
    return of_ftm(folder, {"id": "a", "schema": "UserAccount", "properties": told})


Told = Callable[[Path, str, str], Read]
OF_ACCOUNTS: Final = (as_stix, as_misp, as_post, as_ftm)


def things(found: Read) -> set[NamedNode]:
    """Return what is spoken of, also in a qualifier."""
    claims = [one.claim for one in found.attestations]
    about = {value for one in claims for _, value in one.qualifiers}
    return {one.subject for one in claims if isinstance(one.subject, NamedNode)} | {
        one for one in about if isinstance(one, NamedNode)
    }


@pytest.mark.parametrize("told", [*OF_ACCOUNTS, as_channel])
def test_a_handle_without_its_server_is_no_account_of_all(tmp_path: Path, told: Told) -> None:
    found = told(tmp_path, "Mastodon", "crane")
    assert Mint().account("mastodon", handle="crane") not in things(found)
    words = {getattr(one.claim.object, "value", "").strip("@") for one in found.attestations}
    assert "crane" in words | {one.value for one in found.quarantined}


@pytest.mark.parametrize("told", OF_ACCOUNTS)
def test_a_handle_with_its_server_is_one_account(tmp_path: Path, told: Told) -> None:
    found = told(tmp_path, "Mastodon", "crane@quay.example")
    assert Mint().account("mastodon", handle="crane@quay.example") in things(found)


@pytest.mark.parametrize("told", OF_ACCOUNTS)
def test_what_bluesky_knows_an_account_by_is_its_id(tmp_path: Path, told: Told) -> None:
    found = told(tmp_path, "Bluesky", "did:plc:abc")
    account = Mint().account("bluesky", id="did:plc:abc")
    assert account in things(found)
    if told is not as_ftm:
        assert Literal("did:plc:abc") in found.said("dcterms:identifier", account)
    assert term("bluesky") in found.said("onPlatform")
