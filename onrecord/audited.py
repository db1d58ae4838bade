"""Stops a publication when audits find something; they are asked where something changed."""

from collections.abc import Container, Iterator
from functools import cache
from hashlib import sha256
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

import queries
from onrecord import __version__
from onrecord.derive.statuses import GRAPHS
from onrecord.errors import AuditFinding, in_short
from onrecord.store import Draft
from onrecord.store.protocol import Changes
from ontology import term
from queries.near import audits_near, findings_near

_SHOWN: Final = 3
_NODES: Final = 400  # asked one by one; of more, all audits together know sooner
_GRAPHS: Final = frozenset({DefaultGraph(), *GRAPHS})
# what one of these held up, an audit may find without them far from where they were
_HOLDING: Final = frozenset(
    term(word)
    for word in (
        "canonical", "claim", "consequence", "first", "premise", "rdf:object", "rdf:predicate",
        "rdf:subject", "rdf:type", "second", "verdict",
    )
)  # fmt: skip
# from an attestation to its claim, from a judgement to its things, from a claim to its subject
_ONWARD: Final = tuple(
    term(word) for word in ("about", "claim", "first", "rdf:subject", "second")
)


def refuse_findings(draft: Draft, without: Container[str] = ()) -> None:
    """Raise AuditFinding when an audit finds something in a draft.

    Where all audits found nothing in what it began as, and little was changed, they are asked
    about what the changes may have spoilt; else about everything.
    """
    nodes = changed(draft) if draft.began_audited == fingerprint() else None
    if nodes is None:
        found = queries.findings(draft, without)
    else:
        found = findings_near(draft, nodes, without)
    if found:
        lines = [f"{audit.summary} {' '.join(map(str, row))}" for audit, row in found]
        raise AuditFinding(in_short(lines, _SHOWN))
    draft.certify(fingerprint())


@cache
def fingerprint() -> str:
    """Return what tells these audits from others that a record may have been held against."""
    said = [audit.sparql for audit in (*queries.audits(), *audits_near().values())]
    return sha256("\0".join((__version__, *said)).encode()).hexdigest()


def changed(draft: Draft) -> set[NamedNode] | None:
    """Return the nodes to which a new finding would have to do; None where it may be any."""
    changes = draft.changes
    if changes is None or any(quad.predicate in _HOLDING for quad in changes.removed):
        return None
    quads = changes.added | changes.removed
    if not all(quad.graph_name in _GRAPHS and _is_named(quad) for quad in quads):
        return None
    found = set(_nodes(changes))
    for _ in range(2):
        found |= {node for one in found for node in _onward(draft, one)}
        if len(found) > _NODES:
            return None
    return found


def _is_named(quad: Quad) -> bool:
    """Return whether neither end of a statement is a blank node, or a statement."""
    return isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)


def _nodes(changes: Changes) -> Iterator[NamedNode]:
    """Yield what something more is said of, and both ends of what is said no longer."""
    for quad in changes.added:
        if isinstance(quad.subject, NamedNode):
            yield quad.subject
    for quad in changes.removed:
        for end in (quad.subject, quad.object):
            if isinstance(end, NamedNode):
                yield end


def _onward(draft: Draft, node: NamedNode) -> Iterator[NamedNode]:
    for word in _ONWARD:
        for quad in draft.quads(node, word, None, DefaultGraph()):
            if isinstance(quad.object, NamedNode):
                yield quad.object
