"""One organisation by its name, whichever formats its sources have: it is asked about once."""

import json
from pathlib import Path
from typing import Final

import pytest

from loaders import assets
from loaders.given import Given, Terms
from ontology.identity import Mint
from tests.bundles import id_of
from tests.loading import Sample, read

MINT: Final = Mint()


def test_whoever_a_table_and_a_bundle_name_alike_is_one(tmp_path: Path) -> None:
    table, bundle = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_text(
        "id,publisher,operation,attributed_to,attributed_by\n"
        "1,The Harbour Desk,Tide,The Harbour Guild,The Harbour Desk\n",
        encoding="utf-8",
    )
    guild = {
        "type": "identity",
        "id": id_of("identity", 1),
        "name": "The Harbour Guild",
        "identity_class": "organization",
    }
    bundle.write_text(json.dumps([guild]), encoding="utf-8")
    desk = Given(terms=Terms(publisher="The Harbour Desk"))
    attributed, told = read(Sample("attributions", table)), read(Sample("stix", bundle, desk))
    (who,) = attributed.saying("linkedTo")
    assert who.claim.object == told.named("The Harbour Guild")
    # and whoever publishes a table is nobody else where it speaks in a row of it
    (document,) = attributed.saying("schema:publisher")
    assert who.speaker == document.speaker == told.named("The Harbour Desk")


@pytest.mark.parametrize(
    "spelled", ["xn--bcher-kva.example", "XN--BCHER-KVA.example.", "b\u00fccher[.]example"]
)
def test_domain_is_one_in_letters_and_as_machines_spell_it(spelled: str) -> None:
    assert assets.domain(spelled, MINT) == assets.domain("Bücher.example", MINT)


@pytest.mark.parametrize(
    ("machine", "own"),
    [
        ("xn--strae-oqa.example", "straße.example"),
        ("xn--3xa.example", "ς.example"),
        ("www.xn--bcher-kva.xn--fiqs8s", "www.bücher.中国"),
    ],
)
def test_domain_has_letters_of_later_editions_too(machine: str, own: str) -> None:
    assert assets.domain(machine, MINT) == assets.domain(own, MINT) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("straße.example", "strasse.example"),
        ("xn--bcher-kva.example", "bucher.example"),
        ("xn--99999999.example", "xn--99999998.example"),
        ("xn--a.example", "a.example"),
    ],
)
def test_domains_that_only_look_alike_are_two(one: str, other: str) -> None:
    assert assets.domain(one, MINT) and assets.domain(other, MINT)
    assert assets.domain(one, MINT) != assets.domain(other, MINT)
