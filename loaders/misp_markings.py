"""How far events of MISP may be passed on: by their tags, and by how they are distributed."""

from collections.abc import Mapping
from typing import Any, Final

from loaders.markings import UNREAD, of_tag
from loaders.misp_tags import TAGS
from loaders.telling import scalar

_PARTS: Final = (
    "Event", "Attribute", "Object", "EventReport", "ShadowAttribute", "Galaxy", "GalaxyCluster",
    "Note", "Opinion", "Relationship",
    *TAGS,
)  # fmt: skip
# how far a server may pass something on, and has to keep to (MISP core format, 2.2.1)
_LEVELS: Final = ("0", "1", "2", "3")  # an organisation, a community, those connected, all
_AS_THE_REST: Final = ("", "5")


def markings(value: Any) -> set[str]:
    """Return what an event and all its parts say of who may have them.

    A word of the Traffic Light Protocol says it for whatever bears it, and is not overruled by
    how far its server passes that on: only a part may be for fewer than the rest.
    """
    found = {""}
    waiting = [(value, _LEVELS[-1])]
    while waiting:
        one, free = waiting.pop()
        if isinstance(one, list):
            waiting += [(part, free) for part in one]
        elif isinstance(one, str):
            found.add(of_tag(one))
        elif isinstance(one, dict):
            found.add(of_tag(scalar(one.get("name"))))
            level = scalar(one.get("distribution"))
            if level in _LEVELS and _is_worded(one):
                free = min(free, level)
            is_limited = level not in (*_LEVELS, *_AS_THE_REST) or free > level >= _LEVELS[0]
            if is_limited or group_of(one):
                found.add(UNREAD)
            waiting += [(one[key], free) for key in _PARTS if key in one]
    return found - {""}


def group_of(part: Mapping[str, Any]) -> Any:
    """Return the group that a part is shared with; nothing of one that is left empty."""
    found = part.get("SharingGroup")
    is_told = not isinstance(found, dict) or any(found.values())
    return found if is_told else None


def _is_worded(part: dict[str, Any]) -> bool:
    """Return whether the tags of a part itself have a word of the protocol."""
    tags = [part[key] for key in TAGS if key in part]
    return bool(tags) and bool(markings(tags) - {UNREAD})
