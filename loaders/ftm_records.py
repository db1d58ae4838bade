"""The records of a file of FollowTheMoney: entities, single statements, judgements."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import ftm_model
from loaders.ftm_entities import Entity, Properties, Survey, texts
from loaders.ftm_judgements import NO_DAY, Resolver, is_judgement
from loaders.ftm_links import Link
from loaders.json_parts import list_in, object_in
from loaders.members import Member
from loaders.no_names import why_nobody
from loaders.records import Details, Record
from loaders.telling import Telling, scalar
from loaders.values import day
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term

STATEMENT: Final = frozenset({"entity_id", "prop", "value"})
_ENTITY: Final = frozenset(
    {
        "caption", "datasets", "dataset", "first_seen", "id", "last_change", "last_seen",
        "properties", "referents", "schema", "target",
    }
)  # fmt: skip
_NO_ENTITY: Final = "is neither an entity nor a statement nor a judgement"
# nobody could tell whether it is a person's, and what of it is not to be kept
_NO_SCHEMA: Final = "does not say what it is of: has neither schema nor Schema:property"
_NO_ENDS: Final = "is part of a relation whose ends are not both told"


def datasets_of(found: Mapping[str, Any]) -> list[str]:
    """Return the datasets that a record says to be from."""
    told = [*list_in(found.get("datasets")), *list_in(found.get("dataset"))]
    return sorted({name for one in told if (name := scalar(one))})


def stated(found: Mapping[str, Any]) -> tuple[str, str]:
    """Return the schema and the property of a statement.

    A pack of statements has both in one column, as `Person:name` (followthemoney 4).
    """
    prefix, _, name = scalar(found.get("prop")).rpartition(":")
    return scalar(found.get("schema")) or prefix, name


def is_candidate(found: Mapping[str, Any]) -> bool:
    """Return whether a statement is of a match that nobody has confirmed."""
    return scalar(found.get("external")).casefold() in ("1", "t", "true", "yes")


@dataclass(frozen=True, slots=True)
class Teller:
    """What tells the records of one file, knowing all that it has."""

    voice: Voice
    survey: Survey
    resolver: Resolver

    def told(self, member: Member) -> Iterator[Record]:
        """Yield what a record says; raises Refused where it is none that is known."""
        value = member.value
        tell: Callable[[Member], list[Record]]
        if is_judgement(value):
            tell = self.resolver.judged
        elif isinstance(value, dict) and value.keys() >= STATEMENT:
            tell = self._statement
        elif isinstance(value, dict) and {"id", "schema"} <= value.keys():
            tell = self._entity
        else:
            raise member.fault("", "", value, _NO_ENTITY)
        return iter(tell(member))

    def _entity(self, member: Member) -> list[Record]:
        value = member.value
        id, schema = scalar(value.get("id")), scalar(value.get("schema"))
        properties = value.get("properties")
        if not (id and schema and isinstance(properties, dict)):
            raise member.fault(id, "properties", properties, "lacks id, schema or properties")
        if self._is_private(id, schema):
            raise member.fault(id, schema, "(withheld)", ftm_model.PRIVATE)
        telling = Telling.of(self.voice, member, self.survey.key(id))
        if not self._whole(telling, value):
            raise member.fault(id, schema, "", _NO_ENDS)
        return telling.records

    def _is_private(self, id: str, schema: str) -> bool:
        return schema in ftm_model.PAPERS or self.survey.is_home(id)

    def _whole(self, telling: Telling, value: Mapping[str, Any]) -> bool:
        """Say all that a record has of an entity; return whether it is anything."""
        id, schema = scalar(value.get("id")), scalar(value.get("schema"))
        properties = object_in(value.get("properties"))
        datasets = self._heard(telling, value, properties)
        entity = Entity(telling, self.survey, id, schema, properties)
        if not self._told(entity):
            return False
        if not ftm_model.is_link(schema):
            for dataset in datasets:
                telling.say(entity.node, "listedIn", dataset)
            if not texts(properties, "name") and (caption := scalar(value.get("caption"))):
                entity.property("caption", caption)
            if isinstance(value.get("target"), bool):
                telling.describe(entity.node, "target", str(value["target"]).lower())
        for key in sorted(value.keys() - _ENTITY):
            telling.refuse(key, value[key], "is no field of an entity that is read")
        self._referents(telling, id, value)
        return True

    def _heard(
        self, telling: Telling, value: Mapping[str, Any], properties: Properties
    ) -> list[NamedNode]:
        """Take note of who says what a record has, and when; return its datasets.

        What stands within another record and tells neither has both from that one.
        """
        names = datasets_of(value)
        datasets = [self._dataset(telling, name) for name in names]
        publishers = [one for one in texts(properties, "publisher") if not why_nobody(one)]
        if datasets:
            is_one = len(datasets) == 1 and names[0] != self.voice.publisher
            telling.chain = (datasets[0],) if is_one else ()
        elif len(publishers) == 1 and publishers[0] != self.voice.publisher:
            telling.chain = (telling.organisation(publishers[0]),)
        telling.about = telling.observed(value) or telling.about
        return datasets

    def _referents(self, telling: Telling, id: str, value: Mapping[str, Any]) -> None:
        times = (scalar(value.get(key)) for key in ("last_change", "last_seen", "first_seen"))
        on = next((text[:10] for text in times if text), "")
        for other in sorted(set(telling.texts("referents", value.get("referents"))) - {id}):
            if _is_day(on):
                telling.records += self.resolver.one(id, other, on, telling.place)
            else:
                telling.refuse("referents", self.survey.key(other), NO_DAY)

    def _told(self, entity: Entity) -> bool:
        """Say the properties of an entity, and of those nested in it; a relation has ends."""
        telling, is_link = entity.telling, ftm_model.is_link(entity.schema)
        read: frozenset[str] = frozenset()
        if is_link:
            link = Link(entity)
            read = link.read
            if not link.tell():
                return False
        else:
            entity.typed()
            entity.identified()
        for name, values in entity.properties.items():
            for value in list_in(values):
                if isinstance(value, dict):
                    self._nested(entity, name, value)
                elif name not in read and (text := telling.text(name, value)):
                    if is_link:
                        Link(entity).beside(name, text)
                    else:
                        entity.property(name, text)
        return True

    def _nested(self, entity: Entity, name: str, value: Mapping[str, Any]) -> None:
        telling = entity.telling
        id, schema = scalar(value.get("id")), scalar(value.get("schema"))
        if not (id and schema):
            telling.refuse(name, dict(value), "lacks id, schema or properties")
            return
        if name in ftm_model.ENTITIES and not ftm_model.is_link(entity.schema):
            entity.property(name, id)
        if self._is_private(id, schema):
            telling.withhold(name, ftm_model.PRIVATE)
            return
        member, key = replace(telling.member, value=value), self.survey.key(id)
        place = self.voice.file.entry(key, member.fields(), telling.place.passage)
        inner = Telling(self.voice, member, key, place, telling.chain, telling.about)
        if self._whole(inner, value):
            telling.records += inner.records
        else:
            # no more than its key, since it may have people within it
            telling.refuse(name, key, _NO_ENDS)

    def _statement(self, member: Member) -> list[Record]:
        value = {name: scalar(cell) for name, cell in member.value.items()}
        id, text = value["entity_id"], value["value"]
        schema, name = stated(value)
        key = value.get("id") or self.survey.key(f"{id} {name} {text}")
        if not (id and name and text):
            raise member.fault(key, "value", text, "lacks entity_id, prop or value")
        if not schema:
            raise member.fault(key, "schema", "", _NO_SCHEMA)
        if is_candidate(value):
            raise member.fault(key, "external", id, "is a candidate that nobody has confirmed")
        if schema in ftm_model.PAPERS or self.survey.is_home(id):
            raise member.fault(key, name, "(withheld)", ftm_model.PRIVATE)
        telling = Telling.of(self.voice, member, key)
        dataset = value.get("dataset", "")
        if dataset and dataset != self.voice.publisher:
            telling.chain = (self._dataset(telling, dataset),)
        telling.about = telling.observed(value)
        if ftm_model.is_link(schema):
            self._part(telling, id, schema, name, text)
        else:
            entity = Entity(telling, self.survey, id, schema, {}, value.get("lang", ""))
            entity.typed()
            if name == "id":
                entity.identified()
            else:
                entity.property(name, text, _as_stated(value))
        self._canonical(telling, value.get("canonical_id", ""), id)
        return telling.records

    def _part(self, telling: Telling, id: str, schema: str, name: str, text: str) -> None:
        """Say the relation of which a statement is a part, as all of its statements have it."""
        link = Link(Entity(telling, self.survey, id, schema, self.survey.edges.get(id, {})))
        if name not in link.read and name != "id":
            link.beside(name, text)
        if not telling.records and not link.tell():
            telling.refuse(name, text, _NO_ENDS)

    def _canonical(self, telling: Telling, canonical: str, id: str) -> None:
        if not canonical or canonical == id:
            return
        on = self.survey.judged.get((canonical, id), "")
        if not _is_day(on):
            telling.refuse("canonical_id", self.survey.key(canonical), NO_DAY)
            return
        fields = (("canonical_id", canonical), ("entity_id", id))
        key = self.survey.key(f"{canonical} {id}")
        place = self.voice.file.entry(key, fields, telling.place.passage)
        telling.records += self.resolver.one(canonical, id, on, place)

    def _dataset(self, telling: Telling, name: str) -> NamedNode:
        node = telling.mint.named("dataset", name)
        return telling.introduce(node, "schema:Dataset", name)


def _is_day(text: str) -> bool:
    try:
        return bool(day(text))
    except BadInput:
        return False


def _as_stated(value: Mapping[str, str]) -> Details:
    """Return a value as it stood before it was cleaned, and where it was taken from."""
    found = []
    if original := value.get("original_value"):
        found.append((term("statedAs"), Literal(original)))
    if origin := value.get("origin"):
        found.append((term("note"), Literal(f"origin: {origin}")))
    return tuple(found)
