"""Changing the next generation."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from onrecord.errors import BadInput, BadQuery
from onrecord.store import bulk
from onrecord.store.complaints import complaint
from onrecord.store.held import HeldTexts
from onrecord.store.journal import Journal
from onrecord.store.protocol import Changes
from onrecord.store.snapshot import OpenSnapshot

_One = TypeVar("_One")
_KNOWN: Final = 5_000  # quads that came and went
_QUADS: Final = 50_000
_GONE: Final = 50_000  # so many removed quads slow readers down, who step over each


class OpenDraft(OpenSnapshot):
    """A generation in the making."""

    def __init__(self, folder: Path, generation: int, audited: str = "") -> None:
        super().__init__(pyoxigraph.Store(folder), generation)
        self.began_audited = audited  # which audits found nothing in what this began as
        self.audited = ""  # which found nothing in what this is now
        self._journal = Journal(_KNOWN)
        self.folder = folder
        self.texts = HeldTexts(folder.with_name("texts"))
        self._changes = 0
        self._removed = 0
        self.is_abandoned = False  # the writer wants nothing of it
        self.is_purged = False  # no file of an earlier generation may go into this one

    @property
    def is_worth_publishing(self) -> bool:
        """Return whether something was changed and the writer wants it."""
        return self._changes > 0 and not self.is_abandoned

    @property
    def changes(self) -> Changes | None:
        """Return what came and went; None where it is too much, or was not told."""
        return self._journal.changes

    def certify(self, audits: str) -> None:
        """Take note which audits found nothing; the next change undoes it."""
        self.audited = audits

    def keep_text(self, sha256: str, text: str) -> None:
        """Hold a text from the moment on in which this generation is served."""
        self.texts.keep(sha256, text)

    def drop_text(self, sha256: str) -> None:
        """Hold a text no longer, from the moment on in which this generation is served."""
        self.texts.drop(sha256)

    def purge(self) -> None:
        """Publish a store written from nothing, and serve nothing before it ever again."""
        self.is_purged = True

    def abandon(self) -> None:
        """Publish nothing when the writer is done."""
        self.is_abandoned = True

    def load(self, lines: Iterable[str]) -> int:
        """Load N-Quads lines in bounded chunks; raises BadInput with the line."""
        return self._load((line.encode() for line in map(str.strip, lines)), bulk.SHARES)

    def load_octets(self, pieces: Iterable[bytes], shares: int = 1) -> None:
        """Load N-Quads, each piece some whole lines, in bounded chunks; raises BadInput.

        IRIs were checked when the terms were made that these are spelled from; to check them
        once more would take a tenth of the engine's time.
        """
        self._load(pieces, shares, lenient=True)

    def insert(self, quads: Iterable[Quad]) -> int:
        """Add quads and return how many of them were new."""
        return sum(self._insert(batch) for batch in _batches(quads))

    def remove(self, quads: Iterable[Quad]) -> int:
        """Remove quads and return how many of them were there."""
        return sum(self._remove(quad) for quad in quads)

    def update(self, sparql: str, base: str | None = None) -> None:
        """Carry out a SPARQL update, all of it or nothing; raises BadQuery."""
        try:
            self._engine.update(sparql, base_iri=base)
            self._journal.forget()
        except (SyntaxError, RuntimeError, ValueError) as error:
            said = complaint(error, sparql, lambda text: Store().update(text, base_iri=base))
            raise BadQuery(said) from error
        self._changed(1)

    def add_graph(self, name: NamedNode) -> None:
        """Let a graph be there, though it may be empty."""
        self._engine.add_graph(name)
        self._changed(1)

    def remove_graph(self, name: NamedNode) -> None:
        """Remove a graph with all that stands in it."""
        self._engine.remove_graph(name)
        self._journal.forget()
        self._changed(1)

    def checkpoint(self, target: Path) -> None:
        """Copy the draft to a folder that nothing writes to, not even a forgotten iterator."""
        if self.is_purged:
            self._rewrite(target)
            return
        if self._removed > _GONE:
            self._engine.optimize()
        self._engine.flush()
        self._engine.backup(target)

    def _rewrite(self, target: Path) -> None:
        # the engine's dictionary keeps every string that it ever saw, compacted or not
        dump = self.folder.with_name("dump.nq")
        self._engine.dump(str(dump), RdfFormat.N_QUADS)
        fresh = OpenDraft(self.folder.with_name("fresh"), self.generation)
        try:
            with dump.open(encoding="utf-8", newline="\n") as lines:
                fresh.load(line for line in lines if not _may_be_blank(line))
            # which a share or a chunk of lines would name anew
            with dump.open(encoding="utf-8", newline="\n") as lines:
                for batch in _batches(line for line in lines if _may_be_blank(line)):
                    fresh.insert(parse("".join(batch), RdfFormat.N_QUADS))
            dump.unlink()
            fresh.checkpoint(target)
        finally:
            fresh.close()

    def _load(self, pieces: Iterable[bytes], shares: int, *, lenient: bool = False) -> int:
        loaded = 0
        try:
            for share in bulk.put(self._engine, pieces, shares, lenient=lenient):
                self._journal.came_as(share.octets, share.lines)
                self._changed(share.lines)
                loaded += share.lines
        except BadInput:  # other shares may be there
            self._journal.forget()
            self._changed(1)
            raise
        return loaded

    def _insert(self, batch: list[Quad]) -> int:
        new = [quad for quad in dict.fromkeys(batch) if quad not in self._engine]
        extend = self._engine.extend if len(batch) < _QUADS else self._engine.bulk_extend
        extend(new)
        self._journal.came(new)
        self._changed(len(new))
        return len(new)

    def _remove(self, quad: Quad) -> bool:
        if quad not in self._engine:
            return False
        self._engine.remove(quad)
        self._journal.went(quad)
        self._removed += 1
        self._changed(1)
        return True

    def _changed(self, quads: int) -> None:
        if quads:
            self._changes += quads
            self.audited = ""


def _may_be_blank(line: str) -> bool:
    """Return whether blank nodes may stand in a line, or a text that looks as if."""
    return line.startswith("_:") or " _:" in line


def _batches(given: Iterable[_One]) -> Iterator[list[_One]]:
    rest = iter(given)
    while batch := list(islice(rest, _QUADS)):
        yield batch
