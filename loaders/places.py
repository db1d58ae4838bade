"""Places as RDF: passages, declared parts of a text, and records of a data file."""

from hashlib import sha256
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from loaders.records import Entry, NamedEntry, Part, Passage
from ontology import term
from ontology.identity import Mint, spelled_text

Line = str
"""A statement as N-Triples spells it, without the end of the line."""

# with the blanks around them, as what is between subject and object
A: Final = f" {term('rdf:type')} "
_DOCUMENT: Final = f" {term('document')} "
_PASSAGE: Final = f" {term('passage')} "
_RECORD: Final = f" {term('record')} "
_RECORD_KEY: Final = f" {term('recordKey')} "
_DATASET: Final = f" {term('dataset')} "
_FIELDS: Final = f" {term('fieldsSha256')} "
_SHA256: Final = f" {term('sha256')} "
_IN_PART: Final = f" {term('inPart')} "
_PART_KIND: Final = f" {term('partKind')} "
_START: Final = f" {term('oa:start')} "
_END: Final = f" {term('oa:end')} "
# said of every place of a kind
_IS_RECORD: Final = f"{A}{term('Record')} ."
_IS_PASSAGE: Final = f"{A}{term('Passage')} ."
_IS_SELECTOR: Final = f"{A}{term('oa:TextPositionSelector')} ."
_OF_INTEGER: Final = f'"^^{term("xsd:integer")}'


class Placed(NamedTuple):
    """A place by its IRI, and what is said of it.

    `ties` are the lines, without their subject, that lead to it from whatever stands there.
    """

    name: str
    lines: list[Line]
    ties: list[str]


def placed(place: Passage | Entry, mint: Mint) -> Placed:
    """Return a place as RDF."""
    passage = place.passage
    document, node = str(passage.document), name_of_passage(passage)
    lines = _passage(passage, node, document)
    ties = [f"{_DOCUMENT}{document} .", f"{_PASSAGE}{node} ."]
    if not isinstance(place, Entry):
        return Placed(node[1:-1], lines, ties)
    name = _name_of_record(place, mint)
    record = f"<{name}>"
    lines += (
        f"{record}{_IS_RECORD}",
        f"{record}{_RECORD_KEY}{spelled_text(place.key)} .",
        f"{record}{_DATASET}{spelled_text(place.dataset)} .",
        f'{record}{_FIELDS}"{_hash_of_fields(place)}" .',
        f"{record}{_DOCUMENT}{document} .",
    )
    ties.append(f"{_RECORD}{record} .")
    return Placed(name, lines, ties)


def _name_of_record(place: Entry, mint: Mint) -> str:
    if isinstance(place, NamedEntry):
        return place.iri
    return mint.record_as_spelled(place.dataset, place.key, place.fields)


def _hash_of_fields(place: Entry) -> str:
    if isinstance(place, NamedEntry):
        return place.fields_sha256
    return sha256(place.fields).hexdigest()


def _passage(passage: Passage, node: str, document: str) -> list[Line]:
    found = _range(node, document, passage.start, passage.end)
    if passage.sha256:
        found.append(f'{node}{_SHA256}"{passage.sha256}" .')
    for part in passage.parts:
        found.append(f"{node}{_IN_PART}{_name_of_range(passage.document, part)} .")
        found += declared(passage.document, part)
    return found


def declared(document: NamedNode, part: Part) -> list[Line]:
    """Return what is said of a declared range of a document."""
    node = _name_of_range(document, part)
    kind = f"{node}{_PART_KIND}{part.kind} ."
    return [*_range(node, str(document), part.start, part.end), kind]


def _range(node: str, document: str, start: int, end: int) -> list[Line]:
    return [
        f"{node}{_IS_PASSAGE}",
        f"{node}{_IS_SELECTOR}",
        f"{node}{_DOCUMENT}{document} .",
        f"{node}{_START}{integer(start)} .",
        f"{node}{_END}{integer(end)} .",
    ]


def name_of_passage(passage: Passage) -> str:
    """Return the IRI of a passage, in angle brackets."""
    return _name_of_range(passage.document, passage)


def _name_of_range(document: NamedNode, of: Passage | Part) -> str:
    return f"<{document.value}#char={of.start},{of.end}>"


def name_of_place(place: Passage | Entry, mint: Mint) -> str:
    """Return the IRI of a place."""
    if isinstance(place, Entry):
        return _name_of_record(place, mint)
    return name_of_passage(place)[1:-1]


def integer(number: int) -> str:
    """Return a whole number as N-Triples spells it."""
    return f'"{number}{_OF_INTEGER}'
