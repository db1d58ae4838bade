"""Sentences of Meta's summaries in which another speaks, or a part is meant."""

from pathlib import Path

import pytest

from tests.loading import Read, counted, short
from tests.test_loaders_meta import rows_of
from tests.test_loaders_meta_summaries import of_sentence

NUMBER = "has a number that no pattern reads"
MORE = "says more than any pattern reads"
PLACE = "has a place or an audience that no pattern reads"
SOMEBODY = "says who is behind it in words that no pattern reads"
TOLD = (
    "removedCount", "assetCount", "followerCount", "memberCount", "adSpend", "originatedIn",
    "targeted", "linkedTo", "operatedBy",
)  # fmt: skip


def told(found: Read) -> list[str]:
    return [name for name in TOLD if found.saying(name)]


def outcome(sentence: str, folder: Path) -> tuple[list[str], list[str]]:
    """Return what is read of a sentence, and what of it is quarantined."""
    found = of_sentence(sentence, folder)
    return told(found), [one.value for one in found.quarantined]


@pytest.mark.parametrize(
    "sentence",
    [
        "According to Crane Watch, about 900 accounts followed one or more of these Pages.",
        "About 900 accounts followed one or more of these Pages, according to Crane Watch.",
        "Crane Watch estimated that it engaged in around $300 in spending for ads.",
        "It engaged in around $300 in spending for ads on Facebook, Crane Watch reported.",
        "The operation originated from Malta, according to Crane Watch.",
        "According to Crane Watch, this network targeted Malta.",
        "Crane Watch concluded that this network targeted Malta.",
        "This network was linked to the Harbour Board in public reporting.",
        "We removed a network attributed to the Harbour Board in a Quay Court indictment.",
        "The indictment states that this network was run by the Harbour Board.",
        "We linked this network to the Harbour Board, Crane Watch said.",
        "Crane Watch found that this network was linked to the Harbour Board.",
        "According to Crane Watch, we removed 12 Pages.",
        "Crane Watch says we removed 12 Pages.",
        "The operators claimed we removed 12 Pages.",
        "About 900 accounts followed one or more of the Pages of Crane Watch.",
        "Media reports say that this network was run by the Harbour Board.",
        "Researchers note that this network targeted Malta.",
        "In Crane Watch’s view, this network was run by the Harbour Board.",
        "Per Crane Watch, this network targeted Malta.",
        "The Quay Office confirmed that this network targeted Malta.",
        "Leaked papers show that this network was run by the Harbour Board.",
        "It is false that this network was run by the Harbour Board.",
        "It is wrong to say this network was run by the Harbour Board.",
        "Court papers suggest this network was run by the Harbour Board.",
        "Speculation that this network was run by the Harbour Board was wrong.",
        "The Board rejected our finding that this network was run by the Harbour Board.",
        "We found little evidence that this network was run by the Harbour Board.",
        "Journalists discovered that about 900 accounts followed these Pages.",
        "Some made it look like this network was run by the Harbour Board.",
        "This network targeted Malta, per the Quay Office.",
    ],
)
def test_what_another_says_is_not_said_by_meta(sentence: str, tmp_path: Path) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


@pytest.mark.parametrize(
    "sentence",
    [
        "Our researchers found that this network targeted Malta.",
        "Our security experts concluded that this network targeted Malta.",
        "Meta’s investigation showed that this network targeted Malta.",
        "We learned in May that this network targeted Malta.",
        "In Meta’s view, this network targeted Malta.",
        "In this report, this network targeted Malta.",
        "We note that this network targeted Malta.",
    ],
)
def test_what_meta_says_of_itself_is_no_other_voice(sentence: str, tmp_path: Path) -> None:
    assert told(of_sentence(sentence, tmp_path)) == ["targeted"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The first network originated in Malta.",
        "The second network targeted Malta.",
        "The latter operation targeted Malta.",
        "The same actors’ first campaign targeted Malta.",
        "We attribute the second network to the Harbour Board.",
        "The third operation was run by the Harbour Board.",
    ],
)
def test_one_network_of_several_is_not_that_of_the_summary(
    sentence: str, tmp_path: Path
) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


@pytest.mark.parametrize(
    "sentence",
    [
        "The network targeted audiences in Malta on X and audiences in Togo on Facebook.",
        "The network targeted people in Malta and spoke to people in Togo.",
    ],
)
def test_further_people_in_some_place_are_kept_with_the_sentence(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert [short(place) for place in found.said("targeted")] == ["malta"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, PLACE)]


