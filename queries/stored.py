"""A stored question: a file of SPARQL that can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from onrecord.errors import BadParameter, BadQuery
from onrecord.store import Snapshot
from ontology import term
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import DEFAULT_BASE
from queries.answer import Answer
from queries.header import header
from queries.parameters import Parameter

T = TypeVar("T")

_LEVELS: Final = ("accepted", "single-source", "disputed", "contradicted")
TRUST: Final[Mapping[str, tuple[NamedNode, ...]]] = MappingProxyType(
    {
        **{level: (graph,) for level, graph in zip(_LEVELS, STATUS_GRAPHS, strict=True)},
        "all": STATUS_GRAPHS,
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `trust` is the level at which it is asked by default, if it takes one."""

    name: str
    summary: str
    shows: str
    parameters: tuple[Parameter, ...]
    sparql: str
    trust: str | None = None

    @classmethod
    def read(cls, path: Path) -> "Question":
        """Read a question's file; raises BadInput for a malformed header."""
        text = path.read_text("utf-8")
        said = header(text, path.name)
        return cls(path.stem, said.summary, said.shows, said.parameters, text, said.trust)

    def ask(
        self,
        snapshot: Snapshot,
        given: Mapping[str, str],
        *,
        trust: str | None = None,
        base: str = DEFAULT_BASE,
    ) -> Answer:
        """Answer the question; parameters that are not given stay free.

        Raises BadParameter, also for a trust level where the question reads evidence.
        """
        bound = self._bound(snapshot, given, base)
        graphs = self._graphs(trust or self.trust)
        found = snapshot.query(self.sparql, substitutions=bound, default_graphs=graphs)
        if not isinstance(found, QuerySolutions):
            raise BadQuery(f"{self.name}: has to be a SELECT")
        columns = tuple(variable.value for variable in found.variables)
        rows = [tuple(row) for row in found]
        unheard = () if rows else [one for one in bound.values() if not _stands(snapshot, one)]
        return Answer(columns, rows, tuple(one.value for one in unheard))

    def _bound(
        self, snapshot: Snapshot, given: Mapping[str, str], base: str
    ) -> dict[str, NamedNode | Literal]:
        known = {parameter.name for parameter in self.parameters}
        if unknown := sorted(given.keys() - known):
            raise BadParameter(
                f"{self.name}: no parameter {', '.join(unknown)}; "
                f"it takes {', '.join(sorted(known)) or 'none'}"
            )
        bound = {}
        for parameter in self.parameters:
            spelled = given.get(parameter.name) or parameter.default
            if spelled:
                bound[parameter.name] = canonical(snapshot, parameter.term(spelled, base))
            elif parameter.required:
                raise BadParameter(f"{self.name}: needs {parameter.name}. {_hint(parameter)}")
        return bound

    def _graphs(self, trust: str | None) -> tuple[NamedNode, ...] | None:
        if trust is None:
            return None
        if self.trust is None:
            raise BadParameter(f"{self.name}: reads who said what, which has no level of trust")
        level = "single-source" if trust == "singleSource" else trust
        if level not in TRUST:
            raise BadParameter(f"trust={trust!r}: has to be one of {', '.join(TRUST)}")
        return TRUST[level]


def canonical(snapshot: Snapshot, value: T) -> T | NamedNode:
    """Return the IRI under which a thing is asked for after identity judgements."""
    if not isinstance(value, NamedNode):
        return value
    found = snapshot.quads(value, term("canonical"), None, DefaultGraph())
    names = (quad.object for quad in found)
    return next((name for name in names if isinstance(name, NamedNode)), value)


def _stands(snapshot: Snapshot, value: NamedNode | Literal) -> bool:
    """Return whether something is said of a thing, or with it; a literal may be anything."""
    if isinstance(value, Literal):
        return True
    return any(snapshot.quads(value)) or any(snapshot.quads(None, None, value))


def _hint(parameter: Parameter) -> str:
    example = f" For instance {parameter.example}." if parameter.example else ""
    return parameter.description + example
