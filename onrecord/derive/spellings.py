"""Which literals the engine keeps otherwise than they were spelled: `0.50` as `0.5`."""

import re
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from ontology.identity import Spelled

_XSD: Final = r"http://www\.w3\.org/2001/XMLSchema\#"  # a bare one would begin a comment
_DAY: Final = r"[0-9]{4} - [0-9]{2} - [0-9]{2}"
# what most values look like; the engine keeps them as they are
_AS_IS: Final = re.compile(
    rf"""
    " (?:
        (?: 0 | -?[1-9][0-9]* ) "\^\^<{_XSD}integer>
      | {_DAY} "\^\^<{_XSD}date>
      | {_DAY} T (?: [01][0-9] | 2[0-3] ) : [0-9]{{2}} : [0-9]{{2}}
        (?: \.[0-9]*[1-9] )? (?: Z | [+-] (?! 00:00 ) [0-9]{{2}} : [0-9]{{2}} )?
        "\^\^<{_XSD}dateTime>
    )
    """,
    re.VERBOSE,
)


def as_kept(said: Spelled) -> Spelled:
    """Return a claim as the engine keeps it, and itself where that is how it is spelled."""
    subject, predicate, value, pairs = said
    # an IRI ends like a literal with a datatype; a plain string does not
    typed = [one for _, one in pairs if one[-1] == ">" and one[0] == '"']
    if kept(value) == value and all(_AS_IS.fullmatch(one) or kept(one) == one for one in typed):
        return said
    return subject, predicate, kept(value), sorted({(key, kept(one)) for key, one in pairs})


def kept(said: str) -> str:
    """Return a term, spelled in N-Triples, as the engine keeps it.

    >>> kept('"0.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if said[0] != '"' or said[-1] != ">" or _AS_IS.fullmatch(said):
        return said
    return _kept(said)


@lru_cache(maxsize=10_000)
def _kept(said: str) -> str:
    (triple,) = parse(f"<x:x> <x:x> {said} .", RdfFormat.N_TRIPLES)
    store = Store()
    store.add(Quad(NamedNode("x:x"), NamedNode("x:x"), triple.object))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return str(quad.object)
