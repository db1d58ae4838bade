"""A served record, met as a client meets it: `onrecord serve` in a process of its own."""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from ontology import PREFIXES

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_NAMES = "PREFIX : <https://w3id.org/onrecord/>\n"
_PATIENCE: Final = 60  # seconds

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, as it came over the wire."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Return the body as what it says in JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a served record, what can be asked there, what its server logged."""

    address: str
    stderr: Path
    pid: int = 0

    def connect(self) -> http.client.HTTPConnection:
        """Open a connection."""
        return http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=_PATIENCE)

    def send(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Reply:
        """Send a request as it is; `_` in the names of headers stands for `-`."""
        spelled = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connect()
        try:
            connection.request(method, path, body, spelled)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def said(self) -> list[str]:
        """Return the lines that the server wrote to stderr so far."""
        return self.stderr.read_text("utf-8").splitlines()

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


def eventually(look: Callable[[], Found | None]) -> Found:
    """Return what a look finds, as soon as it finds anything; fails when it never does."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing was found within {_PATIENCE} s")


@contextmanager
def served(data: Path, *options: str, **variables: str) -> Iterator[Endpoint]:
    """Serve a data folder on loopback until the block ends."""
    environment = {**os.environ, "ONRECORD_DATA": str(data), **variables}
    command = [sys.executable, "-m", "onrecord", "serve", "--port", "0", *options]
    root = Path(__file__).parents[1]
    with (
        tempfile.NamedTemporaryFile() as said,  # a pipe that nobody reads would fill up
        subprocess.Popen(command, env=environment, stderr=said, cwd=root) as process,
    ):
        try:
            yield Endpoint(_address(process, Path(said.name)), Path(said.name), process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        for line in said.read_text("utf-8").splitlines():
            if " at http://" in line and line.endswith(")"):
                return "http://" + line.partition(" at http://")[2].split()[0]
        time.sleep(0.02)
    raise AssertionError(f"the server said no address: {said.read_text('utf-8')}")
