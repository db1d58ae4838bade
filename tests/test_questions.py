"""The questions as documented data: headers, standard SPARQL, bound parameters, whole order."""

import re
from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql import prepareQuery

import queries
from onrecord.errors import BadInput, BadParameter, UnknownQuestion
from onrecord.store import Snapshot
from ontology import term
from queries import Parameter, Question

ALL = (*queries.catalogue().values(), *queries.audits())
QUESTIONS = tuple(queries.catalogue().values())


def name_of(question: Question) -> str:
    return question.name


@pytest.mark.parametrize("question", ALL, ids=name_of)
def test_it_is_standard_sparql_that_declares_its_prefixes(question: Question) -> None:
    prepareQuery(question.sparql)


@pytest.mark.parametrize("question", ALL, ids=name_of)
def test_it_has_no_blank_nodes_and_no_triple_terms(question: Question) -> None:
    body = "\n".join(line for line in question.sparql.splitlines() if not line.startswith("#"))
    assert not re.search(r"_:|\[\s|\]|<<", body)


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_the_summary_asks_something_and_the_header_says_how_to_read_it(
    question: Question,
) -> None:
    assert question.summary.endswith("?")
    assert question.shows.endswith(".")
    for parameter in question.parameters:
        assert parameter.description.endswith(".")
        assert parameter.example or not parameter.required


@pytest.mark.parametrize("audit", queries.audits(), ids=name_of)
def test_the_summary_of_an_audit_says_what_is_wrong(audit: Question) -> None:
    assert audit.summary.endswith(".")
    assert audit.parameters == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_what_is_bound_is_projected(question: Question) -> None:
    projection = question.sparql.partition("WHERE")[0]
    for parameter in question.parameters:
        assert re.search(rf"\?{parameter.name}\b", projection)


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_it_answers_its_own_example(question: Question, case: Snapshot) -> None:
    given = {one.name: one.example for one in question.parameters if one.example}
    answer = question.ask(case, given)
    assert answer.rows
    assert len({len(row) for row in answer.rows} | {len(answer.columns)}) == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_no_two_rows_change_places(question: Question, case: Snapshot) -> None:
    given = {
        one.name: one.example for one in question.parameters if one.required and one.example
    }
    first, second = (question.ask(case, given).rows for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)


def test_a_parameter_is_a_term_and_never_text(case: Snapshot) -> None:
    question = queries.question("path_of_a_number")
    with pytest.raises(BadParameter, match="no whole number"):
        question.ask(case, {"number": "103 } #"})
    hostile = queries.question("everything_about_an_entity")
    with pytest.raises(BadParameter, match="is no IRI"):
        hostile.ask(case, {"entity": "x> ?p ?o } #"})


@pytest.mark.parametrize(
    ("spelled", "moment"),
    [
        ("2019-04-01", "2019-04-01T23:59:59Z"),
        ("2019-04-01T12:00", "2019-04-01T12:00:00Z"),
        ("2019-04-01T12:00+05:00", "2019-04-01T07:00:00Z"),
    ],
)
def test_a_moment_without_a_zone_is_in_utc_and_a_bare_day_means_its_end(
    spelled: str, moment: str
) -> None:
    found = Parameter("known_on", "dateTime", "When?").term(spelled)
    assert found == Literal(moment, datatype=term("xsd:dateTime"))


def test_a_missing_parameter_is_named_with_an_example(case: Snapshot) -> None:
    with pytest.raises(BadParameter, match=r"needs entity\..*org/ispr"):
        queries.question("everything_about_an_entity").ask(case, {})


def test_an_unknown_parameter_names_the_known_ones(case: Snapshot) -> None:
    with pytest.raises(BadParameter, match="it takes entity"):
        queries.question("everything_about_an_entity").ask(case, {"entity": "x:y", "who": "z"})


def test_an_unknown_question_names_the_known_ones() -> None:
    with pytest.raises(UnknownQuestion, match="attribution_wordings"):
        queries.question("who_did_it")


def test_a_short_path_stands_below_the_datas_own_address(case: Snapshot) -> None:
    question = queries.question("everything_about_an_entity")
    whole = question.ask(case, {"entity": "https://w3id.org/onrecord/org/ispr"}).rows
    assert question.ask(case, {"entity": "org/ispr"}).rows == whole
    assert question.ask(case, {"entity": "org/ispr"}, base="https://example.org/").rows == []


def test_the_data_set_is_the_level_of_trust(case: Snapshot) -> None:
    question = queries.question("statements_at_a_level_of_trust")
    accepted = set(question.ask(case, {}).rows)
    every = set(question.ask(case, {}, trust="all").rows)
    assert accepted < every
    linked = NamedNode("https://w3id.org/onrecord/ns#controlledBy")
    assert not any(row[1] == linked for row in every)
    rank = (Literal("Major General", language="en"),)
    assert any(row[2:] == rank for row in accepted)


def test_evidence_has_no_level_of_trust(case: Snapshot) -> None:
    with pytest.raises(BadParameter, match="no level of trust"):
        queries.question("attribution_wordings").ask(case, {}, trust="accepted")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "has to be a mapping"),
        ("#+ summary: [", "no YAML"),
        ("#+ summary: Who?\n#+ sumary: Who?", "unread keys"),
        ("#+ shows: Something.", "lacks 'summary'"),
        ("#+ summary: Who?\n#+ parameters: {x: {type: iris}}", "has to be one of"),
    ],
    ids=["none", "malformed", "unknown key", "no summary", "unknown type"],
)
def test_a_bad_header_names_file_and_fault(tmp_path: Path, header: str, said: str) -> None:
    path = tmp_path / "who.rq"
    path.write_text(f"{header}\nSELECT * WHERE {{ ?s ?p ?o }}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"who\.rq.*{said}"):
        Question.read(path)


def test_the_header_is_plain_yaml() -> None:
    for question in ALL:
        lines = (line for line in question.sparql.splitlines() if line.startswith("#+"))
        assert (
            yaml.safe_load("\n".join(line[3:] for line in lines))["summary"] == question.summary
        )
