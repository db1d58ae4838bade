"""What a sentence of Meta's summaries says beside what is read of it."""

import re
from collections.abc import Iterable
from typing import Final

from loaders.meta_doubts import NOUN

# fewer words in a row are those that tie together what is read
_MANY: Final = 8
_WORD: Final = re.compile(r"[^\W_][\w’'.,-]*")
# who speaks and of what, which is part of all that is read; and why Meta removes what it does
_FRAME: Final = re.compile(
    r"\b(?:we|meta|investigation)\s+(?:(?:have|has|also)\s+)*\w+(?:\s+that)?\b"
    rf"|\b(?:an?|the|this)\s+(?:[\w-]+\s+){{0,5}}?{NOUN}\b(?:\s+operators)?"
    r"|\b(?:network\s+)?operators\b"
    r"|\bfor\s+violating\s+our\s+(?:policy|policies)\s+against\s+[^.,;]+",
    re.IGNORECASE,
)


def says_more(sentence: str, read: Iterable[tuple[int, int]]) -> bool:
    """Return whether many words in a row stand outside the ranges that are read.

    >>> says_more("We removed 3 Pages.", [(11, 18)])
    False
    >>> says_more("We removed 3 Pages, and people who drew cranes by night saw it.", [(11, 18)])
    True
    """
    rest = list(sentence)
    spans = [*read, *(found.span() for found in _FRAME.finditer(sentence))]
    for first, last in spans:
        rest[first:last] = "|" * (last - first)
    return any(len(_WORD.findall(run)) >= _MANY for run in "".join(rest).split("|"))
