"""The description for programs: complete, and true under schemathesis' requests."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

import queries
from onrecord.settings import Settings
from server import create_app
from tests.endpoint import Endpoint

# what is not for programs: pages, and the address of each IRI
_PAGES = {"/", "/api", "/openapi.json", "/static/<path:filename>", "/<path:path>"}
_ALSO = {"/ask/<name>", "/graphs/<path:path>"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(data=tmp_path))


def test_every_route_is_described(app: Flask) -> None:
    document = json.loads(app.test_client().get("/openapi.json").text)
    described = {re.sub(r"\{.*?\}", "<>", path) for path in document["paths"]}
    routes = {str(rule) for rule in app.url_map.iter_rules()} - _PAGES - _ALSO
    assert {re.sub(r"<.*?>", "<>", path) for path in routes} - described == set()
    assert {f"/ask/{name}" for name in queries.catalogue()} <= described


def test_a_plain_store_describes_only_what_it_has(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, is_plain=True))
    client = app.test_client()
    paths = json.loads(client.get("/openapi.json").text)["paths"]
    routes = {re.sub(r"<.*?>", "<>", str(rule)) for rule in app.url_map.iter_rules()}
    assert {re.sub(r"\{.*?\}", "<>", path) for path in paths} - routes == set()
    assert "/sparql" in paths
    assert "/explain" not in client.get("/api").text


def test_the_page_lists_the_operations_without_scripts(app: Flask) -> None:
    page = app.test_client().get("/api")
    assert page.status_code == 200
    for text in ("/sparql", "/update", "Carry out a SPARQL update"):
        assert text in page.text
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_what_is_described_holds(endpoint: Endpoint, tmp_path: Path) -> None:
    """Examples and fuzzed requests: no fault of ours, no answer that is not described."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{endpoint.address}openapi.json",
        "--max-examples=5",
        "--seed=1",
        "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
        "response_schema_conformance,response_headers_conformance",
        "--exclude-path-regex=^/(status|metrics|ready)",
        "--phases=examples,fuzzing",
        "--no-color",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
