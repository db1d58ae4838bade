"""What nobody writes by hand: what is derived, what runs say of themselves, what would edit."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from onrecord.derive import is_derived
from onrecord.edit.delta import Delta
from onrecord.errors import Forbidden
from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from ontology import PREFIXES, VOCABULARY_GRAPH, term
from ontology.flags import DERIVED, EVIDENCE
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import Mint

_A: Final = term("rdf:type")
# what runs and withdrawals write of themselves and of what they touched
_OURS: Final = frozenset(
    term(word)
    for word in (
        "asBroughtBy", "changedGraph", "editor", "erased", "generation", "inputManifest",
        "loader", "loaderVersion", "mappingVersion", "prov:endedAtTime", "prov:generatedAtTime",
        "prov:invalidatedAtTime", "prov:startedAtTime", "prov:used",
        "prov:wasAssociatedWith", "prov:wasAttributedTo", "prov:wasGeneratedBy",
        "prov:wasInfluencedBy", "prov:wasInformedBy", "prov:wasInvalidatedBy",
        "requestSha256", "setAside", "withdrew",
    )
)  # fmt: skip
_ACTS: Final = frozenset(
    term(word)
    for word in (
        "Erasure", "LoaderRun", "SourceGraph", "Tombstone", "Undescribed", "Withdrawal",
        "prov:Activity",
    )
)  # fmt: skip


def refuse_edits(before: Snapshot, draft: Snapshot, delta: Delta, mint: Mint) -> None:
    """Raise Forbidden on the first quad or graph that is not written by hand."""
    for quad in delta.removed:
        if quad.graph_name == DEFAULT and not is_derived(quad):
            raise Forbidden(
                f"{quad}: evidence is not deleted; `onrecord withdraw` takes back what came "
                "from a document or a run, and keeps that it was there"
            )
    for quad in chain(delta.added, delta.removed):
        _refuse_derived(quad)
    for quad in delta.added:
        _refuse_nameless(quad)
        if quad.graph_name == DEFAULT:
            _refuse_edit(before, quad)
    _refuse_untyped(draft, delta.fresh)
    for graph in delta.graphs:
        _refuse_name(before, graph, mint)


def _refuse_derived(quad: Quad) -> None:
    if quad.graph_name in STATUS_GRAPHS:
        raise Forbidden(
            f"{quad}: graphs of status are derived from who asserts and who denies; add the "
            "claim with an attestation, and its plain triple comes by itself"
        )
    if _is_word(quad.graph_name) or _is_word(quad.subject):
        raise Forbidden(f"{quad}: the vocabulary comes with onrecord")
    if quad.predicate in DERIVED or (quad.graph_name == DEFAULT and is_derived(quad)):
        raise Forbidden(
            f"{quad}: this is derived from claims and their attestations; add those, and it "
            "comes by itself"
        )


def _refuse_nameless(quad: Quad) -> None:
    if not isinstance(quad.subject, NamedNode) or isinstance(quad.object, BlankNode | Triple):
        raise Forbidden(
            f"{quad}: what has no name cannot be cited or withdrawn; give it an IRI, or send "
            "it to /graphs, where blank nodes get one"
        )


def _refuse_edit(before: Snapshot, quad: Quad) -> None:
    if quad.predicate in _OURS or (quad.predicate == _A and quad.object in _ACTS):
        raise Forbidden(f"{quad}: only a run of onrecord writes this, of itself")
    if quad.predicate not in EVIDENCE and quad.predicate != _A:
        raise Forbidden(
            f"{quad}: the default graph holds who said what, and nothing plainly; make it a "
            "claim with an attestation, or put it into a graph of its own"
        )
    if any(not is_derived(found) for found in before.quads(quad.subject, g=DEFAULT)):
        raise Forbidden(
            f"{quad}: evidence is not edited; say it anew, and withdraw what it replaces"
        )


def _refuse_untyped(draft: Snapshot, fresh: Iterable[NamedNode]) -> None:
    for node in fresh:
        if not any(quad.object in EVIDENCE for quad in draft.quads(node, _A, g=DEFAULT)):
            raise Forbidden(
                f"{node}: nothing says what kind of evidence this is; only claims, "
                "attestations, judgements, documents and their parts stand in the default graph"
            )


def _refuse_name(before: Snapshot, graph: NamedNode, mint: Mint) -> None:
    """Raise Forbidden on a graph whose name means something else already."""
    if _is_word(graph):
        raise Forbidden(f"{graph}: graphs of this name come with onrecord, or are derived")
    is_ours = graph.value.startswith(mint.base)
    if is_ours and not graph.value.startswith(f"{mint.base}graphs/"):
        raise Forbidden(
            f"{graph}: this names something of the record; take a name of your own, or POST "
            "to /graphs and get one"
        )
    kinds = {quad.object for quad in before.quads(graph, _A, g=DEFAULT)}
    if kinds - {term("SourceGraph")}:
        raise Forbidden(f"{graph}: this names something of the record already")


def _is_word(node: object) -> bool:
    """Return whether a node is a word of ours, or the graph that holds them."""
    if not isinstance(node, NamedNode):
        return False
    return node == VOCABULARY_GRAPH or node.value.startswith(PREFIXES["rec"])
