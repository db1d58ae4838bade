"""CSV of solutions, made from the engine's TSV, which is quick and leaves nothing open.

The engine's own CSV does not quote IRIs with commas, as of passages, so that nobody can tell
its cells apart. In its TSV a cell is a term as Turtle spells it, without tab or line break.
"""

import re
from collections.abc import Callable
from typing import Final

_COMMAS: Final = bytes.maketrans(b"\t", b",")
_ESCAPE: Final = re.compile(rb"\\(.)")
_ESCAPED: Final = {b"t": b"\t", b"n": b"\n", b"r": b"\r"}  # other controls stand as they are
_REMEMBERED: Final = 10_000
_DOUBTFUL: Final = re.compile(rb'[",\r\n]')


class CsvSink:
    """Takes TSV as the engine writes it, and writes the same as CSV (SPARQL 1.1, RFC 4180)."""

    def __init__(self, write: Callable[[bytes], int]) -> None:
        self._write = write
        self._rest = b""
        self._is_header = True
        self._cells = Cells()

    def write(self, data: bytes) -> int:
        """Write the lines that are whole."""
        lines, _, rest = bytes(data).rpartition(b"\n")
        if len(rest) == len(data):
            self._rest += rest
            return len(data)
        lines, self._rest = self._rest + lines + b"\n", rest
        if self._is_header:
            names, _, lines = lines.partition(b"\n")
            self._is_header = False
            self._write(names.replace(b"?", b"").replace(b"\t", b",") + b"\r\n")
        if lines:
            self._write(csv_of_tsv(lines, self._cells))
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever owns what is written to flushes it."""


def csv_of_tsv(lines: bytes, cells: "Cells | None" = None) -> bytes:
    r"""Return lines of TSV as lines of CSV.

    >>> csv_of_tsv(b'<http://e/1,2>\t"a \\"b\\" c"@en\t1.5\n')
    b'"http://e/1,2","a ""b"" c",1.5\r\n'
    """
    # of what has no quotes, only a statement as a term has blanks
    if not (b'"' in lines or b"," in lines or b" " in lines):
        return lines.translate(_COMMAS, b"<>").replace(b"\n", b"\r\n")
    cells = Cells() if cells is None else cells
    rows = (row.split(b"\t") for row in lines.split(b"\n")[:-1])
    return b"".join([b",".join([cells[term] for term in row]) + b"\r\n" for row in rows])


class Cells(dict[bytes, bytes]):
    """The cells of the last terms; many of them come again in the next rows."""

    def __missing__(self, term: bytes) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = _value(term)
        if _DOUBTFUL.search(value):
            value = b'"%s"' % value.replace(b'"', b'""')
        self[term] = value
        return value


def _value(term: bytes) -> bytes:
    if term.startswith(b'"'):
        text = term[1 : term.rindex(b'"')]
        return _ESCAPE.sub(_sign, text) if b"\\" in text else text
    return term[1:-1] if term.startswith(b"<") and not term.startswith(b"<<") else term


def _sign(found: re.Match[bytes]) -> bytes:
    return _ESCAPED.get(found[1], found[1])
