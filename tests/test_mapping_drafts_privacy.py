"""Drafts of mappings keep out what other loaders keep of nobody."""

import re
from pathlib import Path

from pyoxigraph import Literal

from tests.test_mapping_drafts import drafted


def test_a_draft_keeps_out_what_identifies_people_until_somebody_says_otherwise(
    tmp_path: Path,
) -> None:
    table = "name,birthDate,Phone Number,lat,platform,latest\n"
    table += "Bo Sample,2001-02-03,+354 7,64.1,Telegram,3\nCy Sample,,+354 8,64.2,Telegram,4\n"
    text, found = drafted(tmp_path / "people.csv", table)
    for column in ("birthDate", '"?Phone Number"?', "lat"):
        assert re.search(rf"^  {column}: .*which no record needs to keep", text, re.MULTILINE)
    told = {one.value for one in found.said("describedAs") if isinstance(one, Literal)}
    assert told == {"Telegram", "3", "4"}


def test_a_draft_keeps_out_what_is_secret_by_its_name(tmp_path: Path) -> None:
    table = (
        "name,Access Token,passwords,token_type\nQuay,PP9001,PP9002,b\nPier,PP9003,PP9004,b\n"
    )
    text, found = drafted(tmp_path / "accounts.csv", table)
    for column in ('"?Access Token"?', "passwords"):
        assert re.search(rf"^  {column}: .*which no record needs to keep", text, re.MULTILINE)
    told = {one.value for one in found.said("describedAs") if isinstance(one, Literal)}
    assert told == {"b"}


def test_a_draft_keeps_what_mobile_programs_are_called(tmp_path: Path) -> None:
    table = "mobile_app,platform\nCrane Talk,Android\nHeron Talk,Android\n"
    text, _ = drafted(tmp_path / "programs.csv", table)
    assert "which no record needs to keep" not in text
