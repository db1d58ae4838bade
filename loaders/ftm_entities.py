"""Entities of FollowTheMoney and what is said of them, property by property."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, ftm_model
from loaders.countries import country
from loaders.indicators import handle_in
from loaders.misp_templates import platform_of
from loaders.names_in_cells import known_by
from loaders.no_names import NOBODY, is_failed, names_nobody
from loaders.records import Claim, Details
from loaders.telling import Telling, scalar
from loaders.values import english
from ontology import term
from ontology.digests import digest
from ontology.identity import Mint

Properties = Mapping[str, list[Any]]

_NAMES: Final = ftm_model.ALIASES | {"caption", "name"}
_NUMBER: Final = re.compile(r"\d(?:[\W_]?\d){4}")
_LONG: Final = re.compile(r"\d{7,}", re.ASCII)
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(slots=True)
class Survey:
    """What a file has that other records of it speak of, found before any of them is told."""

    ids: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)  # of these, what is said to be something
    people: set[str] = field(default_factory=set)  # of whom any record says that they are one
    datasets: set[str] = field(default_factory=set)
    accounts: dict[str, NamedNode] = field(default_factory=dict)
    edges: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    profiles: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    judged: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)  # of whom or what, by its id
    registered: dict[str, set[str]] = field(default_factory=dict)  # of these, what firms have
    firms: set[str] = field(default_factory=set)
    private: frozenset[str] = frozenset()  # of these, those of people
    homes: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)

    def addressed(self, schema: str, ids: list[str]) -> None:
        """Take note of addresses, and of whether a person or something else is found there."""
        (self.homes if schema in ftm_model.AT_HOME else self.seats).update(ids)

    def take(self, id: str, schema: str) -> None:
        """Take note of an entity of which a record says something."""
        if not ftm_model.is_link(schema) and schema not in ftm_model.PAPERS:
            self.things.add(id)
        if schema == "Person":
            self.people.add(id)
        if ftm_model.CLASSES.get(schema) == "org:Organization":
            self.firms.add(id)

    def number(self, id: str, name: str, texts: list[str]) -> None:
        """Take note of numbers that are not kept, which ids and notes may have as well."""
        if name in ftm_model.SECRETS or name in ftm_model.IDENTIFIERS & ftm_model.OF_PERSONS:
            found = {number for text in texts for number in _LONG.findall(text)}
            self.numbers.setdefault(id, set()).update(found)
            if name in ftm_model.IDENTIFIERS - ftm_model.OF_PARTIES:
                self.registered.setdefault(id, set()).update(found)

    def close(self) -> None:
        """Take note, when all is surveyed, of who is a person and by which numbers known."""
        self.people.update(id for one, id in self.judged if one in self.people)
        numbers = (self.numbers[id] for id in self.people & self.numbers.keys())
        firms = (self.registered.get(id, set()) for id in self.firms - self.people)
        # who is listed by the number of a firm is not found by it
        self.private = frozenset[str]().union(*numbers).difference(*firms)

    def reveals(self, text: str) -> bool:
        """Return whether a text has a number by which a person is identified."""
        return bool(self.private) and not self.private.isdisjoint(_LONG.findall(text))

    def key(self, id: str) -> str:
        """Return by what to call the record of an entity: its id, or what hides it."""
        return digest("ftm", id) if self.reveals(id) else id

    def is_told(self, id: str) -> bool:
        """Return whether the file says what an entity is, as it does not of a relation."""
        return id in self.things and not self.is_home(id)

    def is_home(self, id: str) -> bool:
        """Return whether only who is or may be a person is said to be found at an address."""
        return id in self.homes and id not in self.seats

    def node(self, id: str, mint: Mint) -> NamedNode:
        """Return an entity; an account whose platform and handle are told is known by them."""
        return self.accounts.get(id) or mint.activity("ftm", id)


def account_in(properties: Properties, mint: Mint) -> NamedNode | None:
    """Return the account that properties tell: by service and user name, or by an address."""
    services = texts(properties, "service")
    names = [one for one in texts(properties, "username") if known_by(one)]
    platform = platform_of(services[0]) if services else None
    if platform and names and (told := handle_in(platform, names[0])):
        return told.account(mint)
    for url in texts(properties, "sourceUrl"):
        found = assets.handle_of(url)
        # what is told of an account elsewhere may stand on a page of another one
        if found and platform in (None, found.platform):
            return found.account(mint)
    return None


def texts(properties: Properties, name: str) -> list[str]:
    """Return the values of a property that are texts."""
    found = properties.get(name)
    values = found if isinstance(found, list) else [found]
    return [text for one in values if (text := scalar(one))]


def _is_no_name(text: str) -> bool:
    is_sign = text.isascii() and not any(map(str.isalnum, text))
    return is_sign or is_failed(text) or names_nobody(text)


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity, or one statement on it, in the making."""

    telling: Telling
    survey: Survey
    id: str
    schema: str
    properties: Properties
    language: str = ""

    @property
    def node(self) -> NamedNode:
        """Return the entity."""
        return self.survey.node(self.id, self.telling.mint)

    @property
    def kind(self) -> str:
        """Return the class of the entity."""
        return ftm_model.CLASSES.get(self.schema, "skos:Concept")

    @property
    def is_person(self) -> bool:
        return self.schema == "Person"

    def _is_private(self, name: str, text: str) -> bool:
        """Return whether a value identifies or locates somebody, whoever calls them what."""
        schema = "Person" if self.id in self.survey.people else self.schema
        is_so = name in ftm_model.private_in(schema) or self._is_number(name, text)
        is_text = name not in ftm_model.ENTITIES and name not in ftm_model.PAGES
        return is_so or (is_text and self.survey.reveals(text))

    def _is_number(self, name: str, text: str) -> bool:
        """Return whether a bank account goes by its number, as one without a name does."""
        is_name = self.schema == "BankAccount" and name in _NAMES
        return is_name and bool(_NUMBER.search(text))

    def typed(self) -> None:
        """Say what the entity is."""
        self.telling.say(self.node, "rdf:type", term(self.kind))

    def identified(self) -> None:
        """Say the id under which the file has the entity."""
        if self.survey.reveals(self.id):
            self.telling.withhold("id", ftm_model.PRIVATE)
        else:
            self.telling.say(self.node, "dcterms:identifier", Literal(self.id))

    def property(self, name: str, text: str, details: Details = ()) -> None:
        """Say one value of one property of a thing."""
        if name in ftm_model.SECRETS:
            self.telling.withhold(name, ftm_model.SECRET)
        elif self._is_private(name, text):
            self.telling.withhold(name, ftm_model.PRIVATE)
        elif name in ftm_model.TEXTS:
            self.telling.refuse(name, text, ftm_model.TEXT)
        elif self.schema == "Email" and name in ftm_model.ADDRESSED:
            self._addressed(name, text, details)
        elif name in ftm_model.ENTITIES and self._is_other(name, text):
            self._related(name, text, details)
        elif name in ftm_model.COUNTRIES:
            self._placed(name, text, details)
        elif name in ftm_model.PAGES:
            if page := self.telling.page(text, name):
                self.telling.say(self.node, ftm_model.PAGES[name], page, details=details)
        else:
            self._valued(name, text, details)

    def _is_other(self, name: str, text: str) -> bool:
        """Return whether a value is an entity; of some properties it may as well be a name."""
        return name not in ftm_model.OR_NAMES or text in self.survey.ids

    def _addressed(self, name: str, text: str, details: Details) -> None:
        """Say from or to whom a mail is, unless by an address."""
        if "@" in text:
            self.telling.withhold(name, ftm_model.PRIVATE)
        else:
            self._valued(name, text, details)

    def _valued(self, name: str, text: str, details: Details) -> None:
        """Say a value that stands for itself."""
        say, node = self.telling.say, self.node
        if name in _NAMES and _is_no_name(text):
            self.telling.refuse(name, text, NOBODY)
        elif name in ("name", "caption"):
            say(node, "name", self._spelled(text), details=details)
        elif name in ftm_model.ALIASES:
            wording = ((term("wording"), english(name)),)
            details = details if name == "alias" else (*wording, *details)
            say(node, "alias", self._spelled(text), details=details)
        elif name == "title" and self.is_person:
            say(node, "schema:honorificPrefix", Literal(text), details=details)
        elif name in ftm_model.TIMES:
            if found := self.telling.moment(name, text):
                is_event = self.kind == "sem:Event"
                predicate = "sem:hasTimeStamp" if is_event else ftm_model.TIMES[name]
                say(node, predicate, found, details=details)
        elif name in ftm_model.IDENTIFIERS:
            about = ((term("inField"), Literal(name)),)
            say(node, "registeredAs", Literal(text), about, details)
        elif name == "wikidataId" and re.fullmatch(r"Q[1-9]\d*", text, re.ASCII):
            say(node, "skos:exactMatch", NamedNode(_WIKIDATA + text), details=details)
        elif name == "service" and (platform := platform_of(text)):
            say(node, "onPlatform", platform, details=details)
        elif name == "username":
            self._called(text, details)
        elif name in ftm_model.WORDS:
            value = self._spelled(text) if name == "title" else Literal(text)
            say(node, ftm_model.WORDS[name], value, details=details)
        else:
            about = ((term("inField"), Literal(name)),)
            say(node, "describedAs", self._spelled(text), about, details)

    def _called(self, text: str, details: Details) -> None:
        """Say the handle of an account, which may be told as its address."""
        told, handle = assets.handle_of(text) if "/" in text else None, text.lstrip("@")
        if told and told.handle and told.account(self.telling.mint) == self.node:
            handle, details = told.handle, ((term("statedAs"), Literal(text)), *details)
        self.telling.say(self.node, "handle", Literal(handle or text), details=details)

    def _spelled(self, text: str) -> Literal:
        """Return a text in the language that the file says it is in, if it does."""
        return self.telling.worded(text, self.language, "lang")

    def _related(self, name: str, id: str, details: Details) -> None:
        predicate, kind = ftm_model.ENTITIES[name]
        if name == "parent" and self.kind == "CitedWork":
            predicate, kind = "dcterms:isPartOf", "CitedWork"
        target = self.other(id, kind)
        about = () if predicate else ((term("relationType"), Literal(name)),)
        self.telling.say(self.node, predicate or "dcterms:relation", target, about, details)

    def _placed(self, name: str, text: str, details: Details) -> None:
        found = country(text)
        if found is None:
            self.telling.refuse(name, text, ftm_model.NO_COUNTRY)
            return
        place = self.telling.country(found)
        about = ((term("relationType"), Literal(name)),)
        self.telling.say(self.node, "dcterms:relation", place, about, details)

    def other(self, id: str, kind: str) -> NamedNode:
        """Return another entity; one that is not in the file is introduced by its id."""
        node = self.survey.node(id, self.telling.mint)
        if id not in self.survey.ids:
            more = Claim(node, term("dcterms:identifier"), Literal(self.survey.key(id)))
            self.telling.introduce(node, kind, "", more)
        return node
