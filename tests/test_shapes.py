"""What must hold of evidence: the rules, and the examples that keep or break them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH, SKOS
from rdflib.term import Node

from ontology import FOLDER
from tests.words import REC, SHAPES, graph, minted, shapes, used_in, words

VALID: Final = sorted((FOLDER / "examples" / "valid").glob("*.ttl"))
INVALID: Final = sorted((FOLDER / "examples" / "invalid").glob("*.ttl"))
# The native check reads these and no others.
UNDERSTOOD: Final = """
    path minCount maxCount datatype class in nodeKind pattern minInclusive maxInclusive hasValue
    or message
"""


def name_of(path: Path) -> str:
    return path.stem


def broken_by(path: Path) -> set[str]:
    _, report, _ = validate(graph(path), shacl_graph=graph(SHAPES))
    assert isinstance(report, Graph)
    return {str(message) for message in report.objects(None, SH.resultMessage)}


def test_shapes_use_no_word_that_is_not_defined() -> None:
    own = set(shapes().subjects())
    assert used_in(shapes()) - own - set(words().subjects()) == set()


def test_shapes_keep_to_what_the_native_check_understands() -> None:
    rules = set(shapes().objects(None, SH.property))
    said = {predicate for rule in rules for predicate in shapes().predicates(rule)}
    assert said <= {RDF.type, *(SH[word] for word in UNDERSTOOD.split())}
    assert all(isinstance(rule, URIRef) for rule in rules)
    for option in options():
        assert set(shapes().predicates(option)) == {RDF.type, SH.datatype}


def options() -> Iterator[Node]:
    for options in shapes().objects(None, SH["or"]):
        yield from shapes().items(options)


def test_a_list_of_permitted_values_is_a_whole_scheme() -> None:
    schemes = {frozenset(words().subjects(SKOS.inScheme, s)) for s in all_schemes()}
    for permitted in shapes().objects(None, SH["in"]):
        assert frozenset(shapes().items(permitted)) - {REC.Attestation} in schemes


def all_schemes() -> Iterator[Node]:
    return words().subjects(RDF.type, SKOS.ConceptScheme)


def test_every_class_of_evidence_and_of_things_of_ours_has_a_shape() -> None:
    shaped = set(shapes().objects(None, SH.targetClass))
    for layer in (REC.evidence, REC.thing):
        classes = set(words().subjects(REC.layer, layer)) & minted()
        classes &= set(words().subjects(RDF.type, OWL.Class))
        assert classes <= shaped


def test_no_two_rules_read_the_same() -> None:
    messages = [str(message) for message in shapes().objects(None, SH.message)]
    assert len(messages) == len(set(messages))


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_valid_example_breaks_no_rule(path: Path) -> None:
    assert broken_by(path) == set()


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_invalid_example_breaks_just_the_rule_it_names(path: Path) -> None:
    first = path.read_text("utf-8").partition("\n")[0]
    assert broken_by(path) == {first.removeprefix("# breaks: ")}


def test_every_class_that_has_a_shape_has_a_valid_example() -> None:
    shaped = {cls for cls in shapes().objects(None, SH.targetClass) if cls in minted()}
    assert shaped <= set(graph(*VALID).objects(None, RDF.type))


def test_every_shape_is_broken_by_an_example() -> None:
    broken = {message for path in INVALID for message in broken_by(path)}
    for shape in set(shapes().subjects(SH.targetClass)):
        rules = shapes().objects(shape, SH.property)
        assert broken & {str(shapes().value(rule, SH.message)) for rule in rules}, shape


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=name_of)
def test_examples_use_no_word_that_is_not_defined(path: Path) -> None:
    assert used_in(graph(path)) - set(words().subjects()) == set()
