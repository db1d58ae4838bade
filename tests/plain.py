"""A plain quad store, served: what the W3C's tests, and hosts of ordinary RDF, meet."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.tokens import Tokens
from tests.endpoint import served


@dataclass(frozen=True, slots=True)
class Told:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Return the media type, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def verdict(self) -> bool:
        """Return what an ASK was answered with, in JSON."""
        return bool(json.loads(self.body)["boolean"])


@dataclass(frozen=True, slots=True)
class Client:
    """Sends what it is told to send, with a token."""

    address: str
    token: str

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        kind: str | None = None,
        /,
        **headers: str,
    ) -> Told:
        """Return the answer, whatever its status."""
        asked = urllib.request.Request(self._url(path), method=method)
        asked.data = body.encode() if isinstance(body, str) else body
        asked.add_header("Authorization", f"Bearer {self.token}")
        if kind is not None:
            asked.add_header("Content-Type", kind)
        for name, value in headers.items():
            asked.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return Told(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Told(error.code, dict(error.headers), error.read())

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.address}{path.lstrip('/')}"


@contextmanager
def plain(folder: Path, **variables: str) -> Iterator[Client]:
    """Serve an empty quad store until the block ends."""
    token = Tokens(folder).add("tests", "editor")
    with served(folder, "--plain", str(folder), **variables) as endpoint:
        yield Client(endpoint.address, token)
