"""Words of Meta's for whoever is behind a network: a name, some people, or no actor at all."""

import re
from typing import Final

from loaders.amounts_in_words import PLATFORMS
from loaders.meta_doubts import NOUN, UNSURE
from loaders.meta_places import places

# what people and organisations are called where they are not named
_PEOPLE: Final = re.compile(
    r"\b(?:individual|person|people|actor|user|entit(?:y|ies)|freelancer|operator|national"
    r"|citizen|resident|expat|expatriate|student|employee|staff|staffer|worker|contractor|member"
    r"|official|officer|client|customer|consultant|strategist|marketer|manager|developer"
    r"|activist|volunteer|journalist|blogger|influencer|politician|candidate|supporter|soldier"
    r"|hacker|someone|somebody|company|companies|firm|business(?:es)?|consultanc(?:y|ies)"
    r"|agenc(?:y|ies)|group|team|organi[sz]ation|association|foundation|institut(?:e|ion)"
    r"|think\s+tank|cent(?:er|re)|universit(?:y|ies)|part(?:y|ies)|movement|union"
    r"|government|administration|ministr(?:y|ies)|department|office|bureau|council|committee"
    r"|administrator|admin|associate|executive|founder|director|lobbyist|mercenar(?:y|ies)|farm"
    r"|militia|regime|leadership|intelligence|law\s+enforcement"
    r"|board|embass(?:y|ies)|authorit(?:y|ies)|military|army|police|forces?|services?|unit|wing"
    r"|branch|arm|outlet|newspaper|broadcaster|publisher|aggregator|news\s+agency|media|holding)"
    r"s?\b",
    re.IGNORECASE,
)
# words that no name has: they describe somebody, or say where and when
_NO_NAME: Final = re.compile(
    r"\s(?:and|or)\s|,|\b(?:individuals?|people|persons?|actors?|accounts?|users?|entit(?:y|ies)"
    r"|freelancers?|operators?|nationals?|citizens?|students?|employees?|members?|officials?"
    r"|in|at|by|from|to|with|that|who|which|before|after|during|through|via|using|rather|than|as"
    r"|behind|under|but|against|unlike|companies|firms?|(?-i:groups?)|networks?|organi[sz]ations"
    r"|clients?|(?-i:staff|workers?|contractors?|supporters?|hackers?|leaders?|agents?))\b"
    # `Maltese bloggers`, but not `Ministry of foreign affairs`
    r"|^(?!.*\b(?:minist\w+|cent(?:er|re)|institute|council|committee|commission|office|conseil"
    r"|department|union|agency|agence|house|board|bureau|directorate|direction|congreso|reporters"
    r"|médecins|federation|fédération|association|observatoire)\s+(?:\w+\s+)?"
    r"(?:of|for|on|de[ls]?|des|du|sans)\s)"
    r".*\s(?-i:(?!news\b|(?:armed\s)?forces\b|services\b)[a-z][\w’'-]*[a-rt-z]s)$"
    r"|\w-(?:based|linked|backed|owned|run|affiliated)\b"
    # only an institution is `for` something by its name
    r"|\b(?!(?:ministry|cent(?:er|re)|institute|foundation|council|committee|commission|office"
    r"|department|union|association|agency|movement|party|organi[sz]ation|fund|alliance"
    r"|coalition|society|school|academy|service|bureau|directorate|league|front)\s)"
    r"[\w’'.-]+\s+for\b",
    re.IGNORECASE,
)
_LED: Final = re.compile(r"(?:the\s+)?[\"“«]?(?P<first>\w)")
_BEFORE_MORE: Final = re.compile(
    r"\s+(?:of|in|from|by|at|on|to|for|against|that|which|who|with|run|operated|owned|managed|linked"
    r"|associated|based|located|behind|belonging|registered|we)\b"
)
# what is no actor, where it is the noun itself and not what somebody runs
_THING: Final = re.compile(
    rf"\b(?:{NOUN}|channel|website|site|domain|[Pp]age|account|infrastructure|server|post|app"
    r"|video|content|narrative|address|IP|device|article|story|stories)(?:s|es)?$"
    rf"|\b(?:(?i:{'|'.join(PLATFORMS)})\s+[Gg]roups?|[a-z]+\s+Groups|[Aa]\s+Group"
    r"|(?:[Pp]roxy|VPN|[Hh]osting|[Cc]loud)\s+services?)$"
)
_THAT_WE: Final = re.compile(rf"\b{NOUN}s?\s+(?:(?:that|which)\s+)?we\b", re.IGNORECASE)
# `Maltese interference` begins like a name, and nobody is called so
_UNCALLED: Final = re.compile(r"\b[a-z][\w’'-]*$")
_CHOICE: Final = re.compile(r"\b(?:either|or)\b")
_LISTED: Final = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def is_name(words: str) -> bool:
    """Return whether words are the name of one actor, and no description of some.

    >>> is_name("the Harbour army’s Press Office wing"), is_name("Malta rather than Togo")
    (True, False)
    """
    led = _LED.match(words)
    return led is not None and led["first"].isupper() and not _NO_NAME.search(words)


def is_actor(words: str) -> bool:
    """Return whether words are of somebody, and not of a thing, a doubt or a choice.

    >>> is_actor("a firm in Malta"), is_actor("websites of a firm"), is_actor("spam")
    (True, False, False)
    """
    head = _BEFORE_MORE.split(words.strip(" ,"))[0]
    if _THING.search(head) or _THAT_WE.search(words) or _CHOICE.search(words):
        return False
    if UNSURE.search(words):
        return False
    if places(words):
        return True
    listed = _LISTED.split(head)
    if any(one.casefold() in PLATFORMS for one in listed):  # a post links to them
        return False
    is_named = all(map(is_name, listed)) and not (places(head) or _UNCALLED.search(head))
    return is_named or bool(_PEOPLE.search(head))
