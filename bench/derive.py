"""How long derivation takes, beside `pyoxigraph.Store.bulk_load` of the same evidence.

`python -m bench.derive 10000 100000` prints a line for each number of claims: derivation from
nothing, and of a source of a tenth of the size that speaks of nothing known.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from bench.generated import MINT, Source
from loaders.evidence import name_of, triples
from onrecord import derive
from onrecord.store import GenerationStore

Result = TypeVar("Result")


@dataclass(slots=True)
class Evidence:
    """A source as N-Quads lines, and the nodes that derivation has to hear of."""

    lines: list[str]
    nodes: set[NamedNode]


def evidence(source: Source) -> Evidence:
    """Return a source as a loader would hand it to the store."""
    lines: dict[str, None] = {}
    nodes: set[NamedNode] = set()
    for record in source.records():
        nodes.add(name_of(record, MINT))
        lines.update((f"{triple} .", None) for triple in triples(record, MINT))
    return Evidence(list(lines), nodes)


def timed(act: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds an act took, and what it returned."""
    started = perf_counter()
    result = act()
    return perf_counter() - started, result


def measured(what: str, given: Evidence, act: Callable[[], int]) -> str:
    """Return a line that holds a derivation against a bulk load of its evidence."""
    seconds, claims = timed(act)
    loading = bulk_load(given.lines)
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{what:8} {claims:9,} claims {len(given.lines):10,} lines"
        f" {claims / seconds:9,.0f} claims/s {seconds / claims * 1000:7.3f} ms/claim"
        f" {seconds / loading:6.2f} x bulk_load {peak:7,.0f} MB"
    )


def bulk_load(lines: list[str]) -> float:
    """Return how many seconds the engine alone takes to load lines into a new store."""
    said = "\n".join(lines).encode()
    with TemporaryDirectory() as folder:
        store = pyoxigraph.Store(folder)
        return timed(lambda: store.bulk_load(said, format=RdfFormat.N_QUADS))[0]


def report(claims: int) -> Iterator[str]:
    """Yield what rebuilding takes, and updating with a tenth more from another source."""
    first, second = evidence(Source("first", claims)), evidence(Source("second", claims // 10))
    with TemporaryDirectory() as folder, GenerationStore(Path(folder)).write("bench") as draft:
        draft.load(first.lines)
        yield measured("rebuild", first, lambda: derive.rebuild(draft, MINT))
        draft.load(second.lines)
        yield measured("update", second, lambda: derive.update(draft, MINT, second.nodes))
        draft.abandon()


if __name__ == "__main__":
    for size in sys.argv[1:] or ["10000"]:
        for line in report(int(size)):
            print(line, flush=True)
