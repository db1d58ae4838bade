"""What the command line answers: questions, SPARQL, explanations, exports, generations."""

import csv
import io
import json
from pathlib import Path

import rdflib
from pyoxigraph import DefaultGraph, NamedNode

import queries
from onrecord.store import GenerationStore
from ontology import term
from tests.terminal import Terminal

RESULTS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")


def test_sparql_answers_in_every_format(run: Terminal, data: Path) -> None:
    select = "SELECT ?s WHERE { ?s a <https://w3id.org/onrecord/ns#Denial> } ORDER BY ?s"
    table = run("--data", data, "query", select)
    lines = run("--data", data, "query", select, "--format", "csv").out.splitlines()
    assert lines[0] == "s"
    assert len(lines) > 5
    assert all(line in table.out for line in lines)
    bindings = json.loads(run("--data", data, "query", select, "--format", "json").out)
    assert len(bindings["results"]["bindings"]) == len(lines) - 1
    assert run("--data", data, "query", "ASK {}").out == "yes\n"
    graph = run("--data", data, "query", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5").out
    assert len(rdflib.Graph().parse(data=graph, format="turtle")) == 5


def test_a_query_may_come_from_a_file(run: Terminal, data: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert run("--data", data, "query", "-f", tmp_path / "q.rq").out == "yes\n"


def test_trust_chooses_the_plain_triples(run: Terminal, data: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def counted(*trust: str) -> int:
        out = run("--data", data, "query", count, "--format", "csv", *trust).out
        return int(out.split()[1])

    accepted, everything = counted("--trust", "accepted"), counted("--trust", "all")
    assert 0 < accepted < everything < counted()


def test_every_question_is_a_command(run: Terminal, data: Path) -> None:
    listed = run("--data", data, "ask", "--list").out
    for name, question in queries.catalogue().items():
        assert name in listed
        shown = run("ask", name, "--help").out
        assert "Example: onrecord ask" in shown
        given = [f"--{p.name}={p.example}" for p in question.parameters if p.example]
        rows = run("--data", data, "ask", name, *given, "--format", "csv")
        assert rows.code == 0, rows.err
        assert len(list(csv.reader(io.StringIO(rows.out)))) > 1


def test_an_answer_is_a_result_set_in_turtle(run: Terminal, data: Path) -> None:
    name, question = next(iter(queries.catalogue().items()))
    given = [f"--{p.name}={p.example}" for p in question.parameters if p.example]
    turtle = run("--data", data, "ask", name, *given, "--format", "turtle").out
    rows = run("--data", data, "ask", name, *given, "--format", "csv").out
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    solutions = set(graph.objects(None, RESULTS.solution))
    assert len(solutions) == len(list(csv.reader(io.StringIO(rows)))) - 1
    assert all((solution, RESULTS.binding, None) in graph for solution in solutions)


def test_an_explanation_reads_as_text_and_as_data(run: Terminal, data: Path) -> None:
    text = run("--data", data, "explain", "org/ispr").out
    assert "denies it" in text
    assert "about the record, not about the world" in text
    for format, parser in (("turtle", "turtle"), ("ntriples", "nt")):
        out = run("--data", data, "explain", "org/ispr", "--format", format).out
        assert len(rdflib.Graph().parse(data=out, format=parser)) > 100


def test_audits_and_shapes_find_nothing(run: Terminal, data: Path) -> None:
    assert run("--data", data, "audit").code == 0
    assert run("--data", data, "check").code == 0


def test_an_export_goes_to_a_file_or_to_stdout(
    run: Terminal, data: Path, tmp_path: Path
) -> None:
    target = tmp_path / "record.nq"
    ran = run("--data", data, "export", "-o", target)
    assert (ran.code, ran.out) == (0, "")
    assert run("--data", data, "export").out == target.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["record.nq"]
    disputed = run("--data", data, "export", "--graph", "disputed", "--format", "ntriples").out
    assert 0 < len(disputed.splitlines()) < 30


def test_generations_go_back_and_forth(
    run: Terminal, tmp_path: Path, case_store: GenerationStore
) -> None:
    data = case_store.folder
    with case_store.read() as snapshot:
        found = next(iter(snapshot.quads(None, term("schema:publisher"), None, DefaultGraph())))
    document = found.subject
    assert isinstance(document, NamedNode)
    withdrawn = run(
        "--data", data, "withdraw", "--document", document.value, "--reason", "a trial"
    )
    assert (withdrawn.code, "withdrawal/" in withdrawn.out) == (0, True)
    assert len(run("--data", data, "generations").out.splitlines()) == 4
    assert "generation 1 is served" in run("--data", data, "rollback").err
    assert run("--data", data, "backup", tmp_path / "copy").code == 0
    fresh = tmp_path / "fresh"
    assert run("--data", fresh, "restore", tmp_path / "copy").code == 0
    assert run("--data", fresh, "export").out == run("--data", data, "export").out
    assert run("--data", fresh, "derive").code == 0
