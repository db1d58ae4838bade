"""Cells that say nothing, and words that stand where a name would and name nobody."""

from typing import Final

_NOTHING: Final = frozenset(
    {
        "#n/a", "-", "--", "?", "n.a.", "n/a", "nan", "not applicable", "not available", "null",
        "–", "—",
    }
)  # fmt: skip
_NONE: Final = "None"  # as a program writes it; "none" is a word
_NOBODY: Final = frozenset(
    {
        "none", "nobody", "not attributed", "not known", "not specified", "tba", "tbd",
        "unattributed", "unclear", "undetermined", "undisclosed", "unidentified", "unknown",
        "unspecified",
    }
)  # fmt: skip
NAMES_NOBODY: Final = "names nobody"


def says_nothing(cell: str) -> bool:
    """Return whether tables and programs spell by this that a cell has no value.

    >>> says_nothing("N/A"), says_nothing("none"), says_nothing("Unknown")
    (True, False, False)
    """
    return cell.casefold() in _NOTHING or cell == _NONE


def names_nobody(cell: str) -> bool:
    """Return whether a word where a name would stand is none, since nobody is known or told."""
    return cell.casefold() in _NOBODY or says_nothing(cell)
