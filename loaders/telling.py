"""Collects the statements of one record: each once, each field read or refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.countries import Country
from loaders.details import hedged_once
from loaders.indicators import Indicator
from loaders.mapping_dates import dated
from loaders.members import Member
from loaders.records import Attestation, Claim, Details, Entry, Record
from loaders.values import is_before, likely, turned
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint, Term

_ASSERTION: Final = term("Assertion")
_WITHHELD: Final = "(withheld)"


@dataclass(slots=True)
class Telling:
    """The records that come of one member of a file, in the making.

    `chain` is who says it if not the publisher, innermost first; `about` are details of every
    attestation.
    """

    voice: Voice
    member: Member
    key: str
    place: Entry
    chain: tuple[NamedNode, ...] = ()
    about: Details = ()
    records: list[Record] = field(default_factory=list)
    _said: dict[tuple[Claim, NamedNode, tuple[NamedNode, ...]], Attestation] = field(
        default_factory=dict
    )

    @classmethod
    def of(
        cls,
        voice: Voice,
        member: Member,
        key: str,
        chain: tuple[NamedNode, ...] = (),
        about: Details = (),
    ) -> "Telling":
        """Return a telling whose place is the member, known by a key and all its fields."""
        return cls(voice, member, key, member.entry(key, voice.given.mint), chain, about)

    @property
    def mint(self) -> Mint:
        """Return where IRIs are made."""
        return self.voice.given.mint

    def say(
        self,
        subject: NamedNode,
        predicate: str,
        value: Term,
        about: Details = (),
        details: Details = (),
        *,
        chain: tuple[NamedNode, ...] | None = None,
        stance: NamedNode = _ASSERTION,
    ) -> Attestation:
        """Add a statement and return it; made before in the record, it must not differ."""
        claim = Claim(subject, term(predicate), value, tuple(dict.fromkeys(about)))
        spoken = self.chain if chain is None else chain
        told = hedged_once((*details, *self.about))
        made = self.voice.says(claim, self.place, told, stance=stance, chain=spoken)
        known = self._said.setdefault((claim, stance, spoken), made)
        if known is made:
            self.records.append(made)
        elif known.details != made.details:
            self.refuse(predicate, value.value, "is said twice in one record, differently")
        return known

    def describe(self, subject: NamedNode, column: str, text: str) -> None:
        """Add what a field says of a thing for which the vocabulary has no word of its own."""
        about = ((term("inField"), Literal(column)),)
        self.say(subject, "describedAs", Literal(text), about)

    def introduce(
        self, node: NamedNode, kind: str, name: Term | str, *more: Claim
    ) -> NamedNode:
        """Add what a thing is and is called, the first time in the file; return it."""
        self.records += self.voice.introduce(node, kind, name, self.place.passage, *more)
        return node

    def organisation(self, name: str) -> NamedNode:
        """Add an organisation by its name, the first time in the file; return it."""
        return self.introduce(self.mint.named("org", name), "org:Organization", name)

    def country(self, one: Country) -> NamedNode:
        """Add a country, the first time in the file; return it."""
        return self.introduce(self.mint.named("place", one.name), "schema:Place", one.name)

    def joint_speaker(self, name: str, scope: str, speaking: Iterable[NamedNode]) -> NamedNode:
        """Add who signs one statement together and speaks in it with one voice; return it.

        Nobody says that they came to it independently, so that they must not count as several,
        nor count beside any of them who says the same alone.
        """
        node = self.mint.named("group", name, scope)
        self.say(node, "rdf:type", term("prov:Agent"), chain=())
        self.say(node, "name", Literal(name), chain=())
        for one in speaking:
            self.say(node, "cosignatory", one, chain=())
        return node

    def indicator(self, found: Indicator) -> NamedNode:
        """Add what an account, a domain or the like is; return it."""
        self.records += indicators.introduced(self.voice, found, self.place.passage)
        return found.node

    def page(self, spelled: str, column: str) -> NamedNode | None:
        """Add a web address and return it; one that is none is refused."""
        url = assets.address(spelled)
        if url is None:
            self.refuse(column, spelled, "is no web address")
            return None
        node = assets.web_address(url, self.mint)
        more = Claim(node, term("address"), Literal(url))
        return self.introduce(node, "WebAddress", url, more)

    def refuse(self, column: str, value: object, reason: str) -> None:
        """Add that a field is not taken, once however often it is read."""
        refused = self.member.quarantined(self.key, column, value, reason)
        if refused not in self.records:
            self.records.append(refused)

    def withhold(self, column: str, reason: str) -> None:
        """Add that a field is not taken, and keep its value out of the quarantine, too."""
        self.refuse(column, _WITHHELD, reason)

    def text(self, column: str, value: Any) -> str:
        """Return a field as text; what is no single value is refused."""
        if value is None or isinstance(value, str):
            return (value or "").strip()
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return str(value)
        self.refuse(column, value, "has to be a text")
        return ""

    def worded(self, text: str, language: str, column: str) -> Literal:
        """Return a text in a language; a tag that is none (BCP 47) is refused."""
        if not language:
            return Literal(text)
        try:
            return Literal(text, language=language)
        except ValueError:
            self.refuse(column, language, "is no tag of a language")
            return Literal(text)

    def moment(self, column: str, text: str) -> Literal | None:
        """Return the time that a field spells, year first; one that spells none is refused."""
        try:
            return dated(text, ())
        except BadInput:
            self.refuse(column, text, "is no date or time as ISO 8601 spells them")
            return None

    def likely(self, column: str, time: Literal) -> Literal | None:
        """Return a time that may be told of the internet; another one is refused."""
        try:
            return likely(time)
        except BadInput as error:
            self.refuse(column, time.value, str(error))
            return None

    def observed(self, value: Mapping[str, Any]) -> Details:
        """Return from when until when a record has it that something was seen."""
        found: dict[str, Literal] = {}
        for column, detail in (("first_seen", "observedFrom"), ("last_seen", "observedUntil")):
            text = scalar(value.get(column))
            if text and (moment := self.moment(column, text)):
                found[detail] = moment
        if len(found) == 2 and is_before(found["observedUntil"], found["observedFrom"]):
            self.refuse("last_seen", scalar(value.get("last_seen")), turned("first_seen"))
        return tuple((term(detail), moment) for detail, moment in found.items())

    def texts(self, column: str, value: Any) -> list[str]:
        """Return a field as texts, one or several."""
        found: Iterable[Any] = value if isinstance(value, list) else [value]
        return [text for one in found if (text := self.text(column, one))]


def scalar(value: Any) -> str:
    """Return a single value as text; nothing for anything else."""
    if isinstance(value, str):
        return value.strip()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""
