"""Handles the signals that end a command like Ctrl-C, so that it cleans up."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
_TO_SHELLS: Final = 128  # and the number of the signal is the code of what it ended


class Ended(KeyboardInterrupt):
    """A command was told to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = _TO_SHELLS + number


@contextmanager
def heard() -> Iterator[None]:
    """Raise Ended where a signal would end the process at once, once; the next are ignored.

    What the caller of the process lets it ignore, as `nohup` does, stays ignored.
    """
    ours = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def at_once() -> Iterator[None]:
    """Let signals end the process at once: the engine lets Python hear nothing meanwhile."""
    usual = (signal.default_int_handler, _end)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDING)}
    ours = {number: handler for number, handler in before.items() if handler in usual}
    for number in ours:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in ours.items():
            signal.signal(number, handler)


def code(error: BaseException) -> int:
    """Return the code of what was ended, by default of what Ctrl-C ended."""
    causes = (error, error.__cause__)  # Click has its own word for it
    ended = (cause.code for cause in causes if isinstance(cause, Ended))
    return next(ended, _TO_SHELLS + signal.SIGINT)


def _end(number: int, _: FrameType | None) -> None:
    for each in _ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise Ended(number)
