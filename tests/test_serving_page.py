"""docs/serving.md says what the server does."""

import re
from dataclasses import Field, fields
from typing import Final

import click
import pytest

from onrecord.cli.serving import serve
from onrecord.limits import Limits
from onrecord.settings import Settings
from onrecord.tokens import ROLES
from tests.checkout import ROOT

PAGE: Final = (ROOT / "docs" / "serving.md").read_text("utf-8")
ROWS: Final = re.findall(r"^\| `(ONRECORD_\w+)` \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)


class Noted(dict[str, str]):
    """An environment that notes what is looked up in it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def get(self, name: str, usual: str | None = None) -> str | None:  # type: ignore[override]
        self.names.append(name)
        return usual


def test_the_page_has_every_variable_and_no_other() -> None:
    environment = Noted()
    Settings.from_env(environment)
    assert sorted(name for name, _, _ in ROWS) == sorted(environment.names)


@pytest.mark.parametrize("known", fields(Limits), ids=lambda known: known.name)
def test_a_limit_is_told_as_it_is(known: Field[float]) -> None:
    usual = f"{known.default:,} {known.metadata['unit']}".strip()
    assert (f"ONRECORD_{known.name.upper()}", usual, known.metadata["what"]) in ROWS


@pytest.mark.parametrize(
    "name", [name for name, _, _ in ROWS if name[9:].lower() not in Limits.__slots__]
)
def test_a_setting_is_told_as_it_is(name: str) -> None:
    usual = {variable: usually for variable, usually, _ in ROWS}[name]
    found = getattr(Settings(), name[9:].lower())
    assert usual == (str(found) if found or found == 0 else "none")


def test_the_page_knows_every_role() -> None:
    assert re.findall(r"^\| `(\w+)` \| (?:change|the same)", PAGE, re.MULTILINE) == list(ROLES)


def test_the_command_names_what_the_page_names() -> None:
    told = serve.get_help(click.Context(serve))
    options = {"DATA", "BASE", "KEEP", "HOST", "PORT"}
    assert [n for n, _, _ in ROWS if n[9:] not in options and f"{n}=" not in told] == []
