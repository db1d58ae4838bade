"""Taking evidence back: marked invalid, or erased where the law asks for it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from onrecord import derive
from onrecord.erasure import erase as erased
from onrecord.errors import BadParameter, UnknownThing
from onrecord.ingest import refuse_findings, utc_now
from onrecord.standing import (
    DEFAULT,
    ENDED,
    INVALIDATED,
    fallen_from,
    is_a,
    moment,
    standing_from_document,
    standing_from_run,
    subjects,
)
from onrecord.store import Draft, GenerationStore, Snapshot
from ontology import term
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: its record, and how many pieces of evidence it took back.

    `lingering` are the generations that an erasure has to leave to those who still read them.
    """

    iri: NamedNode
    evidence: int
    generation: int
    lingering: tuple[int, ...]


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
    target = document or run
    if target is None or (document and run):
        raise BadParameter("name either a document or a run")
    with store.write(f"{'erase' if erase else 'withdraw'} {target.value}") as draft:
        gone: set[NamedNode] = set()
        select = standing_from_document if document else standing_from_run
        found = select(draft, target)
        if not _is_known(draft, target):
            raise UnknownThing(f"{target.value}: nothing in the record came from it")
        started = now()
        record = mint.activity("withdrawal", target.value, started.isoformat())
        _mark(draft, found, record, now())
        derive.update(draft, mint, found)
        if erase:
            gone = erased(draft, fallen_from(draft, target), target, record)
            draft.purge()
        draft.insert(_record(record, target, reason, erase, (started, now())))
        if not erase:  # what the law wants gone does not wait for an audit
            refuse_findings(draft)
        generation = draft.generation
    _forget_texts(store, gone)
    return Withdrawn(record, len(found), generation, tuple(store.lingering()))


def _mark(draft: Draft, found: Iterable[NamedNode], record: NamedNode, when: datetime) -> None:
    draft.insert(
        quad
        for node in found
        for quad in (
            Quad(node, term("prov:wasInvalidatedBy"), record, DEFAULT),
            Quad(node, INVALIDATED, moment(when), DEFAULT),
        )
    )


def _record(
    record: NamedNode,
    target: NamedNode,
    reason: str,
    erase: bool,
    moments: tuple[datetime, datetime],
) -> Iterator[Quad]:
    kind, tie = ("Erasure", "erased") if erase else ("Withdrawal", "withdrew")
    yield Quad(record, term("rdf:type"), term(kind), DEFAULT)
    yield Quad(record, term("rdf:type"), term("prov:Activity"), DEFAULT)
    yield Quad(record, term(tie), target, DEFAULT)
    yield Quad(record, term("reason"), Literal(reason, language="en"), DEFAULT)
    yield Quad(record, term("prov:startedAtTime"), moment(moments[0]), DEFAULT)
    yield Quad(record, ENDED, moment(moments[1]), DEFAULT)


def _is_known(draft: Snapshot, target: NamedNode) -> bool:
    words = ("document", "prov:wasGeneratedBy", "prov:used")
    return is_a(draft, target, "Tombstone") or any(
        subjects(draft, word, target) for word in words
    )


def _forget_texts(store: GenerationStore, documents: Iterable[NamedNode]) -> None:
    for document in documents:
        (store.texts / document.value.rpartition("/")[2]).unlink(missing_ok=True)
