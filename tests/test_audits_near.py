"""What a few changes may have spoilt is found where they are, and nothing is missed."""

from collections.abc import Callable
from itertools import islice
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

import queries
from onrecord.audited import changed, fingerprint, refuse_findings
from onrecord.errors import AuditFinding
from onrecord.store import Draft, GenerationStore
from ontology import term
from queries.near import NEAR, audits_near, findings_near
from tests.test_audits import DAMAGE, looks_like_a_fact

DEFAULT: Final = DefaultGraph()
WORDS: Final = tuple(
    term(word)
    for word in (
        "about", "canonical", "canonicalClaim", "claim", "depth", "document", "first",
        "linkedTo", "passage", "premise", "principal", "prov:endedAtTime",
        "prov:invalidatedAtTime",
        "prov:wasGeneratedBy", "rdf:object", "rdf:predicate", "rdf:subject", "rdf:type",
        "rdfs:label", "relay", "second", "speaker", "status", "verdict",
    )
)  # fmt: skip
GRAPHS: Final = (DEFAULT, term("accepted"), term("disputed"), term("singleSource"))

Change = tuple[bool, int, int, int, int]
numbers = st.integers(0, 10_000)
changes = st.lists(st.tuples(st.booleans(), *[numbers] * 4), min_size=1, max_size=4)


def found_whole(draft: Draft) -> set[tuple[str, str]]:
    return {(audit.name, str(row)) for audit, row in queries.findings(draft)}


def found_near(draft: Draft) -> set[tuple[str, str]] | None:
    nodes = changed(draft)
    if nodes is None:
        return None
    return {(audit.name, str(row)) for audit, row in findings_near(draft, nodes)}


def carry_out(draft: Draft, quads: list[Quad], change: Change) -> None:
    """Take a statement away, or make one of the parts of others."""
    adds, *picks = change
    first, second, third, fourth = (quads[pick % len(quads)] for pick in picks)
    if not adds:
        draft.remove([first])
        return
    value = third.object if isinstance(third.object, Literal) else fourth.subject
    graph = GRAPHS[picks[3] % len(GRAPHS)]
    draft.insert([Quad(first.subject, second.predicate, value, graph)])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes)
def test_nothing_is_found_that_is_not_found_near_the_change(
    case_store: GenerationStore, made: list[Change]
) -> None:
    with case_store.write("damage") as draft:
        quads = [
            quad
            for word in WORDS
            for graph in GRAPHS
            for quad in sorted(islice(draft.quads(None, word, None, graph), 40), key=str)
        ]
        for change in made:
            carry_out(draft, quads, change)
        near = found_near(draft)
        assert near is None or near == found_whole(draft)
        draft.abandon()


@pytest.mark.parametrize(("name", "damage"), DAMAGE, ids=[done.__name__ for _, done in DAMAGE])
def test_a_fault_is_found_near_the_change_that_made_it(
    case_store: GenerationStore, name: str, damage: Callable[[Draft], None]
) -> None:
    with case_store.write("damage") as draft:
        damage(draft)
        near = found_near(draft)
        assert near is None or near == found_whole(draft)
        with pytest.raises(AuditFinding):
            refuse_findings(draft)
        draft.abandon()


def test_a_type_that_is_no_class_is_found_near_the_change(case_store: GenerationStore) -> None:
    with case_store.write("damage") as draft:
        a_claim = next(draft.quads(None, term("rdf:type"), term("Claim"), DEFAULT)).subject
        draft.insert([Quad(a_claim, term("rdf:type"), Literal(0), DEFAULT)])
        near = found_near(draft)
        assert near == found_whole(draft) != set()
        draft.abandon()


def test_every_audit_can_be_asked_about_one_node() -> None:
    assert NEAR.keys() == {audit.name for audit in queries.audits()} == audits_near().keys()


def test_only_what_was_audited_as_a_whole_is_audited_in_part(
    case_store: GenerationStore,
) -> None:
    with case_store.write("damage") as draft:
        assert draft.began_audited == fingerprint()
        looks_like_a_fact(draft)
    with case_store.write("on top of it") as draft:
        assert draft.began_audited == ""
        draft.insert([Quad(NamedNode("https://example.org/a"), WORDS[0], WORDS[0], DEFAULT)])
        with pytest.raises(AuditFinding, match="without a claim of that status"):
            refuse_findings(draft)
        draft.abandon()


def test_a_change_after_the_audits_is_not_vouched_for(case_store: GenerationStore) -> None:
    with case_store.write("damage") as draft:
        draft.insert([Quad(NamedNode("https://example.org/a"), WORDS[0], WORDS[0], DEFAULT)])
        refuse_findings(draft)
        looks_like_a_fact(draft)
    with case_store.write("on top of it") as draft:
        assert draft.began_audited == ""
        draft.abandon()
