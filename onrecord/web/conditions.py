"""On what condition a graph is changed (RFC 9110, section 13.1)."""

from dataclasses import dataclass

from flask import Request

from onrecord.errors import Stale
from onrecord.store import GenerationStore
from onrecord.web.jobs import Graph
from onrecord.web.replies import tag
from onrecord.web.results import GRAPH


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold of a graph while it is changed: edition ("" for any) and presence."""

    edition: str = ""
    is_there: bool | None = None  # None where it does not matter

    def refuse_unless_met(self, record: GenerationStore, is_there: bool) -> None:
        """Raise Stale; asked by the one who writes, so that nobody else does meanwhile."""
        if self.edition and record.edition() != self.edition:
            raise Stale("the store was changed since you read this graph; read it again")
        if self.is_there is not None and is_there != self.is_there:
            raise Stale(f"the graph is {'there already' if is_there else 'not there'}")


def condition(request: Request, graph: str | None, edition: str) -> Condition:
    """Return the condition of a request; raises Stale on a tag that is of another edition."""
    if request.if_none_match.star_tag:
        return Condition(is_there=False)
    kinds = (kind for format in GRAPH for kind in format.media_types)
    tags = [tag(edition, Graph(graph, kind)) for kind in kinds]
    if any(map(request.if_none_match.contains_weak, tags)):
        raise Stale(
            "the graph is still as you have it, and was to be changed only if it is not"
        )
    if request.if_match.star_tag:
        return Condition(is_there=True)
    if not request.if_match:
        return Condition()
    if not any(map(request.if_match.contains, tags)):
        raise Stale("the graph was changed since you read it, or is in no such form; read it")
    return Condition(edition)
