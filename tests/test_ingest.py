"""Loading: all of a source, or none of it; twice is as good as once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from loaders.given import Given
from loaders.records import Record
from onrecord.errors import BadInput, BadRow, ShapeViolation
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import VOCABULARY_GRAPH, term
from tests.conftest import CASE
from tests.world import claim, said

CASES = Path(__file__).parents[1] / "loaders" / "cases"


def lines(store: GenerationStore) -> set[str]:
    with store.read() as snapshot:
        return {str(quad) for quad in snapshot.quads()}


def copied(folder: Path) -> Path:
    case = folder / CASE
    for path in (CASES / CASE).rglob("*.*"):
        target = case / path.relative_to(CASES / CASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return case


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_loading_twice_adds_nothing(case_store: GenerationStore) -> None:
    before = lines(case_store)
    report = ingest(case_store, "case", CASE, Given())
    assert (report.run, report.generation, report.new) == (None, None, 0)
    assert report.known > 300
    assert lines(case_store) == before


def test_a_run_says_what_it_read_and_when(case_store: GenerationStore) -> None:
    with case_store.read() as snapshot:
        (run,) = {quad.object for quad in snapshot.quads(None, term("prov:wasGeneratedBy"))}
        assert isinstance(run, NamedNode)
        said = {quad.predicate for quad in snapshot.quads(run)}
        used = list(snapshot.quads(run, term("prov:used")))
    assert {term("prov:startedAtTime"), term("prov:endedAtTime"), term("loader")} <= said
    assert len(used) == 9


def test_an_edited_row_is_a_new_run_that_brings_that_row_only(
    case_store: GenerationStore, tmp_path: Path
) -> None:
    case = copied(tmp_path)
    changed(case / "claims.csv", "G45,G,2084,2094", "G45,G,2083,2094")
    changed(case / "claims.csv", digest_of_row(case, "G45"), "")
    report = ingest(case_store, "case", case, Given())
    assert report.new == 2  # the row's attestation, and the table as a document
    with case_store.read() as snapshot:
        run = report.run
        before = snapshot.quads(run, term("prov:wasInformedBy"))
        assert len(list(before)) == 1


def test_what_a_newer_file_says_like_the_one_before_is_there_already(tmp_path: Path) -> None:
    store, path = GenerationStore(tmp_path / "data"), tmp_path / "names.csv"
    rows = "publisher,platform,handle,observed_on\nHarbour Desk,Twitter,quay,2031\n"
    path.write_text(rows, encoding="utf-8")
    first = ingest(store, "accounts", path, Given())
    path.write_text(f"{rows}\n", encoding="utf-8")
    blank = ingest(store, "accounts", path, Given())
    of_the_file = 4  # itself, its type, its name and its publisher
    assert (blank.new, blank.known) == (of_the_file, first.new - of_the_file)
    path.write_text(f"{rows}Harbour Desk,Twitter,pier,2031\n", encoding="utf-8")
    more = ingest(store, "accounts", path, Given())
    assert (more.new > of_the_file, more.known) == (True, blank.known)


def digest_of_row(case: Path, key: str) -> str:
    rows = (case / "claims.csv").read_text(encoding="utf-8").splitlines()
    return next(row for row in rows if row.startswith(f"{key},")).split(",")[4]


def test_a_bad_row_is_quarantined_and_the_rest_is_loaded(tmp_path: Path) -> None:
    case = copied(tmp_path)
    changed(case / "claims.csv", "Tariq Butt,", "Nobody Known,")
    store = GenerationStore(tmp_path / "data")
    report = ingest(store, "case", case, Given())
    (bad,) = report.quarantined
    assert (bad.file, bad.key) == ("claims.csv", "G05")
    assert "Nobody Known" in bad.reason
    assert report.generation == 1


def test_strict_stops_at_the_first_bad_row_and_publishes_nothing(tmp_path: Path) -> None:
    case = copied(tmp_path)
    changed(case / "claims.csv", "Tariq Butt,", "Nobody Known,")
    store = GenerationStore(tmp_path / "data")
    with pytest.raises(BadRow, match=r"claims\.csv.*G05.*Nobody Known"):
        ingest(store, "case", case, Given(), strict=True)
    assert store.generations() == []


class Careless:
    """A loader that yields what breaks a rule."""

    NAME = "careless"

    def source(self, path: Path, given: Given) -> str:
        return path.name

    def load(self, path: Path, given: Given) -> Iterator[Record]:
        too_sure = ((term("confidence"), Literal(101)),)
        yield said(claim("a", "supports", "b"), "c", details=too_sure)


def test_a_broken_shape_stops_the_load_and_publishes_nothing(
    case_store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in ("ahead", "course", "ingest"):
        monkeypatch.setattr(f"onrecord.{user}.LOADERS", {"careless": Careless()})
    before = lines(case_store)
    with pytest.raises(ShapeViolation, match="confidence"):
        ingest(case_store, "careless", CASE, Given())
    assert lines(case_store) == before
    assert [one.number for one in case_store.generations()] == [1]


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="known are accounts, articles, attributions"):
        ingest(GenerationStore(tmp_path), "tweets", CASE, Given())


def test_the_vocabulary_stands_in_its_own_graph(case_store: GenerationStore) -> None:
    with case_store.read() as snapshot:
        word = term("Claim")
        kinds = {quad.graph_name for quad in snapshot.quads(word, term("rdf:type"))}
        assert kinds == {VOCABULARY_GRAPH}
        evidence = Quad(word, term("rdf:type"), term("owl:Class"), DefaultGraph())
        assert evidence not in snapshot


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    noon = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
    report = ingest(store, "case", CASE, Given(), now=lambda: noon)
    assert report.run is not None
    with store.read() as snapshot:
        (end,) = (quad.object for quad in snapshot.quads(report.run, term("prov:endedAtTime")))
    assert str(end).startswith('"2026-01-02T12:00:00Z"')


def test_a_text_at_hand_is_kept_beside_the_graph_and_never_in_it(
    tmp_path: Path, real_data: Path
) -> None:
    store = GenerationStore(tmp_path)
    ingest(store, "case", CASE, Given(texts=real_data / "articles"))
    held = sorted(path.name for path in store.texts.iterdir())
    assert len(held) == 2
    text = (store.texts / held[0]).read_text(encoding="utf-8")
    assert not any(text[100:160] in line for line in lines(store))
