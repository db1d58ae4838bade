"""Accounts: names with their dates, and identity by the platform's id alone."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import LOADERS, assets
from loaders.records import Fate
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read

PATH: Final = Path(__file__).with_name("data") / "accounts" / "harbour-names.csv"
MINT: Final = Mint()
TWITTER: Final = term("twitter")


@pytest.fixture(scope="module")
def found() -> Read:
    return read(Sample("accounts", PATH))


def by_id(id: str) -> NamedNode:
    return assets.account(TWITTER, MINT, id=id)


def dated(found: Read, predicate: str, node: NamedNode) -> dict[str, dict[str, str]]:
    """Return each name with the dates for which it is said to hold."""
    return {
        one.claim.object.value: {
            key.value.rpartition("#")[2]: value.value for key, value in one.claim.qualifiers
        }
        for one in found.saying(predicate, node)
    }


def test_every_row_is_accounted_for(found: Read) -> None:
    assert found.fates == {Fate.MAPPED: 7, Fate.QUARANTINED: 5, Fate.BLANK: 1}


def test_an_account_keeps_all_its_handles_with_their_dates(found: Read) -> None:
    assert dated(found, "handle", by_id("9001002003")) == {
        "HarbourWatch": {"validFrom": "2030-02", "validTo": "2031-01-15"},
        "CraneFacts": {"validFrom": "2031-01-16", "atTime": "2031-03-01"},
    }


def test_one_handle_of_two_accounts_makes_them_no_one_account(found: Read) -> None:
    bearers = {
        one.claim.subject
        for one in found.saying("handle")
        if one.claim.object == Literal("HarbourWatch")
    }
    assert bearers == {
        by_id("9001002003"),
        by_id("9001002004"),
        assets.account(TWITTER, MINT, handle="HarbourWatch"),
    }


def test_a_partial_date_stays_partial(found: Read) -> None:
    told = {value for one in found.attestations for _, value in one.claim.qualifiers}
    assert Literal("2030-02", datatype=term("xsd:gYearMonth")) in told
    assert Literal("--04-01", datatype=term("xsd:gMonthDay")) in told
    assert found.said("schema:dateCreated") == [Literal("2029", datatype=term("xsd:gYear"))]


def test_a_display_name_is_of_any_script_and_several_lines(found: Read) -> None:
    node = assets.account(term("telegram"), MINT, handle="gull_post")
    assert found.said("displayName", node) == [Literal("港口\n新闻")]


def test_who_says_it_speaks_through_whoever_keeps_the_table(found: Read) -> None:
    (said,) = found.saying("followerCount")
    assert (said.speaker, said.depth) == (MINT.named("org", "Crane Check"), 1)
    assert (said.claim.object, dict(said.claim.qualifiers)[term("comparator")]) == (
        Literal(5200),
        term("approximately"),
    )


def test_each_refusal_has_its_reason(found: Read) -> None:
    assert sorted((one.column, one.reason) for one in found.quarantined) == [
        ("favourite_colour", "nobody reads this column"),
        ("followers", "is no number, with or without a comparator before it"),
        ("handle", "has neither id nor handle"),
        ("handle", "stands beside a cell that could not be read"),
        ("id", "is an id that a spreadsheet has rounded"),
        ("platform", "is empty"),
        ("platform", "is not one platform that is known"),
        ("platform", "is not one platform that is known"),
        ("url", "is no web address"),
        ("valid_from", "is no time such as 2031, 2031-04 or 2031-04-01"),
    ]


def test_a_handle_may_be_spelled_as_its_platform_links_to_it(tmp_path: Path) -> None:
    rows = ("Reddit,/u/crane", "Telegram,t.me/crane", "Twitter,@crane", "Twitter,t.me/crane")
    path = tmp_path / "names.csv"
    lines = (f"Crane Check,{row}" for row in rows)
    path.write_text("\n".join(["publisher,platform,handle", *lines]), encoding="utf-8")
    found = read(Sample("accounts", path))
    assert [one.claim.object.value for one in found.saying("handle")] == ["crane"] * 3
    assert found.reasons == {"is no handle, and there is no id": 1}


def test_a_number_of_vkontakte_is_the_account_and_no_handle(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = (
        "VK,,id9001", "VK,,https://vk.com/id9001", "VK,9001,@id9001", "VK,9002,id9001",
        "VK,,id_crane", "Twitter,,id9001",
    )  # fmt: skip
    head = "publisher,platform,id,handle"
    path.write_text("\n".join([head, *(f"Harbour Desk,{row}" for row in rows)]))
    found = read(Sample("accounts", path))
    vk = term("vkontakte")
    assert [one.claim.subject for one in found.saying("onPlatform")] == [
        *[assets.account(vk, MINT, id="9001")] * 3,
        assets.account(vk, MINT, handle="id_crane"),
        assets.account(TWITTER, MINT, handle="id9001"),
    ]
    assert {one.value for one in found.said("handle")} == {"id_crane", "id9001"}
    assert [(one.value, one.reason) for one in found.quarantined] == [
        ("id9001", "is the id of another account")
    ]


def test_an_address_of_another_handle_is_none_of_an_account_known_by_its_handle(
    tmp_path: Path,
) -> None:
    path = tmp_path / "names.csv"
    rows = (
        "Twitter,,crane,https://x.com/Crane",
        "Twitter,,crane,https://x.com/heron",
        "Twitter,9001,crane,https://x.com/stork",
        "VK,,id9001,https://vk.com/ibis",
        "VK,,id9001,https://vk.com/id9002",
    )
    path.write_text(
        "\n".join(["publisher,platform,id,handle,url", *(f"Desk,{row}" for row in rows)])
    )
    found = read(Sample("accounts", path))
    assert len(found.saying("atAddress")) == 3
    assert [(one.value, one.reason) for one in found.quarantined] == [
        ("https://x.com/heron", "leads to another account"),
        ("https://vk.com/id9002", "leads to another account"),
    ]


def test_an_address_of_another_account_is_not_said_to_be_of_this_one(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = (
        "Facebook,9001,https://www.facebook.com/profile.php?id=9001",
        "Facebook,9001,https://www.facebook.com/profile.php?id=9002",
        "Twitter,9001,https://t.me/crane",
        "Twitter,@crane,",
        "Twitter,https://x.com/crane,",
    )
    path.write_text("\n".join(["publisher,platform,id,url", *(f"Desk,{row}" for row in rows)]))
    found = read(Sample("accounts", path))
    assert len(found.saying("atAddress")) == 1
    assert [(one.value, one.reason) for one in found.quarantined] == [
        ("https://www.facebook.com/profile.php?id=9002", "leads to another account"),
        ("https://t.me/crane", "leads to another account"),
        ("@crane", "is a handle"),
        ("https://x.com/crane", "is no id"),
    ]


@pytest.mark.parametrize(
    ("name", "platform"),
    [("X (formerly Twitter)", "twitter"), ("Twitter/X", "twitter"), ("VK", "vkontakte"),
     ("Facebook (Instagram)", ""), ("Twitter (archive)", "")],
)  # fmt: skip
def test_a_platform_may_go_by_two_names(tmp_path: Path, name: str, platform: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(f"publisher,platform,handle\nDesk,{name},crane\n")
    found = read(Sample("accounts", path)).said("onPlatform")
    assert found == ([term(platform)] if platform else [])


def test_a_table_without_display_names_is_known_by_its_columns() -> None:
    header = "publisher,platform,handle,valid_from,valid_to\n"
    assert LOADERS["accounts"].recognise("names.csv", header)
