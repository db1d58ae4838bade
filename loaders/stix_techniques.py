"""Techniques and tactics of STIX bundles, by the catalogue that lists them."""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from loaders.stix_bundle import Fault, Fields, Thing, entries, text
from ontology.identity import Mint

_DISARM: Final = "DISARM"
_ATTACK: Final = "MITRE ATT&CK"
# of what kind of objects a catalogue has numbers
_LISTS: Final = {"capec": "attack-pattern", "cve": "vulnerability", "cwe": "vulnerability"}


def technique(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return a technique, by its number in the catalogue: names are used twice."""
    name = text(fields, "name")
    if not name:
        return Fault("name", fields.get("name"), "is no name")
    listed, number = catalogue(fields), _number(fields)
    if listed and number:
        return Thing(mint.named("technique", number.casefold(), listed), "Technique", name)
    scope = listed or text(fields, "id")
    return Thing(mint.named("technique", name.casefold(), scope), "Technique", name)


def tactic(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return a tactic, by the short name by which techniques refer to it."""
    short = text(fields, "x_mitre_shortname") or text(fields, "name").casefold()
    if not short:
        return Fault("name", fields.get("name"), "is no name")
    listed = catalogue(fields) or text(fields, "id")
    return Thing(phase(short, listed, mint), "Technique", text(fields, "name") or short)


def phase(short: str, listed: str, mint: Mint) -> NamedNode:
    """Return the node of a tactic by its short name in a catalogue."""
    words = re.sub(r"[\s_-]+", " ", short).strip().casefold()
    return mint.named("technique", words, listed)


def catalogue(fields: Fields) -> str:
    """Return the catalogue that lists a technique; nothing where the object names none.

    OpenCTI and DISARM itself say `mitre-attack` of DISARM's techniques; their addresses tell.
    """
    said = [one.casefold() for one in _signs(fields) if one]
    if any("disarm" in one for one in said):
        return _DISARM
    if any("attack.mitre.org" in one or one.startswith("mitre-") for one in said):
        return _ATTACK
    return next((one for one in said if "://" not in one), "")


def is_own_number(fields: Fields, reference: Fields) -> bool:
    """Return whether a catalogue lists an object itself under the number of a reference.

    That is the first number. Others, such as those of CAPEC on techniques of ATT&CK, are of
    what the object has to do with, and so is one of a catalogue of other things.
    """
    listed = _LISTS.get(text(reference, "source_name").casefold())
    is_first = text(reference, "external_id") == _number(fields)
    return is_first and listed in (None, text(fields, "id").partition("--")[0])


def _signs(fields: Fields) -> Iterator[str]:
    for step in entries(fields, "kill_chain_phases"):
        yield text(step, "kill_chain_name")
    for reference in entries(fields, "external_references"):
        if text(reference, "external_id"):
            yield text(reference, "url")
            yield text(reference, "source_name")


def _number(fields: Fields) -> str:
    """Return the number under which the catalogue lists a technique."""
    listed = (text(one, "external_id") for one in entries(fields, "external_references"))
    return next(filter(None, listed), "") or text(fields, "x_mitre_id")
