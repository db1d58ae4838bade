"""Terms pass between pyoxigraph and rdflib and come back as they were."""

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from onrecord.store._terms import to_graph, to_rdflib
from tests.read_back import from_rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
words = some.text(some.characters(exclude_categories=["Cs"]))
iris = some.from_regex(r"[a-z0-9]{1,9}", fullmatch=True).map(
    lambda end: NamedNode(f"http://example.org/{end}")
)
blanks = some.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True).map(BlankNode)
datatypes = some.sampled_from(["decimal", "integer", "date", "dateTime", "boolean", "string"])
literals = (
    words.map(Literal)
    | some.builds(lambda text: Literal(text, language="en-gb"), words)
    | some.builds(
        lambda text, of: Literal(text, datatype=NamedNode(XSD + of)), words, datatypes
    )
)
nodes = iris | blanks
quads = some.builds(Quad, nodes, iris, nodes | literals, iris | some.just(DefaultGraph()))


@settings(max_examples=60)
@given(nodes | literals)
def test_term_comes_back(term: NamedNode | BlankNode | Literal) -> None:
    assert from_rdflib(to_rdflib(term)) == term


@settings(max_examples=40)
@given(some.sets(quads, max_size=5))
def test_graph_comes_back_without_names(dataset: set[Quad]) -> None:
    read = {(from_rdflib(s), from_rdflib(p), from_rdflib(o)) for s, p, o in to_graph(dataset)}
    assert read == {(quad.subject, quad.predicate, quad.object) for quad in dataset}


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [("0.50", "decimal"), ("007", "integer"), ("2019-04-01T00:00:00+00:00", "dateTime")],
)
def test_lexical_form_is_kept(lexical: str, datatype: str) -> None:
    term = to_rdflib(Literal(lexical, datatype=NamedNode(XSD + datatype)))
    assert str(term) == lexical


def test_string_is_plain_to_rdflib() -> None:
    assert to_rdflib(Literal("a")) == rdflib.Literal("a")


def test_what_rdflib_lacks_is_refused() -> None:
    node = NamedNode("http://example.org/a")
    with pytest.raises(TypeError, match="triple terms"):
        to_rdflib(Triple(node, node, node))
