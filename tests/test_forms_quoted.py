"""Cells of forms that name alternatives, several or nobody by name, and names in quotes."""

from pathlib import Path

import pytest

from loaders.records import Fate
from ontology import term
from tests.test_forms_silence import attribution, disclosure, names


@pytest.mark.parametrize(
    "cell",
    ["GRU or SVR", "GRU or affiliated actors", "Either GRU or the Guild", "GRU and/or SVR"],
)
def test_alternatives_are_no_organisation(tmp_path: Path, cell: str) -> None:
    found = attribution(tmp_path, attributed_to=cell)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"leaves open which": 1}


@pytest.mark.parametrize(
    "cell", ["FBI and CISA", '"FBI, NSA, and CISA"', "NSA/CISA/FBI", "Bo Sample et al."]
)
def test_several_who_speak_are_not_one_more_voice(tmp_path: Path, cell: str) -> None:
    found = attribution(tmp_path, attributed_by=cell)
    assert found.fates == {Fate.QUARANTINED: 1}
    assert found.reasons == {"names several, where one is wanted": 1}


@pytest.mark.parametrize("name", ["RFE/RL", "JPCERT/CC", '"CRANE, INC"', "CORMORANTS & CRANES"])
def test_one_speaker_may_be_called_as_several_are(tmp_path: Path, name: str) -> None:
    found = attribution(tmp_path, attributed_by=name)
    assert found.quarantined == []
    assert name.strip('"') in names(found)


@pytest.mark.parametrize("name", ["Platform Sample", "the platform sample"])
def test_an_owner_that_speaks_for_itself_is_no_person(tmp_path: Path, name: str) -> None:
    found = disclosure(tmp_path, spokesperson=name, role="head")
    assert found.saying("speaksFor") == []
    assert term("foaf:Person") not in found.said("rdf:type")
    assert found.reasons == {"stands beside no spokesperson": 1}
    found = attribution(tmp_path, attributed_by="Platform Sample", on_behalf_of=name)
    assert found.saying("speaksFor") == []
    assert found.quarantined == []


def test_two_people_are_no_spokesperson(tmp_path: Path) -> None:
    found = disclosure(tmp_path, spokesperson="Bo Sample & Cy Sample")
    assert found.saying("speaksFor") == []
    assert found.reasons == {"names several, where one is wanted": 1}


@pytest.mark.parametrize(
    "name",
    [
        "Not In Our Name",
        "Likely X",
        "Redacted",
        "Friend or Foe",
        "FBI and CISA",
        "menuPass",
        "Who Cares?",
        "Crane; Heron",
    ],
)
@pytest.mark.parametrize("quotes", ["“{}”", '"""{}"""', "«{}»", "„{}“"])
def test_a_name_in_quotes_is_the_name_of_somebody(
    tmp_path: Path, name: str, quotes: str
) -> None:
    cell = quotes.format(name)
    found = attribution(tmp_path, attributed_to=cell, operation=cell, attributed_by=cell)
    assert found.quarantined == []
    (made,) = found.saying("linkedTo")
    assert made.claim.object == made.speaker
    assert name in names(found)
    assert not any(mark in one for one in names(found) for mark in '"“”«»„')


@pytest.mark.parametrize(
    "note",
    [
        "Unknown (Iceland)",
        "Unattributed (Iceland suspected)",
        "None - commercial",
        "No known actor",
        "Attribution unclear",
        "Platform Sample did not attribute",
        "Could not be publicly identified",
        "Not stated by Platform Sample",
        "See note 3",
        "Classified",
    ],
)
def test_what_says_that_nobody_is_named_names_nobody(tmp_path: Path, note: str) -> None:
    found = disclosure(tmp_path, attributed_to=note)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"names nobody": 1}


@pytest.mark.parametrize(
    "name", ["Iceland*", "Iceland [1]", "The Guild²", "The Guild (3)", "- The Guild", "Guild /"]
)
def test_a_mark_is_no_part_of_a_name(tmp_path: Path, name: str) -> None:
    found = disclosure(tmp_path, attributed_to=name)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"bears a mark that is no part of a name": 1}


