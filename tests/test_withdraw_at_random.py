"""Loads, replacements and withdrawals in any order: what stands is what a source holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders.given import Given
from onrecord.derive import rebuild
from onrecord.explain import explain
from onrecord.export import export
from onrecord.holds import Hold, Holds
from onrecord.ingest import ingest
from onrecord.standing import is_evidence, named, stands
from onrecord.store import GenerationStore, Snapshot
from onrecord.web.links import Links
from onrecord.web.passages import Passages
from onrecord.web.stars import Stars
from onrecord.withdraw import Withdrawn, withdraw
from ontology import term
from ontology.identity import Mint

MINT: Final = Mint()
SEEDS: Final = 4  # of hundreds that were tried
_STEPS: Final = 9
_COLUMNS: Final = "publisher,subject,platform,metric,value,time,time_zone"
_VERSIONS: Final = ("abc", "abd", "b")  # by the rows that each has
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)

Read = frozenset[NamedNode]
Held = tuple[NamedNode, Read, NamedNode, str]  # evidence, documents, run, name of the source


@dataclass(frozen=True)
class Version:
    """One version of a source, and each piece of evidence with what it is read in."""

    loader: str
    name: str
    octets: bytes
    evidence: frozenset[tuple[NamedNode, Read]]


@dataclass
class World:
    """A record, and what by a few lines of sets should stand in it."""

    store: GenerationStore
    folder: Path
    runs: list[NamedNode] = field(default_factory=list)
    held: set[Held] = field(default_factory=set)
    minutes: Iterator[int] = field(default_factory=count)
    clock: int = 0  # days by which it was set

    def load(self, version: Version, *, replace: bool = False) -> None:
        """Load a version; a run of the source that holds the same by the same stays alone."""
        path, given = self.folder / version.name, Given(MINT)
        path.write_bytes(version.octets)
        report = ingest(self.store, version.loader, path, given, replace=replace, now=self._now)
        known = {(node, read) for node, read, _, name in self.held if name == version.name}
        new = {node for node, _ in version.evidence - known}
        there = {node for node, _ in version.evidence}
        gone = {one for one in self.held if one[3] == version.name and one[0] not in there}
        assert bool(report.run) == bool(new or (replace and gone))
        if replace:
            self.held -= gone
        if report.run:
            self.runs.append(report.run)
            brought = version.evidence if version.loader == "rdf" else version.evidence - known
            self.held |= {
                (node, read, report.run, version.name) for node, read in brought if node in new
            }

    def withdraw_document(self, document: NamedNode) -> None:
        kept = {one for one in self.held if document not in one[1]}
        act = withdraw(self.store, MINT, document=document, reason="a test", now=self._now)
        self._keep(kept, act)

    def withdraw_run(self, run: NamedNode) -> None:
        kept = {one for one in self.held if one[2] != run}
        act = withdraw(self.store, MINT, run=run, reason="a test", now=self._now)
        self._keep(kept, act)

    def _keep(self, kept: set[Held], act: Withdrawn) -> None:
        lost = {node for node, *_ in self.held} - {node for node, *_ in kept}
        assert act.evidence == len(lost)
        self.held = kept

    def _now(self) -> datetime:
        return _BEGIN + timedelta(days=self.clock, minutes=next(self.minutes))


def _evidence(snapshot: Snapshot) -> set[NamedNode]:
    found = named(quad.subject for quad in snapshot.quads(None, term("rdf:type"), None))
    return {node for node in found if is_evidence(snapshot, node)}


def _place(snapshot: Snapshot, node: NamedNode) -> NamedNode:
    """Return the document in which a page shows evidence."""
    stars = Stars(explain(snapshot, node))
    passages = Passages(stars, Links(stars, MINT.base), Path("none"), Holds(snapshot))
    return NamedNode(passages.of(node).document.iri)


def _table(folder: Path, rows: str) -> Version:
    """Return a table, with what it alone says in a record of its own."""
    said = (f"Watch,#{row},Twitter,tweets,{ord(row)},2031-04-02T15:30:00,UTC" for row in rows)
    octets = "\n".join([_COLUMNS, *said, ""]).encode()
    path = folder / "watch.csv"
    path.write_bytes(octets)
    store = GenerationStore(folder / f"table-{rows}")
    ingest(store, "series", path, Given(MINT), now=lambda: _BEGIN)
    read = frozenset({MINT.document(octets)})
    with store.read() as snapshot:
        nodes = _evidence(snapshot)
    return Version("series", path.name, octets, frozenset((node, read) for node in nodes))


def _exported(folder: Path, tables: list[Version], name: str) -> Version:
    """Return what a record with some tables exports, with all that they say."""
    store, path = GenerationStore(folder / name), folder / "record.nq"
    for table in tables:
        (folder / table.name).write_bytes(table.octets)
        ingest(store, table.loader, folder / table.name, Given(MINT), now=lambda: _BEGIN)
    with store.read() as snapshot, path.open("wb") as output:
        export(snapshot, output, "nquads")
    octets = path.read_bytes()
    read = {
        (node, one | {MINT.document(octets)}) for each in tables for node, one in each.evidence
    }
    return Version("rdf", path.name, octets, frozenset(read))


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Version]:
    folder = tmp_path_factory.mktemp("versions")
    tables = [_table(folder, rows) for rows in _VERSIONS]
    return [
        *tables,
        _exported(folder, tables[:1], "one"),
        _exported(folder, tables[1:], "two"),
    ]


def _step(world: World, versions: list[Version], chance: Random) -> None:
    documents = sorted({one for _, read, *_ in world.held for one in read}, key=str)
    kind = chance.random()
    if kind < 0.55 or not documents:
        version, replace = chance.choice(versions), chance.random() < 0.3
        world.load(version, replace=replace)
        world.load(version)  # which adds nothing
    elif kind < 0.8:
        world.withdraw_document(chance.choice(documents))
    else:
        world.withdraw_run(chance.choice(world.runs))


@pytest.mark.parametrize(("taken", "kept"), [(0, 1), (1, 0)], ids=["the first", "the second"])
def test_a_version_that_was_replaced_is_no_place_of_what_another_source_holds(
    tmp_path: Path, versions: list[Version], taken: int, kept: int
) -> None:
    world = World(GenerationStore(tmp_path / "data"), tmp_path)
    world.load(versions[taken])
    world.load(_exported(tmp_path, [versions[kept]], "kept"))
    world.load(versions[2], replace=True)
    nodes = [{node for node, _ in versions[at].evidence} for at in (taken, kept, 2)]
    shared = (nodes[0] & nodes[1]) - nodes[2]
    with world.store.read() as snapshot:
        places = {_place(snapshot, node) for node in shared}
        assert places == {MINT.document(versions[kept].octets)}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_stands_is_what_a_source_holds(
    tmp_path: Path, versions: list[Version], seed: int
) -> None:
    chance = Random(seed)
    world = World(GenerationStore(tmp_path / "data"), tmp_path)
    for _ in range(_STEPS):
        world.clock = chance.choice([0, 0, 7, -7])
        _step(world, versions, chance)
        with world.store.read() as snapshot:
            standing = {node for node in _evidence(snapshot) if stands(snapshot, node)}
            found = {(node, hold) for node in standing for hold in Holds(snapshot).of(node)}
            places = {(node, _place(snapshot, node)) for node in standing}
        assert standing == {node for node, *_ in world.held}
        assert found == {(node, Hold(run, read)) for node, read, run, _ in world.held}
        assert places <= {(node, one) for node, read, *_ in world.held for one in read}
    with world.store.write("a full rebuild") as draft:
        before = {str(quad) for quad in draft.quads()}
        rebuild(draft, MINT)
        assert {str(quad) for quad in draft.quads()} == before
        draft.abandon()
