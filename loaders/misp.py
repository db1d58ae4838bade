"""Galaxies and events of MISP: who calls an actor what, and what events list.

Source   clusters of galaxies (`values`) and events (`Event`) as MISP and its feeds have them:
         one, an array of them, an answer of the interface (`response`), or JSON lines
Licence  CC0 or BSD for the galaxies of the MISP project; that of whoever shares an event
Yields   rec:ThreatActor and other entries with names, each by who uses it; a schema:Report for
         each event, with accounts, pages, groups, channels, posts, domains, addresses

A field for which the vocabulary has no word is kept as a description under the field's name.
The speaker of an event is the organisation that made it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from loaders.accounting import Making, account
from loaders.envelopes import unfold
from loaders.given import Given, Terms
from loaders.json_parts import (
    list_in,
    members_of,
    object_in,
    parts,
    several,
    whole,
    why_not_whole,
    without_broken,
)
from loaders.markings import marked
from loaders.members import Member, lines
from loaders.misp_apart import Apart
from loaders.misp_catalogues import Galaxy
from loaders.misp_clusters import UUID, cluster
from loaders.misp_events import PARTS, Event, Piece
from loaders.misp_kinds import (
    EVENTS,
    is_attribute,
    is_event,
    is_object,
    is_part,
    is_sighting,
)
from loaders.misp_makers import maker_of
from loaders.misp_markings import markings
from loaders.records import Quarantined, Record, Skipped
from loaders.repeated import once
from loaders.source import File, source
from loaders.telling import scalar
from loaders.voice import Voice
from onrecord.errors import BadInput

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "misp"
_GALAXIES: Final = Terms(publisher="MISP Project", licence="CC0-1.0 OR BSD-2-Clause")
# what begins a galaxy, the first entry of which may be long, or an event by any order of keys
_OF_GALAXIES: Final = ("authors", "category", "source")
_OF_EVENTS: Final = ("Attribute", "Orgc", "info", "orgc_id")
_OF_THE_PROJECT: Final = "MISP"  # who has made its own entries, as servers have it
_SIGHTING: Final = "is a sighting by itself: what was seen is not in the file"
_APART: Final = "is part of an event that is not told, nor who made it and who may have it"
_NO_EVENT: Final = "is neither an event nor an entry of a galaxy"


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    is_galaxy = '"value"' in head or all(f'"{key}"' in head for key in _OF_GALAXIES)
    if '"values"' in head and '"uuid"' in head and is_galaxy:
        return "has the values and uuids of a galaxy of MISP"
    if '"Event"' in head and any(f'"{key}"' in head for key in _OF_EVENTS):
        return "has an Event with the fields of MISP"
    if '"GalaxyCluster"' in head and ('"tag_name"' in head or '"GalaxyElement"' in head):
        return "has a GalaxyCluster of MISP"
    if '"Orgc"' in head and '"info"' in head and '"Attribute"' in head:
        return "has the fields of an event of MISP"
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    members = _members(file)
    found = [one for one in members if not isinstance(one, Quarantined | Skipped)]
    voice, terms = Voice.of(file, given, _known(found))
    yield from voice.opening(terms)
    yield from account(path.name, _rows(voice, members), Making.told, voice)


_Found = Member | Quarantined | Skipped


@dataclass(frozen=True, slots=True)
class _Within:
    """A member of the file, with the galaxy that it is an entry of."""

    galaxy: Galaxy
    member: Member


def _members(file: File) -> list[_Within | Quarantined | Skipped]:
    """Return entries and events, wherever in the file they are."""
    found, lost = whole(file), list[Quarantined]()
    if found is None and (kept := without_broken(file, *PARTS)):
        found, lost = kept
    if found is None:
        values = several(file)
        # what stands on a line each is read line by line, so that a broken one costs no other
        is_lines = all("\n" not in one.text for one in values)
        return _broken(file) if is_lines else [one for each in values for one in _each(each)]
    if _is_manifest(found.value):
        raise BadInput(f"{file.path}: is the manifest of a feed; load the events that it lists")
    members = members_of(found) if isinstance(found.value, list) else (found,)
    return [*(one for each in members for one in _opened(each)), *lost]


def _each(found: Member) -> Iterator[_Within | Quarantined | Skipped]:
    for one in members_of(found) if isinstance(found.value, list) else (found,):
        yield from _opened(one)


def _is_manifest(value: object) -> bool:
    """Return whether a value only lists events by their uuids, as `manifest.json` does."""
    listed = object_in(value)
    return bool(listed) and all(
        UUID.fullmatch(key) and is_event(object_in(one)) for key, one in listed.items()
    )


def _broken(file: File) -> list[_Within | Quarantined | Skipped]:
    """Return what is there of a file that is no JSON as a whole; JSON lines are none."""
    for array in ("values", "response", ""):
        try:
            found = unfold(file, array)
        except BadInput:
            continue
        galaxy = Galaxy.of(found.fields, [])
        return [
            one
            for each in found.members
            for one in ([each] if isinstance(each, Quarantined) else _of(each, galaxy))
        ]
    rows = list(lines(file))
    told = [one for row in rows for one in _opened(row)]
    if any(isinstance(row, Quarantined) for row in rows):
        told = [_with_event(one) for one in told]
    if not any(isinstance(one, _Within) and object_in(one.member.value) for one in told):
        why = f"as a whole ({why_not_whole(file)}) or line by line"
        raise BadInput(f"{file.path}: no JSON of MISP, {why}")
    return told


def _with_event(found: _Within | Quarantined | Skipped) -> _Within | Quarantined | Skipped:
    """Return a line, if it says of which event it is a part where it is one.

    Beside lines that are no JSON it may be of an event that is spread over many lines, and of
    which nobody can tell who made it and who may have it.
    """
    value = object_in(found.member.value) if isinstance(found, _Within) else {}
    if isinstance(found, _Within) and is_part(value) and not EVENTS & value.keys():
        return found.member.refused(_APART)
    return found


def _opened(found: _Found) -> Iterator[_Within | Quarantined | Skipped]:
    if isinstance(found, Quarantined | Skipped):
        yield found
        return
    value = object_in(found.value)
    if isinstance(value.get("values"), list):
        galaxy = Galaxy.of(value, value["values"])
        yield from (_Within(galaxy, one) for _, one in parts(found, "values"))
    elif isinstance(value.get("GalaxyCluster"), list):
        # a galaxy as a server shows it, beside its entries or around them
        listed = value["GalaxyCluster"]
        galaxy = Galaxy.of(object_in(value.get("Galaxy")) or value, listed)
        yield from (_Within(galaxy, one) for _, one in parts(found, "GalaxyCluster"))
    elif "response" in value:
        for _, one in parts(found, "response"):
            yield from _opened(one)
    else:
        yield from _of(found, Galaxy())


def _of(found: Member, galaxy: Galaxy) -> Iterator[_Within]:
    if holder := _holder(object_in(found.value)):
        for _, one in parts(found, holder):
            yield _Within(galaxy, one)
    else:
        yield _Within(galaxy, found)


def _holder(value: dict[str, Any]) -> str:
    """Return the key under which a value has what is read; nothing where it is that itself."""
    if is_event(value) or is_object(value):
        return ""
    within: tuple[str, ...] = ("Event", "Object", "Attribute") if "value" not in value else ()
    for key in (*within, "GalaxyCluster"):
        if isinstance(value.get(key), dict):
            return key
    return "Attribute" if isinstance(value.get("Attribute"), list) else ""


def _known(found: list[_Within]) -> Terms:
    """Return what the events of a file say of its publisher and marking; galaxies have one."""
    values = [object_in(one.member.value) for one in found]
    events = [one for one in values if is_event(one) or is_attribute(one) or is_object(one)]
    marks = set[str]().union(*(markings(value) for value in values))
    is_listed = not events and not any(map(is_part, values))
    return marked(_catalogued(values) if is_listed else _publisher(events), marks)


def _catalogued(values: list[dict[str, Any]]) -> Terms:
    """Return who publishes entries: the MISP Project, but for those that others added."""
    makers = {name for value in values if (name := maker_of(value)) != _OF_THE_PROJECT}
    if any(map(is_sighting, values)):
        return Terms()
    return (
        _GALAXIES if makers <= {""} else Terms(publisher="" if len(makers) > 1 else min(makers))
    )


def _publisher(events: list[dict[str, Any]]) -> Terms:
    for key in ("Orgc", "Org"):
        makers = {maker_of(value, key) for value in events}
        if len(makers) == 1:
            return Terms(publisher=makers.pop())
    return Terms()


def _rows(
    voice: Voice, found: list[_Within | Quarantined | Skipped]
) -> Iterator[Making | Quarantined | Skipped]:
    within = [one for one in found if isinstance(one, _Within)]
    apart = Apart.of(voice, (object_in(one.member.value) for one in within))
    for one in found:
        if isinstance(one, Quarantined | Skipped):
            yield one
            continue
        member, value = one.member, object_in(one.member.value)
        if is_event(value):
            for piece in Event.of(voice, value).records(member):
                yield Making(piece.member.text, piece.told)
        elif isinstance(twice := once(member), Quarantined):
            yield twice
        elif is_attribute(value):
            yield Making(member.text, Piece(apart.event(value), "Attribute", member).told)
        elif is_object(value):
            yield Making(member.text, Piece(apart.event(value), "Object", member).told)
        elif is_sighting(value):
            yield Making(member.text, partial(_strange, member, _SIGHTING))
        elif is_part(value):
            yield Making(member.text, partial(_strange, member, _APART))
        elif "GalaxyElement" in value:
            galaxy = one.galaxy if one.galaxy.type else Galaxy(type=scalar(value.get("type")))
            yield Making(member.text, partial(cluster, voice, galaxy, _as_entry(member)))
        elif value.get("value") or one.galaxy.type:
            yield Making(member.text, partial(cluster, voice, one.galaxy, member))
        else:
            yield Making(member.text, partial(_strange, member, _NO_EVENT))


def _strange(member: Member, reason: str) -> list[Record]:
    raise member.fault("", "", member.value, reason)


_NOT_SAID: Final = frozenset(
    {"GalaxyClusterRelation", "GalaxyElement", "Org", "Orgc", "id", "galaxy_id", "meta"}
)


def _as_entry(member: Member) -> Member:
    """Return an entry as a server exports it in the form that catalogues have."""
    value = object_in(member.value)
    meta: dict[str, list[Any]] = {}
    for element in list_in(value.get("GalaxyElement")):
        found = object_in(element) or {"key": "GalaxyElement", "value": element}
        meta.setdefault(str(found.get("key", "")), []).append(found.get("value"))
    related = [
        {
            "dest-uuid": object_in(one).get("referenced_galaxy_cluster_uuid"),
            "type": object_in(one).get("referenced_galaxy_cluster_type"),
            "tags": object_in(one).get("Tag"),
        }
        for one in list_in(value.get("GalaxyClusterRelation"))
    ]
    own = {key: one for key, one in value.items() if key not in _NOT_SAID}
    return replace(member, value={**own, "meta": meta, "related": related})
