"""What a review is about, where its file tells that otherwise than by the claim's words."""

from pathlib import Path

import pytest

from loaders.records import Fate
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
