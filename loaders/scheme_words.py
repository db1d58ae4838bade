"""What the words of a form stand for: words of schemes, currencies, countries that act."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel.core import Locale
from pyoxigraph import NamedNode

from loaders.amounts_in_words import PLATFORMS
from loaders.countries import Country, country
from ontology import term
from ontology.flags import said

_BETWEEN: Final = re.compile(r"\s*(?:[,/&+|]|\band\b)\s*", re.IGNORECASE)
_CODES: Final = frozenset({"UAE", "UK", "US", "USA"})


@cache
def words(scheme: str) -> Mapping[str, NamedNode]:
    """Return the words of a scheme by name and label, in lower case."""
    of, labels = said("skos:inScheme"), said("skos:prefLabel")
    found = [node for node, home in of.items() if home == term(scheme)]
    named = {node.value.rpartition("#")[2].casefold(): node for node in found}
    return named | {labels[node].value.casefold(): node for node in found}


def platform(name: str) -> NamedNode | None:
    """Return the platform of a name, or of two names that it goes by.

    >>> platform("X (formerly Twitter)") == platform("Twitter/X") == term("twitter")
    True
    """
    names = [one.strip() for one in re.split(r"[()/]", name.casefold()) if one.strip()]
    bare = (re.sub(r"^(?:formerly|now) ", "", one) for one in names)
    found = {
        term(PLATFORMS[one]) if one in PLATFORMS else words("Platform").get(one) for one in bare
    }
    return found.pop() if len(found) == 1 else None


def platforms(words: str) -> list[NamedNode]:
    """Return the platforms of a list such as "Facebook and X"; none if one is unknown.

    >>> platforms("Facebook, Instagram") == [term("facebook"), term("instagram")]
    True
    >>> platforms("Facebook or Instagram"), platforms("Facebook, Harbour")
    ([], [])
    """
    names = [words] if platform(words) else _BETWEEN.split(words)
    found = [platform(name) for name in names]
    known = [one for one in found if one]
    return known if len(known) == len(found) else []


@cache
def currencies() -> frozenset[str]:
    """Return the codes of currencies (ISO 4217)."""
    return frozenset(Locale("en").currencies)


def state(name: str) -> Country | None:
    """Return the country of which a text is the name; a bare code may be anybody's initials."""
    bare = name.strip().removeprefix("the ").removeprefix("The ").replace(".", "")
    return country(name) if len(bare) > 3 or bare in _CODES else None
