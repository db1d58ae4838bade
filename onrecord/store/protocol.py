"""What a store promises, whoever keeps it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

Subject: TypeAlias = NamedNode | BlankNode | Triple
Object: TypeAlias = NamedNode | BlankNode | Literal | Triple
Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph
Results: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True)
class Generation:
    """One published state of the record; `quads` is None where counting would take long.

    `audited` names the audits that found nothing in it, empty where they were not all asked.
    """

    number: int
    parent: int | None
    note: str
    published_at: datetime
    quads: int | None
    version: str
    current: bool = False
    audited: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Quads that a draft gained and lost; what was gained may have been there before."""

    added: set[Quad] = field(default_factory=set)
    removed: set[Quad] = field(default_factory=set)


class Snapshot(Protocol):
    """One generation that does not change; it is kept for as long as it is open."""

    @property
    def generation(self) -> int:
        """Return its number; a draft has the number that it is going to have."""

    def query(
        self,
        sparql: str,
        *,
        substitutions: Mapping[str, NamedNode | Literal] | None = None,
        default_graphs: Sequence[Graph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        base: str | None = None,
    ) -> Results:
        """Answer a SPARQL query; read the results on the thread that asked, while this is open.

        Raises BadQuery. A variable that is substituted must be projected by a SELECT.
        """

    def quads(
        self,
        s: Subject | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: Graph | None = None,
    ) -> Iterator[Quad]:
        """Return the quads of a pattern; None matches everything, in every graph."""

    def __contains__(self, quad: Quad) -> bool: ...

    def graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Return the names of the graphs, empty ones too."""

    def has_graph(self, name: NamedNode) -> bool:
        """Return whether a graph is there, though it may be empty."""


class Draft(Snapshot, Protocol):
    """The next generation, which only its writer sees."""

    @property
    def changes(self) -> Changes | None:
        """Return what came and went; None where it is too much, or was not told."""

    @property
    def began_audited(self) -> str:
        """Return which audits found nothing in the generation that this began as."""

    def certify(self, audits: str) -> None:
        """Take note which audits found nothing in all that this is."""

    def load(self, lines: Iterable[str]) -> int:
        """Load N-Quads, one statement a line, and return how many lines there were.

        Raises BadInput with the line. Blank nodes are not joined across chunks, or the
        shares of one: use none.
        """

    def load_octets(self, pieces: Iterable[bytes], shares: int = 1) -> None:
        """Load N-Quads in UTF-8, each piece some whole lines without the last line end.

        They are to be spelled from terms: whether an IRI is one is not checked again. Much is
        cut into so many shares that are loaded side by side, which keeps as many cores busy.
        """

    def insert(self, quads: Iterable[Quad]) -> int:
        """Add quads and return how many of them were new."""

    def remove(self, quads: Iterable[Quad]) -> int:
        """Remove quads and return how many of them were there."""

    def update(self, sparql: str, base: str | None = None) -> None:
        """Carry out a SPARQL update, all of it or nothing; raises BadQuery."""

    def add_graph(self, name: NamedNode) -> None:
        """Let a graph be there, though it may be empty."""

    def remove_graph(self, name: NamedNode) -> None:
        """Remove a graph with all that stands in it."""

    def keep_text(self, sha256: str, text: str) -> None:
        """Hold a text beside the graph, from the moment on in which this is served."""

    def drop_text(self, sha256: str) -> None:
        """Hold a text no longer, from the moment on in which this is served."""

    def purge(self) -> None:
        """Publish a store written from nothing, and serve nothing before it ever again.

        What was removed stays in the files of a generation otherwise, though no query finds it.
        """

    def abandon(self) -> None:
        """Publish nothing when the writer is done, whatever was changed."""


class Store(Protocol):
    """The record through time: one current generation, some earlier ones, one writer."""

    def read(self) -> AbstractContextManager[Snapshot]:
        """Open the current generation; raises NoGeneration when nothing was published."""

    def write(self, note: str) -> AbstractContextManager[Draft]:
        """Open the next generation: published on a clean exit if it changed, else discarded.

        Raises StoreBusy when another writer does not let go, StoreFull when the disk is full.
        """

    def generations(self) -> list[Generation]:
        """Return the generations that are kept, oldest first."""

    def rollback(self, number: int | None = None) -> Generation:
        """Make a kept generation current, by default what the current one was made from."""

    def backup(self, folder: Path) -> Generation:
        """Write the current generation and the held texts to a new folder."""
