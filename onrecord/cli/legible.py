"""Text of others as a terminal may show it: what would steer it is spelled out.

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


def legible(text: str) -> str:
    r"""Return a text with what would steer a terminal spelled out.

    >>> legible("plain\x1b[31mred")
    'plain\\x1b[31mred'
    """
    return _STEERING.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape", "surrogatepass").decode("ascii")
