"""Who asks: anybody, or the holder of a token (RFC 6750, or RFC 7617 with it as password)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Request, current_app
from werkzeug.datastructures import Authorization

from onrecord.errors import Forbidden, Unauthorised
from onrecord.tokens import Role, Tokens, includes
from onrecord.web.account import account

CHALLENGE: Final = 'Bearer realm="onrecord", Basic realm="onrecord"'

_TOKENS: Final = "onrecord.tokens"
_READING: Final = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who showed a valid token: its name and role, never the token."""

    name: str
    role: Role


def open_to(app: Flask, tokens: Tokens) -> None:
    """Let the holders of tokens into an application."""
    app.extensions[_TOKENS] = tokens


def holder(request: Request) -> Holder | None:
    """Return who asks, None for anybody: also for who shows what is no token."""
    secret = _secret(request.headers.get("Authorization", ""))
    tokens: Tokens = current_app.extensions[_TOKENS]
    token = tokens.find(secret) if secret else None
    return Holder(token.name, token.role) if token else None


def admits(tokens: Tokens) -> Callable[[str], bool]:
    """Return what tells whether an Authorization header shows a token."""

    def shows_one(header: str) -> bool:
        secret = _secret(header)
        return bool(secret and tokens.find(secret))

    return shows_one


def require(request: Request, role: Role) -> Holder:
    """Return who asks; raises Unauthorised without a token, Forbidden where it is too weak."""
    found = holder(request)
    if found is None:
        raise Unauthorised(_lacking(request))
    account(request).token = found.name
    if not includes(found.role, role):
        raise Forbidden(
            f"the token {found.name} is for {found.role}s; this takes one for {role}s"
        )
    _refuse_strange_pages(request)
    return found


def _secret(header: str) -> str | None:
    """Return what an Authorization header shows; of letters that are none of it, nothing."""
    given = Authorization.from_header(header) if header.isascii() else None
    if given is None:
        return None
    match given.type:
        case "bearer":
            return given.token
        case "basic":
            return given.get("password")
        case _:
            return None


def _lacking(request: Request) -> str:
    if request.headers.get("Authorization"):
        return "this token is unknown, revoked or expired; `onrecord token add` makes another"
    return "this takes a token, as Bearer or as the password of Basic; ask whoever runs this"


def _refuse_strange_pages(request: Request) -> None:
    """Raise Forbidden where a browser sends a password for a page of somebody else.

    Browsers add a password that they remember to whatever form is sent here; they never add a
    Bearer token.
    """
    given = request.authorization
    if request.method in _READING or given is None or given.type != "basic":
        return
    origin = request.headers.get("Origin")
    is_ours = origin is None or urlsplit(origin).netloc == request.host
    if not is_ours or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise Forbidden("a page of another site sent this; use the token as Bearer")
