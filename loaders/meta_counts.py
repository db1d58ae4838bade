"""What a sentence of Meta's counts: what was removed, who followed it, what was spent on it.

Only numbers that stand in one row with the verb are of the removal. What else has a number is
told apart, so that no number of a sentence gets lost.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from loaders.amounts_in_words import Amount, amounts
from loaders.meta_doubts import ANOTHER, UNSURE, own_words
from loaders.numerals import SPELLED
from ontology import term
from ontology.identity import Qualifier

_DONE: Final = r"(?:removed|actioned|disabled|disrupted|took\s+down|taken\s+down)"
_REMOVED: Final = re.compile(
    r"\b(?:we|meta)(?:(?:['’]ve|\s+have|\s+has)?\s+(?:(?:identified|detected|found)\s+and\s+)?"
    rf"{_DONE}|(?:['’]re|\s+are|\s+is)\s+removing)\b",
    re.I,
)
_AND_DONE: Final = re.compile(rf"\band\s+(?:\w+\s+)?{_DONE}\b", re.I)
_OURS: Final = re.compile(r"\bour\s+(?:polic|platform|service|app)|\bby\s+(?:us|Meta)\b", re.I)
_PASSIVE: Final = re.compile(
    rf"\s+(?:were|was|have\s+been|has\s+been)\s+{_DONE}\b"
    r"(?!(?:\s+\S+){0,6}?\s+by\s+(?!(?:us|meta)\b))",
    re.I,
)
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?=\s+\d)))"
)
_IN_MONTH: Final = (
    rf"(?i:in|on|since|during|until|by)\s+(?:(?:early|mid|late)[\s-]+)?{_MONTH}(?!\w)"
)
_BEFORE: Final = re.compile(
    r"\b(?:previously|earlier|formerly|to\s+date|so\s+far|(?:in|since)\s+(?:\w+\s+)?20\d\d"
    r"|(?:last|past|previous|prior|preceding)\s+(?:\w+\s+)?(?:week|month|quarter|year)s?"
    r"|(?:another|other|different|separate|unrelated)\s+(?:network|operation|campaign)s?)\b",
    re.IGNORECASE,
)
_DATED: Final = re.compile(rf"\b{_IN_MONTH}")
_DATED_AFTER: Final = re.compile(rf",?\s+{_IN_MONTH}")
# behind it stands what a platform of others removed, or what another removal is set beside
_ASIDE: Final = re.compile(
    r"\b(?:Google|YouTube|Twitter|X|TikTok|Telegram|Reddit|LinkedIn|Microsoft|OpenAI|Apple"
    r"|Spotify|Pinterest|Medium|VK)\s+(?:(?:also|has|have|had|then|since|in\s+turn)\s+)*"
    r"(?:removed|terminated|suspended|disabled|banned|deleted|blocked|took\s+down|taken\s+down"
    r"|identified|found|told|reported|announced)\b"
    r"|\b(?:in\s+addition\s+to|on\s+top\s+of|compared\s+(?:to|with)|(?:up|down)\s+from"
    r"|following\s+(?:the|our)\s+(?:removal|takedown)\s+of)\b"
)
_NETWORK: Final = r"(?:network|operation|campaign|cluster)"
# one that goes by a name, in a text that calls its own `the network`
_NAMED: Final = re.compile(
    r"\b[Tt]he\s+(?:[\w’'-]+\s+){0,3}?(?!Coordinated\b|Inauthentic\b|Behaviou?r\b|CIB\b)"
    rf"[A-Z][\w’'-]*\s+(?:[\w-]+\s+){{0,2}}?{_NETWORK}\b"
)
# what was not spent in the end, and what was spent again and again
_UNSPENT: Final = re.compile(
    r"\b(?:tried|trying|attempt(?:ed|ing)?|planned|intended|sought|wanted|hoped)\s+to\s+"
    r"(?:\w+\s+)?(?:spend|run|place|buy|engage)\b"
    r"|\b(?:reject|refus|block|prevent|refund)(?:s|ed|ing)?\s+(?:\w+\s+){0,2}$",
    re.I,
)
_EACH: Final = re.compile(
    r"\s*(?:(?:per|an?|each|every)\s+(?:day|week|month|quarter|year)"
    r"|daily|weekly|monthly|yearly|annually)\b",
    re.I,
)
# `the Pages that we removed in May`, `the Pages of Lighthouse`
_OF_SOME: Final = re.compile(r"\s+(?:that|which|whose|of)\b", re.I)
# a period, a currency, a platform of what was spent
_OF_SUM: Final = re.compile(
    r"\b(?:(?:19|20)\d\d|paid\s+(?:for|in))\b|\b_+,?\s+(?:on|and)\s+[A-Z]"
    r"|\b(?:over|during|within|in|for)\s+(?:\w+\s+){0,3}(?:day|week|month|quarter|year)s?\b"
)
# who spent it, where that is not left out: the network, or somebody of it
_SPENT: Final = re.compile(r"\b(?:spent|paid|invested|engaged\s+in)\s+$", re.I)
_OF_NETWORK: Final = re.compile(
    rf"\b(?:{_NETWORK}|activity|(?:operator|actor|individual|admin(?:istrator)?|owner|account|page"
    r"|group|asset)s?|entit(?:y|ies)|people|they|it)\b",
    re.I,
)
# what did not come about, and what stands in the words of somebody else
_SUPPOSED: Final = re.compile(r"\b(?:if|had|unless|until|whether)\s+$|“[^“”]*$", re.I)
_HAD: Final = r"(?:had|has|consisted\s+of|comprised|included|was\s+made\s+up\s+of)"
_OWNED: Final = re.compile(rf"\b(?:this|the)\s+(?:[\w-]+\s+)?{_NETWORK}\s+{_HAD}\s+$", re.I)
_OF_IT: Final = re.compile(rf"\b(?:that|which)\s+{_HAD}\b", re.I)
# between the verb and what it counts; behind such words stands what something else counts
_OFF: Final = re.compile(
    r"[.;:]\s|\b(?:that|which|who|whose|whom|where|with|after|before|when|while|because|but|by"
    r"|from|for|via|using|targeting|linked|connected|run|running|managing|managed|followed"
    r"|another|additional|further|initially|in\s+addition\s+to|on\s+top\s+of)\b",
    re.I,
)
_VAGUE: Final = (
    r"(?:an?|dozens|scores|hundreds|thousands|millions|several|multiple|numerous|many|some|various"
    r"|a\s+(?:few|handful|couple|number|dozen|hundred|thousand|small\s+number))(?:\s+of)?"
)
_KIND: Final = r"(?:[\w-]+\s+){0,2}?(?:accounts?|Pages?|Groups?|profiles?|channels?|assets)\b"
_AND: Final = (
    r"(?:\s*\([^()\d]*\))?(?:\s*[,;&]\s*|\s+)(?:(?:and|as\s+well\s+as|plus|along\s+with"
    r"|together\s+with|including)\s+)?(?:also\s+)?"
)
_ROW: Final = re.compile(rf"{_AND}(?:{_VAGUE}\s+{_KIND}{_AND})*", re.I)
_ABOUT_SOME: Final = re.compile(rf"\b{_VAGUE}\s+{_KIND}", re.I)
_SOME_FOLLOWED: Final = re.compile(rf"{_ABOUT_SOME.pattern}\s+(?:followed|joined)\b", re.I)
_LINK: Final = re.compile(r"\]\([^()\s]*\)|(?<!\S)\S*(?:://|\[\.\])\S*")
_NO_NUMBER: Final = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTH}\b|\b(?:19|20)\d\d\b", re.I
)
_NUMBER: Final = re.compile(
    rf"(?<![\w.,-])\d[\d,.]*(?:\s?%|[km])?(?![\w-])|\b(?:{SPELLED})\s+(?:{_KIND}"
    rf"|(?:[\w-]+\s+){{0,2}}?{_NETWORK}s\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a sentence counts of the removal and of the network, and what it says beside that.

    `is_removal`: it is on this removal, with or without numbers. `aside`: it has a number that
    may be of another removal; `unread`: one that no pattern reads.
    """

    removed: tuple[Amount, ...] = ()
    told: tuple[Amount, ...] = ()
    is_removal: bool = False
    aside: bool = False
    unread: bool = False


