"""Accounts, domains and web addresses, the same wherever they are named.

Indicators come defanged (`hxxps://example[.]org`), so that nobody follows them by accident; the
record keeps them as they are.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from pyoxigraph import NamedNode

from ontology import term
from ontology.identity import Mint

_DEFANGED: Final = (
    (re.compile(r"\[(?:\.|dot)\]|\((?:\.|dot)\)|\{(?:\.|dot)\}|\\\.", re.IGNORECASE), "."),
    (re.compile(r"\[(?:@|at)\]|\((?:@|at)\)", re.IGNORECASE), "@"),
    (re.compile(r"[\[{(](:|://|/)[\]})]"), r"\1"),
    (re.compile(r"^\s*h(?:xx|\*\*|tt|XX)p(s?)(?=:)", re.IGNORECASE), r"http\1"),
    (re.compile(r"^\s*fxp(?=:)", re.IGNORECASE), "ftp"),
)
# an address that needs no second look; it has a host, a path and no odd sign
_AS_IT_IS: Final = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,3}[a-z]{2,63}"
    r"/[A-Za-z0-9/_.~%+=-]*(?:\?[A-Za-z0-9/_.~%+=&-]+)?"
)
# where a second address begins at the end of the first: one that it holds, such as that of a
# page in an archive, stands behind a sign or a blank that parts them, spelled out or not
_GLUED: Final = re.compile(
    r"(?:[^\W_]|[,;|])(?<!%[023][0-9a-f])(?<!%c2%a0)h(?:tt|xx)ps?:/", re.IGNORECASE
)
# what begins and holds no sign like this is as a browser takes it
_PLAIN: Final = ("http://", "https://")
_BRACKETS: Final = frozenset("[]{}()\\")
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_TOP: Final = r"(?!(?:html?|php|exe|dll|apk|rar|pdf|docx?|xlsx?|txt|jpe?g|png)$)[^\W\d_]{2,63}"
_HOST: Final = re.compile(rf"(?:_?{_LABEL}\.)+(?:{_TOP}|xn--[a-z0-9-]{{2,59}})")

# host, without www., m. and languages: platform, and where in the path the handle stands
_HOSTS: Final[dict[str, tuple[str, str]]] = {
    "bitchute.com": ("bitchute", r"channel/([^/]+)"),
    "bsky.app": ("bluesky", r"profile/([^/]+)"),
    "dailymotion.com": ("dailymotion", r"([^/]+)"),
    "facebook.com": ("facebook", r"(?:pg/|people/[^/]+/)?([^/]+)"),
    "fb.com": ("facebook", r"([^/]+)"),
    "gab.com": ("gab", r"([^/]+)"),
    "gettr.com": ("gettr", r"user/([^/]+)"),
    "instagram.com": ("instagram", r"([^/]+)"),
    # a company may be called as somebody is
    "linkedin.com": ("linkedin", r"(?:in/|(?=company/))((?:company/)?[^/]+)"),
    "livejournal.com": ("livejournal", r"users/([^/]+)"),
    "medium.com": ("medium", r"@([^/]+)"),
    "odysee.com": ("odysee", r"@([^/:]+)"),
    "ok.ru": ("odnoklassniki", r"profile/([^/]+)"),
    "patreon.com": ("patreon", r"([^/]+)"),
    "pinterest.com": ("pinterest", r"([^/]+)"),
    "quora.com": ("quora", r"profile/([^/]+)"),
    "reddit.com": ("reddit", r"(?:user|u)/([^/]+)"),
    "rumble.com": ("rumble", r"((?:c|user)/[^/]+)"),  # a channel and a user are two
    "soundcloud.com": ("soundcloud", r"([^/]+)"),
    "t.me": ("telegram", r"(?:s/)?([^/+]+)"),
    "telegram.me": ("telegram", r"(?:s/)?([^/+]+)"),
    "threads.net": ("threads", r"@([^/]+)"),
    "threads.com": ("threads", r"@([^/]+)"),
    "tiktok.com": ("tiktok", r"@([^/]+)"),
    "truthsocial.com": ("truthSocial", r"@([^/]+)"),
    "tumblr.com": ("tumblr", r"(?:blog/)?([^/]+)"),
    "twitter.com": ("twitter", r"@?([^/]+)"),
    "vimeo.com": ("vimeo", r"([^/]+)"),
    # what begins so is a group, an event, or a thing that somebody posted
    "vk.com": (
        "vkontakte",
        r"(?!(?:club|public|event|app|wall|photo|video|clip|album|topic|doc"
        r"|audio|story|market|product|page|poll)-?\d)([^/]+)",
    ),
    "weibo.com": ("weibo", r"(?:u/|n/)?([^/]+)"),
    "x.com": ("twitter", r"@?([^/]+)"),
    # what an older name leads to need not be the channel of that handle
    "youtube.com": ("youtube", r"(?:@|channel/|(?=c/|user/))((?:c/|user/)?[^/]+)"),
}
_BEFORE_HOST: Final = re.compile(
    r"^(?:www|m|mobile|[a-z]{2}|[a-z]{2}-[a-z]{2}|mbasic|web|old)\."
)
_ON_TWITTER: Final = re.compile(r"\w{1,20}", re.ASCII)
_ON_MASTODON: Final = re.compile(r"[^\s/+@]+@[^\s/+@]+\.[^\s/+@]+")  # which is many servers
_ANYWHERE: Final = re.compile(r"[^\s/+]+|\+\d{6,15}", re.ASCII)  # or a number (ITU-T E.164)
_HANDLES: Final = {"mastodon": _ON_MASTODON, "twitter": _ON_TWITTER}
# what stands where a handle would, and what leads past the account to one of its posts
_NO_HANDLES: Final = frozenset(
    {
        "about", "ads", "channel", "events", "explore", "feed", "groups", "hashtag", "help",
        "home", "i", "intent", "joinchat", "login", "p", "pages", "people", "permalink.php",
        "photo", "photo.php", "photos", "plugins", "posts", "privacy", "profile.php",
        "reel", "reels", "search", "settings", "share", "sharer", "sharer.php", "status",
        "stories", "story.php", "tag", "tv", "video", "videos", "wall", "watch",
    }
)  # fmt: skip
# a platform's own number of an account, in which upper and lower case may differ
_IDS: Final = {
    "bluesky": re.compile(r"(?:profile/)?(did:[a-z]+:[\w.:%-]+)", re.ASCII),
    "facebook": re.compile(r"(?:(?:pages|people)/[^/]+/)?(\d{8,})", re.ASCII),
    "vkontakte": re.compile(r"id(\d+)", re.ASCII),
    "odnoklassniki": re.compile(r"profile/(\d+)", re.ASCII),
    "youtube": re.compile(r"(?:channel/)?(UC[\w-]{22})", re.ASCII),
}
_HANDLE: Final = re.compile(r"@?[^\s/?#<>\"@][^\s/?#<>\"]{0,99}")


@dataclass(frozen=True, slots=True)
class Handle:
    """What an address says of an account: a platform, and its handle or the platform's id."""

    platform: NamedNode
    handle: str = ""
    id: str = ""

    def account(self, mint: Mint) -> NamedNode:
        """Return the account."""
        return account(self.platform, mint, handle=self.handle, id=self.id)


