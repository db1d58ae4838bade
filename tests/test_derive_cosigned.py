"""A joint speaker is no independent origin beside those who speak in it."""

from random import Random
from typing import Final

import pytest
from pyoxigraph import Literal

import queries
from loaders.evidence import Evidence
from loaders.records import Attestation
from onrecord.derive.cosigned import MOST_SPEAKING
from tests.world import World, claim, is_a, said, same, thing, tie

COUNT: Final = claim("takedown", "removedCount", 103)


def signs(joint: str, *members: str) -> list[Attestation]:
    return [tie(thing(joint), "cosignatory", thing(one)) for one in members]


def number(world: World) -> str:
    return "".join(world.of(COUNT, "independentOrigins"))


def test_who_says_alone_what_they_signed_with_others_is_no_second_origin(world: World) -> None:
    joint, alone = said(COUNT, "joint"), said(COUNT, "bureau")
    world.load(*signs("joint", "bureau", "agency"), joint, alone)
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    assert world.graphs(COUNT) == {"singleSource"}
    assert (world.origin(joint), world.origin(alone)) == ("joint", "bureau")
    assert world.of(COUNT, "assertedBy") == {"joint", "bureau"}


def test_two_who_signed_together_count_as_two_where_each_says_it_alone(world: World) -> None:
    voices = [said(COUNT, who) for who in ("joint", "bureau", "agency")]
    world.load(*signs("joint", "bureau", "agency"), *voices)
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


