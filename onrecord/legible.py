"""Text of others as it may be shown: what would steer a terminal or turn words is spelled out.

A name may hold signs that move the cursor, hide a line or turn the order of what follows, so
that something else is read than what stands there. The record keeps them; here they are seen.
"""

import re
from typing import Final

# controls but for tab and line feed; line and paragraph separators; embeddings, overrides and
# isolates of direction (UAX #9, section 2), not the marks that names in Arabic or Hebrew need;
# octets of a file's name that are no UTF-8
_STEERING: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_TURNING: Final = re.compile(r"[\u202d\u202e]")  # a page keeps all else within <bdi>
_LONG: Final = 200  # signs of a name; a cell of a table may hold a whole text


def named(name: str) -> str:
    """Return as much of a name as tells what is meant; the whole stands where it is said."""
    return name if len(name) <= _LONG else f"{name[:_LONG]}…"


def unturned(text: str) -> str:
    r"""Return a text as a page may show it: no sign stands in another order than it is read.

    >>> unturned("exe.\u202efdp")
    'exe.\\u202efdp'
    """
    return _TURNING.sub(_spelled, text)


def legible(text: str) -> str:
    r"""Return a text with what would steer a terminal spelled out.

    >>> legible("plain\x1b[31mred")
    'plain\\x1b[31mred'
    """
    return _STEERING.sub(_spelled, text)


def in_a_line(text: str) -> str:
    r"""Return a text as it may be shown where each line says something of its own.

    >>> in_a_line("quay.csv\npublished generation 9")
    'quay.csv\\npublished generation 9'
    """
    return legible(text).replace("\n", r"\n")


def _spelled(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape", "surrogatepass").decode("ascii")
