"""The audits asked about some nodes only: what a few changes may have spoilt.

`docs/decisions/0014-a-few-changes-are-audited-where-they-are.md` says why nothing is missed.
"""

from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from onrecord.errors import BadQuery
from onrecord.store import Snapshot
from queries.answer import Row
from queries.stored import Question

_FOLDER: Final = Path(__file__).parent / "audits"

# one of these is a node of what was changed, wherever an audit finds something new
NEAR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "attestations_of_themselves": ("claim",),
        "attestations_without_a_source": ("attestation",),
        "blank_nodes": ("node",),
        "chains_of_another_length": ("attestation",),
        "claims_without_an_attestation": ("claim",),
        "contradictory_verdicts_on_identity": ("judgement", "first", "second"),
        "dangling_iris": ("node",),
        "evidence_in_a_named_graph": ("node",),
        "identities_that_nobody_judged": ("thing",),
        "plain_triples_in_two_graphs": ("subject",),
        "plain_triples_without_a_claim": ("subject",),
        "runs_without_an_end": ("run",),
        "stances_that_cancel_out": ("denial", "assertion"),
        "statuses_without_an_assertion": ("claim",),
        "untraceable_statements": ("thing",),
    }
)


@cache
def questions() -> Mapping[str, Question]:
    """Return each audit in the form in which it is asked about one node."""
    whole = {path.stem: path for path in _FOLDER.glob("*.rq")}
    # these scan what the others look up
    near = {path.stem: path for path in _FOLDER.glob("near/*.rq")}
    found = {name: Question.read(path) for name, path in (whole | near).items()}
    return MappingProxyType(found)


def findings_near(
    snapshot: Snapshot, nodes: Iterable[NamedNode], without: Container[str] = ()
) -> list[tuple[Question, Row]]:
    """Return what the audits find that has to do with some nodes, each once."""
    chosen = [name for name in NEAR if name not in without]
    found = {
        (name, row): None
        for node in sorted(nodes, key=str)
        for name in chosen
        for variable in NEAR[name]
        for row in _asked(snapshot, questions()[name], variable, node)
    }
    return [(questions()[name], row) for name, row in found]


def _asked(
    snapshot: Snapshot, audit: Question, variable: str, node: NamedNode
) -> Iterable[Row]:
    rows = snapshot.query(audit.sparql, substitutions={variable: node})
    if not isinstance(rows, QuerySolutions):
        raise BadQuery(f"{audit.path.name}: has to be a SELECT")
    return (tuple(row) for row in rows)
