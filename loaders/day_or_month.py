"""Whether a file that writes dates with slashes has the month first, by what its cells show."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from loaders.cells import Moment, american_moment
from loaders.source import File
from loaders.streams import head_of
from loaders.values import refuse_unlikely
from onrecord.errors import BadInput

_LINES: Final = 1 << 20  # characters of lines at once
# all begin with a slash, and look back from there to where the cell begins: seven times as fast
_CELL: Final = r'[,;\t\n"]'
_BOTH: Final = rf"/(?:(?<={_CELL}\d/)|(?<={_CELL}\d\d/))"
_END: Final = r'(?=[,;\t\r\n"]| \d|\Z)'  # of the cell, or a time of the day: no text goes on
_DATE: Final = re.compile(rf"{_BOTH}\d{{1,2}}/\d{{4}}\b", re.ASCII)
# beyond the months of a year
_FIRST: Final = re.compile(
    rf"/(?<={_CELL}1[3-9]/|{_CELL}[23]\d/)\d{{1,2}}/\d{{4}}{_END}", re.ASCII
)
_SECOND: Final = re.compile(rf"{_BOTH}(?:1[3-9]|[23]\d)/\d{{4}}{_END}", re.ASCII)
_EITHER: Final = re.compile(r"(\d{1,2})/(\d{1,2})/")


@lru_cache(8)
def moments(file: File) -> Callable[[str], Moment]:
    """Return how the dates of a file are read: as `american_moment` does, but for
    what is no likely time.

    Where more cells have a day beyond 12 in the first place than in the second, somebody wrote
    or saved the file day first, and a cell that may be either is refused.
    """
    if not _DATE.search(head_of(file)):
        return _likely
    first = second = 0
    with file.open() as text:
        while lines := text.readlines(_LINES):
            cells = "\n" + "".join(lines)
            first += len(_FIRST.findall(cells))
            second += len(_SECOND.findall(cells))
    return _unsure if first > second else _likely


def _likely(cell: str) -> Moment:
    told = american_moment(cell)
    _refuse_unlikely_day(told.day)
    return told


_refuse_unlikely_day: Final = lru_cache(10_000)(refuse_unlikely)


def _unsure(cell: str) -> Moment:
    found = _EITHER.match(cell)
    if found and max(map(int, found.groups())) <= 12 and found[1] != found[2]:
        raise BadInput("may be day/month/year, as other cells of the file are")
    return _likely(cell)
