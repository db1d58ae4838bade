"""Sources that copy, retell or own one another count once, and nobody ties others."""

from typing import Final

from tests.world import World, claim, is_a, said, same, thing, tie

COUNT: Final = claim("takedown", "removedCount", 103)


def test_nameless_sources_of_one_wire_are_one_origin(world: World) -> None:
    world.load(*(is_a(name, "UnnamedSpeaker") for name in ("u1", "u2")), is_a("wire", "Outlet"))
    world.load(said(COUNT, "u1", "wire", in_="paper"), said(COUNT, "u2", "wire", in_="gazette"))
    assert world.status(COUNT) == "singleSource"


def test_hearsay_asserts_nothing(world: World) -> None:
    world.load(said(COUNT, "company", "accused"), said(COUNT, "company", at=50))
    assert world.status(COUNT) == "singleSource"
    assert world.of(COUNT, "assertedBy") == {"company"}


def test_principals_are_followed_to_the_end(world: World) -> None:
    world.load(tie(thing("spokesman"), "speaksFor", thing("company")))
    world.load(tie(thing("company"), "ownedBy", thing("group")))
    world.load(said(COUNT, "spokesman"), said(COUNT, "group", at=50))
    assert world.of(COUNT, "independentOrigins") == {"1"}


def test_a_merged_thing_has_the_principal_of_either(world: World) -> None:
    world.load(tie(thing("zed"), "speaksFor", thing("company")), said(COUNT, "alpha"))
    word = said(COUNT, "zed", at=50)
    world.load(word, same("alpha", "zed"))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    assert world.origin(word) == "company"


def test_a_denied_tie_makes_nobody_a_principal(world: World) -> None:
    tied = tie(thing("force"), "speaksFor", thing("agency"))
    world.load(tied)
    assert world.values(thing("force"), "principal") == {"agency"}
    world.load(said(tied.claim, "force", stance="Denial", at=90))
    assert world.values(thing("force"), "principal") == set()


def test_what_somebody_else_says_ties_nobody(world: World) -> None:
    world.load(said(tie(thing("force"), "speaksFor", thing("agency")).claim, "a-tweet"))
    assert world.values(thing("force"), "principal") == set()


def test_what_nameless_relays_retell_is_asserted_by_nobody(world: World) -> None:
    world.load(*(is_a(name, "UnnamedSpeaker") for name in ("u1", "u2")))
    retold = (said(COUNT, "company", name, in_=paper) for name, paper in RETELLINGS)
    world.load(*retold)
    assert world.status(COUNT) == "unsupported"
    assert world.of(COUNT, "assertedBy") == set()


RETELLINGS: Final = (("u1", "paper"), ("u2", "gazette"))
