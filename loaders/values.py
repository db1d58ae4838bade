"""Values as the case files spell them: `rec:page`, `xsd:gYear 2016`, a number, or plain English."""

from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord.errors import UnknownWord
from ontology import PREFIXES, term
from ontology.identity import Term

_PREFIXES: Final = tuple(f"{prefix}:" for prefix in PREFIXES)


def word(spelled: str) -> NamedNode:
    """Return a word of the vocabulary from its prefixed spelling; `rec:` may be left out."""
    return term(spelled.removeprefix("rec:"))


def value(spelled: str) -> Term:
    """Return the term that a case file spells.

    >>> value("xsd:gMonthDay --04-01")
    <Literal value=--04-01 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gMonthDay>>
    >>> value("disappointing").language
    'en'
    """
    head, _, rest = spelled.partition(" ")
    if head.startswith("xsd:") and rest:
        return Literal(rest, datatype=term(head))
    if not rest and head.startswith(_PREFIXES):
        return word(head)
    if spelled.isascii() and spelled.isdigit():
        return Literal(int(spelled))
    return Literal(spelled, language="en")


def is_word(spelled: str) -> bool:
    """Return whether `word` would know it."""
    try:
        word(spelled)
    except UnknownWord:
        return False
    return True
