"""Whether a spreadsheet has rounded the ids of a file: past fifteen digits it writes zeros."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from loaders.cells import is_rounded
from loaders.source import File
from loaders.streams import head_of

_KEPT: Final = 15  # digits of a number (IEEE 754, as spreadsheets show it)
_LEAST: Final = 3  # ids that end so, before it is no chance any more
_LONG: Final = re.compile(
    r"""(?<=[,:;\t\n"'\[ ])[1-9]\d{15,19}(?=[,;\t\r\n"'\]} ])""", re.ASCII
)


@lru_cache(8)
def rounding(file: File) -> Callable[[str], bool]:
    """Return what tells of an id of a file that digits of it are lost.

    One id in a thousand ends in three zeros; where most ids of a file end in as many as a
    spreadsheet puts there, none that does can be told from one that was rounded.
    """
    found = set(_LONG.findall(f"\n{head_of(file)}"))
    lost = sum(map(_ends_in_zeros, found))
    return _is_lost if lost >= _LEAST and 2 * lost > len(found) else is_rounded


def _is_lost(cell: str) -> bool:
    return is_rounded(cell) or (cell.isdigit() and _ends_in_zeros(cell))


def _ends_in_zeros(digits: str) -> bool:
    """Return whether no digit beyond the fifteenth is other than zero.

    >>> _ends_in_zeros("914580356430536000"), _ends_in_zeros("914580356430536707")
    (True, False)
    """
    return len(digits) > _KEPT and not digits[_KEPT:].strip("0")
