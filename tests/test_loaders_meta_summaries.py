"""Meta's summaries: which of their sentences are read, and as what."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders import meta
from loaders.records import Attestation, Claim
from ontology.identity import Mint
from tests.loading import Read, Sample, counted, read, short, worded

DATA: Final = Path(__file__).with_name("data") / "meta"
MINT: Final = Mint()
LATER: Final = "h2-2031-iceland-and-malta-cib-based-network.md"
SEVERAL: Final = "meta-h2-2031-harbour-deep-dive.md"


@pytest.fixture(scope="module")
def later() -> Read:
    return read(Sample("meta", DATA / LATER))


@pytest.fixture(scope="module")
def several() -> Read:
    return read(Sample("meta", DATA / SEVERAL))


def test_a_summary_is_known_by_its_sections_whatever_its_title_says() -> None:
    for name in (LATER, SEVERAL):
        assert meta.recognise(name, (DATA / name).read_text(encoding="utf-8"))
    assert not meta.recognise("x.md", "# Iceland-Based Network\n\n## Summary\n")


def test_places_are_countries_and_regions_and_nothing_else_with_a_capital(later: Read) -> None:
    assert {short(place) for place in later.said("originatedIn")} == {"iceland", "malta"}
    targeted = {one.claim.object for one in later.saying("targeted")}
    names = {one.object.value for one in names_of(later) if one.subject in targeted}
    assert names == {
        "Netherlands",
        "Côte d’Ivoire",
        "Bosnia & Herzegovina",
        "Sub-Saharan Africa",
    }


def names_of(found: Read) -> list[Claim]:
    return [said.claim for said in found.saying("name")]


def test_what_was_disrupted_is_counted_as_removed_and_earlier_removals_are_not(
    later: Read,
) -> None:
    found = counted(later, "removedCount")
    assert [number for number, _ in found] == ["4", "31"]
    assert {"instagramAccount", "instagram", "exact"} <= found[1][1]
    assert not later.said("assetCount")
    assert any("900 accounts" in one.value for one in later.quarantined)


def test_spending_has_all_its_currencies_and_its_platform(later: Read) -> None:
    ((spent, about),) = counted(later, "adSpend")
    assert spent == "1400" and "facebook" in about
    assert "US Dollars, Icelandic kronur, and euros" in about


def test_only_what_the_publisher_says_of_the_network_itself_is_an_attribution(
    later: Read,
) -> None:
    (said,) = later.saying("linkedTo")
    assert worded(said) == "links to Maltese individuals in Iceland"
    kinds = [short(kind) for kind in later.said("rdf:type", said_of(said))]
    assert kinds == ["UnnamedGroup"]
    kept = " ".join(one.value for one in later.quarantined)
    for words in ("gardens", "Quay Office", "Crane Watch", "diaspora", "Reykjavik"):
        assert words in kept


def said_of(said: Attestation) -> NamedNode:
    assert isinstance(said.claim.object, NamedNode)
    return said.claim.object


def test_a_link_that_leads_nowhere_is_quarantined_and_others_are_kept(later: Read) -> None:
    assert later.reasons["links to 'TBD', which is no web address"] == 1
    assert len(later.saying("documentedAt")) == 1


def test_two_removals_in_one_summary_are_of_two_networks(several: Read) -> None:
    of = {one.claim.subject for one in several.saying("removedCount")}
    assert len(of) == 2
    first, second = [one.claim.subject for one in several.saying("followerCount")]
    assert first != second
    (behind,) = several.saying("linkedTo")
    assert behind.claim.subject == second
    (asset,) = several.saying("belongsTo")
    whole = said_of(asset)
    assert {said_of(one) for one in several.saying("dcterms:isPartOf")} == {whole}
    assert whole not in (first, second)


def test_what_stands_under_the_heading_of_one_network_is_of_that_network(
    tmp_path: Path,
) -> None:
    path = tmp_path / "network.md"
    path.write_text(
        "# Indicators of Compromise: Harbour Deep Dive\n\n## ATR Summary\n\n"
        "We found links to people in Togo.\n\n"
        "### Case Study 1: The Quay\n\nWe removed 12 Facebook accounts.\n\n"
        "This network targeted Malta.\n\n"
        "### Case Study 2: The Cranes\n\nWe removed 3 Pages.\n\n"
        "We found links to people in Iceland. It was [told in 2029](https://example.org/1).\n\n"
        "### Outlook\n\nThe operation targeted Chad.\n",
        encoding="utf-8",
    )
    found = read(Sample("meta", path))
    first, second = (one.claim.subject for one in found.saying("dcterms:isPartOf"))
    whole, behind = (one.claim.subject for one in found.saying("linkedTo"))
    malta, chad = (one.claim.subject for one in found.saying("targeted"))
    (referring,) = (one.claim.subject for one in found.saying("dcterms:references"))
    assert (malta, behind, referring) == (first, second, second)
    assert whole == chad and whole not in (first, second)


def of_paragraphs(folder: Path, *paragraphs: str) -> Read:
    return of_sentence("\n\n".join(paragraphs), folder)


def test_what_follows_a_count_is_of_that_network_up_to_the_next_count(tmp_path: Path) -> None:
    found = of_paragraphs(
        tmp_path,
        "We removed 12 Facebook accounts and 2 Pages.",
        "About 900 accounts followed one or more of these Pages.",
        "We removed 3 Pages.",
        "This network targeted Malta.",
    )
    first, second = (one.claim.subject for one in found.saying("dcterms:isPartOf"))
    assert [one.claim.subject for one in found.saying("followerCount")] == [first]
    assert [one.claim.subject for one in found.saying("targeted")] == [second]


@pytest.mark.parametrize(
    "again",
    [
        "In total, we removed 12 Facebook accounts and 2 Pages.",
        "As part of it, we removed 12 Facebook accounts and 2 Pages.",
    ],
)
def test_the_same_numbers_again_are_of_no_other_network(again: str, tmp_path: Path) -> None:
    found = of_paragraphs(tmp_path, "We removed 12 Facebook accounts and 2 Pages.", again)
    assert not found.saying("dcterms:isPartOf")
    (_,) = {one.claim.subject for one in found.saying("removedCount")}


@pytest.mark.parametrize("words", ["In total", "In all", "Altogether", "Overall"])
def test_the_sum_of_several_removals_is_of_none_of_them(words: str, tmp_path: Path) -> None:
    found = of_paragraphs(
        tmp_path,
        "We removed 12 Pages.",
        "We removed 3 Pages.",
        f"{words}, we removed 15 Pages.",
    )
    parts = {one.claim.subject for one in found.saying("dcterms:isPartOf")}
    assert len(parts) == 2
    *_, whole = found.saying("removedCount")
    assert whole.claim.object.value == "15"
    assert found.said("removed", whole.claim.subject)[0] not in parts


def test_a_name_of_a_file_in_the_place_of_a_title_gives_title_and_period(several: Read) -> None:
    assert several.named("iceland-based-cib-network-4 (H2 2031)")
    assert {short(place) for place in several.said("originatedIn")} == {"iceland"}


def test_items_of_a_list_are_sentences(several: Read) -> None:
    values = {one.value: one.reason for one in several.quarantined}
    assert values["cranes for their posts."] == "no pattern reads this sentence"
    assert values["** DRAFT DRAFT **"] == "no pattern reads this sentence"
    assert len(several.saying("dcterms:references")) == 1


def test_an_account_without_a_scheme_is_no_mail_address(several: Read) -> None:
    (asset,) = several.saying("belongsTo")
    assert asset.claim.subject == MINT.account("tiktok", handle="harbour.watch")


def test_a_page_that_a_summary_lists_does_not_belong_to_the_network(several: Read) -> None:
    (listed,) = several.saying("listedIn")
    assert (
        several.said("address", said_subject(listed))[0].value == "https://paper.example/news/1"
    )


DOUBTED: Final = (
    "We cannot confirm that this network is linked to the Harbour Board.",
    "We did not see evidence that this network was operated by the Harbour Board.",
    "We assess with low confidence that this network is linked to the Harbour Board.",
    "It is unclear whether this network was operated by the Harbour Board.",
    "The Crane Post reported that this network was run by the Harbour Board.",
    "If this network was operated by the Harbour Board, nobody said so.",
)
OF_ANOTHER: Final = (
    "Last month we removed 40 Facebook accounts.",
    "In the previous quarter we removed 40 Facebook accounts.",
    "Since 2029, we have removed 200 accounts.",
    "In July, we removed 40 Facebook accounts of another operation.",
    "Twitter removed 500 accounts of this network.",
    "We removed 90% of 200 accounts.",
)


def of_sentence(sentence: str, folder: Path) -> Read:
    path = folder / "network.md"
    head = "# Indicators of Compromise: Harbour Network\n\n## ATR Summary\n\n"
    path.write_text(f"{head}{sentence}\n", encoding="utf-8")
    return read(Sample("meta", path))


@pytest.mark.parametrize("sentence", DOUBTED)
def test_a_doubt_or_a_denial_or_another_voice_is_no_attribution(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("linkedTo") and not found.saying("operatedBy")
    assert sentence in {one.value for one in found.quarantined}


@pytest.mark.parametrize("sentence", OF_ANOTHER)
def test_a_number_of_another_removal_is_none_of_this_network(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("removedCount") and not found.saying("assetCount")
    assert sentence in {one.value for one in found.quarantined}


@pytest.mark.parametrize(
    "aside",
    [
        ", and Google removed 40 YouTube channels",
        " in addition to the 90 Pages that we took down in May",
        " after TikTok told us about 300 accounts on TikTok",
    ],
)
def test_a_number_beside_that_of_the_removal_is_kept_in_words(
    aside: str, tmp_path: Path
) -> None:
    found = of_sentence(f"We removed 35 Facebook accounts{aside}.", tmp_path)
    assert [number for number, _ in counted(found, "removedCount")] == ["35"]
    assert [one.reason for one in found.quarantined] == [
        "has a number that may be of another removal"
    ]


def test_a_part_of_what_was_removed_is_no_number_of_it(tmp_path: Path) -> None:
    found = of_sentence("We removed 12 Pages, of which 4 Pages had no readers.", tmp_path)
    assert [number for number, _ in counted(found, "removedCount")] == ["12"]


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not know whether the network originated in Malta.",
        "The network is unlikely to have originated in Malta.",
        "The network posed as people originating in Malta.",
        "We previously removed a network originating in Malta.",
        "This network has habits of an earlier network originating in and targeting Malta.",
        "We found no evidence that it targeted Malta.",
        "We found no evidence that it targeted Maltese audiences.",
    ],
)
def test_a_place_in_doubt_or_of_another_network_is_none_of_this_one(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("originatedIn") and not found.saying("targeted")
    assert sentence in {one.value for one in found.quarantined}


@pytest.mark.parametrize(
    "sentence",
    [
        "Between $500 and $900 in spending for ads on Facebook.",
        "An earlier network had $9,000 in spending for ads on Facebook.",
        "We previously reported that about 500 accounts followed one or more of its Pages.",
        "The network did not engage in $5,000 in spending for ads.",
    ],
)
def test_no_sum_is_said_that_was_not_spent_or_by_another_network(
    sentence: str, tmp_path: Path
) -> None:
    found = of_sentence(sentence, tmp_path)
    assert not found.saying("adSpend") and not found.saying("followerCount")
    assert sentence in {one.value for one in found.quarantined}


def said_subject(said: Attestation) -> NamedNode:
    return said.claim.subject
