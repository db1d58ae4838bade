"""Marking evidence as withdrawn, under the record of an act that says when and why."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from onrecord.holds import Holds
from onrecord.standing import DEFAULT, INVALIDATED, ended, moment, values
from onrecord.store import Draft
from ontology import term


def mark(draft: Draft, found: Iterable[NamedNode], act: NamedNode, when: datetime) -> None:
    """Mark pieces of evidence as withdrawn."""
    draft.insert(
        quad
        for node in found
        for quad in (
            Quad(node, term("prov:wasInvalidatedBy"), act, DEFAULT),
            Quad(node, INVALIDATED, moment(when), DEFAULT),
        )
    )


def told(
    act: NamedNode,
    targets: Iterable[NamedNode],
    reason: str,
    moments: tuple[datetime, datetime],
    generation: int,
    *,
    erased: bool = False,
) -> Iterator[Quad]:
    """Yield the record of a withdrawal or erasure of documents, runs or pieces of evidence."""
    kind, tie = ("Erasure", "erased") if erased else ("Withdrawal", "withdrew")
    yield Quad(act, term("rdf:type"), term(kind), DEFAULT)
    yield Quad(act, term("rdf:type"), term("prov:Activity"), DEFAULT)
    for target in targets:
        yield Quad(act, term(tie), target, DEFAULT)
    yield Quad(act, term("reason"), Literal(reason, language="en"), DEFAULT)
    yield Quad(act, term("prov:startedAtTime"), moment(moments[0]), DEFAULT)
    yield from ended(act, moments[1], generation)


def leave_cases(draft: Draft, nodes: Iterable[NamedNode], runs: set[NamedNode]) -> None:
    """Untie standing evidence from the cases in which only these runs brought it."""
    lost = {case for run in runs for case in values(draft, run, "case")}
    known = Holds(draft)
    for node in nodes:
        left = known.runs(node) - runs
        kept = {case for run in left for case in values(draft, run, "case")}
        draft.remove(Quad(node, term("case"), case, DEFAULT) for case in lost - kept)
