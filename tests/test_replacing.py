"""A corrected source takes the place of the one before, where whoever loads it says so."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import queries
from loaders.given import Given
from onrecord.errors import BadRow
from onrecord.ingest import ingest
from onrecord.loads import Report
from onrecord.standing import stands, subjects, values
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology import term
from tests.harbour import MINT, changed, copied, whole, with_cells
from tests.sayings import lines
from tests.terminal import Terminal


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the harbour case."""
    return copied(tmp_path)


@pytest.fixture
def store(tmp_path: Path, case: Path) -> GenerationStore:
    """A record of that case."""
    store = GenerationStore(tmp_path / "data")
    load(store, case)
    return store


def load(store: GenerationStore, path: Path, replace: bool = False) -> Report:
    loader = "case" if path.is_dir() else "claims"
    return ingest(store, loader, path, Given(MINT), replace=replace)


def standing(store: GenerationStore) -> set[NamedNode]:
    with store.read() as snapshot:
        found = subjects(snapshot, "rdf:type", term("Attestation"))
        return {node for node in found if stands(snapshot, node)}


def counts(store: GenerationStore) -> list[str]:
    """Return the numbers of removed pages that stand."""
    with store.read() as snapshot:
        claims = subjects(snapshot, "rdf:predicate", term("removedCount"))
        return sorted(
            quad.object.value
            for claim in claims
            if any(stands(snapshot, said) for said in subjects(snapshot, "claim", claim))
            for quad in snapshot.quads(claim, term("rdf:object"))
            if hasattr(quad.object, "value")
        )


def test_a_corrected_number_takes_the_place_of_the_old(
    store: GenerationStore, case: Path
) -> None:
    before = standing(store)
    assert "77" not in counts(store)
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    report = load(store, case, replace=True)
    assert (report.missing, report.new) == (
        1,
        2,
    )  # the attestation, and the table as a document
    assert "77" in counts(store)
    (gone,), (new,) = before - standing(store), standing(store) - before
    whole(store)
    with store.read() as snapshot:
        (act,) = values(snapshot, gone, "prov:wasInvalidatedBy")
        (reason,) = snapshot.quads(act, term("reason"))
        assert report.run is not None
        assert report.run.value in str(reason.object)
        assert values(snapshot, act, "withdrew") == {gone}
        assert values(snapshot, new, "prov:wasGeneratedBy") == {report.run}
    assert [kept.number for kept in store.generations()] == [1, 2]


def test_without_being_told_to_a_load_withdraws_nothing_and_says_so(
    store: GenerationStore, case: Path, run: Terminal
) -> None:
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    before = standing(store)
    said = run("--data", store.folder, "load", "case", case)
    assert "1 piece of evidence" in said.err
    assert "--replace" in said.err
    assert before < standing(store)
    said = run("--data", store.folder, "load", "case", case, "--replace")
    assert "withdrew 1 piece of evidence that the source has no longer" in said.err
    assert len(standing(store)) == len(before)


def test_another_source_of_one_name_can_be_parted_from_it_as_told(
    run: Terminal, here: Path
) -> None:
    rows = run("template", "accounts").out
    for folder, text in (("a", rows), ("b", rows.replace("Harbour", "Haven"))):
        (here / folder).mkdir()
        (here / folder / "list.csv").write_text(text, encoding="utf-8")
    run("load", "accounts", "a/list.csv")
    said = run("load", "accounts", "b/list.csv").err
    undo = re.search(r"onrecord (withdraw --run \S+)\) and load it with --as NAME", said)
    assert undo
    run(*undo[1].split(), "--reason", "of another source")
    run("load", "accounts", "b/list.csv", "--as", "b-list.csv")
    for words in (("a/list.csv",), ("b/list.csv", "--as", "b-list.csv")):
        assert "earlier loads" not in run("load", "accounts", *words).err
    with GenerationStore(here / "data").read() as snapshot:
        for name in ("org/harbour-observatory", "org/haven-observatory"):
            assert any(snapshot.quads(MINT.named(*name.split("/")), term("rdfs:label")))


