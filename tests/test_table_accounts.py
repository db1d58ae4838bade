"""Accounts in tables that a mapping reads: platforms, handles and ids as people write them."""

from pathlib import Path

import pytest

from ontology import term
from ontology.identity import Mint
from tests.test_loaders_table import mapped

MAPPING = """
publisher: Harbour Desk
things:
  who: {kind: account, column: who, id: id, platform: {column: platform}}
claims:
  - {subject: who, predicate: describedAs, object: {const: listed}}
"""
MINT = Mint()


@pytest.mark.parametrize(
    ("called", "platform"),
    [("Telegram", "telegram"), ("X (formerly Twitter)", "twitter"), ("VK", "vkontakte")],
)
def test_a_platform_goes_by_what_people_call_it(
    tmp_path: Path, called: str, platform: str
) -> None:
    found = mapped(tmp_path, f"who,id,platform\n@crane,,{called}\n", MAPPING)
    assert not found.quarantined
    assert found.said("onPlatform") == [term(platform)]
    mapping = MAPPING.replace("{column: platform}", called)
    found = mapped(tmp_path, "who,id\n@crane,\n", mapping)
    assert found.said("onPlatform") == [term(platform)]


def test_an_account_with_an_id_needs_no_handle(tmp_path: Path) -> None:
    rows = ",9001,Facebook\nCrane Page,9002,Facebook\nHeron Page,,Facebook\n,,Facebook\n"
    found = mapped(tmp_path, f"who,id,platform\n{rows}", MAPPING)
    told = {said.claim.subject for said in found.saying("describedAs")}
    assert told == {MINT.account("facebook", id=id) for id in ("9001", "9002")}
    assert not found.said("handle")
    assert [(one.value, one.reason) for one in found.quarantined if one.column == "who"] == [
        ("Crane Page", "is no handle"),
        ("Heron Page", "is no handle"),
    ]


def test_a_handle_on_a_platform_that_is_not_read_is_nobodys(tmp_path: Path) -> None:
    found = mapped(tmp_path, "who,id,platform\n@crane,9001,Telegram channel\n", MAPPING)
    assert not found.saying("describedAs")
    assert found.reasons == {"is on no platform that is known": 1}
