"""The galaxies of MISP: catalogues whose entries have names, whoever uses which of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.countries import countries
from loaders.details import sure
from loaders.json_parts import list_in, object_in
from loaders.members import Member
from loaders.misp_catalogues import Galaxy, authored
from loaders.misp_producers import PRODUCERS
from loaders.misp_relations import relate
from loaders.records import Claim, Details, Record
from loaders.telling import Telling, scalar
from loaders.values import english
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint

UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SCALE: Final = "attribution-confidence of MISP, from 0 to 100"
_READ: Final = frozenset({"description", "meta", "related", "uuid", "value"})


def entry_of(uuid: str, mint: Mint) -> NamedNode:
    """Return an entry of any catalogue; producers are organisations known by their names."""
    known = PRODUCERS.get(uuid.lower())
    return mint.named("org", known) if known else mint.activity("entry", uuid.lower())


def cluster(voice: Voice, galaxy: Galaxy, member: Member) -> list[Record]:
    """Return what one entry of a catalogue says; raises Refused for one without a name."""
    value = member.value
    if not isinstance(value, dict):
        raise member.fault("", "", value, "has to be an object")
    uuid, name = scalar(value.get("uuid")), scalar(value.get("value"))
    if not name:
        raise member.fault(uuid, "value", value.get("value"), "is empty: the entry has no name")
    if reason := galaxy.why_unnamed(name):
        raise member.fault(uuid or name, "value", name, reason)
    telling = Telling.of(voice, member, uuid or name)
    telling.chain = authored(telling, galaxy)
    node = _listed(telling, galaxy, uuid, name)
    if text := telling.text("description", value.get("description")):
        telling.describe(node, "description", text)
    meta = object_in(value.get("meta"))
    if value.get("meta") and not meta:
        telling.refuse("meta", value["meta"], "has to be an object")
    _Meta(telling, galaxy, node, name, meta).tell()
    for related in list_in(value.get("related")):
        _related(telling, galaxy, node, related)
    for key in sorted(value.keys() - _READ):
        for text in telling.texts(key, value[key]):
            telling.describe(node, key, text)
    return telling.records


def _listed(telling: Telling, galaxy: Galaxy, uuid: str, name: str) -> NamedNode:
    mint = telling.mint
    if galaxy.type == "producer":
        node = mint.named("org", PRODUCERS.get(uuid.lower(), name))
    elif UUID.fullmatch(uuid):
        node = entry_of(uuid, mint)
    else:
        node = mint.named("entry", name, galaxy.uuid or galaxy.name or galaxy.type)
    telling.say(node, "rdf:type", term(galaxy.kind))
    telling.say(node, "name", Literal(name))
    if uuid:
        telling.say(node, "dcterms:identifier", Literal(uuid))
    catalogue = galaxy.node(mint)
    title = galaxy.name or galaxy.type or telling.voice.file.dataset
    told = (
        Claim(catalogue, term("describedAs"), Literal(text), ((term("inField"), Literal(key)),))
        for key, text in galaxy.around
    )
    telling.introduce(catalogue, "schema:Dataset", title, *told)
    telling.say(node, "listedIn", catalogue)
    return node


def _related(telling: Telling, galaxy: Galaxy, node: NamedNode, related: Any) -> None:
    found = object_in(related)
    uuid, kind = scalar(found.get("dest-uuid")), scalar(found.get("type"))
    if not (UUID.fullmatch(uuid) and kind):
        telling.refuse(
            "related", related, "lacks the uuid of the other, or the relation's type"
        )
        return
    target = entry_of(uuid, telling.mint)
    if uuid.lower() not in galaxy.here:
        introduce_by_uuid(telling, uuid)
    relate(telling, node, kind, target, found.get("tags"))
    for key in sorted(found.keys() - {"dest-uuid", "tags", "type"}):
        telling.refuse(f"related {key}", found[key], "is no field of a relation that is read")


def introduce_by_uuid(telling: Telling, uuid: str, kind: str = "") -> NamedNode:
    """Add the little that is known of an entry that is not at hand; return it."""
    node, known = entry_of(uuid, telling.mint), PRODUCERS.get(uuid.lower(), "")
    kind = kind or ("org:Organization" if known else "skos:Concept")
    more = Claim(node, term("dcterms:identifier"), Literal(uuid.lower()))
    return telling.introduce(node, kind, known, more)


@dataclass(frozen=True, slots=True)
class _Meta:
    """The fields under `meta` of one entry, each said in the way that its key asks for."""

    telling: Telling
    galaxy: Galaxy
    node: NamedNode
    name: str
    meta: Mapping[str, Any]

    def tell(self) -> None:
        is_placed = self.galaxy.has_actors and any(key in self.meta for key in _ATTRIBUTIONS)
        for key, value in self.meta.items():
            if key == "attribution-confidence" and is_placed:
                continue
            say = _SAID.get(key)
            if key.startswith("origin:"):
                say = _Meta.coined
            elif key in _ATTRIBUTIONS and not self.galaxy.has_actors:
                say = None
            for text in self.telling.texts(key, value):
                (say or _Meta.described)(self, key, text)

    def described(self, key: str, text: str) -> None:
        self.telling.describe(self.node, key, text)

    def alias(self, key: str, text: str) -> None:
        if reason := self.galaxy.why_unnamed(text):
            self.telling.refuse(key, text, reason)
        else:
            self.telling.say(self.node, "alias", Literal(text))

    def notation(self, key: str, text: str) -> None:
        self.telling.say(self.node, "notation", Literal(text))

    def reference(self, key: str, text: str) -> None:
        if page := self.telling.page(text, key):
            self.telling.say(self.node, "documentedAt", page)

    def attributed_name(self, key: str, text: str) -> None:
        """Say who calls the entry so: `NAME:UUID` of a producer."""
        name, _, uuid = text.rpartition(":")
        if not name.strip() or not UUID.fullmatch(uuid):
            self.telling.refuse(key, text, "is no name with the uuid of who uses it after it")
            return
        self._called(name.strip(), introduce_by_uuid(self.telling, uuid, "org:Organization"))

    def coined(self, key: str, text: str) -> None:
        """Say who calls the entry so: `origin:NAME` has the producer's name."""
        name = key.removeprefix("origin:").strip()
        if not name:
            self.telling.refuse(key, text, "says of no name who uses it")
            return
        self._called(name, self.telling.organisation(text))

    def origin(self, key: str, text: str) -> None:
        for place in self._places(key, text):
            self.telling.say(self.node, "originatedIn", place, details=self._confidence())

    def sponsor(self, key: str, text: str) -> None:
        details = (*_hedged(key), *self._confidence())
        for place in self._places(key, text):
            self.telling.say(self.node, "linkedTo", place, details=details)

    def victim(self, key: str, text: str) -> None:
        if countries(text):
            for place in self._places(key, text):
                self.telling.say(self.node, "targeted", place, details=_hedged(key))
        else:
            self.sector(key, text)

    def sector(self, key: str, text: str) -> None:
        topic = self.telling.mint.named("topic", text)
        self.telling.introduce(topic, "skos:Concept", text)
        self.telling.say(self.node, "targeted", topic, details=_hedged(key))

    def _called(self, name: str, producer: NamedNode) -> None:
        predicate = "name" if name == self.name else "alias"
        self.telling.say(self.node, predicate, Literal(name), chain=(producer,))

    def _places(self, key: str, text: str) -> list[NamedNode]:
        found = countries(re.sub(r"\s*\((.+)\)$", r", \1", text)) or countries(text)
        if not found:
            self.telling.refuse(key, text, "names no country")
        return [self.telling.country(one) for one in found]

    def _confidence(self) -> Details:
        """Return how sure the catalogue says to be, in its own measure."""
        key = "attribution-confidence"
        text = scalar(self.meta.get(key))
        if key not in self.meta:
            return ()
        if not re.fullmatch(r"\d{1,2}|100", text, re.ASCII):
            self.telling.refuse(key, self.meta[key], "is no whole number from 0 to 100")
            return ()
        return sure(text, _SCALE)


