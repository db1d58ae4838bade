"""The embedded store: a data folder of generations, each an Oxigraph store of its own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import NoGeneration
from onrecord.store import publication
from onrecord.store.backup import write_backup
from onrecord.store.disk import full_disk_said, size
from onrecord.store.draft import OpenDraft
from onrecord.store.layout import Layout
from onrecord.store.lock import holder, writer_lock
from onrecord.store.opening import opened
from onrecord.store.protocol import Draft, Generation, Snapshot
from onrecord.store.readers import Readers


class GenerationStore:
    """A store in a data folder; keeps `keep` generations, waits `wait` seconds to write."""

    def __init__(self, folder: Path, keep: int = 3, wait: float = 30) -> None:
        if keep < 1:
            raise ValueError(f"keep={keep}: at least the current generation is kept")
        self._layout = Layout(folder)
        self._keep = keep
        self._wait = wait
        self._readers = Readers(self._layout)
        self._edition: tuple[tuple[int, ...] | None, str] = None, ""  # as it last was

    @property
    def folder(self) -> Path:
        """Return the data folder."""
        return self._layout.folder

    @property
    def texts(self) -> Path:
        """Return the folder of the held texts, which may not exist."""
        return self._layout.texts

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Open the current generation; raises NoGeneration."""
        with self._readers.snapshot() as snapshot:
            yield snapshot

    @contextmanager
    def write(self, note: str) -> Iterator[Draft]:
        """Open the next generation, publish it on a clean exit; raises StoreBusy, StoreFull."""
        with self._alone():
            with publication.drafted(self._layout) as draft:
                yield draft
                self._publish(draft, note)
            self._tidy()

    def edition(self, snapshot: Snapshot | None = None) -> str:
        """Return what tells a generation, by default the current one, from all others.

        Numbers alone do not, since a restored folder begins anew. Raises NoGeneration.
        """
        if snapshot is not None:
            return publication.edition(self._layout, snapshot.generation)
        state = self._layout.state()
        if state is None or state != self._edition[0]:
            found = publication.edition(self._layout, self._layout.served())
            if state != self._layout.state():
                return found  # published meanwhile: this may be of either
            self._edition = state, found
        return self._edition[1]

    def begin(self) -> None:
        """Publish an empty generation where none was published yet."""
        with self._alone():
            if self._layout.current() is None:
                with publication.drafted(self._layout) as draft:
                    publication.publish(self._layout, draft, "begun")

    def generations(self) -> list[Generation]:
        """Return the kept generations, oldest first."""
        current = self._layout.current()
        found = []
        for number in self._layout.numbers():
            # a writer may prune between the listing and the reading
            with suppress(NoGeneration):
                folder = self._layout.generation(number)
                found.append(publication.read_record(folder, current))
        return found

    def rollback(self, number: int | None = None) -> Generation:
        """Make a kept generation current, by default the one from which the current was made.

        Raises NoGeneration for one that is not kept, StoreError for one that cannot be read.
        """
        self._layout.kept()
        with self._alone():
            chosen = self._earlier() if number is None else number
            if 0 < chosen < self._layout.first():
                raise NoGeneration(f"{self.folder}: generation {chosen} went with an erasure")
            if chosen not in self._layout.numbers():
                raise NoGeneration(f"{self.folder}: generation {chosen} is not kept")
            opened(self._layout, chosen)
            publication.serve(self._layout, chosen)
            return publication.read_record(self._layout.generation(chosen), chosen)

    def lingering(self) -> list[int]:
        """Return the generations that went with an erasure, but that somebody still reads.

        Each goes with the first write or `prune` that finds it unread.
        """
        first, current = self._layout.first(), self._layout.current()
        numbers = self._layout.numbers()
        return [number for number in numbers if number < first and number != current]

    def writer(self) -> str | None:
        """Return who is writing, None where nobody is."""
        return holder(self._layout.lock)

    def size(self) -> int:
        """Return the bytes of the current generation; raises NoGeneration."""
        return size(self._layout.store(self._layout.served()))

    def prune(self, keep: int | None = None) -> None:
        """Remove all but the newest `keep` and the current one, save those that are read.

        Raises NoGeneration where there is none.
        """
        self._layout.kept()
        with self._alone():
            publication.tidy(self._layout, self._keep if keep is None else keep)

    def backup(self, folder: Path) -> Generation:
        """Write the current generation and the held texts to a new folder."""
        with full_disk_said(folder), self._readers.snapshot() as snapshot:
            return write_backup(self._layout, snapshot.generation, folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        missing = self._layout.missing()
        with full_disk_said(self.folder), writer_lock(self._layout.lock, self._wait):
            self._layout.prepare()
            self._tidy()
            try:
                yield
            finally:
                publication.sweep(self._layout)
                self._layout.leave_nothing(missing)

    def _publish(self, draft: OpenDraft, note: str) -> None:
        if draft.is_worth_publishing:
            publication.publish(self._layout, draft, note)
        if not draft.is_abandoned:
            draft.texts.settle(self.texts)

    def _tidy(self) -> None:
        self._readers.close_unused()
        publication.tidy(self._layout, self._keep)

    def _earlier(self) -> int:
        kept, current = self._layout.kept(), self._layout.current()
        if current not in kept:
            return kept[-1]
        parent = publication.read_record(self._layout.generation(current)).parent
        if parent not in kept:
            raise NoGeneration(f"{self.folder}: no generation before the current one is kept")
        return parent
