"""The objects of a STIX bundle by their ids: who made each, what it is, how sure they were."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.members import Member
from loaders.records import Attestation, Claim, Details, Entry, Quarantined
from loaders.stix_times import BEGINNINGS, is_turned, time
from loaders.values import turned
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint, Term

Fields = Mapping[str, object]

ID: Final = re.compile(
    r"[a-z0-9][a-z0-9-]{1,248}--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
# of a property (STIX 2.1, section 3.1)
PROPERTY: Final = re.compile(r"[a-z0-9_]{3,250}")
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_PLACEHOLDER: Final = re.compile(
    r"(?:t\.?b\.?[acd]\.?|n\.?/?a\.?|none|null|nil|undefined|unknown|inconnue?|todo|fixme|x{2,}"
    r"|[?\-–—_.…*]+|to be (?:announced|completed|confirmed|defined|determined)|not (?:available"
    r"|applicable|known)|à (?:compléter|définir|déterminer)|placeholder|lorem ipsum.*)",
    re.IGNORECASE | re.DOTALL,
)
# who makes objects that are published one by one, without the maker beside them
MAKERS: Final = {
    "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5": "The MITRE Corporation",
    "identity--f1a0f560-2d9e-4c5d-bf47-7e96e805de82": "DISARM Foundation",
}
# of all objects, and of observables
OPENCTI: Final = (
    "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba",
    "extension-definition--f93e2c80-4231-4f9a-af8b-95c9bd566a82",
)
_FIELD: Final = term("recordField")
_RETRACTION: Final = term("Retraction")
_ASSERTION: Final = term("Assertion")


@dataclass(frozen=True, slots=True)
class Fault:
    """What of an object cannot be taken, and why."""

    column: str
    value: object
    reason: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What an object is of: its node, its class, its name, and what says which it is."""

    node: NamedNode
    kind: str
    name: str = ""
    told: tuple[Claim, ...] = ()


def text(fields: Fields, name: str) -> str:
    """Return a field that is a text; nothing where it is none."""
    found = fields.get(name)
    return found.strip() if isinstance(found, str) else ""


def texts(fields: Fields, name: str) -> list[str]:
    """Return a field that is a list of texts, or one text, without what is neither."""
    found = fields.get(name)
    listed = found if isinstance(found, list) else [found]
    return [one.strip() for one in listed if isinstance(one, str) and one.strip()]


def entries(fields: Fields, name: str) -> list[dict[str, object]]:
    """Return a field that is a list of objects, without what is none."""
    found = fields.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def opencti(fields: Fields, name: str) -> object:
    """Return a property of OpenCTI's own; streams and TAXII have it in an extension."""
    if f"x_opencti_{name}" in fields:
        return fields[f"x_opencti_{name}"]
    extensions = fields.get("extensions")
    told = [extensions.get(id) for id in OPENCTI] if isinstance(extensions, dict) else []
    return next((one[name] for one in told if isinstance(one, dict) and name in one), None)


def made_by(fields: Fields) -> tuple[str, object]:
    """Return which field says who made an object, and the id that it has."""
    # STIX names no maker of observables, and OpenCTI does
    if fields.get("created_by_ref"):
        return "created_by_ref", fields["created_by_ref"]
    column = "x_opencti_created_by_ref"
    return column if column in fields else "extensions", opencti(fields, "created_by_ref")


def inferred_by_rules(fields: Fields) -> Fault | None:
    """Return a fault of what OpenCTI derived from other objects: nobody has said it."""
    if opencti(fields, "is_inferred") is not True:
        return None
    return Fault("extensions", "is_inferred", "was inferred by rules: nobody says it")


def is_placeholder(spelled: str) -> bool:
    """Return whether a text only keeps the place of one that was never put in.

    >>> is_placeholder("TBD"), is_placeholder("N/A"), is_placeholder("Nadia")
    (True, True, False)
    """
    return not spelled.strip() or bool(_PLACEHOLDER.fullmatch(spelled.strip(" []()<>\"'")))