def test_joint_speakers_that_share_somebody_count_once(world: World) -> None:
    world.load(*signs("first", "bureau", "agency"), *signs("second", "bureau", "ministry"))
    world.load(said(COUNT, "first"), said(COUNT, "second"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.load(*signs("third", "guild"), said(COUNT, "third"))
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


def test_a_further_assertion_never_lowers_the_number(world: World) -> None:
    world.load(said(COUNT, "bureau"), said(COUNT, "agency"))
    world.load(*signs("joint", "bureau", "agency"), said(COUNT, "joint"))
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


@pytest.mark.parametrize(
    "known",
    [
        same("bureau", "fbi"),
        tie(thing("fbi"), "speaksFor", thing("bureau")),
        tie(thing("bureau"), "speaksFor", thing("fbi")),
        tie(thing("bureau"), "cosignatory", thing("fbi")),
        same("joint", "fbi"),
    ],
    ids=["merged", "speaks for a member", "a member speaks for", "opened", "joint merged"],
)
def test_what_is_learnt_later_of_a_member_reaches_what_the_joint_speaker_said(
    world: World, known: Attestation
) -> None:
    world.load(*signs("joint", "bureau", "agency"), said(COUNT, "joint"), said(COUNT, "fbi"))
    assert (world.status(COUNT), number(world)) == ("accepted", "2")
    world.load(known)
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.withdraw(known)
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


def test_a_merged_joint_speaker_keeps_those_who_speak_in_it(world: World) -> None:
    world.load(*signs("joint", "bureau"), same("a-joint", "joint"))
    world.load(said(COUNT, "a-joint"), said(COUNT, "bureau"))
    assert number(world) == "1"


def test_a_denial_that_somebody_signed_unmakes_the_tie(world: World) -> None:
    (tied,) = signs("joint", "bureau")
    world.load(tied, said(COUNT, "joint"), said(COUNT, "bureau"))
    assert number(world) == "1"
    denial = said(tied.claim, "bureau", stance="Denial")
    world.load(denial)
    assert world.values(thing("joint"), "cosignatory") == set()
    assert (world.status(COUNT), number(world)) == ("accepted", "2")
    world.withdraw(denial)
    assert number(world) == "1"


def test_nobody_who_is_quoted_makes_others_sign(world: World) -> None:
    (tied,) = signs("joint", "bureau")
    world.load(said(tied.claim, "rival"), said(COUNT, "joint"), said(COUNT, "bureau"))
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


def test_joint_speakers_that_sign_for_each_other_come_to_an_end(world: World) -> None:
    world.load(*signs("first", "second"), *signs("second", "first"), *signs("third", "third"))
    world.load(*(said(COUNT, who) for who in ("first", "second", "third")))
    assert number(world) == "2"


def test_who_retracts_a_word_signed_together_leaves_it_to_the_joint_speaker(
    world: World,
) -> None:
    world.load(*signs("joint", "bureau"), said(COUNT, "joint"), said(COUNT, "bureau"))
    world.load(said(COUNT, "bureau", stance="Retraction"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")


def test_an_analyst_counts_no_more_beside_a_joint_speaker_than_beside_others(
    world: World,
) -> None:
    world.load(is_a("coder", "Analyst"), *signs("joint", "bureau"))
    world.load(said(COUNT, "coder"), said(COUNT, "joint"))
    assert number(world) == "1"


def test_analysts_who_sign_together_are_no_source_beside_whom_they_code(world: World) -> None:
    coder = is_a("coder", "Analyst")
    world.load(*signs("joint", "coder", "tracker"), coder, is_a("tracker", "Analyst"))
    world.load(said(COUNT, "joint"), said(COUNT, "bureau"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.withdraw(coder)
    assert (world.status(COUNT), number(world)) == ("accepted", "2")
    world.load(coder)
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.withdraw(said(COUNT, "bureau"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")


def test_whoever_a_joint_speaker_belongs_to_hides_nobody_who_speaks_in_it(world: World) -> None:
    joint = said(COUNT, "joint")
    world.load(*signs("joint", "bureau"), joint, said(COUNT, "bureau"))
    owned = tie(thing("joint"), "ownedBy", thing("owner"))
    world.load(owned)
    assert world.origin(joint) == "joint"
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.withdraw(said(COUNT, "bureau"))
    world.load(said(COUNT, "owner"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")
    world.withdraw(owned)
    assert (world.status(COUNT), number(world)) == ("accepted", "2")


def test_who_asks_what_rests_on_one_origin_sees_who_signed_and_says_it_alone(
    world: World,
) -> None:
    world.load(*signs("joint", "bureau"), said(COUNT, "joint"), said(COUNT, "bureau"))
    world.load(*(said(COUNT, "guild", stance=word) for word in ("DeclinedComment", "Denial")))
    world.load(said(COUNT, "rival"), said(COUNT, "rival", stance="Retraction"))
    world.load(is_a("leak", "UnnamedSpeaker"), said(COUNT, "leak", stance="Allegation"))
    other = claim("takedown", "supports", "y")
    world.load(said(other, "bureau"), said(other, "guild"))
    answer = queries.question("claims_on_one_origin").ask(world.draft, {})
    told = [dict(zip(answer.columns, map(str, row), strict=True)) for row in answer.rows]
    assert {row["origin"] for row in told} == {str(thing("joint")), str(thing("bureau"))}
    assert {row["places"] for row in told} == {str(Literal(2))}


def test_a_joint_speaker_of_too_many_counts_beside_nobody(world: World) -> None:
    many = [f"member{at}" for at in range(MOST_SPEAKING)]
    world.load(*signs("joint", *many), said(COUNT, "joint"))
    assert number(world) == "1"
    world.load(said(COUNT, "bureau"))
    assert (world.status(COUNT), number(world)) == ("singleSource", "1")


@pytest.mark.parametrize("seed", range(20))
def test_histories_of_few_who_sign_for_each_other_derive_what_a_rebuild_derives(
    world: World, seed: int
) -> None:
    chance, given = Random(seed), list[Evidence]()
    for _ in range(25):
        if given and chance.random() < 0.3:
            world.withdraw(chance.choice(given))
        else:
            given.append(_at_random(chance))
            world.load(given[-1])
        assert world.lines() == world.rebuilt()


def _at_random(chance: Random) -> Evidence:
    first, second = (chance.choice(("ann", "bob", "cid", "dee", "eve")) for _ in range(2))
    (signed,) = signs(first, second)
    return chance.choice(
        (
            said(COUNT, first),
            said(COUNT, second),
            signed,
            tie(thing(first), chance.choice(("ownedBy", "speaksFor")), thing(second)),
            chance.choice((signed, same(first, second), is_a(first, "Analyst"))),
            chance.choice((signed, said(signed.claim, stance="Denial"))),
        )
    )
