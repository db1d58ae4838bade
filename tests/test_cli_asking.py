"""What `onrecord query` refuses to ask, and what is said where there is no answer."""

from pathlib import Path

import pytest

from tests.terminal import Terminal

# port 9 of this machine takes no connections, and nothing has to leave the machine
ELSEWHERE = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"


def test_no_query_reaches_another_endpoint_unless_allowed(run: Terminal, data: Path) -> None:
    refused = run("--data", data, "query", ELSEWHERE)
    assert (refused.code, refused.out) == (2, "")
    assert "line 1: SERVICE is switched off; --allow-service lets it" in refused.err
    tried = run("--data", data, "query", "--allow-service", ELSEWHERE)
    assert tried.code != 0
    assert "SERVICE is switched off" not in tried.err


def test_a_query_from_a_file_is_held_to_the_same(
    run: Terminal, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "q.rq").write_text(f"# asks elsewhere\n{ELSEWHERE}\n", encoding="utf-8")
    refused = run("--data", data, "query", "-f", tmp_path / "q.rq")
    assert "line 2: SERVICE is switched off" in refused.err


def test_a_variable_or_a_word_called_service_is_none(run: Terminal, data: Path) -> None:
    named = "ASK { ?service <http://127.0.0.1:9/service> ?x . ?SERVICE <x:y> $service }"
    assert run("--data", data, "query", named).out == "no\n"


@pytest.mark.parametrize("nothing", ["", " \n"])
def test_an_empty_query_is_said_to_be_empty(run: Terminal, data: Path, nothing: str) -> None:
    assert run("--data", data, "query", nothing).err == "onrecord: query: is empty\n"


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        (
            "SELECT * { ?s ?p ?o",
            'column 20: unexpected end of text, expected one of ",", ".", ";"',
        ),
        ("SELECT * { ?s foo:bar ?o }", "undeclared prefix"),
        ("SELECT * { ?s ?p ?o } }", "column 23: unexpected `}`"),
        (
            "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }",
            "The SELECT contains a variable that is unbound",
        ),
    ],
    ids=["unclosed", "prefix", "closed twice", "not grouped"],
)
def test_a_syntax_error_names_place_and_cause_without_lists_of_characters(
    run: Terminal, data: Path, sparql: str, told: str
) -> None:
    said = run("--data", data, "query", sparql).err
    assert told in said
    assert "\\u{" not in said


def test_no_answer_is_told_from_a_thing_of_which_nothing_is_said(
    run: Terminal, data: Path
) -> None:
    known = run("--data", data, "ask", "things_in_several_sources", "--kind", "rec:Domain")
    assert known.err == "the record has no answer to this\n"
    spelled = ("--kind", "rec:WebDomain", "--format", "csv")
    unknown = run("--data", data, "ask", "things_in_several_sources", *spelled)
    nothing = "nothing in it is said of https://w3id.org/onrecord/ns#WebDomain\n"
    assert (unknown.code, unknown.err) == (0, known.err + nothing)
    assert unknown.out.count("\n") == 1
