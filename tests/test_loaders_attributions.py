"""Attributions of EuRepoC and of our own form, each by whoever is said to attribute."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.evidence import name_of_attestation
from loaders.records import Attestation, Fate
from ontology import term
from ontology.flags import STRENGTHS
from ontology.identity import Mint
from tests.loading import Read, Sample, read

DATA: Final = Path(__file__).with_name("data") / "attributions"
MINT: Final = Mint()
HEADER: Final = (
    "incident_id,attribution_id,attribution_date,attribution_year,attribution_month,"
    "attribution_basis,attributing_actor,attributed_initiator,attributed_initiator_country"
)


@pytest.fixture(scope="module")
def eurepoc() -> Read:
    return read(Sample("attributions", DATA / "eurepoc-harbour.csv"))


@pytest.fixture(scope="module")
def form() -> Read:
    return read(Sample("attributions", DATA / "harbour-attributions.csv"))


def incident(key: str) -> NamedNode:
    return MINT.named("event", key, "EuRepoC")


def org(name: str) -> NamedNode:
    return MINT.named("org", name)


def place(name: str) -> NamedNode:
    return MINT.named("place", name)


def about(one: Attestation) -> dict[str, str]:
    return {
        key.value.rpartition("#")[2]: value.value.rpartition("#")[2]
        for key, value in one.claim.qualifiers
    }


def of_rows(folder: Path, *rows: str, header: str = HEADER) -> Read:
    """Return what is made of a table of EuRepoC or FIAT."""
    path = folder / "rows.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return read(Sample("attributions", path))


def test_every_row_is_accounted_for(eurepoc: Read, form: Read) -> None:
    assert eurepoc.fates == {Fate.MAPPED: 6, Fate.QUARANTINED: 3, Fate.BLANK: 2}
    assert form.fates == {Fate.MAPPED: 6, Fate.QUARANTINED: 5, Fate.BLANK: 1}


def test_rows_of_one_attribution_speak_of_one_incident(eurepoc: Read) -> None:
    said = eurepoc.saying("linkedTo", incident("70"))
    assert {one.claim.object for one in said} == {org("Tide Panda/G9001 (Unit 7, Portville)")}
    assert {one.speaker for one in said} == {org("Crane Check")}
    assert set(eurepoc.said("originatedIn", incident("70"))) == {
        place("Iceland"),
        place("Togo"),
    }


def test_only_a_state_is_named_by_its_country(eurepoc: Read) -> None:
    assert eurepoc.said("linkedTo", incident("71")) == [place("North Korea")]
    assert eurepoc.said("linkedTo", incident("73")) == []
    assert eurepoc.said("originatedIn", incident("73")) == [place("Togo")]


def test_who_confirms_without_a_name_stays_unnamed(eurepoc: Read) -> None:
    (said,) = eurepoc.saying("linkedTo", incident("72"))
    assert eurepoc.said("rdf:type", said.speaker) == [term("UnnamedSpeaker")]
    assert said.speaker != said.claim.object


def test_kind_and_basis_are_said_of_the_attribution_by_the_catalogue(eurepoc: Read) -> None:
    (said,) = eurepoc.saying("linkedTo", incident("71"))
    told = eurepoc.saying("describedAs", name_of_attestation(said, MINT))
    assert {(about(one)["inField"], one.claim.object.value) for one in told} == {
        ("attribution_type", "Political statement"),
        ("attribution_basis", "Attribution by receiver government / state entity"),
        ("attribution_it_company", "Harbour Labs"),
    }
    assert {one.speaker for one in told} == {org("EuRepoC")}


@pytest.mark.parametrize(
    "row",
    [
        "12,1; 2,2031-02-01,Iceland,Crane Group,Togo",
        "12,1,2031-02-01; 2031-03-01,Iceland,Crane Group,Togo",
        "12,1,2031-02-01,Harbour Ministry; Crane Security,Crane Group,Togo",
        "12,1,2031-02-01,Harbour Ministry,Crane Group; Heron Group,Togo",
        "12,1,2031-02-01,Harbour Ministry,Crane Group,Togo; Norway",
    ],
    ids=["ids", "dates", "speakers", "initiators", "countries"],
)
def test_a_row_that_joins_attributions_puts_none_in_anybodys_mouth(
    tmp_path: Path, row: str
) -> None:
    header = (
        "incident_id,attribution_id,attribution_date,attributing_actor,"
        "attributed_initiator,attributed_initiator_country"
    )
    found = of_rows(tmp_path, row, header=header)
    assert found.said("linkedTo") == found.said("originatedIn") == []
    assert found.reasons == {
        "holds several in one row, which does not say what goes with which": 1
    }


def test_what_is_contested_or_names_nobody_is_set_aside(eurepoc: Read) -> None:
    assert sorted((one.column, one.reason) for one in eurepoc.quarantined) == [
        ("attributed_initiator", "names nobody to whom it is attributed"),
        ("attributed_initiator_country", "names no country that is known"),
        ("attribution_basis", "does not say who contests what"),
        ("attribution_date", "is no time such as 2031, 2031-04 or 2031-04-01"),
        ("incident_id", "is empty"),
    ]


def test_dates_in_parts_stay_partial(tmp_path: Path) -> None:
    header = (
        "incident_id,attribution_id,attribution_year,attribution_month,attribution_day,"
        "attributing_actor,attributed_initiator_name,attributed_initiator_country"
    )
    rows = ("1,1,2031,2,3", "2,2,2031,2,", "3,3,2031.0,0,", "4,4,2031,,3", "5,5,,,")
    lines = (f"{row},Crane Check,Tide Panda,Iceland" for row in rows)
    found = of_rows(tmp_path, *lines, header=header)
    when = {
        one.claim.subject: dict(one.details).get(term("assertedAt"))
        for one in found.saying("linkedTo")
    }
    assert when == {
        incident("1"): Literal("2031-02-03", datatype=term("xsd:date")),
        incident("2"): Literal("2031-02", datatype=term("xsd:gYearMonth")),
        incident("3"): Literal("2031", datatype=term("xsd:gYear")),
        incident("4"): Literal("2031", datatype=term("xsd:gYear")),
        incident("5"): None,
    }
    assert found.reasons == Counter({"is a day of a month that is not told": 1})


@pytest.mark.parametrize(
    ("cells", "when", "kind"),
    [
        ("2031-02-01,2031,2", "2031-02", "xsd:gYearMonth"),
        ("2031-01-01,2031,0", "2031", "xsd:gYear"),
        ("2031-2-3,,", "2031-02-03", "xsd:date"),
        ("2031-12-3,0,0", "2031-12-03", "xsd:date"),
        ("2031-01-01,,", "2031", "xsd:gYear"),
        ("2031-11-1,,", "2031-11", "xsd:gYearMonth"),
        ("2031-01-11 00:00:00,,", "2031-01-11", "xsd:date"),
    ],
)
def test_a_date_that_was_filled_up_is_no_more_precise_than_its_parts(
    tmp_path: Path, cells: str, when: str, kind: str
) -> None:
    found = of_rows(tmp_path, f"1,1,{cells},,Crane Check,Tide Panda,Iceland")
    (said,) = found.saying("linkedTo")
    assert dict(said.details)[term("assertedAt")] == Literal(when, datatype=term(kind))
    assert found.quarantined == []


def test_a_semicolon_in_brackets_parts_no_names(tmp_path: Path) -> None:
    found = of_rows(tmp_path, "1,1,,2031,2,,Crane Check,Harbour Ministry (HM; Togo),Togo")
    assert found.said("linkedTo", incident("1")) == [org("Harbour Ministry (HM; Togo)")]


def test_an_attribution_of_several_bases_is_contested_if_one_of_them_says_so(
    tmp_path: Path,
) -> None:
    basis = "Receiver attributes attacker; Contested attribution"
    found = of_rows(tmp_path, f"1,1,,2031,2,{basis},Crane Check,Tide Panda,Iceland")
    assert found.saying("linkedTo") == []
    assert found.reasons == {"does not say who contests what": 1}


@pytest.mark.parametrize("nobody", ["Unidentified", "Not available", "none", "Unclear"])
def test_an_initiator_whom_nobody_knows_is_no_actor(tmp_path: Path, nobody: str) -> None:
    found = of_rows(tmp_path, f"1,1,,2031,2,Media,{nobody},{nobody},Togo")
    assert found.saying("linkedTo") == []
    (said,) = found.saying("originatedIn")
    assert found.said("rdf:type", said.speaker) == [term("UnnamedSpeaker")]


def test_several_times_nothing_is_nothing(tmp_path: Path) -> None:
    nothing = "Not available; Not available"
    found = of_rows(tmp_path, f"1,1,,2031,2,Media,{nothing},Tide Panda,#N/A")
    (said,) = found.saying("linkedTo")
    assert found.said("rdf:type", said.speaker) == [term("UnnamedSpeaker")]
    assert found.quarantined == []


def test_a_denial_is_a_stance_on_the_same_claim(form: Read) -> None:
    said = form.saying("operatedByEmployeesOf")
    assert len({one.claim for one in said}) == 1
    assert {(one.speaker, one.stance) for one in said} == {
        (org("Bo Sample"), term("Assertion")),
        (org("Harbour Guild"), term("Denial")),
    }


def test_who_speaks_for_somebody_says_so(form: Read) -> None:
    (said,) = (
        one for one in form.saying("operatedByEmployeesOf") if one.stance == term("Assertion")
    )
    assert dict(said.details)[term("onBehalfOf")] == org("Platform Sample")
    assert form.said("speaksFor", org("Bo Sample")) == [org("Platform Sample")]


def test_without_a_strength_the_weakest_word_is_meant(form: Read) -> None:
    gull_post = form.named("Gull Post")
    said = [one for one in form.saying("linkedTo", gull_post) if one.depth]
    assert {org("Dock Union"), place("Iceland")} <= {one.claim.object for one in said}
    assert {one.claim.predicate for one in form.attestations} & STRENGTHS == {
        term("linkedTo"),
        term("operatedByEmployeesOf"),
    }


def test_scores_of_a_form_have_their_scale(form: Read) -> None:
    told = {(one.claim.object.value, _best(one)) for one in form.saying("evaluatedAs")}
    assert told == {("0", "1"), ("3", "5")}


def _best(one: Attestation) -> str:
    return dict(one.claim.qualifiers)[term("schema:bestRating")].value


def test_a_word_that_is_not_known_attributes_nothing(form: Read) -> None:
    assert Counter((one.column, one.value) for one in form.quarantined) == Counter(
        [
            ("attribution_strength", "masterminded by"),
            ("attributed_to", "Dock Union"),
            ("score_limits_are_named", "1/1"),
            ("stance", "shrug"),
            ("attributed_to", "Dock Union"),
            ("confidence", "90"),
            ("target_countries", "Atlantis"),
            ("score_evidence_is_open", "6/5"),
            ("score_limits_are_named", "good"),
            ("spare", "kept aside"),
            ("attributed_to", ""),
            ("operation", ""),
            ("attributed_by", ""),
            ("id", "j"),
            ("id", "j"),
        ]
    )
