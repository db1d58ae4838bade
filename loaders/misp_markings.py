"""How far events of MISP may be passed on: by their tags, and by how they are distributed."""

from typing import Any, Final

from loaders.markings import UNREAD, of_tag
from loaders.misp_tags import TAGS
from loaders.telling import scalar

_PARTS: Final = (
    "Event", "Attribute", "Object", "EventReport", "ShadowAttribute", "Galaxy", "GalaxyCluster",
    *TAGS,
)  # fmt: skip
# to all communities, or as the event is; servers have to keep to it (MISP core format, 2.2.1)
_UNLIMITED: Final = ("", "3", "5")


def markings(value: Any) -> set[str]:
    """Return what an event and all its parts say of who may have them."""
    found = {""}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            found.add(of_tag(one))
        elif isinstance(one, dict):
            found.add(of_tag(scalar(one.get("name"))))
            if _is_limited(one):
                found.add(UNREAD)
            waiting += [one[key] for key in _PARTS if key in one]
    return found - {""}


def _is_limited(part: dict[str, Any]) -> bool:
    """Return whether a part is for one organisation, a community or a group that shares."""
    is_of_group = bool(part.get("SharingGroup"))
    return is_of_group or scalar(part.get("distribution")) not in _UNLIMITED
