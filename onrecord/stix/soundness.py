"""What STIX demands of objects: what breaks a rule is mended where it can be, else left out."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from loaders.assets import refanged
from loaders.stix_bundle import entries, texts
from loaders.stix_times import PERIODS
from onrecord.stix.records import Stix, is_timestamp, timestamp
from onrecord.stix.references import sound_reference

_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "campaign": ("name",), "course-of-action": ("name",), "attack-pattern": ("name",),
    "grouping": ("context", "object_refs"), "identity": ("name",), "incident": ("name",),
    "indicator": ("pattern", "pattern_type", "valid_from"), "infrastructure": ("name",),
    "intrusion-set": ("name",), "malware": ("is_family",), "tool": ("name",),
    "note": ("content", "object_refs"), "opinion": ("opinion", "object_refs"),
    "observed-data": ("first_observed", "last_observed", "number_observed", "object_refs"),
    "relationship": ("relationship_type", "source_ref", "target_ref"),
    "report": ("name", "published", "object_refs"), "sighting": ("sighting_of_ref",),
    "threat-actor": ("name",), "vulnerability": ("name",), "url": ("value",),
    "domain-name": ("value",), "email-addr": ("value",), "ipv4-addr": ("value",),
    "ipv6-addr": ("value",), "software": ("name",),
    "autonomous-system": ("number",), "directory": ("path",), "mac-addr": ("value",),
    "mutex": ("name",), "email-message": ("is_multipart",), "network-traffic": ("protocols",),
    "extension-definition": ("name", "schema", "version", "extension_types", "created_by_ref"),
    "malware-analysis": ("product",), "language-content": ("object_ref", "contents"),
}  # fmt: skip
# of which one is enough
_NEEDED_ONE: Final[dict[str, tuple[str, ...]]] = {
    "artifact": ("payload_bin", "url"), "file": ("hashes", "name"),
    "network-traffic": ("src_ref", "dst_ref"),
    "user-account": ("user_id", "account_login", "display_name"),
    "malware-analysis": ("result", "analysis_sco_refs"),
    "process": (
        "extensions", "is_hidden", "pid", "created_time", "cwd", "command_line",
        "environment_variables", "opened_connection_refs", "creator_user_ref", "image_ref",
        "parent_ref", "child_refs",
    ),
    "windows-registry-key": (
        "key", "values", "modified_time", "creator_user_ref", "number_of_subkeys",
    ),
    "x509-certificate": (
        "is_self_signed", "hashes", "version", "serial_number", "signature_algorithm", "issuer",
        "validity_not_before", "validity_not_after", "subject", "subject_public_key_algorithm",
        "subject_public_key_modulus", "subject_public_key_exponent", "x509_v3_extensions",
    ),
}  # fmt: skip
_NO_ENDS: Final = ("bundle", "marking-definition", "sighting", "relationship")
_NOTHING: Final[tuple[object, ...]] = (None, "", [], {})
_TIMES: Final = ("published", *(name for first, last, _ in PERIODS for name in (first, last)))
_OBSERVABLES: Final = frozenset(
    {
        "artifact", "autonomous-system", "directory", "domain-name", "email-addr",
        "email-message", "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex",
        "network-traffic", "process", "software", "url", "user-account", "windows-registry-key",
        "x509-certificate",
    }
)  # fmt: skip
_NOT_OF_OBSERVABLES: Final = (
    "created", "modified", "created_by_ref", "confidence", "lang", "labels", "revoked",
    "external_references",
)  # fmt: skip
# names that the specification keeps for itself; OpenCTI writes one of them
_NO_LETTERS: Final = re.compile(r"[^a-z0-9-]+")
_RESERVED: Final = ("action", "phone_numbers", "severity", "username")
_HIDDEN: Final = ("url", "domain-name", "email-addr", "ipv4-addr", "ipv6-addr")
# the markings of the first Traffic Light Protocol stand in the specification word by word
_PROTOCOL: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "white",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "amber",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
}


def mended(found: Stix, loaded: str) -> Stix:
    """Return an object without what STIX forbids, and with what it demands and is known."""
    if (colour := _PROTOCOL.get(str(found["id"]))) is not None:
        return {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": found["id"],
            "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "tlp",
            "name": f"TLP:{colour.upper()}",
            "definition": {"tlp": colour},
        }
    type = found["type"]
    made = _allowed(found)
    if type in _HIDDEN and isinstance(made.get("value"), str):
        made["value"] = refanged(str(made["value"]))
    made = _with_sound_parts(made)
    if type in _OBSERVABLES:
        return {name: value for name, value in made.items() if name not in _NOT_OF_OBSERVABLES}
    if type == "marking-definition":
        made.setdefault("created", timestamp(loaded))
        made.pop("modified", None)
    elif "created" in made or "modified" in made or type in _NEEDED or type == "location":
        made.setdefault("created", made.get("modified", timestamp(loaded)))
        made.setdefault("modified", made["created"])
    made = _by_type(str(type), made)
    for first, last, is_later in PERIODS:
        begun, ended = str(made.get(first, "")), str(made.get(last, ""))
        if begun and ended and (ended < begun or (is_later and ended == begun)):
            made.pop(last)
    is_placed = {"region", "country"} & set(made) or {"latitude", "longitude"} <= set(made)
    if type == "location" and not is_placed:
        made["region"] = made.get("name", "unknown")
    return made


def _allowed(found: Stix) -> Stix:
    """Return an object under names that are free, without times that are no moments: days."""
    return {
        f"x_{name}" if name in _RESERVED else name: value
        for name, value in found.items()
        if name not in _TIMES or is_timestamp(value)
    }


def _by_type(type: str, made: Stix) -> Stix:
    """Return an object with what STIX 2.1 asks of its type, and STIX 2.0 did not."""
    match type:
        case "relationship" if made.get("relationship_type"):
            told = _NO_LETTERS.sub("-", str(made["relationship_type"]).casefold())
            return made | {"relationship_type": told.strip("-") or "related-to"}
        case "indicator":
            return {"pattern_type": "stix", **made}
        case "malware":
            return {"is_family": False, **made}  # which no loader takes for a claim
    return made


def _with_sound_parts(found: Stix) -> Stix:
    """Return an object with those references and markings of parts that keep the rules."""
    cited = map(sound_reference, entries(found, "external_references"))
    parts = {
        "external_references": [one for one in cited if one],
        "granular_markings": [
            one for one in entries(found, "granular_markings") if _selects(one, found)
        ],
    }
    kept = {name: value for name, value in found.items() if name not in parts}
    return kept | {name: value for name, value in parts.items() if value}


def _selects(marking: Stix, found: Stix) -> bool:
    """Return whether all that a marking of parts selects is there; a language is no marking."""
    return "marking_ref" in marking and all(
        name.partition(".")[0] in found for name in texts(marking, "selectors")
    )


def sound(objects: Iterable[Stix], lost: Counter[str]) -> list[Stix]:
    """Return the objects that refer to none that is left out, and lack nothing they need."""
    kept = {str(each["id"]): each for each in objects}
    while True:
        checked = {id: _with_known(each, kept) for id, each in kept.items()}
        gone = {id: lack for id, each in checked.items() if (lack := _lacking(each))}
        if not gone and checked == kept:
            return [kept[id] for id in sorted(kept)]
        for id, lack in gone.items():
            lost[f"{checked[id]['type']} (without {lack})"] += 1
        kept = {id: each for id, each in checked.items() if id not in gone}


def _with_known(found: Stix, kept: dict[str, Stix]) -> Stix:
    """Return an object without references to what is not there; markings are known anyway.

    A field for one reference has one, and one for several a list, however they came.
    """
    made: Stix = {}
    for name, value in found.items():
        if name == "object_marking_refs" or not name.endswith(("_ref", "_refs")):
            made[name] = value
            continue
        listed = value if isinstance(value, list) else [value]
        if known := [id for id in listed if isinstance(id, str) and id in kept]:
            made[name] = known if name.endswith("_refs") else known[0]
    return made


def _lacking(found: Stix) -> str:
    needed = _NEEDED.get(str(found["type"]), ())
    if found["type"] == "marking-definition" and "extensions" not in found:
        needed = ("definition_type", "definition")
    one = _NEEDED_ONE.get(str(found["type"]), ())
    if one and all(found.get(name) in _NOTHING for name in one):
        return " or ".join(one) if len(one) < 4 else "what it is about"
    for name in ("source_ref", "target_ref") if found["type"] == "relationship" else ():
        if str(found.get(name)).partition("--")[0] in _NO_ENDS:
            return f"a thing for {name}"
    return next((name for name in needed if found.get(name) in _NOTHING), "")
