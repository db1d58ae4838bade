"""What the tests of the store say: quads that are words, and how to read them back."""

import subprocess
import sys
from pathlib import Path

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
)

from onrecord.store import Generation, GenerationStore, Snapshot, Store

CHECKOUT = Path(__file__).parents[1]
SAYS = NamedNode("http://example.org/says")
GRAPH = NamedNode("http://example.org/graph")
RECORDS = ("/run/", "/withdrawal/", "invalidatedAtTime", "#Tombstone")
ALL = "SELECT ?what WHERE { ?who <http://example.org/says> ?what } ORDER BY ?what"


def says(words: str, graph: NamedNode | None = None) -> Quad:
    who = NamedNode("http://example.org/someone")
    return Quad(who, SAYS, Literal(words), graph or DefaultGraph())


def heard(snapshot: Snapshot) -> list[str]:
    results = snapshot.query(ALL)
    assert isinstance(results, QuerySolutions)
    return [row["what"].value for row in results]


def served(store: Store) -> list[str]:
    with store.read() as snapshot:
        return heard(snapshot)


def numbers(store: Store) -> list[int]:
    return [generation.number for generation in store.generations()]


def current(store: Store) -> Generation:
    (only,) = (generation for generation in store.generations() if generation.current)
    return only


def holding(store: GenerationStore, block: str) -> subprocess.Popen[bytes]:
    """Start a process that stays in a block of the store until `finish`."""
    code = f"""
from pathlib import Path
from onrecord.store import GenerationStore
with GenerationStore(Path({str(store.folder)!r})).{block}:
    print("in", flush=True)
    input()
"""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=CHECKOUT, stdin=pipe, stdout=pipe
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"in\n"
    return process


def finish(process: subprocess.Popen[bytes]) -> None:
    process.communicate(b"\n")
    assert process.returncode == 0


def add(store: Store, *words: str) -> None:
    with store.write(f"add {', '.join(words)}") as target:
        target.insert(says(each) for each in words)


def lines(store: GenerationStore) -> set[str]:
    """Return evidence and derived layers, run and withdrawal records aside."""
    with store.read() as snapshot:
        found = {str(quad) for quad in snapshot.quads()}
    return {line for line in found if not any(word in line for word in RECORDS)}
