"""Relationships, sightings and opinions of STIX bundles, and what else refers to objects."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.records import Attestation, Claim, Details
from loaders.stix_authors import authors, written_by
from loaders.stix_bundle import (
    Fault,
    Fields,
    Item,
    Thing,
    inferred_by_rules,
    is_placeholder,
    opencti,
    text,
)
from loaders.stix_fields import field, stated
from loaders.stix_relations import how_sure, of_field, relation
from loaders.stix_words import ADMINISTRATIVE, NEVER
from ontology import term
from ontology.identity import Qualifier

# to doubt one is to doubt what it holds, and not that it is one; of what is a concept or an
# observable nobody but us says so
_WHOLES: Final = (
    "Grouping", "Observable", "Observation", "schema:Comment", "schema:Report", "skos:Concept",
)  # fmt: skip
_LINKS: Final = ("relationship--", "sighting--")
_REFERENCE: Final = term("recordReference")
_MOST: Final = 999_999_999
_STANCES: Final = {
    "strongly-disagree": "Denial", "disagree": "Denial", "neutral": "Question",
    "agree": "Assertion", "strongly-agree": "Assertion",
}  # fmt: skip
_NO_RELATIONS: Final = (
    *ADMINISTRATIVE, *NEVER, "object_refs", "sighting_of_ref", "source_ref", "target_ref",
    "where_sighted_refs",
)  # fmt: skip


def relationship(item: Item) -> Iterator[Attestation]:
    """Yield the claim of a relationship, with the word of STIX as its wording."""
    claim = relation(item.fields, item.bundle)
    if isinstance(claim, Fault):
        raise item.member.fault(item.id, claim.column, claim.value, claim.reason)
    item.take("relationship_type", "source_ref", "target_ref")
    kind = text(item.fields, "relationship_type")
    repeated: Details = ()
    if text(item.fields, "x_opencti_type") == kind:
        item.take("x_opencti_type")
        repeated = stated("x_opencti_type", kind)
    about = tuple(_period(item, "start_time", "stop_time"))
    whole = Claim(claim.subject, claim.predicate, claim.object, (*claim.qualifiers, *about))
    sure, stance = how_sure(item.fields)
    told = (*item.header, *repeated, *sure, *_explained(item, kind, "description"))
    yield item.says(whole, told, None if item.is_revoked else stance)


def _period(item: Item, first: str, last: str) -> Iterator[Qualifier]:
    for name, word in ((first, "validFrom"), (last, "validTo")):
        if found := item.moment(name):
            yield term(word), found


def _explained(item: Item, wording: str, column: str) -> Iterator[Qualifier]:
    yield term("wording"), Literal(wording, language="en")
    if told := item.text(column):
        if is_placeholder(told):
            item.fault(column, told, "is a placeholder")
        else:
            yield term("explanation"), item.worded(told)


def sighting(item: Item) -> Iterator[Attestation]:
    """Yield that something was seen, by whom or where, how often and when."""
    of = inferred_by_rules(item.fields) or _sighted(item)
    if isinstance(of, Fault):
        raise item.member.fault(item.id, of.column, of.value, of.reason)
    item.take("sighting_of_ref", "where_sighted_refs")
    denied = _is_denied(item)
    stance = term("Denial") if denied and not item.is_revoked else None
    seen = list(_seen(item, of.node))
    kept = _denial(item) if denied else _in_all(item, seen)
    details = (*item.header, *kept, *_explained(item, "sighting", "description"))
    if not seen:
        # only a sighting that names nobody is its maker's own (STIX 2.1, section 5.2)
        reason = "refers to objects that are not in the file, or were not taken"
        listed = item.fields.get("where_sighted_refs")
        raise item.member.fault(item.id, "where_sighted_refs", listed, reason)
    for told, claim in _told_once(details, "where_sighted_refs", seen):
        yield item.says(claim, told, stance)
    yield from _others(item, of)


def _told_once(
    details: Details, column: str, claims: list[Claim]
) -> Iterator[tuple[Details, Claim]]:
    """Yield what stands beside each of several claims; all references, beside the first."""
    rest = tuple(
        one
        for one in details
        if one[0] != _REFERENCE or not one[1].value.startswith(f"{column} ")
    )
    for number, claim in enumerate(claims):
        yield rest if number else details, claim


def _sighted(item: Item) -> Thing | Fault:
    return item.bundle.end("sighting_of_ref", item.fields.get("sighting_of_ref"))


def _seen(item: Item, of: NamedNode) -> Iterator[Claim]:
    """Yield what a sighting claims, one for each place or witness; none where it names none."""
    about = list(_period(item, "first_seen", "last_seen"))
    count = item.whole("count", _MOST)
    seen = [one.node for one in _ends(item, "where_sighted_refs")]
    if not seen and not item.fields.get("where_sighted_refs"):
        seen = [item.bundle.creator(item.fields) or item.bundle.voice.speaker]
    told = {str(one) for one in _listed(item, "where_sighted_refs")}
    # what several saw together, also those who were not taken, none of them saw as often
    if count is not None and len(told) < 2 and not _is_denied(item):
        about.append((term("timesSeen"), count))
    for place in seen:
        yield Claim(of, term("sightedBy"), place, tuple(about))


def _in_all(item: Item, seen: list[Claim]) -> Details:
    """Return how often several saw something together, which is claimed of none of them."""
    count = item.fields.get("count")
    is_told = any(key == term("timesSeen") for one in seen for key, _ in one.qualifiers)
    return () if is_told or not isinstance(count, int) else stated("count", count)


def _is_denied(item: Item) -> bool:
    """Return whether a sighting says that something was not seen.

    A count of 0 says so (STIX 2.1, section 5.2), and so does OpenCTI's word for it.
    """
    count = item.fields.get("count")
    # which some write as a text or with a fraction
    is_none = not isinstance(count, bool) and count in (0, "0")
    return opencti(item.fields, "negative") is True or is_none


def _denial(item: Item) -> Iterator[Qualifier]:
    """Yield the fields by which a sighting denies, so that it does when it is given back."""
    if (count := item.fields.get("count")) is not None:
        item.take("count")
        yield from stated("count", 0 if count in (0, "0") else count)
    if (value := item.fields.get("x_opencti_negative")) is not None:
        item.take("x_opencti_negative")
        yield from stated("x_opencti_negative", value)


def opinion(item: Item) -> Iterator[Attestation]:
    """Yield a stance on each claim to which an opinion refers."""
    word = item.text("opinion")
    if word not in _STANCES:
        raise item.member.fault(item.id, "opinion", word, "is none of the opinions of STIX")
    if item.is_revoked and _STANCES[word] != "Assertion":
        raise item.member.fault(item.id, "revoked", True, "is a doubt that was taken back")
    item.take("object_refs")
    details = (*item.header, *_explained(item, word, "explanation"))
    on = [found for id in _listed(item, "object_refs") for found in _claims(item, id)]
    if not on and not item.faults:
        raise item.member.fault(
            item.id, "object_refs", item.fields.get("object_refs"), "refers to nothing"
        )
    details = (*details, *written_by(item))
    for author in authors(item):
        yield from author.told
        for told, claim in _told_once(details, "object_refs", on):
            stance = None if item.is_revoked else term(_STANCES[word])
            yield item.says(claim, told, stance, by=author.node)


def _claims(item: Item, id: object) -> Iterator[Claim]:
    """Yield what an object claims in the main: its relation, else what it is said to be."""
    fields = item.bundle.objects.get(id) if isinstance(id, str) else None
    if fields is None:
        item.fault("object_refs", id, "refers to an object that is not in the file")
    elif text(fields, "id").startswith("sighting--") and _is_denied(_beside(item, fields)):
        item.fault(
            "object_refs", id, "is itself a denial, of which an opinion would be another"
        )
    elif text(fields, "id").startswith(_LINKS):
        if not (found := _linked(item, fields)):
            item.fault("object_refs", id, "refers to an object that was not taken")
        yield from found
    else:
        thing = item.bundle.end("object_refs", id)
        if isinstance(thing, Thing):
            yield from _of_thing(thing, _beside(item, fields), item)
        else:
            item.fault("object_refs", id, "refers to an object that was not taken")


def _linked(item: Item, fields: Fields) -> list[Claim]:
    """Return what a relationship or a sighting claims, as it has it itself, if it can."""
    other = _beside(item, fields)
    if text(fields, "id").startswith("sighting--"):
        of = inferred_by_rules(fields) or _sighted(other)
        return [] if isinstance(of, Fault) else list(_seen(other, of.node))
    claim = relation(fields, item.bundle)
    if isinstance(claim, Fault):
        return []
    about = _period(other, "start_time", "stop_time")
    return [Claim(claim.subject, claim.predicate, claim.object, (*claim.qualifiers, *about))]


def _beside(item: Item, fields: Fields) -> Item:
    """Return another object, to be looked at while one is in hand."""
    return Item(item.bundle, item.member, dict(fields), item.place)


def _of_thing(thing: Thing, other: Item, item: Item) -> Iterator[Claim]:
    """Yield what an object says: a note of what it refers to, any other of its thing."""
    content = other.text("content") if text(other.fields, "type") == "note" else ""
    on = [one.node for one in _ends(other, "object_refs", is_quiet=True)] if content else []
    if on:
        yield from (Claim(node, term("describedAs"), other.worded(content)) for node in on)
        return
    claim = _said_to_be(thing, other)
    if thing.kind in _WHOLES and claim.predicate == term("rdf:type"):
        item.fault("object_refs", text(other.fields, "id"), "says nothing by itself")
        return
    yield claim


def _said_to_be(thing: Thing, other: Item) -> Claim:
    told = other.text("description")
    if not told or is_placeholder(told):
        return Claim(thing.node, term("rdf:type"), term(thing.kind))
    return Claim(thing.node, term("describedAs"), other.worded(told))


def note(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what a note says of each thing that it refers to."""
    content = item.text("content")
    details = written_by(item)
    about = [one.node for one in _ends(item, "object_refs", is_quiet=True)]
    for node in about or [thing.node]:
        claim = Claim(node, term("describedAs"), item.worded(content))
        for author in authors(item):
            yield from author.told
            yield item.says(claim, (*details, *field("content", "", "")), by=author.node)


