"""A plain quad store, served: what the W3C's tests, and hosts of ordinary RDF, meet."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.tokens import Tokens
from tests.endpoint import served


@dataclass(frozen=True, slots=True)
class Told:
    """What a server answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """Return the media type, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def problem(self) -> str:
        """Return what a refusal says."""
        assert self.kind == "application/problem+json", self.headers
        told = json.loads(self.body)
        assert told["status"] == self.status
        return str(told["detail"])

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
        """Return the answer, whatever its status; nothing is sent that was not said."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent.setdefault("Authorization", f"Bearer {self.token}")
        if kind is not None:
            sent["Content-Type"] = kind
        address = urlsplit(self.address)
        with closing(HTTPConnection(address.netloc, timeout=60)) as connection:
            connection.request(
                method,
                "/" + path.removeprefix(self.address).lstrip("/"),
                body.encode() if isinstance(body, str) else body,
                sent,
            )
            answer = connection.getresponse()
            return Told(answer.status, answer.headers, answer.read())

    def ask(self, sparql: str, accept: str) -> Told:
        """Return what a query is answered with."""
        return self.send("POST", "sparql", sparql, "application/sparql-query", Accept=accept)


@contextmanager
def plain(folder: Path, **variables: str) -> Iterator[Client]:
    """Serve an empty quad store until the block ends."""
    token = Tokens(folder).add("tests", "editor")
    with served(folder, "--plain", str(folder), **variables) as endpoint:
        try:
            yield Client(endpoint.address, token)
        except AssertionError:
            print("the server logged:", *endpoint.said(), sep="\n")
            raise
