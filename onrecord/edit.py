"""Changes over HTTP: each is a run, adds evidence or source graphs, and edits nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from onrecord import __version__, derive
from onrecord.derive import is_derived
from onrecord.errors import Forbidden
from onrecord.ingest import refuse_findings, utc_now
from onrecord.run import finish
from onrecord.shapes import broken_rules, gate, refuse_broken
from onrecord.standing import moment
from onrecord.store import Draft, GenerationStore, Snapshot
from ontology import VOCABULARY_GRAPH, term
from ontology.identity import Mint

_DEFAULT: Final = DefaultGraph()
_A: Final = term("rdf:type")
_STATUS_GRAPHS: Final = frozenset(
    term(word) for word in ("accepted", "singleSource", "disputed", "contradicted")
)
# what runs and withdrawals write of themselves and of what they touched
_OURS: Final = frozenset(
    term(word)
    for word in (
        "changedGraph", "editor", "erased", "inputManifest", "loader", "loaderVersion",
        "prov:endedAtTime", "prov:invalidatedAtTime", "prov:startedAtTime",
        "prov:wasGeneratedBy", "prov:wasInvalidatedBy", "prov:wasInformedBy", "requestSha256",
        "withdrew",
    )
)  # fmt: skip
_ACTS: Final = frozenset(
    term(word) for word in ("LoaderRun", "Withdrawal", "Erasure", "Tombstone", "SourceGraph")
)
_PYSHACL: Final = 20_000  # triples; beyond, the native walk stands alone (decision 7)


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes the record: the name of a token, and the hash of what was sent with it."""

    name: str
    request: str


@dataclass(slots=True)
class Delta:
    """What a change added to a generation and took from it."""

    added: list[Quad] = field(default_factory=list)
    removed: list[Quad] = field(default_factory=list)
    named: set[NamedNode | BlankNode] = field(default_factory=set)  # graphs that came or went

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.named)

    @property
    def graphs(self) -> set[NamedNode]:
        """Return the named graphs that it touched."""
        found = {quad.graph_name for quad in chain(self.added, self.removed)} | self.named
        return {graph for graph in found if isinstance(graph, NamedNode)}


