"""Taking evidence back: marked invalid, or erased where the law asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import NamedNode

from onrecord import derive
from onrecord.audited import refuse_findings
from onrecord.erasure import erase as erased
from onrecord.errors import BadParameter, UnknownThing
from onrecord.holds import (
    fallen_from,
    falling_with_document,
    falling_with_run,
    taken_back_by,
)
from onrecord.ingest import utc_now
from onrecord.invalidation import leave_cases, mark, told
from onrecord.kept import drop, graphs_from
from onrecord.standing import ending, is_a, is_evidence, moment, stands, subjects, values
from onrecord.store import Draft, GenerationStore, Snapshot
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: its record, and how many pieces of evidence it took back.

    An erasure counts what it removed, also what had been withdrawn before. `lingering` are the
    generations that it has to leave to those who still read them, `speaking` the documents
    that still say something of an erased one, such as its title. Where nothing was left to
    take back, `iri` is the record of the earlier withdrawal, `before` says when that was, and
    nothing is published.
    """

    iri: NamedNode
    evidence: int
    generation: int
    lingering: tuple[int, ...]
    speaking: tuple[NamedNode, ...]
    before: str = ""


def withdraw(
    store: GenerationStore,
    mint: Mint,
    *,
    document: NamedNode | None = None,
    run: NamedNode | None = None,
    reason: str,
    erase: bool = False,
    now: Callable[[], datetime] = utc_now,
) -> Withdrawn:
    """Take back exactly what came from a document or a run, and derive anew.

    What was withdrawn stays and can be asked for as of an earlier day; what was erased goes,
    from earlier generations too, and leaves a tombstone. Loading the source restores either.
    Raises BadParameter unless one of document and run is given, UnknownThing when unknown.
    """
    target = _either(document, run)
    with store.write(f"{'erase' if erase else 'withdraw'} {target.value}") as draft:
        select = falling_with_document if document else falling_with_run
        found = select(draft, target)
        if not _is_known(draft, target):
            raise UnknownThing(f"{target.value}: nothing in the record came from it")
        started = now()
        record = mint.activity("withdrawal", target.value, started.isoformat())
        graphs = {one for one in graphs_from(draft, target) if erase or stands(draft, one)}
        if not erase and not found | graphs and (act := taken_back_by(draft, target)):
            draft.abandon()
            return _before(draft, act)
        mark(draft, found | (set() if erase else graphs), record, now())
        derive.update(draft, mint, found)
        if erase:
            found = _erase(draft, target, record, graphs)
        moments, generation = (started, now()), draft.generation
        draft.insert(told(record, [target], reason, moments, generation, erased=erase))
        if run:
            leave_cases(draft, _held_by_others(draft, run), {run})
        if not erase:  # what the law wants gone does not wait for an audit
            refuse_findings(draft)
        speaking = tuple(_speaking_of(draft, target)) if erase else ()
    return Withdrawn(record, len(found), generation, tuple(store.lingering()), speaking)


def _either(document: NamedNode | None, run: NamedNode | None) -> NamedNode:
    target = document or run
    if target is None or (document and run):
        raise BadParameter("name either a document or a run")
    return target


def _before(draft: Draft, act: NamedNode) -> Withdrawn:
    """Return what an earlier withdrawal or erasure did, of which a second one does nothing."""
    number, when = ending(draft, act)
    return Withdrawn(act, 0, number, (), (), moment(when).value)


def _erase(
    draft: Draft, target: NamedNode, record: NamedNode, graphs: set[NamedNode]
) -> set[NamedNode]:
    """Remove what was withdrawn, now or before, with its graphs and texts, and return it."""
    drop(draft, graphs)
    found = fallen_from(draft, target)
    for gone in erased(draft, found, target, record):
        draft.drop_text(gone.value.rpartition("/")[2])
    draft.purge()
    return found


def _held_by_others(draft: Snapshot, run: NamedNode) -> set[NamedNode]:
    """Return the evidence of a run that stands because other runs brought it as well."""
    brought = subjects(draft, "prov:wasGeneratedBy", run)
    return {node for node in brought if is_evidence(draft, node) and stands(draft, node)}


def _speaking_of(draft: Snapshot, target: NamedNode) -> list[NamedNode]:
    """Return the documents in which something is said of a document."""
    claims = subjects(draft, "rdf:subject", target)
    attested = {said for claim in claims for said in subjects(draft, "claim", claim)}
    return sorted(
        {one for said in attested for one in values(draft, said, "document")}, key=str
    )


def _is_known(draft: Snapshot, target: NamedNode) -> bool:
    words = ("document", "prov:wasGeneratedBy", "prov:used")
    return any(is_a(draft, target, word) for word in ("Tombstone", "LoaderRun")) or any(
        subjects(draft, word, target) for word in words
    )
