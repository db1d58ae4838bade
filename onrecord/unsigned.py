"""Removes secrets from addresses: passwords, tokens, keys, signatures.

They say nothing of where something was got, and the record is read by others.
"""

import re
from typing import Final
from urllib.parse import quote, unquote

# as one may be named, with no signs between its words; a token that turns a page is no secret
_SECRET: Final = re.compile(
    r".*(?:credential|passcode|passphrase|passw(?:or)?d|secret|(?<!as)sess(?:ion)?id|signature)"
    r"|.*(?:access|api|app|auth|functions|private|resource|session|share|subscription)"
    r"key(?:id)?|rlkey"
    r"|(?!contin|cursor|next|page|resum|start|sync).*token"
    r"|auth(?:orization)?|bearer|hmac|jwt|pass|pw|pwd|sig"
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


def _struck(pair: re.Match[str]) -> str:
    sign, name, value = pair.groups()
    plain, bare = unquote(value), re.sub(r"[\W_]", "", unquote(name)).casefold()
    is_code = bare == "code" and _DRAWN.fullmatch(plain)
    if is_code or _SECRET.fullmatch(bare) or _KNOWN.fullmatch(plain):
        return f"{sign}{name}={_INSTEAD}"
    kept = unsigned(plain)
    return pair[0] if kept == plain else f"{sign}{name}={quote(kept, safe='')}"
