"""The rules of `ontology/shapes.ttl`, held against a load batch or against the whole record.

A batch goes through pyshacl before it enters. The whole record goes through `broken_rules`,
which reads the same file and walks the store's indexes: pyshacl would take a quarter of an
hour for 200,000 claims. It knows the constraint components that the file uses, and no others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Final

import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from onrecord.errors import ShapeViolation
from onrecord.store import Snapshot
from onrecord.store._terms import from_rdflib, to_graph
from ontology import FOLDER, term

_SHOWN: Final = 5
_DEFAULT: Final = DefaultGraph()
_TYPE: Final = term("rdf:type")

Values = list[NamedNode | Literal]
Test = Callable[[Snapshot, Values], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One property shape: which nodes, which property, what must hold, and how to say so."""

    target: NamedNode
    path: NamedNode
    message: str
    tests: tuple[Test, ...]


def gate(triples: Iterable[Triple]) -> None:
    """Raise ShapeViolation, naming nodes and rules, when a load batch breaks a shape."""
    import pyshacl  # takes half a second, which only loading should pay

    rules = rdflib.Graph() + _shapes()  # pyshacl adds to the graph that it is given
    _, report, _ = pyshacl.validate(to_graph(triples), shacl_graph=rules)
    assert isinstance(report, rdflib.Graph)
    refuse_broken(
        (report.value(result, SH.focusNode), report.value(result, SH.resultMessage))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def broken_rules(
    snapshot: Snapshot, nodes: Iterable[NamedNode] | None = None
) -> Iterator[tuple[NamedNode, str]]:
    """Yield each node that breaks a rule, with the rule in words: of some nodes, or of all."""
    chosen = None if nodes is None else sorted(set(nodes), key=str)
    for rule in rules():
        for node in _targets(snapshot, rule) if chosen is None else chosen:
            if chosen is None or Quad(node, _TYPE, rule.target, _DEFAULT) in snapshot:
                values = _values(snapshot.quads(node, rule.path, None, _DEFAULT))
                if not all(test(snapshot, values) for test in rule.tests):
                    yield node, rule.message


def refuse_broken(found: Iterable[tuple[object, object]]) -> None:
    """Raise ShapeViolation, naming nodes and rules, if there are any."""
    lines = sorted(f"{node}: {message}" for node, message in found)
    if lines:
        more = f" (and {len(lines) - _SHOWN} more)" if len(lines) > _SHOWN else ""
        raise ShapeViolation("; ".join(lines[:_SHOWN]) + more)


def _targets(snapshot: Snapshot, rule: Rule) -> Iterator[NamedNode]:
    found = snapshot.quads(None, _TYPE, rule.target, _DEFAULT)
    return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the property shapes of `shapes.ttl`."""
    graph = _shapes()
    return tuple(
        _rule(graph, target, shape)
        for node in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)
        for target in sorted(graph.objects(node, SH.targetClass), key=str)
        for shape in sorted(graph.objects(node, SH.property), key=str)
    )


def _rule(graph: rdflib.Graph, target: rdflib.term.Node, shape: rdflib.term.Node) -> Rule:
    said = dict(graph.predicate_objects(shape))
    path, message = said.pop(SH.path), str(said.pop(SH.message))
    said.pop(RDF.type)
    tests = tuple(_COMPONENTS[part](graph, value) for part, value in sorted(said.items()))
    return Rule(_iri(target), _iri(path), message, tests)


def _values(quads: Iterator[Quad]) -> Values:
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def _iri(node: rdflib.term.Node) -> NamedNode:
    return NamedNode(str(node))


def _count(graph: rdflib.Graph, bound: rdflib.term.Node, sign: int) -> Test:
    limit = int(str(bound))
    return lambda _, values: (len(values) - limit) * sign >= 0


def _each(test: Callable[[Snapshot, NamedNode | Literal], bool]) -> Test:
    return lambda snapshot, values: all(test(snapshot, value) for value in values)


def _datatype(graph: rdflib.Graph, wanted: rdflib.term.Node) -> Test:
    kind = _iri(wanted)
    return _each(lambda _, value: isinstance(value, Literal) and value.datatype == kind)


def _class(graph: rdflib.Graph, wanted: rdflib.term.Node) -> Test:
    kind = _iri(wanted)
    return _each(
        lambda snapshot, value: (
            isinstance(value, NamedNode)
            and Quad(value, term("rdf:type"), kind, _DEFAULT) in snapshot
        )
    )


def _in(graph: rdflib.Graph, members: rdflib.term.Node) -> Test:
    allowed = {from_rdflib(member) for member in Collection(graph, members)}
    return _each(lambda _, value: value in allowed)


def _has_value(graph: rdflib.Graph, wanted: rdflib.term.Node) -> Test:
    needed = from_rdflib(wanted)
    return lambda _, values: needed in values


def _node_kind(graph: rdflib.Graph, kind: rdflib.term.Node) -> Test:
    kinds = {SH.IRI: NamedNode, SH.Literal: Literal, SH.IRIOrLiteral: NamedNode | Literal}
    wanted = kinds[rdflib.URIRef(str(kind))]
    return _each(lambda _, value: isinstance(value, wanted))


def _pattern(graph: rdflib.Graph, pattern: rdflib.term.Node) -> Test:
    wanted = re.compile(str(pattern))
    return _each(lambda _, value: bool(wanted.search(value.value)))


def _bound(graph: rdflib.Graph, limit: rdflib.term.Node, sign: int) -> Test:
    bound = Decimal(str(limit))
    return _each(lambda _, value: (Decimal(value.value) - bound) * sign >= 0)


def _or(graph: rdflib.Graph, members: rdflib.term.Node) -> Test:
    kinds = {
        _iri(kind)
        for one in Collection(graph, members)
        for kind in graph.objects(one, SH.datatype)
    }
    return _each(lambda _, value: isinstance(value, Literal) and value.datatype in kinds)


_COMPONENTS: Final[Mapping[object, Callable[[rdflib.Graph, rdflib.term.Node], Test]]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.hasValue: _has_value,
    SH["in"]: _in,
    SH.maxCount: partial(_count, sign=-1),
    SH.maxInclusive: partial(_bound, sign=-1),
    SH.minCount: partial(_count, sign=1),
    SH.minInclusive: partial(_bound, sign=1),
    SH.nodeKind: _node_kind,
    SH["or"]: _or,
    SH.pattern: _pattern,
}


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")
