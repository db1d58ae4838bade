"""The quads that a draft gained and lost, up to a limit."""

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, parse

from onrecord.store.protocol import Changes


class Journal:
    """The quads that came and went, up to a number; beyond it nobody could say."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._changes: Changes | None = Changes()
        self._octets: list[bytes] = []  # N-Quads that are read once somebody asks
        self._lines = 0

    @property
    def changes(self) -> Changes | None:
        """Return what came and went; None where it was too much, or was not told."""
        octets, self._octets, self._lines = self._octets, [], 0
        for piece in octets:
            self.came(parse(piece, RdfFormat.N_QUADS))
        return self._changes

    def forget(self) -> None:
        """Take note of a change of which nobody tells the quads."""
        self._changes = None
        self._octets = []

    def came(self, quads: Iterable[Quad]) -> None:
        """Take note of quads that were added; they may have been there."""
        changes = self._changes  # which another thread may forget
        if changes is not None:
            changes.added.update(quads)
            self._bound()

    def came_as(self, octets: bytes, lines: int) -> None:
        """Take note of quads that were added as N-Quads, so many lines of them."""
        self._lines += lines
        if self._lines > self._left:
            self.forget()
        elif self._changes is not None:
            self._octets.append(octets)

    def went(self, quad: Quad) -> None:
        """Take note of a quad that was removed."""
        if self._changes is not None:
            self._changes.removed.add(quad)
            self._bound()

    def _bound(self) -> None:
        changes = self._changes
        if changes is not None and len(changes.added) + len(changes.removed) > self._left:
            self.forget()
