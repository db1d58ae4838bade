"""Refuses triples that RDF/XML cannot spell, before the engine writes broken XML."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from onrecord.errors import NotAcceptable
from ontology import PREFIXES, term

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The end of an IRI that the engine makes the local name of an element (XML 1.0, fifth edition).
_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL: Final = re.compile(rf"[{_START}][{_START}0-9.\xb7\u0300-\u036f\u203f\u2040-]*\Z")
# Parsers of the editions before know fewer letters: what both read.
_READ: Final = re.compile(r"[^\W\d\U00010000-\U0010ffff](?:[^\W\U00010000-\U0010ffff]|[.-])*\Z")
_RESERVED: Final = frozenset(
    PREFIXES["rdf"] + word
    for word in (
        "Description", "ID", "RDF", "about", "aboutEach", "aboutEachPrefix", "bagID",
        "datatype", "li", "nodeID", "parseType", "resource",
    )
)  # fmt: skip
_XMLNS: Final = "http://www.w3.org/2000/xmlns/"
_TYPE: Final = term("rdf:type")


def spellable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples; raises NotAcceptable on one that RDF/XML has no way to spell.

    The first type of a node becomes the name of an element, as every predicate does.
    """
    subject: object = None
    for triple in triples:
        names = [triple.predicate]
        is_first, subject = triple.subject != subject, triple.subject
        if is_first and triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            names.append(triple.object)
        inner = triple
        while isinstance(inner.object, Triple):
            inner = inner.object
            names.append(inner.predicate)
        value = inner.object.value if isinstance(inner.object, Literal) else ""
        if not all(map(_is_name, names)) or _NOT_XML.search(value):
            raise NotAcceptable(f"{triple}: RDF/XML cannot spell this; ask for text/turtle")
        yield triple


def _is_name(node: NamedNode) -> bool:
    local = _LOCAL.search(node.value)
    if local is None or node.value in _RESERVED or node.value.startswith(_XMLNS):
        return False
    return local.start() > 0 and bool(_READ.match(local[0]))
