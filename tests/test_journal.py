"""The log: a line of JSON for each request, with nothing in it that a client can forge."""

import http.client
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from onrecord.settings import Settings
from onrecord.tokens import Tokens
from onrecord.web.journal import _Lines
from server import create_app
from tests.door import problem
from tests.endpoint import Endpoint, eventually, served
from tests.trials import Broken

SECRET_QUESTION = "ASK { ?who <https://example.org/confidential> ?what }"


@pytest.fixture(scope="module")
def secret(data: Path) -> str:
    return Tokens(data).add("operator", "admin")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Endpoint]:
    with served(data) as found:
        yield found


def test_a_request_is_one_line(server: Endpoint) -> None:
    answer = server.send(f"/sparql?query={quote(SECRET_QUESTION)}", Accept="text/csv, */*")
    line = _entry(server, answer.headers["X-Request-Id"])
    assert line["method"] == "GET"
    assert line["path"] == "/sparql"
    assert (line["status"], line["bytes"]) == (200, len(answer.body))
    assert (line["client"], line["token"]) == ("127.0.0.1", "")
    assert line["ms"] >= 1000 * line["reader_seconds"] - 1 > -1
    assert line["query_hash"] == "e1666d04a395"
    assert line["time"].endswith("+00:00")


def test_what_was_asked_is_not_told(server: Endpoint) -> None:
    number = server.send(f"/sparql?query={quote(SECRET_QUESTION)}").headers["X-Request-Id"]
    assert _entry(server, number)["status"] == 200
    assert not [line for line in server.said() if "confidential" in line]


def test_a_token_is_told_by_its_name_alone(server: Endpoint, secret: str) -> None:
    answer = server.send("/status", Authorization=f"Bearer {secret}")
    assert _entry(server, answer.headers["X-Request-Id"])["token"] == "operator"
    assert not [line for line in server.said() if secret in line]


@pytest.mark.parametrize(
    "trick",
    [
        "%0d%0a{%22status%22:200}",
        "%1b[2J",
        "%c2%85x%e2%80%a8y",
        "%ff%fe",
        "%22,%22status%22:%22200",
        "%ed%a0%80",
    ],
)
def test_no_client_forges_a_line(server: Endpoint, trick: str) -> None:
    before = len(server.said())
    number = server.send(f"/org/{trick}").headers["X-Request-Id"]
    assert _entry(server, number)["status"] == 404
    fresh = server.said()[before:]
    assert len(fresh) == 1
    assert fresh[0].isascii() and fresh[0].isprintable()


def test_a_debugging_operator_sees_the_query(data: Path) -> None:
    with served(data, ONRECORD_LOG="debug") as server:
        number = server.send(f"/sparql?query={quote(SECRET_QUESTION)}").headers["X-Request-Id"]
        assert _entry(server, number)["query"] == SECRET_QUESTION


def test_the_log_can_be_off(data: Path) -> None:
    with served(data, ONRECORD_LOG="off") as server:
        assert server.send("/health").status == 200
        assert not [line for line in server.said() if line.startswith("{")]


def test_a_waiting_line_does_not_flood_the_log(data: Path) -> None:
    with served(data, ONRECORD_READERS="1", ONRECORD_QUEUE="0") as server:
        connections = [server.connect() for _ in range(90)]
        for connection in connections:
            connection.request("GET", "/health")
        assert {connection.getresponse().status for connection in connections} == {200}
        for connection in connections:
            connection.close()
        assert not [line for line in server.said() if "queue depth" in line]


def test_a_fault_is_told_under_the_number_of_its_request(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("onrecord.web.views.Dereference", lambda *_: Broken())
    lines: list[str] = []
    monkeypatch.setattr(caplog.handler, "emit", lambda it: lines.append(_Lines().format(it)))
    with caplog.at_level(logging.INFO):
        response = create_app(Settings(data=data)).test_client().get("/org/ispr")
    number = response.headers["X-Request-Id"]
    assert (response.status_code, number in problem(response)) == (500, True)
    faults = [told for line in lines if "trace" in (told := json.loads(line))]
    assert [(told["request"], "secret detail" in told["trace"]) for told in faults] == [
        (number, True)
    ]
    assert all(line.isprintable() for line in lines)


def test_an_answer_that_cannot_be_written_to_its_end_is_no_fault_of_ours(data: Path) -> None:
    """Its first million bytes are sent by then: who asked sees the connection break off."""
    ends = 'BIND(IF(?i = 19999, "\\u0001", "x") AS ?o)'
    values = "VALUES %s { 0 1 2 3 4 5 6 7 8 9 }"
    ten = "".join(values % f"?{name}" for name in "abcd")
    number = "?a + 10 * ?b + 100 * ?c + 1000 * ?d"
    query = (
        f"SELECT ?o {{ VALUES ?e {{ 0 1 }} {ten} BIND({number} + 10000 * ?e AS ?i) {ends} }}"
    )
    with served(data, ONRECORD_HELD_BYTES="1000") as server:
        with pytest.raises(http.client.IncompleteRead):
            server.send(f"/sparql?query={quote(query)}&format=xml")
        told = eventually(lambda: [line for line in server.said() if "broken off" in line])
        assert '"level": "warning"' in told[0]
        assert not [line for line in server.said() if "trace" in line]


def _entry(server: Endpoint, number: str) -> dict[str, Any]:
    """Return the line of a request, which may come a moment after its answer."""
    line = eventually(lambda: next((line for line in server.said() if number in line), None))
    return dict(json.loads(line))