def counts_of(sentence: str) -> Counts:
    """Return what a sentence counts.

    >>> [one.value.value for one in counts_of("We removed 3 Pages that 40 users ran.").removed]
    ['3']
    """
    own = own_words(sentence)
    found = _counts_of(own)
    others = sentence[len(own) :]
    is_more = bool(amounts(others, spelled=True)) or _has_more(others, [], is_removal=False)
    return replace(found, unread=found.unread or is_more)


def _counts_of(sentence: str) -> Counts:
    found = amounts(sentence, spelled=True)
    assets = [one for one in found if one.what == "assets"]
    verbs = [verb for verb in _REMOVED.finditer(sentence) if _is_now(sentence, verb)]
    removed = _removed(sentence, assets, verbs) or _passive(sentence, assets)
    told = [one for one in found if one.what != "assets" and _is_told(sentence, one)]
    told += [] if removed or verbs else _owned(sentence, assets)
    used = {one.start for one in (*removed, *told)}
    left = [one for one in found if one.start not in used]
    earlier = bool(assets) and not removed and bool(_REMOVED.search(sentence))
    return Counts(
        removed=tuple(removed),
        told=tuple(told),
        is_removal=bool(removed or (verbs and not assets)),
        aside=earlier or any(_is_aside(sentence, one) for one in left),
        unread=bool(left) or _has_more(sentence, found, is_removal=bool(removed)),
    )


