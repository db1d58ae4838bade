"""Channels of STIX bundles: accounts by their addresses, sets by the count in their names."""

import re
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.amounts_in_words import PLATFORMS, Amount, amounts
from loaders.records import Claim
from loaders.stix_bundle import Fault, Fields, Thing, entries, text, texts
from ontology import term
from ontology.flags import said
from ontology.identity import Mint, Qualifier

# words of other languages, and kinds of sites, as the patterns for counts know them
_IN_ENGLISH: Final = (
    (re.compile(r"\bcomptes?\b", re.I), "accounts"),
    (re.compile(r"\bcha[iî]nes?\b|\bcanaux\b|\bcanal\b", re.I), "channels"),
    (re.compile(r"\bgroupes?\b", re.I), "groups"),
    (re.compile(r"\bsites\s+(?:web|internet)\b|\bportal?s?\b|\bportails?\b", re.I), "websites"),
    (re.compile(r"\bweb\s*sites?\b", re.I), "websites"),
    (re.compile(r"\bnoms de domaines?\b|\bdomain names?\b", re.I), "domains"),
    (re.compile(r"\bhandles\b|\bbots\b|\btrolls\b|\bsock\s?puppets\b", re.I), "accounts"),
    # how French and others part thousands
    (re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}\b)"), ","),
    (re.compile(r"\bplus (?:de\b|d['’])", re.I), "more than"),
    (re.compile(r"\bmoins (?:de\b|d['’])", re.I), "fewer than"),
    (
        re.compile(
            r"\b(?:à peu près|approximativement|autour de|environ|près de|presque|quasiment"
            r"|quelques?)\b",
            re.I,
        ),
        "about",
    ),
    (
        re.compile(r"\b(?:au (?:minimum|moins)|(?:un )?minimum(?! of\b)(?: d[eu])?)\b", re.I),
        "at least",
    ),
    (
        re.compile(r"\b(?:au (?:maximum|plus)|(?:un )?maximum(?! of\b)(?: d[eu])?)\b", re.I),
        "at most",
    ),
    (re.compile(r"\bjusqu['’]à\b", re.I), "up to"),
    (re.compile(r"\bentre(?=\s\d)", re.I), "between"),
    (re.compile(r"(?<=\d)\s+à\s+(?=\d)", re.I), " to "),
    (re.compile(r"(?<=\d)\s+et\s+(?=\d)", re.I), " and "),
    (re.compile(r"(?<=\d)\s+ou\s+(?=(?:\d|plus\b|moins\b))", re.I), " or "),
    (re.compile(r"Twitter\s*/\s*X|X\s*/\s*Twitter|X \(Twitter\)|Twitter \(X\)", re.I), "X"),
    (
        re.compile(
            r"\b(?:active|automated|coordinated|inauthentic|inauthentiques?|new|suspect(?:ed)?"
            r"|suspended|suspicious|pro-\w+)\s+(?=[A-Za-z])",
            re.I,
        ),
        "",
    ),
)  # fmt: skip
_MORE_THAN: Final = re.compile(r"(\d[\d,.]*)\s*\+")
_AFTER: Final = re.compile(
    r"\b(accounts|channels|pages|groups|profiles)\s+(?:sur\s+)?(X|Twitter|Facebook|Instagram|"
    r"Telegram|TikTok|YouTube|VK|VKontakte|Reddit|LinkedIn|Threads)\b"
)
# which makes of a number a part of another, or says that it is not that number
_BEFORE: Final = re.compile(r"(?:\d\s?/|\b(?:above|below|beyond|c\.|max\.?|min\.?))\s?$", re.I)
_BEHIND: Final = re.compile(
    r"[\s,(]*\b(?:about(?!\s+\w)|approx|approximately|at (?:least|most)|max|min"
    r"|(?:and|or) (?:counting|fewer|less|more|moins|over|plus|so)|ou (?:moins|plus))\b",
    re.I,
)
_ONE: Final = re.compile(r"\b(?:account|channel|group|page|profile|site|website)\b", re.I)
_SEVERAL: Final = re.compile(
    r"\d\s+(?:[a-z]+\s+)?(?:accounts|channels|pages|groups|profiles|websites|domains)\b",
    re.I,
)
_MENTION: Final = re.compile(r"@[\w.\-]{1,60}")


@cache
def _platforms() -> dict[str, NamedNode]:
    schemes = said("skos:inScheme")
    found = {
        label.value.casefold(): node
        for node, label in said("skos:prefLabel").items()
        if schemes.get(node) == term("Platform")
    }
    return found | {name: term(word) for name, word in PLATFORMS.items()}


