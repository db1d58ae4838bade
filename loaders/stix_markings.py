"""How objects of STIX bundles are marked: the Traffic Light Protocol, statements of rights."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal

from loaders.records import Attestation, Claim, Details
from loaders.stix_bundle import Fields, Item, Thing, entries, text, texts
from loaders.stix_fields import stated
from loaders.voice import MARKINGS
from ontology import term

# the ids that the specification gives to the markings of the protocol (STIX 2.1, section
# 7.2.1.4, and the extension for its second version), which files need not repeat
_BY_ID: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
# a statement may as well be a notice of copyright, which is no licence
_LICENCE: Final = re.compile(
    r"\b(?:CC0|CC[- ]BY|Creative Commons|MIT Licen[cs]e|Apache|BSD|A?GPL|ODbL|OGL"
    r"|public domain|licen[cs]ed under)\b",
    re.IGNORECASE,
)
_STRICTEST_LAST: Final = tuple(MARKINGS)


def terms_of(objects: Mapping[str, Fields]) -> tuple[str, str]:
    """Return the licence and the marking of a file: what marks all, and the strictest."""
    parts = {text(one, "marking_ref") for each in objects.values() for one in _granular(each)}
    rules = [set(texts(fields, "object_marking_refs")) for fields in objects.values()]
    marked = [found for found in rules if found]
    shared = set.intersection(*marked) if marked else set()
    statements = {_statement(objects.get(id, {})) for id in shared}
    licences = {one for one in statements if _LICENCE.search(one)}
    found = {_protocol(id, objects.get(id, {})) for id in parts.union(*rules)} - {""}
    strictest = max(found, key=_STRICTEST_LAST.index, default="")
    return (licences.pop() if len(licences) == 1 else ""), strictest


def _statement(fields: Fields) -> str:
    definition = fields.get("definition")
    return text(definition, "statement") if isinstance(definition, dict) else ""


def _protocol(id: str, fields: Fields) -> str:
    """Return the marking of the protocol that a definition says; nothing where none."""
    # OpenCTI writes {"TLP": "TLP:GREEN"} where STIX has {"tlp": "green"}
    spelled = [value for kind, value in _rules(fields) if kind.upper() == "TLP"]
    named = (*spelled, *_extended(fields, "tlp_2_0"), *_extended(fields, "tlp"))
    known = (name for one in named for name in (one.upper(), f"TLP:{one.upper()}"))
    tried = (*known, text(fields, "name").upper(), _BY_ID.get(id, ""))
    return next((name for name in tried if name in MARKINGS), "")


def _extended(fields: Fields, kind: str) -> list[str]:
    """Return what the extensions of a definition say of a kind.

    Policies of FIRST (IEP 2.0) have `"tlp": "red"` there, among rules of their own.
    """
    found = fields.get("extensions")
    held = found.values() if isinstance(found, dict) else ()
    return [text(one, kind) for one in held if isinstance(one, dict) and kind in one]


def _rules(fields: Fields) -> list[tuple[str, str]]:
    """Return what a definition says, by the kind of marking: `PAP`, `PAP:GREEN`."""
    found = fields.get("definition")
    return [(kind, text(found, kind)) for kind in found] if isinstance(found, dict) else []


def marked(item: Item) -> Details:
    """Return the words of the protocol that mark an object, and the rules that the file has."""
    ids = item.fields.get("object_marking_refs")
    if not isinstance(ids, list):
        return ()
    item.take("object_marking_refs")
    details: Details = ()
    for id in ids:
        fields = item.bundle.objects.get(id, {}) if isinstance(id, str) else {}
        name = _protocol(id, fields) if isinstance(id, str) else ""
        thing = item.bundle.end("object_marking_refs", id)
        if name:
            details += ((term("marking"), term(MARKINGS[name])),)
        if isinstance(thing, Thing) and (not name or _extended(fields, "tlp")):
            details += ((term("markedBy"), thing.node),)
        elif not name and not isinstance(thing, Thing):
            item.fault("object_marking_refs", id, thing.reason)
    return details


def granular(item: Item) -> dict[str, Details]:
    """Return the marking of each field that has one of its own (STIX 2.1, section 7.2.3)."""
    found: dict[str, Details] = {}
    for one in _granular(item.fields):
        id = text(one, "marking_ref")
        if not id:
            continue
        name, thing = _protocol(id, item.bundle.objects.get(id, {})), item.bundle.thing(id)
        if name:
            mark = (term("marking"), term(MARKINGS[name]))
        elif isinstance(thing, Thing):
            mark = (term("markedBy"), thing.node)
        else:
            item.fault("granular_markings", id, thing.reason)
            continue
        for selector in texts(one, "selectors"):
            field = selector.partition(".")[0]
            found[field] = (*found.get(field, ()), mark)
    return found


def _granular(fields: Fields) -> list[dict[str, object]]:
    return entries(fields, "granular_markings")


def marking(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what a marking definition says."""
    rule, rules = item.fields.get("definition"), [value for _, value in _rules(item.fields)]
    shown = _statement(item.fields) or _protocol(item.id, item.fields) or ", ".join(rules)
    if isinstance(rule, dict) and shown and all(rules):
        item.take("definition")
        claim = Claim(thing.node, term("describedAs"), Literal(shown))
        yield item.says(claim, stated("definition", rule))
