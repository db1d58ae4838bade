"""Values with comparators: which exclude each other, and which give a plain triple."""

import pytest

from tests.world import World, claim, said


@pytest.mark.parametrize(
    ("first", "second", "exclude"),
    [
        ((20, "exact"), (20, "moreThan"), True),
        ((25, "exact"), (20, "moreThan"), False),
        ((24, "exact"), (25, "exact"), True),
        ((20, "atLeast"), (20, "exact"), False),
        ((300, "approximately"), (325, "exact"), False),
        ((300, "approximately"), (340, "exact"), True),
        ((10, "lessThan"), (10, "atLeast"), True),
        ((10, "atMost"), (10, "atLeast"), False),
    ],
    ids=str,
)
def test_values_exclude_each_other_when_their_ranges_do_not_meet(
    world: World, first: tuple[int, str], second: tuple[int, str], exclude: bool
) -> None:
    both = [
        claim("takedown", "removedCount", value, ("comparator", word))
        for value, word in (first, second)
    ]
    world.load(*(said(what, f"p{index}") for index, what in enumerate(both)))
    assert {world.status(what) for what in both} == {
        "contradicted" if exclude else "singleSource"
    }


def test_more_than_twenty_is_not_twenty(world: World) -> None:
    what = claim("takedown", "removedCount", 20, ("comparator", "moreThan"))
    world.load(said(what, "company"))
    assert (world.status(what), world.graphs(what)) == ("singleSource", set())
