"""Makes garbage collection rarer during a load.

What a load has in memory holds hardly a cycle, but millions of objects to look through: by
Python's own measure a quarter of the time of a large load went into looking.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (500_000, 10, 10)  # objects, looks at the young, looks at the middle-aged


@contextmanager
def seldom_sought() -> Iterator[None]:
    """Let Python look for cycles seldom; what a reader leaves as cycles still goes."""
    before = gc.get_threshold()
    gc.set_threshold(*(max(pair) for pair in zip(before, _SELDOM, strict=True)))
    try:
        yield
    finally:
        gc.set_threshold(*before)
