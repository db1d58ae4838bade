"""Whether a query would call another endpoint."""

import re
from typing import Final

from onrecord.errors import BadQuery

# The engine takes SERVICE for a keyword wherever one may stand, even glued to its neighbours,
# and only its whole grammar tells strings from operators: what looks like it in a text counts.
_SERVICE: Final = re.compile(
    r"SERVICE(?:\s|\#[^\n\r]*)*(?:SILENT(?:\s|\#[^\n\r]*)*)?(?:[<?$]|[\w.-]{0,100}:)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?:[?$@]|[\w%\\-]*:)[\w:%\\-]*\Z")
_LONGEST_NAME: Final = 100


def refuse_service(sparql: str, instead: str) -> None:
    """Raise BadQuery, with what to do instead, on a query that names another endpoint.

    The engine would call whatever address it names.

    >>> refuse_service("SELECT * { ?service a ?x }", "ask it yourself")
    """
    for found in _SERVICE.finditer(sparql):
        before = sparql[max(0, found.start() - _LONGEST_NAME) : found.start()]
        if not _NAME.search(before):
            line = sparql.count("\n", 0, found.start()) + 1
            raise BadQuery(f"line {line}: SERVICE is switched off; {instead}")
