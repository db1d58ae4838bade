"""A load derives most claims by the example of others, and gives what the rules would give."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib.namespace import XSD

from loaders.evidence import Evidence, Writer
from loaders.records import Attestation, Claim, Document, Part
from onrecord.derive.alone import Examples, Told
from onrecord.derive.sieve import Sieve
from onrecord.errors import BadInput
from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.store import GenerationStore
from ontology import term
from tests.test_derive_incremental import cosigned, evidence, few
from tests.world import MINT, World, claim, document, implies, said, same, thing, tie

_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)

# what the others may be derived like, since it comes first
LIKE: Final = (
    said(claim("x", "supports", "y"), "ann"),
    said(claim("x", "supports", "y"), "bob", stance="Denial"),
    said(claim("z", "supports", "y"), "ann"),
    said(claim("w", "supports", "y"), "outlet-of-paper"),
)
subjects = st.sampled_from(["x1", "x2", "x3"])
lone = st.builds(
    lambda subject, word, value, who: said(claim(subject, word, value), *who),
    subjects,
    st.sampled_from(["supports", "removedCount"]),
    st.sampled_from([5, 7]),
    st.sampled_from([("ann",), ("ann",), (), ("outlet-of-paper",)]),
)
denied = st.builds(lambda one: one._replace(stance=term("Denial")), lone)
merged = st.builds(same, subjects, st.sampled_from(["x1", "a"]))
implied = st.builds(lambda one, other: implies(one.claim, other.claim), lone, lone)
# two voices on each of several claims, of which one is the example
joint = st.builds(
    lambda subject, who: said(claim(subject, "supports", "y9"), who), subjects, few
)
records = st.one_of(
    st.lists(st.one_of(lone, lone, denied, merged, implied, evidence), max_size=8),
    st.lists(st.one_of(joint, joint, cosigned), max_size=8),
)
steps = st.lists(
    st.tuples(st.sampled_from(["load", "load", "withdraw"]), st.lists(records, max_size=3)),
    max_size=4,
)


def test_a_merged_thing_is_one_in_the_load_that_judges_it(world: World) -> None:
    other = said(claim("x1", "supports", "y0"), "ann")
    _load(world, [*LIKE, other, same("a", "x1")])
    assert world.of(other.claim, "about") == {"a"}


def test_a_claim_is_disputed_in_the_load_that_judges_what_follows_from_it(
    world: World,
) -> None:
    premise, consequence = claim("x1", "supports", "y1"), claim("x2", "supports", "y2")
    denial = said(consequence, "bob", stance="Denial")
    _load(world, [*LIKE, said(premise, "ann"), denial, implies(premise, consequence)])
    assert world.status(premise) == "disputed"


def test_a_part_that_is_described_as_a_headline_repeats_what_is_quoted_below_it(
    world: World,
) -> None:
    what = claim("x1", "supports", "y1")
    body, headline = (Part(term(kind), 0, 10) for kind in ("body", "headline"))
    paper = Document(document("paper").value.rpartition("/")[2], 40, "text/plain", 40, (body,))
    _load(world, [paper, said(what, parts=[body]), said(what, "ann", at=20)])
    assert world.status(what) == "accepted"
    _load(world, [replace(paper, parts=(headline,))], at=1)
    assert world.status(what) == "singleSource"
    assert world.lines() == world.rebuilt()


def test_what_comes_back_contradicts_what_comes_with_it(world: World) -> None:
    old = said(claim("x1", "removedCount", 5, ("platform", "facebook")), "bob")
    new = said(claim("x1", "removedCount", 7, ("platform", "facebook")), "ann")
    world.load(old)
    world.withdraw(old)
    _load(world, [*LIKE, new, old])
    assert world.status(new.claim) == world.status(old.claim) == "contradicted"


def test_a_paper_that_is_quoted_by_itself_has_a_longer_chain(world: World) -> None:
    own = said(claim("x1", "supports", "y1"))
    quoted = said(claim("x2", "supports", "y2"), "outlet-of-paper")
    publisher = tie(document("paper"), "schema:publisher", thing("outlet-of-paper"))
    _load(world, [own, quoted, publisher])
    assert world.lines() == world.rebuilt()


def test_what_was_derived_of_an_example_holds_until_more_is_known_of_its_voices(
    world: World,
) -> None:
    own, other, quoted, again = (
        said(claim(f"x{at}", "supports", f"y{at}"), *who)
        for at, who in enumerate([(), (), ("outlet-of-paper",), ("outlet-of-paper",)])
    )
    publisher = tie(document("paper"), "schema:publisher", thing("outlet-of-paper"))
    _load(world, [own, quoted], [other], [publisher], [again])
    assert world.lines() == world.rebuilt()


def test_examples_are_forgotten_once_they_are_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = [said(claim(f"x{name}", "supports", "y"), name) for name in ("ann", "bob")]
    alone, _ = Sieve(world.draft, MINT, [_told(one) for one in evidence]).sift()
    examples = Examples()
    world.load(*evidence)
    examples.learn(world.draft, examples.lacking(alone))
    assert examples.lacking(alone) == []
    monkeypatch.setattr("onrecord.derive.alone._KEPT", 2)
    assert len(examples.lacking(alone)) == len(alone)


def test_what_a_speaker_is_takes_the_voice_of_a_document_in_a_load(world: World) -> None:
    quoted, own = (
        Claim(thing(name), term("rdf:type"), term("UnnamedSpeaker")) for name in ("x1", "x2")
    )
    _load(world, [*LIKE, said(quoted, "ann"), said(own)])
    assert world.values(thing("x1"), "rdf:type") == set()
    assert world.values(thing("x2"), "rdf:type") == {"UnnamedSpeaker"}
    assert world.lines() == world.rebuilt()


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("0.50", "decimal"),
        ("1e3", "double"),
        ("1", "boolean"),
        ("05", "nonNegativeInteger"),
        ("2031-01-01T00:00:00+00:00", "dateTime"),
        ("2031-01-01T00:00:00.500Z", "dateTime"),
        ("PT36H", "duration"),
    ],
)
def test_a_value_that_the_engine_respells_is_one_for_all_rules(
    world: World, value: str, datatype: str
) -> None:
    literal = Literal(value, datatype=NamedNode(XSD[datatype]))
    as_value = Claim(thing("x1"), term("removedCount"), literal)
    as_qualifier = Claim(thing("x2"), term("supports"), thing("y"), ((term("scope"), literal),))
    _load(world, [*LIKE, said(as_value, "ann"), said(as_qualifier, "ann")])
    assert world.lines() == world.rebuilt()


@pytest.mark.parametrize("portions", [1, 2])
def test_values_that_become_one_in_the_engine_contradict_each_other_in_a_load(
    world: World, portions: int
) -> None:
    scopes = (
        (term("scope"), Literal(text, datatype=NamedNode(XSD["decimal"])))
        for text in ("0.50", "0.5")
    )
    counts = (claim("x1", "removedCount", number) for number in (5, 7))
    first, second = (
        said(count._replace(qualifiers=(scope,)), "bob")
        for count, scope in zip(counts, scopes, strict=True)
    )
    like = said(claim("z9", "supports", "y9"), "bob")  # the second must not be the example
    evidence: list[Evidence] = [said(claim("z8", "supports", "y8"), "bob"), first, like, second]
    _load(world, *([evidence] if portions == 1 else [evidence[:2], evidence[2:]]))
    assert world.status(first.claim) == world.status(second.claim) == "contradicted"
    assert world.lines() == world.rebuilt()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_what_is_loaded_in_portions_equals_a_full_rebuild(
    happenings: list[tuple[str, list[list[Evidence]]]],
) -> None:
    with TemporaryDirectory() as folder, GenerationStore(Path(folder)).write("x") as draft:
        world = World(draft)
        for at, (act, portions) in enumerate(happenings):
            if act == "load":
                _load(world, *([*LIKE, *records] for records in portions), at=at)
            else:
                world.withdraw(*list(world.names.values())[: len(portions)])
            found = world.lines()
            assert found == world.rebuilt()
        draft.abandon()


@pytest.mark.parametrize(
    "other",
    [
        said(claim("x1", "removedCount", 7), "bob"),
        said(claim("x1", "removedCount", 5), "bob"),
        said(claim("x1", "removedCount", 5, ("platform", "facebook")), "bob"),
    ],
    ids=["another value", "the same claim", "the same triple"],
)
def test_a_claim_does_not_stand_alone_beside_what_is_being_stored(
    world: World, other: Attestation
) -> None:
    first = Sieve(world.draft, MINT, [_told(said(claim("x1", "removedCount", 5), "ann"))])
    assert len(first.sift()[0]) == 1
    assert Sieve(world.draft, MINT, [_told(other)], first.coming).sift()[0] == []


def test_a_portion_that_was_not_stored_is_not_forgotten(world: World) -> None:
    run = Run(Portions(world.draft, MINT), "x", "y", _BEGIN, strict=True)
    run.take([*LIKE, said(claim("x2", "supports", "y2"), "ann")])
    like = replace(_told(said(claim("x1", "supports", "y1"), "ann")), octets=b"<e:a> no quad")
    run.portions.tell(like)
    for _ in range(2):
        with pytest.raises(BadInput, match="N-Quads, statement 1"):
            run.portions.settle()


def _told(said: Attestation) -> Told:
    return Told.of(said, Writer(MINT).write(said), b"")


def _load(world: World, *portions: list[Evidence], at: int = 0) -> None:
    """Load evidence as a loader's run does, one portion after the other."""
    run = Run(Portions(world.draft, MINT), "x", "y", _BEGIN + timedelta(at), strict=True)
    for records in portions:
        run.take(records)
        run.portions.settle()
        world.note(*records)
    run.portions.wait()
