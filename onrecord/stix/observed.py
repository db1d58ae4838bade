"""Observations that hold their objects, as STIX 2.0 has them, written as those of STIX 2.1."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from onrecord.stix.ids import at_random, of_object, of_observable
from onrecord.stix.records import Stix

# what tells observables apart (STIX 2.1, section 6); any other is told apart by its place
_CONTRIBUTING: Final = {
    **dict.fromkeys(
        ("domain-name", "email-addr", "ipv4-addr", "ipv6-addr", "mac-addr", "url"), ("value",)
    ),
    "directory": ("path",),
    "file": ("hashes", "name"),
    "mutex": ("name",),
    "user-account": ("account_type", "account_login", "user_id"),
}
# what has an id made at random where it has none of these, as a process always has
_TELLING: Final = {
    "artifact": ("hashes", "payload_bin"),
    "email-message": ("from_ref", "subject", "body"),
    "process": (),
    "user-account": _CONTRIBUTING["user-account"],
    "windows-registry-key": ("key", "values"),
    "x509-certificate": ("hashes", "serial_number"),
}

_NOW: Final = {"binary_ref": "image_ref"}


def parted(objects: Iterable[Stix]) -> Iterator[Stix]:
    """Yield objects; one that holds others refers to them, and they stand beside it."""
    for found in objects:
        held = found.get("objects")
        if found["type"] != "observed-data" or not isinstance(held, dict):
            yield found
            continue
        keys = sorted(held, key=lambda key: (len(key), key))
        ids = {key: _id(f"{found['id']} {key}", held[key]) for key in keys}
        rest = {name: value for name, value in found.items() if name != "objects"}
        yield rest | {"object_refs": list(dict.fromkeys(ids.values()))}
        marks = {name: found[name] for name in ("object_marking_refs",) if name in found}
        for key in keys:
            one = held[key]
            made: Stix = {"type": one["type"], "spec_version": "2.1", "id": ids[key]}
            told = {_NOW.get(name, name): _referring(name, one[name], ids) for name in one}
            yield made | told | marks


def _id(place: str, fields: Mapping[str, object]) -> str:
    type = str(fields["type"])
    told = {name: fields[name] for name in _CONTRIBUTING.get(type, ()) if name in fields}
    if told:
        return of_observable(type, told)
    is_told = type not in _TELLING or any(name in fields for name in _TELLING[type])
    return of_object(type, place) if is_told else at_random(type, place)


def _referring(name: str, value: object, ids: Mapping[str, str]) -> object:
    """Return a value; where it refers to what is held beside it, by the ids of that."""
    if name.endswith("_ref"):
        return ids[str(value)]
    if name.endswith("_refs") and isinstance(value, list):
        return [ids[str(one)] for one in value]
    return value