def references(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what a report, a grouping or a note is about, relationships included."""
    for id in _listed(item, "object_refs"):
        for node in _nodes(item, id):
            yield item.says(Claim(thing.node, term("dcterms:references"), node))
    yield from _others(item, thing)


def _nodes(item: Item, id: object) -> Iterator[NamedNode]:
    fields = item.bundle.objects.get(id) if isinstance(id, str) else None
    if fields is not None and text(fields, "id").startswith(_LINKS):
        for one in (claims := _linked(item, fields)):
            mint = item.bundle.mint
            yield mint.claim(one.subject, one.predicate, one.object, one.qualifiers)
        if claims:
            return
    found = item.bundle.end("object_refs", id)
    if isinstance(found, Thing):
        yield found.node
    else:
        item.fault("object_refs", id, found.reason)


def _others(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield the relations that fields of other names say: `belongs_to_ref`, `tactic_refs`."""
    for name in item.fields:
        if not name.endswith(("_ref", "_refs")) or name in _NO_RELATIONS:
            continue
        kind = name.removesuffix("s").removesuffix("_ref").replace("_", "-")
        for found in _ends(item, name):
            claim = of_field(kind, thing, found)
            yield item.says(claim, stated(name, item.fields[name]))


def _listed(item: Item, name: str) -> list[object]:
    item.take(name)
    value = item.fields.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _ends(item: Item, name: str, *, is_quiet: bool = False) -> Iterator[Thing]:
    for id in _listed(item, name):
        found = item.bundle.end(name, id)
        if isinstance(found, Thing):
            yield found
        elif not is_quiet:
            item.fault(name, id, found.reason)
