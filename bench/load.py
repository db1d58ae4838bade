"""How long a load takes from file to published generation, beside a bare bulk load.

`python -m bench.load 100000 1000000 10000000` prints a line for each layout of tweets and each
number of quads, from nothing and each in a process of its own; `--turns 5` does so five times,
as one reading may be a fifth off, and ends with the middle ones of their ratios:

quads    in the published store, evidence and what is derived of it
map      quads of evidence a second of CPU, from file to lines, in one process
load     seconds from file to published generation: map, gate, store, derive, audit, publish
bare     seconds in which `pyoxigraph.Store.bulk_load` takes the same lines, after the load
ratio    bare / load
cpu      the same ratio of seconds of CPU, which other work on the machine moves less
derive   seconds of the load in which something is derived
audit    seconds of the load in which the audits run
peak     the most memory that the process had, before the bare load: a load has no other
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, thread_time
from typing import Any, Final

import pyoxigraph
from pyoxigraph import RdfFormat, serialize

from bench.tweets import LAYOUTS, write_tweets
from loaders import LOADERS
from loaders.given import Given
from loaders.lines import lines_of
from onrecord import derive, ingest
from onrecord.cycles import seldom_sought
from onrecord.derive.alone import Examples
from onrecord.derive.sieve import Sieve
from onrecord.store import GenerationStore

_QUADS_A_ROW: Final = {"archive": 44, "agency": 41}  # with what is derived
# of the accounts and the vocabulary
_QUADS_BESIDE: Final = {"archive": 112_000, "agency": 66_000}
_MAPPED: Final = 20_000  # rows are enough to tell the rate
_CHUNK: Final = 200_000  # lines


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took, by the clock and of all cores."""

    wall: float
    cpu: float

    @classmethod
    def on(cls, act: Callable[[], Any]) -> "Spent":
        """Return what an act takes."""
        wall, cpu = perf_counter(), process_time()
        act()
        return cls(perf_counter() - wall, process_time() - cpu)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one load took; times in seconds, memory in megabytes."""

    layout: str
    rows: int
    quads: int
    rate: float
    load: "Spent"
    bare: "Spent"
    derive: float
    audit: float
    peak: float

    @property
    def ratios(self) -> tuple[float, float]:
        """Return bare to load, by the clock and of CPU."""
        return self.bare.wall / self.load.wall, self.bare.cpu / self.load.cpu

    def __str__(self) -> str:
        wall, cpu = self.ratios
        return (
            f"{self.layout:8} {self.rows:9,} {self.quads:12,} {self.rate:9,.0f}"
            f" {self.load.wall:8.1f} {self.bare.wall:8.1f}"
            f" {wall:6.2f} {cpu:6.2f}"
            f" {self.derive:8.1f} {self.audit:8.1f} {self.peak:8,.0f}"
        )


HEADER: Final = (
    f"{'layout':8} {'rows':>9} {'quads':>12} {'map q/s':>9} {'load s':>8} {'bare s':>8}"
    f" {'ratio':>6} {'cpu':>6} {'derive s':>8} {'audit s':>8} {'peak MB':>8}"
)


class Clock:
    """Adds up the seconds that some functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, owner: Any, name: str) -> None:
        """Time every call of a function, which returns when its work is done."""
        function: Callable[..., Any] = getattr(owner, name)

        def timed(*given: Any, **named: Any) -> Any:
            started = perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.seconds += perf_counter() - started

        setattr(owner, name, timed)


def measured(layout: str, quads: int) -> Figures:
    """Return what a load of about so many quads takes."""
    rows = max(500, (quads - _QUADS_BESIDE[layout]) // _QUADS_A_ROW[layout])
    with TemporaryDirectory(prefix="onrecord-bench-") as folder:
        path, store = Path(folder, "tweets.csv"), GenerationStore(Path(folder, "data"))
        write_tweets(path, layout, rows)
        rate = mapping_rate(path)
        deriving, auditing = Clock(), Clock()
        deriving.over(Sieve, "sift")
        deriving.over(Examples, "derived")
        deriving.over(derive, "update")
        auditing.over(ingest, "refuse_findings")
        load = Spent.on(lambda: ingest.ingest(store, "x-archive", path, Given()))
        peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        dump = Path(folder, "all.nq")
        with store.read() as snapshot:
            serialize(snapshot.quads(), str(dump), RdfFormat.N_QUADS)
        with dump.open("rb") as lines:
            stored = sum(1 for _ in lines)
        alone = Spent.on(lambda: bare(dump, Path(folder, "bare")))
    return Figures(
        layout, rows, stored, rate, load, alone, deriving.seconds, auditing.seconds, peak
    )


def mapping_rate(path: Path) -> float:
    """Return how many quads of evidence a second are mapped."""
    given = Given()
    records = islice(LOADERS["x-archive"].load(path, given), 2 * _MAPPED)
    with seldom_sought():  # as a load does
        started = thread_time()
        quads = sum(1 for _ in lines_of(records, given.mint))
        return quads / (thread_time() - started)


def bare(dump: Path, folder: Path) -> None:
    """Load lines in the chunks in which onrecord does."""
    store = pyoxigraph.Store(str(folder))
    with dump.open("rb") as lines:
        for chunk in _chunks(lines):
            store.bulk_load(b"".join(chunk), format=RdfFormat.N_QUADS)


def _chunks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def main(sizes: list[int], turns: int) -> None:
    """Print a table."""
    print(HEADER, flush=True)
    for quads in sizes:
        for layout in LAYOUTS:
            found = [_alone(layout, quads) for _ in range(turns)]
            if turns > 1:
                wall, cpu = (median(ratios) for ratios in zip(*found, strict=True))
                print(
                    f"{layout:8} median of {turns} ratios: {wall:.2f}, cpu {cpu:.2f}",
                    flush=True,
                )


def _alone(layout: str, quads: int) -> tuple[float, float]:
    """Print a line, and return its ratios."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        figures = alone.submit(measured, layout, quads).result()
    print(figures, flush=True)
    return figures.ratios


if __name__ == "__main__":
    asked = ArgumentParser(prog="python -m bench.load", description="Time loads of tweets.")
    asked.add_argument("quads", nargs="*", type=int, default=[100_000])
    asked.add_argument("--turns", type=int, default=1, help="how often each is measured")
    given = asked.parse_args()
    main(given.quads, given.turns)
