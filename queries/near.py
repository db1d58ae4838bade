"""The audits asked about some nodes only: what a few changes may have spoilt.

`docs/decisions/0018-a-few-changes-are-audited-where-they-are.md` says why nothing is missed.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from onrecord.errors import BadQuery
from onrecord.store import Snapshot
from ontology import term
from ontology.flags import EVIDENCE, PROJECTED
from ontology.graphs import STATUSES
from queries import audits
from queries.answer import Row
from queries.stored import Question

_FOLDER: Final = Path(__file__).parent / "audits" / "near"


@dataclass(frozen=True, slots=True)
class Asked:
    """A variable by which an audit is asked, and what its node has in whatever is found.

    `marks` are properties, classes and graphs, one of which the node has or stands in.
    """

    variable: str
    marks: frozenset[NamedNode]


def _asked(variable: str, *words: str) -> Asked:
    return Asked(variable, frozenset(map(term, words)))


_A: Final = "rdf:type"
_LINKS: Final = (
    "assessed", "case", "claim", "consequence", "document", "first", "inPart", "judge",
    "passage", "premise", "prov:used", "prov:wasGeneratedBy", "prov:wasInvalidatedBy",
    "record", "relay", "second", "speaker",
)  # fmt: skip
_PROJECTIONS: Final = Asked(
    "thing", frozenset(word for word in PROJECTED.values() if isinstance(word, NamedNode))
)

# where an audit finds something new, one of these is a node of what was changed
NEAR: Final[Mapping[str, tuple[Asked, ...]]] = MappingProxyType(
    {
        "attestations_of_themselves": (_asked("claim", "rdf:subject", "rdf:object"),),
        "attestations_without_a_source": (_asked("attestation", "Attestation"),),
        "blank_nodes": (),  # all is asked when one comes
        "chains_of_another_length": (_asked("attestation", "relay", "depth"),),
        "claims_without_an_attestation": (_asked("claim", "Claim"),),
        "contradictory_verdicts_on_identity": (
            _asked("judgement", "verdict"),
            _asked("first", "canonical"),
            _asked("second", "canonical"),
        ),
        "dangling_iris": (_asked("node", *_LINKS),),
        "evidence_in_a_named_graph": (_asked("node", *STATUSES),),
        "identities_that_nobody_judged": (_asked("thing", "canonical"),),
        "plain_triples_in_two_graphs": (_asked("subject", *STATUSES),),
        "plain_triples_without_a_claim": (_asked("subject", *STATUSES),),
        "runs_without_an_end": (_asked("run", "LoaderRun"),),
        "stances_that_cancel_out": (
            _asked("denial", "Denial"),
            _asked("assertion", "Assertion"),
        ),
        "statuses_without_an_assertion": (_asked("claim", "status"),),
        "untraceable_statements": (_PROJECTIONS,),
    }
)


@cache
def audits_near() -> Mapping[str, Question]:
    """Return each audit by its name, in the form in which it is asked about one node."""
    whole = {audit.name: audit for audit in audits()}
    # the audits themselves would scan what these look up
    near = {path.stem: Question.read(path) for path in _FOLDER.glob("*.rq")}
    return MappingProxyType(whole | near)


def findings_near(
    snapshot: Snapshot, nodes: Iterable[NamedNode], without: Container[str] = ()
) -> list[tuple[Question, Row]]:
    """Return what the audits find that has to do with some nodes, each once."""
    chosen = [(name, asked) for name in NEAR if name not in without for asked in NEAR[name]]
    found: dict[tuple[str, Row], None] = {}
    for node in sorted(nodes, key=str):
        marks = _marks(snapshot, node)
        for name, asked in chosen:
            if not asked.marks.isdisjoint(marks):
                rows = _rows(snapshot, audits_near()[name], asked.variable, node)
                found.update(((name, row), None) for row in rows)
    return [(audits_near()[name], row) for name, row in found]


def _marks(snapshot: Snapshot, node: NamedNode) -> set[NamedNode]:
    """Return properties and classes of a node, and the graphs in which it has any.

    That it has a type is itself a mark where the type is no class of evidence.
    """
    found: set[NamedNode] = set()
    for quad in snapshot.quads(node, None, None, None):
        if isinstance(quad.graph_name, NamedNode):
            found.add(quad.graph_name)
        elif quad.predicate != term(_A):
            found.add(quad.predicate)
        else:
            if isinstance(quad.object, NamedNode):
                found.add(quad.object)
            found.update(() if quad.object in EVIDENCE else (quad.predicate,))
    return found


def _rows(snapshot: Snapshot, audit: Question, variable: str, node: NamedNode) -> Iterable[Row]:
    rows = snapshot.query(audit.sparql, substitutions={variable: node})
    if not isinstance(rows, QuerySolutions):
        raise BadQuery(f"{audit.name}: has to be a SELECT")
    return (tuple(row) for row in rows)
