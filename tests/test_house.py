"""The house itself: floors and measures.

The code is read, not run, so that an import inside a function counts like any other.
"""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final, cast

import pytest

from loaders import LOADERS, Loader
from tests.checkout import ROOT, texts, trees

# From the ground up. A module belongs to the longest name here that it begins with; it may
# import what bears the same name and whatever lies below, never a neighbour on its floor.
FLOORS: Final = (
    ("onrecord",),
    ("onrecord.errors", "onrecord.reading_in", "onrecord.unsigned"),
    ("onrecord.fetch", "onrecord.legible", "onrecord.limits", "onrecord.processes"),
    ("onrecord.settings",),
    ("ontology",),
    ("loaders", "onrecord.store"),
    ("queries", "onrecord.tokens"),
    ("onrecord.derive",),
    ("onrecord.readable", "onrecord.shapes", "onrecord.standing", "onrecord.vocabulary"),
    ("onrecord.holds",),
    (
        "onrecord.ahead",
        "onrecord.cycles",
        "onrecord.erasure",
        "onrecord.gone",
        "onrecord.invalidation",
        "onrecord.kept",
        "onrecord.left_out",
        "onrecord.manifest",
        "onrecord.progress",
        "onrecord.pruned",
        "onrecord.runs",
        "onrecord.sources",
        "onrecord.wordings",
    ),
    (
        "onrecord.audited",
        "onrecord.gate",
        "onrecord.licences",
        "onrecord.loads",
        "onrecord.portions",
        "onrecord.unread",
    ),
    ("onrecord.run",),
    ("onrecord.course",),
    (
        "onrecord.ingest",
        "onrecord.explain",
        "onrecord.export",
        "onrecord.stix",
    ),
    ("onrecord.edit", "onrecord.quarantine", "onrecord.withdraw"),
    ("onrecord.workers",),
    ("onrecord.web",),
    ("onrecord.doctor", "server"),
    ("onrecord.wsgi",),
    ("onrecord.cli",),
    ("onrecord.__main__",),
)
HEIGHT: Final = {room: height for height, floor in enumerate(FLOORS) for room in floor}
TOPS: Final = {room.partition(".")[0] for room in HEIGHT}

LONGEST_MODULE: Final = 300
LONGEST_FUNCTION: Final = 40
SAYS_NOTHING: Final = {"utils", "util", "helpers", "helper", "common", "base", "manager"}
ENVIRONMENT: Final = {"os.environ", "os.environb", "os.getenv", "os.getenvb"}


def test_every_module_has_a_floor() -> None:
    assert {name for name in modules() if room(name) == "onrecord"} == {"onrecord"}


def test_floors_import_only_downwards() -> None:
    assert [
        f"{name}:{line} imports {target}"
        for name, tree in modules().items()
        for line, target in imports(tree)
        if target.partition(".")[0] in TOPS and not may_import(name, target)
    ] == []


def test_no_import_is_relative() -> None:
    assert [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ] == []


@pytest.mark.parametrize("name", sorted(TOPS))
def test_floor_is_imported_from_this_checkout(name: str) -> None:
    origin = importlib.import_module(name).__file__
    assert origin is not None
    assert Path(origin).resolve().is_relative_to(ROOT)


def test_every_loader_is_registered() -> None:
    formats = {name for name, tree in modules().items() if is_format(tree)}
    assert formats == {cast(ModuleType, loader).__name__ for loader in LOADERS.values()}
    for name, loader in LOADERS.items():
        assert name == loader.NAME
        for verb in ("source", "recognise", "load"):
            promised, offered = (getattr(one, verb) for one in (Loader, loader))
            assert {**inspect.get_annotations(offered)} == inspect.get_annotations(promised)


@pytest.mark.parametrize("started", ["onrecord.cli", "onrecord.cli.loading", "onrecord.wsgi"])
def test_what_takes_a_while_is_read_in_once_it_is_wanted(started: str) -> None:
    said = f"import sys, {started}; print(*sys.modules)"
    found = subprocess.check_output([sys.executable, "-c", said], cwd=ROOT, text=True)
    slow = {name for name, tree in modules().items() if is_format(tree)} | {"rdflib"}
    assert slow & set(found.split()) == set()


def test_no_module_is_longer_than_a_chapter() -> None:
    lengths = {name: len(texts()[name].splitlines()) for name in trees()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    assert [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ] == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in ENVIRONMENT)
        or (
            isinstance(node, ast.ImportFrom)
            and ENVIRONMENT & {name for _, name in imports(node)}
        )
    }
    assert readers <= {"onrecord.settings"}


def test_every_name_says_what_is_inside() -> None:
    assert [name for name in trees() if SAYS_NOTHING & set(re.split(r"[/._]", name))] == []


@cache
def modules() -> Mapping[str, ast.Module]:
    """Return the modules of the floors, by the name under which they are imported."""
    dotted = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree
        for path, tree in trees().items()
    }
    return {name: tree for name, tree in dotted.items() if name.partition(".")[0] in TOPS}


def room(name: str) -> str:
    """Return the longest name of FLOORS that a dotted name begins with."""
    parts = name.split(".")
    prefixes = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next(prefix for prefix in prefixes if prefix in HEIGHT)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of all that some code imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def is_format(tree: ast.Module) -> bool:
    """Return whether a module says its NAME, which makes it a loader."""
    return any(
        isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "NAME"
        for node in tree.body
    )


def may_import(name: str, target: str) -> bool:
    """Tell whether a target lies in the same room as a module, or on a floor below."""
    ours, theirs = room(name), room(target)
    return ours == theirs or HEIGHT[theirs] < HEIGHT[ours]
