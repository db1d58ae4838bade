"""Each audit finds nothing in the case, and finds its fault where one is made on purpose."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

import queries
from onrecord.audited import refuse_findings
from onrecord.errors import AuditFinding
from onrecord.store import Draft, GenerationStore, Snapshot
from ontology import term
from ontology.flags import PROJECTED

DEFAULT: Final = DefaultGraph()
ISPR: Final = NamedNode("https://w3id.org/onrecord/org/ispr")
NOWHERE: Final = NamedNode("https://example.org/nowhere")


def one(draft: Draft, word: str, value: str) -> NamedNode:
    """Return a node that has a property with a value."""
    found = sorted(draft.quads(None, term(word), term(value), DEFAULT), key=str)
    assert isinstance(found[0].subject, NamedNode)
    return found[0].subject


def as_what(predicate: NamedNode) -> NamedNode:
    """Return what a claim is projected as."""
    word = PROJECTED[predicate]
    assert isinstance(word, NamedNode)
    return word


def put(
    draft: Draft, subject: NamedNode, word: str, value: object, graph: object = DEFAULT
) -> None:
    assert isinstance(value, NamedNode | Literal | BlankNode)
    assert isinstance(graph, NamedNode | DefaultGraph)
    draft.insert([Quad(subject, term(word), value, graph)])


def take(draft: Draft, subject: NamedNode, word: str) -> None:
    draft.remove(list(draft.quads(subject, term(word), None, DEFAULT)))


def claims_itself(draft: Draft) -> None:
    claim = one(draft, "rdf:type", "Claim")
    put(draft, claim, "rdf:object", claim)


def loses_its_passage(draft: Draft) -> None:
    take(draft, one(draft, "rdf:type", "Denial"), "passage")


def loses_its_run(draft: Draft) -> None:
    take(draft, one(draft, "rdf:type", "Denial"), "prov:wasGeneratedBy")


def names_nobody(draft: Draft) -> None:
    put(draft, one(draft, "rdf:type", "Denial"), "speaker", BlankNode("somebody"))


def loses_a_relay(draft: Draft) -> None:
    relay = one(draft, "rdf:type", "Relay")
    draft.remove(list(draft.quads(None, term("relay"), relay, DEFAULT)))


def is_said_by_nobody(draft: Draft) -> None:
    put(draft, NOWHERE, "rdf:type", term("Claim"))


def is_one_and_two(draft: Draft) -> None:
    judgement = one(draft, "verdict", "different")
    ends = [
        quad.object
        for word in ("first", "second")
        for quad in draft.quads(judgement, term(word), None, DEFAULT)
    ]
    assert isinstance(ends[1], NamedNode)
    put(draft, ends[1], "canonical", ends[0])


def leads_nowhere(draft: Draft) -> None:
    put(draft, one(draft, "rdf:type", "Denial"), "document", NOWHERE)


def hides_in_a_graph(draft: Draft) -> None:
    put(draft, NOWHERE, "speaker", ISPR, NamedNode("https://example.org/graph"))


def is_merged_by_nobody(draft: Draft) -> None:
    put(draft, ISPR, "canonical", NOWHERE)


def stands_in_two_graphs(draft: Draft) -> None:
    (plain, *_) = draft.quads(None, None, None, term("accepted"))
    draft.insert([Quad(plain.subject, plain.predicate, plain.object, term("disputed"))])


def looks_like_a_fact(draft: Draft) -> None:
    put(draft, ISPR, "linkedTo", NOWHERE, term("accepted"))


def never_ends(draft: Draft) -> None:
    take(draft, one(draft, "rdf:type", "LoaderRun"), "prov:endedAtTime")


def says_yes_and_no(draft: Draft) -> None:
    denial = one(draft, "rdf:type", "Denial")
    for quad in list(draft.quads(denial, None, None, DEFAULT)):
        draft.insert([Quad(NOWHERE, quad.predicate, quad.object, DEFAULT)])
    draft.remove([Quad(NOWHERE, term("rdf:type"), term("Denial"), DEFAULT)])
    put(draft, NOWHERE, "rdf:type", term("Assertion"))


def is_believed_unsaid(draft: Draft) -> None:
    claim = one(draft, "status", "unsupported")
    take(draft, claim, "status")
    put(draft, claim, "status", term("accepted"))
    for quad in list(draft.quads(None, term("claim"), claim, DEFAULT)):
        draft.remove([Quad(quad.subject, term("rdf:type"), term("Allegation"), DEFAULT)])


def is_named_by_nobody(draft: Draft) -> None:
    put(draft, ISPR, "rdfs:label", Literal("Somebody else", language="en"))


def is_typed_by_nobody(draft: Draft) -> None:
    put(draft, ISPR, "rdf:type", term("Network"))


DAMAGE: Final[tuple[tuple[str, Callable[[Draft], None]], ...]] = (
    ("attestations_of_themselves", claims_itself),
    ("attestations_without_a_source", loses_its_passage),
    ("attestations_without_a_source", loses_its_run),
    ("blank_nodes", names_nobody),
    ("chains_of_another_length", loses_a_relay),
    ("claims_without_an_attestation", is_said_by_nobody),
    ("contradictory_verdicts_on_identity", is_one_and_two),
    ("dangling_iris", leads_nowhere),
    ("evidence_in_a_named_graph", hides_in_a_graph),
    ("identities_that_nobody_judged", is_merged_by_nobody),
    ("plain_triples_in_two_graphs", stands_in_two_graphs),
    ("plain_triples_without_a_claim", looks_like_a_fact),
    ("runs_without_an_end", never_ends),
    ("stances_that_cancel_out", says_yes_and_no),
    ("statuses_without_an_assertion", is_believed_unsaid),
    ("untraceable_statements", is_named_by_nobody),
    ("untraceable_statements", is_typed_by_nobody),
)


def test_the_case_gives_the_audits_nothing_to_find(case: Snapshot) -> None:
    assert queries.findings(case) == []


def test_no_audit_goes_untried() -> None:
    assert {audit.name for audit in queries.audits()} == {name for name, _ in DAMAGE}


@pytest.mark.parametrize(("name", "damage"), DAMAGE, ids=[done.__name__ for _, done in DAMAGE])
def test_an_audit_finds_its_fault(
    case_store: GenerationStore, name: str, damage: Callable[[Draft], None]
) -> None:
    with case_store.write("damage") as draft:
        damage(draft)
        assert name in {audit.name for audit, _ in queries.findings(draft)}
        draft.abandon()


@pytest.mark.parametrize(
    "word",
    ["assessed", "case", "claim", "consequence", "document", "first", "inPart", "judge",
     "passage", "premise", "prov:used", "prov:wasGeneratedBy", "prov:wasInvalidatedBy",
     "record", "relay", "second", "speaker"],
)  # fmt: skip
def test_no_link_of_evidence_leads_nowhere_unseen(
    case_store: GenerationStore, word: str
) -> None:
    with case_store.write("damage") as draft:
        denial = one(draft, "rdf:type", "Denial")
        put(draft, denial, word, NOWHERE)
        rows = [row for audit, row in queries.findings(draft) if audit.name == "dangling_iris"]
        assert rows == [(denial, term(word), NOWHERE)]
        draft.abandon()


def test_a_run_may_have_used_a_source_graph(case_store: GenerationStore) -> None:
    with case_store.write("change") as draft:
        run = one(draft, "rdf:type", "LoaderRun")
        put(draft, NOWHERE, "rdf:type", term("SourceGraph"))
        put(draft, run, "prov:used", NOWHERE)
        assert "dangling_iris" not in {audit.name for audit, _ in queries.findings(draft)}
        draft.abandon()


@pytest.mark.parametrize("predicate", PROJECTED, ids=lambda predicate: predicate.value)
def test_what_a_claim_is_projected_as_is_traced_to_it(
    case_store: GenerationStore, predicate: NamedNode
) -> None:
    def is_untraceable() -> bool:
        names = {audit.name for audit, _ in queries.findings(draft)}
        return "untraceable_statements" in names

    with case_store.write("damage") as draft:
        claim, said = NamedNode(f"{NOWHERE.value}/claim"), NamedNode(f"{NOWHERE.value}/said")
        draft.insert([Quad(ISPR, as_what(predicate), NOWHERE, DEFAULT)])
        assert is_untraceable()
        for word, value in (("subject", ISPR), ("predicate", predicate), ("object", NOWHERE)):
            put(draft, claim, f"rdf:{word}", value)
        put(draft, said, "claim", claim)
        put(draft, said, "rdf:type", term("Assertion"))
        assert not is_untraceable()
        put(draft, said, "relay", NOWHERE)
        assert is_untraceable()
        draft.abandon()


def test_a_draft_with_a_finding_is_not_published(case_store: GenerationStore) -> None:
    def spoil() -> None:
        with case_store.write("damage") as draft:
            looks_like_a_fact(draft)
            refuse_findings(draft)

    with pytest.raises(AuditFinding, match="without a claim of that status"):
        spoil()
    assert [kept.number for kept in case_store.generations()] == [1]


def test_every_audit_file_is_an_audit() -> None:
    files = sorted(
        path.stem for path in (Path(queries.__file__).parent / "audits").glob("*.rq")
    )
    assert files == [audit.name for audit in queries.audits()]
