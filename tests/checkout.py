"""The files of this repository, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CACHES: Final = {
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
}


@cache
def texts() -> Mapping[str, str]:
    """Return the text of every file that is text, by its name from the root."""
    return dict(_texts())


@cache
def trees() -> Mapping[str, ast.Module]:
    """Return every Python file, parsed, by its name from the root."""
    return {name: ast.parse(text) for name, text in texts().items() if name.endswith(".py")}


def _texts() -> Iterator[tuple[str, str]]:
    for path in _files():
        with suppress(UnicodeDecodeError):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _files() -> Iterator[Path]:
    """Yield what git has or would take; all there is but caches, where there is no git."""
    ask = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        told = subprocess.run(ask, cwd=ROOT, capture_output=True, check=True, text=True)
        paths = [ROOT / name for name in told.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not CACHES & set(path.parts)]
    yield from (path for path in sorted(paths) if path.is_file())
