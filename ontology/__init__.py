"""The words of the record: `term()` is the only way to spell one in Python."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from onrecord.errors import UnknownWord

FOLDER: Final = Path(__file__).parent
VOCABULARY_GRAPH: Final = NamedNode("https://w3id.org/onrecord/ns")

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rec": "https://w3id.org/onrecord/ns#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "sioc": "http://rdfs.org/sioc/ns#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def files() -> tuple[Path, ...]:
    """Return the Turtle files that define words, the vocabulary first."""
    return (FOLDER / "vocabulary.ttl", *sorted((FOLDER / "schemes").glob("*.ttl")))


@cache
def triples() -> tuple[Triple, ...]:
    """Return all that the vocabulary and its schemes say; the files are read once."""
    return tuple(
        quad.triple
        for path in files()
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )


@cache
def term(word: str) -> NamedNode:
    """Return the IRI of a word of ours, or of a reused one written `prefix:word`.

    >>> term("Claim").value
    'https://w3id.org/onrecord/ns#Claim'

    Raises UnknownWord when `vocabulary.ttl` and `schemes/` do not speak of it.
    """
    prefix, _, local = word.rpartition(":")
    spelled = PREFIXES.get(prefix or "rec", ":") + local
    if spelled not in _words():
        raise UnknownWord(f"{word!r} is not a word of the vocabulary or its schemes")
    return NamedNode(spelled)


def prefixed(iri: str) -> str:
    """Return an IRI of a namespace in `PREFIXES` as `prefix:word`, any other as it is.

    >>> prefixed("https://schema.org/Person"), prefixed("https://harbour.example/")
    ('schema:Person', 'https://harbour.example/')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def expanded(text: str, base: str) -> NamedNode:
    """Return the IRI that a person typed: in full, as `prefix:word`, or as a path below `base`.

    >>> expanded("org/ispr", "https://example.org/").value
    'https://example.org/org/ispr'

    Raises ValueError for what is none of these.
    """
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        text = PREFIXES[prefix] + local
    elif not colon or "/" in prefix:
        text = base + text.lstrip("/")
    return NamedNode(text)


@cache
def _words() -> frozenset[str]:
    subjects = (triple.subject for triple in triples())
    return frozenset(one.value for one in subjects if isinstance(one, NamedNode))
