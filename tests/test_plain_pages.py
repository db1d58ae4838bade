"""The pages of a plain store, on a real server."""

import re
from collections.abc import Iterator

import pytest

from tests.plain import Client, plain


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with plain(tmp_path_factory.mktemp("pages") / "data") as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("sparql", 200),
        ("sparql?query=ASK%7B%7D", 200),
        ("sparql?query=SELECT%20*%20%7B%7D", 200),
        ("sparql?query=nonsense", 400),
        ("api", 200),
        ("nothing", 404),
    ],
)
def test_the_pages_of_a_plain_store_lead_to_what_it_has(
    store: Client, path: str, status: int
) -> None:
    told = store.send("GET", path, Accept="text/html")
    assert (told.status, told.kind) == (status, "text/html")
    page = told.body.decode()
    assert "rec:" not in page
    for address in re.findall(r'href="(/[^"]*)"', page):
        assert store.send("GET", address).status in (200, 302), address


def test_the_root_of_a_plain_store_is_its_endpoint(store: Client) -> None:
    told = store.send("GET", "")
    assert (told.status, told.headers["Location"]) == (302, "/sparql")
