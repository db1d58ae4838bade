"""One generation and the held texts as a folder that can be carried away, and back.

store/, texts/ and, written last, generation.json: a backup without it is not finished.
"""

import os
from pathlib import Path
from typing import Final

from onrecord.errors import StoreError
from onrecord.store import publication
from onrecord.store.disk import copied, discard, full_disk_said, persist
from onrecord.store.layout import STORE, TEXTS, Layout
from onrecord.store.lock import writer_lock
from onrecord.store.protocol import Generation

_NOTHING: Final = frozenset(
    {"lock", "leases", "generations", "lost+found", "tokens.json", "tokens.lock"}
)


def write_backup(layout: Layout, number: int, folder: Path) -> Generation:
    """Write a generation that is under a lease to a folder that is new or empty."""
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder}: not empty; a backup wants a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _write_backup(layout, number, folder)
    except BaseException:
        for path in folder.iterdir():
            discard(path)
        raise


def _write_backup(layout: Layout, number: int, folder: Path) -> Generation:
    generation = publication.read_record(layout.generation(number), number)
    copied(layout.store(number), folder / STORE)
    if layout.texts.is_dir():
        copied(layout.texts, folder / TEXTS)
    persist(folder)
    publication.write_record(folder, generation)
    persist(folder)
    return generation


def restore(archive: Path, folder: Path) -> Generation:
    """Make a backup the first generation of an empty data folder; raises StoreError."""
    generation = publication.read_record(archive, None)
    layout = Layout(folder)
    with full_disk_said(folder):
        _refuse_data(folder)
        layout.prepare()
        with writer_lock(layout.lock, 0):
            _refuse_data(folder)
            _restore(archive, layout, generation)
    return publication.read_record(layout.generation(generation.number), layout.current())


def _refuse_data(folder: Path) -> None:
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    data = {name for name in found - _NOTHING if not name.startswith("draft-")}
    if data or any((folder / "generations").glob("*")):
        raise StoreError(f"{folder}: not empty; restore into a new folder")


def _restore(archive: Path, layout: Layout, generation: Generation) -> None:
    publication.tidy(layout, keep=1)
    draft = layout.draft()
    try:
        copied(archive / STORE, draft / "next" / STORE)
        publication.write_record(draft / "next", generation)
        if (archive / TEXTS).is_dir():
            copied(archive / TEXTS, draft / TEXTS)
            persist(draft)
            os.rename(draft / TEXTS, layout.texts)
        publication.shelve(layout, draft / "next", generation.number)
    finally:
        discard(draft)
