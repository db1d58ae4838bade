"""Judgements of a resolver on which entities of FollowTheMoney are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.details import sure
from loaders.ftm_entities import Survey
from loaders.members import Member
from loaders.records import Claim, Details, Entry, IdentityJudgement, Record, Skipped
from loaders.telling import scalar
from loaders.values import day
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term

FIELDS: Final = ("target", "source", "judgement", "score", "user", "created_at", "deleted_at")
_VERDICTS: Final = {"negative": "different", "positive": "same", "unsure": "unsure"}
_REASONS: Final = {
    "negative": "the resolver of the entities judged that the two are not one",
    "positive": "the resolver of the entities judged that the two are one",
    "unsure": "the resolver of the entities could not tell whether the two are one",
}
NO_DAY: Final = "has no day on which it was judged"


@dataclass(frozen=True, slots=True)
class Resolver:
    """Whoever judged which entities of a file are one."""

    voice: Voice
    survey: Survey
    _told: set[tuple[str, str]] = field(default_factory=set)

    def one(self, first: str, second: str, on: str, place: Entry) -> Iterator[Record]:
        """Yield, once for each pair, that two ids were judged to be of one entity."""
        if first == second or (first, second) in self._told:
            return
        self._told.add((first, second))
        yield from self._judged(first, second, "positive", "", on, place, ())

    def judged(self, member: Member) -> list[Record]:
        """Return the judgement of one line; raises Refused for one that is malformed."""
        found = _fields(member)
        first, second, verdict = found["target"], found["source"], found["judgement"]
        key = self.survey.key(f"{first} {second}")
        if found["deleted_at"] or verdict == "no_judgement":
            return [Skipped(member.file.path.name, key)]
        if not (first and second) or first == second:
            raise member.fault(key, "target", first, "does not tell two ids apart")
        if verdict not in _VERDICTS:
            raise member.fault(key, "judgement", verdict, "is no judgement of a resolver")
        try:
            on = day(found["created_at"][:10])
        except BadInput as error:
            raise member.fault(key, "created_at", found["created_at"], NO_DAY) from error
        details = sure(found["score"], "score of the resolver") if found["score"] else ()
        place = member.entry(key, self.voice.given.mint)
        user = found["user"]
        return list(self._judged(first, second, verdict, user, on, place, details))

    def _judged(
        self,
        first: str,
        second: str,
        verdict: str,
        user: str,
        on: str,
        place: Entry,
        details: Details,
    ) -> Iterator[Record]:
        mint = self.voice.given.mint
        name = user or f"resolver of {self.voice.publisher}"
        judge = mint.named("analyst", name, self.voice.publisher)
        yield from self.voice.introduce(judge, "Analyst", name, place.passage)
        for id in (first, second):
            if not self.survey.is_told(id):
                node = self._node(id)
                more = Claim(node, term("dcterms:identifier"), Literal(self.survey.key(id)))
                yield from self.voice.introduce(node, "skos:Concept", "", place.passage, more)
        yield IdentityJudgement(
            self._node(first),
            self._node(second),
            term(_VERDICTS[verdict]),
            judge,
            on,
            _REASONS[verdict],
            place,
            (*details, *self.voice.given.membership),
        )

    def _node(self, id: str) -> NamedNode:
        return self.survey.node(id, self.voice.given.mint)


def is_judgement(value: Any) -> bool:
    """Return whether a line is that of a resolver."""
    if isinstance(value, list):
        return len(value) >= 3 and all(isinstance(one, str) for one in value[:3])
    return isinstance(value, dict) and {"target", "source", "judgement"} <= value.keys()


def looks_like_one(line: str) -> bool:
    """Return whether a line begins as those of a resolver do."""
    verdicts = "|".join((*_VERDICTS, "no_judgement"))
    return bool(re.match(rf'\s*\["[^"]*",\s*"[^"]*",\s*"(?:{verdicts})"', line))


def _fields(member: Member) -> dict[str, str]:
    value = member.value
    if isinstance(value, list):
        value = dict(zip(FIELDS, value, strict=False))
    return {name: scalar(value.get(name)) for name in FIELDS}
