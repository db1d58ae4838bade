"""The record as files: whole, by graph, or by case; nothing that is not in the store."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, serialize

from onrecord.errors import UnknownThing
from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from onrecord.store.protocol import Graph, Object
from ontology import PREFIXES, term
from ontology.flags import PROJECTED
from ontology.graphs import STATUS_GRAPHS
from queries.stored import canonical

FORMATS: Final = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
}

_GRAPHS: Final = Path(__file__).with_name("graphs.rq").read_text(encoding="utf-8")
_PREFIXED: Final = (RdfFormat.TRIG, RdfFormat.TURTLE)
_SORTED: Final = (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES)
_CHUNK: Final = 500_000  # lines sorted at once, some 120 MB

# from a case's attestations and judgements to everything that they stand on
_ONWARD: Final = frozenset(
    term(word)
    for word in (
        "claim", "relay", "passage", "inPart", "document", "record", "premise", "consequence",
        "prov:wasGeneratedBy", "prov:wasInvalidatedBy", "prov:used",
    )
)  # fmt: skip


def export(
    snapshot: Snapshot,
    output: IO[bytes],
    format: str,
    *,
    graph: Graph | None = None,
    case: NamedNode | None = None,
) -> None:
    """Write everything, a graph or a case; a format without graphs gets the default graph.

    N-Quads and N-Triples come sorted: without blank nodes that is the canonical form. Raises
    UnknownThing for a graph or a case of which the record knows nothing.
    """
    rdf = FORMATS[format]
    if graph is None and not rdf.supports_datasets:
        graph = DEFAULT
    quads = _of_case(snapshot, case, graph) if case else _of_graphs(snapshot, graph)
    first = list(islice(quads, 1))
    if not first and (case or graph != DEFAULT):
        named = case or graph
        raise UnknownThing(f"{named}: the record has nothing there, so nothing was exported")
    _write(chain(first, quads), output, rdf)


def _write(quads: Iterator[Quad], output: IO[bytes], rdf: RdfFormat) -> None:
    statements = quads if rdf.supports_datasets else (quad.triple for quad in quads)
    if rdf in _SORTED:
        for line in _sorted(f"{statement} .\n" for statement in statements):
            output.write(line.encode())
    else:
        prefixes = dict(PREFIXES) if rdf in _PREFIXED else None
        serialize(statements, output, rdf, prefixes=prefixes)


def _of_graphs(snapshot: Snapshot, graph: Graph | None) -> Iterator[Quad]:
    """Yield quads graph by graph and subject by subject, which keeps TriG and JSON-LD short."""
    graphs = (DEFAULT, *_named_graphs(snapshot)) if graph is None else (graph,)
    for each in graphs:
        yield from snapshot.quads(None, None, None, each)


def _named_graphs(snapshot: Snapshot) -> list[Graph]:
    found = snapshot.query(_GRAPHS)
    assert isinstance(found, QuerySolutions)
    return [name for solution in found if isinstance(name := solution[0], NamedNode)]


def _of_case(snapshot: Snapshot, case: NamedNode, graph: Graph | None) -> Iterator[Quad]:
    """Yield a case's evidence, the annotations that its claims give, and their plain triples.

    Status and the like are those of the whole record, of which the case may be a part.
    """
    claims: list[Mapping[NamedNode, Object]] = []
    members = [quad.subject for quad in snapshot.quads(None, term("case"), case, DEFAULT)]
    for star in _stars(snapshot, members):
        if graph in (None, DEFAULT):
            yield from star
        found = {quad.predicate: quad.object for quad in star}
        if term("rdf:subject") in found:
            claims.append(found)
    drawn = chain.from_iterable(_drawn(snapshot, claim) for claim in claims)
    yield from sorted({q for q in drawn if graph in (None, q.graph_name)}, key=_by_graph)


def _stars(snapshot: Snapshot, nodes: Iterable[object]) -> Iterator[list[Quad]]:
    ahead, seen = list(nodes), set[object]()
    while ahead:
        node = ahead.pop()
        if isinstance(node, NamedNode) and node not in seen:
            seen.add(node)
            star = list(snapshot.quads(node, None, None, DEFAULT))
            ahead.extend(quad.object for quad in star if quad.predicate in _ONWARD)
            ahead.extend(_parts(snapshot, node))
            yield star


def _parts(snapshot: Snapshot, document: NamedNode) -> Iterator[object]:
    """Yield the declared parts of a document, also those in which nothing was attested."""
    for quad in snapshot.quads(None, term("document"), document, DEFAULT):
        if any(snapshot.quads(quad.subject, term("partKind"), None, DEFAULT)):
            yield quad.subject


def _drawn(snapshot: Snapshot, claim: Mapping[NamedNode, Object]) -> Iterator[Quad]:
    """Yield the annotations and the plain triple that the record draws from a claim."""
    subject, predicate, found = (
        claim[term(word)] for word in ("rdf:subject", "rdf:predicate", "rdf:object")
    )
    assert isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
    word = PROJECTED.get(predicate)
    if isinstance(word, NamedNode):
        yield from snapshot.quads(subject, word, found, DEFAULT)
    for thing in (subject, found):
        if isinstance(thing, NamedNode):
            yield from snapshot.quads(thing, term("canonical"), None, DEFAULT)
    about = canonical(snapshot, subject)
    for graph in STATUS_GRAPHS:
        yield from snapshot.quads(about, predicate, canonical(snapshot, found), graph)


def _by_graph(quad: Quad) -> tuple[str, str]:
    return (str(quad.graph_name), str(quad.triple))


def _sorted(lines: Iterable[str]) -> Iterator[str]:
    """Yield distinct lines in order, however many there are."""
    rest = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[str]] = []
        while chunk := sorted(islice(rest, _CHUNK)):
            if len(chunk) < _CHUNK and not runs:
                yield from dict.fromkeys(chunk)
                return
            file = stack.enter_context(
                tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")
            )
            runs.append(file)
            file.writelines(chunk)
            file.seek(0)
        last = ""
        for line in heapq.merge(*runs):
            if line != last:
                yield line
            last = line