def edit(
    store: GenerationStore,
    mint: Mint,
    change: Callable[[Draft], None],
    editor: Editor,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Change the record as one run, which publishes one generation, or none if nothing changed.

    Raises Forbidden for what is not written by hand, ShapeViolation and AuditFinding for what
    must not be published, and whatever `change` raises; in each case nothing was changed.
    """
    with store.write(f"edited by {editor.name}") as draft, store.read() as before:
        started = now()
        change(draft)
        delta = compared(before, draft)
        if not delta:
            draft.abandon()
            return
        _refuse(before, delta)
        run = mint.run("edit", f"{started:%Y%m%dT%H%M%S.%fZ}")
        draft.insert(_described(run, editor, started, delta))
        fresh = {quad.subject for quad in delta.added if quad.graph_name == _DEFAULT}
        _refuse_misshapen(draft, delta, fresh)
        lines = (_hash(quad) for quad in chain(delta.added, delta.removed))
        finish(draft, run, lines, now())
        derive.update(draft, mint, _evidence(draft, fresh))
        refuse_findings(draft)


def compared(before: Snapshot, after: Snapshot) -> Delta:
    """Return how two states differ, in one walk over both.

    The engine keeps quads in one order, so that equal stretches pass side by side.
    """
    delta = Delta(named=set(before.graphs()) ^ set(after.graphs()))
    ours, theirs = before.quads(), after.quads()
    old, new = next(ours, None), next(theirs, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(ours, None), next(theirs, None)
        elif new is not None and new not in before:
            delta.added.append(new)
            new = next(theirs, None)
        elif old is not None and old not in after:
            delta.removed.append(old)
            old = next(ours, None)
        else:
            raise AssertionError(f"two orders of one store, at {old} and {new}")
    return delta


def _hash(quad: Quad) -> str:
    return sha256(str(quad).encode()).hexdigest()


def _refuse(before: Snapshot, delta: Delta) -> None:
    """Raise Forbidden on what is derived, on what only runs write, and on any edit."""
    for quad in delta.removed:
        if quad.graph_name == _DEFAULT and not is_derived(quad):
            raise Forbidden(
                f"{quad}: evidence is not deleted; `onrecord withdraw` takes back what came "
                "from a document or a run, and keeps that it was there"
            )
    for quad in chain(delta.added, delta.removed):
        _refuse_derived(quad)
    for quad in delta.added:
        if quad.graph_name != _DEFAULT:
            continue
        if quad.predicate in _OURS or (quad.predicate == _A and quad.object in _ACTS):
            raise Forbidden(f"{quad}: only a run of onrecord writes this, of itself")
        if _is_evidence(before, quad.subject):
            raise Forbidden(
                f"{quad}: evidence is not edited; say it anew, and withdraw what it replaces"
            )


def _refuse_derived(quad: Quad) -> None:
    if quad.graph_name in _STATUS_GRAPHS:
        raise Forbidden(
            f"{quad}: graphs of status are derived from who asserts and who denies; add the "
            "claim with an attestation, and its plain triple comes by itself"
        )
    if quad.graph_name == VOCABULARY_GRAPH:
        raise Forbidden(f"{quad}: the vocabulary comes with onrecord")
    if quad.graph_name == _DEFAULT and is_derived(quad):
        raise Forbidden(
            f"{quad}: this is derived from claims and their attestations; add those, and it "
            "comes by itself"
        )


def _is_evidence(before: Snapshot, node: NamedNode | BlankNode | Triple) -> bool:
    return any(not is_derived(quad) for quad in before.quads(node, None, None, _DEFAULT))


def _described(
    run: NamedNode, editor: Editor, started: datetime, delta: Delta
) -> Iterator[Quad]:
    """Yield what a run says of itself, and of what it wrote."""
    yield Quad(run, _A, term("LoaderRun"), _DEFAULT)
    yield Quad(run, _A, term("prov:Activity"), _DEFAULT)
    yield Quad(run, term("loader"), Literal("edit"), _DEFAULT)
    yield Quad(run, term("loaderVersion"), Literal(__version__), _DEFAULT)
    yield Quad(run, term("editor"), Literal(editor.name), _DEFAULT)
    yield Quad(run, term("requestSha256"), Literal(editor.request), _DEFAULT)
    yield Quad(run, term("prov:startedAtTime"), moment(started), _DEFAULT)
    for graph in delta.graphs:
        yield Quad(graph, _A, term("SourceGraph"), _DEFAULT)
        yield Quad(run, term("changedGraph"), graph, _DEFAULT)
    kinds = {term(word) for word in ("Attestation", "Judgement", "Document")}
    for quad in delta.added:
        if quad.graph_name == _DEFAULT and quad.predicate == _A and quad.object in kinds:
            yield Quad(quad.subject, term("prov:wasGeneratedBy"), run, _DEFAULT)


def _refuse_misshapen(
    draft: Draft, delta: Delta, fresh: set[NamedNode | BlankNode | Triple]
) -> None:
    nodes = [node for node in fresh if isinstance(node, NamedNode)]
    if len(delta.added) <= _PYSHACL and nodes:
        quads = (quad for node in nodes for quad in draft.quads(node, None, None, _DEFAULT))
        gate([quad.triple for quad in quads])
    refuse_broken(broken_rules(draft, nodes))


def _evidence(draft: Draft, fresh: set[NamedNode | BlankNode | Triple]) -> Iterator[NamedNode]:
    kinds = (term("Attestation"), term("Judgement"))
    for node in fresh:
        if isinstance(node, NamedNode) and any(
            Quad(node, _A, kind, _DEFAULT) in draft for kind in kinds
        ):
            yield node
