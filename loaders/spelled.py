"""What the words of a form stand for: words of schemes, currencies, countries that act."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from babel.core import Locale
from pyoxigraph import NamedNode

from loaders.countries import Country, country
from ontology import term
from ontology.flags import said

_CODES: Final = frozenset({"UAE", "UK", "US", "USA"})


@cache
def words(scheme: str) -> Mapping[str, NamedNode]:
    """Return the words of a scheme by name and label, in lower case."""
    of, labels = said("skos:inScheme"), said("skos:prefLabel")
    found = [node for node, home in of.items() if home == term(scheme)]
    named = {node.value.rpartition("#")[2].casefold(): node for node in found}
    return named | {labels[node].value.casefold(): node for node in found}


@cache
def currencies() -> frozenset[str]:
    """Return the codes of currencies (ISO 4217)."""
    return frozenset(Locale("en").currencies)


def state(name: str) -> Country | None:
    """Return the country of which a text is the name; a bare code may be anybody's initials."""
    bare = name.strip().removeprefix("the ").removeprefix("The ").replace(".", "")
    return country(name) if len(bare) > 3 or bare in _CODES else None
