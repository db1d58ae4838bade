"""The rules of `ontology/shapes.ttl`, held against what is loaded or against the whole record.

The same file in SHACL is read here and walked natively, for pyshacl takes some 6 ms a record: a
quarter of an hour for 200,000 claims. This knows the constraint components that the file uses,
and no others; tests hold it against pyshacl.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Final, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from onrecord.errors import ShapeViolation, in_short
from onrecord.store import Snapshot
from ontology import FOLDER, term

_SHOWN: Final = 5
_DEFAULT: Final = DefaultGraph()
_TYPE: Final = term("rdf:type")
_STRING: Final = str(term("xsd:string"))
_IN_A_LANGUAGE: Final = str(Literal("", language="en").datatype)
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

Values = list[str]
"""Terms as N-Triples spells them."""

Shapes = Mapping[str, Mapping[str, Values]]
"""Nodes as N-Triples spells them, with their values by the word, without its namespace."""


class Types(Protocol):
    """What knows which types a node has."""

    def has_type(self, node: str, kind: str) -> bool:
        """Return whether a node has a type, both as N-Triples spells them."""


Test = Callable[[Types, Values], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One property shape: which nodes, which property, what must hold, and how to say so."""

    target: str
    path: str
    message: str
    tests: tuple[Test, ...]
    looks: frozenset[str]  # the constraint components that it has

    def is_kept(self, types: Types, values: Values) -> bool:
        """Return whether the values of the property keep the rule."""
        return all(test(types, values) for test in self.tests)


