"""Who may ask what: anybody reads, the holders of tokens do more."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from onrecord.settings import Settings
from onrecord.tokens import Role, Tokens
from onrecord.web.access import holder, require
from onrecord.web.account import account
from server import create_app
from tests.door import problem


@pytest.fixture(scope="module")
def secrets(data: Path) -> dict[str, str]:
    tokens = Tokens(data)
    roles: tuple[Role, ...] = ("editor", "admin")
    return {role: tokens.add(f"the-{role}", role) for role in roles} | {"other": "x" * 43}


@pytest.fixture(scope="module")
def app(data: Path) -> Flask:
    """The endpoint, with a door for each role beside it."""
    app = create_app(Settings(data=data))

    @app.route("/door/<role>", methods=["GET", "POST"])
    def door(role: Role) -> str:
        return f"{require(request, role).name} {account(request).token}"

    @app.get("/visitor")
    def visitor() -> str:
        return str(holder(request))

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic(secret: str, user: str = "anybody") -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{secret}'.encode()).decode()}"}


@pytest.mark.parametrize("show", [bearer, basic])
def test_each_role_opens_its_doors(
    client: FlaskClient, secrets: dict[str, str], show: Callable[[str], dict[str, str]]
) -> None:
    opened = {
        (role, door): client.get(f"/door/{door}", headers=show(secrets[role])).status_code
        for role in ("editor", "admin", "other")
        for door in ("editor", "admin")
    }
    assert opened == {
        ("editor", "editor"): 200,
        ("editor", "admin"): 403,
        ("admin", "editor"): 200,
        ("admin", "admin"): 200,
        ("other", "editor"): 401,
        ("other", "admin"): 401,
    }


def test_who_was_let_in_is_known_by_name(client: FlaskClient, secrets: dict[str, str]) -> None:
    found = client.get("/door/editor", headers=bearer(secrets["admin"]))
    assert found.text == "the-admin the-admin"


@pytest.mark.parametrize(
    "credential",
    [
        "", "x", "\xff", "Digest x", "Bearer", "Bearer ", "Bearer \xff",
        "Basic", "Basic !", "Basic eA==", "Basic \xff", "Basic eD\xe99",
    ],
)  # fmt: skip
def test_what_is_no_credential_opens_nothing(client: FlaskClient, credential: str) -> None:
    response = client.get("/door/editor", headers={"Authorization": credential})
    assert response.status_code == 401
    challenge = response.headers["WWW-Authenticate"]
    assert challenge == 'Bearer realm="onrecord", Basic realm="onrecord"'
    assert "token" in problem(response)


def test_a_token_is_a_bearer_or_a_password_and_nothing_else(
    client: FlaskClient, secrets: dict[str, str]
) -> None:
    for credential in ('Digest username="x", password="%s"', "Token %s", "%s"):
        headers = {"Authorization": credential % secrets["admin"]}
        assert client.get("/door/editor", headers=headers).status_code == 401


def test_a_wrong_credential_does_not_keep_anybody_from_reading(client: FlaskClient) -> None:
    for headers in ({}, bearer("wrong"), basic("wrong"), {"Authorization": "Basic !"}):
        assert client.get("/visitor", headers=headers).text == "None"
        assert client.get("/sparql?query=ASK%7B%7D", headers=headers).status_code == 200


def test_too_low_a_role_is_told_what_it_takes(
    client: FlaskClient, secrets: dict[str, str]
) -> None:
    response = client.get("/door/admin", headers=bearer(secrets["editor"]))
    assert (response.status_code, "for admins" in problem(response)) == (403, True)


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_password_that_a_browser_remembers_serves_no_strange_page(
    client: FlaskClient, secrets: dict[str, str], foreign: dict[str, str]
) -> None:
    sent = client.post("/door/editor", headers=foreign | basic(secrets["editor"]))
    assert (sent.status_code, "another site" in problem(sent)) == (403, True)
    assert (
        client.post("/door/editor", headers=foreign | bearer(secrets["editor"])).status_code
        == 200
    )
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    sent = client.post("/door/editor", headers=ours | basic(secrets["editor"]))
    assert sent.status_code == 200


def test_credentials_are_never_allowed_across_origins(client: FlaskClient) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/door/editor"):
        headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers


def test_a_token_is_no_part_of_what_an_answer_is_kept_under(
    client: FlaskClient, secrets: dict[str, str]
) -> None:
    tags = {
        client.get("/sparql?query=ASK%7B%7D", headers=headers).headers["ETag"]
        for headers in ({}, bearer(secrets["admin"]), bearer("wrong"))
    }
    assert len(tags) == 1
