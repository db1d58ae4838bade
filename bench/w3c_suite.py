"""Reading the W3C's SPARQL tests: manifests, data, answers, and what agrees with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from bench.w3c_answers import FORMATS, Answer, Row, Term, agree, stated

Store: TypeAlias = dict[str, str]  # N-Triples by the name of their graph; "" is the default one

BASE: Final = "http://example/suite/"  # where the files of the suite are said to stand
MF: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
DAWGT: Final = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
KINDS: Final[Mapping[str, str]] = {
    f"{MF}QueryEvaluationTest": "query",
    f"{MF}CSVResultFormatTest": "query",
    f"{MF}UpdateEvaluationTest": "update",
    f"{UT}UpdateEvaluationTest": "update",
    f"{MF}PositiveSyntaxTest": "good query",
    f"{MF}PositiveSyntaxTest11": "good query",
    f"{MF}NegativeSyntaxTest": "bad query",
    f"{MF}NegativeSyntaxTest11": "bad query",
    f"{MF}PositiveUpdateSyntaxTest11": "good update",
    f"{MF}NegativeUpdateSyntaxTest11": "bad update",
}
LEFT_OUT: Final = {
    "entailment",
    "service",
    "protocol",
    "service-description",
    "http-rdf-update",
}
GRAPHS: Final = {"text/turtle": "turtle", "application/n-triples": "nt"}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: what is sent to a store that holds what, and what has to come of it."""

    what: str
    group: str
    name: str
    kind: str
    sparql: str
    store: Store = field(default_factory=dict)
    result: Path | None = None
    after: Store | None = None
    is_lax: bool = False

    @property
    def accept(self) -> str:
        """Return the media type to ask for: that of a format under test, else JSON."""
        suffix = self.result.suffix if self.result else ""
        wanted = FORMATS.get(suffix, FORMATS[".srj"])
        return f"{wanted}, {FORMATS['.srj']};q=0.5, text/turtle;q=0.5"

    def agrees_with(self, kind: str, body: bytes) -> bool:
        """Return whether an answer is the expected one."""
        assert self.result is not None
        expected = _expected(self.result)
        if kind in GRAPHS:
            found = rdflib.Graph().parse(data=body, format=GRAPHS[kind])
            return isinstance(expected, rdflib.Graph) and isomorphic(expected, found)
        if isinstance(expected, rdflib.Graph):
            return False
        return agree(expected, stated(kind, body), self.is_lax)

    def agrees_with_store(self, found: Store) -> bool:
        """Return whether a store holds what it has to hold after an update."""
        after = {name: _graph(text) for name, text in (self.after or {}).items() if text}
        held = {name: _graph(text) for name, text in found.items() if text.strip()}
        return after.keys() == held.keys() and all(
            isomorphic(after[name], held[name]) for name in after
        )


def suite(folder: Path) -> Iterator[Case]:
    """Yield the approved tests of a folder."""
    rdflib.NORMALIZE_LITERALS = False
    for what, part in (("1.1", "sparql11"), ("1.0", "dawg-data-r2")):
        for path in sorted((folder / part).glob("*/manifest.ttl")):
            if path.parent.name not in LEFT_OUT:
                yield from _cases(what, path)


def _cases(what: str, path: Path) -> Iterator[Case]:
    graph = rdflib.Graph().parse(path, publicID=_iri(path), format="turtle")
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            types = (str(kind) for kind in graph.objects(test, rdflib.RDF.type))
            kind = next((KINDS[found] for found in types if found in KINDS), "")
            is_approved = (test, DAWGT.approval, DAWGT.Approved) in graph
            if kind and is_approved:
                yield _case(what, path, graph, test, kind)