@dataclass(slots=True)
class Bundle:
    """The objects of a file, the newest version of each, and the things that they are of."""

    voice: Voice
    objects: dict[str, dict[str, object]]
    read: Callable[[Fields, Mint, bool], Thing | Fault]
    tactics: frozenset[NamedNode] = frozenset()
    makers: Mapping[str, NamedNode] = field(default_factory=dict)
    speaking: frozenset[str] = field(init=False)
    _things: dict[str, Thing | Fault] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.speaking = frozenset(str(id) for _, id in map(made_by, self.objects.values()))

    @property
    def mint(self) -> Mint:
        return self.voice.given.mint

    def version(self, fields: Fields) -> Thing | Fault:
        """Return what one of the versions of an object is of."""
        return self.read(fields, self.mint, text(fields, "id") in self.speaking)

    def thing(self, id: str) -> Thing | Fault:
        """Return what an object is of; a fault where it is not there or cannot be taken."""
        if id not in self.objects:
            return Fault("", id, "refers to an object that is not in the file")
        if id not in self._things:
            self._things[id] = self.version(self.objects[id])
        return self._things[id]

    def end(self, column: str, id: object) -> Thing | Fault:
        """Return what a field refers to, or a fault of that field."""
        found = self.thing(id) if isinstance(id, str) else None
        if isinstance(found, Thing):
            return found
        absent = not isinstance(id, str) or id not in self.objects
        reason = "is not in the file" if absent else "was not taken"
        return Fault(column, id, f"refers to an object that {reason}")

    def creator(self, fields: Fields) -> NamedNode | None:
        """Return the maker of an object, if the file says who it is, or everybody knows."""
        found = self.maker(fields)
        return found if isinstance(found, NamedNode) else None

    def maker(self, fields: Fields) -> NamedNode | Fault | None:
        """Return who made an object, or why that cannot be told; None where nobody is named.

        Only identities make objects (STIX 2.1, section 3.2).
        """
        column, id = made_by(fields)
        if not id:
            return None
        if isinstance(id, str) and not id.startswith("identity--"):
            return Fault(column, id, "is no identity, and only those make objects")
        found = self.end(column, id)
        if isinstance(found, Thing):
            return found.node
        return self.makers.get(str(id)) or found


@dataclass(slots=True)
class Item:
    """An object in hand: what was taken of it, and with what its claims are told."""

    bundle: Bundle
    member: Member
    fields: dict[str, object]
    place: Entry
    header: Details = ()
    common: Details = ()
    marks: Mapping[str, Details] = field(default_factory=dict)
    valid: Details = ()
    faults: list[Quarantined] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return self.place.key

    @property
    def type(self) -> str:
        return self.id.partition("--")[0]

    @property
    def is_revoked(self) -> bool:
        """Return whether the object, or a later version of it in the file, takes all back."""
        newest = self.bundle.objects.get(self.id, self.fields)
        return True in (self.fields.get("revoked"), newest.get("revoked"))

    def take(self, *names: str) -> None:
        """Strike fields off."""
        self._taken.update(names)

    def text(self, name: str) -> str:
        """Return a text and strike it off; what is none stays unread."""
        if isinstance(self.fields.get(name), str):
            self._taken.add(name)
        return text(self.fields, name)

    def moment(self, name: str) -> Literal | None:
        """Return a time and strike it off; one that is none is a fault.

        So is one that ends something before it begins, which is told as it stands.
        """
        if (told := self.fields.get(name)) is None:
            return None
        self.take(name)
        if isinstance(told, str) and not told.strip():
            return None
        try:
            found = time(told)
        except BadInput as error:
            self.fault(name, told, str(error))
            return None
        if (first := BEGINNINGS.get(name)) and is_turned(self.fields.get(first), found):
            self.fault(name, told, turned(first))
        return found

    def whole(self, name: str, most: int) -> Literal | None:
        """Return a whole number and strike it off; one out of bounds is a fault."""
        if (found := self.fields.get(name)) is None:
            return None
        self.take(name)
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= most:
            return Literal(found)
        self.fault(name, found, f"is not a whole number from 0 to {most}")
        return None

    def language(self) -> str:
        """Return the language of the texts, where the object says it."""
        found = text(self.fields, "lang")
        return found if LANGUAGE.fullmatch(found) else ""

    def worded(self, spelled: str) -> Literal:
        """Return a text in the language of the object."""
        language = self.language()
        return Literal(spelled, language=language) if language else Literal(spelled)

    def fault(self, column: str, value: object, reason: str) -> None:
        """Note that a field is not taken."""
        self.faults.append(self.member.quarantined(self.id, column, value, reason))

    def unread(self) -> Iterator[Quarantined]:
        """Yield what was at fault, and the fields that say something and that nobody took."""
        yield from self.faults
        for name, value in self.fields.items():
            if name not in self._taken and value not in (None, "", [], {}):
                yield self.member.quarantined(
                    self.id, name, value, "nobody reads this field of the object"
                )

    def says(
        self, claim: Claim, details: Details = (),
        stance: NamedNode | None = None, by: NamedNode | None = None,
    ) -> Attestation:  # fmt: skip
        """Return what the maker of the object says, or takes back where it is revoked."""
        creator = by or self.bundle.creator(self.fields)
        return self.bundle.voice.says(
            claim,
            self.place,
            tuple(dict.fromkeys((*self.common, *self._marks(details), *details))),
            stance=stance or (_RETRACTION if self.is_revoked else _ASSERTION),
            chain=(creator,) if creator else (),
        )

    def _marks(self, details: Iterable[tuple[NamedNode, Term]]) -> Details:
        """Return the markings of the fields of which a claim is made; a link is one whole."""
        if not self.marks:
            return ()
        read = {value.value.partition(":")[0] for key, value in details if key == _FIELD}
        is_link = self.type in ("relationship", "sighting", "opinion")
        return tuple(
            mark for name in self.marks if is_link or name in read for mark in self.marks[name]
        )
