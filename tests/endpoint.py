"""A served record, met as a client meets it: `onrecord serve` in a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from ontology import PREFIXES

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_NAMES = "PREFIX : <https://w3id.org/onrecord/>\n"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a served record, what can be asked there, what its server logged."""

    address: str
    pid: int = 0
    log: list[str] = field(default_factory=list)

    def get(self, path: str, accept: str, **parameters: str) -> bytes:
        """Return what a path answers."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        asked = Request(f"{self.address}{path}{query}", headers={"Accept": accept})
        with urlopen(asked, timeout=30) as answer:
            return bytes(answer.read())

    def select(self, sparql: str) -> list[dict[str, str]]:
        """Return the rows of a query, each value as its plain text; prefixes are given."""
        return self._rows("sparql", query=_PROLOGUE + _NAMES + sparql)

    def ask(self, question: str, **parameters: str) -> list[dict[str, str]]:
        """Return the rows of a stored question."""
        return self._rows(f"ask/{question}", **parameters)

    def turtle(self, iri: str) -> str:
        """Return the explanation of an IRI."""
        return self.get("explain", "text/turtle", iri=iri).decode()

    def _rows(self, path: str, **parameters: str) -> list[dict[str, str]]:
        found = json.loads(self.get(path, "application/sparql-results+json", **parameters))
        return [
            {name: cell["value"] for name, cell in row.items()}
            for row in found["results"]["bindings"]
        ]


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Endpoint]:
    """Serve a data folder on loopback until the block ends, with variables as given."""
    environment = {**os.environ, "ONRECORD_DATA": str(data), **settings}
    command = [sys.executable, "-m", "onrecord", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stderr is not None
        log: list[str] = []
        try:
            address = _address(iter(process.stderr))
            # a log that nobody reads fills its pipe and stops the server
            reading = threading.Thread(target=log.extend, args=(process.stderr,), daemon=True)
            reading.start()
            yield Endpoint(address, process.pid, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(lines: Iterator[str]) -> str:
    for line in lines:
        if " at http://" in line:
            return "http://" + line.partition(" at http://")[2].split()[0]
    raise AssertionError("the server said no address")
