"""A writer that kills itself with SIGKILL at a named point; run as a process of its own.

    python dying_writer.py FOLDER POINT NAME    (POINT `never` publishes)

It loads STATEMENTS statements about NAME in many chunks.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from onrecord.store import GenerationStore, bulk, draft, publication

STATEMENTS: Final = 8_000
_CHUNK: Final = 70_000  # octets, about a thousand lines


def statement(name: str, number: int) -> str:
    """Return one of the lines that a writer of this name loads."""
    return f'<http://example.org/{name}/{number}> <http://example.org/says> "{number}" .'


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _statements(name: str) -> Iterator[str]:
    return (statement(name, number) for number in range(STATEMENTS))


def _until_half(name: str) -> Iterator[str]:
    for number, line in enumerate(_statements(name)):
        if number == STATEMENTS // 2:
            _die()
        yield line


def _until_within_a_chunk(name: str) -> Iterator[str]:
    for number, line in enumerate(_statements(name)):
        if number == STATEMENTS // 2:
            threading.Timer(0.005, _die).start()
        yield line


def _half_a_checkpoint(target: Path) -> None:
    target.mkdir()
    (target / "CURRENT").write_text("MANIFEST-", encoding="ascii")
    _die()


def _before(module: object, name: str, doomed: Callable[[str], bool]) -> None:
    """Die instead of a call whose last argument is doomed."""
    call = getattr(module, name)

    def dying(*arguments: object) -> object:
        if doomed(str(arguments[-1])):
            _die()
        return call(*arguments)

    setattr(module, name, dying)


def _after(module: object, name: str, doomed: Callable[[str], bool]) -> None:
    """Die right after a call whose last argument is doomed."""
    call = getattr(module, name)

    def dying(*arguments: object) -> None:
        call(*arguments)
        if doomed(str(arguments[-1])):
            _die()

    setattr(module, name, dying)


def _any(_: str) -> bool:
    return True


def _in_checkpoint() -> None:
    engine = SimpleNamespace(backup=_half_a_checkpoint)
    vars(publication).update(opened=lambda *_: engine)


_TRAPS: Final[dict[str, Callable[[], None]]] = {
    "in the first checkpoint": _in_checkpoint,
    "before the last checkpoint": lambda: _before(draft.OpenDraft, "checkpoint", _any),
    "after the last checkpoint": lambda: _after(draft.OpenDraft, "checkpoint", _any),
    "before the record is written": lambda: _before(publication, "write_record", _any),
    "before the disk has it": lambda: _before(publication, "persist", _any),
    "before the move": lambda: _before(os, "rename", lambda to: "generations" in to),
    "after the move": lambda: _after(os, "rename", lambda to: "generations" in to),
    "before the switch": lambda: _before(os, "replace", _any),
    "after the switch": lambda: _after(os, "replace", _any),
    "while pruning": lambda: _after(os, "rename", lambda to: "pruned" in to),
}
_LINES: Final[dict[str, Callable[[str], Iterator[str]]]] = {
    "between two chunks": _until_half,
    "within a chunk": _until_within_a_chunk,
}
AFTER: Final = ("after the switch", "while pruning")
BEFORE: Final = tuple(point for point in (*_LINES, *_TRAPS) if point not in AFTER)


def main(folder: str, point: str, name: str) -> None:
    """Load, and die at the point."""
    vars(bulk).update(_OCTETS=_CHUNK, _FEW=0, _SHARE=0)
    if point in _TRAPS:
        _TRAPS[point]()
    with GenerationStore(Path(folder), keep=2).write(name) as target:
        target.load(_LINES.get(point, _statements)(name))


if __name__ == "__main__":
    main(*sys.argv[1:])
