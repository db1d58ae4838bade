"""Sentences of Meta's summaries in which another speaks, or a part is meant."""

from pathlib import Path

import pytest

from tests.loading import Read, counted, short, worded
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
    ],
)
def test_what_another_says_is_not_said_by_meta(sentence: str, tmp_path: Path) -> None:
    found = of_sentence(sentence, tmp_path)
    assert told(found) == []
    assert [one.value for one in found.quarantined] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "This network is linked to the Harbour Board, a link that the Board denies.",
        "We attributed this network to the Harbour Board in 2029, but no longer do.",
        "We attribute this network to the Harbour Board with low confidence.",
        "We attribute this network to either the Harbour Board or the Quay Office.",
        "We attribute this network to the Harbour Board or its contractors.",
        "We attribute the first phase of this campaign to the Harbour Board.",
        "A part of this network was operated by the Harbour Board.",
        "One cluster within this operation is linked to the Harbour Board.",
        "Our investigation found links to websites of the Harbour Board.",
        "Our investigation found links to Telegram channels.",
        "Our investigation found links to infrastructure in Malta.",
        "Our investigation found links to articles by the Harbour Times.",
        "Our investigation found links to Quay News articles.",
        "Our investigation found links to domains registered by the Harbour Board.",
        "Our investigation found links to the Harbour Board, but could not confirm them.",
        "Our investigation found links to Malta rather than Iceland.",
        "Had we found links to the Harbour Board, we would have said so.",
        "Our investigation found links to Malta in the addresses.",
        "This network was linked to violence in Malta.",
        "This network is associated with spam.",
        "This network was operated by hand.",
        "This network was run by a bot.",
        "Our investigation found links to activity we attributed to the Harbour Board.",
        "Our investigation found links to the same people as the network we removed in 2029.",
        "Meta attributed the Gullfoss network to the Harbour Board.",
        "Meta linked the original Gullfoss campaign to the Harbour Board.",
        "We attribute this network to the Harbour Board but not to the Quay Office.",
        "This network was operated by what appears to be the Harbour Board.",
        "This network was run by unknown people, possibly the Harbour Board.",
        "This network was run by the Harbour Board, we believe.",
        "We assess that this network was run by the Harbour Board.",
        "We think this network was run by the Harbour Board.",
        "Perhaps this network was run by the Harbour Board.",
    ],
)
def test_what_is_taken_back_or_of_a_part_or_a_thing_is_no_attribution(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert told(found) == []
    assert [one.value for one in found.quarantined] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "We attribute this network to the Harbour Board with moderate confidence.",
        "We disrupted a network linked to the Harbour Board that we had seen in 2029.",
        "Our investigation found links to the Harbour Board (HB).",
        "This network was linked to the Harbour Board, in our assessment.",
        "We assess with high confidence that this network was linked to the Harbour Board.",
    ],
)
def test_a_name_ends_before_what_is_said_of_it(sentence: str, tmp_path: Path) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = found.saying("linkedTo")
    assert short(said.claim.object).startswith("harbour-board")
    assert not {"confidence", "seen", "that"} & set(short(said.claim.object).split("-"))
    assert worded(said) in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "We found links to the Harbour Board, and to people associated with the Quay Office.",
        "We found links to people in Malta, likely working on behalf of the Harbour Board.",
        "We found links to people in Malta, likely on behalf of the Harbour Board.",
        "This network was run by the Harbour Board on behalf of the Quay Office.",
        "This network was run by a company that we had banned, the Harbour Board.",
    ],
)
def test_who_else_may_be_behind_it_is_kept_with_the_sentence(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert len([*found.saying("linkedTo"), *found.saying("operatedBy")]) == 1
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, SOMEBODY)]


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
    found = of_sentence(sentence, tmp_path)
    assert told(found) == []
    assert [one.value for one in found.quarantined] == [sentence]


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
    found = of_sentence(sentence, tmp_path)
    assert told(found) == []
    assert [one.value for one in found.quarantined] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "It engaged in around $300 in spending for ads on Facebook between 2029 and 2031.",
        "It engaged in around $300 in spending for ads on Facebook in 2031.",
        "It engaged in around $300 in spending for ads in 2031, paid for mostly in euros.",
        "It engaged in around $300 in spending for ads on Google.",
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
    ("sentence", "predicate", "is_all"),
    [
        ("Run by the Harbour Board, this network posted in Maltese.", "operatedBy", True),
        ("Coordinated by the Harbour Board, this campaign posted polls.", "linkedTo", True),
        ("Coordinated by the Harbour Board alongside the firm «QUAY», this campaign posted"
         " polls.", "linkedTo", False),
        ("Run by the Harbour Board and the Quay Office, this network fell silent.",
         "operatedBy", False),
    ],
)  # fmt: skip
def test_whom_a_sentence_names_before_the_network_is_behind_it(
    sentence: str, predicate: str, is_all: bool, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = found.saying(predicate)
    assert told(found) == [predicate]
    assert said.claim.object == found.named("the Harbour Board")
    assert worded(said) in sentence
    kept = [] if is_all else [(sentence, SOMEBODY)]
    assert [(one.value, one.reason) for one in found.quarantined] == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "Coordinated by the Harbour Board, these posts spread.",
        "Coordinated by the Harbour Board, another campaign spread.",
        "Run by the Harbour Board, the Gullfoss network spread.",
        "Possibly run by the Harbour Board, this network spread.",
        "Run by the Harbour Board or the Quay Office, this network spread.",
        "Run by the Harbour Board, Crane Watch said that this network spread.",
    ],
)
def test_whom_a_sentence_names_before_something_else_is_not_behind_the_network(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert told(found) == []
    assert [one.value for one in found.quarantined] == [sentence]


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
