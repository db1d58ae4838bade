"""Tokens: shown once, kept as hashes, given and taken away while the server runs."""

import json
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.errors import BadParameter, StoreError
from onrecord.store import GenerationStore, restore
from onrecord.tokens import ROLES, Tokens, includes
from tests.terminal import Terminal


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "data")


def test_a_token_is_found_by_its_secret_alone(tokens: Tokens) -> None:
    secret = tokens.add("desk", "editor")
    tokens.add("boss", "admin")
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.role, len(secret) >= 43) == ("desk", "editor", True)
    for wrong in ("", secret[:-1], secret + "x", found.digest, "desk", "\udcff"):
        assert tokens.find(wrong) is None


def test_only_the_hash_is_kept_and_only_for_the_owner(tokens: Tokens, tmp_path: Path) -> None:
    secret = tokens.add("desk", "editor")
    files = [path for path in (tmp_path / "data").iterdir() if path.stat().st_size]
    assert [path.name for path in files] == ["tokens.json"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert secret not in files[0].read_text()


def test_a_revoked_token_is_refused_by_who_knew_it(tokens: Tokens, tmp_path: Path) -> None:
    running = Tokens(tmp_path / "data")
    secret = tokens.add("desk", "editor")
    assert running.find(secret)
    tokens.revoke("desk")
    assert running.find(secret) is None
    assert running.all() == ()


def test_an_expired_token_is_refused(tokens: Tokens) -> None:
    now = datetime.now(UTC)
    assert tokens.find(tokens.add("old", "admin", now - timedelta(seconds=1))) is None
    assert tokens.find(tokens.add("new", "admin", now + timedelta(days=1)))


def test_an_admin_may_do_what_an_editor_may() -> None:
    allowed = {(a, b): includes(a, b) for a in ROLES for b in ROLES}
    assert [pair for pair, may in allowed.items() if not may] == [("editor", "admin")]


@pytest.mark.parametrize("name", ["", "two words", "a\nb", "x" * 65, "-x", "é"])
def test_a_name_is_one_plain_word(tokens: Tokens, name: str) -> None:
    with pytest.raises(BadParameter, match="letters, digits"):
        tokens.add(name, "editor")


def test_a_name_has_one_token(tokens: Tokens) -> None:
    tokens.add("desk", "editor")
    with pytest.raises(BadParameter, match="has a token already"):
        tokens.add("desk", "admin")
    with pytest.raises(BadParameter, match="has no token"):
        tokens.revoke("desks")


@pytest.mark.parametrize(
    "damage", ["", "{", "[1]", '[{"name": "x"}]', '[{"name": "x", "role": "king"}]']
)
def test_a_damaged_file_lets_nobody_in(tokens: Tokens, tmp_path: Path, damage: str) -> None:
    secret = tokens.add("desk", "editor")
    (tmp_path / "data" / "tokens.json").write_text(damage)
    with pytest.raises(StoreError, match=r"tokens\.json: damaged"):
        tokens.find(secret)


def test_tokens_made_at_the_same_time_are_all_kept(tokens: Tokens, tmp_path: Path) -> None:
    makers = [
        threading.Thread(target=Tokens(tmp_path / "data").add, args=(f"desk-{n}", "editor"))
        for n in range(8)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert {token.name for token in tokens.all()} == {f"desk-{n}" for n in range(8)}


def test_tokens_are_no_part_of_a_backup(case_store: GenerationStore, tmp_path: Path) -> None:
    Tokens(case_store.folder).add("desk", "editor")
    case_store.backup(tmp_path / "archive")
    assert list((tmp_path / "archive").rglob("token*")) == []
    Tokens(tmp_path / "fresh").add("desk", "editor")
    restore(tmp_path / "archive", tmp_path / "fresh")
    assert [token.name for token in Tokens(tmp_path / "fresh").all()] == ["desk"]


def test_the_commands_make_list_and_revoke(run: Terminal, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = run("--data", data, "token", "add", "desk", "--role", "editor", "--expires", "90")
    assert made.code == 0
    secret = made.out.strip()
    assert Tokens(data).find(secret)
    assert (secret in made.err, "not shown again" in made.err) == (False, True)
    listed = run("--data", data, "token", "list").out
    until = datetime.now(UTC) + timedelta(days=90)
    assert ("desk" in listed, "editor" in listed, f"{until:%Y-%m-%d}" in listed) == (True,) * 3
    assert secret not in listed
    assert json.loads((data / "tokens.json").read_text())[0]["digest"] not in listed
    assert run("--data", data, "token", "revoke", "desk").code == 0
    assert Tokens(data).find(secret) is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "desk"], "Missing option '--role'"),
        (["add", "desk", "--role", "king"], "'king' is not one of"),
        (["add", "two words", "--role", "editor"], "letters, digits"),
        (["revoke", "desk"], "has no token"),
    ],
)
def test_the_commands_say_what_is_wrong(
    run: Terminal, tmp_path: Path, arguments: list[str], told: str
) -> None:
    ran = run("--data", tmp_path, "token", *arguments)
    assert (ran.code, told in ran.err) == (2, True)
