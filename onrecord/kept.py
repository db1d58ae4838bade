"""Source graphs: RDF in other vocabularies that loads keep, with its provenance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from loaders.records import Foreign
from onrecord.holds import Holds
from onrecord.standing import DEFAULT, INVALIDATED, is_a, stands, subjects
from onrecord.store import Draft, Snapshot
from ontology import term
from ontology.identity import Term

_GRAPH: Final = "SourceGraph"


@dataclass(slots=True)
class KeptGraphs:
    """The source graphs of one load; `new` counts the statements that the draft lacked."""

    draft: Draft
    run: NamedNode
    new: int = 0
    kept: int = 0
    seen: set[NamedNode] = field(default_factory=set)
    _vouched: set[NamedNode] = field(default_factory=set)

    def take(self, record: Foreign, earlier: set[NamedNode]) -> list[Quad]:
        """Return what a graph lacks; describe it when it is new or comes back."""
        graph = record.graph
        if graph not in self.seen:
            self.seen.add(graph)
            self._describe(record, earlier)
        self.kept += len(record.statements)
        found = [Quad(s.subject, s.predicate, s.object, graph) for s in record.statements]
        lacking = [quad for quad in found if quad not in self.draft]
        self.new += len(lacking)
        return lacking

    def missing(self, earlier: set[NamedNode]) -> set[NamedNode]:
        """Return the graphs that earlier loads of the source brought, and not this one."""
        brought = {
            graph
            for run in earlier
            for graph in subjects(self.draft, "prov:wasGeneratedBy", run)
        }
        return {
            graph
            for graph in brought - self.seen
            if is_a(self.draft, graph, _GRAPH)
            and stands(self.draft, graph)
            and set() < Holds(self.draft).runs(graph) <= earlier
        }

    def vouched(self) -> Iterator[Quad]:
        """Yield what ties the graphs that are new here to the run."""
        for graph in sorted(self._vouched, key=str):
            yield Quad(graph, term("prov:wasGeneratedBy"), self.run, DEFAULT)
            yield Quad(self.run, term("changedGraph"), graph, DEFAULT)

    @property
    def is_new(self) -> bool:
        """Return whether the load brings anything."""
        return bool(self.new or self._vouched)

    def _describe(self, record: Foreign, earlier: set[NamedNode]) -> None:
        graph, draft = record.graph, self.draft
        was_there = is_a(draft, graph, _GRAPH) and stands(draft, graph)
        if was_there and Holds(draft).runs(graph) & earlier:
            return
        self._vouched.add(graph)
        draft.remove([*draft.quads(graph, INVALIDATED, None, DEFAULT)])
        said: list[tuple[NamedNode, Term]] = [
            (term("rdf:type"), term(_GRAPH)),
            (term("document"), record.document),
        ]
        if record.known_as:
            said.append((term("dcterms:identifier"), Literal(record.known_as.value)))
        draft.insert(Quad(graph, word, value, DEFAULT) for word, value in said)


def graphs_from(snapshot: Snapshot, source: NamedNode) -> set[NamedNode]:
    """Return the source graphs that came from nothing but a document or a run."""
    of_document, of_run = (
        {node for node in subjects(snapshot, word, source) if is_a(snapshot, node, _GRAPH)}
        for word in ("document", "prov:wasGeneratedBy")
    )
    return of_document | {graph for graph in of_run if Holds(snapshot).runs(graph) <= {source}}


def drop(draft: Draft, graphs: Iterable[NamedNode]) -> None:
    """Remove source graphs, with what is said of them."""
    for graph in graphs:
        draft.remove_graph(graph)
        draft.remove(list(draft.quads(graph, None, None, DEFAULT)))
        draft.remove(list(draft.quads(None, term("changedGraph"), graph, DEFAULT)))
