"""What stands on attributes and objects of MISP beside their values, such as sightings."""

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.details import asserted_at
from loaders.json_parts import list_in, object_in
from loaders.misp_makers import maker_of
from loaders.telling import Telling, scalar
from loaders.values import unix_time
from ontology import term

PROPOSAL: Final = "is a proposal that the event's maker has not taken"
# what a sighting says by its type, where it is no sighting
_UNSAID: Final = {
    "1": "says that this is no indicator, for which there is no word",
    "2": "says that this is no longer an indicator, for which there is no word",
}
_READ: Final = frozenset(
    {
        "Attribute", "AttributeTag", "Event", "Galaxy", "Note", "ObjectReference", "Opinion",
        "Relationship", "ShadowAttribute", "Sighting", "Tag",
        "category", "comment", "data", "deleted", "description", "disable_correlation",
        "distribution", "event_id", "event_uuid", "first_seen", "id", "last_seen",
        "meta-category", "name", "object_id", "object_relation", "sharing_group_id",
        "template_uuid", "template_version", "timestamp", "to_ids", "type", "uuid", "value",
        "value1", "value2",
    }
)  # fmt: skip


def beside(telling: Telling, node: NamedNode | None, value: Mapping[str, Any]) -> None:
    """Add who has seen the thing of a value, and refuse what is said of it and not read."""
    for one in list_in(value.get("Sighting")):
        _sighted(telling, node, object_in(one))
    for one in list_in(value.get("ShadowAttribute")):
        telling.refuse("ShadowAttribute", one, PROPOSAL)
    for key in sorted(value.keys() - _READ):
        if value[key] not in (None, "", [], {}, False):
            telling.refuse(key, value[key], "is no field of a value that is read")


def _sighted(telling: Telling, node: NamedNode | None, value: Mapping[str, Any]) -> None:
    name = maker_of(value, "Organisation")
    reason = _UNSAID.get(scalar(value.get("type")), "" if name else "does not say by whom")
    if node is None:
        reason = reason or "is of a value that is not taken"
    if reason or node is None:
        telling.refuse("Sighting", dict(value), reason)
        return
    who = telling.organisation(name)
    when = unix_time(scalar(value.get("date_sighting")))
    told = scalar(value.get("source"))
    # the time and the comment of the value are its maker's, and not of whoever saw it
    about = telling.about
    telling.about = asserted_at(when)
    telling.say(
        node,
        "sightedBy",
        who,
        ((term("atTime"), when),) if when else (),
        ((term("note"), Literal(told)),) if told else (),
        chain=(who,),
    )
    telling.about = about