def _hedged(key: str) -> Details:
    """Return hedge and wording of a field whose name says that something is suspected."""
    if "suspected" not in key:
        return ()
    return (term("hedge"), english("suspected")), (term("wording"), english(key))


_ATTRIBUTIONS: Final[Mapping[str, Callable[[_Meta, str, str], None]]] = MappingProxyType(
    {
        "country": _Meta.origin,
        "cfr-suspected-state-sponsor": _Meta.sponsor,
        "suspected-state-sponsor": _Meta.sponsor,
        "state-sponsor": _Meta.sponsor,
    }
)
_SAID: Final[Mapping[str, Callable[[_Meta, str, str], None]]] = MappingProxyType(
    {
        **_ATTRIBUTIONS,
        "aliases": _Meta.alias,
        "synonyms": _Meta.alias,
        "synomyms": _Meta.alias,
        "name-attribution": _Meta.attributed_name,
        "external_id": _Meta.notation,
        "links": _Meta.reference,
        "official-refs": _Meta.reference,
        "references": _Meta.reference,
        "refs": _Meta.reference,
        "sources": _Meta.reference,
        "cfr-suspected-victims": _Meta.victim,
        "suspected-victims": _Meta.victim,
        "cfr-target-category": _Meta.sector,
        "target-category": _Meta.sector,
        "targeted-sector": _Meta.sector,
    }
)
