"""Relations of FollowTheMoney: what stands between entities, with dates, roles and shares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from pyoxigraph import Literal

from loaders import ftm_model
from loaders.details import sure
from loaders.ftm_entities import Entity, Properties, texts
from loaders.ftm_model import EDGES, Edge
from loaders.json_parts import list_in, object_in
from loaders.no_names import is_denial, leaves_open, why_nobody
from loaders.records import Details
from loaders.telling import scalar
from loaders.values import english, is_before, turned
from ontology import term
from ontology.identity import Qualifier

_ONCE: Final = {"date": "atTime", "endDate": "validTo", "startDate": "validFrom"}
_OCCUPANCY: Final = {"periodEnd": "validTo", "periodStart": "validFrom"}
_QUALIFIED: Final = {
    "percentage": "share",
    "relationship": "relationType",
    "role": "role",
    "sharesCount": "share",
}


# what a relation was and, without a date, is not said to be any more
_OVER: Final = re.compile(
    r"cancell?ed|ceased|closed|delisted|dissolved|ended|expired|former(?:ly)?|historic(?:al)?"
    r"|inactive|lifted|past|removed|resigned|revoked|terminated|withdrawn|no longer .+",
    re.IGNORECASE,
)

_LEAVING_OPEN: Final = ("role", "relationship", "ownershipType", "status")
# who sits somewhere ex officio does so by an office that they hold
_FORMER: Final = re.compile(
    r"(?:ex(?![\s-]*officio)|former(?:ly)?|past|previous(?:ly)?)\b.*", re.IGNORECASE
)


def _ids(properties: Properties, name: str) -> list[str]:
    """Return the ids of the entities that a property names, or has within it."""
    found = list_in(properties.get(name))
    return [id for one in found if (id := scalar(object_in(one).get("id")) or scalar(one))]


@dataclass(frozen=True, slots=True)
class Link:
    """An entity that is a relation between others, or a listing of one by an authority."""

    entity: Entity

    def beside(self, name: str, text: str) -> None:
        """Say what stands beside a relation: where it is told, why somebody is listed.

        The rest is in the note of the relation.
        """
        schema, telling = self.entity.schema, self.entity.telling
        end = "entity" if schema == "Sanction" else EDGES[schema].source
        ids = _ids(self.entity.properties, end)
        nodes = [self.entity.survey.node(id, telling.mint) for id in ids]
        if name in ftm_model.PAGES:
            page = telling.page(text, name)
            for node in nodes if page else ():
                telling.say(node, ftm_model.PAGES[name], page or node)
        elif name in ftm_model.OF_ANYBODY or self.entity.survey.reveals(text):
            telling.withhold(name, ftm_model.PRIVATE)
        elif name in ftm_model.TEXTS:
            telling.refuse(name, text, ftm_model.TEXT)
        elif schema == "Sanction":
            for node in nodes:
                telling.describe(node, f"{schema} {name}", text)

    def tell(self) -> bool:
        """Say the relation between all that stand at its ends; return whether it has both."""
        if self.entity.schema == "Sanction":
            return self._sanctioned()
        edge = EDGES[self.entity.schema]
        about, predicate = self._qualifiers(edge), edge.predicate
        if over := self._over(about):
            about, predicate = (*about, over), "dcterms:relation"
        open = [*self._open()]
        stance = term("Question" if any(map(is_denial, open)) else "Assertion")
        hedges = ((term("hedge"), english(one)) for one in open)
        details = (*hedges, *self._scored(), *self._noted())
        ends = [_ids(self.entity.properties, end) for end in (edge.source, edge.target)]
        for one, other in product(*ends):
            subject = self.entity.other(one, edge.kinds[0])
            target = self.entity.other(other, edge.kinds[1])
            if edge.inverse:
                subject, target = target, subject
            self.entity.telling.say(subject, predicate, target, about, details, stance=stance)
        return all(ends)

    @property
    def read(self) -> frozenset[str]:
        """Return the properties that make up the relation itself."""
        schema = self.entity.schema
        own: tuple[str, ...]
        if schema == "Sanction":
            own = ("authority", "entity", "listingDate", "program", "programId")
        else:
            own = (EDGES[schema].source, EDGES[schema].target, *_OCCUPANCY, *_QUALIFIED)
        return frozenset((*own, *_ONCE, "confidenceScore", "matcher"))

    def _over(self, about: Details) -> Qualifier | None:
        """Return what a relation was that is over, where nobody says until when it was."""
        told = [*filter(_OVER.fullmatch, texts(self.entity.properties, "status"))]
        roles = texts(self.entity.properties, "role")
        # whoever was something may be something else by now
        if all(map(_FORMER.fullmatch, roles)):
            told += roles
        keys = {key for key, _ in about}
        if not told or keys & {term("validTo"), term("relationType")}:
            return None
        return term("relationType"), Literal(f"{self.entity.schema}, {min(told)}")

    def _open(self) -> Iterator[str]:
        """Yield the words by which the relation itself is in doubt, or denied."""
        for name in _LEAVING_OPEN:
            for text in texts(self.entity.properties, name):
                # as OpenSanctions writes where it cannot tell whether a post is still held
                if leaves_open(text) or (name == "status" and text.casefold() == "unknown"):
                    yield text

    def _qualifiers(self, edge: Edge) -> Details:
        found = list(self._dated())
        kinds = texts(self.entity.properties, edge.named) if edge.named else []
        for name, qualifier in _QUALIFIED.items():
            if name != edge.named:
                found += (
                    (term(qualifier), Literal(text))
                    for text in texts(self.entity.properties, name)
                )
        if edge.predicate == "dcterms:relation":
            kind = ", ".join(sorted(kinds)) or self.entity.schema
            found.append((term("relationType"), Literal(kind)))
        return tuple(found)

    def _dated(self) -> Iterator[Qualifier]:
        """Yield when the relation holds; the first of several values alone."""
        given: dict[str, tuple[str, str, Literal]] = {}
        for name, qualifier in (*_ONCE.items(), *_OCCUPANCY.items()):
            for text in sorted(texts(self.entity.properties, name)):
                if qualifier in given:
                    self.entity.telling.refuse(name, text, ftm_model.SEVERAL)
                elif found := self.entity.telling.moment(name, text):
                    given[qualifier] = (name, text, found)
                    yield term(qualifier), found
        begun, ended = given.get("validFrom"), given.get("validTo")
        if begun and ended and is_before(ended[2], begun[2]):
            self.entity.telling.refuse(*ended[:2], turned(begun[0]))

    def _scored(self) -> Details:
        """Return how sure a matcher is that two entities are alike."""
        scores = texts(self.entity.properties, "confidenceScore")
        if not scores:
            return ()
        names = texts(self.entity.properties, "matcher") or ["confidenceScore"]
        return sure(scores[0], names[0])

    def _noted(self) -> Details:
        """Return as a note what a relation has for which there is no word."""
        left = self.entity.properties.keys() - self.read - ftm_model.PAGES.keys()
        told = [
            f"{name}: {text}"
            for name in sorted(left - ftm_model.TEXTS - ftm_model.OF_ANYBODY - {"id"})
            for text in sorted(texts(self.entity.properties, name))
            if not self.entity.survey.reveals(text)
        ]
        return ((term("note"), Literal("; ".join(told))),) if told else ()

    def _sanctioned(self) -> bool:
        entity, telling = self.entity, self.entity.telling
        about = list(self._dated())
        about += (
            (term("programme"), Literal(text))
            for name in ("program", "programId")
            for text in texts(entity.properties, name)
        )
        has_time = any(key == term("atTime") for key, _ in about)
        for text in sorted(texts(entity.properties, "listingDate")):
            if has_time:
                telling.refuse("listingDate", text, ftm_model.SEVERAL)
            elif found := telling.moment("listingDate", text):
                about.append((term("atTime"), found))
                has_time = True
        over, predicate = self._over(tuple(about)), "sanctionedBy"
        if over:
            about, predicate = [*about, over], "dcterms:relation"
        ids = _ids(entity.properties, "entity")
        authorities = []
        for authority in texts(entity.properties, "authority"):
            if reason := why_nobody(authority):
                telling.refuse("authority", authority, reason)
            else:
                authorities.append(authority)
        for id, authority in product(ids, authorities):
            who = telling.organisation(authority)
            subject = entity.other(id, "skos:Concept")
            telling.say(subject, predicate, who, tuple(about))
        return bool(ids and authorities)
