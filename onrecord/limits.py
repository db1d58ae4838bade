"""How much one request may cost: what each limit is for, its default, its variable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from onrecord.errors import BadParameter


def _limit(default: float, least: float, unit: str, what: str) -> Any:
    return field(default=default, metadata={"least": least, "unit": unit, "what": what})


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; each is set by ONRECORD_ and its name in capitals."""

    readers: int = _limit(4, 1, "", "queries that are answered at the same time")
    queue: int = _limit(64, 0, "", "further queries that wait for their turn")
    queue_seconds: float = _limit(10, 0, "s", "how long a query waits for its turn")
    query_seconds: float = _limit(30, 0.01, "s", "how long a query is worked on")
    update_seconds: float = _limit(300, 0.01, "s", "how long an update is worked on")
    reader_megabytes: int = _limit(1_000, 50, "MB", "memory of one query")
    writer_megabytes: int = _limit(2_000, 50, "MB", "memory of one update")
    query_bytes: int = _limit(1_000_000, 1, "bytes", "length of a query or update")
    nesting: int = _limit(100, 1, "", "levels of brackets in a query")
    operators: int = _limit(1_000, 1, "", "operators in a query, outside VALUES")
    body_bytes: int = _limit(100_000_000, 1, "bytes", "what a client may send at once")
    inflated_bytes: int = _limit(500_000_000, 1, "bytes", "the same after decompression")
    result_bytes: int = _limit(4_000_000_000, 1, "bytes", "length of an answer")
    held_bytes: int = _limit(1_000_000, 0, "bytes", "of an answer that is held back at first")
    fetch_seconds: float = _limit(20, 0.01, "s", "how long another host may take")
    fetch_bytes: int = _limit(50_000_000, 1, "bytes", "what another host may answer")
    spool_bytes: int = _limit(
        10_000_000_000, 0, "bytes", "of answers that wait for slow clients"
    )
    connections: int = _limit(1_000, 10, "", "clients that are connected at the same time")
    idle_seconds: int = _limit(120, 1, "s", "how long a connection may be silent")
    sending_seconds: float = _limit(30, 1, "s", "how long a request, or a megabyte, may take")
    cache_bytes: int = _limit(64_000_000, 0, "bytes", "answers kept for who asks again")

    @property
    def form_bytes(self) -> int:
        """Return the length of a form with a query, each sign of which may be escaped."""
        return 3 * self.query_bytes

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Limits":
        """Read the variables of the limits; raises BadParameter with variable and value."""
        return cls(**dict(_given(environ)))


def _given(environ: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for known in fields(Limits):
        variable = f"ONRECORD_{known.name.upper()}"
        if spelled := environ.get(variable):
            yield known.name, _number(variable, spelled, known.type, known.metadata["least"])


def _number(variable: str, spelled: str, kind: Any, least: float) -> float:
    try:
        number: float = kind(spelled)
    except ValueError:
        number = float("nan")
    if not least <= number < float("inf"):
        what = "a whole number" if kind is int else "a number"
        raise BadParameter(f"{variable}={spelled!r}: has to be {what} from {least}")
    return number
