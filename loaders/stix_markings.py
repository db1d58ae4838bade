"""How objects of STIX bundles are marked: the Traffic Light Protocol, and rules of others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal

from loaders.given import Terms
from loaders.markings import UNREAD, WORDS, marked, of_tag
from loaders.records import Attestation, Claim, Details
from loaders.stix_bundle import Fields, Item, Thing, entries, opencti, text, texts
from loaders.stix_fields import stated
from loaders.stix_rules import LICENCE, is_policy, rules, statement, told_of
from ontology import term

_REFS: Final = "object_marking_refs"
_REASON: Final = "is a marking that is not known, and holds back as the strictest does"


def terms_of(versions: Iterable[Fields], objects: Mapping[str, Fields]) -> Terms:
    """Return the licence of a file, which marks all, and its markings, from any version."""
    refs = [(set(texts(fields, _REFS)), fields) for fields in versions]
    found = [ids for ids, _ in refs if ids]
    shared = set.intersection(*found) if found else set()
    licences = {statement(objects.get(id, {})) for id in shared}
    licences = {one for one in licences if LICENCE.search(one)}
    words = {word for ids, fields in refs for word in _beside(fields)}
    parts = {_ref(one) for _, fields in refs for one in _granular(fields)}
    for id in parts.union(*found):
        words |= rules(id, objects.get(id, {}))
    return marked(Terms(licence=licences.pop() if len(licences) == 1 else ""), words)


def marks_of(item: Item) -> Details:
    """Return the words of the protocol that mark an object, and the rules that the file has."""
    if item.fields.get(_REFS) is not None:
        item.take(_REFS)
    details: Details = ()
    for id in texts(item.fields, _REFS):
        details += _details(item, _REFS, id)
    if _is_odd(item.fields):
        item.fault(_REFS, item.fields[_REFS], _REASON)
    words = (WORDS[word] for word in sorted(_beside(item.fields)))
    return (*details, *((term("marking"), word) for word in words))


def _details(item: Item, column: str, id: str) -> Details:
    """Return what a marking says, and the marking itself where it says more than a word."""
    fields = item.bundle.objects.get(id, {})
    found, thing = rules(id, fields), item.bundle.thing(id)
    details: Details = tuple((term("marking"), WORDS[word]) for word in sorted(found))
    if isinstance(thing, Thing):
        is_word = found and UNREAD not in found and not is_policy(fields)
        return details if is_word else (*details, (term("markedBy"), thing.node))
    if UNREAD in found:
        item.fault(column, id, f"{thing.reason}: {_REASON}")
    return details


def _beside(fields: Fields) -> set[str]:
    """Return what an object says of who may have it other than by ids of markings."""
    found = {of_tag(one) for one in texts(fields, "labels")}
    # OpenCTI shares an object with organisations, or with people, and nobody else
    if any(opencti(fields, name) for name in ("granted_refs", "authorized_members")):
        found.add(UNREAD)
    if _is_odd(fields):
        found.add(UNREAD)
    return found - {""}


def _is_odd(fields: Fields) -> bool:
    """Return whether the field for markings holds something that is no id."""
    found = fields.get(_REFS) or []
    return len(texts(fields, _REFS)) < (len(found) if isinstance(found, list) else 1)


def granular(item: Item) -> dict[str, Details]:
    """Return the marking of each field that has one of its own (STIX 2.1, section 7.2.3)."""
    found: dict[str, Details] = {}
    for one in _granular(item.fields):
        marks = _details(item, "granular_markings", _ref(one))
        for selector in texts(one, "selectors"):
            field = selector.partition(".")[0]
            found[field] = (*found.get(field, ()), *marks)
    return found


def _granular(fields: Fields) -> list[dict[str, object]]:
    """Return the markings of parts; a language is none."""
    return [one for one in entries(fields, "granular_markings") if "marking_ref" in one]


def _ref(one: Fields) -> str:
    return text(one, "marking_ref")


def marking(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what a marking definition says."""
    rule = item.fields.get("definition")
    words = sorted(rules(item.id, item.fields) - {UNREAD})
    told = [value for _, value in told_of(item.fields) if value]
    shown = ", ".join(words or told)
    if isinstance(rule, dict) and shown and all(isinstance(one, str) for one in rule.values()):
        item.take("definition")
        claim = Claim(thing.node, term("describedAs"), Literal(shown))
        yield item.says(claim, stated("definition", rule))
