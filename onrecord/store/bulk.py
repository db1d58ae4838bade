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
_FEW: Final = 1_000  # lines; from here on, files of their own cost less than a transaction
_SHARE: Final = 5_000  # lines, for fewer of which another thread is not worth it
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
    counted = ((piece, piece.count(b"\n") + 1) for piece in pieces if piece)
    for chunk in _chunks(counted, _OCTETS, _LINES):
        lines = sum(count for _, count in chunk)
        cut = list(_shares(chunk, shares if lines >= shares * _SHARE else 1, put_before))
        # a few lines go quicker as a transaction, and leave fewer files; after others they
        # go in bulk too, since what loads much may do so beside somebody's transaction
        is_few = put_before + lines < _FEW
        load = partial(engine.load if is_few else engine.bulk_load, lenient=lenient)
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


def _chunks(
    pieces: Iterable[tuple[bytes, int]], octets: int, most: int | None = None
) -> Iterator[list[tuple[bytes, int]]]:
    """Put pieces and their numbers of lines together, up to so many octets or lines."""
    chunk: list[tuple[bytes, int]] = []
    size = lines = 0
    for piece, count in pieces:
        chunk.append((piece, count))
        size += len(piece)
        lines += count
        if size >= octets or (most and lines >= most):
            yield chunk
            chunk, size, lines = [], 0, 0
    if chunk:
        yield chunk


def _shares(chunk: list[tuple[bytes, int]], of: int, before: int) -> Iterator[Share]:
    """Cut a chunk into at most so many shares of about the same size."""
    size = sum(len(piece) for piece, _ in chunk)
    for pieces in _chunks(chunk, -(-size // of)):
        lines = sum(count for _, count in pieces)
        yield Share(b"\n".join(piece for piece, _ in pieces), lines, before)
        before += lines
