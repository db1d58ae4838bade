"""Sentences of Meta's summaries: what is said of this network, and what stays words."""

from pathlib import Path

import pytest

from tests.loading import Read, Sample, counted, read, short, worded
from tests.test_loaders_meta import rows_of
from tests.test_loaders_meta_summaries import of_sentence
from tests.test_loaders_meta_voices import outcome

NUMBER = "has a number that no pattern reads"
ASIDE = "has a number that may be of another removal"


def removed(found: Read) -> list[str]:
    return [number for number, _ in counted(found, "removedCount")]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("We removed twelve Facebook accounts, one Page, and 4 Groups.", ["12", "1", "4"]),
        ("We removed 8 Facebook accounts, 24 Pages and 6 Groups for spam.", ["8", "24", "6"]),
        ("A total of 23 Facebook accounts and 8 Pages were removed.", ["23", "8"]),
        ("23 accounts were removed for violating our policies.", ["23"]),
        ("We identified and removed 5 Pages.", ["5"]),
        ("We’ve removed 5 Pages.", ["5"]),
        ("Today, we are removing 12 Facebook accounts and 5 Pages.", ["12", "5"]),
        ("Today, we’re removing 5 Pages.", ["5"]),
        ("We removed 40 Facebook accounts, and we disabled 5 Pages.", ["40", "5"]),
        ("We disrupted a network targeting Malta and removed 40 Pages.", ["40"]),
        ("We took down a network that consisted of 40 accounts and 3 Pages.", ["40", "3"]),
    ],
)
def test_what_stands_in_a_row_with_the_verb_was_removed(
    sentence: str, numbers: list[str], tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == numbers
    assert found.quarantined == []


@pytest.mark.parametrize(
    "sentence",
    [
        "We removed 35 Facebook accounts and dozens of Pages.",
        "We removed 35 Facebook accounts and a number of Groups.",
        "We removed 35 Facebook accounts that managed 8 Pages.",
        "We removed 35 Facebook accounts running 8 Pages.",
        "We removed 35 Facebook accounts linked to 8 Pages.",
        "We removed 35 Facebook accounts, 2 of them verified.",
        "We removed 35 Facebook accounts and an Instagram account.",
        "We removed 35 Facebook accounts in 4 weeks.",
    ],
)
def test_a_number_beside_the_row_is_kept_with_its_sentence(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == ["35"]
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, NUMBER)]


@pytest.mark.parametrize(
    ("more", "numbers"),
    [("including 5 Pages in Malta", ["40", "3"]), ("and 5 Pages that fell silent", ["3"])],
)
def test_of_two_numbers_of_the_same_the_second_is_none(
    more: str, numbers: list[str], tmp_path: Path
) -> None:
    sentence = f"We removed 40 Pages and 3 Groups, {more}."
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == numbers
    assert [one.value for one in found.quarantined] == [sentence]


@pytest.mark.parametrize("where", ["On Instagram, we removed", "Across Threads, we removed"])
def test_a_platform_that_is_not_read_is_kept_with_its_sentence(
    where: str, tmp_path: Path
) -> None:
    found = of_sentence(f"{where} 12 accounts.", tmp_path)
    assert removed(found) == ["12"]
    assert [one.reason for one in found.quarantined] == ["says more than any pattern reads"]


def test_a_hedge_that_is_cut_short_is_no_sentence_of_its_own(tmp_path: Path) -> None:
    found = of_sentence("Approx. 40 accounts followed one or more of these Pages.", tmp_path)
    assert counted(found, "followerCount") == [("40", {"page", "facebook", "approximately"})]
    assert found.quarantined == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In May, we removed 40 Facebook accounts and 3 Pages.",
        "We removed 40 Facebook accounts in May for violating our policy against spam.",
        "On May 3, we removed forty Facebook accounts.",
        "In Sept. 2031, we removed 40 Facebook accounts.",
        "On Nov. 3, we removed 40 Facebook accounts.",
        "We removed another 40 Facebook accounts and 3 Pages.",
        "We removed an additional 40 Facebook accounts.",
    ],
)
def test_a_removal_of_some_month_may_be_another(sentence: str, tmp_path: Path) -> None:
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == []
    assert not found.saying("reason")
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, ASIDE)]


@pytest.mark.parametrize(
    "sentence",
    [
        "23 Facebook accounts were removed by their owners.",
        "40 YouTube channels were removed.",
        "After our report, 23 Facebook accounts were removed.",
        "The Crane Post said that 23 Facebook accounts were removed.",
        "We removed dozens of Pages.",
        "Had we removed 23 Facebook accounts, it would have come back.",
        "“We removed 23 Facebook accounts,” said its operators.",
        'Its operators posted: "We removed 23 Facebook accounts."',
        "These 3 accounts posted in Maltese.",
        "The network used 3 accounts on X to post its messages.",
    ],
)
def test_what_others_removed_and_what_was_only_used_is_no_count(
    sentence: str, tmp_path: Path
) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


