"""Parts of MISP events as a search lists them: each by itself, though they refer to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from loaders.json_parts import object_in
from loaders.misp_events import Event
from loaders.misp_kinds import is_attribute, is_event, is_object
from loaders.telling import scalar
from loaders.voice import Voice
from ontology.digests import digest


@dataclass(frozen=True, slots=True)
class Apart:
    """The events that list the parts of a file, each with all of its parts that are there."""

    voice: Voice
    events: dict[str, Event]

    @classmethod
    def of(cls, voice: Voice, values: Iterable[dict[str, Any]]) -> "Apart":
        """Return the events of those of some values that are parts of one."""
        found: dict[str, dict[str, Any]] = {}
        for value in values:
            kind = "Object" if is_object(value) else "Attribute" if is_attribute(value) else ""
            if kind and not is_event(value):
                event = _event_of(voice, value)
                parts: dict[str, Any] = {"Attribute": [], "Object": []}
                whole = found.setdefault(scalar(event.get("uuid")), {**event, **parts})
                whole[kind].append(value)
        return cls(voice, {uuid: Event.of(voice, one) for uuid, one in found.items()})

    def event(self, value: dict[str, Any]) -> Event:
        """Return the event that lists a part."""
        return self.events[scalar(_event_of(self.voice, value).get("uuid"))]


def _event_of(voice: Voice, value: dict[str, Any]) -> dict[str, Any]:
    """Return the event that lists what a search has found, known by its number at the least."""
    found, number = object_in(value.get("Event")), scalar(value.get("event_id"))
    if found.get("uuid") or not (found or number):
        return found
    return {**found, "uuid": digest(voice.file.dataset, number or scalar(found.get("id")))}
