"""Write `reference.md` anew from the vocabulary: `python -m ontology`."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from ontology import FOLDER, PREFIXES, files, prefixed, term

PAGE: Final = FOLDER / "reference.md"

_SHAPES: Final = FOLDER / "shapes.ttl"
_CLASSES: Final = frozenset({OWL.Class})
_PROPERTIES: Final = frozenset(
    {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}
)
_HEAD: Final = """\
<!-- Written by `python -m ontology` from the Turtle files beside it; never edited. -->

# The words of onrecord

What each word means, and why it was minted rather than reused. How the words are meant to be
used is told in [README.md](README.md).
"""
# heading, sort of word, word of the layer scheme, whether it is a qualifier
_CHAPTERS: Final = (
    ("Classes of evidence", _CLASSES, "evidence", False),
    ("Classes of actors and things", _CLASSES, "thing", False),
    ("Properties of evidence", _PROPERTIES, "evidence", False),
    ("Qualifiers of claims", _PROPERTIES, "evidence", True),
    ("Predicates of claims", _PROPERTIES, "claimed", False),
    ("Derived properties", _PROPERTIES, "derived", False),
    ("Properties of words", _PROPERTIES, "meta", False),
)
_FACTS: Final = (
    ("is a kind of", RDFS.subClassOf),
    ("belongs to", RDFS.domain),
    ("points to", RDFS.range),
    ("is projected as", URIRef(term("projectedAs").value)),
)
_FLAGS: Final = (
    ("one value per slot", URIRef(term("oneValuePerSlot").value)),
    ("other words of one origin are renderings", URIRef(term("renderings").value)),
)


def page() -> str:
    """Return the reference page as Markdown."""
    return "\n".join((_HEAD, *_chapters(), *_schemes(), *_reused(), *_rules()))


def main() -> None:
    """Write the page beside the vocabulary."""
    PAGE.write_text(page(), encoding="utf-8")


@cache
def _words() -> Graph:
    graph = Graph()
    for path in files():
        graph.parse(path)
    return graph


def _chapters() -> Iterator[str]:
    for heading, sorts, layer, qualifier in _CHAPTERS:
        yield f"## {heading}\n"
        for word in _of(sorts, layer):
            if _flag(word, "qualifier") == qualifier:
                yield _entry(word)


def _of(sorts: Iterable[URIRef], layer: str) -> list[URIRef]:
    found = _iris(_words().subjects(_ours("layer"), _ours(layer)))
    return [word for word in found if _minted(word) and _is_one_of(word, sorts)]


def _entry(word: URIRef) -> str:
    care, facts = _said(word, SKOS.scopeNote), "; ".join(_facts(word))
    lines = (
        f"### {_short(word)}",
        _said(word, SKOS.definition),
        f"*With care: {care}*" if care else "",
        f"Minted because: {_said(word, _ours('why'))}",
        f"{facts[0].upper()}{facts[1:]}." if facts else "",
    )
    return "\n\n".join(filter(None, lines)) + "\n"


def _facts(word: URIRef) -> Iterator[str]:
    for says, predicate in _FACTS:
        found = _iris(_words().objects(word, predicate))
        if found:
            yield f"{says} {', '.join(f'`{_short(other)}`' for other in found)}"
    yield from (says for says, flag in _FLAGS if _words().value(word, flag))


def _schemes() -> Iterator[str]:
    yield "## Schemes\n"
    for scheme in _iris(_words().subjects(RDF.type, SKOS.ConceptScheme)):
        yield _entry(scheme)
        yield "| concept | label | meaning |\n|---|---|---|"
        for concept in sorted(_iris(_words().subjects(SKOS.inScheme, scheme)), key=_rank):
            label = _said(concept, SKOS.prefLabel)
            yield f"| `{_short(concept)}` | {label} | {_said(concept, SKOS.definition)} |"
        yield ""


def _reused() -> Iterator[str]:
    yield "## Reused words\n\n| word | layer | how onrecord uses it |\n|---|---|---|"
    found = (word for word in _iris(_words().subjects(RDFS.isDefinedBy)) if not _minted(word))
    for word in sorted(found, key=_short):
        layers = ", ".join(_iris(_words().objects(word, _ours("layer"))))
        layers = layers.replace(PREFIXES["rec"], "")
        yield f"| `{_short(word)}` | {layers} | {_said(word, SKOS.scopeNote)} |"
    yield ""


def _rules() -> Iterator[str]:
    shapes = Graph().parse(_SHAPES)
    yield "## Rules\n"
    for shape in _iris(shapes.subjects(SH.targetClass)):
        rules = _iris(shapes.objects(shape, SH.property))
        yield f"### {_short(shape)}\n\n{shapes.value(shape, RDFS.comment)}\n"
        yield from (f"* {shapes.value(rule, SH.message)}" for rule in rules)
        yield ""


def _iris(nodes: Iterable[Node]) -> list[URIRef]:
    return sorted({node for node in nodes if isinstance(node, URIRef)})


def _said(word: URIRef, predicate: URIRef) -> str:
    return str(_words().value(word, predicate) or "")


def _flag(word: URIRef, flag: str) -> bool:
    return _words().value(word, _ours(flag)) is not None


def _rank(concept: URIRef) -> int:
    return int(_said(concept, _ours("rank")) or 0)


def _is_one_of(word: URIRef, sorts: Iterable[URIRef]) -> bool:
    return any((word, RDF.type, sort) in _words() for sort in sorts)


def _minted(word: URIRef) -> bool:
    return word.startswith(PREFIXES["rec"])


def _ours(word: str) -> URIRef:
    return URIRef(term(word).value)


def _short(word: URIRef) -> str:
    short = prefixed(word)
    return short if short != word else f"<{word}>"


if __name__ == "__main__":
    main()
