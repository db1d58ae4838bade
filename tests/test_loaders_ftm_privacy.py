"""FollowTheMoney: what reaches somebody, and the texts of pages, are kept out of the record."""

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from loaders import ftm_model
from tests.test_loaders_ftm import COLUMNS, lines, loaded


def one(schema: str, **properties: str) -> dict[str, Any]:
    told = {name: [value] for name, value in properties.items()}
    return {"id": schema, "schema": schema, "properties": told, "datasets": ["dock"]}


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("HyperText", "phoneMentioned"),
        ("HyperText", "emailMentioned"),
        ("HyperText", "ibanMentioned"),
        ("UserAccount", "number"),
        ("Mention", "contextPhone"),
        ("Mention", "contextEmail"),
        ("Call", "callerNumber"),
        ("BankAccount", "iban"),
        ("BankAccount", "accountNumber"),
    ],
)
def test_by_what_somebody_is_reached_is_not_kept(
    tmp_path: Path, schema: str, name: str
) -> None:
    ends = {"resolved": "a", "document": "b", "caller": "c", "receiver": "d", "name": "Pier"}
    found = loaded(tmp_path, lines(one(schema, **ends, **{name: "0123456"})))
    assert found.reasons == {ftm_model.PRIVATE: 1}
    assert "0123456" not in str([(said.claim, said.details) for said in found.attestations])


@pytest.mark.parametrize("number", ["IS140159260076545510730339", "0159-26-007654"])
def test_a_bank_account_is_not_called_by_its_number(tmp_path: Path, number: str) -> None:
    account = {
        **one("BankAccount", accountNumber=number, bankName="Quay Bank"),
        "caption": number,
    }
    named = one("BankAccount", name=f"account {number}") | {"id": "other"}
    found = loaded(tmp_path, lines(account, named))
    assert found.reasons == {ftm_model.PRIVATE: 3}
    assert number not in str([(said.claim, said.details) for said in found.attestations])


def test_the_page_of_a_text_is_no_more_kept_than_its_words(tmp_path: Path) -> None:
    page = one("HyperText", title="On piers", bodyHtml="<p>Low</p>", bodyText="Low")
    found = loaded(tmp_path, lines(page))
    assert found.reasons == {ftm_model.TEXT: 2}
    assert found.saying("describedAs") == []


def test_a_user_name_is_a_handle_without_its_sign(tmp_path: Path) -> None:
    account = one("UserAccount", service="Twitter", username="@pier")
    assert loaded(tmp_path, lines(account)).said("handle") == [Literal("pier")]


@pytest.mark.parametrize("name", sorted(ftm_model.ADDRESSED))
def test_from_and_to_whom_a_mail_is_comes_without_addresses(tmp_path: Path, name: str) -> None:
    mails = [
        {**one("Email", **{name: told}), "id": told}
        for told in ("Ada <ada@pier.example>", "Ada Pier")
    ]
    found = loaded(tmp_path, lines(*mails))
    assert found.reasons == {ftm_model.PRIVATE: 1}
    assert found.said("describedAs") == [Literal("Ada Pier")]
    assert found.said("dcterms:relation") == []


@pytest.mark.parametrize("name", sorted(ftm_model.OF_PARTIES - {"addressEntity"}))
def test_what_may_be_of_a_person_is_not_kept(tmp_path: Path, name: str) -> None:
    found = loaded(tmp_path, lines(one("LegalEntity", name="Pier", **{name: "0123456"})))
    assert found.reasons == {ftm_model.PRIVATE: 1}
    firm = one("Company", name="Pier", **{name: "0123456"})
    assert loaded(tmp_path, lines(firm)).quarantined == []


def test_where_who_may_be_a_person_is_found_is_not_kept(tmp_path: Path) -> None:
    party = one("LegalEntity", name="Pier", addressEntity="Address")
    place = one("Address", full="2 Quay")
    found = loaded(tmp_path, lines(party, place))
    assert found.reasons == {ftm_model.PRIVATE: 2}
    assert "2 Quay" not in str([said.claim for said in found.attestations])


def test_taxpayers_of_a_country_are_no_more_kept_than_others(tmp_path: Path) -> None:
    numbers = dict.fromkeys(("innCode", "irsCode", "vatCode", "voenCode"), "0123456")
    found = loaded(tmp_path, lines(one("LegalEntity", registrationNumber="77", **numbers)))
    assert found.reasons == {ftm_model.PRIVATE: 4}
    assert found.said("registeredAs") == [Literal("77")]


@pytest.mark.parametrize("other", ["ann", "quay-trader"])
def test_whoever_is_called_a_person_once_is_one_in_all_records(
    tmp_path: Path, other: str
) -> None:
    rows = (
        f"NK-a,{other},registrationNumber,identifier,LegalEntity,0123456,docks,,,,f,2031-01-01,,",
        "NK-a,ann,name,name,Person,Ann Pier,harbour,,,,f,2031-01-01,,",
    )
    found = loaded(tmp_path, COLUMNS + "\n".join(rows) + "\n", name="statements.csv")
    assert found.reasons == {ftm_model.PRIVATE: 1}
    assert found.saying("registeredAs") == []


NUMBERED = "tax-4210007"


def test_a_number_that_is_not_kept_stands_in_no_id_nor_note(tmp_path: Path) -> None:
    ann = {
        **one("Person", name="Ann Pier", innCode="4210007", notes="Tax No. 4210007"),
        "id": NUMBERED,
        "referents": ["harbour-1"],
        "last_change": "2031-01-01",
    }
    merged = {**one("Person", name="Ann Pier"), "id": "NK-a", "referents": [NUMBERED]}
    owned = one("Ownership", owner=NUMBERED, asset="quay", summary="by holder 4210007")
    judged = {"target": "NK-a", "source": NUMBERED, "judgement": "positive"}
    firm = {**one("Company", name="Quay", innCode="4210008"), "id": "firm-4210008"}
    found = loaded(
        tmp_path, lines(ann, merged, owned, {**judged, "created_at": "2031-01-02"}, firm)
    )
    assert found.total == 5
    assert found.said("name").count(Literal("Ann Pier")) == 2
    assert "4210007" not in str(found.records)
    assert Literal("firm-4210008") in found.said("dcterms:identifier")


def test_a_number_that_is_not_kept_is_no_key_of_a_statement(tmp_path: Path) -> None:
    row = f"NK-a,{NUMBERED},{{}},,Person,{{}},docks,,,,f,2031-01-01,,"
    rows = [row.format("name", "Ann Pier"), row.format("taxNumber", "4210007")]
    text = COLUMNS + "\n".join(rows) + "\n"
    found = loaded(tmp_path, text, name="statements.csv")
    assert found.reasons == {ftm_model.PRIVATE: 1}
    assert "4210007" not in str(found.records)


def test_a_firm_keeps_its_number_that_somebody_is_listed_by(tmp_path: Path) -> None:
    ann = one("Person", name="Ann Pier", registrationNumber="4210009")
    firm = one("Company", name="4210009 Quay Inc.", registrationNumber="4210009")
    found = loaded(tmp_path, lines({**ann, "id": "ann"}, {**firm, "id": "quay"}))
    assert Literal("4210009 Quay Inc.") in found.said("name")
    told = [
        one.claim.object for one in found.attestations if "4210009" in str(one.claim.object)
    ]
    assert len(told) == 2
    assert found.reasons == {ftm_model.PRIVATE: 1}
