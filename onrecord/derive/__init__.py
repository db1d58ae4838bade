"""The derived layer: a pure function of evidence and judgements, renewed where they changed.

`docs/status.md` states the rules, each with an example; the modules here follow its sections.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from onrecord.derive import keys, origins
from onrecord.derive.identities import things_judged, unify
from onrecord.derive.projections import project
from onrecord.derive.reach import (
    attestations_resting_on,
    claims_of,
    claims_speaking_of,
    copied_parts,
    neighbours,
    sharing_a_part,
)
from onrecord.derive.statuses import GRAPHS, WORDS, Statuses, graph_of
from onrecord.derive.view import DEFAULT, PlainTriple, Properties, View, is_derived
from onrecord.store import Draft
from ontology import term
from ontology.flags import DERIVED, EVIDENCE
from ontology.identity import Mint

__all__ = ["is_derived", "rebuild", "update"]

_KINDS: Final = Path(__file__).with_name("kinds.rq").read_text(encoding="utf-8")
_ENDS: Final = (term("premise"), term("consequence"))


def rebuild(draft: Draft, mint: Mint) -> int:
    """Drop the derived layer, derive it from nothing, and return the number of claims."""
    for graph in GRAPHS:
        draft.remove(list(draft.quads(None, None, None, graph)))
    kinds = draft.query(_KINDS)
    assert isinstance(kinds, QuerySolutions)
    patterns = [(term("rdf:type"), kind) for (kind,) in kinds if kind not in EVIDENCE]
    patterns += [(word, None) for word in DERIVED if word != term("rdf:type")]
    for word, value in patterns:
        draft.remove(list(draft.quads(None, word, value, DEFAULT)))
    return update(draft, mint, _evidence(draft))


def update(draft: Draft, mint: Mint, changed: Iterable[NamedNode]) -> int:
    """Renew the derived layer and return the number of claims whose status was derived.

    `changed` names the attestations and judgements that came, were withdrawn or came back, or
    stand in a part that is declared otherwise; what they reach is found from there, through the
    old keys and the new.
    """
    with _uncollected():
        return _update(View(draft, mint), set(changed))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles: there are none, and much to look through."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _update(view: View, changed: set[NamedNode]) -> int:
    view.know(changed)
    changed |= sharing_a_part(view, changed)
    things = things_judged(view, changed)
    rekeyed = claims_of(view, changed) | claims_speaking_of(view, things)
    # a claim without keys had no neighbours and gave no triple
    near = neighbours(view, {claim for claim in rekeyed if view.terms(claim, term("about"))})
    triples = {view.triple(claim) for claim in near}
    unify(view, things)
    for claim in rekeyed:
        view.renew(claim, keys.WORDS, keys.keys(view, claim))
    view.flush()
    moved = project(view, rekeyed) | things | copied_parts(view, changed)
    resting = attestations_resting_on(view, moved, changed)
    unsettled = _settle_origins(view, resting, rekeyed)
    judged = {end for node in changed for word in _ENDS for end in view.nodes(node, word)}
    near |= neighbours(view, rekeyed | judged | claims_of(view, unsettled))
    _settle_statuses(view, near)
    _settle_triples(view, triples | {view.triple(claim) for claim in near})
    return len(near)


def _evidence(draft: Draft) -> Iterator[NamedNode]:
    for word in ("Attestation", "Judgement"):
        for quad in draft.quads(None, term("rdf:type"), term(word), DEFAULT):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def _settle_origins(
    view: View, moved: set[NamedNode], rekeyed: set[NamedNode]
) -> set[NamedNode]:
    """Renew origins, also of what may repeat a moved attestation in a headline."""
    claims = rekeyed | claims_of(view, moved)
    unsettled = moved | {said for claim in claims for said in view.attestations(claim)}
    for said in unsettled:
        view.renew(said, origins.WORDS, _origin(view, said))
    view.flush()
    return unsettled


def _origin(view: View, said: NamedNode) -> Properties:
    if not view.is_valid(said) or not view.nodes(said, term("claim")):
        return {}
    found, hearsay = origins.origin(view, said)
    told = [Literal(True)] if hearsay else []
    words = [found], [Literal(origins.chain(view, said))], told
    return dict(zip(origins.WORDS, words, strict=True))


def _settle_statuses(view: View, claims: Iterable[NamedNode]) -> None:
    found = Statuses(view)
    for claim in claims:
        view.renew(claim, WORDS, found.annotations(claim))
    view.flush()


def _settle_triples(view: View, triples: Iterable[PlainTriple]) -> None:
    lines: list[str] = []
    for triple in triples:
        graph = graph_of(view, triple)
        found = [quad.graph_name for quad in view.draft.quads(*triple, None)]
        gone = [name for name in GRAPHS if name in found and name != graph]
        view.draft.remove(Quad(*triple, name) for name in gone)
        if graph and graph not in found:
            lines.append(" ".join(map(str, (*triple, graph, "."))))
    view.draft.load(lines)
