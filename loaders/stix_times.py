"""Times of STIX as they are spelled: compared in UTC, and named without zeros at their end."""

import re
from datetime import UTC, datetime
from typing import Final

_ZEROS: Final = re.compile(r"(?:\.0+|(?<=\.)(\d*[1-9])0+)(?=(?:Z|[+-]\d\d:\d\d)$)")
_OFFSET: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d")


def without_zeros(spelled: str) -> str:
    """Return a time without zeros at its end, as the store keeps it: claims are named by it.

    >>> without_zeros("2024-03-27T09:48:32.500Z"), without_zeros("2024-03-27T09:48:32.000Z")
    ('2024-03-27T09:48:32.5Z', '2024-03-27T09:48:32Z')
    """
    return _ZEROS.sub(lambda found: found[1] or "", spelled)


def in_utc(spelled: str) -> str:
    """Return a time with an offset as it is in UTC; any other text as it stands.

    >>> in_utc("2024-03-27T10:48:32+01:00"), in_utc("2024-03-27T09:48:32Z")
    ('2024-03-27T09:48:32Z', '2024-03-27T09:48:32Z')
    """
    if not _OFFSET.fullmatch(spelled):
        return spelled
    try:
        moment = datetime.fromisoformat(spelled).astimezone(UTC)
    except (OverflowError, ValueError):
        return spelled
    return moment.isoformat().replace("+00:00", "Z")
