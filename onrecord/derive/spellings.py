"""Which literals the engine keeps otherwise than they were spelled: `0.50` as `0.5`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

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


def is_respelled(said: str) -> bool:
    """Return whether the engine keeps a term, spelled in N-Triples, in another spelling.

    >>> decimal = "<http://www.w3.org/2001/XMLSchema#decimal>"
    >>> is_respelled(f'"0.50"^^{decimal}'), is_respelled(f'"0.5"^^{decimal}')
    (True, False)
    """
    if said[0] != '"' or said[-1] != ">" or _AS_IS.fullmatch(said):
        return False
    return _is_kept_otherwise(said)


def is_any_respelled(said: Iterable[str]) -> bool:
    """Return whether the engine keeps any of some terms in another spelling."""
    typed = [one for one in said if one[-1] == ">" and one[0] == '"']
    return not all(map(_AS_IS.fullmatch, typed)) and any(map(is_respelled, typed))


@lru_cache(maxsize=10_000)
def _is_kept_otherwise(said: str) -> bool:
    (triple,) = parse(f"<x:x> <x:x> {said} .", RdfFormat.N_TRIPLES)
    store = Store()
    store.add(Quad(NamedNode("x:x"), NamedNode("x:x"), triple.object))
    (kept,) = store
    assert isinstance(kept.object, Literal)
    return str(kept.object) != str(triple.object)
