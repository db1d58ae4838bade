"""Words that make a statement of Meta's doubtful, another's, or one of another network."""

import re
from typing import Final

NOUN: Final = r"(?:network|operation|campaign|activity|cluster)"
ANOTHER: Final = re.compile(
    r"\b(?:earlier|another|previous(?:ly)?|prior|other|similar|separate|different|unrelated|past)\b",
    re.IGNORECASE,
)
# what comes before makes it a denial, a doubt, a condition, or what somebody else says
UNSURE: Final = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|unable|unclear|unknown|whether|if|could"
    r"|(?-i:may)|might|likely|unlikely|possibl[ey]|probabl[ey]|perhaps|maybe"
    r"|had\s+(?:we|our|meta|this|the)|presum(?:ed|ably|es?)"
    r"|believe[sd]?|think(?:s|ing)?(?!\s+tanks?\b)|seem(?:s|ed)?"
    r"|assess(?:ed|es)?(?!\s+with\s+high\s+confidence)"
    r"|appear(?:s|ed)?\s+(?:that|to\s+be|to\s+have)|suspect(?:s|ed)?"
    r"|alleged(?:ly)?|alleg(?:es|ing)|reported(?:ly)?"
    r"|report(?:s|ing)\s+that|claim(?:s|ed|ing)?|said|says|denied|denies|denying"
    r"|low(?:er)?\s+confidence|pos(?:ed|ing)\s+as"
    r"|(?:little|limited|scant|weak|insufficient|inconclusive)\s+evidence|look(?:s|ed)?\s+(?:like|as)"
    r"|to\s+our\s+knowledge|as\s+far\s+as\s+we)\b|n['’]t\b",
    re.IGNORECASE,
)

