"""The README shows what really comes out: its examples run, and its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import COMMANDS
from onrecord.store import restore
from tests.checkout import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[one for one, _ in EXAMPLES])
def test_an_example_answers_what_the_readme_shows(
    case_archive: Path, tmp_path: Path, command: str, shown: str
) -> None:
    restore(case_archive, tmp_path / "data")
    run = command.replace(
        "onrecord ", f"{sys.executable} -m onrecord --data {tmp_path}/data ", 1
    )
    found = subprocess.run(
        run, shell=True, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert stripped(found.stdout) == stripped(shown)


def stripped(text: str) -> list[str]:
    """Return the lines without their white space at the end, and rules of any length alike."""
    lines = [re.sub("─+", "─", line.rstrip()) for line in text.splitlines()]
    return [line for line in lines if line]


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"onrecord ([a-z]+)", README))
    assert named <= set(COMMANDS)
    assert {"ask", "query", "explain", "export", "withdraw", "load"} <= named


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_file_that_the_readme_links_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
