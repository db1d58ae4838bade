"""Places, audiences and people of Meta's summaries: those of this network, and no others."""

from pathlib import Path

import pytest

from tests.loading import Read, Sample, read, short, worded
from tests.test_loaders_meta_summaries import of_sentence
from tests.test_loaders_meta_voices import outcome

PLACE = "has a place or an audience that no pattern reads"
UNREAD = "no pattern reads this sentence"


def placed(found: Read, predicate: str) -> list[str]:
    return [short(place) for place in found.said(predicate)]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("This network targeted Malta.", ["malta"]),
        ("This network targeted the U.S.", ["united-states"]),
        ("This network targeted Malta, Togo, and the United States.",
         ["malta", "togo", "united-states"]),
        ("We disrupted a network originating in the United States that targeted Malta.",
         ["malta"]),
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
        "This network shares tactics with the Malta-based operation known as Gullfoss.",
        "The network amplified the Malta-based network that we removed in 2029.",
        "This network originated in Malta or Iceland.",
        "This network originated in Malta, Iceland or Togo.",
        "This network originated in Malta and/or Iceland.",
        "This network originated in Malta (or Iceland).",
        "This network targeted Malta, Iceland or Togo.",
        "This network targeted Malta, Iceland, and/or Togo.",
        "This Malta-based firm ran a network.",
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
        "This network targeted Malta, not Iceland.",
        "This operation ran from Iceland and targeted Malta.",
        "This activity originated in Malta and focused on Togo.",
        "This network originated in Malta (and partially in Iceland).",
        "This network targeted Dutch-speaking audiences in Malta and the Baltic states.",
        "This network targeted Dutch-speaking audiences in Malta and neighbouring countries.",
    ],
)
def test_a_place_that_is_not_read_is_kept_with_its_sentence(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert found.saying("targeted") or found.saying("originatedIn")
    assert [(one.value, one.reason) for one in found.quarantined] == [(sentence, PLACE)]


def test_initials_of_a_country_are_no_organisation(tmp_path: Path) -> None:
    found = of_sentence("Our investigation found links to the U.K.", tmp_path)
    assert placed(found, "linkedTo") == ["united-kingdom"]


def test_this_network_is_based_where_its_sentence_begins(tmp_path: Path) -> None:
    found = of_sentence("This Malta-based network targeted Togo.", tmp_path)
    assert placed(found, "originatedIn") == ["malta"]


@pytest.mark.parametrize("name", ["AI", "It", "the EU", "Malta Today"])
def test_a_word_that_is_a_code_of_a_country_or_a_part_of_a_name_is_no_place(
    name: str, tmp_path: Path
) -> None:
    found = of_sentence(f"We removed 4 Pages with {name} in their names.", tmp_path)
    assert found.quarantined == []


def test_an_audience_keeps_where_it_lives(tmp_path: Path) -> None:
    sentence = "The network originated in Malta and mostly targeted Dutch audiences in Iceland."
    found = of_sentence(sentence, tmp_path)
    assert found.named("Dutch audiences in Iceland") in found.said("targeted")
    assert found.named("Iceland") in found.said("targeted")


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("We attribute this network to people in Malta.", "people in Malta"),
        ("We attribute this network to «Ýmir» Ltd.", "«Ýmir» Ltd"),
        ("We found links to Harbour Post, Quay Post and Crane Post.",
         "Harbour Post, Quay Post and Crane Post"),
        ("We found links to a marketing firm in Malta.", "a marketing firm in Malta"),
        ("We found links to a Maltese expat in Togo.", "a Maltese expat in Togo"),
        ("When we found links to the Harbour Office, we took action.", "the Harbour Office"),
        ("This network was linked to the Harbour army’s Press Office (HPO) wing.",
         "the Harbour army’s Press Office (HPO) wing"),
        ("In May 2031, our investigation found links to a think tank.", "a think tank"),
        ("We attribute this network to Maltese people in Togo.", "Maltese people in Togo"),
        ("Our investigation found links to Harbour Post in Malta.", "Harbour Post"),
        ("We attribute this Malta-based network to the Harbour Office.", "the Harbour Office"),
        ("We attribute this activity with high confidence to Harbour Post, a newspaper.",
         "Harbour Post"),
        ("Meta’s investigation attributed this activity to Maltese individuals.",
         "Maltese individuals"),
        ("Our investigation identified signals that linked the activity to people in Malta.",
         "people in Malta"),
        ("Our investigation has compiled lines of evidence that attribute this operation to"
         " the Harbour Office, a company.", "the Harbour Office"),
        ("This network was run by the Harbour Office and posted in Maltese.",
         "the Harbour Office"),
        ("The network was managed by the Harbour Office in 2031 for a year.",
         "the Harbour Office"),
        ("We attribute this network to [the Harbour Post](https://example.org/1).",
         "the Harbour Post"),
    ],
)  # fmt: skip
def test_whom_meta_itself_names_behind_the_network_is_kept_in_its_words(
    sentence: str, whom: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    (said,) = [*found.saying("linkedTo"), *found.saying("operatedBy")]
    assert found.named(whom) == said.claim.object
    assert worded(said) in sentence.replace("[", "").replace("](https://example.org/1)", "")
    assert found.quarantined == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Our investigation found possible links to the Harbour Board.",
        "We believe this network is linked to the Harbour Board.",
        "OpenAI’s investigation found links to the Harbour Board.",
        "Their investigation found links to the Harbour Board.",
        "Our earlier investigation found links to the Harbour Board.",
        "A separate internal investigation found links to the Harbour Board.",
        "We do not attribute this network to the Harbour Board.",
        "This resembles a network linked to the Harbour Board.",
        "This activity was linked to the Harbour Board by researchers.",
        "The network opposed the campaign run by the Harbour Board.",
        "Users were told that the campaign was run by the Harbour Board.",
        "Meta’s investigation attributed this activity to people behind an earlier network.",
    ],
)
def test_a_belief_or_what_another_found_is_no_attribution(
    sentence: str, tmp_path: Path
) -> None:
    assert outcome(sentence, tmp_path) == ([], [sentence])


def test_words_with_others_in_between_are_no_name(tmp_path: Path) -> None:
    whom = "the Harbour Board at the quay"
    found = of_sentence(f"Our investigation found links to {whom}.", tmp_path)
    (said,) = found.saying("linkedTo")
    assert [short(one) for one in found.said("rdf:type", found.named(whom))] == ["UnnamedGroup"]
    assert worded(said) == f"links to {whom}"


def test_people_who_are_only_described_are_those_of_one_network(tmp_path: Path) -> None:
    behind = set()
    for name in ("Harbour", "Quay"):
        path = tmp_path / f"{name}.md"
        head = f"# Indicators of Compromise: {name} Network\n\n## ATR Summary\n\n"
        path.write_text(f"{head}We found links to actors in Iceland.\n", encoding="utf-8")
        behind |= set(read(Sample("meta", path)).said("linkedTo"))
    assert len(behind) == 2
