"""What a load did not take, however much of it there is: on disk, and counted by reason."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Final
from weakref import finalize

from loaders.records import Quarantined

_IN_MEMORY: Final = 1 << 20  # bytes, beyond which what was left out goes to a file
_AT_ONCE: Final = 1 << 16  # bytes
_REASONS: Final = 1_000  # told apart; a reason may name what it is about


class LeftOut:
    """What was not taken, in its order.

    `times` counts it by reason and `first` has an example of each; those after the first
    thousand reasons are counted as `others`.
    """

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.first: dict[str, Quarantined] = {}
        self.others = 0
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        finalize(self, self._file.close)
        self._count = 0

    def append(self, one: Quarantined) -> None:
        """Add what was not taken."""
        self._file.seek(0, SEEK_END)
        self._file.write(json.dumps(astuple(one)).encode() + b"\n")
        self._count += 1
        if one.reason in self.first or len(self.first) < _REASONS:
            self.first.setdefault(one.reason, one)
            self.times[one.reason] += 1
        else:
            self.others += 1

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
