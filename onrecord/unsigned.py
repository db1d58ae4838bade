"""Removes secrets from addresses, and from what could not be read: passwords, tokens, keys.

They say nothing of where something was got, nor of what is wrong with it, and others read that.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, unquote

# as one may be named, with no signs between its words; a token that turns a page is no secret
_SECRET: Final = re.compile(
    r".*(?:(?:credential|passcode|passphrase|passw(?:or)?d|secret)s?"
    r"|(?<!as)sess(?:ion)?id|signature)"
    r"|.*(?:access|api|app|auth|functions|private|resource|session|share|subscription)"
    r"key(?:id|s)?|rlkey"
    r"|(?!contin|cursor|next|page|resum|start|sync).*token"
    r"|auth(?:orization)?|bearer|cvv|hmac|jwt|pass|pw|pwd|sig"
)
# what is known for one by how it is written, wherever it stands: keys of Google and Amazon,
# tokens of GitHub, GitLab, Slack and Stripe, of bots of Telegram, JWT (RFC 7519), and the hooks
# of Slack and Discord, of which the path is one
_KNOWN: Final = re.compile(
    r"\bAIza[\w-]{35}|\bA[KS]IA[A-Z\d]{16}\b|\bgh[oprsu]_[A-Za-z\d]{20,}|\bgithub_pat_\w{20,}"
    r"|\bglpat-[\w-]{20,}|\bxox[a-z]-\d[\w-]{9,}|\b[rs]k_(?:live|test)_[A-Za-z\d]{16,}"
    r"|(?<=/bot)\d{6,12}(?::|%3[aA])[\w-]{30,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*"
    r"|(?<=hooks\.slack\.com/services/)[\w/-]+|(?<=/api/webhooks/)\d+/[\w-]+",
)
# a code says a country or a chapter as often as it lets somebody in; then it has signs of all
# kinds, as a program draws them
_DRAWN: Final = re.compile(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=~.-]{20,}", re.ASCII)
# a value, up to what has another one, such as the query after a session in the path
_PAIR: Final = re.compile(r"([?&;#])([^?&;#=]+)=([^?&;#]+(?:\?[^?&;#=]*(?=[?&;#]|$))*)")
_USER: Final = re.compile(r"^([a-z][a-z\d+.-]*://)[^/?#]*@", re.IGNORECASE)
_INSTEAD: Final = "REDACTED"
# of JSON, whatever is wrong with it: a name, and a text, a number or a list of such
_VALUE: Final = r'(?:"(?:[^"\\]|\\.)*+\\?(?:"|$)|-?\d[\w.+-]*+)'
_FIELD: Final = re.compile(
    rf'("(?:[^"\\]|\\.)*+"\s*+:\s*+)({_VALUE}|\[\s*+{_VALUE}(?:\s*+,\s*+{_VALUE})*+)'
)


def unsigned(url: str) -> str:
    """Return an address without who logs in, and with what is secret in it struck out.

    So are those that it holds.

    >>> unsigned("https://files.example/a.csv?page=2&X-Amz-Signature=0f3a&token=7")
    'https://files.example/a.csv?page=2&X-Amz-Signature=REDACTED&token=REDACTED'
    >>> unsigned("https://me:word@files.example/a.csv")
    'https://files.example/a.csv'
    >>> unsigned("https://hooks.slack.com/services/T0/B0/x"), unsigned("https://a.example/?code=IS")
    ('https://hooks.slack.com/services/REDACTED', 'https://a.example/?code=IS')
    """
    return _KNOWN.sub(_INSTEAD, _PAIR.sub(_struck, _USER.sub(r"\1", url)))


def names_secret(name: str) -> bool:
    """Return whether a field, column or parameter of a name has something secret.

    >>> [names_secret(name) for name in ("Session_Token", "passwords", "API-Keys")]
    [True, True, True]
    >>> [names_secret(name) for name in ("session", "next_page_token", "passport", "tokens")]
    [False, False, False, False]
    """
    return bool(_SECRET.fullmatch(_bare(name)))


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def shown(name: str, value: str) -> str:
    """Return a value at fault as it may be shown, by the name of its field or column."""
    return _INSTEAD if value and names_secret(name) else unkeyed(value)


def unkeyed(text: str) -> str:
    """Return JSON, or what was meant for it, in which nothing stands under secret names.

    >>> print(unkeyed('{"name": "quay", "password": ["a", 1], "api_key": "c'))
    {"name": "quay", "password": [""], "api_key": ""
    """
    return _FIELD.sub(_field_emptied, text)


def _field_emptied(field: re.Match[str]) -> str:
    name, value = field.groups()
    empty = '[""' if value.startswith("[") else '""'
    return f"{name}{empty}" if names_secret(name) else field[0]


def without_secrets(cells: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the cells of a row; those in columns of secret names are empty.

    Where there are more or fewer of them, one may stand in any column from the first such on.

    >>> without_secrets(["quay", "a", ""], ["handle", "password", "token"])
    ['quay', '', '']
    """
    secret = {at for at, name in enumerate(names) if names_secret(name)}
    if secret and len(cells) != len(names):
        secret.update(range(min(secret), len(cells)))
    return ["" if at in secret else cell for at, cell in enumerate(cells)]


def _struck(pair: re.Match[str]) -> str:
    sign, name, value = pair.groups()
    plain, told = unquote(value), unquote(name)
    is_code = _bare(told) == "code" and _DRAWN.fullmatch(plain)
    if is_code or names_secret(told) or _KNOWN.fullmatch(plain):
        return f"{sign}{name}={_INSTEAD}"
    kept = unsigned(plain)
    return pair[0] if kept == plain else f"{sign}{name}={quote(kept, safe='')}"
