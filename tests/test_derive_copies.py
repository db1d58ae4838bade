"""Sources that copy, retell or own one another count once, and nobody ties others."""

from collections.abc import Iterable
from typing import Final

import pytest

from loaders.records import Attestation, Claim, Part
from ontology import term
from tests.world import MINT, World, claim, document, is_a, said, same, thing, tie

COUNT: Final = claim("takedown", "removedCount", 103)
OTHER: Final = claim("network", "originatedIn", "country")
WIRE: Final = Part(term("body"), 100, 200)
OWN: Final = Part(term("body"), 0, 100)
HEADLINE: Final = Part(term("headline"), 0, 20)


def article(*ties: Attestation) -> Iterable[Attestation]:
    """Return what makes a paper one that the daily publishes, and its outlets outlets."""
    yield tie(document("paper"), "schema:publisher", thing("daily"))
    yield from (is_a(name, "Outlet") for name in ("daily", "wire"))
    yield from ties


CREDIT: Final = tie(document("paper"), "wireCredit", thing("wire"))
BYLINE: Final = tie(document("paper"), "prov:wasDerivedFrom", document("report"))
REPORT: Final = tie(document("report"), "schema:publisher", thing("wire"))
COPIED: Final = tie(
    MINT.passage(document("paper"), 100, 200), "prov:wasDerivedFrom", document("report")
)
AUTHOR: Final = tie(document("paper"), "schema:author", thing("reporter"))


def test_nameless_sources_of_one_wire_are_one_origin(world: World) -> None:
    world.load(*(is_a(name, "UnnamedSpeaker") for name in ("u1", "u2")), is_a("wire", "Outlet"))
    world.load(said(COUNT, "u1", "wire", in_="paper"), said(COUNT, "u2", "wire", in_="gazette"))
    assert world.status(COUNT) == "singleSource"


def test_hearsay_asserts_nothing(world: World) -> None:
    world.load(said(COUNT, "company", "accused"), said(COUNT, "company", at=50))
    assert world.status(COUNT) == "singleSource"
    assert world.of(COUNT, "assertedBy") == {"company"}


def test_principals_are_followed_to_the_end(world: World) -> None:
    world.load(tie(thing("spokesman"), "speaksFor", thing("company")))
    world.load(tie(thing("company"), "ownedBy", thing("group")))
    world.load(said(COUNT, "spokesman"), said(COUNT, "group", at=50))
    assert world.of(COUNT, "independentOrigins") == {"1"}


def test_a_merged_thing_has_the_principal_of_either(world: World) -> None:
    world.load(tie(thing("zed"), "speaksFor", thing("company")), said(COUNT, "alpha"))
    word = said(COUNT, "zed", at=50)
    world.load(word, same("alpha", "zed"))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    assert world.origin(word) == "company"


def test_a_denied_tie_makes_nobody_a_principal(world: World) -> None:
    tied = tie(thing("force"), "speaksFor", thing("agency"))
    world.load(tied)
    assert world.values(thing("force"), "principal") == {"agency"}
    world.load(said(tied.claim, "force", stance="Denial", at=90))
    assert world.values(thing("force"), "principal") == set()


def test_what_somebody_else_says_ties_nobody(world: World) -> None:
    world.load(said(tie(thing("force"), "speaksFor", thing("agency")).claim, "a-tweet"))
    assert world.values(thing("force"), "principal") == set()


def test_what_nameless_relays_retell_is_asserted_by_nobody(world: World) -> None:
    world.load(*(is_a(name, "UnnamedSpeaker") for name in ("u1", "u2")))
    retold = (said(COUNT, "company", name, in_=paper) for name, paper in RETELLINGS)
    world.load(*retold)
    assert world.status(COUNT) == "unsupported"
    assert world.of(COUNT, "assertedBy") == set()


RETELLINGS: Final = (("u1", "paper"), ("u2", "gazette"))


@pytest.mark.parametrize("whole", [CREDIT, BYLINE])
def test_who_declares_which_part_is_copied_speaks_in_the_rest(
    world: World, whole: Attestation
) -> None:
    own, copied = said(OTHER, parts=[OWN]), said(COUNT, at=150, parts=[WIRE])
    world.load(*article(whole, REPORT), own, copied)
    assert world.origin(own) == world.origin(copied) == "wire"
    world.load(COPIED)
    assert (world.origin(own), world.origin(copied)) == ("daily", "wire")
    world.withdraw(COPIED)
    assert world.origin(own) == "wire"


def test_a_quotation_from_elsewhere_leaves_the_wire_credit_alone(world: World) -> None:
    own = said(OTHER, parts=[OWN])
    company = tie(document("report"), "schema:publisher", thing("company"))
    world.load(*article(CREDIT, COPIED, company), own, said(COUNT, at=150, parts=[WIRE]))
    assert world.origin(own) == "wire"