def test_many_marks_in_a_row_are_marks_like_one(tmp_path: Path) -> None:
    found = disclosure(tmp_path, attributed_to=f"{'*' * 60_000}Crane")
    assert found.reasons == {"bears a mark that is no part of a name": 1}


@pytest.mark.parametrize(
    "words",
    [
        "Government",
        "PR firm in Togo",
        "A PR firm",
        "Former Harbour Guild employees",
        "Employees of the Guild",
        "Linked to the Guild",
        "Likely state-sponsored",
        "Likely individuals in Togo",
    ],
)
def test_whom_words_only_describe_is_somebody_else_in_each_row(
    tmp_path: Path, words: str
) -> None:
    one, other = (disclosure(tmp_path, id=id, attributed_to=words) for id in "ab")
    assert one.quarantined == other.quarantined == []
    (said,), (again,) = one.saying("linkedTo"), other.saying("linkedTo")
    assert said.claim.object != again.claim.object


@pytest.mark.parametrize(
    "name",
    [
        "Government of Togo",
        "Linked Data Guild",
        "Staff Union",
        "A Voice for Cranes",
        "A Voz do Porto",
        "Somebody Else",
        "Either Side",
        "q24News",
        "qUay.example",
        "Unknown-Group-901",
        "Crane Desk (fake news unit)",
    ],
)
def test_a_name_of_such_words_is_one_in_every_row(tmp_path: Path, name: str) -> None:
    one, other = (disclosure(tmp_path, id=id, attributed_to=name) for id in "ab")
    (said,), (again,) = one.saying("linkedTo"), other.saying("linkedTo")
    assert said.claim.object == again.claim.object


@pytest.mark.parametrize("cell", ["“unknown”", '"""N/A"""', "«?»"])
def test_quotes_make_no_name_of_a_word_for_nobody(tmp_path: Path, cell: str) -> None:
    found = attribution(tmp_path, attributed_to=cell)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"names nobody": 1}


@pytest.mark.parametrize(
    "words",
    [
        "Anonymous sources",
        "Anonymous Quay Office official",
        "A senior official",
        "Senior US official",
        "Hacker in Togo",
        "Someone at Quay",
    ],
)
def test_a_speaker_without_a_name_is_another_in_each_row(tmp_path: Path, words: str) -> None:
    one = attribution(tmp_path, id="a", attributed_by=words)
    other = attribution(tmp_path, id="b", attributed_by=words)
    assert one.quarantined == other.quarantined == []
    (said,), (again,) = one.saying("linkedTo"), other.saying("linkedTo")
    assert said.speaker != again.speaker


@pytest.mark.parametrize(
    "name", ["Anonymous", "Anonymous Sudan", "Actor's Guild", "aQuay Global"]
)
def test_who_is_called_like_somebody_unnamed_is_one_in_every_row(
    tmp_path: Path, name: str
) -> None:
    one = attribution(tmp_path, id="a", attributed_by=name)
    other = attribution(tmp_path, id="b", attributed_by=name)
    (said,), (again,) = one.saying("linkedTo"), other.saying("linkedTo")
    assert said.speaker == again.speaker


@pytest.mark.parametrize(
    "name", ["Parody account of the Guild", "The Guild (impostor)", "Purported Guild"]
)
def test_whom_others_pretend_to_be_is_not_named(tmp_path: Path, name: str) -> None:
    found = attribution(tmp_path, attributed_to=name)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}


@pytest.mark.parametrize(
    "words",
    [
        "Not individuals in Togo",
        "Not linked to the Guild",
        "Unlikely state-sponsored",
        "Wrongly attributed to hackers in Togo",
    ],
)
def test_a_denial_of_whom_words_describe_attributes_nothing(tmp_path: Path, words: str) -> None:
    found = disclosure(tmp_path, attributed_to=words)
    assert found.saying("linkedTo") == []
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}


def test_words_that_deny_each_other_for_long_are_doubted_like_few(tmp_path: Path) -> None:
    found = disclosure(tmp_path, attributed_to="Not " * 5_000 + "Crane")
    assert found.reasons == {"is denied or doubted, and no name of anybody": 1}