_SAID: Final = (
    r"(?:said|says|reported|reports|wrote|writes|noted|notes|estimated|estimates|found|finds"
    r"|(?-i:states)|stated|argues|argued|concluded|concludes|assessed"
    r"|assesses|determined|revealed|announced|observed|counted)"
)
_SAY: Final = r"(?:say|report|write|note|estimate|find|argue|conclude|assess|allege)"
_OURS: Final = r"(?:we|meta|our|investigations?|analys[ie]s|teams?|systems?)"
_AUXILIARY: Final = r"(?:has|have|had|also|then|later|now|since|recently|independently)"
_NAME: Final = r"[\w.’'-]+"
# another voice than that of Meta
_OTHERS: Final = re.compile(
    r"\baccording\s+to\s+(?!our\b|us\b|meta\b)"
    r"|(?-i:\b[Pp]er\s+(?:the\s+)?(?!Meta\b|Page\b|Group\b|Facebook\b|Instagram\b)[A-Z])"
    r"|\bin\s+(?:[\w.-]+\s+){0,3}(?!meta)[\w.-]+['’]s?\s+(?:own\s+)?(?:view|words|assessment)\b"
    rf"|,\s+(?!(?:{_NAME}\s+){{0,3}}{_OURS}\b)(?:{_NAME}\s+){{1,5}}{_SAID}[.\s]*$"
    r"|\bin\s+(?:public|media|press|news|open[\s-]source|external|industry|third[\s-]party"
    r"|independent|other)\s+(?:reporting|reports?)\b"
    r"|\bin\s+(?:an?|the|its|their)\s+(?:[\w-]+\s+){0,4}"
    r"(?:indictment|lawsuit|complaint|affidavit)\b"
    # an investigation of somebody else
    r"|(?:(?<!\bMeta)['’]s?|\b(?:its|their|his|her|independent|external|media))"
    r"\s+(?:[\w-]+\s+){0,3}investigation\s+(?:[\w-]+\s+){0,4}?"
    r"(?:reveal|found|uncover|identif|establish|confirm|indicat|show|link|attribut|conclud)\w*",
    re.IGNORECASE,
)
# whose words come behind it
_SAYING: Final = re.compile(
    rf"\b(?!{_OURS}\b|{_AUXILIARY}\b){_NAME}\s+(?:{_AUXILIARY}\s+)*"
    rf"(?:(?:{_SAID}|{_SAY})\s+(?=that\b)"
    r"|(?:said|says|reported|wrote|estimated|claim(?:s|ed)?)\s+"
    r"(?=(?:we|this)\b)|(?:say|reveal|suggest|show|allege|conclude|confirm)(?:s|d|ed)?\s+"
    rf"(?=this\s+(?:[\w-]+\s+){{0,3}}{NOUN}\s+(?:is|was|has|had|targeted|originated)\b))",
    re.IGNORECASE,
)
# what takes a statement back, or whom it is about does
TAKEN_BACK: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|no\s+longer|disput\w+|retract\w+|withdr[ae]w\w*"
    r"|(?:which|that|this|it|claims?|charges?|allegations?|accusations?|links?)\s+"
    r"(?:the\s+)?(?:\w+\s+){0,3}?(?:reject|refut|rebut|dismiss|disown)\w*"
    r"|call(?:s|ed)\s+(?:\w+\s+){0,2}?(?:baseless|false|fabricated|groundless|unfounded|untrue)"
    r"|low(?:er)?\s+confidence|unconfirmed|unproven|mistaken(?:ly)?|unable\s+to"
    r"|(?:could|can|did|do|does)(?:\s*not|n['’]t)\s+(?:confirm|verify|attribute)"
    r"|rule[sd]?\s+out|turned\s+out|disprove[sdn]?|rather\s+than|instead\s+of"
    r"|we\s+(?:believe|think|suspect|assume|assess))\b",
    re.IGNORECASE,
)
# what is said, of which the words before tell who says it
_THAT: Final = re.compile(
    rf"(?=\bthat\s+(?:(?:this|the)\s+(?:[\w-]+\s+){{0,4}}?{NOUN}\b|these\s"
    r"|(?:(?:about|around|some|nearly|almost|over|more\s+than)\s+)?\d))",
    re.IGNORECASE,
)
_BY_US: Final = re.compile(
    r"\b(?:we|meta|(?:our|meta['’]s)(?:\s+[\w-]+){1,4}?"
    r"|investigation|analys[ie]s|evidence|signals|indicators)\s+"
    r"(?:(?:have|has|had|can|could|also|now|then|further|were|are|able\s+to|\w+\s+and)\s+)*"
    r"(?:found|find|determined?|revealed|confirm(?:ed|s)?|concluded?|assess(?:ed)?|uncovered"
    r"|discovered|identified|established|show(?:s|ed)?|indicate[sd]?|observed?|noted?"
    r"|report(?:ed)?|saw|see|learned|estimated?|announced?|suspect(?:ed)?|believed?"
    r"|suggest(?:s|ed)?|compiled|said|say|stated?|wrote)\b(?:\s+[\w,-]+){0,8}\s+$"
    # `the Pages that this network ran`
    rf"|\b(?:accounts?|pages?|groups?|assets|websites|domains|{NOUN}s?|all|so|such)\s+$",
    re.IGNORECASE,
)


def own_words(sentence: str) -> str:
    """Return a sentence up to where another begins to speak; nothing where it is another's.

    >>> own_words("We removed 3 Pages that said that it rained.")
    'We removed 3 Pages '
    >>> own_words("According to the Quay Office, we removed 3 Pages.")
    ''
    """
    if _OTHERS.search(sentence):
        return ""
    voices = (*_SAYING.finditer(sentence), *_THAT.finditer(sentence))
    begins = (voice.start() for voice in voices if not _is_by_us(sentence[: voice.end()]))
    return sentence[: min(begins, default=len(sentence))]


def _is_by_us(before: str) -> bool:
    """Return whether Meta says what comes next; who says it stands close by."""
    return bool(_BY_US.search(before[-300:]))
