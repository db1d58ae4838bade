"""Identifiers of STIX objects that follow from what they are of (STIX 2.1, section 2.9)."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

ID: Final = re.compile(
    r"[a-z0-9][a-z0-9-]+--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_UUID: Final = re.compile(
    r".*--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
_OBSERVABLES: Final = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # given by section 2.9
_OURS: Final = uuid5(NAMESPACE_URL, "https://w3id.org/onrecord/")


def of_observable(type: str, contributing: Mapping[str, object]) -> str:
    """Return the id of an observable by the properties that the specification names for it.

    >>> of_observable("domain-name", {"value": "example.com"})
    'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7'
    """
    canonical = json.dumps(
        contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return f"{type}--{uuid5(_OBSERVABLES, canonical)}"


def of_object(type: str, *parts: str) -> str:
    """Return the id of an object of ours by what it is of."""
    return f"{type}--{uuid5(_OURS, ' '.join(parts))}"


def at_random(type: str, *parts: str) -> str:
    """Return an id of the form of those made at random, the same for the same parts.

    The specification demands the form of a process, and where nothing tells an object apart.
    """
    return f"{type}--{UUID(bytes=uuid5(_OURS, ' '.join(parts)).bytes, version=4)}"


def well_named(objects: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Return objects whose ids have the form of a UUID, also where others refer to them.

    Section 2.9 demands one of RFC 4122, and some make theirs up.
    """
    found = list(objects)
    ids = [str(each["id"]) for each in found]
    fresh = {id: at_random(id.partition("--")[0], id) for id in ids if not _UUID.fullmatch(id)}
    return [_with(each, fresh) for each in found] if fresh else found


def _with(value: Any, fresh: Mapping[str, str]) -> Any:
    """Return a value with other ids in it."""
    if isinstance(value, dict):
        return {fresh.get(name, name): _with(one, fresh) for name, one in value.items()}
    if isinstance(value, list):
        return [_with(one, fresh) for one in value]
    return fresh.get(value, value) if isinstance(value, str) else value
