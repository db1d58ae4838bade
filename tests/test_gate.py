"""The gate remembers what kept the rules, and says of everything what it would say afresh."""

from functools import partial
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from loaders.evidence import Writer
from loaders.records import Attestation, Claim, Entry, Part, Passage
from onrecord.errors import ShapeViolation
from onrecord.gate import Gate
from ontology import term
from ontology.digests import prefixed_fields
from ontology.identity import Spelled
from tests.world import MINT

RUN: Final = MINT.run("test", "2031-01-01")
SHARED: Final = Gate(RUN)
DOCUMENT: Final = MINT.document(b"")
HASH: Final = "0" * 64

things = st.sampled_from("abc").map(lambda name: NamedNode(f"https://example.org/{name}"))
texts = st.sampled_from(("", "x", "2031", "2031-01-02"))
literals = st.one_of(
    texts.map(Literal),
    texts.map(lambda text: Literal(text, language="en")),
    st.integers(-2, 102).map(Literal),
    st.sampled_from(("xsd:date", "xsd:gYear", "xsd:integer", "xsd:boolean")).map(
        lambda kind: Literal("2031", datatype=term(kind))
    ),
)
words = st.sampled_from(
    ("exact", "atLeast", "account", "page", "twitter", "asserted", "stated", "Assertion")
).map(term)
values = st.one_of(things, literals, words)
qualified = st.sampled_from(
    ("comparator", "assetKind", "atTime", "validFrom", "cumulative", "platform", "link")
).map(term)
detailed = st.sampled_from(
    ("confidence", "confidenceScale", "hedge", "wording", "assertedAt", "timeBasis", "note")
).map(term)
numbers = st.integers(-1, 9)
parts = st.builds(Part, words, numbers, numbers)
passages = st.builds(
    Passage,
    st.just(DOCUMENT),
    numbers,
    numbers,
    st.sampled_from(("", HASH, "no hash")),
    st.lists(parts, max_size=1).map(tuple),
)
entries = st.builds(
    Entry,
    texts,
    texts,
    st.lists(st.tuples(texts, texts), max_size=2).map(prefixed_fields),
    passages,
)
attestations = st.builds(
    Attestation,
    st.builds(
        Claim,
        things,
        st.just(term("supports")),
        values,
        st.lists(st.tuples(qualified, values), max_size=3).map(tuple),
    ),
    words,
    words,
    things,
    st.one_of(passages, entries),
    st.lists(things, max_size=1).map(tuple),
    numbers,
    st.lists(st.tuples(detailed, values), max_size=3).map(tuple),
)


def verdicts(gate: Gate, record: Attestation) -> list[str]:
    """Return what a gate says of what a record says of its place, and of itself."""
    written = Writer(MINT).write(record)
    found = []
    for check in (
        partial(gate.check_place, record.place, written.placed),
        partial(gate.check, record, written),
    ):
        try:
            check()
        except ShapeViolation as error:
            found.append(str(error))
        else:
            found.append("")
    return found


@settings(max_examples=500, deadline=None)
@given(attestations)
def test_what_was_seen_before_changes_no_verdict(record: Attestation) -> None:
    afresh = verdicts(Gate(RUN), record)
    assert verdicts(SHARED, record) == afresh
    assert verdicts(SHARED, record) == afresh


def attested(*details: tuple[NamedNode, Literal]) -> Attestation:
    a, b, c = (NamedNode(f"https://example.org/{name}") for name in "abc")
    place = Passage(DOCUMENT, 0, 1)
    mode, stance = term("asserted"), term("Assertion")
    return Attestation(Claim(a, term("supports"), b), stance, mode, c, place, details=details)


def test_a_violation_names_node_and_rule() -> None:
    broken = verdicts(Gate(RUN), attested((term("confidence"), Literal(101))))[1]
    assert "/att/" in broken and "onfidence" in broken


def test_what_keeps_the_rules_passes() -> None:
    assert verdicts(Gate(RUN), attested((term("confidence"), Literal(85)))) == ["", ""]


def test_a_blank_node_does_not_pass() -> None:
    record = attested()
    spelled: Spelled = ("<a:b>", str(term("supports")), str(BlankNode("x")), [])
    written = Writer(MINT).write(record)
    with pytest.raises(ShapeViolation, match="neither an IRI nor a literal"):
        Gate(RUN).check(record, written._replace(spelled=spelled))
