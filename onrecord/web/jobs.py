"""The jobs of reader processes: each holds all that its answer depends on."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from cachetools import LRUCache, cached
from pyoxigraph import DefaultGraph, NamedNode, Triple

import queries
from onrecord.errors import BadParameter, UnknownThing
from onrecord.explain import explain, named
from onrecord.store import GenerationStore, Snapshot
from onrecord.store.protocol import Results
from onrecord.web import pages
from onrecord.web.answers import ANSWERS, answer_written
from onrecord.web.counts import holdings
from onrecord.web.description import described
from onrecord.web.graphs import EXPLAINED, graph_written
from onrecord.web.negotiation import Choice, choose, suffixed
from onrecord.web.results import GRAPH, HTML, JSON, formats, write, write_triples
from onrecord.web.scan import is_fickle, refuse_calls, refuse_excess
from onrecord.workers import Head, Outlet
from ontology import term

_REMEMBERED: Final = 100  # ways in which clients say what they accept
_LONGEST: Final = 1_000  # characters of one that is worth remembering


@dataclass(frozen=True)  # no slots: it is pickled for each query
class Sparql:
    """Answer a query over the data set that the request names, else over that of the query.

    The query is looked over here too: a megabyte may be written so that even that takes long.
    """

    sparql: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    accept: str
    address: str
    base: str
    nesting: int = field(repr=False)
    operators: int = field(repr=False)
    is_walled: bool = field(repr=False)
    is_plain: bool = field(repr=False)

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Answer as the evaluation goes."""
        refuse_excess(self.sparql, self.nesting, self.operators)
        refuse_calls(self.sparql, self.is_walled)
        is_lasting = not is_fickle(self.sparql)
        out.stage("scan")
        with record.read() as snapshot:
            results = self._results(snapshot)
            choice = _choice(self.accept, results)
            out.stage("parse")
            edition = record.edition(snapshot)
            out.begin(Head(choice.content_type, edition, is_lasting=is_lasting))
            if choice.format is HTML:
                page = pages.queried(self.sparql, results, self.base, self.is_plain)
                out.write(page.encode())
            else:
                write(results, choice.format, out)
            out.stage("evaluate")

    def _results(self, snapshot: Snapshot) -> Results:
        names_dataset = bool(self.default_graphs or self.named_graphs)
        return snapshot.query(
            self.sparql,
            default_graphs=_nodes(self.default_graphs) if names_dataset else None,
            named_graphs=_nodes(self.named_graphs) if names_dataset else None,
            base=self.address,
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """Answer what stands in a graph (SPARQL 1.1 Graph Store Protocol, section 5.2)."""

    name: str | None  # None is the default graph
    accept: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Write the graph; raises UnknownThing when it is not there."""
        choice = choose(self.accept, GRAPH)
        with record.read() as snapshot:
            name = NamedNode(self.name) if self.name else None
            if name and not snapshot.has_graph(name):
                raise UnknownThing(f"graph {name.value}: there is none of that name")
            out.begin(Head(choice.content_type, record.edition(snapshot)))
            quads = snapshot.quads(None, None, None, name or DefaultGraph())
            write_triples((quad.triple for quad in quads), choice.format, out)
            out.stage("serialize")


@dataclass(frozen=True, slots=True)
class Describe:
    """Answer what the endpoint at an address says of itself."""

    address: str
    is_plain: bool
    accept: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Describe languages, formats and graphs."""
        choice = choose(self.accept, GRAPH)
        with record.read() as snapshot:
            triples = list(described(snapshot, self.address, self.is_plain))
            out.begin(Head(choice.content_type, record.edition(snapshot)))
            write_triples(triples, choice.format, out)
            out.stage("serialize")


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a stored question, in the format of its suffix or of Accept."""

    name: str
    given: tuple[tuple[str, str], ...]
    trust: str | None
    accept: str
    address: str
    base: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Answer; a reader who leaves a parameter out gets the question's form."""
        stem, forced = suffixed(self.name, ANSWERS) or (self.name, None)
        question = queries.question(stem)
        choice = Choice(forced, forced.media_type) if forced else choose(self.accept, ANSWERS)
        given = dict(self.given)
        form = pages.Form(question, given, self.trust, self.address)
        with record.read() as snapshot:
            try:
                answer = question.ask(snapshot, given, trust=self.trust, base=self.base)
            except BadParameter as error:
                if choice.format is not HTML:
                    raise
                written: bytes = form.page(str(error) if given else "").encode()
            else:
                out.stage("evaluate")
                if choice.format is HTML:
                    written = form.answered(snapshot, answer, self.base).encode()
                else:
                    written = answer_written(snapshot, answer, choice.format.name)
            _whole(record, snapshot, choice, written, out)


@dataclass(frozen=True, slots=True)
class Explain:
    """Answer what leads from an IRI, as a person spelled it, to its sources."""

    spelled: str
    accept: str
    base: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Explain; raises BadParameter and UnknownThing."""
        choice = choose(self.accept, EXPLAINED)
        with record.read() as snapshot:
            iri = named(self.spelled, self.base)
            found = iri, explain(snapshot, iri)
            _explained(record, snapshot, choice, self.base, found, out)


@dataclass(frozen=True, slots=True)
class Dereference:
    """Answer what an IRI of ours stands for, in the format of its suffix or of Accept."""

    path: str
    spellings: tuple[str, ...]
    accept: str
    base: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Explain the first spelling that the record knows; raises UnknownThing."""
        with record.read() as snapshot:
            for spelled in self.spellings:
                stem, forced = suffixed(spelled, EXPLAINED) or ("", HTML)
                if found := self._find(snapshot, spelled):
                    choice = choose(self.accept, EXPLAINED)
                elif stem and (found := self._find(snapshot, stem)):
                    choice = Choice(forced, forced.media_type)
                else:
                    continue
                return _explained(record, snapshot, choice, self.base, found, out)
        raise UnknownThing(f"{self.base}{self.path}: the record says nothing about it")

    def _find(self, snapshot: Snapshot, path: str) -> tuple[NamedNode, list[Triple]] | None:
        with suppress(UnknownThing, BadParameter):
            iri = named(self.base + path, self.base)
            return iri, explain(snapshot, iri)
        return None


@dataclass(frozen=True, slots=True)
class Index:
    """Answer how much the record holds, and where to go on."""

    accept: str
    base: str

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Count, once a generation."""
        choice = choose(self.accept, (HTML, JSON))
        with record.read() as snapshot:
            held = holdings(snapshot)
            number = snapshot.generation
            if choice.format is JSON:
                counts = {"generation": number, "counts": dict(held.numbers)}
                written = json.dumps(counts).encode()
            else:
                written = pages.index(held, number, self.base).encode()
            _whole(record, snapshot, choice, written, out)


def _explained(
    record: GenerationStore,
    snapshot: Snapshot,
    choice: Choice,
    base: str,
    found: tuple[NamedNode, list[Triple]],
    out: Outlet,
) -> None:
    iri, triples = found
    out.stage("evaluate")
    if choice.format is HTML:
        written = pages.explained(snapshot, triples, iri, base, record.texts).encode()
    else:
        written = graph_written(triples, choice.format.name)
    is_gone = Triple(iri, term("rdf:type"), term("Tombstone")) in triples
    _whole(record, snapshot, choice, written, out, 410 if is_gone else 200)


def _whole(
    record: GenerationStore,
    snapshot: Snapshot,
    choice: Choice,
    written: bytes,
    out: Outlet,
    status: int = 200,
) -> None:
    out.begin(Head(choice.content_type, record.edition(snapshot), status))
    out.write(written)
    out.stage("serialize")


def _choice(accept: str, results: Results) -> Choice:
    is_usual = len(accept) <= _LONGEST
    return _chosen(accept, results) if is_usual else choose(accept, formats(results))


@cached(LRUCache(_REMEMBERED), key=lambda accept, results: (accept, type(results)))
def _chosen(accept: str, results: Results) -> Choice:
    return choose(accept, formats(results))


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in iris]
