"""The rules of `docs/status.md`, an example each."""

from typing import Final

import pytest
from pyoxigraph import Literal

from loaders.evidence import name_of, name_of_claim
from loaders.records import Attestation, Claim, Part
from ontology import term
from tests.world import MINT, World, claim, document, implies, is_a, said, same, thing, tie

COUNT: Final = claim("takedown", "removedCount", 103)
HEADLINE: Final = Part(term("headline"), 0, 10)


def publish(world: World, paper: str, outlet: str) -> None:
    world.load(tie(document(paper), "schema:publisher", thing(outlet)), is_a(outlet, "Outlet"))


def test_a_type_stands_as_long_as_somebody_asserts_it(world: World) -> None:
    typed = is_a("x", "foaf:Person")
    world.load(typed)
    assert world.values(thing("x"), "rdf:type") == {"Person"}
    world.withdraw(typed)
    assert world.values(thing("x"), "rdf:type") == set()


@pytest.mark.parametrize("chain", [("a",), ("a", "b")])
def test_an_attributed_word_gives_nobody_a_principal(
    world: World, chain: tuple[str, ...]
) -> None:
    tied = tie(thing("x"), "speaksFor", thing("y"))
    world.load(said(tied.claim, *chain))
    assert world.values(thing("x"), "principal") == set()


@pytest.mark.parametrize("word", ["schema:author", "schema:publisher"])
def test_an_attributed_word_gives_no_document_a_voice(world: World, word: str) -> None:
    tied = tie(document("paper"), word, thing("rival"))
    world.load(said(tied.claim, "rival", in_="post"))
    assert world.values(document("paper"), word) == set()


def test_merged_things_share_their_claims_until_the_judgement_goes(world: World) -> None:
    first, second = claim("a", "supports", "x"), claim("b", "supports", "x")
    verdict = same("a", "b")
    world.load(said(first, "p"), said(second, "q"), verdict)
    assert world.status(first) == world.status(second) == "accepted"
    assert world.of(second, "about") == {"a"}
    assert world.graphs(first) == {"accepted"}
    assert world.graphs(second) == set()
    world.withdraw(verdict)
    assert world.status(first) == world.status(second) == "singleSource"
    assert world.graphs(second) == {"singleSource"}


def test_a_verdict_of_different_merges_nothing(world: World) -> None:
    what = claim("b", "supports", "x")
    world.load(said(what, "p"), same("a", "b", "different"))
    assert world.of(what, "about") == {"b"}


def test_hearsay_rests_on_who_relays_it(world: World) -> None:
    world.load(tie(thing("source"), "speaksFor", thing("agency")), is_a("channel", "Outlet"))
    denial = said(COUNT, "company", "source", "channel", stance="Denial")
    world.load(denial)
    assert world.origin(denial) == "agency"
    assert world.of(COUNT, "deniedBy") == set()


def test_an_outlet_that_relays_does_not_make_hearsay(world: World) -> None:
    relayed = said(COUNT, "company", "wire")
    world.load(is_a("wire", "Outlet"), relayed)
    assert world.origin(relayed) == "company"


def test_a_spokesperson_rests_on_the_principal(world: World) -> None:
    world.load(tie(thing("spokesperson"), "speaksFor", thing("company")))
    word = said(COUNT, "spokesperson")
    world.load(word)
    assert world.origin(word) == "company"
    assert world.of(COUNT, "assertedBy") == {"spokesperson", "company"}


def test_an_unnamed_source_without_principal_rests_on_its_reporter(world: World) -> None:
    world.load(is_a("source", "UnnamedSpeaker"))
    publish(world, "paper", "daily")
    word = said(COUNT, "source")
    world.load(word)
    assert world.origin(word) == "daily"


