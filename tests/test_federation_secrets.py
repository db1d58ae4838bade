"""What another host answers is refused without what is secret in its address."""

from pathlib import Path

import pytest

from tests.plain import plain
from tests.test_federation import UPDATE, asked, documents


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<p>nothing</p>"),
        ("application/sparql-results+json", b"[]"),
        (
            "application/sparql-results+json",
            b'{"head": {"vars": ["?"]}, "results": {"bindings": []}}',
        ),
        (
            "application/sparql-results+json",
            b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "bnode"}}]}}',
        ),
    ],
)
def test_a_refusal_tells_no_secret_of_an_address(
    tmp_path: Path, kind: str, body: bytes
) -> None:
    with documents(kind, body) as host, plain(tmp_path, ONRECORD_ALLOW=host) as client:
        address = f"{host}x?token=quay7"
        within = f"SERVICE <{address}> {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        told = [
            client.send("POST", "update", f"LOAD <{address}>", UPDATE),
            asked(client, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"),
            asked(client, f"SELECT * {{ {within} }}"),
        ]
    assert [one.status for one in told] == [400, 502, 403]
    assert all(f"{host}x?token=REDACTED" in one.problem for one in told)
    assert not any("quay7" in one.problem for one in told)
