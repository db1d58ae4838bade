"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from onrecord.store import Snapshot
from ontology import PREFIXES, VOCABULARY_GRAPH, term
from ontology.flags import said
from ontology.graphs import STATUS_GRAPHS

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_SHACL: Final = "http://www.w3.org/ns/shacl#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD",
)  # fmt: skip
_INPUTS: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_MOST_GRAPHS: Final = 1_000
_EVIDENCE: Final = (
    "Claims, attestations, documents, runs and judgements: who said what, and where. No plain "
    "triple stands here, so no claim can be mistaken for a fact."
)
_VOCABULARY: Final = "The vocabulary, its schemes and shapes."
_MORE: Final = (
    f"Of its named graphs, {_MOST_GRAPHS:,} are described here; a query lists all: "
    "SELECT ?g { GRAPH ?g {} }"
)
_ANY: Final = "An ordinary default graph; this store keeps no record of who said what."

_A: Final = term("rdf:type")


def described(snapshot: Snapshot, address: str, is_plain: bool) -> Iterator[Triple]:
    """Yield the description of a service at an address: languages, formats, data set."""
    service = NamedNode(address)
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(service, _A, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    for language in ("SPARQL11Query", "SPARQL11Update"):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    for word, names in (("resultFormat", _RESULTS), ("inputFormat", _INPUTS)):
        for name in names:
            yield Triple(service, _sd(word), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("feature"), _sd("EmptyGraphs"))
    yield from _prefixes(service)
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _A, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _A, _sd("Graph"))
    meaning = _ANY if is_plain else _EVIDENCE
    yield Triple(default, term("rdfs:comment"), Literal(meaning, language="en"))
    graphs = _names(snapshot, is_plain)
    for number, graph in enumerate(islice(graphs, _MOST_GRAPHS)):
        yield from _graph(dataset, number, graph)
    if next(graphs, None):
        yield Triple(dataset, term("rdfs:comment"), Literal(_MORE, language="en"))


def _names(snapshot: Snapshot, is_plain: bool) -> Iterator[NamedNode]:
    """Yield the names of the graphs; those of status are there though they may be empty."""
    own = [] if is_plain else [*STATUS_GRAPHS, VOCABULARY_GRAPH]
    yield from own
    for name in snapshot.graphs():
        if isinstance(name, NamedNode) and name not in own:
            yield name


def _graph(dataset: BlankNode, number: int, name: NamedNode) -> Iterator[Triple]:
    entry, graph = BlankNode(f"entry{number}"), BlankNode(f"graph{number}")
    yield Triple(dataset, _sd("namedGraph"), entry)
    yield Triple(entry, _A, _sd("NamedGraph"))
    yield Triple(entry, _sd("name"), name)
    yield Triple(entry, _sd("graph"), graph)
    yield Triple(graph, _A, _sd("Graph"))
    meaning = said("skos:definition").get(name)
    if name == VOCABULARY_GRAPH:
        meaning = Literal(_VOCABULARY, language="en")
    if isinstance(meaning, Literal):
        yield Triple(graph, term("rdfs:comment"), meaning)


def _prefixes(service: NamedNode) -> Iterator[Triple]:
    for prefix, iri in PREFIXES.items():
        entry = BlankNode(f"prefix-{prefix}")
        yield Triple(service, NamedNode(f"{_SHACL}declare"), entry)
        yield Triple(entry, NamedNode(f"{_SHACL}prefix"), Literal(prefix))
        yield Triple(entry, NamedNode(f"{_SHACL}namespace"), Literal(iri))


def _sd(word: str) -> NamedNode:
    return NamedNode(_SD + word)