def test_what_a_network_had_is_counted_of_it(tmp_path: Path) -> None:
    found = of_sentence("The network consisted of 12 Facebook accounts.", tmp_path)
    assert [number for number, _ in counted(found, "assetCount")] == ["12"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Crane Post reported that it engaged in around $500 in spending for ads.",
        "The network, like other operations, engaged in $500 in spending for ads.",
        "The Harbour Board spent $500 on ads.",
        "Its rivals engaged in around $500 in spending for ads.",
    ],
)
def test_what_another_says_or_spent_is_no_spending_of_this_network(
    sentence: str, tmp_path: Path
) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


def test_somebody_who_is_named_in_other_words_is_kept_with_the_sentence(tmp_path: Path) -> None:
    sentence = "We took down 40 Facebook accounts connected to a firm called Harbour Post."
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == ["40"]
    assert [one.reason for one in found.quarantined] == [
        "says who is behind it in words that no pattern reads"
    ]


def test_a_sentence_of_which_only_a_link_is_read_is_kept(tmp_path: Path) -> None:
    sentence = "Some of them were [suspected](https://example.org/1) of ties to a quay."
    found = of_sentence(sentence, tmp_path)
    assert len(found.saying("dcterms:references")) == 1
    assert [one.reason for one in found.quarantined] == ["only its links are read"]


def test_an_account_at_an_address_of_no_known_form_is_still_of_the_network(
    tmp_path: Path,
) -> None:
    row = "| Social Media Account | `hxxp://quay[.]example/harbour_watch` |"
    table = f"| Indicator Type | Indicator Value |\n| --- | --- |\n{row}"
    found = of_sentence(table, tmp_path)
    assert len(found.saying("belongsTo")) == 1
    assert not found.saying("listedIn")


def test_an_address_that_is_listed_as_an_account_is_one_without_its_sign(
    tmp_path: Path,
) -> None:
    listed = ("tiktok[.]com/harbour_watch", "vm[.]tiktok[.]com/ZM12", "vk[.]com/club12")
    rows = [f"| Social Media Account | `hxxp://{value}` |" for value in listed]
    rows.append("| URL | `hxxp://tiktok[.]com/discover` |")
    table = "| Indicator Type | Indicator Value |\n| --- | --- |\n" + "\n".join(rows)
    found = of_sentence(table, tmp_path)
    accounts = [one.claim.subject for one in found.saying("handle")]
    assert [short(one) for one in accounts] == ["harbour_watch"]
    assert accounts[0] in {one.claim.subject for one in found.saying("belongsTo")}
    assert len(found.saying("belongsTo")) == 3


def test_what_stands_beside_the_value_of_an_indicator_is_kept_with_its_row(
    tmp_path: Path,
) -> None:
    row = "| Domain | `quay[.]example` | seen in May |"
    table = f"| Type | Value | Note |\n| --- | --- | --- |\n{row}\n| Domain | `b[.]example` | |"
    found = of_sentence(table, tmp_path)
    assert len(found.saying("belongsTo")) == 2
    assert [(one.value, one.reason) for one in found.quarantined] == [
        (row, "has cells beside type and value that nobody reads")
    ]


def test_what_a_page_says_for_its_layout_is_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "network.md"
    front = "---\nlayout: default\ntitle: A Malta-based network\n---\n\n"
    body = "# Malta-Based Network\n\n## ATR Summary\n\nWe removed 3 Pages.\n"
    path.write_text(front + body, encoding="utf-8")
    found = read(Sample("meta", path))
    assert removed(found) == ["3"]
    assert found.quarantined == []
    path.write_text(front.replace("---\n\n", "It goes on.\n\n") + body, encoding="utf-8")
    assert "It goes on." in {one.value for one in read(Sample("meta", path)).quarantined}


def test_a_sentence_ends_behind_x_and_behind_an_abbreviation(tmp_path: Path) -> None:
    text = "It was on X. We removed 3 Pages in the EU. The U.S. Quay Office saw it."
    found = of_sentence(text, tmp_path)
    assert removed(found) == ["3"]
    assert [one.value for one in found.quarantined] == [
        "It was on X.",
        "The U.S. Quay Office saw it.",
    ]


def test_a_cell_that_says_more_than_a_count_is_no_count(tmp_path: Path) -> None:
    found = rows_of(tmp_path, "They used 3 accounts to post", "3 accounts and 2 Pages.")
    assert [number for number, _ in counted(found, "assetCount")] == ["3", "2"]
    assert worded(found.saying("uses")[0]) == "They used 3 accounts to post"
