"""Retractions by revoked STIX objects, except of what live objects in the file still say.

Things are known by what they are, so that a revoked object and the one in its place may be of
one thing, say the same of it, and only the one of them is over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from pyoxigraph import NamedNode

from loaders.records import Attestation, Claim, Details
from loaders.stix_bundle import Bundle, Fields, Item, Thing, text
from loaders.stix_relations import relation
from loaders.table import Refused
from ontology import term

Reader = Callable[[Item], Iterator[Attestation]]
Said = tuple[Claim, NamedNode]

_RETRACTION: Final = term("Retraction")
_FIELD: Final = term("recordField")
_LINKS: Final = ("relationship", "sighting", "opinion")


@dataclass(slots=True)
class Live:
    """What the objects of a file that are not revoked say, found where it is asked for."""

    read: Reader
    _on: dict[NamedNode, list[str]] = field(default_factory=dict)
    _who: dict[Said, set[str]] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)
    _aside: Bundle | None = None
    _is_ready: bool = False

    def left(self, item: Item, said: Iterator[Attestation]) -> Iterator[Attestation]:
        """Yield what a revoked object says, without what others of the file still say.

        Raises Refused for a link of which nothing is left.
        """
        self._look(item)
        for one in said:
            others = self._who.get((one.claim, one.speaker), set()) - {item.id}
            if one.stance != _RETRACTION or not others:
                yield one
                continue
            if item.type in _LINKS:
                reason = f"is revoked, while another {item.type} of the file says the same"
                raise item.member.fault(item.id, "revoked", True, reason)
            reason = "is revoked, while another object of the file says the same"
            item.fault(_column(one.details), one.claim.object.value, reason)

    def _look(self, item: Item) -> None:
        """Take note of what live objects say of the things that an object speaks of."""
        if not self._is_ready:
            self._is_ready = True
            for id, fields in item.bundle.objects.items():
                if fields.get("revoked") is not True:
                    for node in _subjects(item.bundle, fields):
                        self._on.setdefault(node, []).append(id)
        for node in _subjects(item.bundle, item.fields):
            for id in self._on.pop(node, ()):
                if id not in self._read:
                    self._read.add(id)
                    for one in self._says(id, item):
                        self._who.setdefault(one, set()).add(id)

    def _says(self, id: str, item: Item) -> Iterator[Said]:
        voice, fields = item.bundle.voice, item.bundle.objects[id]
        # a bundle looks at all objects when it is made, which for each of them takes too long
        aside = self._aside = self._aside or replace(item.bundle)
        # what is only looked at introduces nothing
        aside.voice = voice.aside()
        other = Item(aside, item.member, fields, replace(item.place, key=id))
        try:
            yield from ((one.claim, one.speaker) for one in self.read(other))
        except Refused:
            return  # what is not taken says nothing


def _column(details: Details) -> str:
    found = (value.value for key, value in details if key == _FIELD)
    return next(found, "").partition(":")[0]


def _subjects(bundle: Bundle, fields: Fields) -> set[NamedNode]:
    """Return the things of which an object says something."""
    id = text(fields, "id")
    type = id.partition("--")[0]
    if type == "relationship":
        claim = relation(fields, bundle)
        return {claim.subject} if isinstance(claim, Claim) else set()
    refs = {"sighting": "sighting_of_ref", "note": "object_refs", "opinion": "object_refs"}
    if type not in refs:
        thing = bundle.thing(id)
        return {thing.node} if isinstance(thing, Thing) else set()
    named = fields.get(refs[type])
    listed = named if isinstance(named, list) else [named]
    about = [bundle.objects.get(one, {}) for one in listed if isinstance(one, str)]
    # an opinion on an opinion is one on nothing that is said here
    return {
        node
        for one in about
        if text(one, "id").partition("--")[0] not in refs
        for node in _subjects(bundle, one)
    }
