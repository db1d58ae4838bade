"""FollowTheMoney: what entities, statements and judgements of a resolver are read as."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import ftm
from loaders.given import Given, Terms
from loaders.records import Attestation, Fate, IdentityJudgement
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read, read_written, short

DATA: Final = Path(__file__).with_name("data") / "ftm"
MINT: Final = Mint()
PUBLISHER: Final = Given(terms=Terms(publisher="Harbour Library"))
COLUMNS: Final = (
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,"
    "external,first_seen,last_seen,id\n"
)


@pytest.fixture(scope="module")
def entities() -> Read:
    return read(Sample("ftm", DATA / "harbour.entities.ftm.json"))


@pytest.fixture(scope="module")
def statements() -> Read:
    return read(Sample("ftm", DATA / "harbour.statements.csv"))


def entity(id: str) -> NamedNode:
    return MINT.activity("ftm", id)


def about(said: Attestation) -> dict[str, str]:
    return {short(key): value.value for key, value in said.claim.qualifiers}


def loaded(
    tmp_path: Path, text: str, given: Given = PUBLISHER, name: str = "file.json"
) -> Read:
    return read_written("ftm", tmp_path / name, text, given)


def lines(*values: Any) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def judged(found: Read) -> list[IdentityJudgement]:
    return [one for one in found.records if isinstance(one, IdentityJudgement)]


def test_ownership_is_a_claim_with_share_role_and_dates(entities: Read) -> None:
    (said,) = entities.saying("ownedBy", entity("hr-crane"))
    assert said.claim.object == entity("hr-ada")
    assert about(said) == {
        "share": "51-75 %",
        "role": "beneficial owner",
        "validFrom": "2030-05",
    }
    assert (term("note"), Literal("recordId: 77")) in said.details


def test_offices_memberships_and_employment_are_told_apart(entities: Read) -> None:
    assert about(entities.saying("directorOf")[0])["validTo"] == "2031-01-31"
    assert entities.said("org:memberOf") == [entity("hr-board")]
    assert entities.said("schema:worksFor") == [entity("hr-crane")]
    assert entities.said("org:holds") == [entity("hr-post")]


def test_a_link_of_a_kind_that_is_not_known_keeps_its_word(entities: Read) -> None:
    (said,) = (one for one in entities.saying("dcterms:relation") if "atTime" in about(one))
    assert about(said) == {"atTime": "2031", "relationType": "runs, it is said"}


def test_a_sanction_is_by_its_authority(entities: Read) -> None:
    (said,) = entities.saying("sanctionedBy", entity("hr-crane"))
    assert said.claim.object == MINT.named("org", "Council of Iceland")
    assert about(said) == {
        "atTime": "2031-02-03",
        "programme": "Cranes 2031",
        "validFrom": "2031-02-02",
    }


def test_an_account_is_the_one_that_other_sources_name(entities: Read) -> None:
    account = MINT.account("twitter", handle="quay_watch")
    assert entities.said("ownedBy", account) == [entity("hr-ada")]
    assert account in entities.said("dcterms:relation")


def test_an_end_that_is_not_in_the_file_is_known_by_its_id(entities: Read) -> None:
    assert entities.said("dcterms:identifier", entity("hr-board")) == [Literal("hr-board")]
    assert entities.said("rdf:type", entity("hr-bo")) == [term("foaf:Person")]


def test_what_is_nested_is_told_with_what_holds_it(entities: Read) -> None:
    assert entities.said("sanctionedBy", entity("hr-nested"))
    assert entities.said("rdf:type", entity("hr-addr")) == [term("schema:Place")]


def test_nothing_that_identifies_a_person_is_taken(entities: Read, statements: Read) -> None:
    for found in (entities, statements):
        told = [str(said.claim) for said in found.attestations]
        told += [one.value for one in found.quarantined]
        for secret in ("1970-01-01", "X123", "hunter2", "q@example.com"):
            assert not [one for one in told if secret in one]


def test_what_an_entity_says_amiss_is_quarantined(entities: Read) -> None:
    assert entities.fates == {Fate.MAPPED: 15, Fate.QUARANTINED: 4, Fate.BLANK: 1}
    assert entities.reasons["names no country"] == 1
    assert entities.reasons["is a second value where there can be one"] == 1
    assert entities.reasons["is part of a relation whose ends are not both told"] == 1


def test_when_a_dataset_saw_it_is_beside_what_it_says(entities: Read) -> None:
    (said,) = entities.saying("alias", entity("hr-ada"))[:1]
    details = {short(key): value.value for key, value in said.details}
    assert details["observedFrom"] == "2031-01-01T00:00:00"
    assert details["observedUntil"] == "2031-02-01T00:00:00"


def test_each_row_of_a_relation_says_all_of_it(statements: Read) -> None:
    said = statements.saying("ownedBy")
    assert len(said) == 4
    assert {one.claim for one in said} == {said[0].claim}
    assert about(said[0]) == {"share": "60"}


def test_a_statement_keeps_language_original_value_and_origin(statements: Read) -> None:
    (name,) = statements.saying("name", entity("hr-ada"))
    assert name.claim.object == Literal("Ada Quayside", language="isl")
    assert (term("statedAs"), Literal("QUAYSIDE, Ada")) in name.details
    (alias,) = statements.saying("alias", entity("hr-ada"))
    assert (term("note"), Literal("origin: minutes.pdf")) in alias.details


def test_what_nobody_has_confirmed_is_not_said(statements: Read) -> None:
    assert not statements.saying("name", entity("hr-maybe"))
    assert statements.reasons["is a candidate that nobody has confirmed"] == 1


def test_the_dataset_speaks_through_whoever_publishes_the_file(tmp_path: Path) -> None:
    text = COLUMNS + "a,a,name,name,Person,Ada,first_list,,,,f,,,1\n"
    text += "a,a,name,name,Person,Ada,second_list,,,,f,,,2\n"
    said = loaded(tmp_path, text, name="file.csv").saying("name", entity("a"))
    assert [(short(one.speaker), one.depth) for one in said] == [
        ("first-list", 1),
        ("second-list", 1),
    ]
    assert said[0].claim == said[1].claim


def test_an_entity_of_several_datasets_is_said_by_the_publisher(tmp_path: Path) -> None:
    value = {
        "id": "a", "schema": "Person", "properties": {"name": ["Ada"]}, "datasets": ["x", "y"],
    }  # fmt: skip
    found = loaded(tmp_path, lines(value))
    (said,) = found.saying("name", entity("a"))
    assert (said.speaker, said.depth) == (MINT.named("org", "Harbour Library"), 0)
    assert {short(node) for node in found.said("listedIn", entity("a"))} == {"x", "y"}


def test_a_file_of_several_datasets_needs_a_publisher(tmp_path: Path) -> None:
    value = {"id": "a", "schema": "Person", "properties": {}, "datasets": ["x", "y"]}
    with pytest.raises(BadInput, match="--publisher"):
        loaded(tmp_path, lines(value), Given())
    known = {**value, "datasets": ["eu_fsf", "us_ofac_sdn"]}
    found = loaded(tmp_path, lines(known), Given())
    assert {short(node) for node in found.said("schema:publisher")} == {"opensanctions"}


def test_a_canonical_id_is_a_judgement_of_the_resolver_once_for_each_pair(
    tmp_path: Path,
) -> None:
    text = COLUMNS + "NK-1,a,name,name,Person,Ada,x,,,,f,2031-02-02,,1\n"
    text += "NK-1,a,alias,name,Person,Crane,x,,,,f,2031-01-01T00:00:00,,2\n"
    text += "NK-1,NK-1,name,name,Person,Ada,x,,,,f,2031-01-01,,3\n"
    (one,) = judged(loaded(tmp_path, text, name="file.csv"))
    assert {one.first, one.second} == {entity("NK-1"), entity("a")}
    assert (one.verdict, one.on) == (term("same"), "2031-01-01")


def test_referents_are_judged_the_same_on_the_day_of_the_last_change(tmp_path: Path) -> None:
    value = {
        "id": "NK-1", "schema": "Person", "properties": {"name": ["Ada"]},
        "referents": ["a", "NK-1"], "last_change": "2031-01-15T12:00:00",
    }  # fmt: skip
    (one,) = judged(loaded(tmp_path, lines(value)))
    assert (one.first, one.second, one.on) == (entity("NK-1"), entity("a"), "2031-01-15")
    undated = {**value, "last_change": None}
    found = loaded(tmp_path, lines(undated))
    assert not judged(found)
    assert found.reasons == {"has no day on which it was judged": 1}


def test_a_resolvers_lines_are_judgements_of_its_users(tmp_path: Path) -> None:
    text = lines(
        ["NK-1", "a", "positive", 0.93, "ada", "2031-01-01T10:00:00"],
        ["NK-1", "b", "negative", None, None, "2031-01-02"],
        ["NK-1", "c", "unsure", None, "ada", "2031-01-03"],
        ["NK-1", "d", "no_judgement", 0.5, None, None],
        ["NK-1", "e", "positive", None, "ada", "2031-01-04", "2031-02-01"],
        ["NK-1", "f", "positive", None, "ada", None],
        ["NK-1", "NK-1", "positive", None, "ada", "2031-01-04"],
        ["NK-1", "g", "perhaps", None, "ada", "2031-01-04"],
    )
    found = loaded(tmp_path, text, name="resolver.ijson")
    first, second, third = judged(found)
    assert [short(one.verdict) for one in (first, second, third)] == [
        "same",
        "different",
        "unsure",
    ]
    assert first.judge == MINT.named("analyst", "ada", "Harbour Library")
    assert (term("statedConfidence"), Literal("0.93")) in first.details
    assert second.judge != first.judge
    assert found.fates == {Fate.MAPPED: 3, Fate.QUARANTINED: 3, Fate.BLANK: 2}


def test_a_resolvers_table_is_read_like_its_lines(tmp_path: Path) -> None:
    text = "target,source,judgement,score,user,created_at,deleted_at\n"
    text += "NK-1,a,positive,0.9,ada,2031-01-01,\n"
    assert len(judged(loaded(tmp_path, text, name="resolver.csv"))) == 1


@pytest.mark.parametrize("wrap", ["lines", "array", "entities", "pretty"])
def test_entities_are_found_however_they_are_wrapped(tmp_path: Path, wrap: str) -> None:
    value = {"id": "a", "schema": "Person", "properties": {"name": ["Ada"]}}
    text = {
        "lines": lines(value),
        "array": json.dumps([value], indent=1),
        "entities": json.dumps({"entities": [value]}),
        "pretty": json.dumps(value, indent=2),
    }[wrap]
    assert loaded(tmp_path, text).said("name", entity("a")) == [Literal("Ada")]


def test_statements_as_json_lines_are_read_like_their_table(tmp_path: Path) -> None:
    row = {
        "canonical_id": "a", "entity_id": "a", "prop": "name", "schema": "Person",
        "value": "Ada", "dataset": "x", "external": False, "id": "1",
    }  # fmt: skip
    assert loaded(tmp_path, lines(row)).said("name", entity("a")) == [Literal("Ada")]


def test_its_files_are_recognised_and_others_are_not() -> None:
    for path in DATA.iterdir():
        assert ftm.recognise(path.name, path.read_text(encoding="utf-8")[:4_000])
    assert ftm.recognise("resolver.ijson", '["NK-1", "a", "positive", 0.9, "u", "2031"]\n')
    assert not ftm.recognise("bundle.json", '{"id": "bundle--1", "objects": []}')
    assert not ftm.recognise("claims.csv", "id,subject,predicate,value\n")


def test_the_address_of_a_person_is_not_kept_and_that_of_a_company_is(tmp_path: Path) -> None:
    def address(id: str) -> dict[str, Any]:
        return {"id": id, "schema": "Address", "properties": {"full": [f"{id} Quay Street 1"]}}

    def found_at(schema: str, *addresses: Any) -> dict[str, Any]:
        told = {"name": [schema], "addressEntity": list(addresses)}
        return {"id": f"of {schema}", "schema": schema, "properties": told}

    found = loaded(
        tmp_path,
        lines(
            found_at("Person", "home", "both", address("nested")),
            found_at("Company", "seat", "both"),
            *map(address, ("home", "both", "seat")),
        ),
    )
    kept = {said.claim.object.value.split()[0] for said in found.saying("describedAs")}
    assert kept == {"both", "seat"}
    assert "Quay" not in str([one.value for one in found.quarantined])


def test_statements_on_the_address_of_a_person_are_not_kept(tmp_path: Path) -> None:
    of = "us,{0},{1},,{2},{3},registry,,,,f,2031-01-01,2031-02-01,{4}\n"
    text = COLUMNS + of.format("p", "addressEntity", "Person", "home", "1")
    text += of.format("home", "full", "Address", "1 Quay Street", "2")
    found = loaded(tmp_path, text, name="statements.csv")
    assert "Quay" not in str(found.attestations)
    assert "Quay" not in str([one.value for one in found.quarantined])
