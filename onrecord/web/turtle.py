"""Writes the prefixes of Turtle and TriG in a fixed order; the engine promises none."""

from dataclasses import dataclass
from typing import Final, Protocol

from ontology import PREFIXES

_LINES: Final = len(PREFIXES)


class Sink(Protocol):
    """Where an answer is written; `write` blocks while nobody reads."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


@dataclass(slots=True)
class InOrder:
    """Sorts the lines of prefixes, which come first, one for each that we know."""

    sink: Sink
    _prefixes: bytes | None = b""  # as far as they have come, None once they are written

    def write(self, data: bytes, /) -> int:
        """Write bytes, once the prefixes before them are known."""
        if self._prefixes is None:
            return self.sink.write(data)
        self._prefixes += data
        if self._prefixes.count(b"\n") >= _LINES:
            self.end()
        return len(data)

    def flush(self) -> None:
        """Pass on what is in order."""
        self.sink.flush()

    def end(self) -> None:
        """Write what is left; of nothing the engine writes no prefixes either."""
        if self._prefixes:
            lines = self._prefixes.splitlines(keepends=True)
            self.sink.write(b"".join(sorted(lines[:_LINES]) + lines[_LINES:]))
        self._prefixes = None
