"""Open generations, shared by the threads of one process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph

from onrecord.errors import StoreError
from onrecord.store.layout import Layout
from onrecord.store.lease import Lease
from onrecord.store.opening import opened
from onrecord.store.snapshot import OpenSnapshot


@dataclass
class _Shared:
    number: int
    engine: pyoxigraph.Store
    lease: Lease
    readers: int = 0

    def close(self) -> None:
        """Close the engine, which it does with its last reference, and only then the lease."""
        del self.engine
        self.lease.close()


class Readers:
    """The generations that this process has open: the current one and those still read."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._open: dict[int, _Shared] = {}
        self._guard = threading.Lock()

    @contextmanager
    def snapshot(self) -> Iterator[OpenSnapshot]:
        """Lend the current generation."""
        shared = self._enter()
        snapshot = OpenSnapshot(shared.engine, shared.number)
        try:
            yield snapshot
        finally:
            snapshot.close()
            self._leave(shared)

    def close_unused(self) -> None:
        """Close the generations that were superseded and that nobody reads."""
        with self._guard:
            self._close_unused(self._layout.current())

    def _enter(self) -> _Shared:
        with self._guard:
            shared = self._current()
            shared.readers += 1
            self._close_unused(shared.number)
            return shared

    def _current(self) -> _Shared:
        missing = 0
        while True:
            number = self._layout.served()
            if number == missing:
                raise StoreError(
                    f"{self._layout.generation(number)}: missing, but current; "
                    "`onrecord rollback` serves another one, where one is kept"
                )
            shared = self._open.get(number) or _leased(self._layout, number)
            if shared is not None:
                self._open[number] = shared
                return shared
            missing = number  # pruned since we looked, unless it is still the current one

    def _leave(self, shared: _Shared) -> None:
        with self._guard:
            shared.readers -= 1
            self._close_unused(self._layout.current())

    def _close_unused(self, current: int | None) -> None:
        unused = [n for n, shared in self._open.items() if not shared.readers and n != current]
        for number in unused:
            self._open.pop(number).close()


def _leased(layout: Layout, number: int) -> _Shared | None:
    """Open a generation under a lease; return None when it is gone."""
    lease = Lease.shared(layout.lease(number))
    try:
        if layout.store(number).is_dir():
            return _Shared(number, opened(layout, number), lease)
    except BaseException:
        lease.close()
        raise
    lease.close()
    return None