def refanged(spelled: str) -> str:
    """Return an address as a browser would take it.

    >>> refanged("hxxps://news[.]example(.)org/a")
    'https://news.example.org/a'
    """
    if not spelled.startswith(_PLAIN) or not _BRACKETS.isdisjoint(spelled):
        for pattern, plain in _DEFANGED:
            spelled = pattern.sub(plain, spelled)
    return spelled.strip()


def host_of(spelled: str) -> str | None:
    """Return the domain name in a bare name or an address, in lower case; None without one."""
    found = refanged(spelled)
    host = (
        (_split(found) or SplitResult("", "", "", "", "")).hostname if "://" in found else found
    )
    host = (host or "").rstrip(".").lower()  # to fold would make two names of ß and ss one
    return host if _HOST.fullmatch(host) and len(host) <= 253 else None


def domain(spelled: str, mint: Mint) -> NamedNode | None:
    """Return the domain that a bare name spells; None where it spells none."""
    found = refanged(spelled).strip("/")
    host = None if "/" in found else host_of(found)
    # spelled out, for in a path made of words a hyphen and a dot would be one
    return NamedNode(f"{mint.base}domain/{quote(_lettered(host), safe='')}") if host else None


def _lettered(host: str) -> str:
    """Return a domain name in its own letters where it is spelled for machines (RFC 5890)."""
    return ".".join(map(_letters, host.split("."))) if "xn--" in host else host


def _letters(label: str) -> str:
    coded = label.removeprefix("xn--")
    try:
        told = coded.encode("ascii").decode("punycode")
        is_same = coded != label and told.encode("punycode").decode() == coded
    except UnicodeError:  # no such name, which is kept as it is
        return label
    # so is one that nobody could spell in letters
    return told if is_same and host_of(f"{told}.example") == f"{told}.example" else label


