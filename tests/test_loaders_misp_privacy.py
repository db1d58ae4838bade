"""What objects of MISP tell of people that no record keeps, in its events and in its STIX."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

from tests.bundles import at_fault
from tests.test_loaders_misp_objects import loaded, object_of
from tests.test_loaders_stix_dialects import bundled, made
from tests.test_loaders_stix_dialects import loaded as of_stix
from tests.test_loaders_stix_misp import own

_HELD: Final = [
    ("person", "dni"),
    ("interpol-notice", "colour-of-eyes"),
    ("interpol-notice", "father-s-family-name-&-forename"),
    ("fbi-most-wanted", "scars-and-marks"),
    ("personification", "beard"),
    ("tattoo", "tattoo-description"),
    ("ftm-Person", "birthDate"),
    ("ftm-Person", "email"),
    ("ftm-Person", "taxNumber"),
    ("ftm-Passport", "surname"),
    ("ftm-LegalEntity", "idNumber"),
    ("ftm-TaxRoll", "birthDate"),
    ("http-request", "proxy-password"),
    ("cookie", "cookie-value"),
    ("rmm", "api-key"),
    ("artifact", "decryption_key"),
    ("crypto-material", "private"),
    ("credit-card", "card-security-code"),
    ("phone", "imei"),
    ("gtp-attack", "GtpImsi"),
    ("ilr-notification-incident", "telephone-contact-incident"),
    ("postal-address", "street"),
]


@pytest.mark.parametrize(("template", "relation"), _HELD)
def test_no_object_tells_what_identifies_a_person(
    tmp_path: Path, template: str, relation: str
) -> None:
    found = loaded(tmp_path, object_of(template, **{relation: "Bo Sample"}))
    assert [(one.column, one.value) for one in found.quarantined] == [(relation, "(withheld)")]
    assert "Bo Sample" not in str([one.claim for one in found.attestations])


@pytest.mark.parametrize(("template", "relation"), _HELD)
def test_nor_does_one_in_stix(tmp_path: Path, template: str, relation: str) -> None:
    found = of_stix(bundled(tmp_path, own(1, template, **{relation: "Bo Sample"})))
    ((column, reason),) = at_fault(found, "x-misp-object", 1)
    assert (column, reason.startswith("is not taken")) == ("x_misp_attributes", True)
    assert "Bo Sample" not in str([found.attestations, found.quarantined])


@pytest.mark.parametrize("name", ["x_misp_dni", "x_misp_userid", "x_misp_height"])
def test_no_field_of_misp_in_stix_identifies_a_person(tmp_path: Path, name: str) -> None:
    person = made("identity", 2, name="Ada Pier", identity_class="individual")
    found = of_stix(bundled(tmp_path, {**person, name: "Bo Sample"}))
    ((column, reason),) = at_fault(found, "identity", 2)
    assert (column, reason.startswith("is not taken")) == (name, True)
    assert "Bo Sample" not in str([found.attestations, found.quarantined])


@pytest.mark.parametrize(
    ("template", "relation"),
    [
        ("twitter-account", "private"),
        ("phishing-kit", "email-type"),
        ("dkim", "public-key"),
        ("cookie", "cookie-name"),
        ("contact-list", "contact-id"),
    ],
)
def test_names_like_those_of_secrets_are_kept(
    tmp_path: Path, template: str, relation: str
) -> None:
    found = loaded(tmp_path, object_of(template, **{relation: "quay"}))
    assert "quay" in [value.value for value in found.said("describedAs")]


def test_a_firm_has_numbers_that_anybody_may_know(tmp_path: Path) -> None:
    (said,) = loaded(tmp_path, object_of("ftm-Company", idNumber="9001")).saying("describedAs")
    assert said.claim.object == Literal("9001")
