"""Times of STIX as they are spelled: compared in UTC, and named without zeros at their end."""

import re
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal

from loaders.values import is_before, moment
from onrecord.errors import BadInput

# what OpenCTI writes, or once wrote, where the beginning or the end of something is open
_OPEN: Final = ("1900-01-01T00:00:00", "1970-01-01T00:00:00", "5138-11-16T09:46:40")
_NO_TIME: Final = "is not a time such as 2024-03-27T09:48:32Z"
# of which the second is never before the first, and whether it has to be later (STIX 2.1,
# sections 3.2, 4, 5.1 and 5.2)
PERIODS: Final = (
    ("start_time", "stop_time", True), ("first_seen", "last_seen", False),
    ("valid_from", "valid_until", True), ("first_observed", "last_observed", False),
    ("created", "modified", False),
)  # fmt: skip
BEGINNINGS: Final = {last: first for first, last, _ in PERIODS}
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


def time(told: object) -> Literal:
    """Return the time that a field tells; raises BadInput for none, and for an open end."""
    if not isinstance(told, str):
        raise BadInput(_NO_TIME)
    spelled = in_utc(told.strip())
    if spelled.startswith(_OPEN):
        raise BadInput("stands for a time that is not known")
    try:
        return moment(without_zeros(spelled))
    except BadInput as error:
        raise BadInput(_NO_TIME) from error


def is_turned(begin: object, end: Literal) -> bool:
    """Return whether a period ends before it begins; what tells no time begins none."""
    try:
        return is_before(end, time(begin))
    except BadInput:
        return False
