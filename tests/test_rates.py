"""How often one client may ask, also through proxies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import BadParameter
from onrecord.settings import Settings
from server import create_app
from tests.endpoint import Endpoint, eventually, served

QUESTIONS = "/ask/"


@pytest.fixture
def proxied(data: Path) -> Iterator[Endpoint]:
    with served(data, ONRECORD_RATE="2 per hour", ONRECORD_PROXIES="1") as found:
        yield found


def test_nobody_is_refused_by_default(data: Path) -> None:
    client = create_app(Settings(data=data)).test_client()
    assert {client.get(QUESTIONS).status_code for _ in range(300)} == {200}


def test_who_asks_too_often_is_told_when_to_come_back(data: Path) -> None:
    with served(data, ONRECORD_RATE="3 per hour") as server:
        assert [server.send(QUESTIONS).status for _ in range(4)] == [200, 200, 200, 429]
        refused = server.send("/sparql?query=ASK%7B%7D")
        assert refused.status == 429
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert 5 < int(refused.headers["Retry-After"]) <= 7200
        assert "3 per 1 hour" in refused.json["detail"]
        assert f"in {refused.headers['Retry-After']} s" in refused.json["detail"]
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        assert server.send("/health").status == 200
        assert server.send("/static/style.css").status == 200


def test_each_client_behind_a_proxy_has_its_own_rate(proxied: Endpoint) -> None:
    asked = [
        proxied.send(QUESTIONS, X_Forwarded_For=f"192.0.2.{client}").status
        for client in (1, 1, 1, 2)
    ]
    assert asked == [200, 200, 429, 200]


def test_no_client_hides_behind_addresses_that_it_invents(proxied: Endpoint) -> None:
    asked = [
        proxied.send(QUESTIONS, X_Forwarded_For=f"192.0.2.{invented}, 198.51.100.1").status
        for invented in range(4)
    ]
    assert asked == [200, 200, 429, 429]


def test_a_household_of_ipv6_is_one_client(proxied: Endpoint) -> None:
    addresses = "2001:db8::1", "2001:db8::2", "2001:db8::ffff:3", "2001:db8:0:1::1"
    asked = [proxied.send(QUESTIONS, X_Forwarded_For=address).status for address in addresses]
    assert asked == [200, 200, 429, 200]


def test_without_a_proxy_nobody_says_who_they_are(data: Path) -> None:
    with served(data, ONRECORD_RATE="2 per hour") as server:
        asked = [
            server.send(QUESTIONS, X_Forwarded_For=f"192.0.2.{client}").status
            for client in (1, 2, 3)
        ]
    assert asked == [200, 200, 429]


def test_behind_a_proxy_a_request_keeps_its_number(proxied: Endpoint) -> None:
    kept = proxied.send("/health", X_Request_Id="of-the-proxy-1", X_Forwarded_For="192.0.2.9")
    assert kept.headers["X-Request-Id"] == "of-the-proxy-1"
    odd = proxied.send("/health", X_Request_Id="x" * 65, X_Forwarded_For="192.0.2.9")
    assert len(odd.headers["X-Request-Id"]) == 16
    found = eventually(lambda: [line for line in proxied.said() if "of-the-proxy-1" in line])
    assert '"client": "192.0.2.9"' in found[0]


def test_a_rate_that_makes_no_sense_is_named(data: Path) -> None:
    with pytest.raises(BadParameter, match="ONRECORD_RATE='often': has to be a rate"):
        create_app(Settings(data=data, rate="often"))
