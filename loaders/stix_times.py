"""Times of STIX as they are spelled: compared in UTC, and named without zeros at their end."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pyoxigraph import Literal

from loaders.values import is_before, moment
from onrecord.errors import BadInput

# what OpenCTI writes, or once wrote, where the beginning or the end of something is open
_OPEN: Final = ("1900-01-01T00:00:00", "1970-01-01T00:00:00", "5138-11-16T09:46:40")
_NO_TIME: Final = "is not a time such as 2024-03-27T09:48:32Z"
# of which the second is never before the first (STIX 2.1, sections 4, 5.1, 5.2 and 6.15)
_PERIODS: Final = (
    ("first_observed", "last_observed"),
    ("first_seen", "last_seen"),
    ("start_time", "stop_time"),
    ("valid_from", "valid_until"),
)
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


def time_in(fields: Mapping[str, Any], name: str) -> Literal:
    """Return the time that a field tells.

    Raises BadInput for what is none, stands for one that nobody knows, or ends a period before
    it begins; then the other field does, too.
    """
    found = _time(fields.get(name))
    for first, last in _PERIODS:
        if name in (first, last) and _is_turned(fields.get(first), fields.get(last)):
            raise BadInput(f"{last} is before {first}")
    return found


def _time(told: object) -> Literal:
    if not isinstance(told, str):
        raise BadInput(_NO_TIME)
    spelled = told.strip()
    if spelled.startswith(_OPEN):
        raise BadInput("stands for a time that is not known")
    try:
        return moment(without_zeros(in_utc(spelled)))
    except BadInput as error:
        raise BadInput(_NO_TIME) from error


def _is_turned(first: object, last: object) -> bool:
    try:
        return is_before(_time(last), _time(first))
    except BadInput:  # so that neither is held against it
        return False
