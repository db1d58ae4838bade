"""Exports: what leaves can be read back, and is what the store holds."""

import io
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib.compare import isomorphic

from onrecord.errors import UnknownThing
from onrecord.export import FORMATS, export
from onrecord.store import GenerationStore, Snapshot
from onrecord.store._terms import to_graph
from onrecord.store.protocol import Graph
from ontology import VOCABULARY_GRAPH, term
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import DEFAULT_BASE
from tests.read_back import from_dataset

DEFAULT = DefaultGraph()
CASE = NamedNode(f"{DEFAULT_BASE}case/pakistan-april-2019")
FOREIGN = NamedNode("https://example.org/graph")
DATASETS = ("nquads", "trig", "jsonld")
GRAPHS = ("turtle", "ntriples")
# rdflib 7.6 warns of itself when it parses into a data set
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
PARSERS = {"jsonld": "json-ld", "ntriples": "nt"}


def written(
    snapshot: Snapshot, format: str, graph: Graph | None = None, case: NamedNode | None = None
) -> bytes:
    output = io.BytesIO()
    export(snapshot, output, format, graph=graph, case=case)
    return output.getvalue()


def read_back(content: bytes, format: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=PARSERS.get(format, format))
    return dataset


@pytest.fixture(autouse=True)
def lexical_forms_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib would read 12:00Z as 12:00+00:00."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.fixture
def store(case_store: GenerationStore) -> GenerationStore:
    """The case, and a graph of somebody else's with awkward terms."""
    node = NamedNode("https://example.org/a")
    awkward = (
        Literal('tab\t"quote"\nline\r\u2028\\'),
        Literal("پاکستان", language="ur"),
        Literal("2019-04", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")),
        NamedNode("https://example.org/ü#x"),
    )
    with case_store.write("foreign") as draft:
        draft.insert(Quad(node, node, value, FOREIGN) for value in awkward)
    return case_store


@pytest.mark.parametrize("format", DATASETS)
def test_the_whole_record_comes_back(store: GenerationStore, format: str) -> None:
    with store.read() as snapshot:
        held = set(snapshot.quads())
        content = written(snapshot, format)
    back = read_back(content, format)
    assert set(from_dataset(back)) == held
    assert isomorphic(back.graph(FOREIGN.value), graph_of(held, FOREIGN))


@pytest.mark.parametrize("format", [*GRAPHS, *DATASETS])
@pytest.mark.parametrize("graph", [DEFAULT, FOREIGN, STATUS_GRAPHS[1]], ids=str)
def test_one_graph_comes_back(store: GenerationStore, format: str, graph: Graph) -> None:
    with store.read() as snapshot:
        held = {quad.triple for quad in snapshot.quads(g=graph)}
        content = written(snapshot, format, graph=graph)
    assert {quad.triple for quad in from_dataset(read_back(content, format))} == held


def test_turtle_holds_the_default_graph_only(case: Snapshot) -> None:
    held = {quad.triple for quad in case.quads(g=DEFAULT)}
    back = {quad.triple for quad in from_dataset(read_back(written(case, "turtle"), "turtle"))}
    assert back == held


def test_n_quads_are_canonical(store: GenerationStore) -> None:
    with store.read() as snapshot:
        lines = written(snapshot, "nquads").decode().split("\n")
        assert lines == [*sorted({f"{quad} ." for quad in snapshot.quads()}), ""]


def test_two_stores_with_one_content_export_the_same_bytes(
    case_store: GenerationStore, tmp_path: Path
) -> None:
    other = GenerationStore(tmp_path / "other")
    with case_store.read() as snapshot:
        content = written(snapshot, "nquads")
    with other.write("copied backwards") as draft:
        draft.load(reversed(content.decode().splitlines()))
    with other.read() as snapshot:
        assert written(snapshot, "nquads") == content


def test_sorting_does_not_need_to_hold_everything(
    case: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = written(case, "nquads")
    monkeypatch.setattr("onrecord.export._CHUNK", 1_000)
    assert written(case, "nquads") == at_once


def test_trig_names_each_graph_once(case: Snapshot) -> None:
    text = written(case, "trig").decode()
    assert text.count("rec:singleSource {") == 1
    assert "@prefix rec: " in text


def test_a_case_is_whole_where_it_is_all_there_is(case: Snapshot) -> None:
    """The vocabulary aside, nothing of a record that holds one case is outside that case."""
    held = {quad for quad in case.quads() if quad.graph_name != VOCABULARY_GRAPH}
    assert set(parse(written(case, "nquads", case=CASE), RdfFormat.N_QUADS)) == held


def test_a_case_brings_nothing_of_another(store: GenerationStore) -> None:
    lone = NamedNode(f"{DEFAULT_BASE}att/0")
    stray = [
        Quad(lone, term("rdf:type"), term("Attestation"), DEFAULT),
        Quad(lone, term("case"), NamedNode(f"{DEFAULT_BASE}case/other"), DEFAULT),
    ]
    with store.read() as snapshot:
        before = written(snapshot, "nquads", case=CASE)
    with store.write("another case") as draft:
        draft.insert(stray)
    with store.read() as snapshot:
        assert written(snapshot, "nquads", case=CASE) == before
        other = written(snapshot, "nquads", case=NamedNode(f"{DEFAULT_BASE}case/other"))
    assert set(parse(other, RdfFormat.N_QUADS)) == set(stray)


def test_an_unknown_case_or_graph_is_refused(case: Snapshot) -> None:
    with pytest.raises(UnknownThing, match=r"example\.org/graph"):
        written(case, "trig", case=FOREIGN)
    with pytest.raises(UnknownThing, match=r"example\.org/graph"):
        written(case, "trig", graph=FOREIGN)


def test_an_export_holds_no_text_of_an_article(case: Snapshot, real_data: Path) -> None:
    content = written(case, "nquads").decode()
    for article in (real_data / "articles").glob("*.txt"):
        for sentence in article.read_text("utf-8").split(". "):
            if len(sentence.split()) > 8:
                assert sentence.strip() not in content


def test_every_format_is_tried_here() -> None:
    assert set(FORMATS) == {*DATASETS, *GRAPHS}


def graph_of(quads: set[Quad], name: NamedNode) -> rdflib.Graph:
    return to_graph(quad for quad in quads if quad.graph_name == name)
