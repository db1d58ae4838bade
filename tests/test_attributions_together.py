"""Attributions of EuRepoC that several actors made together, in a row each."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders.records import Fate
from ontology import term
from tests.loading import Read
from tests.test_loaders_attributions import MINT, incident, of_rows, org

HEADER: Final = (
    "incident_id,attribution_id,attribution_date,attributing_actor,attribution_it_company,"
    "attributed_initiator,attributed_initiator_country"
)


def test_actors_of_one_attribution_speak_as_one(tmp_path: Path) -> None:
    rows = (
        '12,1.0,2031-02-03,Harbour Ministry,,"Crane, Group",Togo',
        '12,1.0,2031-02-03,Not available,Harbour Labs,"Crane, Group",Togo',
        '12,2.0,2031-02-04,Harbour Labs,,"Crane, Group",Togo',
        '13,1.0,2031-02-04,Harbour Labs,,"Crane, Group",Togo',
        '14,3.0,2031-02-04,#REF!,Harbour Labs,"Crane, Group",Togo',
    )
    found = of_rows(tmp_path, *rows, header=HEADER)
    joint = MINT.named("group", "Harbour Labs; Harbour Ministry", "EuRepoC")
    assert [one.speaker for one in found.saying("linkedTo", incident("12"))] == [
        joint, joint, org("Harbour Labs"),
    ]  # fmt: skip
    for alone in ("13", "14"):
        assert {one.speaker for one in found.saying("linkedTo", incident(alone))} == {
            org("Harbour Labs")
        }
    assert set(found.said("cosignatory", joint)) == {
        org("Harbour Ministry"), org("Harbour Labs"),
    }  # fmt: skip
    assert {one.depth for one in found.saying("cosignatory")} == {0}


def test_a_row_says_who_signed_though_theirs_is_refused(tmp_path: Path) -> None:
    rows = (
        "12,1,2031-02-03,Harbour Ministry,,Crane Group,Togo",
        "12,1,2031-02-03,Harbour Labs,,Crane Group; Heron Group,Togo",
        "12,1,2031-02-03,Tide Bureau; Gull Institute,,Crane Group,Togo",
        "12,1,2031-02-03,not disclosed,,Crane Group,Togo",
        "13,2,2031-02-03,Harbour Ministry,,Crane Group,Togo",
        "13,2,2031-02-03,not disclosed,,Crane Group,Togo",
    )
    found = of_rows(tmp_path, *rows, header=HEADER)
    (said,) = found.saying("linkedTo", incident("12"))
    names = ["Gull Institute", "Harbour Labs", "Harbour Ministry", "Tide Bureau"]
    assert said.speaker == MINT.named("group", "; ".join(names), "EuRepoC")
    assert found.said("cosignatory", said.speaker) == [org(name) for name in names]
    (alone,) = found.saying("linkedTo", incident("13"))
    assert alone.speaker == org("Harbour Ministry")
    assert found.fates[Fate.QUARANTINED] == 4


def test_a_doubted_initiator_is_none(tmp_path: Path) -> None:
    rows = (
        "12,1,2031-02-03,Harbour Ministry,,Suspected Crane Group,Togo",
        "13,2,2031-02-03,Harbour Ministry,,Crane Group?,Togo",
    )
    found = of_rows(tmp_path, *rows, header=HEADER)
    assert found.saying("linkedTo") == []
    assert [one.value for one in found.quarantined] == ["Suspected Crane Group", "Crane Group?"]


def test_who_contests_an_attribution_has_no_part_in_it(tmp_path: Path) -> None:
    rows = (
        "12,1,2031-02-03,Harbour Ministry,,Crane Group,Togo,Receiver attributes attacker",
        "12,1,2031-02-03,The Guild,,Crane Group,Togo,Contested attribution",
        "12,1,2031-02-03,Harbour Labs,,Not available,Unknown,Receiver attributes attacker",
    )
    found = of_rows(tmp_path, *rows, header=f"{HEADER},attribution_basis")
    (said,) = found.saying("linkedTo")
    assert said.speaker == org("Harbour Ministry")


def test_a_midnight_that_a_program_wrote_behind_a_date_is_no_time(tmp_path: Path) -> None:
    days = (
        "2031-01-01T00:00:00.000Z",
        "2031-02-03T00:00:00",
        "2031-02-03 00:00:00",
        "2031-02-03 00:00:00+00:00",
    )
    rows = (f"{n},{n},{day},Harbour Ministry,,Crane Group,Togo" for n, day in enumerate(days))
    found = of_rows(tmp_path, *rows, header=HEADER)
    told = [dict(one.details)[term("assertedAt")].value for one in found.saying("linkedTo")]
    assert told == ["2031", *["2031-02-03"] * 3]


def test_a_category_for_nobody_is_no_initiator(tmp_path: Path) -> None:
    row = "12,1,2031-02-03,Harbour Ministry,,Unknown - not attributed,Togo"
    found = of_rows(tmp_path, row, header=HEADER)
    assert found.saying("linkedTo") == []


def test_a_note_is_not_who_attributes(tmp_path: Path) -> None:
    row = "12,1,2031-02-03,not disclosed,,Crane Group,Togo"
    found = of_rows(tmp_path, row, header=HEADER)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"names nobody": 1}


def test_who_is_doubted_is_no_part_of_those_who_attribute_together(tmp_path: Path) -> None:
    rows = (
        "12,1,2031-02-03,Harbour Ministry,,Crane Group,Togo",
        "12,1,2031-02-03,Not available,Harbour Labs?,Crane Group,Togo",
    )
    found = of_rows(tmp_path, *rows, header=HEADER)
    (said,) = found.saying("linkedTo")
    assert said.speaker == org("Harbour Ministry")
    assert found.said("cosignatory") == []
    assert [(one.column, one.value) for one in found.quarantined] == [
        ("attribution_it_company", "Harbour Labs?")
    ]


def test_who_doubts_whom_others_name_does_not_name_him_with_them(tmp_path: Path) -> None:
    rows = (
        "12,1,2031-02-03,Harbour Ministry,,Crane Group,Togo",
        "12,1,2031-02-03,Harbour Labs,,Crane Group,Togo",
        "12,1,2031-02-03,The Guild,,Crane Group?,Togo",
    )
    found = of_rows(tmp_path, *rows, header=HEADER)
    joint = MINT.named("group", "Harbour Labs; Harbour Ministry", "EuRepoC")
    assert {one.speaker for one in found.saying("linkedTo")} == {joint}
    assert org("The Guild") not in found.said("cosignatory", joint)
    assert org("The Guild") in {one.speaker for one in found.saying("originatedIn")}


def _source(tmp_path: Path, cell: str) -> tuple[Read, NamedNode]:
    """Return what FIAT's form makes of a source, and who attributes by it."""
    header = "case_hash,case_id,source,disinformant,attribution_total_score"
    row = f'AAAA0001,Togo >> Malta,"{cell}",Crane Group,9'
    found = of_rows(tmp_path, row, header=header)
    (said,) = found.saying("linkedTo")
    return found, said.speaker


