"""Things that other sources speak of, as STIX objects: accounts, domains, networks, actors."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Final
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from loaders.countries import country
from onrecord.stix.ids import of_object, of_observable
from onrecord.stix.marks import mark_of, marked
from onrecord.stix.records import Stix, timestamp
from onrecord.stix.testimony import Said
from ontology import term

# the first of its classes that stands here makes a thing an object of STIX
_CLASSES: Final = {
    "foaf:Person": ("identity", "individual"),
    "org:Organization": ("identity", "organization"),
    "org:OrganizationalUnit": ("identity", "organization"),
    "Outlet": ("identity", "organization"),
    "UnnamedGroup": ("identity", "class"),
    "UnnamedSpokesperson": ("identity", "unknown"),
    "UnnamedSpeaker": ("identity", "unknown"),
    "LegalParty": ("identity", "unknown"),
    "Network": ("intrusion-set", ""),
    "ThreatActor": ("intrusion-set", ""),
    "AssetSet": ("infrastructure", ""),
    "Campaign": ("campaign", ""),
    "HashtagCampaign": ("campaign", ""),
    "EnforcementAction": ("course-of-action", ""),
    "Technique": ("attack-pattern", ""),
    "Software": ("tool", ""),
    "schema:Country": ("location", ""),
    "schema:Place": ("location", ""),
    "Narrative": ("narrative", ""),
    "sem:Event": ("incident", ""),
    "prov:Agent": ("identity", "unknown"),  # of whom a table tells no more
}
_WITH_ALIASES: Final = ("intrusion-set", "campaign", "attack-pattern", "infrastructure", "tool")
_BY_ID: Final = re.compile(r"/account/[^/]+/id/([^/]+)$")
_HASHES: Final = {32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512"}

Values = dict[NamedNode, list[str]]


@dataclass(slots=True)
class Things:
    """What is asserted of the things of a record, and the objects that were made of them."""

    classes: dict[NamedNode, set[NamedNode]] = field(default_factory=lambda: defaultdict(set))
    told: dict[NamedNode, Values] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    loaded: dict[NamedNode, str] = field(default_factory=dict)
    marks: dict[NamedNode, set[str]] = field(default_factory=lambda: defaultdict(set))
    made: dict[NamedNode, Stix] = field(default_factory=dict)
    speakers: dict[NamedNode, Stix] = field(default_factory=dict)
    ids: dict[NamedNode, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Iterable[Said]) -> "Things":
        """Return what is asserted of each thing."""
        found = cls()
        for one in said:
            if one.stance != "Assertion":
                continue
            known = found.loaded.get(one.subject, one.loaded)
            found.loaded[one.subject] = min(known, one.loaded)
            found.marks[one.subject].add(mark_of(one.marks))
            if one.predicate == term("rdf:type") and isinstance(one.object, NamedNode):
                found.classes[one.subject].add(one.object)
            else:
                found.told[one.subject][one.predicate].append(one.object.value)
        return found

    def keep(self, said: Iterable[Said], kept: set[str]) -> None:
        """Remember by which objects that came from STIX things are to be referred to."""
        named = {
            (one.subject, one.object.value)
            for one in said
            if one.predicate == term("dcterms:identifier")
            and isinstance(one.object, Literal)
            and one.object.value == one.key
            and one.key in kept
        }
        for node, id in sorted(named, key=str, reverse=True):
            self.ids[node] = id

    def name(self, node: NamedNode) -> str:
        """Return what a thing is called; nothing if nobody says."""
        return self.one(node, "name")

    def one(self, node: NamedNode, word: str) -> str:
        """Return one value that is asserted of a thing, always the same."""
        return min(self.told[node].get(term(word), []), default="")

    def id(self, node: NamedNode) -> str:
        """Return the id of a thing's object, which is made if need be; nothing without one."""
        if node not in self.ids:
            made = self._object(node)
            self.ids[node] = str(made["id"]) if made else ""
            if made:
                self.made[node] = marked(made, self.marks[node])
        return self.ids[node]

    def speaker(self, node: NamedNode) -> str:
        """Return the id of the identity of a speaker: only identities may make objects."""
        id = self.id(node)
        name = self.name(node)
        if id.startswith("identity--") or not name:
            return id if id.startswith("identity--") else ""
        made = self._plain(node, "identity", name) | {"identity_class": "unknown"}
        self.speakers[node] = marked(made, self.marks[node])
        return str(made["id"])

    def _object(self, node: NamedNode) -> Stix | None:
        if read := next((_OBSERVED[kind] for kind in self._kinds(node, _OBSERVED)), None):
            return read(self, node)
        name = self.name(node)
        for kind in self._kinds(node, _CLASSES):
            type, of = _CLASSES[kind]
            if not name:
                return None
            found = self._plain(node, type, name)
            if of:
                found["identity_class"] = of
            if type == "location":
                found.update(_placed(name))
            aliases = sorted({*self.told[node].get(term("alias"), [])} - {name})
            if aliases and type in _WITH_ALIASES:
                found["aliases"] = aliases
            return found
        return None

    def _plain(self, node: NamedNode, type: str, name: str) -> Stix:
        when = timestamp(self.loaded[node])
        id = of_object(type, node.value)
        made: Stix = {"type": type, "spec_version": "2.1", "id": id}
        return made | {"created": when, "modified": when, "name": name}

    def _kinds(self, node: NamedNode, known: Iterable[str]) -> list[str]:
        return [kind for kind in known if term(kind) in self.classes.get(node, ())]


