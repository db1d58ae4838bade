"""A version of a file that was replaced is no source beside the one that took its place."""

import csv
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web.answers import answer_written
from queries.answer import Answer
from server import create_app
from tests.terminal import Terminal

HEADER: Final = "publisher,platform,id,handle,followers,observed_on\n"
QUAY: Final = "Harbour Desk,Twitter,9001,quay,520,2031-03-01\n"
PIER: Final = "Harbour Desk,Twitter,9002,pier,{},2031-03-01\n"
SIDECARS: Final = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rec: <https://w3id.org/onrecord/ns#>
SELECT DISTINCT ?sidecar {
  ?said rec:document ?text .
  ?named rdf:subject ?text ; rdf:predicate rec:name .
  ?telling rec:claim ?named ; rec:document ?sidecar .
}
"""
PIERS: Final = (PIER.format(30), PIER.format(31), "")


@pytest.fixture
def versions(run: Terminal, here: Path) -> Path:
    """A record in which each of three versions replaced the one before."""
    for more in PIERS:
        (here / "list.csv").write_text(HEADER + QUAY + more, encoding="utf-8")
        assert run("load", "accounts", here / "list.csv", "--replace").code == 0
    return here


def test_what_only_replaced_versions_say_too_has_one_source(
    run: Terminal, versions: Path
) -> None:
    for words in (
        ["things_in_several_sources", "--kind", "rec:Account"],
        ["claims_on_one_origin"],
    ):
        found = run("ask", *words)
        assert (found.code, "no answer" in found.err) == (0, True), found.out
    (versions / "copy.csv").write_text(HEADER + QUAY, encoding="utf-8")
    run("load", "accounts", versions / "copy.csv", "--as", "another")
    found = run("ask", "things_in_several_sources", "--kind", "rec:Account", "--format", "csv")
    assert {line.split(",")[1] for line in found.out.splitlines()[1:]} <= {"2"}


def test_a_replaced_version_is_said_to_be_withdrawn(run: Terminal, versions: Path) -> None:
    assert versions.exists()
    words = ("ask", "everything_about_an_entity", "--entity", "account/twitter/id/9001")
    lines = [line for line in run(*words).out.splitlines() if "identifier" in line]
    assert sorted("list.csv (withdrawn)" in line for line in lines) == [False, True, True]


def test_a_replaced_version_is_no_place_where_the_record_is_taken_over(
    run: Terminal, versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "--format", "nquads", "--output", versions / "record.nq")
    other = ("--data", versions / "other")
    monkeypatch.setenv("ONRECORD_BASE", "https://quay.example/")
    assert run(*other, "load", "rdf", versions / "record.nq").code == 0
    query = (
        "PREFIX rec: <https://w3id.org/onrecord/ns#> SELECT (COUNT(DISTINCT ?said) AS ?all) "
        "(COUNT(?document) AS ?places) { ?said rec:claim ?claim ; rec:document ?document }"
    )
    (counts,) = run(*other, "query", query, "--format", "csv").out.split()[1:]
    assert counts == "11,11"


def test_data_tell_which_document_is_a_version_that_was_replaced(
    run: Terminal, versions: Path
) -> None:
    words = ("ask", "everything_about_an_entity", "--entity", "account/twitter/id/9001")
    rows = [*csv.DictReader(run(*words, "--format", "csv").out.splitlines())]
    current = sha256((versions / "list.csv").read_bytes()).hexdigest()
    assert {(row["document"].endswith(current), row["documentWithdrawn"]) for row in rows} == {
        (True, "false"),
        (False, "true"),
    }
    client = create_app(Settings(data=versions / "data")).test_client()
    given = {"entity": "account/twitter/id/9001"}
    answer = client.get("/ask/everything_about_an_entity.json", query_string=given).get_json()
    told = [row["documentWithdrawn"]["value"] for row in answer["results"]["bindings"]]
    assert told == [row["documentWithdrawn"] for row in rows]


def test_of_a_row_without_a_document_nothing_is_told(versions: Path) -> None:
    answer = Answer(("document",), [(None,), (NamedNode("https://quay.example/"),)])
    with GenerationStore(versions / "data").read() as snapshot:
        written = answer_written(snapshot, answer, "csv").decode()
    assert written.split() == [
        "document,documentWithdrawn",
        ",",
        "https://quay.example/,false",
    ]


def test_a_text_whose_sidecar_was_withdrawn_still_stands(run: Terminal, data: Path) -> None:
    here = ("--data", data)
    words = ("ask", "everything_about_an_entity", "--entity", "org/ispr")
    (_, *sidecars) = run(*here, "query", SIDECARS, "--format", "csv").out.split()
    for one in sidecars:
        assert run(*here, "withdraw", "--document", one, "--reason", "a slip").code == 0
    assert "(withdrawn)" not in run(*here, *words).out
    assert "true" not in run(*here, *words, "--format", "tsv").out
    assert "doc/ee7b3681…" in run(*here, "ask", "claims_on_one_origin").out
