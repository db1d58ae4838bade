"""The fields that STIX objects share: names, kinds, times, references, each as a claim."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.no_names import why_nobody
from loaders.records import Attestation, Claim, Details
from loaders.stix_bundle import Item, Thing, entries, is_placeholder, text, texts
from loaders.stix_techniques import catalogue, is_own_number, phase
from loaders.stix_things import main_field
from loaders.stix_words import (
    FLAGS,
    FREE,
    NEVER,
    NUMBERS,
    SECRET,
    TEXTS,
    TIMES,
    WITHHELD,
)
from ontology import term

_FIELD: Final = term("recordField")
# whose other names may be in doubt, or those of nobody, as the first may
_PARTIES: Final = ("identity", "intrusion-set", "threat-actor")
# of attributes, such as `Network activity`, which MISP writes as if they were phases
_OF_MISP: Final = "misp-category"


def claims(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what an object says of its thing: what it is, what it is called, and the rest."""
    main = main_field(item.fields)
    spelled = item.text(main) if main else ""
    introduced = [Claim(thing.node, term("rdf:type"), term(thing.kind))]
    introduced += thing.told
    for claim in introduced:
        # what tells which thing it is stands, whatever is taken back
        is_count = claim.predicate == term("assetCount")
        yield item.says(claim, stance=None if is_count else term("Assertion"))
    if thing.name or spelled:
        details = field(main, spelled, thing.name or spelled) if main else ()
        name = Claim(thing.node, term("name"), Literal(thing.name or spelled))
        yield item.says(name, details, term("Assertion"))
    if thing.kind == "Hashtag" and main in ("url", "value"):
        item.fault(main, spelled, "is a hashtag where a web address belongs")
    yield item.says(
        Claim(thing.node, term("dcterms:identifier"), Literal(item.id)), item.header
    )
    yield from _plain(item, thing.node, main)
    yield from _external(item, thing.node)
    yield from _phases(item, thing.node)
    yield from _places(item, thing)


def field(name: str, spelled: str, shown: str) -> Details:
    """Return which field of a record says something, and how it is spelled there."""
    return stated(name, spelled) if spelled != shown else ((_FIELD, Literal(name)),)


def _plain(item: Item, node: NamedNode, main: str) -> Iterator[Attestation]:
    for name in item.fields:
        if name == main:
            continue
        if name in NEVER and item.type not in ("note", "course-of-action"):
            item.take(name)
            item.fault(name, "", NEVER[name])
        elif name == "value" and item.fields[name] == WITHHELD:
            item.take(name)
            item.fault(name, "", SECRET)
        elif name in TEXTS and (name != "number" or text(item.fields, name)):
            yield from _texts(item, node, name)
        elif name in TIMES:
            if found := item.moment(name):
                yield item.says(Claim(node, term(TIMES[name]), found), field(name, "", ""))
        elif name in FLAGS:
            yield from _flag(item, node, name)
        elif name in NUMBERS and (number := item.whole(name, 10**15)) is not None:
            claim = Claim(node, term("describedAs"), number)
            yield item.says(claim, field(name, "", ""))


def _texts(item: Item, node: NamedNode, name: str) -> Iterator[Attestation]:
    found = texts(item.fields, name)
    value = item.fields[name]
    if (isinstance(value, str) and found) or (
        isinstance(value, list) and len(found) == len(value)
    ):
        item.take(name)
    for one in dict.fromkeys(found):
        if name in FREE and is_placeholder(one):
            item.take(name)
            item.fault(name, one, "is a placeholder")
            continue
        if TEXTS[name] == "alias" and item.type in _PARTIES and (reason := why_nobody(one)):
            item.fault(name, one, reason)
            continue
        said = item.worded(one) if TEXTS[name] == "describedAs" else Literal(one)
        yield item.says(Claim(node, term(TEXTS[name]), said), field(name, "", ""))
        if name == "title" and "://" in one and (url := assets.address(one)):
            page = assets.web_address(url, item.bundle.mint)
            yield from _page(item, page, url)
            yield item.says(Claim(node, term("dcterms:references"), page))


def _page(item: Item, page: NamedNode, url: str) -> Iterator[Attestation]:
    more = Claim(page, term("address"), Literal(url))
    yield from item.bundle.voice.introduce(page, "WebAddress", url, item.place.passage, more)