def _placed(name: str) -> Stix:
    found = country(name)
    return {"country": found.code} if found else {"region": name}


def _value(type: str, word: str) -> Callable[[Things, NamedNode], Stix | None]:
    def read(things: Things, node: NamedNode) -> Stix | None:
        value = things.one(node, word) or things.name(node)
        return _observable(type, {"value": value}) if value else None

    return read


def _observable(type: str, contributing: Stix, **more: object) -> Stix:
    id = of_observable(type, contributing)
    return {"type": type, "spec_version": "2.1", "id": id, **contributing, **more}


def _address(things: Things, node: NamedNode) -> Stix | None:
    spelled = things.one(node, "address") or things.name(node)
    try:
        version = ip_network(spelled).version
    except ValueError:
        return None
    return _observable(f"ipv{version}-addr", {"value": spelled})


def _account(things: Things, node: NamedNode) -> Stix | None:
    """Return an account by its platform, handle and the platform's id."""
    where = things.one(node, "onPlatform")
    by = {
        "account_type": where.rpartition("#")[2].casefold(),
        "account_login": things.one(node, "handle"),
        "user_id": _own_id(node),
    }
    contributing: Stix = {name: value for name, value in by.items() if value}
    shown = things.one(node, "displayName") or things.name(node)
    if not (by["account_login"] or by["user_id"]):
        if not shown:
            return None
        contributing["user_id"] = node.value
    return _observable(
        "user-account", contributing, **({"display_name": shown} if shown else {})
    )


def _own_id(node: NamedNode) -> str:
    """Return the platform's id of an account that goes by it; a source may have one, too."""
    found = _BY_ID.search(node.value)
    return unquote(found[1]) if found else ""


def _file(things: Things, node: NamedNode) -> Stix | None:
    hashes = {
        _HASHES[len(one)]: one
        for one in things.told[node].get(term("fileHash"), [])
        if len(one) in _HASHES
    }
    return _observable("file", {"hashes": hashes}) if hashes else None


_OBSERVED: Final[dict[str, Callable[[Things, NamedNode], Stix | None]]] = {
    "Account": _account,
    "Domain": _value("domain-name", "address"),
    "EmailAddress": _value("email-addr", "address"),
    "HashedFile": _file,
    "IpAddress": _address,
    "IpNetwork": _address,
    "WebAddress": _value("url", "address"),
}
