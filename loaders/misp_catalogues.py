"""The catalogues of MISP: what kind of entries each has, and who is its author."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode

from loaders.json_parts import list_in, object_in
from loaders.misp_producers import PRODUCERS
from loaders.names_in_cells import why_no_actor
from loaders.no_names import is_noted
from loaders.telling import Telling, scalar
from ontology.identity import Mint

_ORGANIZATIONS: Final = frozenset(
    {"intelligence-agency", "nato", "producer", "surveillance-vendor"}
)
# kinds of those who act, such as Individual: nobody in particular
_KINDS: Final = frozenset({"disarm-actortypes", "entity"})
# an illness, and countries and firms made up for exercises
_NO_TOOLS: Final = frozenset({"disease", "exercise-world"})
_PROJECT: Final = ("misp", "misp project")
_AROUND: Final = ("authors", "description", "source", "version")


@dataclass(frozen=True, slots=True)
class Galaxy:
    """A catalogue: what kind of entries it has, and which of them are at hand."""

    type: str = ""
    category: str = ""
    name: str = ""
    uuid: str = ""
    here: frozenset[str] = field(default=frozenset(), repr=False)
    around: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, fields: Mapping[str, Any], members: list[Any]) -> "Galaxy":
        """Return the catalogue that the fields around its entries describe."""
        told = [scalar(fields.get(key)) for key in ("type", "category", "name", "uuid")]
        bare = cls(told[0], told[1])
        uuids = (
            scalar(one.get("uuid")).lower()
            for one in map(object_in, members)
            if not bare.why_unnamed(scalar(one.get("value")))
        )
        around = (
            (key, text)
            for key in _AROUND
            for one in list_in(fields.get(key))
            if (text := scalar(one))
        )
        return cls(told[0], told[1], told[2], told[3], frozenset(uuids), tuple(around))

    @property
    def author(self) -> str:
        """Return the only author, where there is one that is not the MISP Project itself."""
        names = [text for key, text in self.around if key == "authors"]
        is_other = len(names) == 1 and names[0].casefold() not in _PROJECT
        is_name = is_other and not is_noted(names[0]) and "://" not in names[0]
        return names[0] if is_name else ""

    @property
    def kind(self) -> str:
        """Return the class of what is listed."""
        type, category = self.type.casefold(), self.category.casefold()
        if type in _ORGANIZATIONS:
            return "org:Organization"
        if type in _KINDS:
            return "skos:Concept"
        if "case-study" in type:  # which are listed among actors
            return "sem:Event"
        if "campaign" in type:
            return "Campaign"
        if type in ("country", "target-information", "region"):
            return "schema:Place"
        if "pattern" in type or "technique" in type or category in ("attack-pattern", "tactic"):
            return "Technique"
        # servers leave the category out
        is_actor = type.endswith(("actor", "activity-group")) or type == "groups"
        if category == "actor" or "intrusion-set" in type or is_actor:
            return "ThreatActor"
        if (category in ("tool", "software") and type not in _NO_TOOLS) or "malware" in type:
            return "Software"
        return "skos:Concept"

    @property
    def has_actors(self) -> bool:
        """Return whether what is listed acts as a threat."""
        return self.kind == "ThreatActor"

    @property
    def has_parties(self) -> bool:
        """Return whether what is listed acts, as a threat or otherwise."""
        return self.kind in ("ThreatActor", "org:Organization")

    def why_unnamed(self, name: str) -> str:
        """Return why a name is none of what is listed; nothing if it may be."""
        return why_no_actor(name) if self.has_parties else ""

    def node(self, mint: Mint) -> NamedNode:
        """Return the catalogue itself."""
        return mint.activity("catalogue", self.uuid.lower() or self.name or self.type)


def authored(telling: Telling, galaxy: Galaxy) -> tuple[NamedNode, ...]:
    """Return who speaks in a catalogue whose only author is not whoever publishes it.

    A name alone does not tell whether it is of a person or of an organisation.
    """
    name, publisher = galaxy.author, telling.voice.publisher
    if not name or name.casefold() == publisher.casefold():
        return ()
    if name in PRODUCERS.values():
        node = telling.organisation(name)
    else:
        party = telling.mint.named("party", name, publisher)
        node = telling.introduce(party, "LegalParty", name)
    return (node,)
