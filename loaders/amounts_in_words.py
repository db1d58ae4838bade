"""Counts as reports word them: "About 64,000 accounts followed one or more of these Pages".

Only what the patterns read to the end is taken; whatever else a sentence says stays words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import Literal

from loaders.currencies import BEFORE, BEHIND, currency
from loaders.numerals import (
    FIGURES,
    HEDGE,
    SCALE,
    SPELLED,
    as_decimal,
    comparator_of,
    is_ambiguous,
    value_of,
)
from ontology import term
from ontology.identity import Qualifier, Term

# what is counted: the kind of asset, and the platform where the word names one
_KINDS: Final = {
    "account": ("account", ""), "acount": ("account", ""), "profile": ("profile", ""),
    "page": ("page", ""), "group": ("group", ""), "event": ("eventPage", ""),
    "channel": ("channel", ""), "website": ("website", ""), "site": ("website", ""),
    "domain": ("website", ""), "asset": ("asset", ""), "post": ("post", ""),
    "user": ("account", ""),
}  # fmt: skip
PLATFORMS: Final = {
    "facebook": "facebook", "instagram": "instagram", "messenger": "messenger",
    "whatsapp": "whatsapp", "threads": "threads", "twitter": "twitter", "x": "twitter",
    "youtube": "youtube", "tiktok": "tiktok", "telegram": "telegram", "vk": "vkontakte",
    "vkontakte": "vkontakte", "reddit": "reddit", "linkedin": "linkedin",
}  # fmt: skip
_PLATFORM: Final = "|".join(sorted(PLATFORMS, key=len, reverse=True))
_KIND: Final = "|".join(_KINDS)
_ON: Final = rf"(?:{_PLATFORM})(?:(?:,\s*|\s+and\s+|,\s*and\s+)(?:{_PLATFORM}))*"
# one number for several kinds is the number of none of them
_AND_OTHERS: Final = (
    rf"(?!(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|and/or|&)\s+|\s*/\s*)"
    rf"(?:(?:{_PLATFORM})\s+)?(?:{_KIND})s\b)"
)
_WHERE: Final = rf"\s+on\s+(?P<where>{_ON})"
_OF: Final = (
    rf"(?:(?P<platform>(?:{_PLATFORM})(?:(?:\s*,\s*|\s+and\s+)(?:{_PLATFORM}))*)\s+)?"
    rf"(?P<kind>{_KIND})s?\b(?:{_WHERE})?+"
)
# `virtually no accounts` are not none: before the word stands only what begins a clause
_NONE: Final = r"(?:^|(?<=[.,;:(–—]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bthat\s))no"
# the end of a range or of a longer number is no number of its own
_START: Final = (
    r"(?<![\w$€£.,#±=])(?<!\w[-–])(?<!\d['’·])(?<!\d\s)(?<!\d\sto\s)"
    r"(?<!(?:hundred|housand|million|billion)[\s-])(?<!(?:hundred|housand|million|billion)\sand\s)"
)
_ANY: Final = rf"(?:[\d,.]+\w*|{SPELLED})(?:\s(?:hundred|thousand|million|billion))?"
# nor is one of which only a part is meant, or none, nor a year
_NOT_ALL: Final = re.compile(
    rf"(?:\b(?:between|from)\s+(?:US\$|[$€£])?{_ANY}\s+(?:and|to)"
    rf"|(?<!\w){_ANY}\s*(?:\b(?:to|or)|[-–—])(?:\s+(?:up\s+)?to)?"
    rf"|(?<!\w)(?:{_ANY}|none|some|half|most|many|few|several|part)\s+(?:out\s+)?of"
    r"(?:\s+(?:the|these|its|their))?"
    r"|(?<![\d.])[\d.]+\s?(?:%|per\s?cent)\s+of(?:\s+(?:the|these|its|their))?"
    r"|\bof\s+(?:which|whom|them),?(?:\s+only)?"
    r"|(?:\bnot|n[’']t|\bnever)"
    r"(?:\s+(?:quite|remove|disable|find|action|identify|engage\s+in|spend))?)\s*$",
    re.IGNORECASE,
)
# words that say how a number is meant, where they are no comparator that is known
_TURNED: Final = re.compile(
    rf"(?:(?<!\w)(?:{HEDGE}|(?:as\s+)?(?:few|little|low|high|much)\s+as|\w+er\s+than|one\s+in)"
    r"|\b(?:exceed|surpass|approach|near|top)(?:s|ed|ing)|[±+\u2212]|\b(?:max|min|est|c)\."
    r"|\b(?:average|barely|hardly|scarcely|perhaps|maybe|possibly|potentially|probably|presumably"
    r"|presumed|estimated|projected|supposed(?:ly)?|purported(?:ly)?|alleged(?:ly)?"
    r"|reported(?:ly)?|claimed|minimum|maximum|minus|between|below|above|beyond|past"
    # `Unit 29155 accounts`
    r"|unit|apt|unc|storm|phase|wave|part"
    r"|first|last|top|remaining|other|largest|at\s+(?:the\s+)?(?:very\s+)?(?:least|most))"
    r"|(?<!\btotal)(?<!\btotal\snumber)(?<!\bremoval)(?<!\btakedown)(?<!\bcombination)(?<!\bmix)"
    r"(?<!\bmixture)(?<!\bbatch)(?<!\bweb)(?<!\bring)(?<!\bseries)(?<!\bpool)(?<!\bbotnet)"
    r"(?<!\boperation)(?<!\bcampaign)(?<!\barray)(?<!\blist)(?<!\bpresence)(?<!\buse)(?<!\bsum)"
    r"(?<!\bnetwork)(?<!\bnetworks)(?<!\bcluster)(?<!\bclusters)"
    r"(?<!\bset)(?<!\bgroup)(?<!\bcollection)(?<!\bconsist)(?<!\bconsists)(?<!\bconsisted)"
    r"(?<!\bconsisting)(?<!\bcomprised)(?<!\bcomposed)(?<!\bmade\sup)(?<!\bspending)"
    r"(?<!\ball)(?<!\beach)\s+of)\s*$",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"\b(?:in|since|during|until|before|after|early|mid|late|Q[1-4]|H[12]"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"[\s-]+$",
    re.IGNORECASE,
)
# nor is it one of each of several that nobody counts
_EACH: Final = re.compile(r"\s+(?:each|apiece)\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\s")
_MOSTLY: Final = r"(?:largely|mainly|mostly|primarily)\s+"
_PAID: Final = (
    rf"(?:,?\s+paid\s+(?:for\s+(?:{_MOSTLY})?|{_MOSTLY})in\s+"
    r"(?P<{name}>(?:[^.;]|(?<=\b[A-Z])\.)*?(?=,?\s+(?:with|to|on|for|likely|which|and\s+had"
    r"|since|between|from|in|during|over|until)\b|\s*(?:(?<!\b[A-Z])\.|;)|\s*$)))?,?"
)


class _Patterns:
    """The patterns of amounts, for numbers in figures or also for those in words."""

    def __init__(self, *, spelled: bool) -> None:
        """Compile what stands around a number."""
        number = rf"{FIGURES}|(?:{SPELLED})" if spelled else FIGURES
        hedged = rf"(?:(?P<hedge>{HEDGE})\s*)?"
        amount = rf"{hedged}(?P<number>{number})\s{{0,3}}{SCALE}"
        self.count = re.compile(
            rf"{_START}{amount}\b\s+(?:(?:fake|inauthentic|unique)\s+)?{_OF}"
            rf"(?!\s+(?:followed|joined|liked|subscribed)\b){_AND_OTHERS}",
            re.IGNORECASE,
        )
        self.audience = re.compile(
            rf"{_START}{hedged}(?P<number>{number}|{_NONE})\s{{0,3}}{SCALE}\b\s+"
            r"(?:accounts?|people|person|users?)\s+"
            rf"(?P<how>followed|joined|liked|subscribed\s+to)\s+"
            rf"(?:(?:one(?:\s+or\s+more)?|at\s+least\s+one)\s+of\s+)?"
            rf"(?:these|this|those|the|its|their)\s+{_OF}{_AND_OTHERS}",
            re.IGNORECASE,
        )
        self.spend = re.compile(
            rf"{_START}{hedged}(?P<sign>{BEFORE})?\s?(?P<number>{number})\s{{0,3}}{SCALE}\s*"
            rf"(?P<code>{BEHIND})?\s+(?:in|on|of)\s+"
            rf"(?:spending{_PAID.format(name='before')}\s+(?:for|on)\s+ads"
            rf"|ad\s+spend(?:ing)?|(?:(?P<run>{_ON})\s+)?ads|advertising)(?:{_WHERE})?"
            rf"{_PAID.format(name='paid')}(?:{_WHERE.replace('<where>', '<after>')})?",
            re.IGNORECASE,
        )


# compiled where sentences are read, since that takes longer than most commands
_patterns: Final = cache(_Patterns)


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


def amounts(text: str, *, spelled: bool = False) -> list[Amount]:
    """Return the amounts of a text, in their order; none stands within another.

    Numbers in words are read where a sentence is expected, and not where a name may stand.

    >>> [found.value.value for found in amounts("We removed 23 Facebook accounts and 8 Pages")]
    ['23', '8']
    >>> [found.value.value for found in amounts("We removed twenty-two Pages", spelled=True)]
    ['22']
    """
    found: list[Amount] = []
    patterns = _patterns(spelled=spelled)
    for read in (_audiences, _spendings, _assets):
        for one in read(text, patterns):
            if _is_told(text, one) and not any(
                one.start < other.end and other.start < one.end for other in found
            ):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _is_told(text: str, one: Amount) -> bool:
    """Return whether a sentence tells a number as it stands: no range, part, year or share."""
    # the words that matter stand close by; a long text would be searched for each number
    before, here = text[max(0, one.start - 80) : one.start], text[one.start : one.end]
    is_year = _YEAR.match(here) and _DATED.search(before)
    is_all = not (_NOT_ALL.search(before) or _TURNED.search(before))
    return is_all and not (is_year or _EACH.match(text, one.end))


def of_platform(about: list[Qualifier], platform: Term) -> list[Qualifier]:
    """Return what is counted on one platform: accounts of Instagram are a kind of their own."""
    if platform != term("instagram"):
        return about
    kind, accounts = term("assetKind"), term("account")
    own = term("instagramAccount")
    return [(key, own if (key, value) == (kind, accounts) else value) for key, value in about]


def on_facebook(about: tuple[Qualifier, ...]) -> tuple[Qualifier, ...]:
    """Return what is said beside a count, with Facebook where Meta counts Pages and Groups."""
    kinds = {value for key, value in about if key == term("assetKind")}
    is_named = any(key == term("platform") for key, _ in about)
    if is_named or not kinds or not kinds <= {term("page"), term("group")}:
        return about
    return *about, (term("platform"), term("facebook"))


def _audiences(text: str, patterns: _Patterns) -> Iterator[Amount]:
    for found in filter(_counts, patterns.audience.finditer(text)):
        if found["kind"].casefold() == "post":  # who likes one need not follow anything
            continue
        what = "members" if found["how"].casefold() == "joined" else "followers"
        yield Amount(what, Literal(int(value_of(found))), *found.span(), tuple(_about(found)))


def _assets(text: str, patterns: _Patterns) -> Iterator[Amount]:
    for found in filter(_counts, patterns.count.finditer(text)):
        yield Amount(
            "assets", Literal(int(value_of(found))), *found.span(), tuple(_about(found))
        )


def _spendings(text: str, patterns: _Patterns) -> Iterator[Amount]:
    for found in patterns.spend.finditer(text):
        unit = currency(found["sign"], found["code"])
        if not unit or is_ambiguous(found):
            continue
        about: list[Qualifier] = [(term("comparator"), comparator_of(found))]
        about.append((term("currency"), Literal(unit)))
        about += _platforms(found["where"] or found["after"] or found["run"])
        if paid := found["before"] or found["paid"]:
            about.append((term("paidMostlyIn"), Literal(paid.strip(" ,"))))
        yield Amount("spend", as_decimal(value_of(found)), *found.span(), tuple(about))


def _about(found: re.Match[str]) -> Iterator[Qualifier]:
    kind = term(_KINDS[found["kind"].casefold()][0])
    platforms = [*_platforms(found["platform"]), *_platforms(found["where"])]
    told = [(term("assetKind"), kind), *dict.fromkeys(platforms)]
    yield from of_platform(told, platforms[0][1]) if len(platforms) == 1 else told
    yield term("comparator"), comparator_of(found)


def _platforms(words: str | None) -> list[Qualifier]:
    names = re.findall(r"\w+", words or "")
    return [
        (term("platform"), term(PLATFORMS[name.casefold()]))
        for name in names
        if name.casefold() in PLATFORMS
    ]


def _counts(found: re.Match[str]) -> bool:
    value = value_of(found)
    return value == value.to_integral_value() and not is_ambiguous(found)
