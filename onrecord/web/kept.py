"""A cache of answers over one generation."""

import threading
from dataclasses import dataclass

from cachetools import LRUCache

from onrecord.workers import Head


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer."""

    head: Head
    body: bytes


class Cache:
    """At most so many bytes of answers over one generation; the longest unasked goes first."""

    def __init__(self, size: int) -> None:
        self._answers: LRUCache[str, Kept] = LRUCache(size, lambda kept: len(kept.body) + 500)
        self._guard = threading.Lock()
        self._edition = ""  # of all that is kept
        self.hits = 0
        self.misses = 0

    def get(self, tag: str) -> Kept | None:
        """Return the answer of a tag."""
        with self._guard:
            found = self._answers.get(tag)
            self.hits += found is not None
            self.misses += found is None
            return found

    def put(self, tag: str, kept: Kept) -> None:
        """Keep an answer, unless it is longer than all that may be kept."""
        with self._guard:
            if kept.head.edition != self._edition:
                self._answers.clear()  # nobody asks over an earlier generation again
                self._edition = kept.head.edition
            if self._answers.getsizeof(kept) <= self._answers.maxsize:
                self._answers[tag] = kept

    @property
    def size(self) -> int:
        """Return the bytes that are kept."""
        return int(self._answers.currsize)
