"""Who may do more than read: tokens, of which only the hash is kept.

tokens.json     in the data folder, for its owner's eyes only; a list of objects with `name`,
                `role`, `digest` (SHA-256 of the token, hex), `created` and `expires` (or null)
"""

import hmac
import json
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal, get_args

from onrecord.errors import BadParameter, StoreError
from onrecord.store.disk import discard, full_disk_said, persist_entry
from onrecord.store.lock import writer_lock

Role = Literal["editor", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)  # each may do what those before it may

_SECRET: Final = 32  # bytes
_WAIT: Final = 10  # seconds for whoever else changes the file
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token."""

    name: str
    role: Role
    digest: str
    created: datetime
    expires: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Return whether it has not expired."""
        return self.expires is None or now < self.expires


def includes(role: Role, other: Role) -> bool:
    """Return whether who has one role may do what the other may."""
    return ROLES.index(role) >= ROLES.index(other)


class Tokens:
    """The tokens of a data folder; what another process adds or revokes counts at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tokens.json"
        self._lock = folder / "tokens.lock"
        self._read: tuple[object, tuple[Token, ...]] = None, ()

    def all(self) -> tuple[Token, ...]:
        """Return the tokens, oldest first; raises StoreError where their file is damaged."""
        try:
            found = self._file.stat()
            state = found.st_ino, found.st_mtime_ns, found.st_size
            if self._read[0] != state:
                self._read = state, _parsed(self._file)
        except FileNotFoundError:
            self._read = None, ()
        return self._read[1]

    def find(self, secret: str) -> Token | None:
        """Return the valid token that a secret is; takes as long for a wrong one."""
        digest = _digest(secret)
        now = datetime.now(UTC)
        found = None
        for token in self.all():
            if hmac.compare_digest(token.digest, digest) and token.is_valid(now):
                found = token
        return found

    def add(self, name: str, role: Role, expires: datetime | None = None) -> str:
        """Return a new token, which is kept nowhere; raises BadParameter, StoreBusy."""
        if not _NAME.match(name):
            raise BadParameter(f"name {name!r}: letters, digits and ._@- only, at most 64")
        secret = secrets.token_urlsafe(_SECRET)
        created = datetime.now(UTC).replace(microsecond=0)
        fresh = Token(name, role, _digest(secret), created, expires)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with full_disk_said(self._file.parent), writer_lock(self._lock, _WAIT):
            known = self.all()
            if any(token.name == name for token in known):
                raise BadParameter(f"name {name}: has a token already; revoke that first")
            self._write((*known, fresh))
        return secret

    def revoke(self, name: str) -> Token:
        """Take a token away and return it; raises BadParameter, StoreBusy."""
        if not self._file.exists():
            raise _unknown(name)
        with full_disk_said(self._file.parent), writer_lock(self._lock, _WAIT):
            known = self.all()
            gone = next((token for token in known if token.name == name), None)
            if gone is None:
                raise _unknown(name)
            self._write(tuple(token for token in known if token is not gone))
        return gone

    def _write(self, tokens: tuple[Token, ...]) -> None:
        # a temporary file is made readable for its owner alone
        descriptor, spelled = tempfile.mkstemp(prefix="tokens.", dir=self._file.parent)
        fresh = Path(spelled)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump([_plain(token) for token in tokens], file, indent=1)
                file.write("\n")
            persist_entry(fresh)
            fresh.replace(self._file)
        finally:
            discard(fresh)
        persist_entry(self._file.parent)


def _unknown(name: str) -> BadParameter:
    return BadParameter(f"name {name!r}: has no token; see `onrecord token list`")


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(token: Token) -> dict[str, Any]:
    expires = token.expires and token.expires.isoformat()
    return asdict(token) | {"created": token.created.isoformat(), "expires": expires}


def _parsed(file: Path) -> tuple[Token, ...]:
    try:
        return tuple(_token(**entry) for entry in json.loads(file.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreError(f"{file}: damaged, so that no token is known: {error}") from error


def _token(
    name: str, role: Role, digest: str, created: str, expires: str | None = None
) -> Token:
    if role not in ROLES:
        raise ValueError(f"role {role!r}: has to be one of {', '.join(ROLES)}")
    until = datetime.fromisoformat(expires) if expires else None
    return Token(name, role, digest, datetime.fromisoformat(created), until)