def test_copied_paragraphs_rest_on_the_agency_that_wrote_them(world: World) -> None:
    part = Part(term("body"), 0, 100)
    report = document("report")
    for paper in ("paper", "gazette"):
        publish(world, paper, f"owner-of-{paper}")
        passage = MINT.passage(document(paper), 0, 100)
        world.load(tie(passage, "prov:wasDerivedFrom", report))
        world.load(said(COUNT, in_=paper, at=20, parts=[part]))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    world.load(tie(report, "schema:publisher", thing("agency")))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    assert world.status(COUNT) == "singleSource"


def test_a_chain_reads_from_speaker_to_printer(world: World) -> None:
    names = [("source", "A source"), ("channel", "A channel"), ("daily", "The Daily")]
    world.load(*(named(key, name) for key, name in names))
    publish(world, "paper", "daily")
    word, own = said(COUNT, "company", "source", "channel"), said(COUNT, "daily")
    world.load(word, said(COUNT))
    assert world.values(name_of(word, MINT), "chain") == {
        "company < A source < A channel < The Daily"
    }
    world.load(own, named("company", "The company"))
    assert world.values(name_of(word, MINT), "chain") == {
        "The company < A source < A channel < The Daily"
    }


def named(key: str, name: str) -> Attestation:
    what = Claim(thing(key), term("name"), Literal(name, language="en"))
    return said(what, in_="notes", at=len(key))


def test_a_wire_credit_comes_before_the_publisher(world: World) -> None:
    publish(world, "paper", "daily")
    world.load(tie(document("paper"), "wireCredit", thing("agency")))
    own = said(COUNT)
    world.load(own)
    assert world.origin(own) == "agency"


def test_a_headline_that_repeats_the_body_adds_no_origin(world: World) -> None:
    publish(world, "paper", "daily")
    head, body = said(COUNT, at=0, parts=[HEADLINE]), said(COUNT, "witness", at=50)
    world.load(head)
    assert world.origin(head) == "daily"
    world.load(body)
    assert world.origin(head) == "witness"
    assert world.status(COUNT) == "singleSource"


def test_two_papers_with_one_origin_are_a_single_source(world: World) -> None:
    world.load(said(COUNT, "company", in_="paper"), said(COUNT, "company", in_="gazette"))
    assert world.status(COUNT) == "singleSource"
    assert world.graphs(COUNT) == {"singleSource"}


def test_two_origins_make_a_claim_accepted(world: World) -> None:
    world.load(said(COUNT, "company"), said(COUNT, "ministry"))
    assert world.status(COUNT) == "accepted"
    assert world.graphs(COUNT) == {"accepted"}


def test_another_value_in_the_slot_contradicts_both(world: World) -> None:
    other = claim("takedown", "removedCount", 90)
    world.load(said(COUNT, "company"), said(COUNT, "ministry"), said(other, "third"))
    assert world.status(COUNT) == world.status(other) == "contradicted"
    assert len(world.of(COUNT, "conflictsWith")) == len(world.of(other, "conflictsWith")) == 1


def test_a_denied_value_contradicts_nothing(world: World) -> None:
    other = claim("takedown", "removedCount", 90)
    world.load(said(COUNT, "company"), said(other, "third", stance="Denial"))
    assert (world.status(COUNT), world.status(other)) == ("singleSource", "unsupported")
    assert world.of(COUNT, "conflictsWith") == world.of(other, "conflictsWith") == set()


def test_a_denial_makes_a_claim_disputed(world: World) -> None:
    world.load(said(COUNT, "company"), said(COUNT, "ministry"))
    world.load(said(COUNT, "accused", stance="Denial"))
    assert world.status(COUNT) == "disputed"
    assert world.graphs(COUNT) == {"disputed"}
    assert world.of(COUNT, "deniedBy") == {"accused"}


@pytest.mark.parametrize("stance", ["Denial", "Question"])
def test_what_nobody_asserts_is_unsupported(world: World, stance: str) -> None:
    world.load(said(COUNT, "accused", stance=stance))
    assert world.status(COUNT) == "unsupported"
    assert world.graphs(COUNT) == set()


def test_who_alleges_in_their_own_name_asserts(world: World) -> None:
    world.load(said(COUNT, "company", stance="Allegation"))
    assert world.status(COUNT) == "singleSource"
    assert world.of(COUNT, "assertedBy") == {"company"}


