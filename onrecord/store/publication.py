"""How a draft becomes a generation, and how generations end."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyoxigraph

from onrecord import __version__
from onrecord.errors import NoGeneration, StoreError
from onrecord.store.disk import discard, persist, persist_entry, size
from onrecord.store.draft import OpenDraft
from onrecord.store.layout import MARK, RECORD, STORE, Layout
from onrecord.store.lease import Lease
from onrecord.store.opening import opened
from onrecord.store.protocol import Generation

_COUNTED: Final = 200_000_000  # bytes; to count the quads takes 0.2 s there


@contextmanager
def drafted(layout: Layout) -> Iterator[OpenDraft]:
    """Open a private copy of the current generation, and remove it in the end."""
    folder = layout.draft()
    try:
        _checkpoint_of_current(layout, folder / "work")
        draft = OpenDraft(folder / "work", next_number(layout), _audited(layout))
        try:
            yield draft
        finally:
            draft.close()
    finally:
        discard(folder)


def _checkpoint_of_current(layout: Layout, target: Path) -> None:
    if layout.current() is not None or layout.numbers():
        opened(layout, layout.served()).backup(target)


def _audited(layout: Layout) -> str:
    """Return which audits found nothing in the current generation; nothing is in none."""
    current = layout.current()
    return "" if current is None else read_record(layout.generation(current)).audited


def next_number(layout: Layout) -> int:
    """Return a number that no generation had; the newest one is never pruned."""
    return max(layout.numbers(), default=0) + 1


def publish(layout: Layout, draft: OpenDraft, note: str) -> None:
    """Make a draft the current generation, in one step that either happens or does not."""
    folder = draft.folder.with_name("next")
    folder.mkdir()
    draft.checkpoint(folder / STORE)
    generation = Generation(
        number=draft.generation,
        parent=layout.current(),
        note=note,
        published_at=datetime.now(UTC),
        quads=counted(folder / STORE),
        version=__version__,
        audited=draft.audited,
    )
    write_record(folder, generation)
    if draft.is_purged:
        # first, so that whoever is killed in between leaves nothing to roll back to
        layout.serve_from(generation.number)
    shelve(layout, folder, generation.number)


def counted(store: Path) -> int | None:
    """Return the number of quads, None where counting would take long."""
    if size(store) > _COUNTED:
        return None
    return len(pyoxigraph.Store.read_only(str(store)))


def shelve(layout: Layout, folder: Path, number: int) -> None:
    """Move a finished folder to its place and serve it."""
    layout.lease(number).touch()  # so that reading needs no room on the disk
    (folder / MARK).touch()
    persist(folder)
    os.rename(folder, layout.generation(number))
    persist_entry(layout.shelf)
    serve(layout, number)


def serve(layout: Layout, number: int) -> None:
    """Make a generation the current one; raises StoreError where a folder is in the way."""
    if layout.link.is_dir() and not layout.link.is_symlink():
        raise StoreError(f"{layout.link}: a folder where a link should be; move it away")
    link = layout.folder / f"current.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(layout.generation(number).relative_to(layout.folder))
    os.replace(link, layout.link)
    persist_entry(layout.folder)
    (layout.generation(number) / MARK).unlink(missing_ok=True)


def tidy(layout: Layout, keep: int) -> None:
    """Remove what dead writers left, and the oldest generations that nobody reads."""
    current = layout.current()
    if current is not None:
        (layout.generation(current) / MARK).unlink(missing_ok=True)
    sweep(layout)
    numbers, first = layout.numbers(), layout.first()
    for number in numbers:
        if number != current and (number < first or number in numbers[:-keep]):
            _prune(layout, number)


def sweep(layout: Layout) -> None:
    """Remove what dead writers left, and what one that was stopped had no time to remove."""
    for path in layout.scrap():
        discard(path)


def _prune(layout: Layout, number: int) -> None:
    lease = Lease.sole(layout.lease(number))
    if lease is None:
        return
    scrap = layout.folder / f"pruned-{number:06}"
    os.rename(layout.generation(number), scrap)
    layout.lease(number).unlink()
    lease.close()
    discard(scrap)


def write_record(folder: Path, generation: Generation) -> None:
    """Write what is known of a generation beside it."""
    known = asdict(generation) | {"published_at": generation.published_at.isoformat()}
    del known["current"]
    text = json.dumps(known, indent=2, ensure_ascii=False)
    (folder / RECORD).write_text(f"{text}\n", encoding="utf-8")


def edition(layout: Layout, number: int) -> str:
    """Return what tells a published generation from all others; raises NoGeneration."""
    try:
        found = os.stat(layout.record(number))
    except FileNotFoundError:
        folder = layout.generation(number)
        raise NoGeneration(f"{folder}: no generation is kept here") from None
    return f"{number}-{found.st_mtime_ns:x}"


def read_record(folder: Path, current: int | None = None) -> Generation:
    """Read what is known of a generation; raises NoGeneration where nothing is, StoreError."""
    try:
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        published = datetime.fromisoformat(known.pop("published_at"))
        return Generation(**known, published_at=published, current=known["number"] == current)
    except FileNotFoundError:
        raise NoGeneration(f"{folder}: no generation is kept here") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{folder / RECORD}: damaged: {error!r}") from error