def _flag(item: Item, node: NamedNode, name: str) -> Iterator[Attestation]:
    """Yield what is said to be so; what is said not to be stands in the header."""
    if item.fields[name] is True:
        item.take(name)
        words = name.removeprefix("x_mitre_").removeprefix("x_opencti_").replace("_", " ")
        shown = Literal(words, language="en")
        yield item.says(Claim(node, term("describedAs"), shown), stated(name, True))


def stated(name: str, value: object) -> Details:
    """Return which field of a record says something, with the value that it has there."""
    spelled = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return ((_FIELD, Literal(f"{name}: {spelled}")),)


def _external(item: Item, node: NamedNode) -> Iterator[Attestation]:
    """Yield the numbers and addresses under which others have the thing."""
    name = "external_references"
    found = taken(item, name)
    for reference in found:
        about = stated(name, reference)
        url, number = text(reference, "url"), text(reference, "external_id")
        address = assets.address(url) if url else None
        is_own = number and is_own_number(item.fields, reference)
        if is_own:
            yield item.says(Claim(node, term("notation"), Literal(number)), about)
        if address:
            page = assets.web_address(address, item.bundle.mint)
            yield from _page(item, page, address)
            yield item.says(Claim(node, term("dcterms:references"), page), about)
        elif url:
            item.fault(name, url, "is no web address")
        elif not is_own:
            yield from _work(item, node, reference, about)


def _work(
    item: Item, node: NamedNode, reference: dict[str, object], about: Details
) -> Iterator[Attestation]:
    shown = ": ".join(
        filter(
            None, (text(reference, k) for k in ("source_name", "external_id", "description"))
        )
    )
    if not shown:
        item.fault("external_references", reference, "has neither name, number nor address")
        return
    work = item.bundle.mint.activity("work", shown)
    where = item.place.passage
    yield from item.bundle.voice.introduce(work, "CitedWork", shown, where)
    yield item.says(Claim(node, term("dcterms:references"), work), about)


def _phases(item: Item, node: NamedNode) -> Iterator[Attestation]:
    """Yield the tactics that a technique is part of."""
    name = "kill_chain_phases"
    found = taken(item, name)
    for step in found:
        short, chain = text(step, "phase_name"), text(step, "kill_chain_name")
        listed = catalogue(item.fields) or chain.casefold()
        if not short or not listed:
            item.fault(name, step, "names no chain or no phase")
            continue
        if chain == _OF_MISP:
            yield item.says(
                Claim(node, term("describedAs"), Literal(short)), stated(name, step)
            )
            continue
        whole = phase(short, listed, item.bundle.mint)
        shown = short.replace("-", " ")
        where = item.place.passage
        if whole not in item.bundle.tactics:
            yield from item.bundle.voice.introduce(whole, "Technique", shown, where)
        claim = Claim(node, term("dcterms:isPartOf"), whole)
        yield item.says(claim, stated(name, step))


def _places(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield where a place is; where people are is not kept."""
    for name in ("latitude", "longitude"):
        value = item.fields.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 180:
            item.take(name)
            if thing.kind != "schema:Place":
                item.fault(name, value, "is not taken: only of places")
                continue
            number = Literal(
                f"{Decimal(str(value)).normalize():f}", datatype=term("xsd:decimal")
            )
            about = stated(name, value)
            yield item.says(Claim(thing.node, term(f"schema:{name}"), number), about)


def hashes(item: Item, node: NamedNode) -> Iterator[Attestation]:
    """Yield the hashes of a file."""
    value = item.fields.get("hashes")
    if not isinstance(value, dict):
        return
    item.take("hashes")
    for name, spelled in sorted(value.items()):
        if isinstance(spelled, str) and indicators.hashed_file(spelled, item.bundle.mint):
            claim = Claim(node, term("fileHash"), Literal(spelled.lower()))
            yield item.says(claim, stated("hashes", value))
        else:
            item.fault("hashes", f"{name} {spelled}", "is no hash of a length that is known")


def taken(item: Item, name: str) -> list[dict[str, object]]:
    """Return the objects that a field lists, as read where it has nothing else."""
    found = entries(item.fields, name)
    if found and len(found) == len(as_list(item.fields[name])):
        item.take(name)
    return found


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
