"""Settings from outside: read once at the start, passed down, never changed."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from onrecord.errors import BadParameter
from onrecord.fetch import Fetcher
from onrecord.limits import Limits


@dataclass(frozen=True)
class Settings:
    """Where the record lies, under which address its IRIs stand, and how it is served."""

    data: Path = Path("data")
    base: str = "https://w3id.org/onrecord/"
    keep: int = 3
    host: str = "127.0.0.1"
    port: int = 8080
    is_plain: bool = False  # an ordinary quad store, without the rules of a record
    allow: tuple[str, ...] = ()  # addresses that SERVICE and LOAD may reach
    proxies: int = 0  # through how many of ours every request comes
    rate: str = ""  # how often a client may ask, such as 120 per minute; empty for no limit
    log: str = "info"  # what is told of each request: off, info, or debug with its query
    metrics: str = "admin"  # who may read /metrics: public, admin, or off for nobody
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the variables ONRECORD_*; raises BadParameter with variable and value."""
        given = os.environ if environ is None else environ
        return cls(
            data=Path(given.get("ONRECORD_DATA") or cls.data),
            base=_address(given.get("ONRECORD_BASE") or cls.base),
            keep=_number(given, "ONRECORD_KEEP", cls.keep, least=1),
            host=given.get("ONRECORD_HOST") or cls.host,
            port=_number(given, "ONRECORD_PORT", cls.port, least=0),
            allow=tuple((given.get("ONRECORD_ALLOW") or "").split()),
            proxies=_number(given, "ONRECORD_PROXIES", cls.proxies, least=0),
            rate=given.get("ONRECORD_RATE") or cls.rate,
            log=_word(given, "ONRECORD_LOG", cls.log, ("off", "info", "debug")),
            metrics=_word(given, "ONRECORD_METRICS", cls.metrics, ("public", "admin", "off")),
            limits=Limits.from_env(given),
        )

    @property
    def fetcher(self) -> Fetcher:
        """Return what fetches from other hosts, as far as it may."""
        return Fetcher(self.allow, self.limits.fetch_seconds, self.limits.fetch_bytes)


def _address(base: str) -> str:
    if not base.startswith(("http://", "https://")) or not base.endswith("/"):
        raise BadParameter(f"ONRECORD_BASE={base!r}: has to begin with http(s):// and end in /")
    try:
        NamedNode(base)
    except ValueError as error:
        raise BadParameter(f"ONRECORD_BASE={base!r}: is no IRI ({error})") from error
    return base


def _word(given: Mapping[str, str], name: str, usual: str, known: Sequence[str]) -> str:
    spelled = given.get(name) or usual
    if spelled not in known:
        raise BadParameter(f"{name}={spelled!r}: has to be one of {', '.join(known)}")
    return spelled


def _number(given: Mapping[str, str], name: str, usual: int, *, least: int) -> int:
    spelled = given.get(name) or str(usual)
    if not (spelled.isascii() and spelled.isdigit() and int(spelled) >= least):
        raise BadParameter(f"{name}={spelled!r}: has to be a whole number from {least}")
    return int(spelled)
