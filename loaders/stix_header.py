"""What stands beside the claims of a STIX object: times, confidence, ids, what is only kept."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.details import asserted_at
from loaders.records import Details
from loaders.stix_bundle import PROPERTY, Item
from loaders.stix_fields import as_list, stated, taken
from loaders.stix_words import (
    ADMINISTRATIVE,
    FLAGS,
    KEPT,
    KEPT_OF_MITRE,
    NEVER,
    NUMBERS,
    SAYS_NOTHING,
    TEXTS,
    TIMES,
    WITHHELD,
)
from ontology import term
from ontology.identity import Term

_REFERENCE: Final = term("recordReference")
_SCALE: Final = Literal("STIX, from 0 to 100")
_MARKED: Final = "object_marking_refs"
_LINKS: Final = ("relationship", "sighting", "opinion")
_NOT_KEPT: Final = "is not taken: secrets, files, and what identifies or reaches somebody"
_NOTHING: Final[tuple[object, ...]] = (None, "", [], {})
_READ: Final = frozenset({"x_opencti_id", *TEXTS, *FLAGS, *TIMES, *NUMBERS})


def header(item: Item) -> tuple[Details, Details]:
    """Return what stands beside all claims of an object, and what stands beside one of them."""
    item.take(*SAYS_NOTHING, *(name for name in ADMINISTRATIVE if name != _MARKED))
    created, modified = item.moment("created"), item.moment("modified")
    common: list[tuple[NamedNode, Term]] = [*asserted_at(modified or created)]
    header: list[tuple[NamedNode, Term]] = []
    if created:
        header.append((term("recordCreated"), created))
    if (found := item.whole("confidence", 100)) is not None:
        common.append((term("statedConfidence"), found))
        common.append((term("statedConfidenceScale"), _SCALE))
    if item.fields.get("revoked") in (True, False):
        item.take("revoked")
    if item.fields.get("spec_version") in ("2.0", "2.1"):
        item.take("spec_version")
    if id := item.text("x_opencti_id"):
        header.append((term("dcterms:identifier"), Literal(id)))
    if item.language():
        item.take("lang")
        header.append((term("inLanguage"), Literal(item.language())))
    header += ((_REFERENCE, Literal(one)) for one in _references(item))
    item.valid, told = _validity(item)
    header += (*told, *_cited(item))
    for name, value in item.fields.items():
        if _is_kept(item, name) or (name in FLAGS and value is False):
            item.take(name)
            header += stated(name, value)
    return tuple(common), tuple(header)


def _is_kept(item: Item, name: str) -> bool:
    """Return whether a field is kept as it stands, since no claim is made of it.

    What is somebody's own goes by a name in `x_` (STIX 2.1, section 11.1); where that is not
    known, it is said that nobody reads it.
    """
    value = item.fields[name]
    if value in _NOTHING or (name == "extensions" and not _extends(value)):
        return False
    if name in KEPT or not name.startswith("x_"):
        return name in KEPT
    if name in NEVER or name.endswith(("_ref", "_refs")) or not PROPERTY.fullmatch(name):
        return False
    if item.type not in _LINKS and name in _READ:
        return False
    if WITHHELD in repr(value):
        item.take(name)
        item.fault(name, "", _NOT_KEPT)
    elif not name.startswith(KEPT_OF_MITRE) and name not in _READ:
        item.fault(name, value, "nobody reads this field, and it is kept as it stands")
    return value != WITHHELD


def _extends(value: object) -> bool:
    """Return whether extensions are objects by their ids, as they have to be."""
    return isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())


def _validity(item: Item) -> tuple[Details, Details]:
    """Return from when until when an indicator is good, which is not when it was seen."""
    valid: Details = ()
    told: Details = ()
    for name, word in (("valid_from", "validFrom"), ("valid_until", "validTo")):
        if item.type == "indicator" and (found := item.moment(name)):
            valid += ((term(word), found),)
            told += stated(name, item.fields[name])
    return valid, told


def _cited(item: Item) -> Details:
    """Return what a relationship, a sighting or an opinion cites, of which it is no thing."""
    name = "external_references"
    if item.type not in _LINKS:
        return ()
    found = taken(item, name)
    return tuple(one for reference in found for one in stated(name, reference))


def _references(item: Item) -> Iterator[str]:
    """Yield each field that refers to other objects, with the id that it has."""
    for name, value in item.fields.items():
        if name.endswith(("_ref", "_refs")) and name not in NEVER:
            yield from dict.fromkeys(
                f"{name} {one}"
                for one in as_list(value)
                if isinstance(one, str) and one.strip()
            )
