"""Tags and entries of galaxies that stand on events of MISP, their attributes and objects."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.countries import country
from loaders.json_parts import list_in, object_in
from loaders.markings import MARKINGS, of_tag
from loaders.misp_catalogues import Galaxy
from loaders.misp_clusters import entry_of
from loaders.misp_relations import estimated, estimates, stance_of
from loaders.names_in_cells import why_no_actor
from loaders.no_names import NOBODY, is_failed, names_nobody
from loaders.records import Claim, Details
from loaders.telling import Telling, scalar
from ontology import term

_TAG: Final = re.compile(r'misp-galaxy:([^=]+)="(.*)"', re.DOTALL)


# the last two hold them within what ties them to a record, as an index of events has them
TAGS: Final = ("Tag", "AttributeTag", "EventTag")


def tags_of(value: Mapping[str, Any]) -> list[Any]:
    """Return the tags that a record bears, wherever they stand."""
    found = [*list_in(value.get(TAGS[0]))]
    for tie in (one for name in TAGS[1:] for one in list_in(value.get(name))):
        tag = object_in(object_in(tie).get("Tag"))
        found.append({**object_in(tie), **tag} if tag else tie)
    return found


@dataclass(frozen=True, slots=True)
class Tags:
    """The event whose tags are read, and the uuids of the entries that they name."""

    event: NamedNode
    entries: Mapping[str, str]


def entries_of(value: Mapping[str, Any]) -> dict[str, str]:
    """Return the uuids of the entries that an event and its parts bear, by their tags.

    Servers once wrote the uuid of the galaxy on each of its entries: one that stands for
    several of them is of none, and neither is that of the collection.
    """
    found = list(_entries(value))
    named: dict[str, set[str]] = defaultdict(set)
    for entry in found:
        named[scalar(entry.get("uuid"))].add(scalar(entry.get("value")))
    known: dict[str, str] = {}
    for entry in found:
        uuid = scalar(entry.get("uuid"))
        is_own = len(named[uuid]) == 1 and uuid != scalar(entry.get("collection_uuid"))
        known[scalar(entry.get("tag_name"))] = uuid if is_own else ""
    return known


def _entries(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    objects = _within(value, "Object")
    owned = [one for found in objects for one in _within(found, "Attribute")]
    for part in (value, *_within(value, "Attribute"), *objects, *owned):
        for galaxy in _within(part, "Galaxy"):
            yield from _within(galaxy, "GalaxyCluster")


def _within(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [object_in(one) for one in list_in(value.get(name))]


@dataclass(frozen=True, slots=True)
class Tie:
    """How a record stands to an entry that it bears, the word given for it, and how likely."""

    predicate: str
    kind: str = ""
    sure: Details = ()


def tagged(telling: Telling, tags: Tags, node: NamedNode, value: Mapping[str, Any]) -> None:
    """Add the entries of galaxies and the tags that a record bears."""
    seen: set[str] = set()
    predicate = "involves" if node == tags.event else "linkedTo"
    # what a record is held to be likely for holds for what it is said to have to do with
    sure = estimated(telling, estimates(tags_of(value)))
    for one in list_in(value.get("Galaxy")):
        galaxy = Galaxy.of(object_in(one), [])
        for entry in list_in(object_in(one).get("GalaxyCluster")):
            found = object_in(entry)
            tag, name = scalar(found.get("tag_name")), scalar(found.get("value"))
            uuid = tags.entries.get(tag, scalar(found.get("uuid")))
            seen.add(tag)
            kind = scalar(found.get("relationship_type"))
            _entry(telling, node, Tie(predicate, kind, sure), galaxy, uuid, name)
    for tag in tags_of(value):
        name = scalar(object_in(tag).get("name")) or scalar(tag)
        if not name:
            telling.refuse("Tag", tag, "is no tag with a name")
        elif name in seen or of_tag(name) in MARKINGS:
            continue
        elif match := _TAG.fullmatch(name):
            uuid = tags.entries.get(name, "")
            tie = Tie(predicate, scalar(object_in(tag).get("relationship_type")), sure)
            _entry(telling, node, tie, Galaxy(type=match[1]), uuid, match[2])
        else:
            telling.describe(node, "tag", name)


def _entry(
    telling: Telling, node: NamedNode, tie: Tie, galaxy: Galaxy, uuid: str, name: str
) -> None:
    """Add that a record bears an entry: an event involves it, a thing is linked to an actor.

    Whoever put it there may have said in which relation they stand, and then it is just that.
    """
    if not (uuid or name):
        telling.refuse("Galaxy", galaxy.name, "has an entry without uuid and name")
        return
    mint = telling.mint
    kind = "ThreatActor" if galaxy.type.endswith("actor") else galaxy.kind
    is_party = kind in ("ThreatActor", "org:Organization")
    is_none = is_failed(name) or names_nobody(name)
    if reason := why_no_actor(name) if is_party else NOBODY if is_none else "":
        telling.refuse("Galaxy", name, reason)
        return
    target = entry_of(uuid, mint) if uuid else mint.named("entry", name, galaxy.type)
    if kind == "schema:Place" and (place := country(name)):
        target = mint.named("place", place.name)
    more = Claim(target, term("dcterms:identifier"), Literal(uuid.lower()))
    telling.introduce(target, kind, name, *([more] if uuid else []))
    if not tie.kind and (tie.predicate == "involves" or kind == "ThreatActor"):
        telling.say(node, tie.predicate, target, details=tie.sure, stance=stance_of(tie.sure))
        return
    about = ((term("relationType"), Literal(tie.kind or f"tagged {galaxy.type}")),)
    is_event = tie.predicate == "involves"
    predicate = tie.predicate if is_event else "dcterms:relation"
    telling.say(node, predicate, target, about, tie.sure, stance=stance_of(tie.sure))
