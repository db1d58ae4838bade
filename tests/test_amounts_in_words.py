"""Counts in sentences: what is hedged stays hedged, and what is no count stays words."""

import pytest

from loaders.amounts_in_words import amounts
from ontology import term


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("no fewer than", "atLeast"),
        ("not less than", "atLeast"),
        ("a minimum of", "atLeast"),
        ("≥", "atLeast"),
        ("not more than", "atMost"),
        ("as many as", "atMost"),
        ("approx.", "approximately"),
        ("circa", "approximately"),
        ("≈", "approximately"),
        ("", "exact"),
    ],
)
def test_a_hedge_before_a_number_is_its_comparator(words: str, word: str) -> None:
    (found,) = amounts(f"In Harbourland we removed {words} 20 Facebook accounts.")
    assert found.value.value == "20"
    assert (term("comparator"), term(word)) in found.about


@pytest.mark.parametrize(
    "sentence",
    [
        "We removed 5 of the 20 accounts.",
        "None of these 20 accounts was new.",
        "We did not remove 20 accounts.",
        "We removed 1.234 accounts.",
        "They ran 2.5 Pages a day.",
        "In Q3 2031 accounts of the network were removed.",
        "In early 2031 Pages of the network fell silent.",
        "They paid $1.234 in spending for ads.",
        "They ran #20 accounts.",
    ],
)
def test_what_is_part_or_none_or_a_year_or_unclear_is_no_count(sentence: str) -> None:
    assert [one for one in amounts(sentence) if one.value.value != "5"] == []


def test_a_number_in_the_form_of_a_year_still_counts() -> None:
    (found,) = amounts("a network of 2031 accounts")
    assert found.value.value == "2031"
