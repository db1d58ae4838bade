"""Cells that say nothing, and words that stand where a name would and name nobody."""

import re
from typing import Final

_NOTHING: Final = frozenset(
    {
        "#n/a", "-", "--", "n.a.", "n/a", "not applicable", "not available", "–", "—",
    }
)  # fmt: skip
# as programs write it, R and pandas, databases; "none" is a word, and people are called Nan
_WRITTEN: Final = frozenset(
    {"(null)", "<NA>", "N.A", "NA", "NULL", "NaN", "None", "\\N", "nan", "null"}
)
_NO_NAMES: Final = frozenset(
    {
        "?", "nan", "nobody", "none", "not attributed", "not known", "not specified",
        "null", "tba", "tbd", "unattributed", "unclear", "undetermined", "undisclosed",
        "unidentified", "unknown", "unspecified",
    }
)  # fmt: skip
_NAMELESS: Final = re.compile(
    r"(?:Several|Some|Unattributed|Undisclosed|Unidentified|Unknown|Unnamed|Unspecified)"
    r"(?: [a-z]\S*)+"
)
# what a spreadsheet writes where a formula fails (ECMA-376 part 1, section 18.18.11)
_ERRORS: Final = frozenset(
    {
        "#BLOCKED!", "#CALC!", "#DIV/0!", "#FIELD!", "#GETTING_DATA", "#NAME?", "#NULL!",
        "#NUM!", "#REF!", "#SPILL!", "#VALUE!",
    }
)  # fmt: skip
# codes of countries that stand for nothing as often
CODE_OR_NOTHING: Final = {
    "NA": "may be Namibia, or no value",
    "No": "may be Norway, or none",
    "no": "may be Norway, or none",
}
FORMULA_FAILED: Final = "is what a formula that failed has left"
NOBODY: Final = "names nobody"


def says_nothing(cell: str) -> bool:
    """Return whether tables and programs spell by this that a cell has no value.

    >>> says_nothing("N/A"), says_nothing("none"), says_nothing("Unknown")
    (True, False, False)
    """
    return cell in _WRITTEN or cell.casefold() in _NOTHING


def names_nobody(cell: str) -> bool:
    """Return whether a word where a name would stand is none, since nobody is known or told."""
    return cell.casefold() in _NO_NAMES or says_nothing(cell)


def describes_people(words: str) -> bool:
    """Return whether words where a name would stand describe people whom nobody names.

    >>> describes_people("Unknown actors"), describes_people("Unknown Heron")
    (True, False)
    """
    return words[:1].islower() or _NAMELESS.fullmatch(words) is not None


def is_failed(cell: str) -> bool:
    """Return whether a text is what a formula that failed has left, but for `#N/A`.

    >>> is_failed("#NAME?"), is_failed("#name")
    (True, False)
    """
    return cell[:1] == "#" and cell in _ERRORS
