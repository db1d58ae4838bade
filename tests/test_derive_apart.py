"""How many sets share nothing: exact where few hang together, bounded where many do."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.derive.apart import MOST_EXACT, Of, most_apart

sets = st.lists(st.frozensets(st.integers(0, 9), min_size=1, max_size=4), max_size=9)


@given(sets)
def test_as_many_are_chosen_as_trying_every_choice_finds(found: list[Of]) -> None:
    assert most_apart(found) == _by_trying(found)


@given(sets, st.frozensets(st.integers(0, 9), min_size=1, max_size=4))
def test_another_set_never_lowers_the_number(found: list[Of], more: Of) -> None:
    assert most_apart([*found, more]) >= most_apart(found)


def test_of_many_that_hang_together_no_more_are_chosen_than_there_are() -> None:
    ring = [frozenset({at, at + 1}) for at in range(4 * MOST_EXACT)]
    assert most_apart(ring) == 2 * MOST_EXACT
    star = [frozenset({0, at}) for at in range(1, 4 * MOST_EXACT)]
    assert most_apart(star) == 1


def test_a_set_of_many_that_meets_few_others_is_taken_before_one_that_meets_many() -> None:
    alike = [frozenset({1, *range(100 * at, 100 * at + 30)}) for at in range(1, MOST_EXACT)]
    many, between = frozenset({0, *range(10, 60)}), frozenset({0, 1})
    assert most_apart([*alike, between, many]) == 2


def test_thousands_of_sets_that_meet_each_other_are_gone_through_once() -> None:
    crossing = [frozenset({at, at // 7, at * 31 % 977}) for at in range(20_000)]
    assert 1 < most_apart(crossing) <= len(crossing) // 2


def _by_trying(found: list[Of]) -> int:
    return max(
        size
        for size in range(len(found) + 1)
        if any(
            all(one.isdisjoint(other) for one, other in combinations(chosen, 2))
            for chosen in combinations(found, size)
        )
    )
