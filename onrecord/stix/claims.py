"""Claims of other sources as STIX relationships, and doubts and denials of them as opinions."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode

from onrecord.stix.ids import of_object
from onrecord.stix.marks import mark_of, marked
from onrecord.stix.records import Stix, plain, timestamp
from onrecord.stix.testimony import Said
from onrecord.stix.things import Things
from ontology import term
from ontology.flags import STRENGTHS, label

# `linked-to` is no attribution, and the stronger words are said beside `attributed-to`, which
# stands for the weakest of them
_TYPES: Final = {
    "linkedTo": "linked-to",
    "targeted": "targets",
    "originatedIn": "originates-from",
    "org:memberOf": "part-of",
    "org:subOrganizationOf": "part-of",
    "schema:worksFor": "employed-by",
    "schema:location": "located-at",
    "dcterms:relation": "related-to",
    "dcterms:isPartOf": "part-of",
}
_BY_WORD: Final = {term(word): type for word, type in _TYPES.items()}
_OPINIONS: Final = {"Denial": "disagree", "Question": "neutral"}
_CLAIMED: Final = ("Assertion", "Allegation", "Retraction")
# what the objects themselves say
_IN_OBJECTS: Final = frozenset(
    term(word)
    for word in (
        "rdf:type", "name", "alias", "onPlatform", "handle", "displayName", "address",
        "fileHash", "dcterms:identifier",
    )
)  # fmt: skip


def links(said: Iterable[Said], things: Things, lost: Counter[str]) -> Iterator[Stix]:
    """Yield a relationship for each speaker of a claim, and the opinions on it."""
    by_claim: dict[NamedNode, list[Said]] = defaultdict(list)
    for one in said:
        if one.predicate not in _IN_OBJECTS or one.stance not in ("Assertion", "Allegation"):
            by_claim[one.claim].append(one)
    for claim in sorted(by_claim, key=str):
        found = by_claim[claim]
        made = {str(each["id"]): each for each in _relationships(found, things)}
        yield from made.values()
        ends = _ends(found[0], things)
        told = [one for one in found if one.stance in _OPINIONS]
        # a denial of what nobody asserts here is of something said of the subject
        on = sorted(made) or list(ends[:1] if ends else ())
        yield from _opinions(told, on, things)
        for one in found:
            if not ends or not (one.stance in _OPINIONS or (made and one.stance in _CLAIMED)):
                why = "no two objects" if not ends else "no such stance"
                lost[f"{label(one.predicate)} ({one.stance.casefold()}): {why}"] += 1


def _ends(one: Said, things: Things) -> tuple[str, str] | None:
    if not isinstance(one.object, NamedNode) or one.predicate == term("rdf:type"):
        return None
    source, target = things.id(one.subject), things.id(one.object)
    return (source, target) if source and target else None


def _relationships(said: Iterable[Said], things: Things) -> Iterator[Stix]:
    spoken: dict[NamedNode, list[Said]] = defaultdict(list)
    for one in said:
        if one.stance in _CLAIMED:
            spoken[one.speaker].append(one)
    for speaker, found in spoken.items():
        ends = _ends(found[0], things)
        if ends and any(one.stance != "Retraction" for one in found):
            yield _relationship(found, speaker, ends, things)


def _relationship(
    said: list[Said], speaker: NamedNode, ends: tuple[str, str], things: Things
) -> Stix:
    first = min(said, key=lambda one: one.loaded)
    kind = _type(first.predicate)
    found = _object("relationship", first, speaker, things)
    found = marked(found, (mark_of(one.marks) for one in said))
    found |= {"relationship_type": kind, "source_ref": ends[0], "target_ref": ends[1]}
    if described := _described(said, kind):
        found["description"] = described
    for key, value in first.qualifiers:
        name = {term("validFrom"): "start_time", term("validTo"): "stop_time"}.get(key)
        if name and "T" in value.value:
            found[name] = plain(value)
    if any(one.stance == "Retraction" for one in said):
        found["revoked"] = True
    return found


def _type(predicate: NamedNode) -> str:
    if predicate in _BY_WORD:
        return _BY_WORD[predicate]
    if predicate in STRENGTHS:
        return "attributed-to"
    local = re.split(r"[#/]", predicate.value)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", local).casefold()


def _described(said: list[Said], kind: str) -> str:
    """Return the exact word of a claim where STIX has a wider one, and how it was put."""
    word = label(said[0].predicate)
    parts = [] if word.replace(" ", "-") == kind else [word]
    about = (f"{label(key)}: {_shown(value.value)}" for key, value in said[0].qualifiers)
    parts += sorted(set(about))
    for put in zip(*map(_put, said), strict=True):
        parts += sorted({text for texts in put for text in texts})
    parts += ["alleged"] if all(one.stance == "Allegation" for one in said) else []
    return "; ".join(parts)


def _put(one: Said) -> tuple[list[str], ...]:
    """Return how a speaker put a claim: hedges, wording, how sure they are, what they add."""
    scales = one.detail("statedConfidenceScale") or ["confidence"]
    sure = [f"{scales[0]}: {number}" for number in one.detail("statedConfidence")]
    return (one.detail("hedge"), one.detail("wording"), sure, one.detail("note"))


def _shown(value: str) -> str:
    return label(NamedNode(value)) if value.startswith("http") else value


def _opinions(told: Iterable[Said], on: list[str], things: Things) -> Iterator[Stix]:
    made: dict[str, Stix] = {}
    for one in told if on else ():
        found = _object("opinion", one, one.speaker, things, one.stance)
        found = marked(found, [mark_of(one.marks)])
        of = isinstance(one.object, NamedNode) and things.name(one.object)
        about = f"{label(one.predicate)} {of}" if of else label(one.predicate)
        found |= {"opinion": _OPINIONS[one.stance], "object_refs": on}
        found["explanation"] = "; ".join((about, *chain(*_put(one))))
        made.setdefault(str(found["id"]), found)
    yield from made.values()


def _object(type: str, one: Said, speaker: NamedNode, things: Things, *more: str) -> Stix:
    found: Stix = {
        "type": type,
        "spec_version": "2.1",
        "id": of_object(type, one.claim.value, speaker.value, *more),
        "created": timestamp(one.loaded),
        "modified": timestamp(one.loaded),
    }
    if maker := things.speaker(speaker):
        found["created_by_ref"] = maker
    return found
