"""The actors and things of a case: each name, type, role and principal is a claim of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.given import Given
from loaders.records import Attestation, Claim, Details
from loaders.tree import Tree
from loaders.values import value
from ontology import term
from ontology.identity import Term

# kind: path of its IRI, class, and whether the name alone tells it from every other thing
KINDS: Final[Mapping[str, tuple[str, str, bool]]] = MappingProxyType(
    {
        "account": ("account", "Account", False),
        "action": ("event", "EnforcementAction", False),
        "analyst": ("analyst", "Analyst", True),
        "announcement": ("work", "Announcement", False),
        "assets": ("assets", "AssetSet", False),
        "campaign": ("campaign", "HashtagCampaign", False),
        "event": ("event", "sem:Event", False),
        "group": ("group", "UnnamedGroup", False),
        "hashtag": ("hashtag", "Hashtag", True),
        "narrative": ("narrative", "Narrative", False),
        "network": ("network", "Network", False),
        "organization": ("org", "org:Organization", True),
        "outlet": ("outlet", "Outlet", True),
        "person": ("person", "foaf:Person", False),
        "place": ("place", "schema:Place", True),
        "post": ("post", "org:Post", True),
        "speaker": ("speaker", "UnnamedSpeaker", False),
        "spokesperson": ("speaker", "UnnamedSpokesperson", False),
        "statement": ("statement", "ReportedStatement", False),
        "work": ("work", "CitedWork", False),
    }
)

# key of the file: predicate of the claim, and what the value is
_PROPERTIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "name": ("name", "text"),
        "aliases": ("alias", "text"),
        "also": ("rdf:type", "value"),
        "date": ("sem:hasTimeStamp", "value"),
        "published": ("schema:datePublished", "value"),
        "handle": ("handle", "string"),
        "owned_by": ("ownedBy", "thing"),
        "part_of": ("dcterms:isPartOf", "thing"),
        "platform": ("onPlatform", "value"),
        "publisher": ("schema:publisher", "thing"),
        "speaks_for": ("speaksFor", "thing"),
        "wikidata": ("skos:exactMatch", "wikidata"),
    }
)
OWN: Final = ("curator", "things")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(frozen=True)
class Things:
    """The things of one file, by the key that the case's other files use."""

    tree: Tree
    given: Given

    @cached_property
    def iris(self) -> Mapping[str, NamedNode]:
        """Return each key's IRI."""
        things = self.tree.need("things").items()
        return {key: self._iri(key, thing) for key, thing in things.items()}

    @property
    def curator(self) -> NamedNode:
        """Return the analyst in whose voice the file speaks."""
        return self.find(self.tree.need("curator"))

    def find(self, tree: Tree) -> NamedNode:
        """Return the IRI of the key that a value of a file spells."""
        key = tree.scalar()
        if key not in self.iris:
            raise tree.fault(f"names {key!r}, which is no key of {self.tree.source.path.name}")
        return self.iris[key]

    def records(self) -> Iterator[Attestation]:
        """Yield one attestation for each name, type and tie of each thing."""
        for key, thing in self.tree.need("things").items().items():
            thing.only("kind", "note", "basis", *_PROPERTIES)
            yield self._kind(self.iris[key], thing)
            for name, (predicate, sort) in _PROPERTIES.items():
                for found in thing.each(name):
                    claim = Claim(self.iris[key], term(predicate), self._value(found, sort))
                    yield self.said(claim, found, self._basis(thing, name))

    def said(self, claim: Claim, where: Tree, details: Details = ()) -> Attestation:
        """Return the curator's assertion of a claim, made in a place of a file of the case."""
        details = (*details, *self.given.membership)
        place = where.entry(self.given.mint)
        stance, mode = term("Assertion"), term("asserted")
        return Attestation(claim, stance, mode, self.curator, place, details=details)

    def _iri(self, key: str, thing: Tree) -> NamedNode:
        kind = thing.text("kind")
        if kind not in KINDS:
            raise thing.fault(f"is of unknown kind {kind!r}; known are {sorted(KINDS)}")
        path, _, by_name = KINDS[kind]
        mint = self.given.mint
        if kind == "account" and thing.get("handle"):
            platform = thing.text("platform").removeprefix("rec:")
            return mint.account(platform, handle=thing.text("handle"))
        if kind == "hashtag":
            return mint.hashtag(thing.text("name"))
        if by_name:
            return mint.named(path, key)
        return mint.named(path, key, self.tree.source.dataset)

    def _kind(self, iri: NamedNode, thing: Tree) -> Attestation:
        kind = thing.need("kind")
        claim = Claim(iri, term("rdf:type"), term(KINDS[kind.scalar()][1]))
        return self.said(claim, kind)

    def _basis(self, thing: Tree, name: str) -> Details:
        if name not in ("date", "published"):
            return ()
        return ((term("timeBasis"), value(thing.need("basis").scalar())),)

    def _value(self, found: Tree, sort: str) -> Term:
        spelled = found.scalar()
        match sort:
            case "thing":
                return self.find(found)
            case "wikidata":
                return NamedNode(_WIKIDATA + spelled)
            case "value":
                return value(spelled)
            case "string":
                return Literal(spelled)
            case _:
                return Literal(spelled, language="en")
