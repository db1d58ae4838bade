"""Cells that say nothing, and words that stand where a name would and name nobody."""

import re
from typing import Final

_NOTHING: Final = frozenset(
    {
        "#n/a", "-", "--", "n.a.", "n/a", "not applicable", "not available", "–", "—",
    }
)  # fmt: skip
# as programs write it; "none" is a word, and people are called Nan
_WRITTEN: Final = frozenset({"None", "NULL", "NaN", "nan", "null"})
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
_ANYBODY: Final = re.compile(
    r"(?:an? |some |several )?"
    r"(?:unknown|unidentified|unattributed|undisclosed|unnamed|unspecified)"
    r"(?: (?:foreign|malicious|state|state-sponsored|threat))*"
    r" (?:actors?|adversar(?:y|ies)|attackers?|entit(?:y|ies)|groups?|hackers?|individuals?"
    r"|operators?|organi[sz]ations?|part(?:y|ies)|people|persons?|sources?|users?)"
    r"|(?:acteurs?|groupes?|individus?) (?:inconnus?|non identifiés?)",
    re.IGNORECASE,
)
# what a spreadsheet writes where a formula fails (ECMA-376 part 1, section 18.18.11)
_ERRORS: Final = frozenset(
    {
        "#BLOCKED!", "#CALC!", "#DIV/0!", "#FIELD!", "#GETTING_DATA", "#NAME?", "#NULL!",
        "#NUM!", "#REF!", "#SPILL!", "#VALUE!",
    }
)  # fmt: skip
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


def is_anybody(name: str) -> bool:
    """Return whether a name, which may begin with a small letter, says that nobody is known.

    >>> is_anybody("unknown Threat Actor"), is_anybody("menuPass"), is_anybody("Unknown Heron")
    (True, False, False)
    """
    return _ANYBODY.fullmatch(name) is not None


def is_failed(cell: str) -> bool:
    """Return whether a text is what a formula that failed has left, but for `#N/A`.

    >>> is_failed("#NAME?"), is_failed("#name")
    (True, False)
    """
    return cell[:1] == "#" and cell in _ERRORS
