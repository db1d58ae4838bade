"""How many of some sets can be chosen of which no two share anything."""

from collections.abc import Hashable, Iterator, Sequence

Of = frozenset[Hashable]

MOST_EXACT = 16  # sets that hang together: that many are tried in some hundred ways at most


def most_apart(sets: Sequence[Of]) -> int:
    """Return how many sets can be chosen, at most, of which no two share anything.

    Of more than `MOST_EXACT` that hang together, some are taken in turn, those first that meet
    the fewest others: the number may be lower than it could be, and never higher.
    """
    return sum(
        _most(part) if len(part) <= MOST_EXACT else _in_turn(part) for part in _parts(sets)
    )


def _parts(sets: Sequence[Of]) -> Iterator[list[Of]]:
    """Yield the sets that hang together, over others or at once."""
    holding = _holding(sets)
    seen: set[int] = set()
    for start in range(len(sets)):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for at in part:  # which grows
            for one in sets[at]:
                new = [other for other in holding.pop(one, ()) if other not in seen]
                seen.update(new)
                part += new
        yield [sets[at] for at in sorted(part)]


def _holding(sets: Sequence[Of]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for at, held in enumerate(sets):
        for one in held:
            found.setdefault(one, []).append(at)
    return found


def _most(sets: list[Of]) -> int:
    """Return the number exactly: whoever meets one other at most is chosen, else both tried."""
    if len(sets) < 2:
        return len(sets)
    meeting = [sum(not one.isdisjoint(other) for other in sets) for one in sets]
    is_easy = min(meeting) <= 2  # with itself
    at = meeting.index(min(meeting) if is_easy else max(meeting))
    others = [*sets[:at], *sets[at + 1 :]]
    with_it = 1 + _most([other for other in others if other.isdisjoint(sets[at])])
    return with_it if is_easy else max(with_it, _most(others))


def _in_turn(sets: list[Of]) -> int:
    holding = _holding(sets)
    taken: set[Hashable] = set()
    number = 0
    for one in sorted(sets, key=lambda held: sum(len(holding[it]) - 1 for it in held)):
        if taken.isdisjoint(one):
            taken |= one
            number += 1
    return number
