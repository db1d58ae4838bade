"""STIX objects as they came: rebuilt from what the record keeps of each."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.stix_bundle import MAKERS
from loaders.stix_times import in_utc
from onrecord.stix.ids import ID
from onrecord.stix.testimony import Said
from ontology import term
from ontology.identity import Term

Stix = dict[str, object]

LISTS: Final = frozenset(
    {
        "aliases", "x_opencti_aliases", "x_mitre_aliases", "labels", "sectors", "roles",
        "goals", "threat_actor_types", "secondary_motivations", "personal_motivations",
        "channel_types",
        "report_types", "tool_types", "malware_types", "infrastructure_types", "event_types",
        "narrative_types", "indicator_types", "incident_types", "extension_types",
        "extension_properties", "x_mitre_platforms", "x_mitre_domains", "capabilities",
        "x_mitre_permissions_required", "x_mitre_data_sources", "implementation_languages",
        "architecture_execution_envs", "x_mitre_tactics", "languages", "collection_layers",
        "x_mitre_collection_layers", "x_mitre_system_requirements", "x_mitre_impact_type",
        "protocols", "x_mitre_defense_bypassed", "x_mitre_effective_permissions",
        "x_mitre_sectors", "x_mitre_tactic_type", "x_opencti_labels",
        "x_opencti_additional_names", "information_types", "note_types", "response_types",
    }
)  # fmt: skip
_LINKS: Final = ("relationship", "sighting", "opinion")
_REFERENCE: Final = term("recordReference")
_IN_PARTS: Final = ("external_references", "kill_chain_phases")
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z")


def newest(said: Iterable[Said], lost: Counter[str]) -> list[list[Said]]:
    """Return what was said in each STIX object, in the version that was modified last.

    Where several files have that version, the markings of all of them are on it. A link of
    that version which says something else is lost, since an id is that of one only.
    """
    found: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for one in said:
        if ID.fullmatch(one.key) and not one.key.startswith("bundle--"):
            found[one.key][one.record].append(one)
    return [_with_all_marks(list(found[key].values()), lost) for key in sorted(found)]


def _with_all_marks(versions: list[list[Said]], lost: Counter[str]) -> list[Said]:
    last = max(versions, key=_version)
    twins = [
        one for one in versions if one is not last and _version(one)[0] == _version(last)[0]
    ]
    kind = last[0].key.partition("--")[0]
    if kind in _LINKS:
        others = [twin for twin in twins if not _linked(last) & _linked(twin)]
        if others:
            lost[f"{kind} (another of the same id and time)"] += len(others)
    marks = [
        replace(one, stance="Assertion", details={_REFERENCE: told})
        for twin in twins
        for one in twin
        if (told := [mark for mark in one.details.get(_REFERENCE, []) if _marks(mark)])
    ]
    return [*last, *marks]


def _linked(said: list[Said]) -> set[NamedNode]:
    return {one.claim for one in said if one.detail("wording")}


def _marks(reference: Term) -> bool:
    return reference.value.startswith("object_marking_refs ")


def _version(said: list[Said]) -> tuple[str, str]:
    times = (in_utc(when) for one in said for when in one.detail("assertedAt"))
    return max(times, default="").removesuffix("Z"), said[0].record


def rebuilt(said: list[Said]) -> Stix:
    """Return the object of which a record keeps the fields."""
    id = said[0].key
    found: Stix = {"type": id.partition("--")[0], "spec_version": "2.1", "id": id}
    for one in sorted(said, key=lambda each: each.claim.value):
        for spelled in one.detail("recordField"):
            _put(found, spelled, one.object)
        for spelled in one.detail("recordReference"):
            name, _, target = spelled.partition(" ")
            _add(found, name, target, is_list=name.endswith("_refs"))
        _put_details(found, one)
        if one.stance == "Retraction":
            found["revoked"] = True
    if found["type"] in _LINKS:
        # beside the link itself stand the relations that other fields say, without a wording
        _put_link(found, next((one for one in said if one.detail("wording")), said[0]))
    return found


def makers(objects: Iterable[Stix]) -> Iterator[Stix]:
    """Yield the makers whom everybody knows, of objects that came without them."""
    there = {each["id"]: each.get("created_by_ref") for each in objects}
    for id, name in MAKERS.items():
        if id in there.values() and id not in there:
            found: Stix = {"type": "identity", "spec_version": "2.1", "id": id}
            yield found | {"name": name, "identity_class": "organization"}


def _put(found: Stix, spelled: str, value: Term) -> None:
    """Put a field, which the record keeps by name, or by name and value."""
    name, has_value, stated = spelled.partition(": ")
    shown = json.loads(stated) if has_value else plain(value)
    if isinstance(within := found.get(name), dict) and isinstance(shown, dict):
        shown = within | shown  # what an observation holds, one object at a time
    for one in shown if name in LISTS and isinstance(shown, list) else (shown,):
        _add(found, name, one, is_list=name in LISTS or name in _IN_PARTS)


def _add(found: Stix, name: str, value: object, *, is_list: bool) -> None:
    if not is_list:
        found[name] = value
        return
    listed = found.setdefault(name, [])
    if isinstance(listed, list) and value not in listed:
        listed.append(value)


def _put_details(found: Stix, one: Said) -> None:
    details = {
        "created": "recordCreated",
        "modified": "assertedAt",
        "lang": "inLanguage",
        "x_opencti_id": "dcterms:identifier",
    }
    for name, word in details.items():
        for value in one.detail(word):
            found[name] = timestamp(value)
    for value in one.detail("statedConfidence"):
        found["confidence"] = int(value)


def _put_link(found: Stix, one: Said) -> None:
    """Put what a relationship, a sighting or an opinion says beside its references."""
    is_opinion = found["type"] == "opinion"
    for wording in one.detail("wording"):
        if found["type"] != "sighting":
            found["opinion" if is_opinion else "relationship_type"] = wording
    for told in one.detail("explanation"):
        found["explanation" if is_opinion else "description"] = told
    first, last = (
        ("first_seen", "last_seen")
        if found["type"] == "sighting"
        else ("start_time", "stop_time")
    )
    names = {"validFrom": first, "validTo": last, "timesSeen": "count"}
    for word, name in names.items():
        for key, value in one.qualifiers:
            if key == term(word) and not is_opinion:
                found[name] = plain(value)


def plain(value: Term) -> object:
    """Return a value as JSON has it, and a time as STIX has it."""
    kind = value.datatype.value.rpartition("#")[2] if isinstance(value, Literal) else ""
    match kind:
        case "integer":
            return int(value.value)
        case "decimal":
            return float(value.value)
        case "boolean":
            return value.value == "true"
        case "dateTime":
            return timestamp(value.value)
    return value.value


def is_timestamp(value: object) -> bool:
    """Return whether a value is a moment as STIX has them."""
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def timestamp(spelled: str) -> str:
    """Return a time in UTC, to the millisecond at least (STIX 2.1, section 3.2).

    >>> timestamp("2031-03-01T09:00:00.5Z"), timestamp("2031-03-01T10:00:00+01:00")
    ('2031-03-01T09:00:00.500Z', '2031-03-01T09:00:00.000Z')
    """
    found = _TIME.fullmatch(in_utc(spelled))
    return f"{found[1]}.{found[2] or '':0<3}Z" if found else spelled
