"""Answers that are kept: so many bytes of one generation."""

from onrecord.web.kept import Cache, Kept
from onrecord.workers import Head


def _kept(edition: str, size: int = 1_000) -> Kept:
    return Kept(Head("text/csv", edition), b"x" * size)


def test_the_longest_unasked_goes_first() -> None:
    cache = Cache(4_000)
    cache.put("a", _kept("1"))
    cache.put("b", _kept("1"))
    assert cache.get("a")
    cache.put("c", _kept("1"))
    assert [bool(cache.get(tag)) for tag in "abc"] == [True, False, True]
    assert (cache.hits, cache.misses, cache.size) == (3, 1, 3_000)


def test_what_is_longer_than_all_is_not_kept() -> None:
    cache = Cache(4_000)
    cache.put("a", _kept("1"))
    cache.put("b", _kept("1", 4_000))
    assert cache.get("a")
    assert not cache.get("b")


def test_a_new_generation_takes_the_place_of_the_old() -> None:
    cache = Cache(1_000_000)
    cache.put("a", _kept("1"))
    cache.put("b", _kept("2"))
    assert not cache.get("a")
    assert cache.get("b")
    assert cache.size == 1_500
