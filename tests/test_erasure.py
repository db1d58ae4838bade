"""Erasing succeeds whatever others lean on, leaves no broken record, and can be undone."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

import queries
from loaders.given import Given
from onrecord.explain import explain
from onrecord.export import export
from onrecord.ingest import ingest
from onrecord.standing import DEFAULT, is_a, subjects
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology import term
from tests.checkout import ROOT
from tests.conftest import CASE
from tests.endpoint import served
from tests.harbour import HARBOUR, MINT, TEXTS, copied, whole, with_cells
from tests.sayings import lines
from tests.terminal import Terminal

GUILD = MINT.named("org", "guild")


def documents(store: GenerationStore) -> list[NamedNode]:
    """Return every document that is not erased."""
    with store.read() as snapshot:
        return sorted(subjects(snapshot, "rdf:type", term("Document")), key=str)


def erase(store: GenerationStore, document: NamedNode) -> None:
    withdraw(store, MINT, document=document, reason="an order", erase=True)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    """A record of the harbour case, with its texts."""
    store = GenerationStore(tmp_path / "data")
    ingest(store, "case", HARBOUR, Given(MINT, texts=TEXTS))
    return store


@pytest.mark.parametrize("name", ["things.yaml", "case.yaml"])
def test_what_names_the_actors_of_a_case_can_be_erased(
    case_store: GenerationStore, name: str
) -> None:
    before = lines(case_store)
    content = (ROOT / "loaders" / "cases" / CASE / name).read_bytes()
    erase(case_store, MINT.document(content))
    whole(case_store)
    assert lines(case_store) != before
    ingest(case_store, "case", CASE, Given())
    assert lines(case_store) == before


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_documents_can_be_erased_one_after_another(
    store: GenerationStore, backwards: bool
) -> None:
    before = lines(store)
    found = documents(store)
    assert len(found) == 10
    for document in reversed(found) if backwards else found:
        erase(store, document)
        whole(store)
    with store.read() as snapshot:
        for word in ("Attestation", "Judgement", "Claim", "Passage", "Record"):
            assert subjects(snapshot, "rdf:type", term(word)) == set()
        # the run still says of which case it was, and nothing else of anything
        left = subjects(snapshot, "rdf:type", term("Undescribed"))
        assert left == {MINT.named("case", "harbour")}
    assert list(store.texts.iterdir()) == []
    ingest(store, "case", HARBOUR, Given(MINT, texts=TEXTS))
    assert lines(store) == before


def two_runs(folder: Path) -> tuple[GenerationStore, Path, NamedNode, NamedNode]:
    """Load a case, and again with a number corrected; return the two runs as well."""
    case = copied(folder)
    store = GenerationStore(folder / "data")
    first = ingest(store, "case", case, Given(MINT)).run
    with_cells(case / "claims.csv", "H02", {"object": "7"})
    second = ingest(store, "case", case, Given(MINT)).run
    assert first is not None and second is not None
    return store, case, first, second


@pytest.mark.parametrize("index", [0, 1], ids=["the first", "the second"])
def test_either_of_two_runs_that_lean_on_each_other_can_be_erased(
    tmp_path: Path, index: int
) -> None:
    store, case, *runs = two_runs(tmp_path)
    before = lines(store)
    withdraw(store, MINT, run=runs[index], reason="an order", erase=True)
    whole(store)
    if index == 0:
        ingest(store, "case", HARBOUR, Given(MINT))  # as it was when the first run read it
    ingest(store, "case", case, Given(MINT))
    assert lines(store) == before


def test_an_erased_run_takes_the_texts_that_only_it_brought(store: GenerationStore) -> None:
    with store.read() as snapshot:
        (run,) = subjects(snapshot, "rdf:type", term("LoaderRun"))
    assert len(list(store.texts.iterdir())) == 2
    withdraw(store, MINT, run=run, reason="an order", erase=True)
    assert documents(store) == []
    assert list(store.texts.iterdir()) == []


def test_who_is_still_quoted_stays_without_a_name_until_the_name_is_loaded_again(
    store: GenerationStore,
) -> None:
    erase(store, MINT.document((HARBOUR / "things.yaml").read_bytes()))
    with store.read() as snapshot:
        kinds = {quad.object for quad in snapshot.quads(GUILD, term("rdf:type"))}
        assert kinds == {term("Undescribed")}
        assert list(snapshot.quads(GUILD, term("rdfs:label"))) == []
        assert subjects(snapshot, "speaker", GUILD) != set()
    ingest(store, "case", HARBOUR, Given(MINT))
    with store.read() as snapshot:
        assert subjects(snapshot, "rdf:type", term("Undescribed")) == set()
        assert list(snapshot.quads(GUILD, term("prov:wasInfluencedBy"))) == []
        assert any(snapshot.quads(GUILD, term("rdfs:label")))


def test_what_was_left_bare_is_still_explained_and_exported(
    store: GenerationStore, tmp_path: Path, run: Terminal
) -> None:
    erase(store, MINT.document((HARBOUR / "things.yaml").read_bytes()))
    told = run("--data", store.folder, "explain", "org/guild")
    assert (told.code, "undescribed" in told.out) == (0, True)
    with store.read() as snapshot:
        reasons = [found for found in explain(snapshot, GUILD) if "an order" in str(found)]
        assert len(reasons) == 1
        for case in (None, MINT.named("case", "harbour")):
            with (tmp_path / "export.ttl").open("wb") as file:
                export(snapshot, file, "turtle", case=case)
            assert GUILD.value.rpartition("/")[2] in (tmp_path / "export.ttl").read_text()
    with served(store.folder) as endpoint:
        assert b"undescribed" in endpoint.get("org/guild", "text/html")


def test_a_claim_inside_a_claim_goes_with_the_last_that_speaks_of_it(
    store: GenerationStore,
) -> None:
    with store.read() as snapshot:
        claims = subjects(snapshot, "rdf:type", term("Claim"))
        inner = {
            quad.object
            for claim in claims
            for quad in snapshot.quads(claim, term("rdf:object"), None, DEFAULT)
        } & claims
    assert inner != set()
    for document in documents(store):
        erase(store, document)
    with store.read() as snapshot:
        assert not any(
            is_a(snapshot, claim, "Claim") for claim in inner if isinstance(claim, NamedNode)
        )


def test_an_old_fault_of_the_record_does_not_stop_an_erasure(store: GenerationStore) -> None:
    with store.write("break something") as draft:
        label = Literal("Nobody said so", language="en")
        said = next(iter(draft.quads(None, term("rdfs:label"), None, DEFAULT)))
        draft.load([f"{said.subject} {term('rdfs:label')} {label} ."])
        assert queries.findings(draft) != []
    document = documents(store)[0]
    erase(store, document)
    assert document not in documents(store)


def test_who_erases_a_text_is_told_which_sidecar_still_gives_its_title(
    store: GenerationStore, run: Terminal
) -> None:
    text = MINT.document((TEXTS / "gazette.txt").read_bytes())
    sidecar = MINT.document((HARBOUR / "documents" / "gazette.yaml").read_bytes())
    erase = ("withdraw", "--erase", "--reason", "an order", "--document", text.value)
    told = run("--data", store.folder, *erase)
    assert told.code == 0
    assert f"what {sidecar.value} says of it stays" in told.err
