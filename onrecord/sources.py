"""What a person names on a command line, as files that a loader can read."""

import errno
import gzip
import lzma
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

from loaders.tree import MANIFEST
from onrecord.errors import BadInput
from onrecord.fetch import Fetcher
from onrecord.readable import fault_of, is_text
from onrecord.store.disk import is_full
from onrecord.store.layout import is_of_a_record
from onrecord.unsigned import unsigned

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MOST: Final = 100_000_000_000  # octets that what is packed may unfold to, all in all
_AT_LEAST: Final = 1_000_000_000  # octets that it may unfold to, however small it is
_TIMES: Final = 200  # its size; tables that say something pack to a twentieth or so
_DEEPEST: Final = 8  # archives within archives
_BLOCK: Final = 1 << 20
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


class Gatherer:
    """Finds, fetches and unpacks; what has to be written down goes to a folder of its own."""

    def __init__(
        self, folder: Path, fetcher: Fetcher, name: str = "", at_least: int = _AT_LEAST
    ) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._name = name
        self._at_least = at_least
        self._room = _MOST  # octets to which the file at hand may still unfold
        self._count = 0
        self._seen: set[Path] = set()
        self.broken: list[str] = []

    def inputs(self, words: Iterable[str]) -> list[Input]:
        """Return the files that words stand for: paths, patterns, `-` and addresses.

        A file that several words lead to is there once; several of one name go by as much of
        their paths as tells them apart. A folder is passed through without the parts of a
        record that lie in it. What cannot be unpacked, read or told apart is told in `broken`.
        Raises BadInput for what matches nothing or has no name of its own, Forbidden and
        Unreachable for an address that gives nothing.
        """
        in_order = sorted(words, key=os.path.isdir)  # what is named itself is asked for
        found = [one for word in in_order for one in self._of(word)]
        if self._name and len(found) > 1:
            raise BadInput(f"{self._name!r} names one source; there are {len(found)}")
        alike: dict[str, list[Input]] = {}
        for one in found:
            alike.setdefault(one.name, []).append(one)
        apart = [(one, _apart(one, alike[one.name])) for one in found]
        self.broken += [_twice(one) for one, name in apart if not name]
        return [replace(one, name=name) for one, name in apart if name]

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
        if not path.is_dir() or (path / MANIFEST).is_file():
            yield from self._unpacked(path, path, str(path))
            return
        for each in sorted(path.iterdir()):
            is_hidden = each.name.startswith(".") or each.name in _IGNORED
            if is_hidden or is_of_a_record(each):
                continue
            if fault := fault_of(each):
                self.broken.append(f"{each}: {fault}")
                continue
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
        kept = unsigned(url)
        name = PurePosixPath(unquote(urlsplit(kept).path)).name or parts.hostname or ""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        for one in self._unpacked(path, Path(name), kept):
            yield replace(one, url=fetched.url, retrieved=now)

    def _unpacked(
        self, path: Path, called: Path, shown: str, depth: int = 0
    ) -> Iterator[Input]:
        """Yield a file, or what is packed in it, at a depth of archives within archives."""
        suffix = called.suffix.lower()
        if not depth and suffix in (".zip", *_PACKED):
            size = path.stat().st_size
            self._room = min(_MOST, max(self._at_least, _TIMES * size))
        if suffix == ".zip":
            with self._unfolding(shown, depth), zipfile.ZipFile(path) as archive:
                if depth > _DEEPEST:
                    raise RuntimeError(f"archives in archives, more than {_DEEPEST} deep")
                yield from self._members(archive, shown, depth)
        elif suffix in _PACKED:
            inner = called.with_suffix("")
            with self._unfolding(shown, depth):
                with _PACKED[suffix](path) as octets:
                    target = self._written(octets, inner.name)
                yield Input(target, shown, self._name or inner.name)
        elif is_text(called.name):
            yield Input(self._called(path, called), shown, self._name or called.name)
        else:
            self.broken.append(f"{shown}: its name is not UTF-8; rename it first")

    def _members(self, archive: zipfile.ZipFile, shown: str, depth: int) -> Iterator[Input]:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            inner = PurePosixPath(member.filename)
            is_hidden = inner.name.startswith(".") and inner.name != ".."
            if member.is_dir() or is_hidden or set(inner.parts) & set(_IGNORED):
                continue
            where = f"{shown}/{member.filename}"
            with self._unfolding(where, depth + 1):
                if member.flag_bits & _ENCRYPTED:
                    raise RuntimeError("is encrypted; unpack it first")
                with archive.open(member) as octets:
                    target = self._written(octets, inner.name)
                for one in self._unpacked(target, Path(inner.name), where, depth + 1):
                    yield replace(one, asked=False)

    @contextmanager
    def _unfolding(self, shown: str, depth: int) -> Iterator[None]:
        """Keep what is packed otherwise than its name says from holding up the others."""
        try:
            yield
        except _TooMuch as error:
            if depth:  # all else in the archive counts as well
                raise
            self.broken.append(f"{shown}: {error}")
        except _BROKEN as error:
            self.broken.append(f"{shown}: {error or 'breaks off'}")
        except OSError as error:
            if error.errno in _UNNAMEABLE:
                self.broken.append(f"{shown}: its name can be no file's; unpack it first")
            elif error.errno in _UNSOUND:
                self.broken.append(f"{shown}: is broken: {error.strerror or error}")
            else:
                raise

    def _called(self, path: Path, called: Path) -> Path:
        """Return a path whose last part is what the file is called."""
        if path.name == called.name:
            return path
        target = self._new(called.name)
        path.rename(target)
        return target

    def _written(self, octets: Octets, name: str = "packed") -> Path:
        path = self._new(name)
        with self._with_room(), path.open("wb") as file:
            while block := octets.read(_BLOCK):
                self._room -= len(block)
                if self._room < 0:
                    raise _TooMuch("unfolds to far more than its size; unpack it first")
                file.write(block)
        return path

    @contextmanager
    def _with_room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not is_full(error):
                raise
            instead = "make room, or let TMPDIR name another folder"
            raise BadInput(f"{self._folder}: no space left to unpack to; {instead}") from error

    def _new(self, name: str = "fetched") -> Path:
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return folder / name


