"""Who is on record for a claim, and who cannot change how that is counted."""

import pytest

from tests.test_derive import COUNT, publish
from tests.world import World, is_a, said, same, thing, tie


@pytest.mark.parametrize("kind", ["Outlet", "UnnamedSpeaker", "Analyst"])
def test_nobody_who_is_quoted_makes_a_speaker_what_decides_on_origins(
    world: World, kind: str
) -> None:
    publish(world, "paper", "daily")
    retold = said(COUNT, "company", "wire")
    world.load(retold, said(COUNT, "wire", at=20), said(COUNT, "gazette", at=40))
    before = world.origin(retold), world.of(COUNT, "independentOrigins"), world.status(COUNT)
    quoted = said(is_a("wire", kind).claim, "rival", in_="tract")
    world.load(quoted)
    assert world.values(thing("wire"), "rdf:type") == set()
    now = world.origin(retold), world.of(COUNT, "independentOrigins"), world.status(COUNT)
    assert now == before
    assert world.lines() == world.rebuilt()
    world.load(is_a("wire", kind))
    assert world.values(thing("wire"), "rdf:type") == {kind}


def test_who_is_quoted_may_say_what_decides_on_no_origin(world: World) -> None:
    world.load(said(is_a("wire", "Network").claim, "rival"))
    assert world.values(thing("wire"), "rdf:type") == {"Network"}


def test_who_retracted_is_no_longer_said_to_assert(world: World) -> None:
    world.load(
        tie(thing("spokesperson"), "speaksFor", thing("company")),
        said(COUNT, "spokesperson"),
        said(COUNT, "ministry", at=20),
    )
    assert world.of(COUNT, "assertedBy") == {"spokesperson", "company", "ministry"}
    world.load(said(COUNT, "company", stance="Retraction", at=40))
    assert world.of(COUNT, "assertedBy") == {"ministry"}


def test_who_retracts_under_another_name_no_longer_asserts(world: World) -> None:
    retracted = said(COUNT, "firm", stance="Retraction", at=40)
    world.load(said(COUNT, "company"), said(COUNT, "ministry", at=20), retracted)
    assert world.of(COUNT, "assertedBy") == {"company", "ministry"}
    judged = same("company", "firm")
    world.load(judged)
    assert world.of(COUNT, "assertedBy") == {"ministry"}
    assert world.lines() == world.rebuilt()
    world.withdraw(judged)
    assert world.of(COUNT, "assertedBy") == {"company", "ministry"}


def test_who_asserts_is_named_as_the_evidence_names_them(world: World) -> None:
    world.load(said(COUNT, "company"), said(COUNT, "firm", at=20), same("company", "firm"))
    assert world.of(COUNT, "assertedBy") == {"company", "firm"}
    assert world.origin(said(COUNT, "firm", at=20)) == "company"
    assert world.status(COUNT) == "singleSource"


def test_who_tells_of_a_retraction_does_not_retract(world: World) -> None:
    told = said(COUNT, "company", "ministry", stance="Retraction", at=40)
    world.load(said(COUNT, "company"), said(COUNT, "ministry", at=20), told)
    assert world.of(COUNT, "assertedBy") == {"company", "ministry"}
    assert world.status(COUNT) == "accepted"
