"""Takedowns: what each cell of a disclosure becomes, and what is set aside."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.records import Attestation, Fate
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read
from tests.test_forms_silence import disclosure

PATH: Final = Path(__file__).with_name("data") / "takedowns" / "harbour-disclosures.csv"
MINT: Final = Mint()
UNREAD: Final = "stands beside a cell that could not be read"


@pytest.fixture(scope="module")
def found() -> Read:
    return read(Sample("takedowns", PATH))


def named(found: Read, name: str) -> NamedNode:
    return found.named(name)


def numbers(found: Read, predicate: str, subject: NamedNode) -> dict[str, tuple[str, str]]:
    """Return for each kind of asset the comparator and the number."""
    told: dict[str, tuple[str, str]] = {}
    for one in found.saying(predicate, subject):
        about = {key: _short(value) for key, value in one.claim.qualifiers}
        kind = about[term("assetKind")]
        told[kind] = (about[term("comparator")], one.claim.object.value)
    return told


def _short(value: NamedNode | Literal) -> str:
    return value.value.rpartition("#")[2]


def details(one: Attestation) -> dict[NamedNode, str]:
    return {key: value.value for key, value in one.details}


def test_every_row_is_accounted_for(found: Read) -> None:
    assert found.fates == {Fate.MAPPED: 7, Fate.QUARANTINED: 4, Fate.BLANK: 1}


def test_counts_keep_their_comparators(found: Read) -> None:
    assert numbers(found, "removedCount", named(found, "removal of Crane Watch")) == {
        "page": ("exact", "24"),
        "account": ("moreThan", "20"),
        "group": ("exact", "7"),
        "instagramAccount": ("exact", "15"),
        "eventPage": ("exact", "8"),
    }


def test_followers_are_of_each_kind(found: Read) -> None:
    assert numbers(found, "followerCount", named(found, "Crane Watch")) == {
        "page": ("approximately", "64000"),
        "group": ("atLeast", "1500"),
        "instagramAccount": ("moreThan", "2600"),
    }


def test_other_assets_are_of_the_kind_that_is_told_or_named_as_others(found: Read) -> None:
    assert numbers(found, "removedCount", named(found, "removal of Gull Post"))["channel"] == (
        "exact",
        "3",
    )
    (other,) = (
        one
        for one in found.saying("removedCount")
        if (term("assetKind"), term("asset")) in one.claim.qualifiers
    )
    assert (term("scope"), Literal("assets of other kinds")) in other.claim.qualifiers


def test_the_spokesperson_speaks_for_the_owner_of_the_platform(found: Read) -> None:
    owner = MINT.named("org", "Platform Sample")
    (said,) = found.saying("removed", named(found, "removal of Crane Watch"))
    assert (said.speaker, said.depth, said.relays) == (named(found, "Bo Sample"), 1, ())
    assert details(said)[term("onBehalfOf")] == owner.value
    (speaks,) = found.saying("speaksFor", said.speaker)
    assert (speaks.claim.object, speaks.depth) == (owner, 0)
    assert found.said("schema:hasOccupation", said.speaker) == [Literal("head of safety")]


def test_a_spokesperson_without_a_name_stays_without_one(found: Read) -> None:
    speaker = named(found, "a spokeswoman")
    assert found.said("rdf:type", speaker) == [term("UnnamedSpokesperson")]


def test_without_a_spokesperson_the_owner_speaks(found: Read) -> None:
    (said,) = found.saying("removed", named(found, "removal of Bollard"))
    assert said.speaker == MINT.named("org", "Clip Sample")


def test_dates_are_as_precise_as_they_are_told(found: Read) -> None:
    (month,) = found.said("takenDownOn", named(found, "Crane Watch"))
    assert month == Literal("2031-03", datatype=term("xsd:gYearMonth"))
    (said,) = found.saying("removed", named(found, "removal of Gull Post"))
    assert (term("assertedAt"), Literal("2031", datatype=term("xsd:gYear"))) in said.details
    assert found.said("firstAdvertised") == [
        Literal("2029-05", datatype=term("xsd:gYearMonth"))
    ]


def test_ads_have_currency_and_comparator(found: Read) -> None:
    (said,) = found.saying("adSpend")
    assert said.claim.object == Literal("1100", datatype=term("xsd:decimal"))
    assert dict(said.claim.qualifiers) == {
        term("currency"): Literal("USD"),
        term("comparator"): term("approximately"),
    }


def test_each_target_is_a_claim_of_its_own(found: Read) -> None:
    assert found.said("targeted", named(found, "Crane Watch")) == [
        MINT.named("place", "Togo"),
        MINT.named("place", "Burkina Faso"),
    ]


def test_an_attribution_is_as_strong_as_its_word_and_no_stronger(found: Read) -> None:
    network = named(found, "Crane Watch")
    said = found.saying("operatedByEmployeesOf", network)
    assert {one.claim.object for one in said} == {
        MINT.named("org", "Harbour Guild"),
        named(found, "individuals in Portville"),
    }
    assert {details(one)[term("statedConfidence")] for one in said} == {"high"}
    assert found.said("linkedTo", named(found, "Gull Post")) == [MINT.named("place", "Iceland")]
    assert found.said("directedBy", named(found, "Slipway")) == [
        MINT.named("org", "Dock Union")
    ]


def test_a_word_outside_the_scheme_attributes_nothing(found: Read) -> None:
    bollard = named(found, "Bollard")
    assert {
        one.claim.predicate for one in found.attestations if one.claim.subject == bollard
    } == {
        term("rdf:type"),
        term("name"),
        term("targeted"),
    }


def test_what_is_said_cites_the_statement(found: Read) -> None:
    (said,) = found.saying("removed", named(found, "removal of Crane Watch"))
    (address,) = found.said("announcedIn", said.claim.subject)
    assert details(said)[term("citing")] == address.value


def test_each_refusal_has_its_reason(found: Read) -> None:
    assert Counter((one.column, one.reason) for one in found.quarantined) == Counter(
        {
            ("id", "is the id of 2 rows"): 2,
            ("id", "is empty"): 1,
            ("platform_owner", "is empty"): 1,
            ("pages", "is no number, with or without a comparator before it"): 1,
            ("accounts_followers", "is no number, with or without a comparator before it"): 1,
            ("announced_on", "is no time such as 2031, 2031-04 or 2031-04-01"): 1,
            ("first_ad", "is no time such as 2031, 2031-04 or 2031-04-01"): 1,
            ("platforms", "is no platform that is known"): 1,
            ("target_countries", "names no country that is known"): 1,
            ("accounts", "is no whole number"): 1,
            ("groups_comparator", "stands beside no groups"): 1,
            ("attribution_strength", "is no word of the scheme AttributionStrength"): 1,
            ("attributed_to", UNREAD): 1,
            ("statement_url", "is no web address"): 1,
            ("role", "stands beside no spokesperson"): 1,
            ("ad_spend", "stands beside no ad_currency"): 1,
            ("pages_comparator", "is no comparator"): 1,
            ("pages", UNREAD): 1,
            ("accounts_comparator", "is not what accounts says"): 1,
            ("accounts", UNREAD): 1,
            ("ad_currency", "is no code of a currency (ISO 4217)"): 1,
            ("ad_spend", UNREAD): 1,
            ("confidence", "stands beside no confidence_scale"): 1,
            ("unknown_column", "nobody reads this column"): 1,
        }
    )


def test_a_row_that_is_not_taken_is_kept_whole(found: Read) -> None:
    kept = {one.key: one.record for one in found.quarantined if one.record}
    assert set(kept) == {"", "h8", "h9"}
    assert "Nobody took it down" in kept["h8"]


def test_what_is_said_to_be_elsewhere_is_not_on_the_platform_of_the_row(tmp_path: Path) -> None:
    cells = {"platforms": "Facebook", "other": "5"}
    for kind, where in (("WhatsApp accounts", []), ("reels", [term("facebook")])):
        (said,) = disclosure(tmp_path, **cells, other_kind=kind).saying("removedCount")
        about = said.claim.qualifiers
        assert [value for key, value in about if key == term("platform")] == where


def test_ads_do_not_end_before_they_begin(tmp_path: Path) -> None:
    found = disclosure(tmp_path, first_ad="2031-05", last_ad="2031-04")
    assert not found.said("firstAdvertised") + found.said("lastAdvertised")
    assert found.reasons == {"last_ad is before first_ad": 2}
