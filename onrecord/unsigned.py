"""Removes secrets from addresses: passwords, tokens, keys, signatures.

They say nothing of where something was got, and the record is read by others.
"""

import re
from typing import Final
from urllib.parse import quote, unquote

# as one may be named, with no signs between its words; a token that turns a page is no secret
_SECRET: Final = re.compile(
    r".*(?:credential|passphrase|passw(?:or)?d|secret|sessionid|signature)"
    r"|.*(?:access|api|auth|private|subscription)key(?:id)?"
    r"|(?!contin|cursor|next|page|resum|start|sync).*token"
    r"|auth(?:orization)?|bearer|hmac|jwt|pwd|sig"
)
# what is known for one by how it is written: keys of Google, tokens of GitHub, JWT (RFC 7519)
_KNOWN: Final = re.compile(r"AIza[\w-]{35}|gh[a-z]_\w{20,}|eyJ[\w-]+\.[\w-]+\.[\w-]*")
# a value, up to what has another one, such as the query after a session in the path
_PAIR: Final = re.compile(r"([?&;#])([^?&;#=]+)=([^?&;#]+(?:\?[^?&;#=]*(?=[?&;#]|$))*)")
_USER: Final = re.compile(r"^([a-z][a-z\d+.-]*://)[^/?#]*@", re.IGNORECASE)
_INSTEAD: Final = "REDACTED"


def unsigned(url: str) -> str:
    """Return an address without who logs in, and with what is secret in it struck out.

    So are those that it holds.

    >>> unsigned("https://files.example/a.csv?page=2&X-Amz-Signature=0f3a&token=7")
    'https://files.example/a.csv?page=2&X-Amz-Signature=REDACTED&token=REDACTED'
    >>> unsigned("https://me:word@files.example/a.csv")
    'https://files.example/a.csv'
    """
    return _PAIR.sub(_struck, _USER.sub(r"\1", url))


def _struck(pair: re.Match[str]) -> str:
    sign, name, value = pair.groups()
    plain, bare = unquote(value), re.sub(r"[\W_]", "", unquote(name)).casefold()
    if _SECRET.fullmatch(bare) or _KNOWN.fullmatch(plain):
        return f"{sign}{name}={_INSTEAD}"
    kept = unsigned(plain)
    return pair[0] if kept == plain else f"{sign}{name}={quote(kept, safe='')}"
