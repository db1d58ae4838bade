"""Where things lie in a data folder.

lock                     held by the writer; says who it is
current                  a symbolic link to the generation that is served
generations/000001/      store/ and generation.json; `unpublished` until it was served
leases/000001            shared by those who read that generation
oldest                   the first generation that may be served, after an erasure
texts/<sha256>           texts that were given and may be kept
tokens.json, .lock       who may do more than read; no part of a backup
quarantine/              what loads did not take
draft-…, pruned-…        scrap, once the writer is gone
"""

import errno
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Final

from onrecord.errors import NoGeneration, StoreError
from onrecord.store.disk import persist_entry

MARK: Final = "unpublished"
RECORD: Final = "generation.json"
STORE: Final = "store"
TEXTS: Final = "texts"
_NO_LINK: Final = (errno.ENOENT, errno.EINVAL)
# in full, as these names are made: a person's own file may lie beside a record
_SCRAP: Final = re.compile(r"draft-\d+-[a-z0-9_]{8}|pruned-\d{6,}|current\.\d+|oldest\.new")
_OWN: Final = frozenset(
    {
        "lock", "current", "generations", "leases", "oldest", "texts", "tokens.json",
        "tokens.lock", "quarantine",
    }
)  # fmt: skip


def is_of_a_record(path: Path) -> bool:
    """Return whether something that lies in a data folder belongs to the record there."""
    is_own = path.name in _OWN or bool(_SCRAP.fullmatch(path.name))
    return is_own and (path.parent / "current" / RECORD).is_file()


@dataclass(frozen=True)
class Layout:
    """The paths of one data folder."""

    folder: Path

    @property
    def lock(self) -> Path:
        """Return the file that the writer locks."""
        return self.folder / "lock"

    @cached_property  # every request looks at it
    def link(self) -> Path:
        """Return the link to the current generation."""
        return self.folder / "current"

    @property
    def texts(self) -> Path:
        """Return the folder of the texts."""
        return self.folder / TEXTS

    @cached_property
    def shelf(self) -> Path:
        """Return the folder of the generations."""
        return self.folder / "generations"

    @property
    def leases(self) -> Path:
        """Return the folder of the leases."""
        return self.folder / "leases"

    def generation(self, number: int) -> Path:
        """Return the folder of a generation."""
        return self.shelf / f"{number:06}"

    def record(self, number: int) -> str:
        """Return the file that tells about a generation; every request looks at it."""
        return f"{self.shelf}/{number:06}/{RECORD}"

    def store(self, number: int) -> Path:
        """Return the engine's folder of a generation."""
        return self.generation(number) / STORE

    def lease(self, number: int) -> Path:
        """Return the file that readers of a generation share."""
        return self.leases / f"{number:06}"

    def draft(self) -> Path:
        """Make a folder in which this process prepares a generation."""
        # a fresh name: whoever forgot to let go of an earlier draft still locks its name
        return Path(tempfile.mkdtemp(prefix=f"draft-{os.getpid()}-", dir=self.folder))

    @property
    def oldest(self) -> Path:
        """Return the file that says which generation is the first that may be served."""
        return self.folder / "oldest"

    def first(self) -> int:
        """Return the number of the first generation that may be served."""
        try:
            return int(self.oldest.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return 0
        except ValueError as error:
            message = "damaged; write the number of the first generation that may be served"
            raise StoreError(f"{self.oldest}: {message}") from error

    def serve_from(self, number: int) -> None:
        """Let nothing before a generation be served again."""
        fresh = self.oldest.with_suffix(".new")
        fresh.write_text(f"{number}\n", encoding="utf-8")
        persist_entry(fresh)
        os.replace(fresh, self.oldest)

    def prepare(self) -> None:
        """Make the folders that every data folder has."""
        for folder in (self.shelf, self.leases):
            folder.mkdir(parents=True, exist_ok=True)

    def missing(self) -> list[Path]:
        """Return the data folder and those around it that do not exist, the innermost first."""
        around = (self.folder, *self.folder.parents)
        return list(takewhile(lambda folder: not folder.exists(), around))

    def leave_nothing(self, made: list[Path]) -> None:
        """Remove what every data folder has, and the folders made for it, if it holds nothing.

        Only whoever holds the lock may do so.
        """
        if self.current() is not None or _numbered(self.shelf):
            return
        with suppress(OSError):  # something of others stands in one of them
            self.shelf.rmdir()
            self.leases.rmdir()
            self.lock.unlink()
            for folder in made:
                folder.rmdir()

    def current(self) -> int | None:
        """Return the number that the link has, None where there is no such link."""
        try:
            name = os.path.basename(os.readlink(self.link))
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            return None
        return int(name) if name.isdecimal() else None

    def state(self) -> tuple[int, ...] | None:
        """Return what is another when another generation is current; costs one look."""
        try:
            found = os.stat(self._current_record)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_dev, found.st_ino, found.st_mtime_ns

    @cached_property
    def _current_record(self) -> str:
        return f"{self.link}/{RECORD}"

    def served(self) -> int:
        """Return the number of the current generation; raises NoGeneration before the first.

        Raises StoreError where generations are kept and none is current.
        """
        number = self.current()
        if number is None:
            kept = ", ".join(map(str, self.kept()))
            raise StoreError(
                f"{self.link}: no link to a generation; if it is there, move it away; "
                f"`onrecord rollback NUMBER` serves one that is kept: {kept}"
            )
        return number

    def kept(self) -> list[int]:
        """Return the numbers of the published generations; raises NoGeneration without any."""
        numbers = self.numbers()
        if not numbers:
            raise NoGeneration(
                f"{self.folder}: nothing was published yet; "
                "start with `onrecord demo` or `onrecord load`"
            )
        return numbers

    def numbers(self) -> list[int]:
        """Return the numbers of the published generations, oldest first."""
        return [number for number in _numbered(self.shelf) if self._is_published(number)]

    def scrap(self) -> list[Path]:
        """Return what dead writers left behind."""
        left = [path for path in self.folder.iterdir() if _SCRAP.fullmatch(path.name)]
        published = set(self.numbers())
        left += [self.generation(n) for n in _numbered(self.shelf) if n not in published]
        return left + [self.lease(n) for n in _numbered(self.leases) if n not in published]

    def _is_published(self, number: int) -> bool:
        return number == self.current() or not (self.generation(number) / MARK).exists()


def _numbered(folder: Path) -> list[int]:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(int(name) for name in names if name.isdecimal())
