"""Recognises empty cells, and words in place of a name that name nobody."""

import re
from typing import Final

_NOTHING: Final = frozenset(
    {
        "#n/a", "-", "--", "n.a.", "n/a", "not applicable", "not available", "–", "—",
    }
)  # fmt: skip
# as programs write it, R and pandas, databases; "none" is a word, and people are called Nan
_WRITTEN: Final = frozenset(
    {"(null)", "<NA>", "N.A", "NA", "NULL", "NaN", "None", "\\N", "nan", "null"}
)
_NO_NAMES: Final = frozenset(
    {
        "?", "nan", "nobody", "none", "not attributed", "not known", "not specified",
        "null", "tba", "tbd", "unattributed", "unclear", "undetermined", "undisclosed",
        "unidentified", "unknown", "unknown - not attributed", "unspecified",
    }
)  # fmt: skip
# small words of names, also where `A` is an article of another language: `A Voz do Brasil`
_WITHIN_NAMES: Final = (
    r"(?:about|against|and|at|by|da|das|de|del|do|dos|e|for|from|in|la|las|les|of|on|or|the|to"
    r"|with|without|y)"
)
_NAMELESS: Final = re.compile(
    r"(?:Anonymous|Several|Some|Unattributed|Undisclosed|Unidentified|Unknown|Unnamed"
    r"|Unspecified)(?: [a-z]\S*)+"
    rf"|An? (?:[A-Z][\w.-]* ){{0,2}}(?!{_WITHIN_NAMES} )[a-z]\S*(?: .+)?"
    r"|Some(?:body|one) [a-z].+"
    r"|(?:Anonymous|Undisclosed|Unidentified|Unknown|Unnamed|Unspecified)(?: \S+)*"
    r" (?:analyst|diplomat|employee|insider|official|person|source)s?"
    # `Anonymous Sudan group` is one by its name
    r"|(?:Undisclosed|Unidentified|Unknown|Unnamed|Unspecified)(?: \S+)*"
    r" (?:(?:actor|firm|group|individual|network)s?|agenc(?:y|ies)|compan(?:y|ies)"
    r"|entit(?:y|ies))"
    r"|(?:Two|Three|Four|Five|Many|Multiple|Various)(?: [a-z]\S*)+"
)
# of whom only is told what they are, and at most where from
_PEOPLE: Final = (
    r"(?:activists?|actors?|bloggers?|bots?|consultants?|contractors?|cybercriminals?|employees?"
    r"|entit(?:y|ies)|freelancers?|hack(?:er|tivist)s?|individuals?|influencers?|marketers?|nationals?"
    r"|officials?|operatives?|operators?|politicians?|strategists?|supporters?|trolls?|users?)"
)
# what is no name unless something is told beside it
_KIND_OF: Final = (
    r"(?:army|commercial|domestic|financially motivated|foreign|government|military|opposition"
    r"|police|state|state-sponsored|scammers|spammers"
    r"|(?:opposition|political|ruling) part(?:y|ies)|(?:bot|spam) networks?"
    r"|(?:bot|troll) farms?|(?:marketing|pr|private) (?:agenc(?:y|ies)|compan(?:y|ies)|firms?))"
)
_TIED: Final = (
    r"(?:acting|affiliated|associated|connected|linked|tied|with (?:connections|links|ties)"
    r"|working) .+"
)
_DESCRIBED: Final = re.compile(
    rf"(?:[A-Z][\w.-]* ){{0,4}}(?:(?!{_WITHIN_NAMES} )[a-z][\w-]* ){{0,3}}"
    rf"(?:{_PEOPLE}|citizens|people|persons)"
    rf"|(?i:(?:the )?{_KIND_OF}(?: (?:based in|from|in) .+)?)"
    r"|(?:Affiliates|Associates|Contractors|Employees|Members|Operators|Staff|Supporters)"
    r" (?:at|from|of) .+"
    r"|(?:Affiliated|Associated|Attributed|Connected|Linked|Tied) (?:to|with) .+"
    r"|(?:Backed|Controlled|Directed|Funded|Managed|Operated|Run) by .+"
    rf"|(?i:{_PEOPLE})(?: (?:{_TIED}|(?:based|behind|from|in|located|who) .+))?"
    rf"|(?i:citizens|people|persons|groups?|firms?|compan(?:y|ies)|networks?) {_TIED}"
)
_CAPITAL_WITHIN: Final = re.compile(r"[a-z][a-z\d]*[A-Z][\w.]*(?: [A-Z]\S*)*")  # eBay
_ANYBODY: Final = re.compile(
    r"(?:an? |some |several )?"
    r"(?:unknown|unidentified|unattributed|undisclosed|unnamed|unspecified)"
    r"(?: (?:foreign|malicious|state|state-sponsored|threat))*"
    r" (?:actors?|adversar(?:y|ies)|attackers?|entit(?:y|ies)|groups?|hackers?|individuals?"
    r"|operators?|organi[sz]ations?|part(?:y|ies)|people|persons?|sources?|users?)"
    r"|(?:acteurs?|groupes?|individus?) (?:inconnus?|non identifiés?)",
    re.IGNORECASE,
)
# what a spreadsheet writes where a formula fails (ECMA-376 part 1, section 18.18.11)
_ERRORS: Final = frozenset(
    {
        "#BLOCKED!", "#CALC!", "#DIV/0!", "#FIELD!", "#GETTING_DATA", "#NAME?", "#NULL!",
        "#NUM!", "#REF!", "#SPILL!", "#VALUE!",
    }
)  # fmt: skip
# codes of countries that stand for nothing as often
CODE_OR_NOTHING: Final = {
    "NA": "may be Namibia, or no value",
    "na": "may be Namibia, or no value",
    "No": "may be Norway, or none",
    "no": "may be Norway, or none",
}
# what people write where a name belongs, about its being missing or standing elsewhere
_NOTED: Final = re.compile(
    r"(?:no|without)(?: public| formal| official)? attribution(?: made| given| yet)?|no ?one"
    r"|no(?: clear| conclusive| credible| direct| known| public)*"
    r" (?:connection|evidence|indication|link|proof|sign|tie)s?"
    r"(?: (?:between|for|of|that|to) .+)?"
    r"|(?:nobody|none|not)(?: been| officially| publicly| yet)* (?:attributable|attributed"
    r"|available|confirmed|determined|disclosed|established|found|given|identified|known"
    r"|mentioned|named|provided|public|released|reported|revealed|specified|stated)"
    r"(?: publicly| yet)?(?: (?:by|in) .+)?"
    r"|(?:as|same|see)(?: as)? (?:above|before|below|notes?|previous|reports?|sources?|text)"
    r"(?: \d+)?|no (?:known |clear )?(?:actor|attribution|operator)s?(?: [a-z]+)*"
    r"|attribution(?: is)? (?:contested|open|pending|possible|tb[cd]|un[a-z]+)"
    r"|(?:.+ )?(?:(?:can|could|did|do|does|has|was|were)(?: not|n[’']t)|cannot)"
    r"(?: be| been| publicly)* (?:attribut|disclos|identif|nam)[a-z]+"
    r"|(?:none|unattributed|unclear|undisclosed|unidentified|unknown|unspecified)"
    r"(?: ?[–—/,:(\[]| -|- ).*"
    r"|to be (?:announced|confirmed|determined)|under (?:investigation|review)"
    r"|blank|classified|confidential|ditto|do|empty|ibid|idem|n\. ?n|name|ongoing|open"
    r"|pending|redacted|same|tbc|withheld|x{2,}"
    r"|multiple|others|several|various|0|false|nil|no|true|yes|n[./]d|n/k|k\. ?a|s/d|н/д"
    r"|aucune?|desconhecid[ao]|desconocid[ao]|inconnue?|keine?|nieznan[aey]|ningun[ao]"
    r"|okänd|onbekend|sconosciut[ao]|sin datos|tidak diketahui|tuntematon|ukendt|ukjent"
    r"|unbekannt|bilinmiyor|không rõ|неизвестн\w+|невідом\w+"
    r"|нет(?: данных)?|غير معروف|مجهول|نامعلوم|לא ידוע|अज्ञात|不明|未知|无|無|なし|미상|없음",
    re.IGNORECASE,
)
_AROUND: Final = " .…()[]<>{}\"'“”„«»*"
# what takes a name back, or leaves it open
_OPEN: Final = (
    r"(?:alleged(?:ly)?|denie[ds]|disputed(?! territor)|likely|maybe|perhaps|possibl[ey]"
    r"|deepfake|fake(?! news)|falsely attributed|impersonat(?:ed|ion|or)|impost[eo]r"
    r"|misattributed|parody|presumabl[ey]|presumed|probabl[ey]|spoof(?:ed)?|suspected|tb[cd]"
    r"|uncertain|unclear|unconfirmed"
    r"|ruled out|unlikely|unverified"
    r"|not(?! for profit| incorporated| recogni[sz]ed| to be confused)"
    r"|(?:high|low|medium|moderate|some|\d+ ?%) confidence|confidence: .+)"
)
_NOT: Final = r"not(?![ -]for[ -]profit\b)"
_DOUBT: Final = re.compile(
    rf"(?i:(?:alleged(?:ly)?|apparently|likely|maybe|{_NOT}|perhaps|possibl[ey]|potentially"
    r"|presumably|presumed|probabl[ey]|purportedly|reportedly|supposedly|suspected"
    r"|unconfirmed|unlikely"
    r"|(?:falsely|wrongly) attributed to|misattributed to"
    r"|(?:assumed|believed|reported|said|thought) to be|(?:appears|seems) to be"
    r"|(?:could|may|might) be"
    r"|purported|(?:deepfake|fake|impost[eo]r|parody|spoof(?:ed)?)"
    r" (?:accounts?|pages?|profiles?|posts?|quotes?|sites?|tweets?|videos?|websites?)"
    r" (?:by|from|of)|some(?:body|one) (?:claiming|pretending) to be):? )(?P<name>.+)"
    rf"|.+[(\[](?:[^][()]* )?(?i:{_OPEN})(?: [^][()]*)?[)\]]"
    rf"|.+(?:,| [-–—]) ?(?i:{_OPEN}|(?:maybe|perhaps|possibly|probably) .+)|.+\?[)\]]?|\?.+"
    rf"|.+, (?i:(?:and|but) )?{_NOT}(?! incorporated| recogni[sz]ed) .+"
)
# what denies whatever follows; `not yet named hackers` are some, though
_DENIED: Final = re.compile(
    r"(?:unlikely|(?:falsely|wrongly) attributed to|misattributed to"
    r"|not(?! (?:\w+ly |yet )*(?:disclosed|identified|known|named|specified)\b)) .+",
    re.IGNORECASE,
)
# `Unknown (Iceland nexus)`: one of some, whom nobody knows
_AMONG: Final = re.compile(
    r"(?:unattributed|undisclosed|unidentified|unknown|unspecified) ?[(\[].+[)\]]",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(rf"\(?(?:{_OPEN})\)?[.!?]?", re.IGNORECASE)
_DENIAL: Final = re.compile(
    rf"\(?(?:denie[ds]|disputed(?! territor)|falsely attributed|misattributed|{_NOT}|ruled out"
    r"|uncertain|unclear|unlikely)\b",
    re.IGNORECASE,
)
_DUMPED: Final = re.compile(r"""[\[{]\s*["'].*["']\s*[\]}]""", re.DOTALL)
DOUBTED: Final = "is denied or doubted, and no name of anybody"
FORMULA_FAILED: Final = "is what a formula that failed has left"
NOBODY: Final = "names nobody"
_AS_A_LIST: Final = "is a list as a program writes it, and no name"


def says_nothing(cell: str) -> bool:
    """Return whether tables and programs spell by this that a cell has no value.

    >>> says_nothing("N/A"), says_nothing("none"), says_nothing("Unknown")
    (True, False, False)
    """
    return cell in _WRITTEN or cell.casefold() in _NOTHING


def names_nobody(cell: str) -> bool:
    """Return whether a word where a name would stand is none, since nobody is known or told."""
    return cell.casefold() in _NO_NAMES or says_nothing(cell)


def describes_people(words: str) -> bool:
    """Return whether words where a name would stand describe people whom nobody names.

    >>> describes_people("Unknown actors"), describes_people("Unknown Heron")
    (True, False)
    >>> describes_people("Individuals in Togo"), describes_people("Actors Studio")
    (True, False)
    >>> describes_people("A senior official"), describes_people("Anonymous")
    (True, False)
    >>> describes_people("eBay users"), describes_people("menuPass")
    (True, False)
    """
    doubt = _DOUBT.fullmatch(words)
    told = doubt["name"].removeprefix("the ") if doubt and doubt["name"] else words
    is_told = _NAMELESS.fullmatch(told) or _DESCRIBED.fullmatch(told)
    is_small = told[:1].islower() and not _CAPITAL_WITHIN.fullmatch(told)
    return is_small or is_told is not None


def why_nobody(words: str) -> str:
    """Return why words where a name would stand are none; nothing if they may be one."""
    if is_noted(words):
        return NOBODY
    if _DUMPED.fullmatch(words):
        return _AS_A_LIST
    return DOUBTED if is_doubted(words) else NOBODY if _AMONG.fullmatch(words) else ""


def is_noted(words: str) -> bool:
    """Return whether words where a name would stand say that there is none, or refer elsewhere.

    A sign alone may stand for the row above.

    >>> is_noted("(unknown)"), is_noted("see above"), is_noted('"'), is_noted("No Borders")
    (True, True, True, False)
    >>> is_noted("#REF!"), is_noted("#RefugeesWelcome")
    (True, False)
    """
    bare = words.strip(_AROUND)
    is_none = not any(sign.isalnum() for sign in words) or is_failed(words)
    return is_none or names_nobody(words) or names_nobody(bare) or bool(_NOTED.fullmatch(bare))


def is_doubted(words: str) -> bool:
    """Return whether a name is denied or in doubt; a description of people may say so itself.

    >>> is_doubted("not Togo"), is_doubted("Togo?"), is_doubted("alleged Icelandic operatives")
    (True, True, False)
    >>> is_doubted("not Icelandic operatives")
    True
    """
    if _DOUBT.fullmatch(words) is None:
        return False
    return _DENIED.fullmatch(words) is not None or not describes_people(words)


def is_hedge(words: str) -> bool:
    """Return whether words about a statement only take it back or leave it open.

    >>> is_hedge("Suspected."), is_hedge("low confidence"), is_hedge("likely run from Togo")
    (True, True, False)
    """
    return _HEDGE.fullmatch(words) is not None


def leaves_open(words: str) -> bool:
    """Return whether words beside a statement, such as a role, take it back or leave it open.

    >>> leaves_open("alleged owner"), leaves_open("member (disputed)"), leaves_open("owner")
    (True, True, False)
    >>> leaves_open("denied associate"), leaves_open("notary"), leaves_open("not specified")
    (True, False, False)
    >>> leaves_open("Not-for-profit trustee"), leaves_open("Disputed territories envoy")
    (False, False)
    """
    is_told = is_denial(words) or _DOUBT.fullmatch(words) is not None
    return is_hedge(words) or (is_told and not is_noted(words))


def is_denial(hedge: str) -> bool:
    """Return whether a hedge leaves nothing that would still be asserted.

    >>> is_denial("ruled out"), is_denial("suspected")
    (True, False)
    """
    return _DENIAL.match(hedge) is not None


def is_described(name: str) -> bool:
    """Return whether a name, which may begin with a small letter, only describes people.

    >>> is_described("Icelandic trolls"), is_described("alleged Icelandic operatives")
    (True, True)
    >>> is_described("menuPass"), is_described("Crane Watch")
    (False, False)
    >>> is_described("Icelandic state-linked actors"), is_described("pro-Togo hacktivists")
    (True, True)
    """
    doubted = _DOUBT.fullmatch(name)
    if _DENIED.fullmatch(name):
        return False
    bare = (doubted["name"] or "").removeprefix("the ") if doubted else name
    return any(one.fullmatch(bare) for one in (_ANYBODY, _DESCRIBED, _NAMELESS))


def is_failed(cell: str) -> bool:
    """Return whether a text is what a formula that failed has left, but for `#N/A`.

    >>> is_failed("#NAME?"), is_failed("#name")
    (True, False)
    """
    return cell[:1] == "#" and cell in _ERRORS
