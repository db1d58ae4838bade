"""What each request costs, noted while it is answered, told when the last byte is sent."""

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Request

_KEY: Final = "onrecord.account"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


@dataclass
class Account:
    """One request: its number, and what is known of it so far."""

    number: str
    began: float = field(default_factory=time.perf_counter)
    route: str = ""  # the pattern that took it, empty where none did
    query: str = ""
    token: str = ""  # the name of the token that let it in
    seconds: dict[str, float] | None = None  # by stage, None where no reader was asked
    is_kept: bool = False  # whether the answer was kept from before
    status: int = 0
    size: int = 0  # bytes of the body, as sent
    took: float = 0  # seconds
    is_broken: bool = False  # whether its answer was broken off

    @property
    def worked(self) -> float:
        """Return the seconds that a reader worked on it."""
        spent = self.seconds or {}
        return sum(seconds for stage, seconds in spent.items() if stage != "queue")


Listener = Callable[[WSGIEnvironment, Account], None]


def account(request: Request) -> Account:
    """Return what is noted of a request."""
    return noted(request.environ)


def noted(environ: WSGIEnvironment) -> Account:
    """Return what is noted of a request, which Flask may not have seen yet."""
    found: Account = environ[_KEY]
    return found


class Accounting:
    """A WSGI application that keeps account of another, and tells who listens.

    Behind a proxy a request keeps the number that the proxy gave it.
    """

    def __init__(
        self, inner: WSGIApplication, listeners: Sequence[Listener], is_proxied: bool
    ) -> None:
        self._inner = inner
        self._listeners = listeners
        self._is_proxied = is_proxied

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        found = environ[_KEY] = Account(self._number(environ))

        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            found.status = int(status[:3])
            return start_response(status, [*headers, ("X-Request-Id", found.number)], *more)

        return _Counted(self._inner(environ, started), environ, found, self._listeners)

    def _number(self, environ: WSGIEnvironment) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._is_proxied else ""
        return given if _GIVEN.match(given) else f"{random.getrandbits(64):016x}"


class _Counted:
    """A body whose bytes are counted, and whose end is told."""

    def __init__(
        self,
        body: Iterable[bytes],
        environ: WSGIEnvironment,
        account: Account,
        listeners: Sequence[Listener],
    ) -> None:
        self._body = body
        self._environ = environ
        self._account = account
        self._listeners = listeners
        self._is_whole = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._account.size += len(piece)
            yield piece
        self._is_whole = True

    def close(self) -> None:
        """Let go of the body, and tell what it cost."""
        try:
            if close := getattr(self._body, "close", None):
                close()
        finally:
            self._account.is_broken = not self._is_whole
            self._account.took = time.perf_counter() - self._account.began
            for listener in self._listeners:
                listener(self._environ, self._account)