def address(spelled: str) -> str | None:
    """Return the web address that is spelled, with or without a scheme; None if it is none.

    Scheme and host are lower case, and an empty path is `/` (RFC 3986, section 6.2). Two of
    which one ends where the other begins are none.
    """
    if _AS_IT_IS.fullmatch(spelled):
        return spelled
    found = refanged(spelled)
    if (
        not found
        or any(sign.isspace() for sign in found)
        or any(sign in found for sign in '<>"`{}|\\^')
        or _GLUED.search(found)
    ):
        return None
    parts = _split(found if "://" in found else f"http://{found}")
    if parts is None or parts.scheme.lower() not in ("http", "https", "ftp"):
        return None
    host = (parts.hostname or "").casefold()
    if not _HOST.fullmatch(host) and not re.fullmatch(
        r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+", host
    ):
        return None
    netloc = parts.netloc.rpartition("@")[2].lower()
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=netloc, path=parts.path or "/"
    ).geturl()


def web_address(url: str, mint: Mint) -> NamedNode:
    """Return the node of a web address, as `address` gives it."""
    return NamedNode(web_address_as_spelled(url, mint))


def web_address_as_spelled(url: str, mint: Mint) -> str:
    """Return the IRI of a web address, for those who write millions of them."""
    return mint.activity_as_spelled("url", url)


def account(platform: NamedNode, mint: Mint, *, handle: str = "", id: str = "") -> NamedNode:
    """Return an account on a platform of the vocabulary, by the platform's id or by handle."""
    return mint.account(platform.value.rpartition("#")[2], handle=handle, id=id)


def is_handle(platform: NamedNode, text: str) -> bool:
    """Return whether a text may be a handle on a platform, without its sign.

    An address is none, nor is what a spreadsheet made of one: a number, a day.

    >>> is_handle(term("twitter"), "10_Crane"), is_handle(term("twitter"), "3-Mar")
    (True, False)
    """
    known = _HANDLES.get(platform.value.rpartition("#")[2], _ANYWHERE)
    return known.fullmatch(text) is not None


def spelled_handle(platform: NamedNode, text: str) -> str:
    """Return the handle that a text is, or to which it leads as address or path; or nothing.

    >>> spelled_handle(term("reddit"), "u/crane"), spelled_handle(term("reddit"), "t.me/crane")
    ('crane', '')
    """
    if is_handle(platform, text):
        return text
    hosts = [host for host, (name, _) in _HOSTS.items() if term(name) == platform]
    told = (text, f"https://{text}", *(f"https://{host}/{text.strip('/')}" for host in hosts))
    found = (handle_of(one) for one in told if "/" in text)
    return next((one.handle for one in found if one and one.platform == platform), "")


def own_id(platform: NamedNode, text: str) -> str:
    """Return the platform's own id of an account that stands where a handle would; or nothing.

    >>> own_id(term("vkontakte"), "id9001"), own_id(term("vkontakte"), "id_crane")
    ('9001', '')
    """
    own = _IDS.get(platform.value.rpartition("#")[2])
    if own and (found := own.fullmatch(text)):
        return found[1]
    led = handle_of(text if "://" in text else f"https://{text}") if "/" in text else None
    return led.id if led and led.platform == platform else ""


def handle_of(url: str, *, is_account: bool = False) -> Handle | None:
    """Return the account that a web address leads to; None where it leads elsewhere.

    An address of a post, a group or a search is none of an account. `is_account`: it is known
    to be that of one, so that the sign of its handle may be missing.

    >>> handle_of("https://x.com/@Example").handle
    'Example'
    >>> handle_of("https://www.facebook.com/groups/1234") is None
    True
    >>> handle_of("https://www.linkedin.com/company/cranes").handle
    'company/cranes'
    """
    parts = _split(address(url) or "")
    if parts is None or not parts.hostname:
        return None
    # "vk.com" begins with two letters, as "de.example.com" does
    host = parts.hostname
    known = _HOSTS.get(host) or _HOSTS.get(_BEFORE_HOST.sub("", host))
    if known is None:
        return None
    platform, pattern = term(known[0]), known[1]
    path = unquote(parts.path).strip("/")
    if platform == term("facebook") and path == "profile.php":
        told = re.search(r"(?:^|&)id=(\d+)", parts.query)
        return Handle(platform, id=told[1]) if told else None
    if known[0] in _IDS and (number := _IDS[known[0]].fullmatch(path)):
        return Handle(platform, id=number[1])
    found = re.fullmatch(pattern, path)
    # of a host such as vm.tiktok.com, which shortens addresses, the path is no handle
    is_bare = is_account and "/" not in path and host.removeprefix("www.") in _HOSTS
    if is_bare and not found:
        bare = re.fullmatch(pattern, f"@{path}")
        found = bare if bare and bare[1] == path else None
    own = found[1].rpartition("/")[2] if found else ""
    if not found or own.casefold() in _NO_HANDLES or not _HANDLE.fullmatch(own):
        return None
    return Handle(platform, handle=found[1])


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts
