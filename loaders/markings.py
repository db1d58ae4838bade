"""How far a source may be passed on: the Traffic Light Protocol, and rules not read."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode

from loaders.given import Terms
from loaders.records import Sheet
from loaders.values import moment
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

# the Traffic Light Protocol 2.0 (FIRST), and what its first version called the first of them
MARKINGS: Final = {
    "TLP:CLEAR": "tlpClear",
    "TLP:WHITE": "tlpClear",
    "TLP:GREEN": "tlpGreen",
    "TLP:AMBER": "tlpAmber",
    "TLP:AMBER+STRICT": "tlpAmberStrict",
    "TLP:RED": "tlpRed",
}
STRICTEST: Final = "TLP:RED"
# a rule that is not read here: it holds back as the strictest word does, and is not that word
UNREAD: Final = "another marking"
WORDS: Final = {
    **{name: term(word) for name, word in MARKINGS.items()},
    UNREAD: term("unreadMarking"),
}
# of two words for the same, the newer one
NAMES: Final[Mapping[Term, str]] = {node: name for name, node in reversed(WORDS.items())}
_STRICTEST_LAST: Final = tuple(MARKINGS)
_WORD: Final = re.compile(r"CLEAR|WHITE|GREEN|RED|AMBER(?:[\s_+-]*STRICT)?")
_NAMED: Final = re.compile(r"\A\s*TLP[\W_]*", re.IGNORECASE)
# taxonomies of MISP that say who may have something; what other tags say is no marking
_TAXONOMY: Final = re.compile(
    r"(?:TLP|PAP|IEP\d?(?:-\w+)?|AIS-MARKING|ACS-MARKING|DNI-ISM|NATO|FR-CLASSIF|DE-VS|EUCI)"
    r"\s*[:=].*|TLP[\s_-].*",
    re.IGNORECASE | re.DOTALL,
)
# the Permissible Actions Protocol says what may be done with something; these forbid nothing
_FREE: Final = re.compile(r"\s*(?:PAP\s*:)?\s*(?:CLEAR|WHITE)\s*", re.IGNORECASE)


def word_of(spelled: str) -> str:
    """Return the word of the protocol that a text is, with its `TLP:` or without; or nothing.

    >>> word_of("tlp: amber"), word_of("amber-strict"), word_of("internal")
    ('TLP:AMBER', 'TLP:AMBER+STRICT', '')
    """
    told = _NAMED.sub("", spelled).strip(' "').upper()
    found = re.sub(r"[\s_+-]*STRICT", "+STRICT", told)
    return f"TLP:{found}" if _WORD.fullmatch(told) else ""


def of_tag(tag: str) -> str:
    """Return what a tag says of who may have a thing: a word, that it is not read, or nothing.

    >>> of_tag("tlp:green"), of_tag("TLP:EX:CHR"), of_tag("PAP:RED"), of_tag("osint:lifetime")
    ('TLP:GREEN', 'another marking', 'another marking', '')
    """
    if not _TAXONOMY.fullmatch(tag.strip()):
        return ""
    return word_of(tag) or ("" if is_free(tag) else UNREAD)


def is_free(action: str) -> bool:
    """Return whether a word of the Permissible Actions Protocol permits all of them."""
    return bool(_FREE.fullmatch(action))


def strictest(found: Iterable[str]) -> str:
    """Return the strictest of some words, or nothing where there is none."""
    return max(filter(None, found), key=_STRICTEST_LAST.index, default="")


def marked(terms: Terms, found: Collection[str]) -> Terms:
    """Return terms with the markings that were found in a file."""
    word = strictest(one for one in found if one != UNREAD)
    return replace(terms, marking=word, unread=UNREAD in found)


def agreed(told: Terms, known: Terms) -> Terms:
    """Return the terms told with the markings of a file; raises BadInput for malformed ones.

    Of two words the stricter holds: only whoever marked something may let it go further (FIRST,
    TLP 2.0). What is told stands for a rule that is not read, beside it.
    """
    if told.marking and told.marking.upper() not in MARKINGS:
        raise BadInput(f"{told.marking!r} is no marking; known are {', '.join(MARKINGS)}")
    try:
        _ = told.retrieved and moment(told.retrieved)
    except BadInput as error:
        wanted = "no date or time with a zone, such as 2026-11-01 or 2026-11-01T09:30:00Z"
        raise BadInput(f"retrieved: {told.retrieved!r} is {wanted}") from error
    word = strictest((told.marking.upper(), known.marking))
    is_unread = known.unread and word != STRICTEST
    return replace(
        told, marking="" if is_unread and not told.marking else word, unread=is_unread
    )


def sheet_of(terms: Terms) -> Sheet:
    """Return how a source came here and on what terms; raises BadInput for malformed ones."""
    found = agreed(terms, terms)
    words = (found.marking, UNREAD if found.unread else "")
    return Sheet(found.licence, found.url, found.retrieved, marks(words), found.publisher)


def marks(words: Iterable[str]) -> tuple[NamedNode, ...]:
    """Return what words are in the vocabulary, each once."""
    return tuple(dict.fromkeys(WORDS[word] for word in words if word))
