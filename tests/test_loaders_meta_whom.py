"""Whom sentences of Meta's summaries name behind a network, and whom they do not."""

from pathlib import Path

import pytest

from tests.loading import short, worded
from tests.test_loaders_meta_summaries import of_sentence
from tests.test_loaders_meta_voices import SOMEBODY, outcome, told


@pytest.mark.parametrize(
    "sentence",
    [
        "This network is linked to the Harbour Board, a link that the Board denies.",
        "This network was run by the Harbour Board, a claim that the Board rejects.",
        "Our investigation found links to the Harbour Board, which calls that baseless.",
        "Our investigation found links to the Harbour Board, which dismissed them.",
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
        "Our investigation found links to Facebook Groups.",
        "Our investigation found links to two Telegram groups.",
        "Our investigation found links to VPN services.",
        "This network was linked to violence in Malta.",
        "This network is associated with spam.",
        "This network was operated by hand.",
        "This network was run by a bot.",
        "This network was run by AI agents.",
        "Our investigation found links to Maltese interference.",
        "Our investigation found links to Malta’s election.",
        "Our investigation found links to Telegram.",
        "Our investigation found links to YouTube and TikTok.",
        "We linked this network to the hack-and-leak operation against the Harbour Board.",
        "Our investigation found links to Gullfoss, an operation that we removed in 2029.",
        "We attribute this network to Gullfoss, a long-running influence campaign.",
        "Our investigation found links to the Harbour Board, which we later ruled out.",
        "This network was run by the Harbour Board rather than the Quay Office.",
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
    assert outcome(sentence, tmp_path) == ([], [sentence])


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("This network was run by Quay Media for the Harbour Board.", "operatedBy"),
        ("This network was run by the Harbour Board against the Quay Office.", "operatedBy"),
        ("This network was run by the Harbour Board’s staff.", "operatedBy"),
        ("Our investigation found links to Malta-based Quay Media.", "linkedTo"),
        ("This network was run by administrators in Malta, Togo and Iceland.", "operatedBy"),
        ("Our investigation found links to Maltese bloggers.", "linkedTo"),
    ],
)
def test_who_is_described_goes_by_no_name(
    sentence: str, predicate: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = found.saying(predicate)
    assert "/group/" in str(said.claim.object)


@pytest.mark.parametrize(
    "sentence",
    [
        "We attribute this network to the Harbour Board with moderate confidence.",
        "We disrupted a network linked to the Harbour Board that we had seen in 2029.",
        "Our investigation found links to the Harbour Board (HB).",
        "Our investigation found links to the Harbour Board, which spread unfounded claims.",
        "This network, linked to the Harbour Board, targeted people in Malta.",
        "This network, linked to the Harbour Board, posted polls.",
        "This network was linked to the Harbour Board, in our assessment.",
        "We found links to the Harbour Board, and the network targeted Malta.",
        "We assess with high confidence that this network was linked to the Harbour Board.",
    ],
)
def test_a_name_ends_before_what_is_said_of_it(sentence: str, tmp_path: Path) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = found.saying("linkedTo")
    assert short(said.claim.object).startswith("harbour-board")
    words = set(short(said.claim.object).split("-"))
    assert not {"confidence", "seen", "that", "targeted"} & words
    assert worded(said) in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "We found links to the Harbour Board, and to people associated with the Quay Office.",
        "We found links to people in Malta, likely working on behalf of the Harbour Board.",
        "We found links to people in Malta, likely on behalf of the Harbour Board.",
        "This network was run by the Harbour Board on behalf of the Quay Office.",
        "This network was run by the Harbour Board and funded by the Quay Office.",
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
    assert outcome(sentence, tmp_path) == ([], [sentence])


def test_a_name_that_begins_like_a_verb_ends_no_list(tmp_path: Path) -> None:
    sentence = "We attribute this network to people in Malta and United Arab Emirates."
    (said,) = of_sentence(sentence, tmp_path).saying("linkedTo")
    assert "people-in-malta-and-united-arab-emirates" in str(said.claim.object)


@pytest.mark.parametrize("name", ["Harbour Group", "Harbour Ministry of foreign affairs"])
def test_a_group_that_has_a_name_is_no_group_without_one(tmp_path: Path, name: str) -> None:
    found = of_sentence(f"Our investigation found links to {name}.", tmp_path)
    (said,) = found.saying("linkedTo")
    assert said.claim.object == found.named(name)
    assert "/org/" in str(said.claim.object)
