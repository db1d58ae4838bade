"""Counts as reports word them: "About 64,000 accounts followed one or more of these Pages".

Only what the patterns read to the end is taken; whatever else a sentence says stays words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from ontology import term
from ontology.identity import Qualifier, Term

_COMPARATORS: Final = {
    "": "exact",
    "about": "approximately", "around": "approximately", "approximately": "approximately",
    "roughly": "approximately", "some": "approximately", "nearly": "approximately",
    "almost": "approximately", "close to": "approximately", "an estimated": "approximately",
    "approx.": "approximately", "approx": "approximately", "circa": "approximately",
    "ca.": "approximately", "~": "approximately", "≈": "approximately",
    "more than": "moreThan", "over": "moreThan", "upwards of": "moreThan", ">": "moreThan",
    "at least": "atLeast", "≥": "atLeast", ">=": "atLeast", "a minimum of": "atLeast",
    "no fewer than": "atLeast", "no less than": "atLeast", "not fewer than": "atLeast",
    "not less than": "atLeast",
    "less than": "lessThan", "fewer than": "lessThan", "under": "lessThan", "<": "lessThan",
    "up to": "atMost", "at most": "atMost", "no more than": "atMost", "≤": "atMost",
    "<=": "atMost", "as many as": "atMost", "a maximum of": "atMost",
    "not more than": "atMost",
}  # fmt: skip
_SCALES: Final = {
    "": 1,
    "k": 1_000,
    "thousand": 1_000,
    "m": 10**6,
    "million": 10**6,
    "billion": 10**9,
}
# what is counted: the kind of asset, and the platform where the word names one
_KINDS: Final = {
    "account": ("account", ""), "profile": ("profile", ""), "page": ("page", ""),
    "group": ("group", ""), "event": ("eventPage", ""), "channel": ("channel", ""),
    "website": ("website", ""), "site": ("website", ""), "domain": ("website", ""),
    "asset": ("asset", ""), "post": ("post", ""), "user": ("account", ""),
}  # fmt: skip
PLATFORMS: Final = {
    "facebook": "facebook", "instagram": "instagram", "messenger": "messenger",
    "whatsapp": "whatsapp", "threads": "threads", "twitter": "twitter", "x": "twitter",
    "youtube": "youtube", "tiktok": "tiktok", "telegram": "telegram", "vk": "vkontakte",
    "vkontakte": "vkontakte", "reddit": "reddit", "linkedin": "linkedin",
}  # fmt: skip
_CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "us dollars": "USD", "dollars": "USD", "€": "EUR",
    "eur": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP",
}  # fmt: skip

_HEDGE: Final = "|".join(
    sorted(map(re.escape, filter(None, _COMPARATORS)), key=len, reverse=True)
)
_NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_SCALE: Final = r"(?P<scale>k|m|thousand|million|billion)?"
_AMOUNT: Final = rf"(?:(?P<hedge>{_HEDGE})\s*)?{_NUMBER}\s*{_SCALE}\b"
_PLATFORM: Final = "|".join(sorted(PLATFORMS, key=len, reverse=True))
_KIND: Final = "|".join(_KINDS)
_WHERE: Final = (
    rf"\s+on\s+(?P<where>(?:{_PLATFORM})(?:(?:,\s*|\s+and\s+|,\s*and\s+)(?:{_PLATFORM}))*)"
)
_OF: Final = (
    rf"(?:(?P<platform>(?:{_PLATFORM})(?:(?:\s*,\s*|\s+and\s+)(?:{_PLATFORM}))*)\s+)?"
    rf"(?P<kind>{_KIND})s?\b(?:{_WHERE})?"
)
# the end of a range is no number of its own
_START: Final = r"(?<![\w$€£.,#±=])(?<!\d-)(?<!\d–)(?<!\d\sto\s)"
# nor is one of which only a part is meant, or none, nor a year
_NOT_ALL: Final = re.compile(
    r"\b(?:(?:between|from)\s+(?:US\$|[$€£])?[\d,.]+\w*\s+(?:and|to)"
    r"|(?:[\d,.]+|none|one|some|half|most|many|few|several|part)\s+(?:out\s+)?of"
    r"(?:\s+(?:the|these|its|their))?"
    r"|[\d.]+\s?(?:%|per\s?cent)\s+of(?:\s+(?:the|these|its|their))?"
    r"|\bof\s+(?:which|whom|them),?(?:\s+only)?"
    r"|(?:not|n[’']t|never)(?:\s+(?:quite|remove|disable|find|action|identify|engage\s+in|spend))?)\s+$",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"\b(?:in|since|during|until|before|after|early|mid|late|Q[1-4]|H[12]"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"[\s-]+$",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\s")
_COUNT: Final = re.compile(
    rf"{_START}{_AMOUNT}\s+(?:(?:fake|inauthentic|unique)\s+)?{_OF}"
    r"(?!\s+(?:followed|joined|liked|subscribed)\b)",
    re.IGNORECASE,
)
_AUDIENCE: Final = re.compile(
    rf"{_START}{_AMOUNT}\s+(?:accounts|people|users)\s+"
    rf"(?P<how>followed|joined|liked|subscribed\s+to)\s+"
    rf"(?:(?:one(?:\s+or\s+more)?|at\s+least\s+one)\s+of\s+)?(?:these|this|those|the)\s+{_OF}",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    rf"(?:(?P<hedge>{_HEDGE})\s*)?{_NUMBER}\s*{_SCALE}", re.IGNORECASE | re.ASCII
)
_PAID: Final = (
    r"(?:,?\s+paid\s+for\s+(?:mostly\s+|primarily\s+)?in\s+"
    r"(?P<{name}>[^.;]*?(?=,?\s+(?:with|to|on|for|likely|which|and\s+had)\b|\s*[.;]|\s*$)))?,?"
)
_SPEND: Final = re.compile(
    rf"(?:(?P<hedge>{_HEDGE})\s*)?(?P<sign>US\$|[$€£]|(?:USD|EUR|GBP)\b)?\s?{_NUMBER}\s*{_SCALE}\s*"
    r"(?P<code>USD|EUR|GBP|US\s+dollars|dollars|euros|pounds)?"
    rf"\s+(?:in|on|of)\s+(?:spending{_PAID.format(name='before')}\s+(?:for|on)\s+ads"
    rf"|ad\s+spend(?:ing)?|ads|advertising)(?:{_WHERE})?"
    rf"{_PAID.format(name='paid')}(?:{_WHERE.replace('<where>', '<after>')})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a text gives, what it counts, and where in the text it stands.

    `what` is "assets", "followers", "members" or "spend".
    """

    what: str
    value: Literal
    start: int
    end: int
    about: tuple[Qualifier, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands alone, and the comparator before it; none where nothing is."""

    value: Decimal
    comparator: NamedNode | None

    @property
    def whole(self) -> Literal | None:
        """Return the number as one that counts; None where it has a fraction."""
        is_whole = self.value == self.value.to_integral_value()
        return Literal(int(self.value)) if is_whole else None

    @property
    def decimal(self) -> Literal:
        """Return the number as a decimal."""
        return _as_decimal(self.value)


def number(text: str) -> Number | None:
    """Return the number that a text is; None where it is anything else, or says more.

    A point before three digits may set thousands apart or not, so that it is no number either.

    >>> number("more than 1.5 million").whole.value
    '1500000'
    >>> number("20 or so") is None
    True
    """
    found = _ALONE.fullmatch(text.strip())
    if not found or _is_ambiguous(found):
        return None
    return Number(_number(found), _comparator(found) if found["hedge"] else None)


def comparator(words: str) -> NamedNode | None:
    """Return the comparator that some words are, as reports or the vocabulary have it."""
    folded = re.sub(r"\s+", " ", words.strip()).casefold()
    known = {name.casefold(): name for name in (*_COMPARATORS.values(), "exact")}
    name = _COMPARATORS.get(folded) if folded else None
    name = name or known.get(folded) or {"exactly": "exact"}.get(folded)
    return term(name) if name else None


def amounts(text: str) -> list[Amount]:
    """Return the amounts of a text, in their order; none stands within another.

    >>> [found.value.value for found in amounts("We removed 23 Facebook accounts and 8 Pages")]
    ['23', '8']
    """
    found: list[Amount] = []
    for read in (_audiences, _spendings, _assets):
        for one in read(text):
            if _is_told(text, one) and not any(
                one.start < other.end and other.start < one.end for other in found
            ):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _is_told(text: str, one: Amount) -> bool:
    """Return whether a sentence tells a number as it stands: not of a range, a part, a year."""
    before, here = text[: one.start], text[one.start : one.end]
    is_year = _YEAR.match(here) and _DATED.search(before)
    return not is_year and not _NOT_ALL.search(before)


def of_platform(about: list[Qualifier], platform: Term) -> list[Qualifier]:
    """Return what is counted on one platform: accounts of Instagram are a kind of their own."""
    if platform != term("instagram"):
        return about
    kind, accounts = term("assetKind"), term("account")
    own = term("instagramAccount")
    return [(key, own if (key, value) == (kind, accounts) else value) for key, value in about]


def _audiences(text: str) -> Iterator[Amount]:
    for found in filter(_counts, _AUDIENCE.finditer(text)):
        what = "members" if found["how"].casefold() == "joined" else "followers"
        yield Amount(what, _whole(found), *found.span(), tuple(_about(found)))


def _assets(text: str) -> Iterator[Amount]:
    for found in filter(_counts, _COUNT.finditer(text)):
        yield Amount("assets", _whole(found), *found.span(), tuple(_about(found)))


def _spendings(text: str) -> Iterator[Amount]:
    for found in _SPEND.finditer(text):
        unit = re.sub(r"\s+", " ", found["sign"] or found["code"] or "").casefold()
        if unit not in _CURRENCIES or _is_ambiguous(found):
            continue
        about: list[Qualifier] = [(term("comparator"), _comparator(found))]
        about.append((term("currency"), Literal(_CURRENCIES[unit])))
        about += _platforms(found["where"] or found["after"])
        if paid := found["before"] or found["paid"]:
            about.append((term("paidMostlyIn"), Literal(paid.strip(" ,"))))
        yield Amount("spend", _decimal(found), *found.span(), tuple(about))


def _about(found: re.Match[str]) -> Iterator[Qualifier]:
    kind = term(_KINDS[found["kind"].casefold()][0])
    platforms = [*_platforms(found["platform"]), *_platforms(found["where"])]
    told = [(term("assetKind"), kind), *dict.fromkeys(platforms)]
    yield from of_platform(told, platforms[0][1]) if len(platforms) == 1 else told
    yield term("comparator"), _comparator(found)


def _platforms(words: str | None) -> list[Qualifier]:
    names = re.findall(r"\w+", words or "")
    return [
        (term("platform"), term(PLATFORMS[name.casefold()]))
        for name in names
        if name.casefold() in PLATFORMS
    ]


def _comparator(found: re.Match[str]) -> NamedNode:
    hedge = re.sub(r"\s+", " ", found["hedge"] or "").casefold()
    return term(_COMPARATORS[hedge])


def _is_ambiguous(found: re.Match[str]) -> bool:
    return re.search(r"\.\d{3}$", found["number"]) is not None


def _counts(found: re.Match[str]) -> bool:
    value = _number(found)
    return value == value.to_integral_value() and not _is_ambiguous(found)


def _number(found: re.Match[str]) -> Decimal:
    return (
        Decimal(found["number"].replace(",", "")) * _SCALES[(found["scale"] or "").casefold()]
    )


def _whole(found: re.Match[str]) -> Literal:
    return Literal(int(_number(found)))


def _decimal(found: re.Match[str]) -> Literal:
    return _as_decimal(_number(found))


def _as_decimal(value: Decimal) -> Literal:
    number = f"{value:f}"
    plain = number.rstrip("0").rstrip(".") if "." in number else number
    return Literal(plain, datatype=term("xsd:decimal"))
