"""Counts in sentences: what is hedged stays hedged, and what is no count stays words."""

import pytest
from pyoxigraph import Literal

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
        ("in excess of", "moreThan"),
        ("greater than", "moreThan"),
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
        "We removed 20 Facebook accounts, Pages, and Groups.",
        "We removed 20 Pages and Facebook accounts.",
        "We removed 20 accounts, Pages & Groups.",
        "We removed 20 Pages and/or Groups.",
        "We removed 20 Pages/Groups.",
        "We removed 20 Pages on Facebook and accounts on Instagram.",
        "About 20 accounts followed one or more of these Pages and Groups.",
        "About 20 accounts followed one or more of these Pages or Instagram accounts.",
        "About 20 people liked one of its posts.",
        "Almost no accounts followed these Pages.",
        "Virtually no accounts followed these Pages.",
        "Little to no accounts followed these Pages.",
        "We removed 49 000 accounts.",
        "We removed 49'000 accounts.",
        "We removed 49’000 accounts.",
        "About 49 000 accounts followed one or more of these Pages.",
        "In 2031 40 accounts fell silent.",
        "We removed the Unit 29155 accounts and those of Gale-1516 accounts.",
        "We removed 20 accounts each on Facebook and Instagram.",
    ],
)
def test_what_is_part_or_none_or_a_year_or_unclear_is_no_count(sentence: str) -> None:
    assert [one for one in amounts(sentence) if one.value.value != "5"] == []


@pytest.mark.parametrize(
    "words",
    [
        "as few as",
        "as much as",
        "larger than",
        "exceeding",
        "north of",
        "just shy of",
        "in the region of",
        "an average of",
        "the equivalent of",
        "a quarter of",
        "at the very least",
        "below",
        "barely",
        "perhaps",
        "a projected",
        "max.",
        "the first",
        "the remaining",
        "up to about",
        "±",
    ],
)
def test_a_number_behind_words_that_turn_it_is_not_exactly_that(words: str) -> None:
    for told in ("20 Facebook accounts", "$20 in spending for ads"):
        assert amounts(f"We saw {words} {told}.") == []
    assert amounts(f"And {words} 20 accounts followed one or more of these Pages.") == []


@pytest.mark.parametrize("words", ["a total of", "a web of", "only", "all"])
def test_a_number_behind_words_that_leave_it_whole_counts(words: str) -> None:
    (found,) = amounts(f"We removed {words} 20 Facebook accounts.")
    assert (term("comparator"), term("exact")) in found.about


@pytest.mark.parametrize("how", ["paid for mostly in", "paid mostly in", "paid for mainly in"])
def test_what_a_sum_was_paid_in_is_told_however_it_is_put(how: str) -> None:
    (found,) = amounts(f"About $900 in spending for ads, {how} euros and zlotys.")
    assert dict(found.about)[term("paidMostlyIn")] == Literal("euros and zlotys")


def test_a_number_of_which_the_last_figures_are_lost_is_about_that() -> None:
    told = amounts("2.1 million accounts, 1.4K Pages, over 2 million profiles and 12 Groups")
    assert [dict(one.about)[term("comparator")] for one in told] == [
        term(name) for name in ("approximately", "approximately", "moreThan", "exact")
    ]


def test_a_number_in_the_form_of_a_year_still_counts() -> None:
    (found,) = amounts("a network of 2031 accounts")
    assert found.value.value == "2031"


@pytest.mark.parametrize(
    ("words", "value", "code"),
    [
        ("C$5,000", "5000", "CAD"),
        ("HK$900", "900", "HKD"),
        ("$900", "900", "USD"),
        ("$900 Canadian dollars", "900", "CAD"),
        ("€1.2 million", "1200000", "EUR"),
        ("900 pounds", "900", "GBP"),
        ("5,000 Russian rubles", "5000", "RUB"),
        ("PLN 400", "400", "PLN"),
        ("400 zlotys", "400", "PLN"),
        ("two thousand euros", "2000", "EUR"),
    ],
)
def test_a_sum_has_the_currency_that_stands_beside_it(
    words: str, value: str, code: str
) -> None:
    (found,) = amounts(f"It engaged in {words} in spending for ads on Facebook.", spelled=True)
    assert found.value.value == value
    assert (term("currency"), Literal(code)) in found.about


@pytest.mark.parametrize(
    "words",
    [
        "5,000 rubles",  # Russian or Belarusian
        "¥900",
        "1,5 million euros",
        "£900 euros",
        "$500 to $900",
        "$500-$900",
        "$1 million to $2 million",
    ],
)
def test_no_sum_is_read_of_an_unclear_currency_or_out_of_a_range(words: str) -> None:
    assert amounts(f"It engaged in {words} in spending for ads.", spelled=True) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("twelve", "12"), ("twenty-one", "21"), ("more than two hundred", "200"), ("one", "1")],
)
def test_a_number_in_words_is_read_where_a_sentence_is_expected(words: str, value: str) -> None:
    sentence = f"We removed {words} Facebook accounts."
    (found,) = amounts(sentence, spelled=True)
    assert found.value.value == value
    assert amounts(sentence) == []


@pytest.mark.parametrize(
    "words",
    [
        "five or six Pages",
        "5 or 6 Pages",
        "between five and six Pages",
        "one hundred and fifty Pages",
        "one or more of these Pages",
        "five of the twelve Pages",
    ],
)
def test_a_part_of_a_number_in_words_is_none(words: str) -> None:
    assert amounts(f"We removed {words}.", spelled=True) == []


@pytest.mark.parametrize(
    ("words", "paid"),
    [
        ("in U.S. dollars and Icelandic kronur.", "U.S. dollars and Icelandic kronur"),
        ("mostly in US dollars since 2031.", "US dollars"),
        ("in euros, between May and June.", "euros"),
    ],
)
def test_what_a_sum_was_paid_in_are_all_its_currencies_and_no_more(
    words: str, paid: str
) -> None:
    (found,) = amounts(f"It engaged in $900 in spending for ads, paid for {words}")
    assert (term("paidMostlyIn"), Literal(paid)) in found.about


@pytest.mark.parametrize(
    "sentence",
    [
        "No accounts followed these Pages.",
        "They drew cranes, and no accounts followed these Pages.",
        "We found that no accounts followed these Pages.",
    ],
)
def test_no_follower_is_none(sentence: str) -> None:
    (found,) = amounts(sentence)
    assert found.value.value == "0"
    assert (term("comparator"), term("exact")) in found.about


def test_one_follower_counts() -> None:
    (found,) = amounts("About 1 account followed one or more of its Groups.")
    assert (found.what, found.value.value) == ("followers", "1")
