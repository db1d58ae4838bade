"""Addresses without what lets whoever has them in: tokens, keys, signatures in their queries.

They say nothing of where something was got, and the record is read by others.
"""

import re
from typing import Final

_SECRET: Final = re.compile(
    r"(?<=[?&;#])((?:x-(?:amz|goog)-(?:credential|security-token|signature)|sig|signature"
    r"|(?:access|auth|id|oauth|private|refresh|security|session)?[_-]?token"
    r"|(?:api|access|auth|subscription)[_-]?key(?:[_-]?id)?|awsaccesskeyid|jwt"
    r"|(?:client[_-]?)?secret|passw(?:or)?d|pwd)=)[^&;#]+",
    re.IGNORECASE,
)
_INSTEAD: Final = "REDACTED"


def unsigned(url: str) -> str:
    """Return an address with the values of what is secret in it struck out.

    >>> unsigned("https://files.example/a.csv?page=2&X-Amz-Signature=0f3a&token=7")
    'https://files.example/a.csv?page=2&X-Amz-Signature=REDACTED&token=REDACTED'
    """
    return _SECRET.sub(rf"\1{_INSTEAD}", url)