@pytest.mark.parametrize("cell", ["Tide Bureau", "Tide Bureau, Tide Bureau", "Tide Bureau;"])
def test_whoever_a_source_names_twice_speaks_alone(tmp_path: Path, cell: str) -> None:
    found, speaker = _source(tmp_path, cell)
    assert (speaker, found.said("cosignatory")) == (org("Tide Bureau"), [])


def test_a_semicolon_parts_sources_as_a_comma_does(tmp_path: Path) -> None:
    found, speaker = _source(tmp_path, "Tide Bureau; Gull Institute, and Harbour Labs")
    names = ("Tide Bureau", "Gull Institute", "Harbour Labs")
    assert found.said("cosignatory", speaker) == [org(name) for name in names]


@pytest.mark.parametrize("name", ["US Intelligence Officials", "Unknown"])
def test_whoever_signs_without_a_name_is_of_their_row_alone(tmp_path: Path, name: str) -> None:
    found, speaker = _source(tmp_path, f"Tide Bureau, {name}")
    unnamed = MINT.named("speaker", name, "FIAT", "AAAA0001")
    assert found.said("cosignatory", speaker) == [org("Tide Bureau"), unnamed]
    assert found.said("rdf:type", unnamed) == [term("UnnamedSpeaker")]


def test_several_officials_without_a_name_are_of_their_row_alone(tmp_path: Path) -> None:
    found, speaker = _source(tmp_path, "US officials, Togolese officials")
    assert found.said("rdf:type", speaker) == [term("UnnamedSpeaker")]


def test_who_is_not_named_in_rows_without_an_id_is_not_one(tmp_path: Path) -> None:
    rows = ("12,,2031-02-03,,,some hackers,Togo", "13,,2031-02-03,,,some hackers,Togo")
    found = of_rows(tmp_path, *rows, header=HEADER)
    said = found.saying("linkedTo")
    assert len({one.speaker for one in said}) == len({one.claim.object for one in said}) == 2


@pytest.mark.parametrize("actor", ["NCSC, FBI, CISA", "['NCSC', 'FBI']"])
def test_several_actors_in_one_cell_are_not_one(tmp_path: Path, actor: str) -> None:
    found = of_rows(tmp_path, f'12,1,2031-02-03,"{actor}",,The Guild,Togo', header=HEADER)
    assert not found.saying("linkedTo")
    assert [one.column for one in found.quarantined] == ["attributing_actor"]


def test_a_list_as_a_program_writes_it_is_no_initiator(tmp_path: Path) -> None:
    initiators = "\"['Crane', 'Heron']\""
    found = of_rows(tmp_path, f"12,1,2031-02-03,NCSC,,{initiators},Togo", header=HEADER)
    assert not found.saying("linkedTo")
    assert found.reasons == {"is a list as a program writes it, and no name": 1}
