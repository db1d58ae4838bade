"""One hostile input: what is sent, byte by byte, and what has to come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

SPY: Final = "77777"  # stands in a table for the port that nobody may call
ENDED: Final = "503 or 504"  # by memory or by time, whichever this machine reaches first

_HOST: Final = b"Host: onrecord\r\n"
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Attack:
    """An attempt, and how it has to come out; `told` stands in the answer, `never` does not.

    An outcome is a status, `200, cut` for an answer that is broken off, or `closed` for a
    connection that ends without one.
    """

    name: str
    sent: bytes
    outcome: str
    told: str = ""
    never: tuple[str, ...] = ()
    what: str = ""  # where `sent` does not show it

    @property
    def shown(self) -> str:
        """Return what is sent as one line of a table."""
        if self.what:
            return self.what
        head, _, body = self.sent.partition(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        return _short(body or line + b" " + rest.removeprefix(_HOST.strip()).strip())


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a GET of a path."""
    return request("GET", path, headers)


def asked(sparql: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a query in the address of a GET."""
    return get(f"/sparql?query={quote(sparql, safe='')}", headers)


def posted(
    sparql: str | bytes, kind: str = "application/sparql-query", path: str = "/sparql"
) -> bytes:
    """Return a query that is POSTed as itself."""
    body = sparql.encode() if isinstance(sparql, str) else sparql
    return request("POST", path, {"Content-Type": kind}, body)


def request(
    method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Return a request as HTTP/1.1 has it."""
    given = {**(headers or {}), **({"Content-Length": str(len(body))} if body else {})}
    fields = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    line = f"{method} {path} HTTP/1.1\r\n".encode()
    return line + _HOST + fields.encode("latin-1") + b"\r\n" + body


def query(
    name: str,
    sparql: str,
    outcome: str,
    told: str = "",
    path: str = "/sparql",
    never: tuple[str, ...] = (),
) -> Attack:
    """Return an attempt by a query."""
    shown = sparql.removeprefix("PREFIX : <http://hostile.test/> ")
    what = _short(f"{path.removeprefix('/sparql')} {shown}".encode())
    return Attack(name, posted(sparql, path=path), outcome, told, never, what)


def _short(said: bytes) -> str:
    text = " ".join(said[: 2 * _SHOWN].decode("utf-8", "backslashreplace").split())
    text = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)
    if len(text) <= _SHOWN and len(said) <= 2 * _SHOWN:
        return text
    return f"{text[:_SHOWN]}… ({len(said):,} bytes)"
