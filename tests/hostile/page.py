"""The page that says what was tried, and how it came out: `python -m tests.hostile.page`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.checkout import ROOT
from tests.hostile import TABLES
from tests.hostile.attack import Attack

PAGE: Final[Path] = ROOT / "docs" / "hostile.md"

_HEAD: Final = """\
# What strangers may send

Written by `python -m tests.hostile.page` from the tables in `tests/hostile/`. The test
`tests/test_hostile.py` sends each row to a server with two readers, 2 seconds and 300 MB for a
query, over a ring of 20,000 triples. An outcome is a status, `200, cut` for an answer that is
broken off without its last chunk, or `closed` for no answer. After each of them the server
answers the next request at once, memory and open files are back within 5 seconds, nothing was
written, and nobody was called: 77777 stands for a port on which somebody listens.
"""


def page() -> str:
    """Return the page as it has to be."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    for table in TABLES:
        title = (table.__doc__ or "").strip().rstrip(".")
        yield f"\n## {title}\n\n| what | sent | outcome | in the answer |\n|---|---|---|---|\n"
        yield from map(_row, table.ATTACKS)


def _row(attack: Attack) -> str:
    words = attack.told or ", ".join(f"never `{_cell(said)}`" for said in attack.never[:2])
    cells = _cell(attack.name), f"`{_cell(attack.shown)}`", attack.outcome, words
    return f"| {' | '.join(cells)} |\n"


def _cell(said: str) -> str:
    return said.replace("|", "\\|").replace("`", "'")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
