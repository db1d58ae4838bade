"""Taking back exactly what came from a document or a run, and restoring it line for line."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

import queries
from loaders.given import Given
from onrecord.derive import rebuild
from onrecord.errors import BadParameter, UnknownThing
from onrecord.ingest import ingest
from onrecord.shapes import broken_rules
from onrecord.store import GenerationStore, Snapshot
from onrecord.withdraw import withdraw
from ontology import term
from ontology.identity import Mint
from tests.conftest import CASE
from tests.sayings import lines

MINT = Mint()
THEPRINT = MINT.document_of_sha256(
    "02aeabe3be4cb1110b7b008bfa2715a776376880493b9b484e4fa4a89c36749c"
)


def standing(snapshot: Snapshot, document: NamedNode) -> int:
    invalid = term("prov:invalidatedAtTime")
    said = (quad.subject for quad in snapshot.quads(None, term("document"), document))
    kind = term("Attestation")
    return sum(
        Quad(node, term("rdf:type"), kind, DefaultGraph()) in snapshot
        and not any(snapshot.quads(node, invalid))
        for node in said
        if isinstance(node, NamedNode)
    )


@pytest.mark.parametrize("erase", [False, True], ids=["withdrawn", "erased"])
def test_loading_again_restores_every_line(case_store: GenerationStore, erase: bool) -> None:
    before = lines(case_store)
    withdraw(case_store, MINT, document=THEPRINT, reason="a test", erase=erase)
    assert lines(case_store) != before
    ingest(case_store, "case", CASE, Given())
    assert lines(case_store) == before


@pytest.mark.parametrize("erase", [False, True], ids=["withdrawn", "erased"])
def test_exactly_what_came_from_a_document_goes(
    case_store: GenerationStore, erase: bool
) -> None:
    with case_store.read() as snapshot:
        others = {quad.object for quad in snapshot.quads(None, term("document"))} - {THEPRINT}
        documents = [one for one in others if isinstance(one, NamedNode)]
        before = {document: standing(snapshot, document) for document in documents}
        assert standing(snapshot, THEPRINT) > 45
    withdraw(case_store, MINT, document=THEPRINT, reason="a test", erase=erase)
    with case_store.read() as snapshot:
        assert {document: standing(snapshot, document) for document in documents} == before
        assert standing(snapshot, THEPRINT) == 0
        assert list(broken_rules(snapshot)) == []


def test_no_question_answers_with_what_was_withdrawn(case_store: GenerationStore) -> None:
    withdraw(case_store, MINT, document=THEPRINT, reason="a test")
    places = {"document", "assertedIn", "deniedIn", "answersIn"}
    with case_store.read() as snapshot:
        for question in queries.catalogue().values():
            known = question.parameters
            given = {one.name: one.example for one in known if one.required and one.example}
            answer = question.ask(snapshot, given)
            found = {
                getattr(cell, "value", "").partition("#")[0]
                for row in answer.rows
                for column, cell in zip(answer.columns, row, strict=True)
                if column in places
            }
            assert THEPRINT.value not in found, question.name


def test_withdrawing_derives_what_deriving_from_nothing_would(
    case_store: GenerationStore,
) -> None:
    withdraw(case_store, MINT, document=THEPRINT, reason="a test")
    with case_store.write("a full rebuild") as draft:
        before = {str(quad) for quad in draft.quads()}
        rebuild(draft, MINT)
        assert {str(quad) for quad in draft.quads()} == before
        draft.abandon()


def test_what_was_withdrawn_stays_and_says_why(case_store: GenerationStore) -> None:
    record = withdraw(case_store, MINT, document=THEPRINT, reason="the paper took it back")
    with case_store.read() as snapshot:
        assert len(list(snapshot.quads(None, term("prov:wasInvalidatedBy"), record.iri))) == (
            record.evidence
        )
        (why,) = snapshot.quads(record.iri, term("reason"))
        assert str(why.object) == '"the paper took it back"@en'


def test_what_was_erased_is_in_no_generation(case_store: GenerationStore) -> None:
    withdraw(case_store, MINT, document=THEPRINT, reason="a court's order", erase=True)
    assert len(case_store.generations()) == 1
    with case_store.read() as snapshot:
        kinds = {quad.object for quad in snapshot.quads(THEPRINT, term("rdf:type"))}
        assert term("Tombstone") in kinds
        assert term("Document") not in kinds
        left = {quad.subject for quad in snapshot.quads(None, term("document"), THEPRINT)}
        parts = {quad.subject for quad in snapshot.quads(None, term("partKind"))}
        assert left <= parts  # of these the sidecar still speaks
        count = term("tweetCount")
        assert list(snapshot.quads(None, term("rdf:predicate"), count)) == []


def test_an_erasure_tells_what_it_removed_of_what_was_withdrawn(
    case_store: GenerationStore,
) -> None:
    gone = withdraw(case_store, MINT, document=THEPRINT, reason="a test").evidence
    done = withdraw(case_store, MINT, document=THEPRINT, reason="an order", erase=True)
    assert (gone > 45, done.evidence) == (True, gone)


def test_a_held_text_goes_with_its_document(case_store: GenerationStore) -> None:
    text = case_store.texts / THEPRINT.value.rpartition("/")[2]
    text.parent.mkdir(exist_ok=True)
    text.write_text("kept", encoding="utf-8")
    withdraw(case_store, MINT, document=THEPRINT, reason="a test", erase=True)
    assert not text.exists()


def test_withdrawing_a_run_leaves_what_another_run_brought(
    case_store: GenerationStore, tmp_path: Path
) -> None:
    before = lines(case_store)
    withdraw(case_store, MINT, document=THEPRINT, reason="a test")
    again = ingest(case_store, "case", CASE, Given())
    assert again.run is not None
    record = withdraw(case_store, MINT, run=again.run, reason="a test")
    assert record.evidence == again.new
    ingest(case_store, "case", CASE, Given())
    assert lines(case_store) == before


@pytest.mark.parametrize("word", ["document", "run"])
def test_an_unknown_source_is_refused(case_store: GenerationStore, word: str) -> None:
    nothing = NamedNode("https://example.org/nothing")
    with pytest.raises(UnknownThing, match=r"example\.org/nothing"):
        if word == "run":
            withdraw(case_store, MINT, run=nothing, reason="a test")
        else:
            withdraw(case_store, MINT, document=nothing, reason="a test")
    assert len(case_store.generations()) == 1


def test_document_and_run_together_are_refused(case_store: GenerationStore) -> None:
    with pytest.raises(BadParameter, match="either a document or a run"):
        withdraw(case_store, MINT, document=THEPRINT, run=THEPRINT, reason="a test")


def test_the_past_can_still_be_asked(tmp_path: Path) -> None:
    """Known on the first day, not on the second, known again on the third."""
    days = count()
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def now() -> datetime:
        return start + timedelta(hours=next(days))

    store = GenerationStore(tmp_path)
    ingest(store, "case", CASE, Given(), now=now)  # hours 0 and 1
    withdraw(store, MINT, document=THEPRINT, reason="a test", now=now)  # hours 2 to 4
    ingest(store, "case", CASE, Given(), now=now)  # hours 5 and 6
    counts = [known(store, hour, THEPRINT) for hour in (0, 1, 2, 4, 5, 6, 7)]
    there = counts[1]
    assert there > 45
    assert counts == [0, there, there, 0, 0, there, there]


def known(store: GenerationStore, hour: int, document: NamedNode) -> int:
    given = {"known_on": f"2026-01-01T{hour:02}:30:00Z", "document": document.value}
    with store.read() as snapshot:
        return len(queries.question("known_and_true").ask(snapshot, given).rows)


@pytest.mark.parametrize("is_run", [False, True], ids=["a document", "a run"])
def test_what_was_withdrawn_is_not_withdrawn_again(
    case_store: GenerationStore, is_run: bool
) -> None:
    with case_store.read() as snapshot:
        (used,) = snapshot.quads(None, term("prov:used"), THEPRINT)
    assert isinstance(used.subject, NamedNode)
    document, run = (None, used.subject) if is_run else (THEPRINT, None)
    first = withdraw(case_store, MINT, document=document, run=run, reason="a test")
    before = case_store.generations()
    again = withdraw(case_store, MINT, document=document, run=run, reason="once more")
    assert (again.iri, again.evidence, bool(again.before)) == (first.iri, 0, True)
    assert case_store.generations() == before
    ingest(case_store, "case", CASE, Given())
    assert withdraw(case_store, MINT, document=THEPRINT, reason="a test").evidence > 45
