"""Events of MISP: reports whose attributes and objects somebody shares, each a record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import misp_attributes, misp_objects, misp_posts
from loaders.details import asserted_at
from loaders.json_parts import list_in, object_in, parts
from loaders.markings import UNREAD
from loaders.members import Member, Unordered
from loaders.misp_analysts import ANALYSTS, analysed
from loaders.misp_makers import maker_of
from loaders.misp_markings import group_of, markings
from loaders.misp_objects import Thing, is_deleted, noted, thing_of
from loaders.misp_privacy import why_not_kept_apart
from loaders.misp_relations import estimated, estimates, hedged, relate
from loaders.misp_sightings import PROPOSAL, beside
from loaders.misp_tags import Tags, entries_of, tagged, tags_of
from loaders.misp_templates import Post
from loaders.no_names import NOBODY
from loaders.records import Details, Quarantined, Record, Skipped
from loaders.repeated import once
from loaders.table import Refused
from loaders.telling import Telling, scalar
from loaders.values import unix_time
from loaders.voice import Voice
from ontology import term
from ontology.digests import digest
from ontology.identity import Mint

PARTS: Final = ("Attribute", "Object", "EventReport", "RelatedEvent", "ShadowAttribute")
# of the exchange between servers, and said of nothing but the copy at hand
_OF_THE_EXCHANGE: Final = frozenset(
    {
        "CryptographicKey", "EventTag", "Galaxy", "Org", "Orgc", "SharingGroup", "Tag",
        "attribute_count", "date", "disable_correlation", "distribution",
        "event_creator_email", "id", "info", "locked", "org_id", "orgc_id",
        "proposal_email_lock", "protected", "publish_timestamp", "published",
        "sharing_group_id", "sighting_timestamp", "timestamp", "uuid",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One event: who made it, and what its attributes and objects stand for by their uuids."""

    voice: Voice
    value: Mapping[str, Any] = field(repr=False)
    things: dict[str, Thing] = field(default_factory=dict, repr=False)
    nodes: dict[str, NamedNode] = field(default_factory=dict, repr=False)
    entries: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, voice: Voice, value: Mapping[str, Any]) -> "Event":
        """Return an event, its things found before any of them is told."""
        event = cls(voice, value)
        mint, scope = voice.given.mint, event.uuid
        for one in list_in(value.get("Object")):
            found = object_in(one)
            if is_deleted(found):
                continue
            if thing := thing_of(found, scope, mint):
                event.things[scalar(found.get("uuid"))] = thing
                event.nodes[scalar(found.get("uuid"))] = thing.node
            for attribute in list_in(found.get("Attribute")):
                event._named(object_in(attribute), mint)
        for attribute in list_in(value.get("Attribute")):
            event._named(object_in(attribute), mint)
        event.entries.update(entries_of(value))
        return event

    def _named(self, found: Mapping[str, Any], mint: Mint) -> None:
        """Take note of what an attribute names, so that others may refer to it."""
        kind, text = scalar(found.get("type")), scalar(found.get("value"))
        if is_deleted(found):
            return
        who = (*self.chain, self.voice.speaker)[0]
        named = misp_attributes.named_in(kind, text, who, self.node, mint)
        indicated = misp_attributes.found_in(kind, text, mint) or ()
        for node in (*(one.node for one in indicated), *([named] if named else ())):
            self.nodes.setdefault(scalar(found.get("uuid")), node)

    @property
    def uuid(self) -> str:
        """Return what the event is known by."""
        told = scalar(self.value.get("uuid")).lower()
        return told or digest(scalar(self.value.get("info")), scalar(self.value.get("date")))

    @property
    def node(self) -> NamedNode:
        """Return the event."""
        return self.voice.given.mint.activity("misp-event", self.uuid)

    @property
    def maker(self) -> str:
        """Return the name of the organisation that made the event."""
        return maker_of(self.value)

    @property
    def tags(self) -> Tags:
        """Return what the tags of the event stand for."""
        return Tags(self.node, self.entries)

    @property
    def chain(self) -> tuple[NamedNode, ...]:
        """Return who speaks, if that is not whoever publishes the file."""
        mint = self.voice.given.mint
        made = mint.named("org", self.maker) if self.maker else self.voice.speaker
        return () if made == self.voice.speaker else (made,)

    def records(self, member: Member) -> Iterator["Piece"]:
        """Yield the event itself and all that it has, each a record of its own."""
        own = {key: value for key, value in self.value.items() if key not in PARTS}
        yield Piece(self, "Event", replace(member, value=own))
        for kind, part in parts(member, *PARTS):
            yield Piece(self, kind, part)


