"""What a value of MISP is by its keys: an event, a part of one, or a sighting."""

from typing import Any, Final

# by which a part names its event
EVENTS: Final = frozenset({"event_id", "Event"})


def is_event(value: dict[str, Any]) -> bool:
    """Return whether a value is an event."""
    return "info" in value and "value" not in value


def is_object(value: dict[str, Any]) -> bool:
    """Return whether a value is an object of an event."""
    of_template = {"meta-category", "template_uuid"} & value.keys()
    return isinstance(value.get("Attribute"), list) and "name" in value and bool(of_template)


def is_part(value: dict[str, Any]) -> bool:
    """Return whether a value is an attribute or an object, whatever event it is of."""
    return is_object(value) or {"category", "type", "value"} <= value.keys()


def is_attribute(value: dict[str, Any]) -> bool:
    """Return whether a value is an attribute that names its event."""
    return {"type", "value"} <= value.keys() and bool(EVENTS & value.keys())


def is_sighting(value: dict[str, Any]) -> bool:
    """Return whether a value is a sighting."""
    return "date_sighting" in value or "Sighting" in value
