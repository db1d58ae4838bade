"""The actors and things of a case: each name, type and principal is a claim of its own.

A name or alias is in English, or stands under its language: `name: {en: …, ur: …}`. A `note` is
for whoever reads the file; it is not loaded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.given import Given
from loaders.indicators import handle_in
from loaders.records import Attestation, Claim, Details
from loaders.tree import Tree
from loaders.values import english, moment, word
from onrecord.errors import BadInput
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
        "also": ("rdf:type", "word"),
        "date": ("sem:hasTimeStamp", "moment"),
        "published": ("schema:datePublished", "moment"),
        "handle": ("handle", "string"),
        "hashtag": ("uses", "thing"),
        "id": ("dcterms:identifier", "string"),
        "owned_by": ("ownedBy", "thing"),
        "part_of": ("dcterms:isPartOf", "thing"),
        "platform": ("onPlatform", "Platform"),
        "publisher": ("schema:publisher", "thing"),
        "speaks_for": ("speaksFor", "thing"),
        "wikidata": ("skos:exactMatch", "wikidata"),
    }
)
OWN: Final = ("curator", "things")
_DATED: Final = ("date", "published")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(frozen=True)
class Things:
    """The things of one file, by the key that the case's other files use."""

    tree: Tree
    given: Given

    @cached_property
    def iris(self) -> Mapping[str, NamedNode]:
        """Return each key's IRI; raises BadInput when two keys would share one."""
        keys: dict[NamedNode, str] = {}
        for key, thing in self._things.items():
            iri = self._iri(key, thing)
            if iri in keys:
                raise thing.fault(f"cannot be told from {keys[iri]!r}: both are <{iri.value}>")
            keys[iri] = key
        return {key: iri for iri, key in keys.items()}

    @cached_property
    def curator(self) -> NamedNode:
        """Return the analyst in whose voice the file speaks."""
        return self.find(self.tree.need("curator"))

    def find(self, tree: Tree) -> NamedNode:
        """Return the IRI of the key that a value of a file spells."""
        key = tree.scalar()
        if key not in self.iris:
            raise tree.fault(f"{key!r} is no key of {self.tree.source.path.name}")
        return self.iris[key]

    def records(self) -> Iterator[Attestation]:
        """Yield one attestation for each name, type and tie of each thing."""
        for key, thing in self._things.items():
            thing.only("kind", "note", "basis", *_PROPERTIES)
            if thing.get("basis") and not any(thing.get(name) for name in _DATED):
                raise thing.need("basis").fault("is the basis of no date")
            yield self._kind(self.iris[key], thing)
            for name, (predicate, sort) in _PROPERTIES.items():
                for found, value in self._values(thing, name, sort):
                    claim = Claim(self.iris[key], term(predicate), value)
                    yield self.said(claim, found, self._basis(thing, name))

    def said(self, claim: Claim, where: Tree, details: Details = ()) -> Attestation:
        """Return the curator's assertion of a claim, made in a place of a file of the case."""
        details = (*details, *self.given.membership)
        place = where.entry(self.given.mint)
        stance, mode = term("Assertion"), term("asserted")
        return Attestation(claim, stance, mode, self.curator, place, details=details)

    def value(self, found: Tree, sort: str) -> Term:
        """Return a value of a file: a thing, a time, a text, or a word of a scheme."""
        match sort:
            case "thing":
                return self.find(found)
            case "wikidata":
                return NamedNode(_WIKIDATA + found.read_as(_wikidata))
            case "moment":
                return found.read_as(moment)
            case "string":
                return Literal(found.scalar())
            case "text":
                return found.read_as(english)
            case "word":
                return found.read_as(word)
            case scheme:
                return found.word_of(scheme)

    @cached_property
    def _things(self) -> Mapping[str, Tree]:
        return self.tree.need("things").items()

    def _iri(self, key: str, thing: Tree) -> NamedNode:
        kind = thing.need("kind")
        if kind.scalar() not in KINDS:
            raise kind.fault(f"{kind.scalar()!r} is no kind; known are {', '.join(KINDS)}")
        if not key.strip():
            raise thing.fault("has an empty key")
        path, _, by_name = KINDS[kind.scalar()]
        mint = self.given.mint
        if kind.scalar() == "account" and (thing.get("id") or thing.get("handle")):
            platform = thing.need("platform").word_of("Platform")
            handle, id = thing.get("handle"), thing.text("id")
            if handle and not id and handle_in(platform, handle.scalar()) is None:
                raise handle.fault(f"{handle.scalar()!r} is no handle of one account")
            name = platform.value.rpartition("#")[2]
            return mint.account(name, id=id, handle=thing.text("handle"))
        if kind.scalar() == "hashtag":
            return thing.need("name").read_as(mint.hashtag)
        if by_name:
            return mint.named(path, key)
        return mint.named(path, key, self.tree.source.dataset)

    def _values(self, thing: Tree, name: str, sort: str) -> Iterator[tuple[Tree, Term]]:
        """Yield the values under a key, each with its place; texts may stand by language."""
        for found in thing.each(name):
            if sort != "text" or found.is_scalar:
                yield found, self.value(found, sort)
                continue
            for language, text in found.items().items():
                yield text, text.read_as(partial(_in_language, language))

    def _kind(self, iri: NamedNode, thing: Tree) -> Attestation:
        kind = thing.need("kind")
        claim = Claim(iri, term("rdf:type"), term(KINDS[kind.scalar()][1]))
        return self.said(claim, kind)

    def _basis(self, thing: Tree, name: str) -> Details:
        if name not in _DATED:
            return ()
        return ((term("timeBasis"), thing.need("basis").word_of("DateBasis")),)


def _in_language(language: str, spelled: str) -> Literal:
    """Return a text in a language, by its tag (BCP 47, section 2.1, without private tags)."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        raise BadInput(f"{language!r} is not the tag of a language, such as ur or ur-Latn")
    return Literal(spelled, language=language)


def _wikidata(spelled: str) -> str:
    if not re.fullmatch(r"Q[1-9][0-9]*", spelled):
        raise BadInput(f"{spelled!r} is not the id of a Wikidata item, such as Q42")
    return spelled
