"""A joint speaker, from the rows that name its actors to the page that says what it counts."""

from pathlib import Path
from typing import Final

import pytest

from onrecord.settings import Settings
from ontology.identity import DEFAULT_BASE, Mint
from server import create_app
from tests.terminal import Terminal
from tests.test_attributions_together import HEADER

ROWS: Final = """\
12,1,2031-02-03,Harbour Ministry,,Crane Group,Togo
12,1,2031-02-03,Harbour Labs,,Crane Group,Togo
12,2,2031-03-04,Harbour Labs,,Crane Group,Togo
13,3,2031-02-03,Harbour Ministry,,Crane Group,Togo
13,3,2031-02-03,Harbour Labs,,Crane Group,Togo
13,4,2031-03-04,Tide Bureau,,Crane Group,Togo
"""
NAMES: Final = (
    "PREFIX rec: <https://w3id.org/onrecord/ns#>"
    " PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)


@pytest.fixture
def data(run: Terminal, tmp_path: Path) -> Path:
    path, data = tmp_path / "eurepoc.csv", tmp_path / "data"
    path.write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    assert not run("--data", data, "load", "attributions", path).code
    return data


def rows(run: Terminal, data: Path, asked: str) -> list[str]:
    return run("--data", data, "query", NAMES + asked, "--format", "csv").out.splitlines()[1:]


@pytest.mark.parametrize(
    ("event", "number", "status"), [("12", "1", "singleSource"), ("13", "2", "accepted")]
)
def test_who_signed_with_others_confirms_nothing_that_they_say_alone(
    run: Terminal, data: Path, event: str, number: str, status: str
) -> None:
    node = Mint(DEFAULT_BASE).named("event", event, "EuRepoC").value
    found = rows(
        run,
        data,
        f"SELECT ?n ?status {{ ?claim rdf:subject <{node}> ; rdf:predicate rec:linkedTo ;"
        " rec:independentOrigins ?n ; rec:status ?status }",
    )
    assert found == [f"{number},https://w3id.org/onrecord/ns#{status}"]


def test_whoever_asks_why_reads_that_a_joint_speaker_counts_beside_none_of_its_own(
    run: Terminal, data: Path
) -> None:
    node = Mint(DEFAULT_BASE).named("event", "12", "EuRepoC").value
    out = run("--data", data, "explain", node).out
    assert "independent origins that assert it: 1" in out
    assert "no independent origin beside those who speak in it: Harbour Labs, Harbour" in out
    asked = f"SELECT ?c {{ ?c rdf:subject <{node}> ; rdf:predicate rec:linkedTo }}"
    (iri,) = rows(run, data, asked)
    client = create_app(Settings(data=data)).test_client()
    page = client.get("/explain", query_string={"iri": iri}, headers={"Accept": "text/html"})
    text = " ".join(page.text.split())
    assert "Independent origins that assert it: 1." in text
    assert "is a joint speaker, in which" in text
    assert "it is no independent origin beside any of them" in text


def test_no_tie_of_a_joint_speaker_stands_without_a_source(run: Terminal, data: Path) -> None:
    assert len(rows(run, data, "SELECT ?who { ?joint rec:cosignatory ?who }")) == 2
    assert not run("--data", data, "audit").code


def test_a_joint_speaker_counts_beside_none_of_its_own_after_a_way_through_stix(
    run: Terminal, data: Path, tmp_path: Path
) -> None:
    bundle, other = tmp_path / "bundle.json", tmp_path / "other"
    assert not run("--data", data, "export", "--format", "stix", "-o", bundle).code
    assert not run("--data", other, "load", "stix", bundle, "--publisher", "EuRepoC").code
    asked = "SELECT ?n ?name { ?claim rdf:predicate rec:linkedTo ; rec:independentOrigins ?n ;"
    asked += " rdf:subject/<http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name"
    assert rows(run, other, asked) == ["1,incident 12", "2,incident 13"]
