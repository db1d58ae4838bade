"""Watching a server while it runs: status, stopping, readiness, metrics, timings."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from onrecord.store import GenerationStore
from onrecord.tokens import Tokens
from tests.endpoint import Endpoint, Reply, eventually, served

ENDLESS = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
SIMPLE = quote("SELECT * { ?s ?p ?o } LIMIT 3")


@pytest.fixture(scope="module")
def admin(data: Path) -> str:
    return f"Bearer {Tokens(data).add('operator', 'admin')}"


@pytest.fixture(scope="module")
def editor(data: Path) -> str:
    return f"Bearer {Tokens(data).add('desk', 'editor')}"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Endpoint]:
    with served(data, ONRECORD_READERS="1", ONRECORD_QUEUE_SECONDS="60") as found:
        yield found


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/status"),
        ("DELETE", "/status/1"),
        ("POST", "/status/1/stop"),
        ("GET", "/metrics"),
    ],
)
def test_only_admins_watch_and_stop(
    server: Endpoint, editor: str, method: str, path: str
) -> None:
    assert server.send(path, method).status == 401
    assert server.send(path, method, Authorization="Bearer wrong").status == 401
    assert server.send(path, method, Authorization=editor).status == 403


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("POST", "/stop")])
def test_a_query_that_runs_is_seen_and_stopped(
    server: Endpoint, admin: str, method: str, path: str
) -> None:
    asked, answers = _asking(server, ENDLESS)
    job = _seen(server, admin)
    assert (job["kind"], job["client"], job["pool"]) == ("Sparql", "127.0.0.1", "readers")
    assert Path(f"/proc/{job['pid']}").exists()
    assert job["seconds"] >= 0
    stopped = server.send(f"/status/{job['number']}{path}", method, Authorization=admin)
    assert (stopped.status, stopped.body) == (204, b"")
    asked.join()
    assert (answers[0].status, "an operator ended this" in answers[0].text) == (503, True)
    status = _status(server, admin)
    assert (status["running"], status["pools"]["readers"]["kills"]["operator"] > 0) == (
        [],
        True,
    )
    assert server.send(f"/sparql?query={SIMPLE}").status == 200


def test_what_is_not_running_cannot_be_stopped(server: Endpoint, admin: str) -> None:
    for method, path in (("DELETE", "/status/999999"), ("POST", "/status/999999/stop")):
        refused = server.send(path, method, Authorization=admin)
        assert (refused.status, "no job 999999" in refused.text) == (404, True)


def test_a_reader_sees_the_status_as_a_page(server: Endpoint, admin: str) -> None:
    asked, _ = _asking(server, ENDLESS)
    number = _seen(server, admin)["number"]
    page = server.send("/status", Authorization=admin, Accept="text/html")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    address = f"/status/{number}/stop"
    assert f'action="{address}"' in page.text
    sent = server.send(address, "POST", Authorization=admin, Accept="text/html")
    assert (sent.status, sent.headers["Location"]) == (303, "/status")
    asked.join()


def test_the_status_tells_what_waits(server: Endpoint, admin: str) -> None:
    first, _ = _asking(server, ENDLESS)
    number = _seen(server, admin)["number"]
    second, answers = _asking(server, quote("ASK { ?waited ?for ?it }"))
    eventually(lambda: _status(server, admin)["pools"]["readers"]["waiting"])
    ready = server.send("/ready")
    assert (ready.status, "no reader answered" in ready.json["why"]) == (503, True)
    assert server.send("/health").status == 200
    server.send(f"/status/{number}", "DELETE", Authorization=admin)
    first.join()
    second.join()
    assert answers[0].status == 200


def test_a_server_is_ready_when_a_reader_answers(server: Endpoint) -> None:
    assert eventually(lambda: _if(server.send("/ready"), 200)).json == {"ok": True}


def test_an_empty_folder_is_alive_and_not_ready(tmp_path: Path) -> None:
    with served(tmp_path / "empty") as server:
        assert server.send("/health").json["ok"] is False
        told = eventually(lambda: _unless(server.send("/ready"), "no reader answered"))
        assert (told.status, "nothing was published" in told.json["why"]) == (503, True)


def test_health_opens_no_store(server: Endpoint, data: Path) -> None:
    told = server.send("/health").json
    current = GenerationStore(data).generations()[-1]
    assert told == {"ok": True, "generation": current.number, "quads": current.quads}


def test_metrics_count_what_was_answered(server: Endpoint, admin: str) -> None:
    before = _metrics(server, admin)
    for _ in range(2):
        assert server.send(f"/sparql?query={quote('ASK { ?counted ?twice ?x }')}").status == 200
    server.send("/sparql?query=nonsense")
    server.send("/org/nobody", "PROPFIND")
    after = _metrics(server, admin)
    grown = {key: value - before.get(key, 0) for key, value in after.items()}
    answered = "onrecord_requests_total", "GET", "/sparql"
    assert (grown[*answered, "200"], grown[*answered, "400"]) == (2, 1)
    assert grown["onrecord_requests_total", "other", "none", "405"] == 1
    assert grown["onrecord_request_seconds_count", "/sparql"] == 3
    assert grown["onrecord_answer_bytes_total", "/sparql"] > 50
    assert grown["onrecord_cache_hits_total",] == 1
    assert grown["onrecord_cache_misses_total",] >= 1
    assert after["onrecord_cache_bytes",] > 0


def test_metrics_tell_how_things_stand(server: Endpoint, admin: str, data: Path) -> None:
    found = _metrics(server, admin)
    current = GenerationStore(data).generations()[-1]
    assert found["onrecord_generation",] == current.number
    assert found["onrecord_quads",] == current.quads
    assert found["onrecord_reader_starts_total", "readers"] >= 1
    assert found["onrecord_reader_kills_total", "readers", "memory"] == 0
    assert found["onrecord_waiting", "readers"] == found["onrecord_running", "readers"] == 0
    assert found["process_open_fds",] > 3
    assert not [name for name, *_ in found if name.endswith("_created")]


@pytest.mark.parametrize(("setting", "status"), [("public", 200), ("off", 404)])
def test_metrics_are_for_whom_the_operator_says(
    data: Path, admin: str, setting: str, status: int
) -> None:
    with served(data, ONRECORD_METRICS=setting) as server:
        assert server.send("/metrics").status == status
        assert server.send("/metrics", Authorization=admin).status == status


def test_an_answer_says_where_its_time_went(server: Endpoint) -> None:
    address = f"/sparql?query={quote('ASK { ?timed ?y ?x }')}"
    first = server.send(address).headers["Server-Timing"]
    stages = [part.partition(";dur=") for part in first.split(", ")]
    assert [name for name, _, _ in stages] == ["queue", "parse", "evaluate"]
    assert all(float(spent) >= 0 for _, _, spent in stages)
    assert server.send(address).headers["Server-Timing"] == "cache;desc=hit"
    page = server.send("/org/ispr.ttl").headers["Server-Timing"]
    assert "evaluate;dur=" in page and "serialize;dur=" in page


def test_every_answer_has_a_number(server: Endpoint) -> None:
    numbers = [server.send("/health").headers["X-Request-Id"] for _ in range(3)]
    assert (len(set(numbers)), {len(number) for number in numbers}) == (3, {16})
    ours = server.send("/health", X_Request_Id="mine").headers["X-Request-Id"]
    assert ours != "mine"


def _asking(server: Endpoint, query: str) -> tuple[threading.Thread, list[Reply]]:
    """Ask in the background; the answer is in the list once the thread has ended."""
    answers: list[Reply] = []
    address = f"/sparql?query={query}"
    thread = threading.Thread(target=lambda: answers.append(server.send(address)))
    thread.start()
    return thread, answers


def _status(server: Endpoint, admin: str) -> dict[str, Any]:
    found: dict[str, Any] = server.send("/status", Authorization=admin).json
    return found


def _seen(server: Endpoint, admin: str) -> dict[str, Any]:
    """Return the first query that is seen to run."""
    jobs = eventually(
        lambda: [job for job in _status(server, admin)["running"] if job["kind"] == "Sparql"]
    )
    return dict(jobs[0])


def _if(reply: Reply, status: int) -> Reply | None:
    return reply if reply.status == status else None


def _unless(reply: Reply, words: str) -> Reply | None:
    return None if words in reply.text else reply


def _metrics(server: Endpoint, admin: str) -> dict[tuple[str, ...], float]:
    """Return each sample by its name and the values of its labels, in order of their names."""
    found = server.send("/metrics", Authorization=admin)
    assert found.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(found.text)
        for sample in family.samples
    }
