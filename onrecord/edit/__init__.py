"""Changes over HTTP: each is a run, adds evidence or source graphs, and edits nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from onrecord import __version__, derive
from onrecord.audited import refuse_findings
from onrecord.edit.delta import Delta, compared
from onrecord.edit.names import misnamed
from onrecord.edit.rules import refuse_edits
from onrecord.ingest import utc_now
from onrecord.manifest import finish, latest_run
from onrecord.shapes import broken_rules, refuse_broken
from onrecord.standing import DEFAULT, is_evidence, moment
from onrecord.store import Draft, GenerationStore
from ontology import term
from ontology.identity import Mint

_A: Final = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes the record: the name of a token, and the hash of what was sent with it."""

    name: str
    request: str


def edit(
    store: GenerationStore, mint: Mint, change: Callable[[Draft], None], editor: Editor
) -> None:
    """Change the record as one run, which publishes one generation, or none if nothing changed.

    Raises Forbidden for what is not written by hand, ShapeViolation and AuditFinding for what
    must not be published, and whatever `change` raises; in each case nothing was changed.
    """
    with store.write(f"edited by {editor.name}") as draft, store.read() as before:
        started = utc_now()
        change(draft)
        delta = compared(before, draft)
        if not delta:
            draft.abandon()
            return
        refuse_edits(before, draft, delta, mint)
        run = mint.run("edit", f"{started:%Y%m%dT%H%M%S.%fZ}")
        draft.insert(_described(run, editor, started, delta))
        fresh = delta.fresh
        refuse_broken(misnamed(draft, mint, fresh))
        refuse_broken(broken_rules(draft, fresh | {run}))
        lines = (_hash(quad) for quad in chain(delta.added, delta.removed))
        finish(draft, run, latest_run(draft), lines, utc_now())
        derive.update(draft, mint, [one for one in fresh if is_evidence(draft, one)])
        refuse_findings(draft)


def _hash(quad: Quad) -> str:
    return sha256(str(quad).encode()).hexdigest()


def _described(
    run: NamedNode, editor: Editor, started: datetime, delta: Delta
) -> Iterator[Quad]:
    """Yield what a run says of itself, and of what it wrote."""
    yield Quad(run, _A, term("LoaderRun"), DEFAULT)
    yield Quad(run, _A, term("prov:Activity"), DEFAULT)
    yield Quad(run, term("loader"), Literal("edit"), DEFAULT)
    yield Quad(run, term("loaderVersion"), Literal(__version__), DEFAULT)
    yield Quad(run, term("editor"), Literal(editor.name), DEFAULT)
    yield Quad(run, term("requestSha256"), Literal(editor.request), DEFAULT)
    yield Quad(run, term("prov:startedAtTime"), moment(started), DEFAULT)
    for graph in delta.graphs:
        yield Quad(graph, _A, term("SourceGraph"), DEFAULT)
        yield Quad(graph, term("prov:wasGeneratedBy"), run, DEFAULT)
        yield Quad(run, term("changedGraph"), graph, DEFAULT)
    for used in _documents(delta) or delta.graphs:
        yield Quad(run, term("prov:used"), used, DEFAULT)
    kinds = {term(word) for word in ("Attestation", "Judgement", "Document")}
    for quad in delta.added:
        if quad.graph_name == DEFAULT and quad.predicate == _A and quad.object in kinds:
            yield Quad(quad.subject, term("prov:wasGeneratedBy"), run, DEFAULT)


def _documents(delta: Delta) -> set[NamedNode]:
    """Return the documents in which a change found what it added."""
    added = [quad for quad in delta.added if quad.graph_name == DEFAULT]
    found: set[object] = {q.object for q in added if q.predicate == term("document")}
    found |= {q.subject for q in added if (q.predicate, q.object) == (_A, term("Document"))}
    return {node for node in found if isinstance(node, NamedNode)}
