"""Reviews of claims: whose stance is taken on which words, and what is none."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import assets, claimreview
from loaders.evidence import Writer
from loaders.given import Given, Terms
from loaders.records import Attestation, Fate
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read, read_written, short

DATA: Final = Path(__file__).with_name("data") / "claimreview"
MINT: Final = Mint()
CHECK: Final = MINT.named("org", "Crane Check")
TRUTH: Final = MINT.named("org", "Harbour Truth")
REVIEW: Final[dict[str, Any]] = {
    "@type": "ClaimReview",
    "author": {"@type": "Organization", "name": "Crane Check"},
    "claimReviewed": "Cranes sleep",
    "reviewRating": {"ratingValue": 1, "bestRating": 5, "worstRating": 1},
}


@pytest.fixture(scope="module")
def feed() -> Read:
    return read(Sample("claimreview", DATA / "harbour-feed.json"))


@pytest.fixture(scope="module")
def page() -> Read:
    return read(Sample("claimreview", DATA / "harbour-page.json"))


def loaded(tmp_path: Path, value: object, given: Given | None = None) -> Read:
    return read_written("claimreview", tmp_path / "file.json", value, given)


def by(found: Read, speaker: NamedNode, predicate: str = "accurate") -> list[Attestation]:
    return [said for said in found.saying(predicate) if said.speaker == speaker]


def test_reviews_that_disagree_are_two_stances_on_one_claim(feed: Read) -> None:
    (denial,) = by(feed, CHECK)
    assertion = by(feed, TRUTH)[0]
    assert denial.claim == assertion.claim
    assert (denial.stance, assertion.stance) == (term("Denial"), term("Assertion"))
    assert denial.place != assertion.place


def test_a_rating_is_kept_in_the_reviewers_words_with_its_scale(feed: Read) -> None:
    (said,) = by(feed, CHECK, "evaluatedAs")
    assert said.claim.object == Literal("False")
    assert {(short(key), value.value) for key, value in said.claim.qualifiers} == {
        ("ratingValue", "1"),
        ("bestRating", "5"),
        ("worstRating", "1"),
    }


def test_between_best_and_worst_is_a_question(feed: Read) -> None:
    (said,) = feed.saying("accurate", feed.named("Cranes dance at night"))
    assert said.stance == term("Question")


@pytest.mark.parametrize("text", ["Cranes swim", "Cranes fly", "Cranes read", "Cranes write"])
def test_a_rating_that_its_scale_does_not_tell_is_no_stance(feed: Read, text: str) -> None:
    assert not feed.saying("accurate", feed.named(text))


def test_a_word_for_the_opposite_of_the_number_is_no_stance(feed: Read) -> None:
    stances = feed.saying("accurate", feed.named("Cranes sing"))
    assert [one.speaker for one in stances if one.speaker == TRUTH] == []
    assert feed.reasons["is a word for the opposite of what the number says"] == 1


def test_a_scale_that_is_told_in_part_is_no_stance(page: Read) -> None:
    assert page.said("evaluatedAs") == [Literal("Mostly false")]
    assert not page.saying("accurate")


def test_whoever_claimed_it_asserts_it_as_the_reviewer_reports(feed: Read) -> None:
    (said,) = by(feed, MINT.named("person", "Bo Pier", "https://people.example.org/bo"))
    assert said.stance == term("Assertion")
    assert said.relays == (CHECK, MINT.named("org", "Harbour Markup"))
    assert said.depth == 3
    moment = Literal("2031-04-01", datatype=term("xsd:date"))
    assert (term("assertedAt"), moment) in said.details


def test_a_page_on_which_a_claim_appeared_did_not_make_it(feed: Read) -> None:
    url = assets.address("https://herald.example.org/still")
    assert url
    herald = assets.web_address(url, MINT)
    assert herald in feed.said("appearedIn")
    assert herald not in {said.speaker for said in feed.attestations}
    assert MINT.named("org", "Herald") not in {said.speaker for said in feed.attestations}
    assert len(feed.said("firstAppearedIn")) == 1


def test_nobody_in_particular_is_an_unnamed_speaker(feed: Read) -> None:
    kinds = {said.claim.subject: said.claim.object for said in feed.saying("rdf:type")}
    assert kinds[feed.named("Facebook posts")] == term("UnnamedSpeaker")
    assert kinds[feed.named("The Choir")] == term("LegalParty")


def test_what_a_review_has_beyond_that_is_accounted_for(feed: Read, page: Read) -> None:
    assert feed.fates == {Fate.MAPPED: 8, Fate.QUARANTINED: 3, Fate.BLANK: 1}
    assert page.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1, Fate.BLANK: 2}
    assert feed.reasons["lies outside of its scale"] == 1
    assert feed.reasons["is no review of a claim"] == 1
    assert feed.reasons["is said of the page, not of the claim"] == 1


def test_the_words_make_the_statement_whoever_quotes_them(feed: Read, page: Read) -> None:
    text = "The cranes of the harbour stand still."
    assert feed.named(text) == page.named(text)
    assert feed.named("“The cranes of the harbour stand still”") == feed.named(text)


@pytest.mark.parametrize(
    "wrap", ["one", "array", "graph", "lines", "prefixed", "type", "script", "scripts"]
)
def test_reviews_are_found_however_they_are_wrapped(tmp_path: Path, wrap: str) -> None:
    prefixed = {key if key[0] == "@" else f"schema:{key}": one for key, one in REVIEW.items()}
    script = '<p>Cranes</p>\n<script type="application/ld+json">\n{}</script>\n'
    value = {
        "one": REVIEW,
        "array": [REVIEW],
        "graph": [{"@graph": [REVIEW]}],
        "lines": f"{json.dumps(REVIEW)}\n{json.dumps(REVIEW)}\n",
        "prefixed": prefixed,
        "script": script.format(json.dumps(REVIEW)),
        "scripts": script.format(json.dumps([REVIEW])) * 2,
        "type": {**REVIEW, "@type": ["http://schema.org/ClaimReview"]},
    }[wrap]
    found = loaded(tmp_path, value)
    assert {said.stance for said in by(found, CHECK)} == {term("Denial")}
    assert {said.depth for said in by(found, CHECK)} == {0}


def test_a_value_is_read_however_it_is_wrapped(tmp_path: Path) -> None:
    arrays = {key: one if key[0] == "@" else [one] for key, one in REVIEW.items()}
    for wrapped in (arrays, {**REVIEW, "claimReviewed": {"@value": REVIEW["claimReviewed"]}}):
        assert {said.stance for said in by(loaded(tmp_path, wrapped), CHECK)} == {
            term("Denial")
        }


def test_a_review_of_several_claims_is_of_none_of_them(tmp_path: Path) -> None:
    found = loaded(tmp_path, {**REVIEW, "claimReviewed": ["Cranes nest.", "Cranes swim."]})
    assert [one.reason for one in found.quarantined] == ["has several values"]


@pytest.mark.parametrize("key", ["mainEntity", "review", "hasPart"])
def test_a_page_holds_the_reviews_in_it(tmp_path: Path, key: str) -> None:
    other = {"@type": "Review", "author": {"name": "Crane Check"}}
    page = {"@type": "WebPage", "name": "Cranes", key: [REVIEW, other]}
    found = loaded(tmp_path, [page, {"@type": "Product", key: other}])
    assert {said.stance for said in by(found, CHECK)} == {term("Denial")}
    assert [one.reason for one in found.quarantined] == ["is no review of a claim"] * 2
    assert found.total == 3


def test_a_reviewer_without_a_name_goes_by_the_host_of_the_address(tmp_path: Path) -> None:
    author = {"@type": "Organization", "url": "https://www.check.example.org/"}
    found = loaded(tmp_path, {**REVIEW, "author": author})
    assert by(found, MINT.named("org", "check.example.org"))


def test_reviews_of_several_reviewers_need_a_publisher(tmp_path: Path) -> None:
    both = [REVIEW, {**REVIEW, "author": {"name": "Harbour Truth"}}]
    with pytest.raises(BadInput, match="--publisher"):
        loaded(tmp_path, both)
    given = Given(terms=Terms(publisher="Harbour Library"))
    assert {said.depth for said in loaded(tmp_path, both, given).saying("accurate")} == {1}


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = json.dumps([REVIEW, REVIEW])
    found = loaded(tmp_path, whole[:-30], Given(terms=Terms(publisher="Crane Check")))
    assert found.fates == {Fate.MAPPED: 1, Fate.QUARANTINED: 1}


def test_a_review_of_several_ratings_keeps_them_in_quarantine(tmp_path: Path) -> None:
    ratings = [{"alternateName": "False"}, {"alternateName": "Half true"}]
    (fault,) = loaded(tmp_path, {**REVIEW, "reviewRating": ratings}).quarantined
    assert (fault.reason, "Half true" in fault.value) == ("has several values", True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<!--\n", "\n// -->"),
        ("", ""),
    ],
)
def test_a_script_of_a_page_is_read_out_of_what_hides_it(
    tmp_path: Path, before: str, after: str
) -> None:
    script = f'<script type="application/ld+json">{before}{json.dumps(REVIEW)}{after}</script>'
    page = f"<html>{script}</html>"
    found = read_written("claimreview", tmp_path / "page.html", page)
    assert [one.stance for one in found.saying("accurate")] == [term("Denial")]
    assert not found.quarantined


def test_a_page_that_breaks_off_in_a_script_says_so(tmp_path: Path) -> None:
    script = f'<script type="application/ld+json">{json.dumps(REVIEW)}'
    page = f"<html>{script}</script>{script[:-9]}"
    found = read_written("claimreview", tmp_path / "page.html", page)
    assert len(found.saying("accurate")) == 1
    assert [one.reason.partition(":")[0] for one in found.quarantined] == ["no JSON"]


def test_its_files_are_recognised_and_others_are_not() -> None:
    for path in DATA.iterdir():
        assert claimreview.recognise(path.name, path.read_text(encoding="utf-8")[:4_000])
    assert not claimreview.recognise("page.json", '{"@type": "NewsArticle"}')
    for head in (
        "<rdf:RDF><schema:ClaimReview><schema:claimReviewed>A</schema:claimReviewed>",
        '[] a schema:ClaimReview ; schema:claimReviewed "A" .',
    ):
        assert not claimreview.recognise("reviews.rdf", head)


@pytest.mark.parametrize(
    "name",
    ["Facebook user", "A viral Facebook post", "Posts on X", "Redes sociales",
     "Usuarios de Facebook", "Publicaciones en redes sociales", "Chain e-mail", "Tweets",
     "Mensagem de WhatsApp", "Pengguna Facebook", "Facebook-Nutzer:innen", "Video viral"],
)  # fmt: skip
def test_whoever_posts_somewhere_is_nobody_in_particular(tmp_path: Path, name: str) -> None:
    for kind in ("Person", "Organization"):
        item = {"@type": "Claim", "author": {"@type": kind, "name": name}}
        found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
        (said,) = found.saying("rdf:type", found.named(name))
        assert short(said.claim.object) == "UnnamedSpeaker"


@pytest.mark.parametrize(
    "name",
    ["Anna Post", "Page Harbour", "Facebook", "The Source", "Article 19", "Web.de",
     "Mail Online", "Rede"],
)  # fmt: skip
def test_a_name_that_only_looks_like_nobody_is_a_name(tmp_path: Path, name: str) -> None:
    item = {"@type": "Claim", "author": {"@type": "Organization", "name": name}}
    found = loaded(tmp_path, {**REVIEW, "itemReviewed": item})
    kinds = {short(one.claim.object) for one in found.saying("rdf:type", found.named(name))}
    assert kinds == {"Organization"}


def test_a_claim_that_is_told_twice_is_read_once_and_another_text_is_not(
    tmp_path: Path,
) -> None:
    same = {**REVIEW, "itemReviewed": {"@type": "Claim", "text": REVIEW["claimReviewed"]}}
    other = {**REVIEW, "itemReviewed": {"@type": "Claim", "text": "The cranes left."}}
    assert not loaded(tmp_path, same).quarantined
    assert loaded(tmp_path, other).reasons == {"is a text, which no pattern reads": 1}


def test_a_review_without_an_address_is_one_however_its_file_is_spelled(
    tmp_path: Path,
) -> None:
    names = []
    for number, indent in enumerate((None, 4)):
        feed = tmp_path / str(number) / "feed.json"
        feed.parent.mkdir()
        turned = dict(sorted(REVIEW.items(), reverse=bool(number)))
        feed.write_text(json.dumps(turned, indent=indent), encoding="utf-8")
        saying = read(Sample("claimreview", feed)).saying("accurate")
        names.append({Writer(MINT).write(one).node for one in saying})
    assert names[0] == names[1]
    assert len(names[0]) == 1
