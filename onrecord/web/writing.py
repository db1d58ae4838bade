"""What a writing worker is asked to do: a SPARQL update, or a change of one whole graph."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from onrecord.edit import Editor, edit
from onrecord.errors import BadInput, Forbidden, UnknownThing
from onrecord.store import Draft, GenerationStore, Snapshot
from onrecord.web.conditions import Condition
from onrecord.web.uploads import Upload
from onrecord.workers import Head, Outlet
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a store is changed: as a record by an editor, or plainly."""

    editor: Editor
    base: str
    is_plain: bool
    inflated_bytes: int

    def quads(self, upload: Upload, graph: str | None, base: str) -> Iterator[Quad]:
        """Yield what is uploaded; a record has names in place of blank nodes (RDF 1.1, 3.5)."""
        name = NamedNode(graph) if graph else DefaultGraph()
        known: dict[str, NamedNode] = {}
        for quad in upload.quads(base, self.inflated_bytes):
            s, o = quad.subject, quad.object
            if not self.is_plain:
                s = self._named(s, upload, known) if isinstance(s, BlankNode) else s
                o = self._named(o, upload, known) if isinstance(o, BlankNode) else o
            yield Quad(s, quad.predicate, o, name)

    def _named(self, node: BlankNode, upload: Upload, known: dict[str, NamedNode]) -> NamedNode:
        """Return a name for a blank node: its place in the upload, which its hash tells."""
        if node.value not in known:
            said = f"{upload.sha256} {len(known)}".encode()
            path = f".well-known/genid/{sha256(said).hexdigest()[:32]}"
            known[node.value] = NamedNode(f"{self.base}{path}")
        return known[node.value]

    def apply(self, record: GenerationStore, change: Callable[[Draft], None]) -> None:
        """Publish a change as one generation."""
        if not self.is_plain:
            edit(record, Mint(self.base), change, self.editor)
            return
        with record.write(f"edited by {self.editor.name}") as draft:
            change(draft)


@dataclass(frozen=True, slots=True)
class Load:
    """A document that an update adds to a graph, None for the default graph."""

    upload: Upload
    graph: str | None
    is_silent: bool = False  # what cannot be read is passed over, whole


Step = str | Load


@dataclass(frozen=True, slots=True)
class Update:
    """Carry out a SPARQL update; relative IRIs stand against the address it was sent to."""

    steps: tuple[Step, ...]
    address: str
    terms: Terms

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Change the store, all at once."""
        self.terms.apply(record, self._change)
        out.begin(Head("", record.edition(), 204))

    def _change(self, draft: Draft) -> None:
        for step in self.steps:
            if isinstance(step, str):
                draft.update(step, self.address)
            elif not step.is_silent or self._is_legible(step):
                draft.insert(self._quads(step))

    def _is_legible(self, load: Load) -> bool:
        try:
            for _ in self._quads(load):
                pass
        except BadInput:
            return False
        return True

    def _quads(self, load: Load) -> Iterator[Quad]:
        return self.terms.quads(load.upload, load.graph, load.upload.address)


@dataclass(frozen=True, slots=True)
class Put:
    """Add uploads to a graph, after emptying it where they replace it."""

    graph: str | None
    uploads: tuple[Upload, ...]
    replaces: bool
    is_new_address: bool
    terms: Terms
    on: Condition

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Change the graph; 201 when it was not there before."""
        name = NamedNode(self.graph) if self.graph else None
        if self.replaces and name is None and not self.terms.is_plain:
            raise Forbidden(
                "the default graph holds the evidence, which is not replaced: POST adds to it, "
                "`onrecord withdraw` takes back"
            )
        with record.read() as before:
            is_new = not _is_there(before, name)
        self.terms.apply(record, lambda draft: self._change(record, draft, name))
        headers = (("Location", self.graph),) if self.is_new_address and self.graph else ()
        old = 204 if self.replaces else 200
        out.begin(Head("", record.edition(), 201 if is_new else old, headers))

    def _change(self, record: GenerationStore, draft: Draft, name: NamedNode | None) -> None:
        self.on.refuse_unless_met(record, _is_there(draft, name))
        if self.replaces:
            _empty(draft, name)
        if name is not None:
            draft.add_graph(name)
        for upload in self.uploads:
            base = self.graph or self.terms.base
            draft.insert(self.terms.quads(upload, self.graph, base))


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a graph with all that stands in it."""

    graph: str | None
    terms: Terms
    on: Condition

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Remove it; raises UnknownThing when it is not there."""
        name = NamedNode(self.graph) if self.graph else None
        if name is None and not self.terms.is_plain:
            raise Forbidden("the default graph holds the evidence, which is never deleted")
        with record.read() as before:
            if name is not None and not _is_there(before, name):
                raise UnknownThing(f"graph {name.value}: there is none of that name")
        self.terms.apply(record, lambda draft: self._change(record, draft, name))
        out.begin(Head("", record.edition(), 200))

    def _change(self, record: GenerationStore, draft: Draft, name: NamedNode | None) -> None:
        self.on.refuse_unless_met(record, _is_there(draft, name))
        _empty(draft, name)


def _empty(draft: Draft, name: NamedNode | None) -> None:
    if name is not None:
        draft.remove_graph(name)
    else:
        draft.remove(list(draft.quads(None, None, None, DefaultGraph())))


def _is_there(snapshot: Snapshot, name: NamedNode | None) -> bool:
    """Return whether a graph is there: a named one may be empty, the default one not."""
    if name is not None:
        return snapshot.has_graph(name)
    return next(snapshot.quads(None, None, None, DefaultGraph()), None) is not None
