"""What objects of STIX refer to: without it nobody can tell who made them or what they tie."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from loaders.stix_bundle import ID
from loaders.stix_patterns import without_secrets
from loaders.stix_words import NEVER


def ends(values: Iterable[Any], records: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Return what the records of a file refer to, and what that does, by id, as it may be kept.

    The values are those of the file; a record is the text of an object, and need be no JSON.
    """
    known = {id: fields for value in values for id, fields in _objects(value)}
    found: dict[str, Mapping[str, Any]] = {}
    named = [id for record in records for id in ID.findall(record)]
    while named:
        id = named.pop()
        if id in known and id not in found:
            kept = without_secrets(known[id])
            found[id] = {name: value for name, value in kept.items() if name not in NEVER}
            named += ID.findall(repr(found[id]))
    return found


def _objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what stands in bundles and lists, each with its id."""
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)
    elif isinstance(value, dict):
        if isinstance(value.get("objects"), list):
            yield from _objects(value["objects"])
        elif isinstance(id := value.get("id"), str):
            yield id, value
