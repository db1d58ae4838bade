"""What a review is about, where its file tells that otherwise than by the claim's words."""

import json
from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given, Terms
from loaders.records import Fate
from tests.loading import Sample, read
from tests.test_loaders_claimreview import REVIEW, loaded


@pytest.mark.parametrize("kind", ["Person", "NewsArticle", "CreativeWork"])
def test_the_name_of_a_person_or_a_page_is_no_claim(tmp_path: Path, kind: str) -> None:
    item = {"@type": kind, "name": "Bo Sample"}
    found = loaded(tmp_path, {**REVIEW, "claimReviewed": "", "itemReviewed": item})
    assert [(one.column, one.reason) for one in found.quarantined] == [
        ("claimReviewed", "is empty")
    ]
    assert not found.saying("accurate")


def test_the_name_of_a_claim_is_its_words_where_the_review_has_none(tmp_path: Path) -> None:
    item = {"@type": "Claim", "name": "The cranes left."}
    found = loaded(tmp_path, {**REVIEW, "claimReviewed": "", "itemReviewed": item})
    assert found.saying("accurate", found.named("The cranes left."))
    assert not found.quarantined


def test_another_name_of_a_claim_is_not_lost(tmp_path: Path) -> None:
    item = {"@type": "Claim", "name": "The cranes left."}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("itemReviewed name", "The cranes left.")
    ]


def test_what_a_review_points_to_in_its_graph_is_not_quarantined(tmp_path: Path) -> None:
    claim = {"@id": "#claim", "@type": "Claim", "author": {"@id": "#bo"}}
    graph = [
        {**REVIEW, "reviewRating": {"@id": "#rating"}, "itemReviewed": {"@id": "#claim"}},
        {"@id": "#rating", "@type": "Rating", **REVIEW["reviewRating"]},
        claim,
        {"@id": "#bo", "@type": "Person", "name": "Bo Sample"},
        {**claim, "@id": "#other"},
    ]
    found = loaded(tmp_path, {"@graph": graph})
    assert found.named("Bo Sample") in {one.speaker for one in found.saying("accurate")}
    assert found.fates == {Fate.MAPPED: 1, Fate.BLANK: 3, Fate.QUARANTINED: 1}
    assert [one.value for one in found.quarantined if "#other" in one.value]


def test_what_is_empty_says_nothing(tmp_path: Path) -> None:
    item = {
        "@type": "Claim",
        "appearance": [{"@type": "CreativeWork", "url": ""}],
        "author": {"@type": "Person", "image": "", "jobTitle": " ", "name": "", "sameAs": [""]},
        "datePublished": "",
        "firstAppearance": {"@type": "CreativeWork", "url": None},
        "name": "",
    }
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item, "reviewBody": "", "about": []})
    assert not found.quarantined
    assert len(found.saying("accurate")) == 1


def test_what_a_page_says_of_itself_beside_its_review_is_blank(tmp_path: Path) -> None:
    crumbs = [{"@type": "ListItem", "position": 1, "name": "Home"}]
    graph = [
        {"@type": "Article", "@id": "#article", "headline": "Cranes"},
        {"@type": "BreadcrumbList", "@id": "#crumbs", "itemListElement": crumbs},
        REVIEW,
    ]
    found = loaded(tmp_path, {"@graph": graph})
    assert found.fates == {Fate.MAPPED: 1, Fate.BLANK: 2}
    assert found.quarantined == []


def test_a_review_that_is_called_an_article_is_not_blank(tmp_path: Path) -> None:
    called = {**REVIEW, "@type": "NewsArticle", "@id": "#article"}
    found = loaded(tmp_path, {"@graph": [called, {**REVIEW, "@id": "#review"}]})
    assert found.reasons == {"is no review of a claim": 1}


def test_nothing_of_a_rating_is_lost(tmp_path: Path) -> None:
    rating = {
        **REVIEW["reviewRating"], "alternateName": "False", "name": "Crane scale",
        "ratingExplanation": "It moved.", "bestRating": [5, 6], "author": {"name": "Bo"},
    }  # fmt: skip
    found = loaded(tmp_path, {**REVIEW, "reviewRating": rating})
    assert {one.column: one.reason for one in found.quarantined} == {
        "reviewRating author": "is a field for which there is no word",
        "reviewRating bestRating": "is a field for which there is no word",
        "reviewRating name": "is a field for which there is no word",
        "reviewRating ratingExplanation": "is a text, which no pattern reads",
    }


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("bad", ["NaN", "9" * 5_000])
def test_a_value_that_is_no_json_costs_one_review(
    tmp_path: Path, bad: str, indent: int | None
) -> None:
    path = tmp_path / "feed.json"
    reviews = [{**REVIEW, "url": f"https://crane.example/{number}"} for number in range(3)]
    for which, review in enumerate(reviews):
        told = [*reviews]
        told[which] = {**review, "reviewRating": {"ratingValue": 77}}
        for whole in (told, {"@graph": told}):
            text = json.dumps(whole, indent=indent).replace("77", bad)
            path.write_text(text, encoding="utf-8")
            found = read(Sample("claimreview", path))
            assert found.fates == {Fate.MAPPED: 2, Fate.QUARANTINED: 1}
            assert [one.reason[:8] for one in found.quarantined] == ["no JSON:"]


def test_what_was_taken_out_of_a_feed_is_not_said(tmp_path: Path) -> None:
    kept, gone = ({"@type": "DataFeedItem", "item": [REVIEW]} for _ in range(2))
    gone["dateDeleted"] = "2031-04-05T00:00:00Z"
    found = loaded(tmp_path, {"@type": "DataFeed", "dataFeedElement": [kept, gone]})
    assert found.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}


CRANE: Final = {
    "@type": "Organization",
    "@id": "https://crane.example/#us",
    "name": "Crane Check",
}


def test_a_review_may_point_to_what_another_script_of_its_page_says(tmp_path: Path) -> None:
    review = {**REVIEW, "author": {"@id": CRANE["@id"]}}
    script = '<script type="application/ld+json">{}</script>\n'
    path = tmp_path / "page.html"
    path.write_text("".join(script.format(json.dumps(one)) for one in (CRANE, review)), "utf-8")
    found = read(Sample("claimreview", path))
    assert {one.speaker for one in found.saying("evaluatedAs")} == {found.named("Crane Check")}
    assert found.fates == {Fate.MAPPED: 1, Fate.BLANK: 1}


def test_what_is_another_on_each_of_several_pages_is_not_pointed_to(tmp_path: Path) -> None:
    review = {**REVIEW, "author": {"@id": "#us"}}
    script = '<script type="application/ld+json">{}</script>\n'
    told = ({**CRANE, "@id": "#us"}, review)
    path = tmp_path / "page.html"
    path.write_text("".join(script.format(json.dumps(one)) for one in told), "utf-8")
    given = Given(terms=Terms(publisher="Harbour Desk"))
    found = read(Sample("claimreview", path, given))
    assert found.fates == {Fate.QUARANTINED: 2}


def test_each_script_of_a_page_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    broken = '<script type="application/ld+json">\n{\n</script>\n'
    path = tmp_path / "page.html"
    told = f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>\n'
    path.write_text(f"<html>\n{broken}{broken}{told}", encoding="utf-8")
    found = read(Sample("claimreview", path))
    assert [one.line for one in found.quarantined] == [3, 6]
