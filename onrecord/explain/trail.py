"""Following evidence from node to node until everything named has a source."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from ontology import VOCABULARY_GRAPH, term
from ontology.flags import PROJECTED

_TYPE: Final = term("rdf:type")

# what a thing is called, is, does for a living and for whom: shown with it, so followed with it
_NAMING: Final = frozenset(PROJECTED) | {
    term(word)
    for word in (
        "actorType", "org:holds", "org:memberOf", "org:postIn", "org:subOrganizationOf",
        "schema:hasOccupation", "schema:honorificPrefix", "schema:worksFor",
    )
}  # fmt: skip

# by which properties others lead to a node
_OF_CLAIMS: Final = ("claim", "premise", "consequence", "assessed", "canonicalClaim")
_OF_THINGS: Final = ("first", "second")
_OF_SOURCES: Final = ("withdrew", "erased")
_SOURCES: Final = frozenset(term(word) for word in ("Document", "LoaderRun", "Tombstone"))
_NEVER: Final = frozenset(
    {_TYPE, term("rdf:predicate"), term("status"), term("slot"), term("aspect")}
)

MOST_NODES: Final = 20_000
_MOST_NEIGHBOURS: Final = 500  # of one node by one property
_MOST_NAMED: Final = 2_000  # claims about one thing that are searched for its names


class Trail:
    """The triples that lead from nodes to their sources; each node is followed once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.triples: list[Triple] = []
        self._snapshot = snapshot
        self._seen: set[NamedNode] = set()
        self._ahead: list[NamedNode] = []

    def follow(self, node: NamedNode) -> None:
        """Take a node's own triples, and remember where they lead."""
        if node in self._seen or len(self._seen) >= MOST_NODES:
            return
        self._seen.add(node)
        star = list(self._some(node, self._snapshot.quads(node, None, None, DEFAULT)))
        self.triples.extend(quad.triple for quad in star)
        self._ahead.extend(self._forwards(star))
        self._ahead.extend(self._backwards(node, star))

    def walk(self) -> None:
        """Follow whatever lies ahead until nothing does."""
        while self._ahead:
            self.follow(self._ahead.pop())
        if len(self._seen) >= MOST_NODES:
            self.remark(next(iter(self._seen)), f"Cut after {MOST_NODES} nodes.")

    def word(self, iri: NamedNode) -> bool:
        """Take what the vocabulary says of a word; return whether it says anything."""
        found = list(self._snapshot.quads(iri, None, None, VOCABULARY_GRAPH))
        self.triples.extend(quad.triple for quad in found)
        return bool(found)

    def remark(self, node: NamedNode, text: str) -> None:
        """Say in the data that something was left out."""
        self.triples.append(Triple(node, term("rdfs:comment"), Literal(text, language="en")))

    def _forwards(self, star: Iterable[Quad]) -> Iterator[NamedNode]:
        for quad in star:
            if quad.predicate not in _NEVER and isinstance(quad.object, NamedNode):
                yield quad.object

    def _backwards(self, node: NamedNode, star: list[Quad]) -> Iterator[NamedNode]:
        words: tuple[str, ...] = _OF_THINGS
        types = {quad.object for quad in star if quad.predicate == _TYPE}
        if term("Claim") in types:
            words = _OF_CLAIMS
        elif term("Attestation") in types or term("Relay") in types:
            words = ("relay",)
        else:
            yield from self._naming(node)
        if types & _SOURCES:
            words = _OF_SOURCES
        for word in words:
            yield from self._subjects(node, word)
        if term("Document") in types:
            yield from self._marked(node)

    def _marked(self, document: NamedNode) -> Iterator[NamedNode]:
        """Yield the runs over a document that are marked: it may have been told later."""
        for run in self._subjects(document, "prov:used"):
            if any(self._snapshot.quads(run, term("marking"), None, DEFAULT)):
                yield run

    def _naming(self, thing: NamedNode) -> Iterator[NamedNode]:
        """Yield the claims that say what a thing is called, and what and whose it is."""
        found = self._snapshot.quads(None, term("rdf:subject"), thing, DEFAULT)
        for quad in self._some(thing, found, _MOST_NAMED):
            claim = quad.subject
            if isinstance(claim, NamedNode) and self._predicate(claim) in _NAMING:
                yield claim

    def _predicate(self, claim: NamedNode) -> object:
        found = self._snapshot.quads(claim, term("rdf:predicate"), None, DEFAULT)
        return next((quad.object for quad in found), None)

    def _subjects(self, node: NamedNode, word: str) -> Iterator[NamedNode]:
        found = self._snapshot.quads(None, term(word), node, DEFAULT)
        for quad in self._some(node, found):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _some(
        self, node: NamedNode, quads: Iterator[Quad], most: int = _MOST_NEIGHBOURS
    ) -> Iterator[Quad]:
        yield from islice(quads, most)
        if next(quads, None) is not None:
            self.remark(node, f"Shown are {most} of its neighbours; there are more.")
