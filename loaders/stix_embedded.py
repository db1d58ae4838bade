"""Observed data that hold their objects within them, as STIX 2.0 has it (section 2.6)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from loaders.records import Attestation, Claim
from loaders.stix_bundle import Fault, Fields, Item, Thing, text, texts
from loaders.stix_fields import stated
from loaders.stix_relations import of_field
from loaders.stix_things import thing_of
from loaders.stix_words import FLAGS, NEVER, NUMBERS, TEXTS, TIMES
from ontology import term

_REFERS: Final = ("_ref", "_refs")
# what is read of objects that stand by themselves is kept here, and given back
_KEPT: Final = frozenset({"hashes", "type", *FLAGS, *NUMBERS, *TEXTS, *TIMES})


def held_in(fields: Fields) -> dict[str, Any]:
    """Return the objects that an observation holds, if there are any."""
    held = fields.get("objects")
    is_one = text(fields, "type") == "observed-data"
    return held if is_one and isinstance(held, dict) else {}


def embedded(item: Item, whole: Thing) -> Iterator[Attestation]:
    """Yield the things that an observation holds, each as one that it refers to."""
    held = held_in(item.fields)
    if not held:
        return
    item.take("objects")
    things: dict[str, Thing] = {}
    for key, fields in held.items():
        found = _thing(fields, key, item)
        if isinstance(found, Fault):
            item.fault(f"objects {key}", found.value, found.reason)
        else:
            things[key] = found
    for key, thing in things.items():
        where = item.place.passage
        yield from item.bundle.voice.introduce(
            thing.node, thing.kind, thing.name, where, *thing.told
        )
        claim = Claim(whole.node, term("dcterms:references"), thing.node)
        yield item.says(claim, stated("objects", {key: _taken(held[key], things)}))
        yield from _related(item, key, held[key], things)


def _taken(fields: Mapping[str, object], things: Mapping[str, Thing]) -> dict[str, object]:
    """Return an object within as far as it is taken, and refers to others that are."""
    kept = {name: fields[name] for name in fields if name in _KEPT}
    for name in fields:
        if name.endswith(_REFERS):
            listed = texts(fields, name)
            known = [one for one in listed if one in things]
            if known:
                kept[name] = known if name.endswith("_refs") else known[0]
    return kept


def _thing(fields: object, key: str, item: Item) -> Thing | Fault:
    """Return what an object within is of; what nothing else tells apart goes by its place."""
    if not isinstance(fields, dict):
        return Fault("", fields, "is no object")
    id = f"{text(fields, 'type')}--{item.id} {key}"
    return thing_of({**fields, "id": id}, item.bundle.mint)


def _related(
    item: Item, key: str, fields: Mapping[str, object], things: Mapping[str, Thing]
) -> Iterator[Attestation]:
    """Yield what an object within says of others; what else it says is at fault."""
    for name, value in fields.items():
        column = f"objects {key} {name}"
        if name.endswith(_REFERS):
            kind = name.removesuffix("s").removesuffix("_ref").replace("_", "-")
            for one in value if isinstance(value, list) else [value]:
                target = things.get(one) if isinstance(one, str) else None
                if target is None:
                    item.fault(column, one, "refers to an object that was not taken")
                    continue
                yield item.says(of_field(kind, things[key], target))
        elif name in NEVER:
            item.fault(column, "", NEVER[name])
        elif name not in _KEPT and value not in (None, "", [], {}):
            item.fault(column, value, "nobody reads this field of the object")
