"""Visiting the door: what a client sends, and what it is told."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def ask(client: FlaskClient, sparql: str, accept: str = "", **more: str) -> TestResponse:
    """Send a query by GET."""
    return client.get(
        "/sparql", query_string={"query": sparql, **more}, headers={"Accept": accept}
    )


def problem(response: TestResponse) -> str:
    """Return what a refusal says."""
    assert response.mimetype == "application/problem+json"
    told = json.loads(response.text)
    assert told["status"] == response.status_code
    return str(told["detail"])


@contextmanager
def listener(calls: list[bytes]) -> Iterator[str]:
    """Lend the address of a host that notes whoever calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with suppress(TimeoutError):
            calls.append(listening.accept()[0].recv(1))
