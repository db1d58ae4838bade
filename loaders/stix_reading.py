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
from loaders.stix_words import NEVER

Objects = dict[str, dict[str, object]]

_SPELLED: Final[Mapping[object, bool]] = {"true": True, "false": False}


def envelopes_of(file: File) -> list[Envelope]:
    """Return the bundles of a file, or what it has in place of one; raises BadInput."""
    top = unfold_each(file, "objects", _stands_alone)
    return [envelope for one in top for envelope in _parted(one)]


def named_by(path: Path, given: Given, records: Iterable[str]) -> Objects:
    """Return what some objects of a file name, what that names, and so on, as it may be kept.

    Without it a relationship would be one between things of which nobody knows what they are,
    and nobody would be its maker. A record is the text of an object, and need be no JSON.
    """
    members = (one for each in envelopes_of(File.at(path, given)) for one in each.members)
    objects = newest(map(kept, members))
    found: Objects = {}
    told = [*records]
    wanted, own = [id for one in told for id in ID.findall(one)], set(map(_id_of, told))
    while wanted:
        id = wanted.pop()
        if id in objects and id not in found and id not in own:
            fields = objects[id].items()
            found[id] = {name: value for name, value in fields if name not in NEVER}
            wanted += ID.findall(repr(found[id]))
    return found


def _id_of(record: str) -> str:
    try:
        return text(object_in(json.loads(record)), "id")
    except (ValueError, RecursionError):
        return ""


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