@dataclass(frozen=True, slots=True)
class Piece:
    """One record of an event: itself, an attribute, an object, a report."""

    event: Event
    kind: str
    member: Member

    def told(self) -> list[Record]:
        """Return what the record says; raises Refused where it says nothing that is read."""
        apart = PARTS if self.kind == "Event" else ()
        if isinstance(twice := once(self.member, apart), Quarantined):
            raise Refused(twice)
        value = self.member.value
        if not isinstance(value, dict):
            raise self.member.fault("", self.kind, value, "has to be an object")
        key = scalar(value.get("uuid")) or digest(repr(sorted(value.items(), key=str)))
        if is_deleted(value):
            return [Skipped(self.member.file.path.name, key)]
        if self.kind in ("RelatedEvent", "ShadowAttribute"):
            raise self.member.fault(key, self.kind, value, _REASONS[self.kind])
        about, one = _seen(value), self.member
        part = Unordered(one.file, one.line, one.start, one.text, one.value)
        telling = Telling.of(self.event.voice, part, key, self.event.chain, about)
        _made(telling, self.event)
        _TELLERS[self.kind](telling, self.event, value)
        return telling.records


_REASONS: Final = {
    "RelatedEvent": "is a correlation that a server worked out, and that nobody says",
    "ShadowAttribute": PROPOSAL,
}


def _made(telling: Telling, event: Event) -> None:
    """Add who made the event, and the event itself, the first time in the file."""
    if event.maker:
        telling.organisation(event.maker)
    telling.introduce(event.node, "schema:Report", scalar(event.value.get("info")))


def _seen(value: Mapping[str, Any]) -> Details:
    """Return when a record was last changed, as when it was said."""
    return asserted_at(unix_time(scalar(value.get("timestamp"))))


def _event(telling: Telling, event: Event, value: Mapping[str, Any]) -> None:
    node = event.node
    telling.say(node, "dcterms:identifier", Literal(event.uuid))
    _dated(telling, node, value)
    if event.maker:
        maker = telling.mint.named("org", event.maker)
        telling.say(node, "schema:publisher", maker)
    elif value.get("Orgc"):
        telling.refuse("Orgc", value["Orgc"], NOBODY)
    if value.get("event_creator_email"):
        telling.withhold("event_creator_email", misp_attributes.PRIVATE_REASON)
    if group := group_of(value):
        reason = "says who may have it, and holds back as the strictest marking does"
        telling.refuse("SharingGroup", group, reason)
    for key in sorted(value.keys() - _OF_THE_EXCHANGE - ANALYSTS):
        for text in telling.texts(key, value[key]):
            telling.describe(node, key, text)
    tagged(telling, event.tags, node, value)
    analysed(telling, event.nodes, node, value)


def _dated(telling: Telling, node: NamedNode, value: Mapping[str, Any]) -> None:
    """Add when the event is of, and when it was published, if it was.

    `date` is what the event is of, and not when it was published (MISP core format, 2.2.1).
    """
    basis = () if telling.about else ((term("timeBasis"), term("stated")),)
    text = telling.text("date", value.get("date"))
    if text and (found := telling.moment("date", text)):
        telling.say(node, "schema:dateCreated", found, details=basis)
    published = unix_time(scalar(value.get("publish_timestamp")))
    if value.get("published") is True and published:
        telling.say(node, "schema:datePublished", published, details=basis)