def test_the_number_of_networks_is_kept_with_what_was_removed_of_them(tmp_path: Path) -> None:
    sentence = "We removed 40 Facebook accounts from two networks."
    found = of_sentence(sentence, tmp_path)
    assert [number for number, _ in counted(found, "removedCount")] == ["40"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, NUMBER)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The network tried to spend about $300 on ads on Facebook.",
        "We rejected about $300 in spending for ads on Facebook.",
        "The network engaged in around $300 in ad spend per month.",
        "The network engaged in around $300 in spending for ads each week.",
        "The Gullfoss network engaged in around $300 in spending for ads on Facebook.",
        "About 900 accounts followed one or more of the Pages that we removed in 2029.",
        "The Gullfoss operation had Pages that about 900 accounts followed, "
        "and about 40 accounts followed one or more of these Groups.",
    ],
)
def test_a_sum_of_another_network_or_not_spent_or_not_in_all_is_not_said(
    sentence: str, tmp_path: Path
) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


@pytest.mark.parametrize(
    "sentence",
    [
        "It engaged in around $300 in spending for ads on Facebook between 2029 and 2031.",
        "It engaged in around $300 in spending for ads on Facebook in 2031.",
        "It engaged in around $300 in spending for ads in 2031, paid for mostly in euros.",
        "It engaged in around $300 in spending for ads on Google.",
        "It engaged in around $300 in spending for ads on Facebook and Google.",
        "It engaged in around $300 in spending for ads over two years.",
        "It engaged in around $300 of ad spend on Facebook, paid in euros.",
    ],
)
def test_a_period_or_a_platform_of_a_sum_that_is_not_read_is_kept(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert [number for number, _ in counted(found, "adSpend")] == ["300"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, NUMBER)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was at work on many sites, among them its own ones and X, and we removed 3 Pages.",
        "The activity targeting Malta on X grew out of one that had drawn cranes by night.",
        "Although those behind it took much care to hide by night, we found links to people.",
        "It engaged in $300 in spending for ads, to make more people look at cranes by night.",
    ],
)
def test_a_sentence_that_says_much_more_than_is_read_is_kept(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert len(told(found)) == 1
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, MORE)]


def test_followers_without_a_number_are_kept_with_the_sentence(tmp_path: Path) -> None:
    sentence = (
        "Hundreds of accounts followed one or more of these Pages, and about 40 accounts "
        "joined one or more of these Groups."
    )
    found = of_sentence(sentence, tmp_path)
    assert [number for number, _ in counted(found, "memberCount")] == ["40"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, NUMBER)]


@pytest.mark.parametrize(
    ("sentence", "predicate", "platform"),
    [
        ("About 40 accounts followed one or more of these Pages.", "followerCount", "facebook"),
        ("About 40 accounts joined one or more of these Groups.", "memberCount", "facebook"),
        ("About 40 accounts followed its Telegram channels.", "followerCount", "telegram"),
    ],
)
def test_followers_are_those_on_the_platform_on_which_alone_they_can_be(
    sentence: str, predicate: str, platform: str, tmp_path: Path
) -> None:
    ((_, of_summary),) = counted(of_sentence(sentence, tmp_path), predicate)
    ((_, of_cell),) = counted(rows_of(tmp_path, sentence), predicate)
    assert platform in of_summary and platform in of_cell


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("We removed 12 Pages that reported that Malta was lost.", "removedCount"),
        (
            "We removed 12 Pages that posed as an independent investigation site.",
            "removedCount",
        ),
        ("We removed 12 Pages as a result of this year’s investigation.", "removedCount"),
        ("The network targeted Malta with posts that said that it was lost.", "targeted"),
        ("The network targeted Malta, and about 40 papers reported that it won.", "targeted"),
    ],
)
def test_what_another_says_takes_nothing_from_what_meta_said_before(
    sentence: str, name: str, tmp_path: Path
) -> None:
    assert told(of_sentence(sentence, tmp_path)) == [name]


def test_what_another_counts_behind_words_of_meta_is_kept_with_the_sentence(
    tmp_path: Path,
) -> None:
    sentence = "We removed 12 Pages, and Crane Watch estimated that it had 900 accounts."
    found = of_sentence(sentence, tmp_path)
    assert [number for number, _ in counted(found, "removedCount")] == ["12"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, NUMBER)]
