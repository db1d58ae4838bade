"""Where a sentence of Meta's says that the network came from, and at whom it was aimed.

Only what is said of the network itself is read: what an earlier network, a survey or somebody
else targeted stays words.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from loaders.countries import countries, country, region
from loaders.meta_doubts import ANOTHER, NOUN, UNSURE, own_words

_WORD: Final = r"(?:[A-Z]|d['’][A-Z]|sub-[A-Z])[\w'’.-]*"
_PLACE: Final = rf"(?:the\s+)?{_WORD}(?:\s+(?:of\s+(?:the\s+)?)?{_WORD})*"
_IN_FULL: Final = re.compile(rf"\b(?!(?:In|From)\s)(?:the\s+)?({_PLACE})")
_CODE: Final = 3  # letters of the longest, of which `AI`, `It` and `And` are some
_LESS: Final = r"(?:,?\s+and)?,?\s+to\s+a\s+lesser\s+(?:extent|degree),?\s+"
_SEP: Final = (
    r"(?:,\s*(?:and\s+|as\s+well\s+as\s+|including\s+)?|\s+and\s+|\s+as\s+well\s+as\s+"
    rf"|\s+including\s+|{_LESS})(?:in\s+)?"
)
_ITEM: Final = rf"{_PLACE}(?:\s*\({_PLACE}(?:{_SEP}{_PLACE})*\))?"
_LIST: Final = rf"{_ITEM}(?:{_SEP}{_ITEM})*"
# behind a list, of which only one place may be meant: `Malta, Iceland or Togo`
_NO_OTHER: Final = (
    rf"(?!(?:(?:{_SEP}|\s+(?:of\s+)?){_ITEM})*+(?:,?\s+(?:and/)?|\s*[(/]\s*)or\b|/)"
)
_PARTS: Final = re.compile(
    rf"{_LESS}(?:in\s+)?|"
    r"\s*[,()]\s*(?:and\s+|as\s+well\s+as\s+|including\s+)?(?:in\s+)?"
    r"|\s+(?:as\s+well\s+as|including)\s+(?:in\s+)?"
)
_INITIALS: Final = re.compile(r"\b[A-Z]\.[A-Z]$")  # of `U.S.`, whose last stop ends it
_HEAD: Final = re.compile(rf"\b{NOUN}\b(?:\s+\(\w+\))?")
# the nearest word that says which network is meant
_LED: Final = re.compile(
    r"(?P<before>.*)\b(?P<led>an?|this|the|our)\s+(?P<words>(?:[^\s.;:]+\s+){0,10}?)$",
    re.I | re.S,
)
# one of several that a text tells of
ONE_OF: Final = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|latter|former|same|original)\b", re.IGNORECASE
)
NAMED: Final = re.compile(r"\b(?!Coordinated\b|Inauthentic\b|Behaviou?r\b|CIB\b)[A-Z]")
_OURS: Final = re.compile(
    r"(?:\b(?:we|meta|investigation|teams?|systems?)\s+(?:\w+\s+){0,3}?"
    r"(?:disrupted|removed|actioned|disabled|took\s+down|taken\s+down|uncovered|found|identified"
    r"|detected|investigated|discovered)|\b(?:this|it)\s+(?:is|was)|\b(?:we|meta)\b.*\bpart\s+of)\s+$",
    re.IGNORECASE,
)
_MOSTLY: Final = r"(?:(?:also|primarily|mainly|mostly|largely|chiefly|predominantly)\s+)?"
_ORIGIN: Final = re.compile(
    rf",?\s+(?:(?:that|which)\s+)?(?:(?:is|was|were|has|have)\s+)?"
    rf"(?:originat(?:ing|ed)\s+{_MOSTLY}(?:in|from)|based\s+in)\s+"
    rf"(?P<own>and\s+targeting\s+)?(?P<places>(?>{_LIST})){_NO_OTHER}"
)
_AIMED: Final = re.compile(
    rf",?\s+(?:and\s+)?(?:(?:that|which)\s+)?{_MOSTLY}(?:targeting|targeted|targets)\s+{_MOSTLY}"
)
# a network of what, or run from where; and what the network did before it `targeted`
_KINDS: Final = r"(?:[\w-]+\s+){0,4}?(?:accounts|Pages|Groups|profiles|assets)"
_OF: Final = re.compile(rf"\s+of\s+{_KINDS}(?:(?:,\s+(?:and\s+)?|\s+and\s+){_KINDS})*\b")
_NEXT: Final = r"(?:\s+(?!(?:that|which|who|whose|and)\b)[^\s.;:,]+){1,14}?"
_SOME: Final = r"(?:\s+(?!(?:that|which|who|whose|we|they|it|and)\b)[^\s.;:]+){1,14}?"
_LATER: Final = re.compile(
    rf"(?:\s+(?:run|operated|managed|operating|based|active|in|from)\b{_NEXT}(?:\s+and)?\s+"
    rf"{_MOSTLY}targeting|{_SOME},?\s+and\s+{_MOSTLY}targeted)\s+{_MOSTLY}"
)
_AUDIENCES: Final = r"(?:audiences|people|users|individuals|communities)"
# a list ends where another word cannot be one more of its names: `the Baltic states`
_ENDS: Final = (
    r"(?=\s*$|\s*[.,;:()–—]|\s+(?:in|on|with|ahead|for|and|through|via|using|from|across|by"
    r"|during|as|to|along|alongside|while|since|at|who|which|that|before|after|including)\b)"
    + _NO_OTHER
)
_AIM: Final = re.compile(
    rf"(?:{_AUDIENCES}\s+in\s+)?"
    rf"(?:(?:[\w-]+\s+){{0,3}}(?:countries|nations|states),?\s+(?:including|such\s+as)\s+)?"
    rf"(?P<places>{_LIST}){_ENDS}"
)
_AUDIENCE: Final = re.compile(
    rf"(?P<whom>{_PLACE}(?:{_SEP}{_PLACE})*\s+(?:domestic\s+)?audiences?)"
    rf"(?P<where>\s+in\s+(?P<places>{_LIST}){_ENDS})?"
)
_FURTHER: Final = re.compile(
    rf",?\s+(?:alongside|along\s+with|as\s+well\s+as)\s+(?:\w+\s+)?targeting\s+of\s+"
    rf"(?:{_AUDIENCES}\s+in\s+)?(?:neighbou?ring\s+)?(?P<places>{_LIST})"
    rf"|,\s+with\s+(?P<focus>{_LIST})\s+as\s+(?:an?|the|its)\s+(?:\w+\s+)?focus\b"
)
_GOES_ON: Final = re.compile(
    r",?\s+(?:alongside|along\s+with|as\s+well\s+as|including|among)\b|\s*\("
    r"|,?\s+and\b(?!\s+(?:\w+ed|(?!neighbou?ring)\w+ing|ran|had|was|were|is|are|has|we|it|then"
    r"|made|sought)\b)"
)
_BASED: Final = re.compile(
    rf"\b(?P<led>(?i:an?|the|this))\s+(?P<places>{_LIST})[- ][Bb]ased\s+"
    rf"(?:(?!(?:an?|its|our|that|the|their|this|which|who)\b)[\w()]+\s+){{0,5}}{NOUN}\b"
)


# what must have been read, or the sentence says more than was read
_TIE: Final = re.compile(
    r"\btarget\w*\s+(?:[\w’'-]+\s+){1,5}?audiences\b|\btarget(?:ing|ed|s)\s+(?:the\s+)?[A-Z]"
    r"|\boriginat(?:ing|ed)\s+(?:\w+\s+)?(?:in|from)\b"
)
_PEOPLE: Final = re.compile(rf"\b{_AUDIENCES}\s+in\s+(?:the\s+)?[A-Z]")


@dataclass(slots=True)
class Aims:
    """The places from which a network came, and the places and audiences that it targeted.

    `unread`: it came from, or targeted, something else, too, that no pattern reads.
    """

    origins: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    unread: bool = False
    read: list[tuple[int, int]] = field(default_factory=list)


def aims(sentence: str, counted: int = 0) -> Aims:
    """Return what a sentence says of the places of the network.

    `counted` is the character behind the last asset that it counts as removed.

    >>> aims("Its network, based in Iceland, spoke of Malta.").origins
    []
    >>> aims("We disrupted a network originating in Iceland and targeting Malta.").targets
    ['Malta']
    >>> aims("We found surveys targeting Malta.").targets
    []
    """
    found = Aims()
    own = own_words(sentence)
    for based in _BASED.finditer(own):
        if _is_this(own[: based.start()], based["led"].casefold()):
            found.origins += places(based["places"])
            found.read.append(based.span())
    starts = [head.end() for head in _HEAD.finditer(own) if is_its_own(own, head.start())]
    for start in [*starts, *([counted] if counted else [])]:
        _aimed(own, _came(own, start, found), found)
    ties = [*_TIE.finditer(sentence), *(_PEOPLE.finditer(sentence) if found.targets else ())]
    for tie in ties:
        found.unread |= not any(first <= tie.start() < last for first, last in found.read)
    return found


def is_its_own(sentence: str, start: int) -> bool:
    """Return whether a noun is this network: `the network`, or `a network` found by Meta."""
    before = sentence[:start]
    led = _LED.match(before[-300:])
    if not led or UNSURE.search(before) or ANOTHER.search(before):
        return False
    if led["led"].casefold() in ("a", "an"):
        return bool(_OURS.search(led["before"]))
    if led["led"].casefold() != "the":
        return True
    return not (NAMED.search(led["words"]) or ONE_OF.search(led["words"]))


def _is_this(before: str, led: str) -> bool:
    """Return whether this network is based somewhere, and not one that it is set beside."""
    is_another = UNSURE.search(before) or ANOTHER.search(before)
    return not is_another and (led == "this" or bool(_OURS.search(before)))


def is_of_a_part(sentence: str, start: int) -> bool:
    """Return whether a part is meant of what a noun is: `a cluster within this network`."""
    led = _LED.match(sentence[max(0, start - 300) : start])
    if led is None or led["led"].casefold() in ("a", "an"):
        return False
    return bool(re.search(r"\b(?:of|in|within|from|behind)\s+$", led["before"]))


def _came(sentence: str, start: int, found: Aims) -> int:
    """Add the places from which the network came; return the character behind them."""
    of = _OF.match(sentence, start)
    origin = _ORIGIN.match(sentence, of.end() if of else start)
    if not origin:
        return of.end() if of else start
    names = places(origin["places"])
    found.read.append(origin.span())
    found.origins += names
    found.targets += names if origin["own"] else []
    found.unread |= not names
    return origin.end()


def _aimed(sentence: str, start: int, found: Aims) -> None:
    """Add at whom the network was aimed."""
    aimed = _AIMED.match(sentence, start)
    if not aimed and (aimed := _LATER.match(sentence, start)):
        found.unread |= "targeting" in aimed[0]
    if not aimed or UNSURE.search(sentence, start, aimed.end()):
        return
    audience = _AUDIENCE.match(sentence, aimed.end())
    aim = audience or _AIM.match(sentence, aimed.end())
    names = places(aim["places"] or "") if aim else []
    if not aim or not (names or audience):
        found.unread = True
        return
    found.audiences += [(aim["whom"] + (aim["where"] or "")).rstrip(".")] if audience else []
    found.targets += names
    end = aim.end()
    while further := _FURTHER.match(sentence, end):
        found.targets += places(further["places"] or further["focus"])
        end = further.end()
    found.read.append((sentence.rindex("target", start, aimed.end()), end))
    found.unread |= bool(_GOES_ON.match(sentence, end))


def names_a_place(words: str) -> bool:
    """Return whether words have the name of a country or region in them.

    >>> names_a_place("and posed as locals in Malta"), names_a_place("and read Malta Today")
    (True, False)
    """
    found = (hit[1].rstrip(".") for hit in _IN_FULL.finditer(words))
    return any(len(one) > _CODE and (country(one) or region(one)) for one in found)


def places(words: str) -> list[str]:
    """Return the countries and regions of a list; none where one of them is neither."""
    spelled = _PARTS.sub(", ", words).strip(" ,.")
    spelled += "." if _INITIALS.search(spelled) else ""
    if known := countries(spelled):
        return [one.name for one in known]
    parts = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", spelled) if part]
    found = [[one.name for one in countries(part)] or [region(part)] for part in parts]
    names = [name for part in found for name in part]
    return names if all(names) else []
