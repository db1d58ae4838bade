"""What a person names on a command line, as files that a loader can read."""

import errno
import gzip
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from glob import glob, has_magic
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from loaders import LOADERS
from onrecord.errors import BadInput
from onrecord.fetch import Fetcher

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HEAD: Final = 4_000  # characters by which a format is recognised
_MOST: Final = 100_000_000_000  # octets that one packed file may unfold to
_BLOCK: Final = 1 << 20
_MANIFEST: Final = "case.yaml"
_IGNORED: Final = ("__MACOSX", "__pycache__")


class Octets(Protocol):
    """What octets can be read from."""

    def __enter__(self) -> "Octets": ...

    def __exit__(self, *error: Any) -> None: ...

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Input:
    """A file to load: where it lies now, how it was named, and the name by which it goes.

    `asked` tells that a person named the file itself, rather than a folder or an archive.
    """

    path: Path
    shown: str
    name: str
    asked: bool = True
    url: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format that a file seems to have, and by what."""

    loader: str
    why: str


def recognised(path: Path, name: str = "") -> list[Recognised]:
    """Return the formats that a file seems to have, the most telling first."""
    if (path / _MANIFEST).is_file():
        return [Recognised("case", f"is a folder with {_MANIFEST}")]
    try:
        with path.open("rb") as octets:
            head = octets.read(4 * HEAD).decode(errors="replace")[:HEAD]
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error
    found = (
        Recognised(one.NAME, one.recognise(name or path.name, head)) for one in LOADERS.values()
    )
    return [one for one in found if one.why]


class Gatherer:
    """Finds, fetches and unpacks; what has to be written down goes to a folder of its own."""

    def __init__(self, folder: Path, fetcher: Fetcher, name: str = "") -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._name = name
        self._count = 0
        self._seen: set[Path] = set()
        self.broken: list[str] = []

    def inputs(self, words: Iterable[str]) -> list[Input]:
        """Return the files that words stand for: paths, patterns, `-` and addresses.

        A file that several words lead to is there once; several of one name go by as much of
        their paths as tells them apart. What cannot be unpacked is told in `broken`. Raises
        BadInput for what matches nothing or has no name of its own, Forbidden and Unreachable
        for an address that gives nothing.
        """
        in_order = sorted(words, key=os.path.isdir)  # what is named itself is asked for
        found = [one for word in in_order for one in self._of(word)]
        if self._name and len(found) > 1:
            raise BadInput(f"{self._name!r} names one source; there are {len(found)}")
        alike: dict[str, list[Input]] = {}
        for one in found:
            alike.setdefault(one.name, []).append(one)
        return [_apart(one, alike[one.name]) for one in found]

    def _of(self, word: str) -> Iterator[Input]:
        if word == "-" or Path(word).is_fifo():
            if not self._name:
                called = "standard input" if word == "-" else "a pipe"
                raise BadInput(f"{word}: what {called} is called has to be told (--as NAME)")
            with sys.stdin.buffer if word == "-" else Path(word).open("rb") as octets:
                yield from self._unpacked(self._written(octets), Path(self._name), word)
        elif "://" in word and not Path(word).exists():
            yield from self._fetched(word)
        else:
            path = Path(word)
            paths = sorted(map(Path, glob(word, recursive=True)))
            if path.exists() or not has_magic(word):
                paths = [path]
            if not paths:
                raise BadInput(f"{word}: nothing is called so")
            for each in paths:
                yield from self._below(each)

    def _below(self, path: Path) -> Iterator[Input]:
        """Yield what lies in a folder, a case as a whole; a file as it is; each once."""
        real = Path(os.path.realpath(path))
        if real in self._seen:
            return
        self._seen.add(real)
        if not path.is_dir() or (path / _MANIFEST).is_file():
            yield from self._unpacked(path, path, str(path))
            return
        for each in sorted(path.iterdir()):
            if not each.name.startswith(".") and each.name not in _IGNORED:
                for one in self._below(each):
                    yield replace(one, asked=False)

    def _fetched(self, url: str) -> Iterator[Input]:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise BadInput(f"{url}: {error}") from error
        allowed = (f"{parts.scheme}://{parts.netloc}/", *self._fetcher.allowed)
        fetched = replace(self._fetcher, allowed=allowed).fetch(url, "*/*")
        path = self._new()
        path.write_bytes(fetched.body)
        name = PurePosixPath(unquote(parts.path)).name or parts.hostname or ""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        for one in self._unpacked(path, Path(name), url):
            yield replace(one, url=fetched.url, retrieved=now)

    def _unpacked(self, path: Path, called: Path, shown: str) -> Iterator[Input]:
        """Yield a file, or what is packed in it."""
        suffix = called.suffix.lower()
        if suffix == ".zip":
            with self._unfolding(shown), zipfile.ZipFile(path) as archive:
                yield from self._members(archive, shown)
        elif suffix in _PACKED:
            inner = called.with_suffix("")
            with self._unfolding(shown):
                with _PACKED[suffix](path) as octets:
                    target = self._written(octets, inner.name)
                yield Input(target, shown, self._name or inner.name)
        else:
            yield Input(self._called(path, called), shown, self._name or called.name)

    def _members(self, archive: zipfile.ZipFile, shown: str) -> Iterator[Input]:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            inner = PurePosixPath(member.filename)
            is_hidden = inner.name.startswith(".") and inner.name != ".."
            if member.is_dir() or is_hidden or set(inner.parts) & set(_IGNORED):
                continue
            where = f"{shown}/{member.filename}"
            with self._unfolding(where):
                if member.flag_bits & _ENCRYPTED:
                    raise RuntimeError("is encrypted; unpack it first")
                with archive.open(member) as octets:
                    target = self._written(octets, inner.name)
                for one in self._unpacked(target, Path(inner.name), where):
                    yield replace(one, asked=False)

    @contextmanager
    def _unfolding(self, shown: str) -> Iterator[None]:
        """Keep what is packed otherwise than its name says from holding up the others."""
        try:
            yield
        except _BROKEN as error:
            self.broken.append(f"{shown}: {error or 'breaks off'}")
        except OSError as error:
            if error.errno not in _UNNAMEABLE:
                raise
            self.broken.append(f"{shown}: its name can be no file's; unpack it first")

    def _called(self, path: Path, called: Path) -> Path:
        """Return a path whose last part is what the file is called."""
        if path.name == called.name:
            return path
        target = self._new(called.name)
        path.rename(target)
        return target

    def _written(self, octets: Octets, name: str = "packed") -> Path:
        path, size = self._new(name), 0
        with path.open("wb") as file:
            while block := octets.read(_BLOCK):
                size += len(block)
                if size > _MOST:
                    raise RuntimeError(f"unfolds to more than {_MOST:,} bytes")
                file.write(block)
        return path

    def _new(self, name: str = "fetched") -> Path:
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return folder / name


def _apart(one: Input, alike: Sequence[Input]) -> Input:
    """Return a file under as much of its path as tells it from others of its name."""
    if len(alike) == 1:
        return one
    paths = [_parts(each) for each in alike]
    for length in range(2, max(map(len, paths)) + 1):
        if len({each[-length:] for each in paths}) == len(paths):
            return replace(one, name="/".join(_parts(one)[-length:]))
    raise BadInput(f"{one.shown}: stands there twice, and nothing tells which one counts")


def _parts(one: Input) -> tuple[str, ...]:
    """Return the steps of a path, wherever one stands who names it."""
    whole = one.shown if one.url else os.path.abspath(one.shown)
    return tuple(filter(None, whole.split("/")))


_PACKED: Final[Mapping[str, Callable[[Path], Octets]]] = {".gz": gzip.open, ".zst": zstd.open}
_ENCRYPTED: Final = 0x1  # of a member's general purpose bits (PKWARE APPNOTE, 4.4.4)
_UNNAMEABLE: Final = (errno.EISDIR, errno.ENAMETOOLONG)
_BROKEN: Final = (
    EOFError,
    NotImplementedError,
    gzip.BadGzipFile,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    zstd.ZstdError,
)