def test_a_part_declared_later_gives_the_rest_its_own_voice(world: World) -> None:
    own = said(OTHER, parts=[OWN])
    world.load(*article(CREDIT, COPIED, REPORT), own)
    world.load(said(COUNT, at=150, parts=[WIRE]))
    assert world.origin(own) == "daily"


def test_what_a_paper_copies_and_says_itself_has_one_origin(world: World) -> None:
    own, copied = said(COUNT, parts=[OWN]), said(COUNT, at=150, parts=[WIRE])
    headline = said(COUNT, at=5, parts=[HEADLINE])
    world.load(*article(CREDIT, COPIED, REPORT), own, copied, headline)
    assert {world.origin(each) for each in (own, copied, headline)} == {"wire"}
    assert world.status(COUNT) == "singleSource"


def test_two_copied_parts_rest_on_two_agencies(world: World) -> None:
    first, second = said(COUNT, parts=[OWN]), said(COUNT, at=150, parts=[WIRE])
    other = tie(MINT.passage(document("paper"), 0, 100), "prov:wasDerivedFrom", thing("rival"))
    world.load(*article(COPIED, REPORT, other), first, second)
    assert (world.origin(first), world.origin(second)) == ("rival", "wire")
    assert world.status(COUNT) == "accepted"


def test_a_headline_does_not_rest_on_who_denies_it(world: World) -> None:
    headline = said(COUNT, parts=[HEADLINE])
    denial = said(COUNT, "accused", stance="Denial", at=150)
    world.load(*article(), headline, denial)
    assert (world.origin(headline), world.origin(denial)) == ("daily", "accused")


@pytest.mark.parametrize("speaker", ["reporter", "daily"])
def test_reporter_paper_and_article_are_one_voice(world: World, speaker: str) -> None:
    word = said(COUNT, speaker, at=50)
    world.load(*article(AUTHOR), said(COUNT), word)
    assert world.origin(word) == "daily"
    assert world.status(COUNT) == "singleSource"


def test_a_reporter_who_is_nobodys_author_here_is_a_voice_of_their_own(world: World) -> None:
    world.load(*article(), said(COUNT), said(COUNT, "reporter", at=50))
    assert world.status(COUNT) == "accepted"
    world.load(AUTHOR)
    assert world.status(COUNT) == "singleSource"
    world.withdraw(AUTHOR)
    assert world.status(COUNT) == "accepted"


def test_an_author_who_speaks_for_somebody_rests_on_them(world: World) -> None:
    word = said(COUNT, "reporter", at=50)
    world.load(*article(AUTHOR, tie(thing("reporter"), "speaksFor", thing("company"))), word)
    assert world.origin(word) == "company"


def test_what_its_own_reporter_passes_on_is_no_hearsay(world: World) -> None:
    word = said(COUNT, "company", "reporter")
    world.load(*article(AUTHOR), word)
    assert world.origin(word) == "company"
    assert world.of(COUNT, "assertedBy") == {"company"}


def test_the_first_word_in_a_copied_passage_moves_the_rest_of_the_text(
    world: World,
) -> None:
    paper = document("paper")
    world.load(tie(MINT.passage(paper, 0, 10), "prov:wasQuotedFrom", paper))
    world.load(tie(paper, "prov:wasDerivedFrom", document("root")))
    world.load(said(COUNT, in_="paper", at=50))
    world.load(said(claim("a", "supports", "x"), in_="paper", at=0))
    assert world.lines() == world.rebuilt()


def test_who_is_quoted_cannot_make_a_text_a_copy(world: World) -> None:
    what = claim("a", "supports", "b")
    slander = Claim(document("paper"), term("prov:wasDerivedFrom"), document("wire"))
    own = said(what, in_="paper")
    world.load(own, said(slander, "troll", in_="sheet"))
    assert world.origin(own) == "outlet-of-paper"
    world.load(said(slander, in_="sheet"))
    assert world.origin(own) != "outlet-of-paper"
    world.load(said(slander, "troll", stance="Denial", in_="sheet"))
    assert world.origin(own) != "outlet-of-paper"


def test_papers_that_copy_each_other_in_a_circle_count_once(world: World) -> None:
    papers = ("paper", "sheet", "daily")
    for paper, source in zip(papers, (*papers[1:], papers[0]), strict=True):
        world.load(tie(document(paper), "prov:wasDerivedFrom", document(source)))
        world.load(tie(document(paper), "schema:publisher", thing(f"outlet-of-{paper}")))
        world.load(said(COUNT, in_=paper))
    assert world.of(COUNT, "independentOrigins") == {"1"}
    assert world.status(COUNT) == "singleSource"


def test_two_who_speak_for_each_other_count_once(world: World) -> None:
    world.load(tie(thing("ann"), "speaksFor", thing("bob")))
    world.load(tie(thing("bob"), "speaksFor", thing("ann")))
    world.load(said(COUNT, "ann"), said(COUNT, "bob", at=20))
    assert world.status(COUNT) == "singleSource"
