"""What the vocabulary says of its own words: who may write them, and how they behave."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from ontology import term, triples
from ontology.identity import Term


@cache
def said(word: str) -> Mapping[NamedNode, Term]:
    """Return, for each term of which the vocabulary states a property, one value of it."""
    wanted = term(word)
    return MappingProxyType(
        {
            found.subject: found.object
            for found in triples()
            if found.predicate == wanted
            and isinstance(found.subject, NamedNode)
            and isinstance(found.object, NamedNode | Literal)
        }
    )


def label(word: NamedNode) -> str:
    """Return what a word of the vocabulary is called in English, else the end of its IRI."""
    found = said("rdfs:label").get(word)
    return found.value if found else word.value.rpartition("/")[2].rpartition("#")[2]


def _layer(name: str) -> frozenset[NamedNode]:
    stated = (found for found in triples() if found.predicate == term("layer"))
    words = (found.subject for found in stated if found.object == term(name))
    return frozenset(word for word in words if isinstance(word, NamedNode))


ONE_VALUE: Final = frozenset(said("oneValuePerSlot"))
RENDERINGS: Final = frozenset(said("renderings"))
QUALIFIERS: Final = frozenset(said("qualifier"))
STRENGTHS: Final = frozenset(said("rank"))
PROJECTED: Final[Mapping[NamedNode, Term]] = said("projectedAs")
CLAIMED: Final = _layer("claimed")
EVIDENCE: Final = _layer("evidence")
DERIVED: Final = _layer("derived")
