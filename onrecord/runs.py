"""The runs that made the record: which loader read what, when, on what terms."""

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from onrecord.errors import UnknownThing
from onrecord.standing import DEFAULT, stands, subjects, values
from onrecord.store import Snapshot
from ontology import term


@dataclass(frozen=True, slots=True)
class LoaderRun:
    """One run; what nobody told is empty."""

    iri: NamedNode
    loader: str
    version: str
    source: str
    started: str
    ended: str
    documents: tuple[str, ...]
    cases: tuple[NamedNode, ...]
    licence: str
    url: str
    retrieved: str
    markings: tuple[NamedNode, ...]
    manifest: str
    is_withdrawn: bool


def runs(snapshot: Snapshot) -> list[LoaderRun]:
    """Return every run that loaded something, the first one first."""
    found = snapshot.quads(None, term("rdf:type"), term("LoaderRun"), DEFAULT)
    nodes = (quad.subject for quad in found)
    known = [_run(snapshot, node) for node in nodes if isinstance(node, NamedNode)]
    return sorted(known, key=lambda run: (run.started, run.iri.value))


def runs_of_case(snapshot: Snapshot, case: NamedNode) -> list[LoaderRun]:
    """Return the runs that belong to a case, and the others that brought what is in it.

    Those over the very same bytes are among them: what was told with one is told of all.
    """
    members = subjects(snapshot, "case", case)
    brought = {run for one in members for run in values(snapshot, one, "prov:wasGeneratedBy")}
    found = runs(snapshot)
    ours = {run for run in found if case in run.cases or run.iri in brought}
    read = {run.documents for run in ours if run.documents}
    return [run for run in found if run in ours or run.documents in read]


def run_of(snapshot: Snapshot, iri: NamedNode) -> LoaderRun:
    """Return one run; raises UnknownThing for what is none."""
    if not any(snapshot.quads(iri, term("rdf:type"), term("LoaderRun"), DEFAULT)):
        raise UnknownThing(f"{iri.value}: no run; `onrecord runs` lists them")
    return _run(snapshot, iri)


def brought(snapshot: Snapshot, run: NamedNode) -> tuple[Counter[NamedNode], int]:
    """Return how often a run's attestations say what, and how many were withdrawn since."""
    times, withdrawn = Counter[NamedNode](), 0
    for quad in snapshot.quads(None, term("prov:wasGeneratedBy"), run, DEFAULT):
        node = quad.subject
        if not isinstance(node, NamedNode):
            continue
        withdrawn += not stands(snapshot, node)
        for claim in values(snapshot, node, "claim"):
            times.update(values(snapshot, claim, "rdf:predicate"))
    return times, withdrawn


def _run(snapshot: Snapshot, node: NamedNode) -> LoaderRun:
    def said(word: str) -> str:
        found = (quad.object for quad in snapshot.quads(node, term(word), None, DEFAULT))
        return next((one.value for one in found if isinstance(one, NamedNode | Literal)), "")

    return LoaderRun(
        node,
        said("loader"),
        said("loaderVersion"),
        said("dcterms:source"),
        said("prov:startedAtTime"),
        said("prov:endedAtTime"),
        tuple(one.value for one in _nodes(snapshot, node, "prov:used")),
        _nodes(snapshot, node, "case"),
        said("licence"),
        said("retrievedFrom"),
        said("retrievedAt"),
        _nodes(snapshot, node, "marking"),
        said("inputManifest"),
        bool(subjects(snapshot, "withdrew", node)),
    )


def _nodes(snapshot: Snapshot, node: NamedNode, word: str) -> tuple[NamedNode, ...]:
    return tuple(sorted(values(snapshot, node, word), key=str))
