"""STIX 2.1 bundles: actors, campaigns, channels, techniques, and who relates them how.

Source   bundles, TAXII envelopes or lists of objects in JSON, as MITRE, DISARM, OpenCTI and
         agencies such as VIGINUM publish them
Licence  the publisher's; a statement that marks all objects is taken for it
Yields   a thing for each object, claims for its fields and relationships; the speaker of each
         is the maker of the object, else the publisher of the file

`attributed-to` says that the target is behind the source, and no more. Opinions are stances on
what they refer to. Whatever is revoked is taken back.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import stix_fields, stix_header, stix_links, stix_misp
from loaders.accounting import account
from loaders.envelopes import Envelope
from loaders.given import Given
from loaders.members import Member
from loaders.records import Attestation, Claim, Quarantined, Record
from loaders.source import BYTE_ORDER_MARK, File, source
from loaders.stix_bundle import ID, MAKERS, Bundle, Fault, Fields, Item, Thing, text
from loaders.stix_embedded import embedded, held_in
from loaders.stix_languages import translated
from loaders.stix_markings import granular, marking, marks_of, terms_of
from loaders.stix_patterns import indicated
from loaders.stix_reading import Objects, envelopes_of, is_object, kept, newest
from loaders.stix_revoked import Live
from loaders.stix_techniques import catalogue, phase
from loaders.stix_things import SYSTEM, thing_of
from loaders.stix_words import NEVER, WITHHELD
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "stix"
_OBJECT: Final = re.compile(rf'"(?:id|created_by_ref)"\s*:\s*"{ID.pattern}"')
_BUNDLE: Final = re.compile(r'"type"\s*:\s*"bundle"')
_AROUND: Final = ("type", "id", "spec_version", "more", "next")

_NEITHER: Final = "is neither true nor false, so that nobody can tell whether the object stands"
_TELLING: Final = ("relationship--", "sighting--", "report--", "grouping--", "opinion--")
# what catalogues have of no maker
_BESIDE: Final = ("marking-definition--", "extension-definition--", "x-mitre-")


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    begin = head.lstrip(BYTE_ORDER_MARK + " \t\r\n")[:1]
    if begin == "{" and _BUNDLE.search(head):
        return "is a JSON object of the type bundle, as STIX has them"
    if begin in ("{", "[") and _OBJECT.search(head):
        return "has objects with ids of STIX, such as identity--00000000-…"
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    envelopes = envelopes_of(file)
    members = (member for envelope in envelopes for member in envelope.members)
    found = [*map(kept, members)]
    objects = newest(found)
    around = (envelope.fields for envelope in envelopes)
    values = (one.value for one in found if isinstance(one, Member))
    versions = [*filter(is_object, values)]
    within = (part for one in versions for part in held_in(one).values())
    told = terms_of([*around, *versions, *filter(is_object, within)], objects)
    voice, terms = Voice.of(file, given, replace(told, publisher=_maker(objects, given.mint)))
    yield from voice.opening(terms)
    makers = {id: given.mint.named("org", name) for id, name in MAKERS.items()}
    bundle = Bundle(voice, objects, _thing_of, _tactics(objects, given.mint), makers)
    for envelope in envelopes:
        yield from _around(envelope, bundle)
    yield from _makers(bundle)
    checked = map(_checked, found)
    yield from account(path.name, checked, partial(_tell, bundle, Live(_claims)), voice)


def _maker(objects: Objects, mint: Mint) -> str:
    """Return who publishes the objects: their only maker, or the maker of their only report.

    Whose catalogue others copy from, such as MITRE, counts where nobody else made anything.
    """
    for kind in ("", "report--", "grouping--"):
        of_kind = {id: fields for id, fields in objects.items() if id.startswith(kind)}
        makers = {text(fields, "created_by_ref") for fields in of_kind.values()}
        names = {id: _called(id, objects) for id in makers if id.startswith("identity--")}
        own = {id: name for id, name in names.items() if name not in MAKERS.values()} or names
        if len(own) != 1:
            continue
        ((maker, publisher),) = own.items()
        found = _thing_of(objects.get(maker, {}), mint, is_maker=True)
        # neither a system nor a person is an organisation that publishes
        is_one = isinstance(found, Thing) and found.kind not in (SYSTEM, "foaf:Person")
        if (is_one or maker in MAKERS) and publisher and _speaks(maker, publisher, of_kind):
            return publisher
    return ""


def _called(id: str, objects: Objects) -> str:
    return MAKERS.get(id, "") or text(objects.get(id, {}), "name")


def _speaks(maker: str, name: str, objects: Objects) -> bool:
    """Return whether a maker stands for what nobody is said to have made.

    Whose catalogue others copy from, such as MITRE, has to have made whatever says something,
    or what it is between; any other one some link or report, if there are any.
    """
    if name in MAKERS.values():
        told = [one for id, one in objects.items() if not id.startswith((maker, *_BESIDE))]
        # MITRE left the maker of some that it took back out
        return all(one.get("revoked") or _is_of(maker, one, objects) for one in told)
    told = [one for id, one in objects.items() if id.startswith(_TELLING)]
    return not told or any(_is_of(maker, one, objects) for one in told)


def _is_of(maker: str, fields: Fields, objects: Objects) -> bool:
    if by := fields.get("created_by_ref"):
        return by == maker
    ends = (objects.get(text(fields, name), {}) for name in ("source_ref", "target_ref"))
    return all(text(one, "created_by_ref") == maker for one in ends)


def _tactics(objects: Objects, mint: Mint) -> frozenset[NamedNode]:
    """Return the tactics that the file describes, so that techniques need not name them."""
    return frozenset(
        phase(text(fields, "x_mitre_shortname"), catalogue(fields), mint)
        for id, fields in objects.items()
        if id.startswith("x-mitre-tactic--") and text(fields, "x_mitre_shortname")
    )


def _around(envelope: Envelope, bundle: Bundle) -> Iterator[Record]:
    """Yield what stands beside the objects: the id of the bundle, and what nobody reads."""
    voice, file = bundle.voice, bundle.voice.file
    id = text(envelope.fields, "id")
    if ID.fullmatch(id):
        whole = file.whole(bundle.mint)
        place = file.entry(id, (("id", id),), whole)
        claim = Claim(whole.document, term("dcterms:identifier"), Literal(id))
        yield voice.says(claim, place)
    for name, value in envelope.fields.items():
        if name not in _AROUND and value not in (None, "", [], {}):
            reason = "nobody reads this field of the bundle"
            yield Quarantined(file.path.name, 1, id, name, str(value)[:200], reason)


def _makers(bundle: Bundle) -> Iterator[Record]:
    """Yield who everybody knows and the file leaves out, where they made something in it."""
    whole = bundle.voice.file.whole(bundle.mint)
    for id, node in bundle.makers.items():
        if id in bundle.speaking and id not in bundle.objects:
            yield from bundle.voice.introduce(node, "org:Organization", MAKERS[id], whole)


def _checked(found: Member | Quarantined) -> Member | Quarantined:
    """Return a member that is an object with an id; what is none comes out quarantined."""
    if isinstance(found, Quarantined):
        return found
    refused = _refused(found)
    return replace(refused, record=found.text) if refused else found


def _refused(found: Member) -> Quarantined | None:
    """Return why a member is no object of STIX."""
    fields = found.value
    if not isinstance(fields, dict):
        return found.quarantined("", "", fields, "is no object")
    id = text(fields, "id")
    if not ID.fullmatch(id):
        return found.quarantined(id, "id", fields.get("id"), "is no id of STIX")
    fault = _unsound(fields)
    return found.quarantined(id, fault.column, fault.value, fault.reason) if fault else None


def _unsound(fields: Fields) -> Fault | None:
    """Return why an object is not taken, whatever it is of."""
    if text(fields, "id").partition("--")[0] != text(fields, "type"):
        return Fault("type", fields.get("type"), "is not the type of the id")
    if not isinstance(fields.get("revoked"), bool | None):  # 1 is none, though it equals one
        return Fault("revoked", fields["revoked"], _NEITHER)
    return None


def _thing_of(fields: Fields, mint: Mint, is_maker: bool) -> Thing | Fault:
    return _unsound(fields) or thing_of(fields, mint, is_maker)


def _tell(bundle: Bundle, live: Live, member: Member) -> Iterator[Record]:
    """Yield what one object says."""
    fields: dict[str, object] = member.value
    item = Item(bundle, member, fields, member.entry(text(fields, "id"), bundle.mint))
    if WITHHELD in repr(fields.get("extensions")):
        item.fault("extensions", WITHHELD, NEVER["contact_information"])
    common, header = stix_header.header(item)
    marks = marks_of(item)
    item.common, item.header, item.marks = (*common, *marks), header, granular(item)
    if isinstance(fault := bundle.maker(fields), Fault):
        item.fault(fault.column, fault.value, fault.reason)
    said = _claims(item)
    yield from _merged(live.left(item, said) if item.is_revoked else said)
    yield from item.unread()


def _claims(item: Item) -> Iterator[Attestation]:
    if (read := _LINKS.get(item.type)) is not None:
        yield from read(item)
        return
    thing = item.bundle.version(item.fields)
    if isinstance(thing, Fault):
        raise item.member.fault(item.id, thing.column, thing.value, thing.reason)
    yield from stix_fields.claims(item, thing)
    yield from stix_fields.hashes(item, thing.node)
    if item.type == "note":
        yield from stix_links.note(item, thing)
    if item.type == "indicator":
        yield from indicated(item, thing)
    if item.type == "marking-definition":
        yield from marking(item, thing)
    if item.type.startswith("x-misp-"):
        yield from stix_misp.told(item, thing)
    yield from embedded(item, thing)
    yield from stix_links.references(item, thing)


_LINKS: Final = {
    "relationship": stix_links.relationship,
    "sighting": stix_links.sighting,
    "opinion": stix_links.opinion,
    "language-content": translated,
}


def _merged(said: Iterator[Attestation]) -> Iterator[Attestation]:
    """Yield attestations, those of one claim as one: two fields may say the same."""
    found: dict[object, Attestation] = {}
    for one in said:
        key = (one.claim, one.stance, one.speaker, id(one.place))
        before = found.setdefault(key, one)
        details = tuple(dict.fromkeys((*before.details, *one.details)))
        found[key] = before._replace(details=details)
    yield from found.values()