def _attribute(telling: Telling, event: Event, value: Mapping[str, Any]) -> None:
    kind, text = scalar(value.get("type")), scalar(value.get("value"))
    if not (kind and text):
        column = "value" if kind else "type"
        raise telling.member.fault(telling.key, column, value.get(column), "is empty")
    telling.about = (*telling.about, *telling.observed(value), *noted(value))
    # a comment such as `suspected` is on what the event is said to have to do with
    hedge = hedged(scalar(value.get("comment")))
    sure = (*estimated(telling, estimates(tags_of(value))), *hedge)
    node = None
    relation = scalar(value.get("object_relation"))
    if why := why_not_kept_apart(relation, kind):
        telling.withhold(relation, why)
    else:
        node = misp_attributes.tell(telling, event.node, kind, text, "value", sure)
    _tagged(telling, event, node, value)
    beside(telling, node, value)
    analysed(telling, event.nodes, node, value)


def _object(telling: Telling, event: Event, value: Mapping[str, Any]) -> None:
    thing = event.things.get(scalar(value.get("uuid")))
    telling.about = (*telling.about, *telling.observed(value), *noted(value))
    if thing and isinstance(thing.template, Post):
        misp_posts.tell(telling, event.node, thing, value)
    else:
        misp_objects.tell(telling, event.node, value, thing)
    if not telling.records:
        raise telling.member.fault(telling.key, "Attribute", value.get("Attribute"), "is empty")
    uuid = scalar(value.get("uuid"))
    for reference in list_in(value.get("ObjectReference")):
        _referred(telling, event, event.nodes.get(uuid), object_in(reference))
    for attribute, *_ in misp_objects.attributes(value):
        own = event.nodes.get(scalar(attribute.get("uuid")))
        node = thing.node if thing else own
        _tagged(telling, event, node, attribute)
        beside(telling, node, attribute)
        analysed(telling, event.nodes, node, attribute)
    beside(telling, thing.node if thing else None, value)
    analysed(telling, event.nodes, thing.node if thing else None, value)


def _tagged(
    telling: Telling, event: Event, node: NamedNode | None, value: Mapping[str, Any]
) -> None:
    """Add what tags say of the thing of an attribute; they are never said of its event."""
    if node:
        tagged(telling, event.tags, node, value)
        return
    listed = [*tags_of(value), *list_in(value.get("Galaxy"))]
    # a word on how far a value may be passed on is the marking of the file
    if tags := [one for one in listed if markings({"Tag": [one]}) <= {UNREAD}]:
        telling.refuse("Tag", tags, "is on a value that names no thing")


def _referred(
    telling: Telling, event: Event, node: NamedNode | None, reference: Mapping[str, Any]
) -> None:
    kind = scalar(reference.get("relationship_type"))
    target = event.nodes.get(scalar(reference.get("referenced_uuid")))
    if is_deleted(reference):
        return
    if node is None or target is None or not kind:
        reason = "does not tie two things of the event"
        telling.refuse("ObjectReference", dict(reference), reason)
        return
    relate(telling, node, kind, target, comment=scalar(reference.get("comment")))


def _report(telling: Telling, event: Event, value: Mapping[str, Any]) -> None:
    node = telling.mint.activity("misp-report", telling.key)
    telling.say(node, "rdf:type", term("schema:Report"))
    telling.say(node, "dcterms:isPartOf", event.node)
    if name := scalar(value.get("name")):
        telling.say(node, "name", Literal(name))
    if text := scalar(value.get("content")):
        telling.refuse("content", text, "is a text, which no pattern reads")


_TELLERS: Final = {
    "Attribute": _attribute,
    "Event": _event,
    "EventReport": _report,
    "Object": _object,
}
