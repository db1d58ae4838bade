"""Sentences of Meta's summaries: whom they name behind a network, whether they say more.

Only a sentence that speaks of the network itself is read. One about an earlier network, about
what others have said, stays words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from loaders.amounts_in_words import PLATFORMS
from loaders.meta_doubts import ANOTHER, NOUN, TAKEN_BACK, UNSURE, own_words
from loaders.meta_places import NAMED, ONE_OF, is_its_own, is_of_a_part, places
from loaders.meta_whom import is_actor, is_name

# an end of a sentence, but none behind an initial, a title, a hedge or a month cut short; X may
# be the platform
_END: Final = re.compile(
    r"(?<!\b[A-WYZ])(?<!\b(?:Mr|Ms|Dr|St|vs|No))(?<!\b[Cc])(?<!\b[Cc]a)(?<!\b[Aa]pprox)"
    r"(?<!\b(?:[Mm]ax|[Mm]in|[Ee]st|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))(?<!\bSept)"
    r"[.!?][”\"’)]*\s+(?=[\"“A-Z0-9])"
)
_HOW: Final = (
    r"(?P<how>(?:(?:direct|strong|clear|technical|some|several|multiple|further|additional"
    r"|limited)\s+)?links?\s+to)"
)
# what the network did, and none of what is said of people; `United` is no verb
_DID: Final = (
    r"(?:(?!(?:based|located|linked|associated|affiliated)\b)(?-i:[a-z]\w*ed)"
    r"|ran|was|were|had|has|is|are)\b"
)
_OF_PEOPLE: Final = (
    r"(?:hired|employed|paid|funded|directed|controlled|owned|connected|called)\b"
)
_WHOM: Final = (
    r"\s+(?P<whom>.+?)(?=,\s+(?:which|who|whom|whose|where|while|but|likely|indicating"
    rf"|suggesting|some\s+of|an?|and\s+(?:we|it|its|they|(?:the|this)\s+{NOUN}))\b"
    r"|\s+(?:indicating|suggesting|(?:likely\s+)?on\s+behalf\s+of)\b|;\s"
    r"|\s+(?:in|since|until|from|during)\s+(?:\w+\s+)?20\d\d\b"
    r"|\s+with\s+(?:\w+\s+)?(?:high|moderate|medium|low)\s+confidence\b"
    r"|\s+that\s+(?:we|is|was|were|has|have|had)\b|,?\s+and\s+(?:also\s+)?to\b"
    r"|,\s+(?:in\s+our|we)\b"
    rf"|,?\s+and\s+(?:also\s+)?{_DID}|,\s+(?:also\s+)?(?!{_OF_PEOPLE}){_DID}|[\s.;:]*$)"
)
_FOUND: Final = re.compile(
    r"\b(?:investigation|we)\s+(?:have\s+|has\s+|also\s+)*"
    r"(?:revealed|found|uncovered|identified|established|confirmed|indicated|showed)\s+"
    rf"{_HOW}{_WHOM}",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    rf"\b(?:this|the|an?)\s+(?P<which>(?:[\w-]+\s+){{0,4}}?)(?P<noun>{NOUN})(?P<told>,?\s+"
    r"(?:(?:(?:which|that)\s+)?(?:is|was|has\s+been|we)\s+(?:have\s+)?)?)"
    r"(?P<how>(?:attributed|linked)\s+to|associated\s+with|(?:operated|run|managed)\s+by)"
    rf"{_WHOM}",
    re.IGNORECASE,
)
# Meta's own words for it: `We attribute this network with high confidence to …`
_ATTRIBUTED: Final = re.compile(
    r"\b(?:we|meta|investigation"
    r"|investigation\s+(?:[\w-]+\s+){0,2}(?:identified|found|uncovered|compiled|revealed)\s+"
    r"(?:[\w,-]+\s+){0,4}?(?:signals?|evidence|indicators)\s+(?:[\w-]+\s+){0,8}?that)\s+"
    r"(?:(?:have|has|also|now|publicly)\s+)*(?P<how>(?:attribute[sd]?|link(?:s|ed)?)\s+"
    rf"(?P<led>this|the)\s+(?P<which>(?:[\w-]+\s+){{0,4}}?){NOUN}\s+"
    r"(?:with\s+(?:high|moderate|medium)\s+confidence\s+)?to)"
    rf"{_WHOM}",
    re.IGNORECASE,
)
# `Run by the Harbour Board, this network …`
_FRONTED: Final = re.compile(
    r"^(?P<how>(?:coordinated|operated|run|managed)\s+by)\s+"
    r"(?P<whom>(?:(?!,|;|\s+(?:alongside|along\s+with|together\s+with|and|as\s+well\s+as)\b).)+)"
    rf"(?P<others>[^;]*?),\s+this\s+(?:[\w-]+\s+){{0,3}}?{NOUN}\b",
    re.IGNORECASE,
)
_BY_OTHERS: Final = re.compile(r"\b(?:attributed|linked)\b.*\bby\s+(?!us\b|our\b|Meta\b)")
# what an operation says of itself
_FEIGNED: Final = re.compile(
    r"\b(?:told|pretend\w*|purport\w*|masquerad\w*|impersonat\w*|supposed(?:ly)?|fictitious"
    r"|presented|described|portray\w*)\b",
    re.IGNORECASE,
)
_ANOTHER_ONE: Final = re.compile(rf"{ANOTHER.pattern}\s+(?:[\w-]+\s+){{0,3}}{NOUN}", re.I)
_LOOKED_INTO_ANOTHER: Final = re.compile(
    rf"{ANOTHER.pattern}\s+(?:[\w-]+\s+){{0,2}}investigation", re.IGNORECASE
)
# `Lighthouse, an operation that we removed`
_NAMED_ONE: Final = re.compile(
    rf",\s+(?:which\s+(?:is|was)\s+)?(?:an?|the|our)\s+(?:[\w-]+\s+){{0,6}}?{NOUN}"
    r"(?=\s*(?:[.,;)]|$)|\s+(?:we|that|which|known|targeting|active|from|in|first)\b)",
    re.IGNORECASE,
)
# somebody may be behind it, in words that are not read
_SOMEBODY: Final = re.compile(
    r"\b(?:attribut\w+|linked|links|tied|ties|traced|connected|connections?|associated|operated"
    r"|run|managed|directed|controlled|coordinated|funded|hired)\s+(?:\w+\s+){0,2}?"
    r"(?:to|with|by|between)\b|\bon\s+behalf\s+of\b",
    re.IGNORECASE,
)
_AND_TO: Final = re.compile(r",?\s+(?:and|as\s+well\s+as)\s+(?:\w+\s+)?to\b", re.IGNORECASE)
_OPERATED: Final = re.compile(r"(?:operated|run|managed)\s+by", re.IGNORECASE)
_IN_PLACE: Final = re.compile(r"(?P<name>.+?),?\s+(?:(?:based|located)\s+)?in\s+(?P<where>.+)")
# fewer words in a row are those that tie together what is read
_MANY: Final = 8
_WORD: Final = re.compile(r"[^\W_][\w’'.,-]*")
# who speaks and of what, which is part of all that is read; and why Meta removes what it does
_FRAME: Final = re.compile(
    r"\b(?:we|meta|investigation)\s+(?:(?:have|has|also)\s+)*\w+(?:\s+that)?\b"
    rf"|\b(?:an?|the|this)\s+(?:[\w-]+\s+){{0,5}}?{NOUN}\b(?:\s+operators)?"
    r"|\b(?:network\s+)?operators\b"
    r"|\bfor\s+violating\s+our\s+(?:policy|policies)\s+against\s+[^.,;]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """Whom a sentence names behind a network, by the weakest word that says no more.

    `start` is where it stands in the sentence, up to whose end the wording goes; `is_all`: the
    sentence says nothing more of who is behind it.
    """

    predicate: str
    whom: str
    wording: str
    start: int
    is_all: bool

    @property
    def is_name(self) -> bool:
        """Return whether the words are the name of one actor, and no description of some."""
        return is_name(self.whom)


def sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph, each with its first character."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    cut = ((first, text[first:last].rstrip()) for first, last in pairwise(ends))
    return [(first, sentence) for first, sentence in cut if sentence]


def behind(sentence: str) -> Behind | None:
    """Return whom a sentence of the publisher's own names behind the network.

    >>> behind("The Harbour Board has been linked to the network by the Quay Office.")
    >>> behind("We cannot confirm that this network is linked to the Harbour Board.")
    >>> behind("We found links to the Harbour Board.").predicate
    'linkedTo'
    """
    patterns = (_FOUND, _ATTRIBUTED, _SUBJECT, _FRONTED)
    found = next((hit for one in patterns if (hit := one.search(sentence))), None)
    if not found or not _is_plain(sentence, found):
        return None
    predicate = "operatedBy" if _OPERATED.match(found["how"]) else "linkedTo"
    wording = sentence[found.start("how") :].rstrip(" .;:")
    whom, rest = found["whom"].strip(" ,"), sentence[found.end("whom") :]
    placed = _IN_PLACE.fullmatch(whom)
    if placed and is_name(placed["name"]) and places(placed["where"]):
        whom = placed["name"]
    more = found.groupdict().get("others") or _AND_TO.match(rest) or rest.startswith(" that ")
    is_all = not (more or names_somebody(rest))
    return Behind(predicate, whom, wording, found.start(), is_all)


def names_somebody(sentence: str) -> bool:
    """Return whether a sentence may say who is behind something."""
    return bool(_SOMEBODY.search(sentence))


def _is_plain(sentence: str, found: re.Match[str]) -> bool:
    """Return whether Meta itself says it, without a doubt, and of this network."""
    before = sentence[: found.start("how")]
    if any(words.search(before) for words in (UNSURE, _FEIGNED, _LOOKED_INTO_ANOTHER)):
        return False
    if own_words(sentence) != sentence or _BY_OTHERS.search(sentence):
        return False
    if TAKEN_BACK.search(sentence, found.start("how")) or not is_actor(found["whom"]):
        return False
    told = found.groupdict()
    if told.get("noun") and not _is_subject(sentence, found):
        return False
    which = told.get("which") or ""
    is_the = (told.get("led") or "").casefold() == "the"
    is_named = is_the and (NAMED.search(which) or ONE_OF.search(which))
    if is_named or "of" in which.split():  # `the first phase of the network`
        return False
    which = which or " ".join(found["whom"].split()[:3])
    if ANOTHER.search(which) or _ANOTHER_ONE.search(found["whom"]):
        return False
    return not _NAMED_ONE.match(sentence, found.end("whom"))


def _is_subject(sentence: str, found: re.Match[str]) -> bool:
    """Return whether it is said of this network; `the campaign run by` somebody may be any."""
    is_told = found["told"].strip() or found[0][0] in "aA"
    noun = found.start("noun")
    return bool(is_told) and is_its_own(sentence, noun) and not is_of_a_part(sentence, noun)


def unread(sentence: str, read: Iterable[tuple[int, int]]) -> list[str]:
    """Return the runs of words that stand outside the ranges that are read.

    >>> unread("We removed 3 Pages in Malta.", [(11, 18)])
    [' ', ' in Malta.']
    """
    rest = list(sentence)
    spans = [*read, *(found.span() for found in _FRAME.finditer(sentence))]
    for first, last in spans:
        rest[first:last] = "|" * (last - first)
    return [run for run in "".join(rest).split("|") if run]


def says_much(run: str) -> bool:
    """Return whether a run of words is more than what ties together what is read.

    >>> says_much(" and "), says_much(", and people who drew cranes by night saw it.")
    (False, True)
    >>> says_much("On Instagram, ")
    True
    """
    words = [word.strip(",.").casefold() for word in _WORD.findall(run)]
    return len(words) >= _MANY or any(word in PLATFORMS for word in words)
