"""What keeps an installation or its data folder from working, looked at one thing at a time.

Nothing is repaired and no data is written; a finding says what is to be done, if anything.
"""

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from onrecord import __version__
from onrecord.errors import OnRecordError, StoreError
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web import vendor
from onrecord.web.probe import Least
from onrecord.workers import Pool

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and what was found; `advice` is empty where nothing is to be done."""

    what: str
    found: str
    advice: str = ""


def examined(settings: Settings) -> Iterator[Finding]:
    """Yield what is found: the program, the data folder, and what a server needs of both."""
    yield Finding("onrecord", __version__)
    yield Finding("Python", platform.python_version())
    yield Finding("pyoxigraph", version("pyoxigraph"))
    for what, look in _LOOKS:
        try:
            found, advice = look(settings)
        except (OnRecordError, OSError) as error:
            found, advice = "refused", str(error)
        yield Finding(what, found, advice)


def _pages(_: Settings) -> tuple[str, str]:
    if wrong := vendor.wrong():
        return f"{', '.join(wrong)}: missing or changed", "run `make clean`, then `make run`"
    return "as they were copied", ""


def _folder(settings: Settings) -> tuple[str, str]:
    folder = settings.data.absolute()
    if not folder.is_dir():
        return f"{folder}: none", "start with `onrecord demo`, or name another with --data"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder}: cannot be written to", "readers can go on; loading needs the right"
    return str(folder), ""


def _served(settings: Settings) -> tuple[str, str]:
    with _store(settings).read() as snapshot:
        return f"generation {snapshot.generation}", ""


def _kept(settings: Settings) -> tuple[str, str]:
    kept = _store(settings).generations()
    return ", ".join(str(one.number) for one in kept) or "none", ""


def _erased(settings: Settings) -> tuple[str, str]:
    if numbers := _store(settings).lingering():
        left = ", ".join(map(str, numbers))
        return f"generations {left}", "`onrecord prune`, once none is read"
    return "nothing", ""


def _writer(settings: Settings) -> tuple[str, str]:
    return _store(settings).writer() or "nobody", ""


def _disk(settings: Settings) -> tuple[str, str]:
    free, needed = shutil.disk_usage(settings.data).free, _store(settings).size()
    found = f"{free // _MEGABYTE:,} MB free; {-(-needed // _MEGABYTE):,} MB are served"
    # an erasure writes everything anew beside what is there
    return found, "" if free > needed else "make room, or `onrecord prune --keep 1`"


def _reader(settings: Settings) -> tuple[str, str]:
    pool = Pool(settings.data, settings.keep, settings.limits)
    began = time.monotonic()
    try:
        wall = "cut off from every network" if pool.is_walled else "not cut off from networks"
        pool.answer(Least(), "doctor").close()
        seconds = time.monotonic() - began
    finally:
        pool.close()
    return f"answers after {seconds:.1f} s; {wall}", ""


def _store(settings: Settings) -> GenerationStore:
    if not settings.data.is_dir():
        raise StoreError("there is no data folder")
    return GenerationStore(settings.data, settings.keep)


_LOOKS: Final[tuple[tuple[str, Callable[[Settings], tuple[str, str]]], ...]] = (
    ("files of pages", _pages),
    ("data folder", _folder),
    ("served", _served),
    ("kept", _kept),
    ("left of erasures", _erased),
    ("writes now", _writer),
    ("disk", _disk),
    ("a reader", _reader),
)
