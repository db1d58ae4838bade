"""What reports list as indicators: accounts, domains, addresses, files, apps, hashtags."""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.assets import Handle
from loaders.records import Attestation, Claim, Passage
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint

_HASHES: Final = {
    32: "MD5",
    40: "SHA-1",
    56: "SHA-224",
    64: "SHA-256",
    96: "SHA-384",
    128: "SHA-512",
}
_EMAIL: Final = re.compile(r"[^\s@<>\"',;:/]+@([^\s@<>\"',;:/]+)")
_SIGN: Final = re.compile(r"[#＃]")
_JOINERS: Final = re.compile(r"[\u200c\u200d]")
_MENTION: Final = re.compile(r"@([\w.\-]{1,60})")
_URL: Final = re.compile(r"(?:https?|hxxps?|ftp)\s?(?::|\[:\])//\S+", re.IGNORECASE)
_UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"
_EDGES: Final = re.compile(rf"(?<!\S)[{_UNSEEN}]+|[{_UNSEEN}]+(?!\S)")
# an address that a blank breaks before `.html`, and a word with signs that nobody sees
_SPOILT: Final = re.compile(
    rf"(?<![^\s(\"“]){_URL.pattern}(?<![,;.)])\s[^\s/:]+\.(?:html?|php|aspx?|jsp)\b"
    rf"|(?<!\S)[^\s{_UNSEEN}]*[{_UNSEEN}]\S*",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r"(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\[\.\][\w-]+(?:(?:\[\.\]|\.)[\w-]+)*(?:/\S*)?"
)
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@|\[(?:@|at)\])[\w-]+(?:(?:\.|\[\.\])[\w-]+)+", re.IGNORECASE
)
_PREFIX: Final = re.compile(r"/\d{1,3}$", re.ASCII)
_TRAILING: Final = ".,;:)]}>'\"”’"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A thing that a report points to: its node, its class, and what says which it is."""

    node: NamedNode
    kind: str
    name: str
    told: tuple[Claim, ...]


def introduced(voice: Voice, found: Indicator, where: Passage) -> Iterator[Attestation]:
    """Yield what an indicator is, the first time that it comes up in a file."""
    yield from voice.introduce(found.node, found.kind, found.name, where, *found.told)


def indicator(spelled: str, mint: Mint, platform: NamedNode | None = None) -> Indicator | None:
    """Return the one thing that a cell spells, defanged or not; None where it spells none.

    A bare `@name` is an account of the platform that is known from elsewhere.
    """
    text = spelled.strip().strip("`'\"")
    for read in (hashed_file, ip_address, email, hashtag):
        if found := read(text, mint):
            return found
    if platform and _MENTION.fullmatch(text) and (told := handle_in(platform, text)):
        return account(told, mint)
    if any(sign.isspace() for sign in text):
        return None
    return named_host(text, mint) or web(text, mint)


def within(text: str, mint: Mint) -> Iterator[Indicator]:
    """Yield the addresses and hidden domains in a text, each once."""
    seen: set[str] = set()
    text = _SPOILT.sub(" ", _EDGES.sub("", text))
    for pattern in (_URL, _MAIL, _HIDDEN):
        for match in pattern.finditer(text):
            found = indicator(match[0].rstrip(_TRAILING), mint)
            if found and found.node.value not in seen:
                seen.add(found.node.value)
                yield found
        text = pattern.sub(" ", text)


def web(
    spelled: str, mint: Mint, id: str = "", *, is_account: bool = False
) -> Indicator | None:
    """Return the account to which an address leads, else the address itself.

    `id` is that of the account, if it is known from elsewhere; `is_account` as in `handle_of`.
    """
    url = assets.address(spelled)
    if url is None:
        return None
    page = assets.web_address(url, mint)
    if handle := assets.handle_of(url, is_account=is_account):
        found = account(replace(handle, id=id or handle.id), mint)
        return Indicator(
            found.node,
            found.kind,
            found.name,
            (
                *found.told,
                Claim(found.node, term("atAddress"), page),
                Claim(page, term("rdf:type"), term("WebAddress")),
                Claim(page, term("address"), Literal(url)),
            ),
        )
    told = (Claim(page, term("address"), Literal(url)),)
    return Indicator(page, "WebAddress", url, told)


def named_host(spelled: str, mint: Mint) -> Indicator | None:
    """Return the domain that a bare name spells."""
    node = assets.domain(spelled, mint)
    host = assets.host_of(spelled.strip("/ "))
    if node is None or host is None or "://" in assets.refanged(spelled):
        return None
    return Indicator(node, "Domain", host, (Claim(node, term("address"), Literal(host)),))


def handle_in(platform: NamedNode, spelled: str) -> Handle | None:
    """Return the account that a handle tells, with its sign or without; None where it is none.

    The platform's own id may stand there, or the address of an account. On Mastodon, which is
    many servers, it tells its own.
    """
    handle = spelled.strip().lstrip("@")
    if own := assets.own_id(platform, handle):
        return Handle(platform, id=own)
    if "/" in handle:
        handle = assets.spelled_handle(platform, handle)
    is_open = platform == term("mastodon") and not assets.is_handle(platform, handle)
    is_none = not handle or is_open or any(sign.isspace() for sign in handle)
    return None if is_none else Handle(platform, handle=handle)


def account(handle: Handle, mint: Mint) -> Indicator:
    """Return an account by what is known of it."""
    node = handle.account(mint)
    told = [Claim(node, term("onPlatform"), handle.platform)]
    if handle.handle:
        told.append(Claim(node, term("handle"), Literal(handle.handle)))
    if handle.id:
        told.append(Claim(node, term("dcterms:identifier"), Literal(handle.id)))
    return Indicator(node, "Account", handle.handle or handle.id, tuple(told))


def hashed_file(spelled: str, mint: Mint) -> Indicator | None:
    """Return the file of which a hash is spelled."""
    if not re.fullmatch(r"[0-9a-fA-F]+", spelled) or len(spelled) not in _HASHES:
        return None
    digits = spelled.lower()
    node = mint.named("file", digits)
    name = f"{_HASHES[len(digits)]} {digits}"
    return Indicator(
        node, "HashedFile", name, (Claim(node, term("fileHash"), Literal(digits)),)
    )


def ip_address(spelled: str, mint: Mint) -> Indicator | None:
    """Return the internet address that is spelled, or the network in CIDR notation (RFC 4632).

    A network of one address is that address.
    """
    text = assets.refanged(spelled)
    try:
        whole = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    if "/" in text and not _PREFIX.search(text):
        return None
    is_one = whole.num_addresses == 1
    path, kind = ("ip", "IpAddress") if is_one else ("ip-network", "IpNetwork")
    found = str(whole.network_address if is_one else whole)
    node = mint.activity(path, found)
    return Indicator(node, kind, found, (Claim(node, term("address"), Literal(found)),))


def email(spelled: str, mint: Mint) -> Indicator | None:
    """Return the mail address that is spelled."""
    found = _EMAIL.fullmatch(assets.refanged(spelled))
    host = assets.host_of(found[1]) if found else None
    if found is None or host is None:
        return None
    text = f"{found[0].rpartition('@')[0]}@{host}"
    node = mint.activity("email", text.casefold())
    return Indicator(node, "EmailAddress", text, (Claim(node, term("address"), Literal(text)),))


def hashtag(spelled: str, mint: Mint) -> Indicator | None:
    """Return the hashtag that is spelled with its sign: a word in any script (UAX #31, R8).

    >>> hashtag("#हार्बर", Mint()).name, hashtag("#2031", Mint())
    ('#हार्बर', None)
    """
    tag = _SIGN.sub("", spelled, count=1) if _SIGN.match(spelled) else ""
    bare = _JOINERS.sub("", tag)
    is_word = f"x{bare}".isidentifier() and any(sign.isalpha() or sign == "_" for sign in bare)
    return Indicator(mint.hashtag(tag), "Hashtag", f"#{tag}", ()) if is_word else None


def app(id: str, mint: Mint, shop: str) -> Indicator:
    """Return an app by its identifier in a shop."""
    node = mint.named("software", id, shop)
    return Indicator(node, "Software", id, (Claim(node, term("appId"), Literal(id)),))
