"""Sentences of Meta's summaries: what is said of this network, and what stays words."""

from pathlib import Path

import pytest

from tests.loading import Read, Sample, counted, read, short, worded
from tests.test_loaders_meta import rows_of

NUMBER = "has a number that no pattern reads"
ASIDE = "has a number that may be of another removal"
PLACE = "has a place or an audience that no pattern reads"
UNREAD = "no pattern reads this sentence"


def of_sentence(sentence: str, folder: Path) -> Read:
    path = folder / "network.md"
    head = "# Indicators of Compromise: Harbour Network\n\n## ATR Summary\n\n"
    path.write_text(f"{head}{sentence}\n", encoding="utf-8")
    return read(Sample("meta", path))


def removed(found: Read) -> list[str]:
    return [number for number, _ in counted(found, "removedCount")]


def placed(found: Read, predicate: str) -> list[str]:
    return [short(place) for place in found.said(predicate)]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("We removed twelve Facebook accounts, one Page, and 4 Groups.", ["12", "1", "4"]),
        ("We removed 8 Facebook accounts, 24 Pages and 6 Groups for spam.", ["8", "24", "6"]),
        ("A total of 23 Facebook accounts and 8 Pages were removed.", ["23", "8"]),
        ("23 accounts were removed for violating our policies.", ["23"]),
        ("We identified and removed 5 Pages.", ["5"]),
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
    "sentence",
    [
        "In May, we removed 40 Facebook accounts and 3 Pages.",
        "We removed 40 Facebook accounts in May for violating our policy against spam.",
        "On May 3, we removed forty Facebook accounts.",
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
        "These 3 accounts posted in Maltese.",
        "The network used 3 accounts on X to post its messages.",
    ],
)
def test_what_others_removed_and_what_was_only_used_is_no_count(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == []
    assert not found.saying("assetCount")
    assert [one.value for one in found.quarantined] == [sentence]


def test_what_a_network_had_is_counted_of_it(tmp_path: Path) -> None:
    found = of_sentence("The network consisted of 12 Facebook accounts.", tmp_path)
    assert [number for number, _ in counted(found, "assetCount")] == ["12"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Crane Post reported that it engaged in around $500 in spending for ads.",
        "The network, like other operations, engaged in $500 in spending for ads.",
    ],
)
def test_what_another_says_or_spent_is_no_spending_of_this_network(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("adSpend")
    assert [one.value for one in found.quarantined] == [sentence]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("This network targeted Malta.", ["malta"]),
        ("The operation primarily targeted audiences in Malta.", ["malta"]),
        ("We disrupted a network targeting Malta, including Iceland.", ["malta", "iceland"]),
        ("We removed a network of fake Pages targeting Malta.", ["malta"]),
        ("We removed 4 Pages targeting Malta as well as Iceland.", ["malta", "iceland"]),
        ("We disrupted a network targeting Malta, with Iceland as a focus.",
         ["malta", "iceland"]),
        ("We disrupted a network targeting Europe (Malta) and Africa (Togo and Mali).",
         ["europe", "malta", "africa", "togo", "mali"]),
        ("We disrupted a network targeting Malta, alongside minor targeting of Iceland.",
         ["malta", "iceland"]),
        ("The network ran surveys and targeted audiences in Malta.", ["malta"]),
        ("This network targeted Malta and, to a lesser extent, Iceland.", ["malta", "iceland"]),
        ("We removed 4 Pages that were part of a network targeting Malta.", ["malta"]),
    ],
)  # fmt: skip
def test_a_target_is_that_of_the_network(
    sentence: str, targets: list[str], tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert placed(found, "targeted") == targets
    assert found.quarantined == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It was used to disguise surveys targeting Malta.",
        "We uncovered two campaigns targeting Malta.",
        "This resembles a network targeting Malta that we removed.",
        "Crane Watch removed a network originating in Malta and targeting Iceland.",
        "The Gullfoss campaign targeting Malta used the same domains.",
        "We shared this with a Malta-based research network.",
        "The network amplified people who criticised Iceland and targeted Malta.",
        "The network did not hide and targeted Malta.",
    ],
)
def test_a_target_of_something_else_is_none_of_the_network(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("targeted")
    assert not found.saying("originatedIn")
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, UNREAD)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We disrupted a network targeting Malta, Iceland, and several islands.",
        "We disrupted a network originating in Malta and targeting domestic audiences.",
        "This network targeted Malta, and a smaller part targeting Icelandic audiences.",
        "We disrupted a network originating in Malta, run from Iceland and targeting Togo.",
        "The network targeted audiences in Malta and Dutch-speaking communities in Togo.",
    ],
)
def test_a_place_that_is_not_read_is_kept_with_its_sentence(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert found.saying("targeted") or found.saying("originatedIn")
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, PLACE)]


