"""The objects of a file of STIX as they stand in it, and what some of them name."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeGuard

from loaders.envelopes import Envelope, unfold_each
from loaders.given import Given
from loaders.json_parts import object_in, parts
from loaders.members import Member
from loaders.records import Quarantined
from loaders.repeated import once
from loaders.source import File
from loaders.stix_bundle import ID, Fields, text
from loaders.stix_patterns import without_secrets
from loaders.stix_times import in_utc

Objects = dict[str, dict[str, object]]

_SPELLED: Final[Mapping[object, bool]] = {"true": True, "false": False}


def envelopes_of(file: File) -> list[Envelope]:
    """Return the bundles of a file, or what it has in place of one; raises BadInput."""
    top = unfold_each(file, "objects", _stands_alone)
    return [envelope for one in top for envelope in _parted(one)]


def beside(path: Path, given: Given, records: Iterable[str]) -> list[str]:
    """Return objects of a file, as JSON, and after them all that they name, and so on.

    By itself a relationship would be one between things of which nobody knows what they are,
    and nobody would be its maker.
    """
    chosen = list(records)
    members = (one for each in envelopes_of(File.at(path, given)) for one in each.members)
    objects = newest(map(kept, members))
    told = [json.loads(record) for record in chosen]
    found = {text(one, "id") for one in told if is_object(one)}
    wanted = [*_named_in(told)]
    while wanted:
        id = wanted.pop()
        if id in objects and id not in found:
            found.add(id)
            chosen.append(json.dumps(objects[id], ensure_ascii=False))
            wanted += _named_in(objects[id])
    return chosen


def _named_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and ID.fullmatch(value):
        yield value
    elif isinstance(value, list | dict):
        within = value.values() if isinstance(value, dict) else value
        yield from (id for one in within for id in _named_in(one))


def kept(one: Member | Quarantined) -> Member | Quarantined:
    """Return an object as far as it may be kept; what cannot be told so is quarantined."""
    found = once(one) if isinstance(one, Member) else one
    if not isinstance(found, Member) or not isinstance(found.value, dict):
        return found
    try:
        return replace(found, value=without_secrets(_spelled(found.value)))
    except RecursionError:
        whole = found.quarantined(text(found.value, "id"), "", "", "is nested too deeply")
        return replace(whole, record=found.text)


def _spelled(fields: dict[str, object]) -> dict[str, object]:
    """Return an object with whether it is revoked as STIX has it, where some write a text."""
    told = text(fields, "revoked").casefold()
    return {**fields, "revoked": _SPELLED[told]} if told in _SPELLED else fields


def _parted(envelope: Envelope) -> Iterator[Envelope]:
    """Yield what is around objects, and each bundle that stands among them."""
    plain = Envelope(envelope.fields, [])
    yield plain
    for one in envelope.members:
        if _is_bundle(one):
            fields = {name: value for name, value in one.value.items() if name != "objects"}
            yield Envelope(fields, [part for _, part in parts(one, "objects")])
        else:
            plain.members.append(one)


def _is_bundle(found: Member | Quarantined) -> TypeGuard[Member]:
    fields = object_in(found.value) if isinstance(found, Member) else {}
    return text(fields, "type") == "bundle" and isinstance(fields.get("objects"), list)


def _stands_alone(fields: Fields) -> bool:
    id = text(fields, "id")
    return bool(ID.fullmatch(id)) and not id.startswith("bundle--")


def newest(members: Iterable[Member | Quarantined]) -> Objects:
    """Return the objects by id, each as it was last modified."""
    found: Objects = {}
    for member in members:
        fields = member.value if isinstance(member, Member) else None
        if isinstance(fields, dict) and ID.fullmatch(text(fields, "id")):
            id = text(fields, "id")
            if _version(fields) >= _version(found.get(id, {})):
                found[id] = fields
    return found


def _version(fields: Fields) -> str:
    # whole seconds may be written without a fraction, and then come before those with one
    return in_utc(text(fields, "modified")).removesuffix("Z")


def is_object(value: object) -> TypeGuard[Fields]:
    """Return whether a value is an object of JSON."""
    return isinstance(value, dict)