def _case(
    what: str, path: Path, graph: rdflib.Graph, test: rdflib.term.Node, kind: str
) -> Case:
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    assert action is not None
    file = graph.value(action, QT.query) or graph.value(action, UT.request) or action
    sparql = _path(path, file).read_text("utf-8")
    label = "evaluation" if kind in ("query", "update") else "syntax"
    is_update = kind == "update"
    return Case(
        f"SPARQL {what} {label}",
        path.parent.name,
        str(graph.value(test, MF.name)).strip(),
        kind,
        sparql if label == "syntax" else f"BASE <{file}>\n{sparql}",
        _store(path, graph, action, sparql) if label == "evaluation" else {},
        _path(path, result) if result is not None and kind == "query" else None,
        _store(path, graph, result, "") if result is not None and is_update else None,
        (test, MF.resultCardinality, MF.LaxCardinality) in graph,
    )


def _store(path: Path, graph: rdflib.Graph, node: rdflib.term.Node, sparql: str) -> Store:
    """Return the data of a test; what a query names by FROM is there under its name."""
    store: dict[str, list[str]] = {}
    for word in (QT.data, UT.data):
        for file in graph.objects(node, word):
            store.setdefault("", []).append(_triples(_path(path, file)))
    for word in (QT.graphData, UT.graphData):
        for entry in graph.objects(node, word):
            file = graph.value(entry, UT.graph) or graph.value(entry, UT.data) or entry
            name = graph.value(entry, rdflib.RDFS.label) or file
            store.setdefault(str(name), []).append(_triples(_path(path, file)))
    for name in FROM.findall(sparql):
        found = path.parent / name
        if found.is_file():
            store.setdefault(_iri(found), [_triples(found)])
    return {name: "".join(texts) for name, texts in store.items()}


def _triples(path: Path) -> str:
    format = RdfFormat.from_extension(path.suffix.lstrip(".")) or RdfFormat.TURTLE
    quads = pyoxigraph.parse(path=str(path), format=format, base_iri=_iri(path))
    written = pyoxigraph.serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES)
    return (written or b"").decode()


def _graph(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="nt")


def _expected(path: Path) -> Answer | rdflib.Graph:
    if path.suffix in FORMATS:
        return stated(FORMATS[path.suffix], path.read_bytes())
    format = "xml" if path.suffix == ".rdf" else "turtle"
    graph = rdflib.Graph().parse(path, publicID=_iri(path), format=format)
    sets = list(graph.subjects(rdflib.RDF.type, RS.ResultSet))
    if not sets:
        return graph
    truth = graph.value(sets[0], RS.boolean)
    if truth is not None:
        return Answer(truth=str(truth) == "true")
    solutions = sorted(graph.objects(sets[0], RS.solution), key=lambda s: _index(graph, s))
    is_ordered = any((s, RS["index"], None) in graph for s in solutions)
    return Answer(rows=[_row(graph, s) for s in solutions], is_ordered=is_ordered)


def _index(graph: rdflib.Graph, solution: rdflib.term.Node) -> int:
    return int(str(graph.value(solution, RS["index"]) or 0))


def _row(graph: rdflib.Graph, solution: rdflib.term.Node) -> Row:
    row = {}
    for binding in graph.objects(solution, RS.binding):
        value = graph.value(binding, RS.value)
        row[str(graph.value(binding, RS.variable))] = _term(value)
    return row


def _term(value: object) -> Term:
    match value:
        case rdflib.BNode():
            return BlankNode(str(value))
        case rdflib.Literal() if value.language:
            return Literal(str(value), language=value.language.lower())
        case rdflib.Literal() if value.datatype:
            return Literal(str(value), datatype=NamedNode(str(value.datatype)))
        case rdflib.Literal():
            return Literal(str(value))
        case _:
            return NamedNode(str(value))


def _iri(path: Path) -> str:
    return f"{BASE}{path.parent.name}/{path.name}"


def _path(manifest: Path, iri: rdflib.term.Node) -> Path:
    return manifest.parent / str(iri).rpartition("/")[2]


def in_brief(error: Exception) -> str:
    """Return an error in one line."""
    return f"{type(error).__name__}: {error}".split("\n")[0][:120]