def test_an_anonymous_allegation_supports_nothing(world: World) -> None:
    world.load(is_a("source", "UnnamedSpeaker"), said(COUNT, "source", stance="Allegation"))
    assert world.status(COUNT) == "unsupported"
    assert world.of(COUNT, "allegedBy") == {"source"}


def test_an_allegation_told_by_an_opponent_supports_nothing(world: World) -> None:
    world.load(said(COUNT, "company", "accused", stance="Allegation"))
    assert world.status(COUNT) == "unsupported"
    assert world.of(COUNT, "allegedBy") == set()


def test_a_retraction_takes_the_assertion_back(world: World) -> None:
    world.load(said(COUNT, "company"), said(COUNT, "company", stance="Retraction", at=50))
    assert world.status(COUNT) == "unsupported"


def test_an_analyst_is_no_second_source(world: World) -> None:
    world.load(is_a("coder", "Analyst"), said(COUNT, "coder"))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    world.load(said(COUNT, "company"))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    assert world.status(COUNT) == "singleSource"


def test_a_denied_consequence_disputes_its_premise(world: World) -> None:
    run = claim("pages", "operatedByEmployeesOf", "agency")
    works = claim("operators", "schema:worksFor", "agency")
    world.load(said(run, "paper"), said(works, "agency", stance="Denial"))
    assert world.status(run) == "singleSource"
    verdict = implies(run, works)
    world.load(verdict)
    assert world.status(run) == "disputed"
    assert world.of(run, "deniedBy") == set()
    assert len(world.of(run, "conflictsWith")) == len(world.of(works, "conflictsWith")) == 1
    world.withdraw(verdict)
    assert world.status(run) == "singleSource"


def test_a_withdrawn_attestation_does_not_count(world: World) -> None:
    denial = said(COUNT, "accused", stance="Denial")
    world.load(said(COUNT, "company"), denial)
    world.withdraw(denial)
    assert world.status(COUNT) == "singleSource"
    assert world.values(name_of(denial, MINT), "origin") == set()


def test_one_number_with_two_scopes_is_one_origin_in_two_renderings(world: World) -> None:
    here = claim("takedown", "removedCount", 24, ("platform", "facebook"))
    there = claim("takedown", "removedCount", 24, ("platform", "instagram"))
    elsewhere = claim("takedown", "removedCount", 24, ("platform", "twitter"))
    world.load(said(here, "company"), said(there, "company", at=50), said(elsewhere, "other"))
    assert world.of(here, "variantOf") == {name_of_claim(there, MINT).value.rpartition("/")[2]}
    assert world.of(elsewhere, "variantOf") == set()
    assert world.of(here, "conflictsWith") == set()


def test_words_of_attribution_by_one_origin_are_renderings(world: World) -> None:
    linked = claim("assets", "linkedTo", "agency")
    run = claim("assets", "operatedBy", "army")
    world.load(said(linked, "company"), said(run, "company", at=50))
    assert len(world.of(linked, "variantOf")) == len(world.of(run, "variantOf")) == 1


def test_nothing_is_inferred_across_membership(world: World) -> None:
    world.load(
        said(claim("account", "dcterms:isPartOf", "assets"), "company"),
        said(claim("assets", "linkedTo", "agency"), "company", at=50),
    )
    assert world.values(thing("account"), "linkedTo") == set()
    assert world.status(claim("account", "linkedTo", "agency")) == ""


def test_a_shared_plain_triple_stands_where_the_weakest_claim_does(world: World) -> None:
    here = claim("takedown", "removedCount", 24, ("platform", "facebook"))
    there = claim("takedown", "removedCount", 24, ("platform", "instagram"))
    world.load(said(here, "a"), said(here, "b"), said(there, "a"))
    assert (world.status(here), world.status(there)) == ("accepted", "singleSource")
    assert world.graphs(here) == {"singleSource"}
