"""RDF: evidence in our vocabulary as evidence, whatever else as a graph of its source.

Source   Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML
Licence  as whoever loads it tells; the strictest of those that an exported record names
Yields   attestations, judgements and documents of the default graph, held against the shapes
         before they are published; statements of others in one source graph for each of theirs

What another record derived, its graphs of status and what it says of its own runs are counted
and passed over. Each distinct statement is accounted for. The file is parsed in a process of
its own; one that does not parse is refused as a whole, with the line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat

from loaders.given import Given, Terms
from loaders.markings import NAMES, UNREAD, agreed, marked, sheet_of
from loaders.rdf_evidence import Reader
from loaders.rdf_parsing import Job, Parsed, parsed
from loaders.rdf_places import Places
from loaders.rdf_sorting import Part, Sorter
from loaders.rdf_staged import Staged
from loaders.rdf_stars import Unfit
from loaders.records import (
    Accounted,
    Fate,
    Foreign,
    PassedOver,
    Quarantined,
    Record,
    Total,
)
from loaders.source import File, source
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "rdf"
_FORMATS: Final = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}
# what may stand before the first word of a file: comments, and of XML its head
_BEFORE: Final = r"\A\ufeff?(?:\s|#[^\n]*\n)*"
_XML_BEFORE: Final = r"\A\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*"
_LOOKS: Final = (
    (re.compile(_XML_BEFORE + r"<rdf:RDF\b", re.DOTALL), RdfFormat.RDF_XML),
    (re.compile(r'\A\ufeff?\s*[\[{].*"@(?:context|graph|id)"', re.DOTALL), RdfFormat.JSON_LD),
    (
        re.compile(
            _BEFORE + r"(?:@prefix\s|@base\s|prefix\s+[\w.-]*:\s*<|base\s*<)", re.IGNORECASE
        ),
        RdfFormat.TRIG,
    ),
)
# SPARQL begins with prefixes, too
_SPARQL: Final = re.compile(
    r"(?mi)^\s*(?:select|construct|ask|describe|insert|delete|with|load|clear|drop|create|copy"
    r"|move|add)[\s{]"
)
_BATCH: Final = 1_000
_Read = Callable[[NamedNode], Iterable[Record]]
_Sorted = tuple[Quad, Part]
_NOT_TAKEN: Final = (Part.NO_WORD, Part.PLAIN, Part.UNUSED, Part.ASIDE, Part.ODD)


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    found = _format(name, head)
    if not found or not head.strip():
        return ""
    how = "is named" if Path(name).suffix.lower() in _FORMATS else "looks"
    if how == "looks" and found == RdfFormat.TRIG and _SPARQL.search(head):
        return ""
    return f"{how} as {found.name}, which is RDF"


def _format(name: str, head: str) -> RdfFormat | None:
    """Return the format of a file by its name, else by how it begins."""
    looks = (format for pattern, format in _LOOKS if pattern.search(head))
    return _FORMATS.get(Path(name).suffix.lower()) or next(looks, None)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    with file.open() as text:
        format = _format(path.name, text.read(4_000))
    if not file.document.size:
        raise BadInput(f"{path}: is empty")
    if format is None:
        raise BadInput(f"{path}: no RDF; its name has to end in {', '.join(_FORMATS)}")
    document = given.mint.document_of_sha256(file.document.sha256)
    # of two files without an address, `<a>` is not the same thing
    base = given.terms.url or given.mint.within_sha256(file.document.sha256)
    itself = "" if given.terms.url else document.value
    with TemporaryDirectory(prefix="onrecord-rdf-") as name:
        job = Job(path, format, base, given.mint.base, file.dataset, itself=itself)
        found = parsed(job, Path(name))
        places = Places(found, Path(name))
        staged = Staged(found.quads, Path(name))
        yield from _Reading(file, given, document, staged, places).records(found)


class _Reading:
    """One file being read."""

    def __init__(
        self, file: File, given: Given, document: NamedNode, staged: Staged, places: Places
    ) -> None:
        self._file, self._given, self._document = file, given, document
        self._staged = staged
        self._places = places
        self._sorter = Sorter(staged)
        self._terms = _terms_of_runs(staged, given.terms)
        self._opened = False
        self._passed: Counter[Part] = Counter()

    def records(self, found: Parsed) -> Iterator[Record]:
        """Yield the file, its evidence, and what becomes of each of its statements."""
        if self._given.terms.publisher:
            yield from self._opening()
        else:
            yield self._file.document
            yield sheet_of(self._terms)
        yield from self._evidence()
        yield from self._default()
        yield from self._named()
        name, aside = self._file.path.name, 0
        for line, statement, reason in found.refused():
            aside += 1
            yield Quarantined(name, line, "", "", statement, reason, statement)
            yield Accounted(name, Fate.QUARANTINED)
        yield from (PassedOver(name, part.value, count) for part, count in self._passed.items())
        yield Total(name, len(self._staged) + aside)

    def _opening(self) -> Iterator[Record]:
        """Yield what the publisher says of the file, the first time."""
        if not self._opened:
            self._opened = True
            voice, terms = Voice.of(self._file, self._given, self._terms)
            yield from voice.opening(replace(terms, licence=self._terms.licence))

    def _evidence(self) -> Iterator[Record]:
        """Yield the evidence of the default graph, or why a piece of it is not taken."""
        reader = Reader(self._staged, self._given.mint)
        for node in self._staged.of_kind("Document"):
            yield from self._fit(node, lambda node: [reader.document(node)])
        for node in self._staged.of_kind("Judgement"):
            yield from self._fit(node, lambda node: [reader.judgement(node)])
        for node in self._staged.of_kind("Attestation"):
            yield from self._fit(node, reader.attestations)

    def _fit(self, node: NamedNode, read: _Read) -> list[Record]:
        try:
            return [*read(node)]
        except Unfit as error:
            self._sorter.bad.add(node)
            line = self._places.about(node, term(error.word) if error.word else None)
            name = self._file.path.name
            return [Quarantined(name, line, node.value, error.word, error.value, error.reason)]

    def _default(self) -> Iterator[Record]:
        """Yield what becomes of the default graph, of which others' own goes to one graph."""
        found = (pair for star in self._staged.stars() for pair in self._sorter.star(*star))
        yield from self._settled(found, None)

    def _named(self) -> Iterator[Record]:
        for graph, quads in self._staged.named():
            found = ((quad, self._sorter.named(graph, quad)) for quad in quads)
            yield from self._settled(found, graph)

    def _settled(self, found: Iterator[_Sorted], graph: NamedNode | None) -> Iterator[Record]:
        while batch := list(islice(found, _BATCH)):
            yield from self._batch(batch, graph)

    def _batch(self, batch: list[_Sorted], graph: NamedNode | None) -> Iterator[Record]:
        fates: Counter[Fate] = Counter()
        foreign: list[Quad] = []
        for quad, part in batch:
            fates[_FATES.get(part, Fate.BLANK)] += 1
            if part is Part.FOREIGN:
                foreign.append(quad)
            elif part in _NOT_TAKEN:
                yield self._refused(quad, part)
            elif part not in _FATES:
                self._passed[part] += 1
        if foreign:
            yield from self._opening()
            kept = tuple(quad.triple for quad in foreign)
            name = self._given.mint.activity(
                "graphs", self._file.document.sha256, graph.value if graph else ""
            )
            yield Foreign(self._document, name, graph, kept)
        yield from (
            Accounted(self._file.path.name, fate, count) for fate, count in fates.items()
        )

    def _refused(self, quad: Quad, part: Part) -> Quarantined:
        subject = getattr(quad.subject, "value", str(quad.subject))
        value = getattr(quad.object, "value", str(quad.object))
        name, line = self._file.path.name, self._places.of(quad)
        return Quarantined(name, line, subject, quad.predicate.value, value, part.value)


_FATES: Final = {
    Part.EVIDENCE: Fate.MAPPED,
    Part.FOREIGN: Fate.MAPPED,
    Part.PIECE: Fate.QUARANTINED,
    **dict.fromkeys(_NOT_TAKEN, Fate.QUARANTINED),
}


def _terms_of_runs(staged: Staged, told: Terms) -> Terms:
    """Return the terms told, with the licences of the runs in a file and its markings.

    Somebody may add a marking to what others marked, and never take theirs away. What stands
    on a single statement marks the file, too; a value that is no word of ours is not read.
    """
    licences = {told.licence} if told.licence else set[str]()
    for run in staged.of_kind("LoaderRun"):
        licences.update(found.value for found in staged.star(run).get(term("licence"), ()))
    names = {str(node): name for node, name in NAMES.items()}
    found = {names.get(value, UNREAD) for value in staged.values("marking")}
    return replace(agreed(told, marked(told, found)), licence="; ".join(sorted(licences)))
