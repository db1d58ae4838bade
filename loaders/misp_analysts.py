"""What analysts add to parts of MISP events: notes, relations and opinions of their own.

They may be of others than the event, and are then the word of the organisation that made them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from loaders.details import asserted_at
from loaders.json_parts import list_in, object_in
from loaders.misp_attributes import PRIVATE_REASON
from loaders.misp_makers import maker_of
from loaders.misp_relations import relate
from loaders.records import Details
from loaders.telling import Telling, scalar

Nodes = Mapping[str, NamedNode]
Tell = Callable[[Telling, Nodes, NamedNode | None, Mapping[str, Any]], None]

_NO_WORD: Final = "is an opinion on what is listed, for which there is no word"


def analysed(
    telling: Telling, nodes: Nodes, node: NamedNode | None, value: Mapping[str, Any]
) -> None:
    """Add what analysts say of a part of an event; `nodes` are its things by their uuids."""
    for kind, tell in _TELLERS.items():
        for one in list_in(value.get(kind)):
            found = _alone(telling, object_in(one))
            if who := maker_of(found):
                _said(telling, nodes, node, who, found, tell)
            else:
                telling.refuse(kind, found, "does not say by whom")


def _alone(telling: Telling, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an analyst says without who that is, and without what others say of it."""
    if found.get("authors"):
        telling.withhold("authors", PRIVATE_REASON)
    for kind in sorted(ANALYSTS & found.keys()):
        telling.refuse(kind, found[kind], "is of what another analyst says, and is not read")
    return {key: one for key, one in found.items() if key not in (*ANALYSTS, "authors")}


def _said(
    telling: Telling,
    nodes: Nodes,
    node: NamedNode | None,
    who: str,
    found: Mapping[str, Any],
    tell: Tell,
) -> None:
    """Add something as the word of an organisation, at the time when it was written last."""
    chain, about = telling.chain, telling.about
    maker = telling.organisation(who)
    telling.chain = () if maker == telling.voice.speaker else (maker,)
    telling.about = _spoken(telling, found)
    tell(telling, nodes, node, found)
    telling.chain, telling.about = chain, about


def _spoken(telling: Telling, found: Mapping[str, Any]) -> Details:
    written = scalar(found.get("modified")) or scalar(found.get("created"))
    when = telling.moment("modified", written.replace(" ", "T", 1)) if written else None
    return asserted_at(when)


def _note(
    telling: Telling, nodes: Nodes, node: NamedNode | None, found: Mapping[str, Any]
) -> None:
    text = scalar(found.get("note"))
    if node and text:
        telling.describe(node, "Note", text)
    else:
        telling.refuse("Note", dict(found), "says nothing of a thing that is taken")


def _relationship(
    telling: Telling, nodes: Nodes, node: NamedNode | None, found: Mapping[str, Any]
) -> None:
    target = nodes.get(scalar(found.get("related_object_uuid")))
    kind = scalar(found.get("relationship_type"))
    if node is None or target is None or not kind:
        telling.refuse("Relationship", dict(found), "does not tie two things of the event")
    else:
        relate(telling, node, kind, target)


def _opinion(
    telling: Telling, nodes: Nodes, node: NamedNode | None, found: Mapping[str, Any]
) -> None:
    # to list something says no more than that it is listed, which nobody denies
    telling.refuse("Opinion", dict(found), _NO_WORD)


_TELLERS: Final[Mapping[str, Tell]] = MappingProxyType(
    {"Note": _note, "Opinion": _opinion, "Relationship": _relationship}
)
ANALYSTS: Final = frozenset(_TELLERS)