def test_an_audience_keeps_where_it_lives(tmp_path: Path) -> None:
    sentence = "The network originated in Malta and mostly targeted Dutch audiences in Iceland."
    found = of_sentence(sentence, tmp_path)
    assert found.named("Dutch audiences in Iceland") in found.said("targeted")
    assert found.named("Iceland") in found.said("targeted")


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("We attribute this network to people in Malta.", "people in Malta"),
        ("We attribute this activity with high confidence to Harbour Post, a newspaper.",
         "Harbour Post"),
        ("Meta’s investigation attributed this activity to Maltese individuals.",
         "Maltese individuals"),
        ("Our investigation identified signals that linked the activity to people in Malta.",
         "people in Malta"),
        ("Our investigation has compiled lines of evidence that attribute this operation to"
         " the Harbour Office, a company.", "the Harbour Office"),
    ],
)  # fmt: skip
def test_whom_meta_itself_names_behind_the_network_is_kept_in_its_words(
    sentence: str, whom: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = found.saying("linkedTo")
    assert found.named(whom) == said.claim.object
    assert worded(said) in sentence
    assert found.quarantined == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Our investigation found possible links to the Harbour Board.",
        "We believe this network is linked to the Harbour Board.",
        "OpenAI’s investigation found links to the Harbour Board.",
        "Their investigation found links to the Harbour Board.",
        "We do not attribute this network to the Harbour Board.",
        "This resembles a network linked to the Harbour Board.",
        "Meta’s investigation attributed this activity to people behind an earlier network.",
    ],
)
def test_a_belief_or_what_another_found_is_no_attribution(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("linkedTo")
    assert [one.value for one in found.quarantined] == [sentence]


def test_somebody_who_is_named_in_other_words_is_kept_with_the_sentence(tmp_path: Path) -> None:
    sentence = "We took down 40 Facebook accounts connected to a firm called Harbour Post."
    found = of_sentence(sentence, tmp_path)
    assert removed(found) == ["40"]
    assert [one.reason for one in found.quarantined] == [
        "says who is behind it in words that no pattern reads"
    ]


def test_people_who_are_only_described_are_those_of_one_network(tmp_path: Path) -> None:
    behind = set()
    for name in ("Harbour", "Quay"):
        path = tmp_path / f"{name}.md"
        head = f"# Indicators of Compromise: {name} Network\n\n## ATR Summary\n\n"
        path.write_text(f"{head}We found links to actors in Iceland.\n", encoding="utf-8")
        behind |= set(read(Sample("meta", path)).said("linkedTo"))
    assert len(behind) == 2


def test_a_sentence_of_which_only_a_link_is_read_is_kept(tmp_path: Path) -> None:
    sentence = "Some of them were [suspected](https://example.org/1) of ties to a quay."
    found = of_sentence(sentence, tmp_path)
    assert len(found.saying("dcterms:references")) == 1
    assert [one.reason for one in found.quarantined] == ["only its links are read"]


def test_an_account_at_an_address_of_no_known_form_is_still_of_the_network(
    tmp_path: Path,
) -> None:
    row = "| Social Media Account | `hxxp://tiktok[.]com/harbour_watch` |"
    table = f"| Indicator Type | Indicator Value |\n| --- | --- |\n{row}"
    found = of_sentence(table, tmp_path)
    assert len(found.saying("belongsTo")) == 1
    assert not found.saying("listedIn")


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
