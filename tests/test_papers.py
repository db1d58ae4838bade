"""The papers of the house: locks, accounts, chapters, and what no file may say."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import onrecord
from tests.checkout import ROOT, texts

PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIRED: Final = tuple(Requirement(line) for line in PROJECT["project"]["dependencies"])
PIN: Final = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)

RUN: Final = 6  # so many words of an article in a row are no longer a fact but its text
WORD: Final = re.compile(r"https?://\S+|[^\W_]+(?:'[^\W_]+)*")
# Spelt so that this line is not its own finding.
ELSEWHERE: Final = re.compile(
    r"(?<!\w)/(?:[r]oot|[h]ome/\w+|[w]ork/(?:main|shared|notes))/|[f]ile:///opt|"
    r"[p]ypi-more|[p]ypi\.org|[p]ythonhosted|registry\.[n]pmjs"
)
REAL_DATA: Final = os.environ.get("ONRECORD_REAL_DATA", "")


@pytest.mark.parametrize("required", REQUIRED, ids=lambda required: required.name)
def test_dependency_is_locked_and_accounted_for(required: Requirement) -> None:
    pinned = pins("requirements.lock")[canonicalize_name(required.name)]
    assert required.specifier.contains(pinned)
    assert re.search(rf"^\| {required.name} \|", texts()["docs/dependencies.md"], re.MULTILINE)


def test_both_locks_name_the_same_releases() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_names_releases_and_hashes_only(lock: str) -> None:
    line = re.compile(r"#.*|[\w.-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [found for found in texts()[lock].splitlines() if not line.fullmatch(found)] == []


def test_changelog_has_a_chapter_for_this_version() -> None:
    chapters = re.findall(r"^## \[(.+?)\]", texts()["CHANGELOG.md"], re.MULTILINE)
    assert {"Unreleased", onrecord.__version__} & set(chapters)


def test_every_decision_says_what_was_rejected() -> None:
    decisions = [name for name in texts() if re.match(r"docs/decisions/\d{4}-", name)]
    assert [
        name
        for name in decisions
        if re.findall(r"^## (.+)", texts()[name], re.MULTILINE)
        != ["Decision", "Why", "Rejected"]
    ] == []


def test_no_file_speaks_of_one_machine() -> None:
    assert [
        f"{name}: {found.group()}"
        for name, text in texts().items()
        for found in ELSEWHERE.finditer(text)
    ] == []


@pytest.mark.skipif(not REAL_DATA, reason="ONRECORD_REAL_DATA names no folder of articles")
def test_no_file_repeats_an_article() -> None:
    assert [f"{name}: {run}" for name, text in texts().items() for run in repeated(text)] == []


def pins(lock: str) -> dict[str, str]:
    """Return the release of each distribution that a lock file names."""
    return dict(PIN.findall(texts()[lock]))


def repeated(text: str) -> Iterator[str]:
    """Yield the runs of words that a text shares with an article."""
    return (" ".join(run) for run in runs(text) if run in articles())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each run of words, without case, accents of quotation, or punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    words = WORD.findall(plain)
    return zip(*(words[start:] for start in range(RUN)), strict=False)


@cache
def articles() -> frozenset[tuple[str, ...]]:
    """Return every run of words of the articles that the repository speaks of."""
    held = sorted((Path(REAL_DATA) / "articles").glob("*.txt"))
    assert held, f"no articles in {REAL_DATA}"
    return frozenset(run for path in held for run in runs(path.read_text("utf-8")))
