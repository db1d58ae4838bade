"""The W3C's SPARQL 1.0 and 1.1 tests over HTTP, against us and against `oxigraph serve`.

The tests are not ours to publish. The source distribution of rdflib carries them:

    pip download --no-deps --no-binary :all: rdflib==7.6.0 && tar xzf rdflib-7.6.0.tar.gz
    python -m bench.w3c rdflib-7.6.0/test/data/suites/w3c --peer

FOLDER holds `sparql11` and `dawg-data-r2`. Each test's data is sent through the Graph Store
Protocol, its query or update over HTTP. Entailment regimes, federation, protocol and service
description are left out: the last two are `tests/test_w3c_*.py`.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench.w3c_answers import stated
from bench.w3c_suite import Case, Store, in_brief, suite
from onrecord.tokens import Tokens
from tests.endpoint import served

GRAPH_NAMES: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
NTRIPLES: Final = "application/n-triples"
RESULTS: Final = "application/sparql-results+json"


@dataclass
class Server:
    """A server under test, and where it takes what."""

    name: str
    address: str
    paths: tuple[str, str, str]  # query, update, graphs
    headers: Mapping[str, str] = field(default_factory=dict)
    held: Store | None = None  # what it was last given, unless an update changed it

    def send(
        self, method: str, path: str, body: str = "", kind: str = "", accept: str = "*/*"
    ) -> tuple[int, str, bytes]:
        """Return status, media type and body of an answer."""
        headers = {**self.headers, "Accept": accept, **({"Content-Type": kind} if kind else {})}
        data = body.encode() if kind else None
        asked = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get_content_type(), error.read()

    def query(self, sparql: str, accept: str) -> tuple[int, str, bytes]:
        """Ask a query."""
        kind = "application/sparql-query"
        return self.send("POST", self.paths[0], sparql, kind, accept)

    def update(self, sparql: str) -> int:
        """Send an update and return its status."""
        self.held = None
        return self.send("POST", self.paths[1], sparql, "application/sparql-update")[0]

    def hold(self, store: Store) -> None:
        """Hold exactly this."""
        if self.held == store:
            return
        refused = self.update("DROP ALL") >= 400
        for name, triples in store.items():
            status, _, _ = self.send("PUT", self._graph(name), triples, NTRIPLES)
            refused = refused or status >= 400
        if refused:
            raise RuntimeError("the data of the test was refused")
        self.held = store

    def holds(self) -> Store:
        """Return what it holds, without graphs that are empty."""
        _, _, body = self.query(GRAPH_NAMES, RESULTS)
        names = sorted(row["g"].value for row in stated(RESULTS, body).rows)
        found = {name: self.send("GET", self._graph(name), accept=NTRIPLES) for name in names}
        found[""] = self.send("GET", self._graph(""), accept=NTRIPLES)
        return {name: body.decode() for name, (_, _, body) in found.items()}

    def _graph(self, name: str) -> str:
        named = f"graph={quote(name, safe='')}" if name else "default"
        return f"{self.paths[2]}?{named}"


def passes(server: Server, case: Case) -> bool:
    """Run a test and return whether the server does what it says."""
    match case.kind:
        case "update":
            server.hold(case.store)
            return server.update(case.sparql) < 300 and case.agrees_with_store(server.holds())
        case "good query" | "bad query":
            status, _, body = server.query(case.sparql, "*/*")
            return _is_misspelt(status, body) == (case.kind == "bad query")
        case "good update" | "bad update":
            server.hold({})
            server.held = None
            kind = "application/sparql-update"
            status, _, body = server.send("POST", server.paths[1], case.sparql, kind)
            refused = status == 403 and case.kind == "bad update"  # LOAD, before it is parsed
            return (refused or _is_misspelt(status, body)) == (case.kind == "bad update")
        case _:
            server.hold(case.store)
            status, kind, body = server.query(case.sparql, case.accept)
            return status == 200 and case.agrees_with(kind, body)


def _is_misspelt(status: int, body: bytes) -> bool:
    """Return whether a refusal is of the syntax, not of functions and graphs that are none."""
    return status == 400 and not re.search(rb"custom function|does not exist", body)


@contextmanager
def ours() -> Iterator[Server]:
    """Serve an empty quad store of our own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        token = Tokens(data).add("bench", "editor")
        with served(data, "--plain", str(data)) as endpoint:
            authorised = {"Authorization": f"Bearer {token}"}
            yield Server(
                "onrecord", endpoint.address, ("sparql", "update", "graphs"), authorised
            )


@contextmanager
def peer() -> Iterator[Server]:
    """Serve an empty store of `oxigraph serve`, which installs beside our tests."""
    command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind"]
    address = "127.0.0.1:17878"
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([*command, address, "--location", folder])
        try:
            server = Server("oxigraph", f"http://{address}/", ("query", "update", "store"))
            _wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(server: Server) -> None:
    for _ in range(100):
        try:
            server.query("ASK {}", "*/*")
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{server.name} does not answer")


def run(server: Server, cases: list[Case]) -> None:
    """Run every test and print counts by group and kind, then what fails."""
    passed: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    failing: list[str] = []
    for case in cases:
        group = (case.what, case.group)
        total[group] += 1
        try:
            passed[group] += (is_passed := passes(server, case))
            why = ""
        except Exception as error:
            is_passed, why = False, f" ({in_brief(error)})"
        if not is_passed:
            failing.append(f"{case.what} {case.group}/{case.name}{why}")
    print(f"\n{server.name}")
    for what in sorted({what for what, _ in total}):
        groups = [group for group in total if group[0] == what]
        sums = sum(passed[g] for g in groups), sum(total[g] for g in groups)
        print(f"{what}: {sums[0]} of {sums[1]}")
        for group in sorted(groups):
            print(f"  {group[1]:32} {passed[group]:4} of {total[group]}")
    print("\n".join(["failing:", *failing]) if failing else "nothing fails")


def main() -> None:
    """Read the command line and run the tests."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="holds sparql11 and dawg-data-r2")
    parser.add_argument("--peer", action="store_true", help="run oxigraph serve as well")
    parser.add_argument("--group", help="only the tests of one group, such as aggregates")
    given = parser.parse_args()
    cases = [case for case in suite(given.folder) if given.group in (None, case.group)]
    for serve in (ours, peer) if given.peer else (ours,):
        with serve() as server:
            run(server, cases)


if __name__ == "__main__":
    main()
