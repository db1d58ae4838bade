"""The native check says of every example, and of the case, what pyshacl says."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from onrecord.shapes import broken_rules, rules
from onrecord.store import GenerationStore
from ontology import FOLDER, term
from tests.words import SHAPES, graph, shapes

EXAMPLES = sorted((FOLDER / "examples").glob("*/*.ttl"))


def natively(path: Path, folder: Path) -> set[tuple[str, str]]:
    quads = parse(path=str(path), format=RdfFormat.TURTLE)
    with GenerationStore(folder).write(path.name) as draft:
        draft.insert(quads)
        found = {(node.value, message) for node, message in broken_rules(draft)}
        draft.abandon()
    return found


def by_pyshacl(path: Path) -> set[tuple[str, str]]:
    _, report, _ = validate(graph(path), shacl_graph=graph(SHAPES))
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.objects(None, SH.result)
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_both_checks_find_the_same(path: Path, tmp_path: Path) -> None:
    assert natively(path, tmp_path) == by_pyshacl(path)


def test_every_rule_of_the_shapes_is_read() -> None:
    assert len(rules()) >= len(list(shapes().objects(None, SH.property)))


def test_some_nodes_can_be_checked_alone(tmp_path: Path) -> None:
    broken, whole = (NamedNode(f"https://example.org/claim/{name}") for name in ("a", "b"))
    with GenerationStore(tmp_path).write("two claims") as draft:
        for node in (broken, whole):
            draft.insert([Quad(node, term("rdf:type"), term("Claim"), DefaultGraph())])
        assert {node for node, _ in broken_rules(draft, [whole])} == {whole}
        assert {node for node, _ in broken_rules(draft)} == {broken, whole}
        draft.abandon()
