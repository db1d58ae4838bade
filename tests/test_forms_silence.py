"""Forms in which somebody wrote that there is nothing to say: it is no name and no speaker."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders.countries import countries
from loaders.given import Given, Terms
from loaders.records import Fate
from onrecord.errors import BadInput
from ontology import term
from tests.loading import Read, Sample, read

DESK = Given(terms=Terms(publisher="Harbour Desk"))


def row(folder: Path, loader: str, **cells: str) -> Read:
    """Return what a form of one row says."""
    path = folder / f"{loader}.csv"
    path.write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", encoding="utf-8")
    return read(Sample(loader, path, DESK))


def disclosure(folder: Path, **cells: str) -> Read:
    told = {"id": "a", "platform_owner": "Platform Sample", **cells}
    return row(folder, "takedowns", **told)


def attribution(folder: Path, **cells: str) -> Read:
    told = {"id": "a", "operation": "Crane", "attributed_to": "GRU", "attributed_by": "Bo"}
    return row(folder, "attributions", **(told | cells))


def account(folder: Path, **cells: str) -> Read:
    return row(folder, "accounts", platform="Twitter", **cells)


def names(found: Read) -> set[str]:
    return {one.value for one in found.said("name")}


@pytest.mark.parametrize("nothing", ["N/A", "-", "null", "None", "not available"])
def test_a_cell_without_a_value_is_empty(tmp_path: Path, nothing: str) -> None:
    cells = dict.fromkeys(
        ("network_name", "spokesperson", "role", "policy", "pages", "attributed_to"), nothing
    )
    found = disclosure(tmp_path, **cells)
    assert found.quarantined == []
    assert names(found) == {
        "Harbour Desk",
        "takedowns.csv",
        "Platform Sample",
        "removal of a",
        "a",
    }
    assert not found.saying("linkedTo") + found.saying("reason") + found.saying("speaksFor")


@pytest.mark.parametrize("nobody", ["Unknown", "unknown", "Not attributed", "none", "TBD"])
def test_nobody_is_no_actor(tmp_path: Path, nobody: str) -> None:
    found = disclosure(tmp_path, attributed_to=f"{nobody}; The Guild", network_name=nobody)
    assert {one.reason for one in found.quarantined} == {"names nobody"}
    assert nobody not in names(found)
    assert len(found.saying("linkedTo")) == 1


@pytest.mark.parametrize("doubted", ["not Iceland", "Likely the Guild", "Iceland?"])
def test_a_name_that_is_denied_or_doubted_is_nobodys(tmp_path: Path, doubted: str) -> None:
    found = disclosure(tmp_path, attributed_to=f"{doubted}; alleged Icelandic operatives")
    assert [(one.value, one.reason) for one in found.quarantined] == [
        (doubted, "is denied or doubted, and no name of anybody")
    ]
    assert len(found.saying("linkedTo")) == 1
    assert "alleged Icelandic operatives" in names(found)


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ("Unknown actors", "Unknown Heron"),
        ("Actors in Iceland", "Actors Studio"),
        ("Individuals linked to the Guild", "People in Need"),
        ("Icelandic operatives", "Harbour Employees"),
        ("Icelandic state-linked actors", "Crane Actors"),
        ("Icelandic bloggers", "Pier news agency"),
        ("Unnamed Icelandic firm", "Anonymous Harbour group"),
        ("Supporters of the Guild", "Supporters Trust"),
        ("Entities linked to the Guild", "Entities Ltd"),
        ("Attributed to the Guild", "Tribute to Cranes"),
        ("Two firms", "Two Rivers"),
    ],
)
def test_people_whom_nobody_names_are_not_the_same_in_two_rows(
    tmp_path: Path, people: str, name: str
) -> None:
    path = tmp_path / "attributions.csv"
    path.write_text(
        f"id,operation,attributed_to,attributed_by\na,Crane,{people},Bo\n"
        f"b,Heron,{people},Bo\nc,Stork,{name},Bo\n",
        encoding="utf-8",
    )
    found = read(Sample("attributions", path, DESK))
    whom = [one.claim.object for one in found.saying("linkedTo")]
    assert len(set(whom)) == 3
    kinds = [found.said("rdf:type", node) for node in whom if isinstance(node, NamedNode)]
    assert kinds == [[term("UnnamedGroup")], [term("UnnamedGroup")], [term("prov:Agent")]]


def test_what_a_formula_has_left_is_no_value(tmp_path: Path) -> None:
    cells = dict.fromkeys(("network_name", "policy", "attributed_to", "pages"), "#REF!")
    found = disclosure(tmp_path, **cells)
    assert found.reasons == {"is what a formula that failed has left": 4}
    assert not found.saying("reason") + found.saying("linkedTo")


FAILED: Final = "is what a formula that failed has left"


@pytest.mark.parametrize("column", ["stance", "attribution_strength"])
def test_a_stance_that_a_formula_lost_is_none(tmp_path: Path, column: str) -> None:
    told = {"attributed_by": "Harbour Ministry", column: "#REF!"}
    found = attribution(tmp_path, **told)
    assert found.saying("linkedTo") == []
    assert found.reasons[FAILED] == 1


def test_a_stance_in_doubt_is_no_assertion(tmp_path: Path) -> None:
    found = attribution(tmp_path, attributed_by="Harbour Ministry", stance="?")
    assert found.saying("linkedTo") == []
    assert found.reasons["is no word of the scheme Stance"] == 1


def test_a_number_is_not_exact_whose_comparator_a_formula_lost(tmp_path: Path) -> None:
    found = disclosure(tmp_path, pages="500", pages_comparator="#REF!", attributed_to="")
    assert found.saying("removedCount") == []
    assert {one.column for one in found.quarantined} == {"pages", "pages_comparator"}


@pytest.mark.parametrize("who", ["#REF!", "?", "Nan", "Null"])
def test_what_somebody_is_said_to_say_is_not_said_by_the_publisher(
    tmp_path: Path, who: str
) -> None:
    found = account(tmp_path, id="9001002003", handle="Crane", said_by=who)
    assert found.fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize("column", ["region", "platform", "cumulative", "time_zone", "from"])
def test_nothing_wider_was_observed_than_a_formula_lost(tmp_path: Path, column: str) -> None:
    told = {"subject": "#Harbour", "metric": "tweets", "value": "5", "time": "2031-04-02"}
    found = row(tmp_path, "series", **(told | {column: "#REF!"}))
    assert found.reasons == {FAILED: 1}
    assert found.fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize("who", ["Unknown", "#REF!"])
def test_nobody_publishes_a_form(tmp_path: Path, who: str) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(f"publisher,platform,id\n{who},Twitter,9001002003\n", encoding="utf-8")
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("accounts", path, Given()))


def test_people_may_be_called_what_programs_write_for_nothing(tmp_path: Path) -> None:
    found = account(tmp_path, id="9001002003", handle="Crane", display_name="Nan")
    assert [one.value for one in found.said("displayName")] == ["Nan"]
    assert found.quarantined == []


def test_a_number_of_a_telephone_is_a_handle(tmp_path: Path) -> None:
    cells = {"platform": "WhatsApp", "handle": "+15550100123"}
    assert [one.value for one in row(tmp_path, "accounts", **cells).said("handle")] == [
        "+15550100123"
    ]


@pytest.mark.parametrize("handle", ["#REF!", "1E+05", "Crane Page"])
def test_no_account_is_known_by_what_is_no_handle(tmp_path: Path, handle: str) -> None:
    found = row(tmp_path, "accounts", platform="Facebook", handle=handle)
    assert found.reasons == {"is no handle, and there is no id": 1}


def test_nobody_speaks_for_nobody(tmp_path: Path) -> None:
    found = disclosure(tmp_path, spokesperson="Unknown", role="head of safety")
    assert {one.column: one.reason for one in found.quarantined} == {
        "spokesperson": "names nobody",
        "role": "stands beside a cell that could not be read",
    }
    assert not found.saying("speaksFor")
    owner = disclosure(tmp_path, platform_owner="Unknown")
    assert owner.fates == {Fate.QUARANTINED: 1}


def test_what_nobody_is_said_to_say_is_not_said_by_the_publisher(tmp_path: Path) -> None:
    for who in ("Unknown", "N/A"):
        assert attribution(tmp_path, attributed_by=who).fates == {Fate.QUARANTINED: 1}
    assert attribution(tmp_path, on_behalf_of="unknown").saying("speaksFor") == []
    found = account(tmp_path, id="9001002003", handle="Crane", said_by="unknown")
    assert found.reasons == {"names nobody": 1}
    assert found.fates == {Fate.QUARANTINED: 1}


@pytest.mark.parametrize(
    "handle", ["1E+05", "3-Mar", "https://t.me/Crane", "The Crane", "n/a", "null"]
)
def test_what_cannot_be_a_handle_is_none(tmp_path: Path, handle: str) -> None:
    found = account(tmp_path, id="9001002003", handle=handle)
    assert found.saying("handle") == []
    assert [(one.column, one.value, one.reason) for one in found.quarantined] == [
        ("handle", handle, "is no handle")
    ]
    alone = account(tmp_path, id="unknown", handle=handle)
    assert alone.fates == {Fate.QUARANTINED: 1}


def test_a_name_that_two_countries_bear_is_neither() -> None:
    assert countries("Congo") == []
    assert [one.code for one in countries("Congo, The Democratic Republic of the")] == ["CD"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Korea (Republic of)", "KR"),
        ("United Kingdom of Great Britain and Northern Ireland", "GB"),
        ("Congo (Kinshasa)", "CD"),
        ("State of Palestine", "PS"),
        ("Saint Lucia", "LC"),
        ("Gambia, The", "GM"),
        ("Myanmar (Burma)", "MM"),
    ],
)
def test_a_country_is_known_as_official_lists_have_it(name: str, code: str) -> None:
    assert [one.code for one in countries(name)] == [code]


@pytest.mark.parametrize("name", ["Georgia (GRU)", "Guinea (Harbour)", "Korea", "Togo)"])
def test_a_name_in_brackets_makes_no_country_of_another(name: str) -> None:
    assert countries(name) == []