def _is_now(sentence: str, verb: re.Match[str]) -> bool:
    """Return whether Meta says that it removed something, and at no time before."""
    before = sentence[: verb.start()]
    if _SUPPOSED.search(before) or before.count('"') % 2:
        return False
    return not _BEFORE.search(sentence) and not _DATED.search(before)


def _removed(sentence: str, assets: list[Amount], verbs: list[re.Match[str]]) -> list[Amount]:
    """Return the numbers that stand in a row behind a verb of removal."""
    found: list[Amount] = []
    for verb, end in pairwise((*(verb.end() for verb in verbs), len(sentence))):
        row = _row(sentence, [one for one in assets if verb <= one.start < end])
        between = _OF_IT.sub(" ", sentence[verb : row[0].start]) if row else ""
        is_off = _OFF.search(_AND_DONE.split(between)[-1]) or _ASIDE.search(sentence, 0, verb)
        if row and not is_off and not _DATED_AFTER.match(sentence, row[-1].end):
            found += row
    return found


def _row(sentence: str, found: list[Amount]) -> list[Amount]:
    """Return the first amounts between which nothing stands but what makes them a list.

    Of two of the same assets, the second is a part of the first, or neither is the number.
    """
    row: list[Amount] = []
    for one in found:
        if row and not _ROW.fullmatch(sentence, row[-1].end, one.start):
            break
        same = next((other for other in row if _counted(other) == _counted(one)), None)
        if same:
            is_part = "including" in sentence[same.end : one.start].casefold()
            return row if is_part else [other for other in row if other != same]
        row.append(one)
    return row


def _counted(one: Amount) -> set[Qualifier]:
    return {(key, value) for key, value in one.about if key != term("comparator")}


def _passive(sentence: str, assets: list[Amount]) -> list[Amount]:
    """Return what a sentence says was removed, where only Meta can have done it."""
    row = _row(sentence, assets)
    verb = _PASSIVE.match(sentence, row[-1].end) if row else None
    if not verb or _BEFORE.search(sentence) or _OFF.search(sentence, 0, row[0].start):
        return []
    if _DATED.search(sentence) or UNSURE.search(sentence, 0, verb.start()):
        return []
    is_ours = bool(_OURS.search(sentence))
    return row if all(_is_on_meta(one, is_ours) for one in row) else []


def _is_on_meta(one: Amount, is_ours: bool) -> bool:
    platforms = {value for key, value in one.about if key == term("platform")}
    kinds = {value for key, value in one.about if key == term("assetKind")}
    on_meta = {term("facebook"), term("instagram"), term("threads")}
    if platforms:
        return platforms <= on_meta
    return is_ours or kinds <= {term("page"), term("group")}


def _owned(sentence: str, assets: list[Amount]) -> list[Amount]:
    """Return what a sentence says that the network had."""
    row = _row(sentence, assets)
    if not row or not _OWNED.search(sentence[: row[0].start]) or _ASIDE.search(sentence):
        return []
    before = sentence[: row[0].start]
    is_plain = not (UNSURE.search(before) or ANOTHER.search(before) or _BEFORE.search(sentence))
    return row if is_plain else []


def _is_told(sentence: str, one: Amount) -> bool:
    """Return whether followers or spending are told of this network, and by Meta itself."""
    if _OF_SOME.match(sentence, one.end):
        return False
    if one.what == "spend" and (
        _UNSPENT.search(sentence[: one.start]) or _EACH.match(sentence, one.end)
    ):
        return False
    before = sentence[: one.start]
    if one.what == "spend" and _SPENT.search(before) and not _OF_NETWORK.search(before):
        return False
    return not _is_aside(sentence, one) and not UNSURE.search(before)


def _is_aside(sentence: str, one: Amount) -> bool:
    """Return whether a number stands behind words that make it one of another removal.

    Of assets the verb tells which removal they are of; of followers and spending the words
    before the number do.
    """
    if one.what != "assets" and any(
        words.search(sentence, 0, one.start) for words in (ANOTHER, _NAMED)
    ):
        return True
    return bool(_ASIDE.search(sentence, 0, one.start))


def _has_more(sentence: str, found: list[Amount], *, is_removal: bool) -> bool:
    """Return whether a sentence has a number, or in a removal some number, that is not read."""
    rest = list(sentence)
    for one in found:
        rest[one.start : one.end] = "_" * (one.end - one.start)
    if any(one.what == "spend" for one in found) and _OF_SUM.search("".join(rest)):
        return True
    for pattern in (_LINK, _NO_NUMBER):
        for hit in pattern.finditer("".join(rest)):
            rest[hit.start() : hit.end()] = "_" * (hit.end() - hit.start())
    text = "".join(rest)
    is_vague = _SOME_FOLLOWED.search(text) or (is_removal and _ABOUT_SOME.search(text))
    return bool(_NUMBER.search(text) or is_vague)