def platform(spelled: str) -> NamedNode | None:
    """Return the one platform that a text names, as `Twitter (X)` and `twitter-account` do."""
    whole = _platforms().get(spelled.casefold().strip())
    words = re.findall(r"[\w+]+", spelled.casefold().replace("_", " "))
    found = {_platforms()[word] for word in words if word in _platforms()}
    return whole or (found.pop() if len(found) == 1 else None)


def asset_set(spelled: str, fields: Fields, mint: Mint) -> Thing | None:
    """Return the set of assets whose number a name gives; None where it gives none.

    `423 X accounts` is a set of 423 accounts of one platform, and no account of that name.
    """
    if "://" in spelled or not any(sign.isdigit() for sign in spelled):
        return None
    words = _in_english(spelled)
    found = [one for one in amounts(words) if one.what == "assets"]
    counted = [
        one
        for one in found
        if not _is_name(words[one.start : one.end], one) and _is_whole(words, one)
    ]
    # several are no single account, though nothing tells exactly how many they are
    if not counted and not _SEVERAL.search(words):
        return None
    node = mint.named("set", spelled, "stix", text(fields, "id"))
    where = platform_of(fields)
    told: list[Claim] = []
    for one in counted:
        about: list[Qualifier] = list(one.about)
        if where and not any(key == term("platform") for key, _ in about):
            about.append((term("platform"), where))
        told.append(Claim(node, term("assetCount"), one.value, tuple(about)))
    return Thing(node, "AssetSet", spelled, tuple(told))


def _is_name(words: str, one: Amount) -> bool:
    """Return whether a number is part of a name, as that of a broadcaster, `5 Channel`."""
    return one.value.value != "1" and _ONE.search(words) is not None


def _is_whole(words: str, one: Amount) -> bool:
    """Return whether nothing beside a number says that it is another."""
    before = words[max(0, one.start - 12) : one.start]
    return not (_BEFORE.search(before) or _BEHIND.match(words, one.end))


def _in_english(spelled: str) -> str:
    spelled = _MORE_THAN.sub(r"at least \1", spelled)
    for pattern, english in _IN_ENGLISH:
        spelled = pattern.sub(english, spelled)
    return _AFTER.sub(r"\2 \1", spelled)


def channel(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return what a channel is: a set, an account, a domain or page, else only a channel.

    A bare name is no handle, even where the platform is known: it may be a display name.
    """
    name = text(fields, "name")
    if not name:
        return Fault("name", fields.get("name"), "is no name")
    if counted := asset_set(name, fields, mint):
        return counted
    if found := _account(name, fields, mint):
        return found
    if text(fields, "id").startswith("infrastructure--"):
        return Thing(_by_id("set", fields, mint), "AssetSet", name)
    where = platform_of(fields)
    node = _by_id("account" if where else "channel", fields, mint)
    told = (Claim(node, term("onPlatform"), where),) if where else ()
    return Thing(node, "Account" if where else "Channel", name, told)


def _by_id(path: str, fields: Fields, mint: Mint) -> NamedNode:
    return mint.activity(path, "stix", text(fields, "id"))


def platform_of(fields: Fields) -> NamedNode | None:
    """Return the one platform of an object: by its type, else by a label that is its name."""
    types = (*texts(fields, "channel_types"), text(fields, "account_type"))
    found = {platform(one) for one in types} - {None}
    found = found or {_platforms().get(one.casefold()) for one in texts(fields, "labels")}
    found -= {None}
    return found.pop() if len(found) == 1 else None


def _account(name: str, fields: Fields, mint: Mint) -> Thing | None:
    """Return what the name of a channel, or an address given for it, leads to."""
    where = platform_of(fields)
    if where and _MENTION.fullmatch(name) and (told := indicators.handle_in(where, name)):
        return _thing(indicators.account(told, mint), "")
    for read in (indicators.ip_address, indicators.named_host, indicators.web):
        if found := read(name, mint):
            return _thing(found, "")
    for reference in entries(fields, "external_references"):
        handle = assets.handle_of(text(reference, "url"))
        if handle and where in (None, handle.platform):
            return _thing(indicators.account(handle, mint), name)
    return None


def _thing(found: indicators.Indicator, shown: str) -> Thing:
    named = (Claim(found.node, term("displayName"), Literal(shown)),) if shown else ()
    return Thing(found.node, found.kind, found.name, (*found.told, *named))