class _TooMuch(BadInput):
    """Something packed that unfolds to more than it may."""


def _apart(one: Input, alike: Sequence[Input]) -> str:
    """Return as much of a file's path as tells it from others of its name, if anything does."""
    if len(alike) == 1:
        return one.name
    own, every = _parts(one), [_parts(each) for each in alike]
    paths = set(every)
    for length in range(2, max(map(len, paths)) + 1):
        if every.count(own) == 1 and len({each[-length:] for each in paths}) == len(paths):
            return "/".join(own[-length:])
    return ""


def _twice(one: Input) -> str:
    """Return why a file that nothing tells from another is not taken."""
    told = f"{one.shown}: stands there twice, and nothing tells which one counts"
    secret = "; what is secret in an address tells nothing: load each by itself, with --as"
    return told + secret * bool(one.url)


def _parts(one: Input) -> tuple[str, ...]:
    """Return the steps of a path, wherever one stands who names it."""
    whole = one.shown if one.url else os.path.abspath(one.shown)
    return tuple(part for part in whole.split("/") if part not in ("", ".", ".."))


_PACKED: Final[Mapping[str, Callable[[Path], Octets]]] = {".gz": gzip.open, ".zst": zstd.open}
_ENCRYPTED: Final = 0x1  # of a member's general purpose bits (PKWARE APPNOTE, 4.4.4)
_UNNAMEABLE: Final = (errno.EISDIR, errno.ENAMETOOLONG)
_UNSOUND: Final = (None, errno.EINVAL)  # bzip2 that is none; a part before the beginning
_BROKEN: Final = (
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,  # of a name in an archive
    gzip.BadGzipFile,
    lzma.LZMAError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    zstd.ZstdError,
)