def test_a_copy_under_another_name_is_said_to_be_one(run: Terminal, here: Path) -> None:
    rows = run("template", "takedowns").out
    for name in ("list.csv", "copy.csv"):
        (here / name).write_text(rows, encoding="utf-8")
    assert "very bytes" not in run("load", "takedowns", "list.csv").err
    said = run("load", "takedowns", "copy.csv").err
    assert "copy.csv has the very bytes that were loaded as list.csv" in said
    undo = re.search(r"onrecord (withdraw --run \S+)\) and load it with --as list.csv", said)
    assert undo
    run(*undo[1].split(), "--reason", "a copy")
    again = run("load", "takedowns", "copy.csv", "--as", "list.csv").err
    assert "nothing new" in again and "very bytes" not in again
    assert "very bytes" not in run("load", "takedowns", "list.csv").err


def test_replacing_twice_changes_nothing(store: GenerationStore, case: Path) -> None:
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    load(store, case, replace=True)
    before = lines(store)
    report = load(store, case, replace=True)
    assert (report.run, report.missing, report.new) == (None, 0, 0)
    assert lines(store) == before


def test_going_back_to_the_first_version_restores_it(
    store: GenerationStore, case: Path, tmp_path: Path
) -> None:
    first = standing(store)
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    load(store, case, replace=True)
    load(store, copied(tmp_path, "again"), replace=True)
    assert standing(store) == first
    assert "77" not in counts(store)
    whole(store)


def test_a_row_that_cannot_be_read_does_not_count_as_taken_out(
    store: GenerationStore, case: Path
) -> None:
    before = lines(store)
    with_cells(case / "claims.csv", "H02", {"predicate": "nobodyKnows"})
    with pytest.raises(BadRow, match="H02"):
        load(store, case, replace=True)
    assert lines(store) == before


def test_what_another_source_says_as_well_stays(store: GenerationStore, case: Path) -> None:
    before = standing(store)
    load(store, case / "claims.csv")  # the same rows under another name: that of the table
    assert standing(store) == before
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    assert load(store, case, replace=True).missing == 0
    assert before < standing(store)
    assert load(store, case / "claims.csv", replace=True).missing == 1
    assert len(standing(store)) == len(before)
    whole(store)


def test_what_was_known_before_a_source_took_it_out_can_still_be_asked(
    store: GenerationStore, case: Path
) -> None:
    before, at = standing(store), datetime.now(UTC)
    load(store, case / "claims.csv")
    with_cells(case / "claims.csv", "H02", {"object": "77"})
    for path in (case, case / "claims.csv"):
        load(store, path, replace=True)
        with store.read() as snapshot:
            question = queries.question("known_and_true")
            answer = question.ask(snapshot, {"known_on": at.isoformat()})
        place = answer.columns.index("attestation")
        assert {row[place] for row in answer.rows} == before


def test_another_source_vouches_only_once(store: GenerationStore, case: Path) -> None:
    assert load(store, case / "claims.csv").run is not None
    assert load(store, case / "claims.csv").run is None
    assert load(store, case).run is None


def second(tmp_path: Path, case: Path) -> Path:
    """Return a case of another name that shares the texts and rows of the first."""
    other = copied(tmp_path, "other")
    changed(other / "case.yaml", "name: harbour", "name: other")
    return other


def tied(store: GenerationStore, name: str) -> set[NamedNode]:
    """Return the standing attestations of a case."""
    with store.read() as snapshot:
        return subjects(snapshot, "case", MINT.named("case", name)) & standing(store)


def test_what_two_cases_bring_keeps_the_tie_to_the_one_that_stays(
    store: GenerationStore, case: Path, tmp_path: Path
) -> None:
    with store.read() as snapshot:
        (first,) = subjects(snapshot, "rdf:type", term("LoaderRun"))
    before = lines(store)
    alone = tied(store, "harbour")
    load(store, second(tmp_path, case))
    both = tied(store, "harbour") & tied(store, "other")
    assert len(both) == 4
    withdraw(store, MINT, run=first, reason="a test")
    assert both <= standing(store)
    assert tied(store, "harbour") == set()
    assert both <= tied(store, "other")
    whole(store)
    load(store, case)
    assert tied(store, "harbour") == alone
    assert before <= lines(store)


def test_a_row_taken_out_of_one_of_two_cases_goes_with_the_second(
    store: GenerationStore, case: Path, tmp_path: Path
) -> None:
    other = second(tmp_path, case)
    load(store, other)
    both = tied(store, "harbour") & tied(store, "other")
    for folder, name in ((case, "harbour"), (other, "other")):
        with_cells(folder / "claims.csv", "H12", {"object": "125"})
        missing = load(store, folder, replace=True).missing
        assert missing == (name == "other")
        (gone,) = both - tied(store, name)
        assert (gone in standing(store)) == (name == "harbour")
        whole(store)
