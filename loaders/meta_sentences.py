"""Sentences of Meta's summaries: where a network came from, at whom it was aimed, who did it.

Only a sentence that speaks of the network itself is read. One about an earlier network, about
what others have said, or about where the people behind it live, stays words.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from loaders.countries import countries, region

# an end of a sentence, but none behind an initial or a title
_END: Final = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs|No))[.!?][”\"’)]*\s+(?=[\"“A-Z0-9])"
)
_WORD: Final = r"(?:[A-Z]|d['’][A-Z])[\w'’.-]*"
_PLACE: Final = rf"(?:the\s+)?{_WORD}(?:\s+(?:of\s+(?:the\s+)?)?{_WORD})*"
_PLACES: Final = rf"(?P<places>{_PLACE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_PLACE})*)"
_NOUN: Final = r"(?:network|operation|campaign|activity|cluster)"
_ORIGIN: Final = re.compile(
    rf"\b(?:originat(?:ing|ed)\s+(?:in|from)|{_NOUN}\s+(?:(?:is|was)\s+)?based\s+in)\s+"
    rf"(?P<own>and\s+targeting\s+)?{_PLACES}"
)
_BASED: Final = re.compile(
    rf"\b(?:an?|the)\s+{_PLACES}[- ][Bb]ased\s+(?:[\w()]+\s+){{0,5}}{_NOUN}\b"
)
_TARGET: Final = re.compile(
    r"\b(?:targeting|targeted|that\s+targets)\s+(?:(?:audiences|people|users)\s+in\s+)?"
    rf"{_PLACES}(?P<audience>\s+(?:domestic\s+)?audiences?)?"
)
_HOW: Final = (
    r"(?P<how>(?:(?:direct|strong|clear|technical|some|several|multiple|further|additional"
    r"|possible|potential|apparent|limited)\s+)?links?\s+to)"
)
_WHOM: Final = (
    r"\s+(?P<whom>.+?)(?=,\s+(?:which|who|whom|likely|indicating|suggesting|and\s+we)\b"
    r"|\s+(?:indicating|suggesting)\b|[\s.;:]*$)"
)
_FOUND: Final = re.compile(
    r"\b(?:investigation|we)\s+(?:have\s+|has\s+|also\s+)*"
    r"(?:revealed|found|uncovered|identified|established|confirmed|indicated|showed)\s+"
    rf"{_HOW}{_WHOM}",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    rf"\b(?:this|the|an?)\s+(?P<which>(?:[\w-]+\s+){{0,4}}?){_NOUN},?\s+"
    r"(?:(?:(?:which|that)\s+)?(?:is|was|has\s+been|we)\s+(?:have\s+)?)?"
    r"(?P<how>(?:attributed|linked)\s+to|associated\s+with|(?:operated|run|managed)\s+by)"
    rf"{_WHOM}",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"\b(?:earlier|another|previous(?:ly)?|prior|other|similar|separate|different|unrelated|past)\b",
    re.IGNORECASE,
)
_BY_OTHERS: Final = re.compile(
    r"\baccording\s+to\b|\b(?:attributed|linked)\b.*\bby\s+(?:the\s+)?[A-Z]"
)
# what comes before makes it a denial, a doubt, a condition, or what somebody else says
_UNSURE: Final = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|unable|unclear|unknown|whether|if|could|may"
    r"|might|unlikely|suspect(?:s|ed)?|alleged(?:ly)?|alleg(?:es|ing)|reported(?:ly)?"
    r"|report(?:s|ing)\s+that|claim(?:s|ed|ing)?|said|says|denied|denies|denying"
    r"|low(?:er)?\s+confidence|pos(?:ed|ing)\s+as)\b|n['’]t\b",
    re.IGNORECASE,
)
_OPERATED: Final = re.compile(r"(?:operated|run|managed)\s+by", re.IGNORECASE)
_DESCRIBED: Final = re.compile(
    r"\s(?:and|or)\s|,|\b(?:individuals?|people|persons?|actors?|accounts?|users?|entit(?:y|ies)"
    r"|freelancers?|operators?|nationals?|citizens?|students?|employees?|members?|officials?"
    r"|companies|firms?|groups?|networks?|organi[sz]ations|clients?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """Whom a sentence names behind a network, by the weakest word that says no more."""

    predicate: str
    whom: str
    wording: str

    @property
    def is_name(self) -> bool:
        """Return whether the words are the name of one actor, and no description of some."""
        starts = re.match(r"(?:the\s+)?[A-Z]", self.whom)
        return bool(starts) and not _DESCRIBED.search(self.whom)


def sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph, each with its first character."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    cut = ((first, text[first:last].rstrip()) for first, last in pairwise(ends))
    return [(first, sentence) for first, sentence in cut if sentence]


def origins(sentence: str) -> list[str]:
    """Return the places from which a sentence says that the network came.

    >>> origins("Its network, based in Iceland, spoke of Malta.")
    []
    >>> origins("We disrupted a network originating in Iceland and Malta.")
    ['Iceland', 'Malta']
    """
    found = _ORIGIN.search(sentence) or _BASED.search(sentence)
    return places(found["places"]) if found and _is_plain(sentence, found) else []


def targets(sentence: str) -> list[str]:
    """Return the places at which a sentence says that the network was aimed."""
    found, origin = _TARGET.search(sentence), _ORIGIN.search(sentence)
    if found and not found["audience"]:
        return places(found["places"]) if _is_plain(sentence, found) else []
    if origin and origin["own"] and _is_plain(sentence, origin):
        return places(origin["places"])
    return []


def audience(sentence: str) -> str:
    """Return the audience, described by where it lives or what it speaks."""
    found = _TARGET.search(sentence)
    if not found or not found["audience"] or not _is_plain(sentence, found):
        return ""
    return f"{found['places']}{found['audience']}"


def _is_plain(sentence: str, found: re.Match[str]) -> bool:
    """Return whether nothing before some words makes them doubtful, or of another network."""
    before = sentence[: found.start()]
    return not _UNSURE.search(before) and not _ANOTHER.search(before)


def places(words: str) -> list[str]:
    """Return the countries and regions of a list; none where one of them is neither."""
    if known := countries(words) or countries(words.rstrip(".")):
        return [one.name for one in known]
    parts = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", words.rstrip(".")) if part]
    found = [[one.name for one in countries(part)] or [region(part)] for part in parts]
    names = [name for part in found for name in part]
    return names if all(names) else []


def behind(sentence: str) -> Behind | None:
    """Return whom a sentence of the publisher's own names behind the network.

    >>> behind("The Harbour Board has been linked to the network by the Quay Office.")
    >>> behind("We cannot confirm that this network is linked to the Harbour Board.")
    >>> behind("We found links to the Harbour Board.").predicate
    'linkedTo'
    """
    found = _FOUND.search(sentence) or _SUBJECT.search(sentence)
    if (
        not found
        or _BY_OTHERS.search(sentence)
        or _UNSURE.search(sentence[: found.start("how")])
    ):
        return None
    which = found.groupdict().get("which") or " ".join(found["whom"].split()[:3])
    if _ANOTHER.search(which):
        return None
    predicate = "operatedBy" if _OPERATED.match(found["how"]) else "linkedTo"
    wording = sentence[found.start("how") :].rstrip(" .;:")
    return Behind(predicate, found["whom"].strip(" ,"), wording)
