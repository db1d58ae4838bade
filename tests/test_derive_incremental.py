"""Deriving what a change reaches gives what deriving everything from nothing would give."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.evidence import Evidence, name_of
from loaders.records import Attestation, Part, Passage
from onrecord.derive import is_derived
from onrecord.store import GenerationStore
from ontology import term
from tests.world import MINT, World, claim, document, implies, is_a, said, same, thing, tie

PEOPLE: Final = ("ann", "bob", "cid", "outlet-of-paper", "outlet-of-wire", "org")
PAPERS: Final = ("paper", "wire")
STANCES: Final = ("Assertion", "Denial", "Question", "Allegation", "Retraction")
PARTS: Final = (
    Part(term("headline"), 0, 10),
    Part(term("body"), 0, 500),
    Part(term("body"), 20, 40),
)

people = st.sampled_from(PEOPLE)
papers = st.sampled_from(PAPERS)
claims = st.one_of(
    st.builds(
        claim,
        people,
        st.sampled_from(["linkedTo", "operatedBy", "supports", "reason"]),
        people,
    ),
    st.builds(
        claim,
        people,
        st.sampled_from(["removedCount", "followerCount"]),
        st.sampled_from([5, 7]),
        st.sampled_from([("platform", "facebook"), ("platform", "twitter")]),
        st.sampled_from([("comparator", "exact"), ("comparator", "moreThan")]),
    ),
)
parts = st.sampled_from([(), PARTS[:1], PARTS[1:2], PARTS[1:]])
attestations = st.builds(
    lambda what, chain, stance, paper, at, around: said(
        what, *chain, stance=stance, in_=paper, at=at, parts=around
    ),
    claims,
    st.lists(people, max_size=3),
    st.sampled_from(STANCES),
    papers,
    st.sampled_from([0, 20]),
    parts,
)
ties = st.one_of(
    st.builds(
        is_a,
        people,
        st.sampled_from(["Outlet", "UnnamedSpeaker", "Analyst", "foaf:Person"]),
    ),
    st.builds(
        lambda a, word, b: tie(thing(a), word, thing(b)),
        people,
        st.sampled_from(["speaksFor", "ownedBy", "name", "cosignatory", "cosignatory"]),
        people,
    ),
    st.builds(
        lambda a, b, chain, stance: said(
            tie(thing(a), "cosignatory", thing(b)).claim, *chain, stance=stance
        ),
        people,
        people,
        st.lists(people, max_size=1),
        st.sampled_from(["Assertion", "Denial"]),
    ),
    st.builds(
        lambda a, word, b: tie(document(a), word, document(b)),
        papers,
        st.sampled_from(["prov:wasDerivedFrom", "prov:wasQuotedFrom"]),
        papers,
    ),
    st.builds(
        lambda a, word, b: tie(document(a), word, thing(b)),
        papers,
        st.sampled_from(["schema:publisher", "schema:author", "wireCredit"]),
        people,
    ),
    st.builds(
        lambda a, part, b: tie(
            MINT.passage(document(a), part.start, part.end), "prov:wasQuotedFrom", document(b)
        ),
        papers,
        st.sampled_from(PARTS),
        papers,
    ),
)
judgements = st.one_of(
    st.builds(same, people, people, st.sampled_from(["same", "different"])),
    st.builds(implies, claims, claims),
)
evidence = st.one_of(attestations, attestations, ties, judgements)
steps = st.lists(
    st.tuples(st.sampled_from(["load", "load", "withdraw"]), st.lists(evidence, max_size=6)),
    max_size=6,
)
# few people on one claim, so that it matters who of them speaks in whom
few = st.sampled_from(PEOPLE[:3])
signing = st.builds(lambda a, b: tie(thing(a), "cosignatory", thing(b)), few, few)
cosigned = st.one_of(
    st.builds(lambda who: said(claim("x", "supports", "y"), who), few),
    signing,
    st.builds(lambda tied: said(tied.claim, stance="Denial"), signing),
    st.builds(lambda a, b: tie(thing(a), "speaksFor", thing(b)), few, few),
    st.builds(same, few, few),
)
cosigned_steps = st.lists(
    st.tuples(st.sampled_from(["load", "load", "withdraw"]), st.lists(cosigned, max_size=4)),
    min_size=3,
    max_size=6,
)


@settings(max_examples=90, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(steps, cosigned_steps))
def test_what_a_change_reaches_equals_a_full_rebuild(
    happenings: list[tuple[str, list[Evidence]]],
) -> None:
    with TemporaryDirectory() as folder, GenerationStore(Path(folder)).write("x") as draft:
        world = World(draft)
        for act, records in happenings:
            if act == "load":
                world.load(*records)
            else:
                world.withdraw(*_loaded(world, records))
            incremental = world.lines()
            assert incremental == world.rebuilt()
        draft.abandon()


def _loaded(world: World, wanted: list[Evidence]) -> list[Evidence]:
    """Return as many pieces of evidence as are wanted, of those that the world has."""
    return list(world.names.values())[: len(wanted)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(evidence, min_size=1, max_size=10))
def test_the_order_of_loads_is_irrelevant(records: list[Evidence]) -> None:
    found = []
    for order in (records, records[::-1]):
        with TemporaryDirectory() as folder, GenerationStore(Path(folder)).write("x") as draft:
            world = World(draft)
            for record in order:
                world.load(record)
            found.append(world.lines())
            draft.abandon()
    assert found[0] == found[1]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(evidence, max_size=8), st.lists(evidence, min_size=1, max_size=4))
def test_withdrawing_what_came_last_restores_what_was_before(
    first: list[Evidence], last: list[Evidence]
) -> None:
    # how a text is divided is no evidence that could be withdrawn
    first, last = [_placed(record) for record in first], [_placed(record) for record in last]
    with TemporaryDirectory() as folder, GenerationStore(Path(folder)).write("x") as draft:
        world = World(draft)
        world.load(*first)
        before = _derived(world)
        old = {name_of(record, MINT) for record in first}
        new = [record for record in last if name_of(record, MINT) not in old]
        world.load(*new)
        world.withdraw(*new)
        assert before == _derived(world)
        draft.abandon()


def _placed(record: Evidence) -> Evidence:
    """Return an attestation with the parts that its text has at that place."""
    if not isinstance(record, Attestation) or not isinstance(record.place, Passage):
        return record
    start, end = record.place.start, record.place.end
    parts = tuple(part for part in PARTS if part.holds(start, end))
    return record._replace(place=record.place._replace(parts=parts))


def _derived(world: World) -> list[str]:
    return sorted(str(quad) for quad in world.draft.quads() if is_derived(quad))
