"""Opinions and notes of STIX whose maker is left out: they are the word of their authors."""

from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import NamedNode

from loaders.records import Attestation
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, read_written, short

MINT: Final = Mint()
CERT: Final = MINT.named("org", "Harbour CERT")
QUAY: Final = MINT.named("org", "Quay Office")
ANALYST: Final = MINT.named("party", "A. Keeper", "Harbour CERT")
TIMES: Final = dict.fromkeys(("created", "modified"), "2031-07-18T22:00:30.405Z")
UUID: Final = "00000000-0000-4000-8000-00000000000"
MAKER: Final = {"created_by_ref": f"identity--{UUID}1"}


def identity(number: int, name: str) -> dict[str, Any]:
    told = {"name": name, "identity_class": "organization"}
    return {"type": "identity", "id": f"identity--{UUID}{number}", **TIMES, **told}


def loaded(folder: Path, **fields: Any) -> Read:
    """Return an attribution by one maker, and what an opinion with some fields says of it."""
    network, tie = f"intrusion-set--{UUID}3", f"relationship--{UUID}4"
    ends = {"source_ref": network, "target_ref": f"identity--{UUID}2"}
    objects = [
        identity(1, "Harbour CERT"),
        identity(2, "Quay Office"),
        {"type": "intrusion-set", "id": network, **TIMES, **MAKER, "name": "Crane Watch"},
        {"type": "relationship", "id": tie, **TIMES, **MAKER, **ends,
         "relationship_type": "attributed-to"},
        {"type": "opinion", "id": f"opinion--{UUID}5", **TIMES, "object_refs": [tie],
         "opinion": "strongly-disagree", **fields},
        {"type": "note", "id": f"note--{UUID}6", **TIMES, "object_refs": [network],
         "content": "It crows.", **fields},
    ]  # fmt: skip
    bundle = {"type": "bundle", "id": f"bundle--{UUID}7", "objects": objects}
    return read_written("stix", folder / "opinions.json", bundle)


def denials(found: Read) -> list[Attestation]:
    ties = found.saying("hasBehindIt")
    assert [(said.speaker, said.stance) for said in ties[:1]] == [(CERT, term("Assertion"))]
    return [said for said in ties if said.stance == term("Denial")]


@pytest.mark.parametrize(
    ("fields", "speaker", "depth"),
    [
        ({"authors": ["A. Keeper"]}, ANALYST, 1),
        ({"authors": ["Quay Office"], "x_misp_author_ref": f"identity--{UUID}2"}, QUAY, 1),
        ({"authors": ["A. Keeper"], **MAKER}, CERT, 0),
        ({"authors": ["Harbour CERT"]}, CERT, 0),
        ({}, CERT, 0),
    ],
)
def test_an_opinion_without_a_maker_is_the_word_of_its_authors(
    tmp_path: Path, fields: dict[str, Any], speaker: NamedNode, depth: int
) -> None:
    found = loaded(tmp_path, **fields)
    (denied,) = denials(found)
    (noted,) = [
        one for one in found.saying("describedAs") if one.claim.object.value[:2] == "It"
    ]
    assert (denied.speaker, denied.depth) == (noted.speaker, noted.depth) == (speaker, depth)
    assert not found.quarantined


def test_a_name_of_an_author_does_not_say_what_it_is_of(tmp_path: Path) -> None:
    found = loaded(tmp_path, authors=["A. Keeper"])
    assert [short(kind) for kind in found.said("rdf:type", ANALYST)] == ["LegalParty"]


def test_each_author_denies_for_themselves(tmp_path: Path) -> None:
    found = loaded(tmp_path, authors=["A. Keeper", "Another Keeper"])
    assert len({said.speaker for said in denials(found)}) == 2


@pytest.mark.parametrize("name", ["Unknown", "n/a", "Anonymous analyst"])
def test_authors_whom_nobody_names_are_others_in_each_object(tmp_path: Path, name: str) -> None:
    found = loaded(tmp_path, authors=[name])
    (denial,) = denials(found)
    (noted,) = (
        said for said in found.saying("describedAs") if said.claim.object.value == "It crows."
    )
    assert len({CERT, denial.speaker, noted.speaker}) == 3
