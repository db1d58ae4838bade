"""The values that a load did not take: kept on disk where they are many, counted by reason."""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from hashlib import sha256
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Final
from weakref import finalize

from loaders.records import Quarantined

_IN_MEMORY: Final = 1 << 20  # bytes, beyond which what was left out goes to a file
_AT_ONCE: Final = 1 << 16  # bytes
_REASONS: Final = 1_000  # told apart; a reason may name what it is about
_TRACE: Final = 8  # octets
_MOVING: Final = "char="  # how the keys of sentences begin


class LeftOut:
    """What was not taken, in its order.

    `times` counts it by reason and `first` has an example of each; those after the first
    thousand reasons are counted as `others`.
    """

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.first: dict[str, Quarantined] = {}
        self.others = 0
        self._traces = bytearray()
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        finalize(self, self._file.close)
        self._count = 0

    def append(self, one: Quarantined) -> None:
        """Add what was not taken."""
        self._file.seek(0, SEEK_END)
        self._file.write(json.dumps(astuple(one)).encode() + b"\n")
        self._count += 1
        if not (one.is_withheld or one.is_anywhere):
            self._traces += trace(one)
        if one.reason in self.first or len(self.first) < _REASONS:
            self.first.setdefault(one.reason, one)
            self.times[one.reason] += 1
        else:
            self.others += 1

    @property
    def places(self) -> str:
        """Return where it stood, in base64: the sorted traces of what is not withheld.

        What has no place of its own is in none: of two such nobody tells which one it is.
        """
        return b64encode(b"".join(sorted(_cut(self._traces)))).decode("ascii")

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Quarantined]:
        place = 0
        while True:
            self._file.seek(place)
            lines = self._file.readlines(_AT_ONCE)
            place = self._file.tell()
            if not lines:
                return
            yield from (Quarantined(*json.loads(line)) for line in lines)


def trace(one: Quarantined) -> bytes:
    """Return eight octets of a hash of the place of what was not taken: never of what it says.

    The place is the record, the column, and whether nothing at all was taken of the record. The
    value may be a person's: whoever has a hash of a date or a number soon finds it. Only a
    sentence, which moves with what stands before it, has no other name than its words.
    """
    key = one.value if one.key.startswith(_MOVING) else one.key
    place = f"{len(key)} {key} {one.column} {bool(one.record)}"
    return sha256(place.encode(errors="surrogatepass")).digest()[:_TRACE]


def traces(places: str) -> Iterator[bytes]:
    """Yield the traces that were written down."""
    yield from _cut(b64decode(places))


def _cut(octets: bytes | bytearray) -> Iterator[bytes]:
    return (bytes(octets[at : at + _TRACE]) for at in range(0, len(octets), _TRACE))