class _Nothing:
    """No types at all."""

    def has_type(self, node: str, kind: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class _Held:
    """The types that a store holds."""

    snapshot: Snapshot

    def has_type(self, node: str, kind: str) -> bool:
        return _quad(node, kind) in self.snapshot


def broken_rules(
    snapshot: Snapshot, nodes: Iterable[NamedNode] | None = None
) -> Iterator[tuple[NamedNode, str]]:
    """Yield each node that breaks a rule, with the rule in words: of some nodes, or of all."""
    chosen = None if nodes is None else sorted(set(nodes), key=str)
    held = _Held(snapshot)
    kinds = {one: _values(snapshot.quads(one, _TYPE, None, _DEFAULT)) for one in chosen or ()}
    for rule in rules():
        path, target = NamedNode(rule.path[1:-1]), NamedNode(rule.target[1:-1])
        of_kind = (node for node, found in kinds.items() if rule.target in found)
        for node in _targets(snapshot, target) if chosen is None else of_kind:
            values = _values(snapshot.quads(node, path, None, _DEFAULT))
            if not rule.is_kept(held, values):
                yield node, rule.message


def refuse_broken(found: Iterable[tuple[object, object]]) -> None:
    """Raise ShapeViolation, naming nodes and rules, if there are any."""
    lines = sorted(f"{node}: {message}" for node, message in found)
    if lines:
        raise ShapeViolation(in_short(lines, _SHOWN))


def _targets(snapshot: Snapshot, kind: NamedNode) -> Iterator[NamedNode]:
    found = snapshot.quads(None, _TYPE, kind, _DEFAULT)
    return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the property shapes of `shapes.ttl`."""
    shapes = _shapes()
    return tuple(
        _rule(shapes, target, shape)
        for _, said in sorted(shapes.items())
        for target in sorted(said.get("targetClass", ()))
        for shape in sorted(said.get("property", ()))
    )


@cache
def rules_by_type() -> Mapping[str, tuple[tuple[Rule, ...], Mapping[str, tuple[Rule, ...]]]]:
    """Return for each class the rules that want a value, and all of its rules by property."""
    nothing = _Nothing()
    found = {}
    for kind in {rule.target for rule in rules()}:
        own = [rule for rule in rules() if rule.target == kind]
        required = tuple(rule for rule in own if not rule.is_kept(nothing, []))
        by_path = {
            path: tuple(rule for rule in own if rule.path == path)
            for path in {rule.path for rule in own}
        }
        found[kind] = (required, by_path)
    return found


def _rule(shapes: Shapes, target: str, shape: str) -> Rule:
    said = {word: value for word, (value,) in shapes[shape].items()}
    path, message = said.pop("path"), _lexical(said.pop("message"))
    said.pop("type")
    tests = tuple(_COMPONENTS[part](shapes, value) for part, value in sorted(said.items()))
    return Rule(target, path, message, tests, frozenset(said))


def _values(quads: Iterator[Quad]) -> Values:
    found = (quad.object for quad in quads)
    return [str(value) for value in found if isinstance(value, NamedNode | Literal)]


def _quad(node: str, kind: str) -> Quad:
    return Quad(NamedNode(node[1:-1]), _TYPE, NamedNode(kind[1:-1]), _DEFAULT)


def _datatype_of(value: str) -> str:
    """Return the datatype of a spelled literal; nothing of another term."""
    if value[0] != '"':
        return ""
    if value[-1] == '"':
        return _STRING
    return value[value.rindex('"^^') + 3 :] if value[-1] == ">" else _IN_A_LANGUAGE


def _lexical(value: str) -> str:
    """Return what a spelled term says, without datatype or language."""
    if value.startswith("<"):
        return value[1:-1]
    said = value[1 : value.rindex('"')]
    return _ESCAPE.sub(_unescaped, said) if "\\" in said else said


def _unescaped(found: re.Match[str]) -> str:
    sign = found[0][1:]
    return chr(int(sign[1:], 16)) if sign[0] in "uU" else _ESCAPED.get(sign, sign)


def _count(shapes: Shapes, bound: str, sign: int) -> Test:
    limit = int(_lexical(bound))
    return lambda _, values: (len(values) - limit) * sign >= 0


def _each(test: Callable[[Types, str], bool]) -> Test:
    def holds(types: Types, values: Values) -> bool:
        if len(values) == 1:  # mostly so, and quicker
            return test(types, values[0])
        return all(test(types, value) for value in values)

    return holds


def _datatype(shapes: Shapes, kind: str) -> Test:
    return _each(lambda _, value: _datatype_of(value) == kind)


def _class(shapes: Shapes, kind: str) -> Test:
    return _each(lambda types, value: value.startswith("<") and types.has_type(value, kind))


def _in(shapes: Shapes, members: str) -> Test:
    allowed = set(_members(shapes, members))
    return _each(lambda _, value: value in allowed)


def _has_value(shapes: Shapes, needed: str) -> Test:
    return lambda _, values: needed in values


def _node_kind(shapes: Shapes, kind: str) -> Test:
    wanted = {"IRI": "<", "Literal": '"', "IRIOrLiteral": '<"'}[_local(kind)]
    return _each(lambda _, value: value[0] in wanted)


def _pattern(shapes: Shapes, pattern: str) -> Test:
    wanted = re.compile(_lexical(pattern))
    return _each(lambda _, value: bool(wanted.search(_lexical(value))))


def _bound(shapes: Shapes, limit: str, sign: int) -> Test:
    bound = Decimal(_lexical(limit))

    def is_within(_: Types, value: str) -> bool:
        try:
            return (Decimal(_lexical(value)) - bound) * sign >= 0
        except InvalidOperation:  # no number, or none that can be compared
            return False

    return _each(is_within)


def _or(shapes: Shapes, members: str) -> Test:
    kinds = {kind for one in _members(shapes, members) for kind in shapes[one]["datatype"]}
    return _each(lambda _, value: _datatype_of(value) in kinds)


_COMPONENTS: Final[Mapping[str, Callable[[Shapes, str], Test]]] = {
    "class": _class,
    "datatype": _datatype,
    "hasValue": _has_value,
    "in": _in,
    "maxCount": partial(_count, sign=-1),
    "maxInclusive": partial(_bound, sign=-1),
    "minCount": partial(_count, sign=1),
    "minInclusive": partial(_bound, sign=1),
    "nodeKind": _node_kind,
    "or": _or,
    "pattern": _pattern,
}


@cache
def _shapes() -> Shapes:
    found: dict[str, dict[str, Values]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(FOLDER / "shapes.ttl"), format=RdfFormat.TURTLE):
        found[str(quad.subject)][_local(str(quad.predicate))].append(str(quad.object))
    return {node: dict(said) for node, said in found.items()}


def _local(iri: str) -> str:
    return iri[iri.rindex("#") + 1 : -1]


def _members(shapes: Shapes, head: str) -> Iterator[str]:
    """Yield the members of an RDF collection (RDF Schema 1.1, section 5.2)."""
    while head in shapes:
        (member,), (head,) = shapes[head]["first"], shapes[head]["rest"]
        yield member
