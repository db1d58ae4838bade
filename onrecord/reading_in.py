"""What Ctrl-C does while modules are read in: it ends the program at once, and says so."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def reading_in() -> Iterator[None]:
    """End at once on Ctrl-C, since an error raised among imports may be caught by one of them.

    What the caller of the process lets it ignore stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(number: int, _: FrameType | None) -> None:
    os.write(sys.stderr.fileno(), b"\nonrecord: stopped; nothing was begun\n")
    os._exit(128 + number)
