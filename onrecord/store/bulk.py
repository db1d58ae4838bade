"""N-Quads on their way into an engine, several shares of them at once."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import RdfFormat, Store

from onrecord.errors import BadInput

_OCTETS: Final = 40_000_000  # some 230,000 lines, for which the engine takes 250 MB
_LINES: Final = 250_000  # of short ones the engine takes a kilobyte each
_FEW: Final = 5_000  # lines
SHARES: Final = 4  # side by side, where nothing else wants the cores


@dataclass(frozen=True, slots=True)
class Share:
    """Some whole lines without the last line end, and how many were put before them."""

    octets: bytes
    lines: int
    before: int


def put(
    engine: Store, pieces: Iterable[bytes], shares: int, *, lenient: bool = False
) -> Iterator[Share]:
    """Load N-Quads in bounded chunks, each piece some whole lines; yield what was loaded.

    So many shares of a chunk are loaded side by side, where it is worth it. Raises BadInput
    with the line; what was loaded beside it stays.
    """
    put_before = 0
    for chunk in _chunks(pieces, _OCTETS, _LINES):
        lines = sum(map(_lines, chunk))
        cut = list(_shares(chunk, shares if lines >= shares * _FEW else 1, put_before))
        # a few lines go quicker as a transaction, and leave fewer files
        load = partial(engine.load if lines < _FEW else engine.bulk_load, lenient=lenient)
        if len(cut) == 1:
            _load(load, cut[0])
        else:  # which only adds files to the indexes: the engine itself does several at once
            with ThreadPoolExecutor(len(cut)) as threads:
                list(threads.map(partial(_load, load), cut))
        yield from cut
        put_before += lines


def _load(load: partial[None], share: Share) -> None:
    try:
        load(share.octets, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        line = share.before + (error.lineno or 1)
        raise BadInput(f"N-Quads, statement {line}: {error.msg}") from error


def _lines(octets: bytes) -> int:
    return octets.count(b"\n") + 1


def _chunks(
    pieces: Iterable[bytes], octets: int, most: int | None = None
) -> Iterator[list[bytes]]:
    """Put pieces together, up to the one with which there are so many octets or lines."""
    chunk: list[bytes] = []
    size = lines = 0
    for piece in filter(None, pieces):
        chunk.append(piece)
        size += len(piece)
        lines += _lines(piece)
        if size >= octets or (most and lines >= most):
            yield chunk
            chunk, size, lines = [], 0, 0
    if chunk:
        yield chunk


def _shares(chunk: list[bytes], of: int, before: int) -> Iterator[Share]:
    """Cut a chunk into at most so many shares of about the same size."""
    size = sum(map(len, chunk))
    for pieces in _chunks(chunk, -(-size // of)):
        octets = b"\n".join(pieces)
        share = Share(octets, _lines(octets), before)
        yield share
        before += share.lines
