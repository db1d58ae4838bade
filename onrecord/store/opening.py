"""Opening a generation to read."""

import pyoxigraph

from onrecord.errors import StoreError
from onrecord.store.complaints import one_line
from onrecord.store.disk import is_full
from onrecord.store.layout import Layout


def opened(layout: Layout, number: int) -> pyoxigraph.Store:
    """Open a generation that nothing writes to; raises StoreError where files are damaged."""
    try:
        return pyoxigraph.Store.read_only(str(layout.store(number)))
    except (OSError, RuntimeError) as error:
        if is_full(error):
            raise
        raise StoreError(
            f"{layout.generation(number)}: cannot be opened; `onrecord rollback` serves the "
            f"generation before, where it is kept: {one_line(error)}"
        ) from error
