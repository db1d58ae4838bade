"""Places as RDF: passages, declared parts of a text, and records of a data file."""

from typing import Final

from loaders.records import Entry, NamedEntry, Part, Passage
from ontology import term
from ontology.identity import Mint, spelled_text

Line = str
"""A statement as N-Triples spells it, without the end of the line."""

A: Final = str(term("rdf:type"))
_INTEGER: Final = str(term("xsd:integer"))
_RECORD_CLASS: Final = str(term("Record"))
_PASSAGE_CLASS: Final = str(term("Passage"))
_SELECTOR: Final = str(term("oa:TextPositionSelector"))
_DOCUMENT: Final = str(term("document"))
_RECORD_KEY: Final = str(term("recordKey"))
_DATASET: Final = str(term("dataset"))
_FIELDS: Final = str(term("fieldsSha256"))
_SHA256: Final = str(term("sha256"))
_IN_PART: Final = str(term("inPart"))
_PART_KIND: Final = str(term("partKind"))
_START: Final = str(term("oa:start"))
_END: Final = str(term("oa:end"))


def placed(place: Passage | Entry, mint: Mint) -> tuple[str, list[Line]]:
    """Return the IRI of a place, and what is said of it."""
    if not isinstance(place, Entry):
        return name_of_passage(place)[1:-1], _passage(place)
    name, hashed = _record(place, mint)
    node = f"<{name}>"
    return name, [
        *_passage(place.passage),
        f"{node} {A} {_RECORD_CLASS} .",
        f"{node} {_RECORD_KEY} {spelled_text(place.key)} .",
        f"{node} {_DATASET} {spelled_text(place.dataset)} .",
        f'{node} {_FIELDS} "{hashed}" .',
        f"{node} {_DOCUMENT} {place.passage.document} .",
    ]


def _record(place: Entry, mint: Mint) -> tuple[str, str]:
    """Return the IRI of a record, and the hash of its fields."""
    if isinstance(place, NamedEntry):
        return place.iri, place.fields_sha256
    return mint.record_with_fields(place.dataset, place.key, place.fields)


def _passage(passage: Passage) -> list[Line]:
    document, node = passage.document.value, name_of_passage(passage)
    found = [*_range(document, passage.start, passage.end)]
    if passage.sha256:
        found.append(f'{node} {_SHA256} "{passage.sha256}" .')
    for part in passage.parts:
        found.append(f"{node} {_IN_PART} <{document}#char={part.start},{part.end}> .")
        found += declared(document, part)
    return found


def declared(document: str, part: Part) -> list[Line]:
    """Return what is said of a declared range of a document."""
    kind = f"<{document}#char={part.start},{part.end}> {_PART_KIND} {part.kind} ."
    return [*_range(document, part.start, part.end), kind]


def _range(document: str, start: int, end: int) -> tuple[Line, ...]:
    node = f"<{document}#char={start},{end}>"
    return (
        f"{node} {A} {_PASSAGE_CLASS} .",
        f"{node} {A} {_SELECTOR} .",
        f"{node} {_DOCUMENT} <{document}> .",
        f"{node} {_START} {integer(start)} .",
        f"{node} {_END} {integer(end)} .",
    )


def name_of_passage(passage: Passage) -> str:
    """Return the IRI of a passage, in angle brackets."""
    return f"<{passage.document.value}#char={passage.start},{passage.end}>"


def name_of_place(place: Passage | Entry, mint: Mint) -> str:
    """Return the IRI of a place."""
    if isinstance(place, Entry):
        return _record(place, mint)[0]
    return name_of_passage(place)[1:-1]


def integer(number: int) -> str:
    """Return a whole number as N-Triples spells it."""
    return f'"{number}"^^{_INTEGER}'
