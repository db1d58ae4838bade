"""Evidence that two versions of a file hold, and a source that words something otherwise."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

import queries
from loaders.given import Given, Terms
from onrecord.errors import NoGeneration
from onrecord.explain import explain
from onrecord.export import export
from onrecord.holds import Holds
from onrecord.ingest import ingest
from onrecord.standing import is_evidence, subjects
from onrecord.store import GenerationStore, restore
from onrecord.web.links import Links
from onrecord.web.passages import Passages
from onrecord.web.stars import Stars
from onrecord.withdraw import withdraw
from ontology import term
from ontology.identity import Mint
from tests.harbour import changed, copied

STIX = Path(__file__).with_name("data") / "stix" / "harbour.json"

MINT = Mint()


def lines(store: GenerationStore) -> set[str]:
    records = ("/run/", "/withdrawal/", "invalidatedAtTime", "#Tombstone")
    with store.read() as snapshot:
        found = {str(quad) for quad in snapshot.quads()}
    return {line for line in found if not any(word in line for word in records)}


def places(store: GenerationStore, one: NamedNode, other: NamedNode) -> set[str]:
    """Return the documents in which pages show what two versions share."""
    found: set[str] = set()
    with store.read() as snapshot:
        shared = subjects(snapshot, "document", one) & subjects(snapshot, "document", other)
        said = {node for node in shared if is_evidence(snapshot, node)}
        assert len(said) > 10
        for node in said:
            told = explain(snapshot, node)
            assert any(triple.predicate == term("withdrew") for triple in told)
            stars, held = Stars(told), Holds(snapshot)
            links = Links(stars, MINT.base)
            place = Passages(stars, links, store.texts, held).of(node)
            found.add(place.document.iri)
    return found


@dataclass(frozen=True)
class Versions:
    """A record of two versions of a case, the second of which stands in a folder."""

    archive: Path
    case: Path
    first: NamedNode
    second: NamedNode

    def held(self, folder: Path) -> GenerationStore:
        """Return a record of them, to change."""
        restore(self.archive, folder / "data")
        return GenerationStore(folder / "data")


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """A case, loaded as it is, and again with a comment more in one file."""
    folder = tmp_path_factory.mktemp("versions")
    store, case = GenerationStore(folder / "data"), copied(folder)
    things = case / "things.yaml"
    found = []
    for comment in ("", "# one line more\n"):
        things.write_text(things.read_text(encoding="utf-8") + comment, encoding="utf-8")
        ingest(store, "case", case, Given(MINT))
        found.append(MINT.document(things.read_bytes()))
    store.backup(folder / "archive")
    return Versions(folder / "archive", case, *found)


def test_what_two_versions_hold_goes_with_the_second(
    tmp_path: Path, versions: Versions
) -> None:
    store, first, second = versions.held(tmp_path), versions.first, versions.second
    before = lines(store)
    assert withdraw(store, MINT, document=first, reason="superseded").evidence == 0
    assert withdraw(store, MINT, document=second, reason="wrong").evidence > 10
    ingest(store, "case", versions.case, Given(MINT))
    assert lines(store) == before


def test_a_version_loaded_again_stands_again(tmp_path: Path, versions: Versions) -> None:
    store, first, second = versions.held(tmp_path), versions.first, versions.second
    withdraw(store, MINT, document=second, reason="superseded")
    withdraw(store, MINT, document=first, reason="wrong")
    ingest(store, "case", versions.case, Given(MINT))
    assert withdraw(store, MINT, document=first, reason="wrong").evidence == 0


def test_a_version_loaded_again_holds_what_the_other_one_has(
    tmp_path: Path, versions: Versions
) -> None:
    store, first, second = versions.held(tmp_path), versions.first, versions.second
    withdraw(store, MINT, document=second, reason="too early")
    assert ingest(store, "case", versions.case, Given(MINT)).run
    assert ingest(store, "case", versions.case, Given(MINT)).run is None
    assert withdraw(store, MINT, document=first, reason="superseded").evidence == 0
    assert withdraw(store, MINT, document=second, reason="wrong").evidence > 10


@pytest.mark.parametrize("index", [0, 1], ids=["the first", "the second"])
def test_one_version_can_be_erased_alone(
    tmp_path: Path, versions: Versions, index: int
) -> None:
    store, documents = versions.held(tmp_path), (versions.first, versions.second)
    withdraw(store, MINT, document=documents[index], reason="an order", erase=True)
    with store.read() as snapshot:
        gone, kept = documents[index], documents[1 - index]
        assert list(snapshot.quads(None, term("document"), gone)) == []
        assert any(snapshot.quads(None, term("document"), kept))


def test_nothing_before_an_erasure_is_served_again(tmp_path: Path, versions: Versions) -> None:
    store, documents = versions.held(tmp_path), (versions.first, versions.second)
    reader = GenerationStore(tmp_path / "data")
    with reader.read() as snapshot:
        held = snapshot.generation
        withdraw(store, MINT, document=documents[0], reason="an order", erase=True)
        assert held in [kept.number for kept in store.generations()]
        with pytest.raises(NoGeneration, match="went with an erasure"):
            store.rollback(held)
    with reader.read():
        withdraw(store, MINT, document=documents[1], reason="wrong")
    assert held not in [kept.number for kept in store.generations()]


@pytest.mark.parametrize("index", [0, 1], ids=["the first", "the second"])
def test_a_withdrawn_version_is_no_place_while_another_holds_the_statement(
    tmp_path: Path, versions: Versions, index: int
) -> None:
    store, documents = versions.held(tmp_path), (versions.first, versions.second)
    gone, kept = documents[index], documents[1 - index]
    withdraw(store, MINT, document=gone, reason="superseded")
    assert places(store, gone, kept) == {kept.value}


def test_a_version_of_a_withdrawn_run_is_no_place(tmp_path: Path, versions: Versions) -> None:
    store, first, second = versions.held(tmp_path), versions.first, versions.second
    with store.read() as snapshot:
        (run,) = subjects(snapshot, "prov:used", first)
    withdraw(store, MINT, run=run, reason="read with the wrong mapping")
    assert places(store, first, second) == {second.value}


def test_a_version_of_a_withdrawn_file_of_rdf_is_no_place(tmp_path: Path) -> None:
    store, other = (GenerationStore(tmp_path / name) for name in ("data", "other"))
    case, dump = copied(tmp_path), tmp_path / "record.nq"
    things = case / "things.yaml"
    ingest(other, "case", case, Given(MINT))
    first = MINT.document(things.read_bytes())
    with other.read() as snapshot, dump.open("wb") as output:
        export(snapshot, output, "nquads")
    ingest(store, "rdf", dump, Given(MINT))
    things.write_text(things.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    ingest(store, "case", case, Given(MINT))
    second = MINT.document(things.read_bytes())
    withdraw(store, MINT, document=MINT.document(dump.read_bytes()), reason="not ours")
    assert places(store, first, second) == {second.value}


def test_a_version_that_comes_later_brings_no_withdrawn_one_back(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    case = copied(tmp_path)
    things, found = case / "things.yaml", []
    for comment in ("", "# one line more\n"):
        things.write_text(things.read_text(encoding="utf-8") + comment, encoding="utf-8")
        ingest(store, "case", case, Given(MINT))
        found.append(MINT.document(things.read_bytes()))
        assert withdraw(store, MINT, document=found[-1], reason="wrong").evidence > 10


def test_another_wording_takes_the_place_of_the_first(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    case = copied(tmp_path)
    ingest(store, "case", case, Given(MINT))
    with store.read() as snapshot:
        worded = [quad.object for quad in snapshot.quads(None, term("wording"))]
    old = min(value.value for value in worded if isinstance(value, Literal))
    for path in (case / "mapping.yaml", case / "claims.csv"):
        if old in path.read_text(encoding="utf-8"):
            changed(path, old, "in other words")
    ingest(store, "case", case, Given(MINT))
    with store.read() as snapshot:
        said = {str(quad.object) for quad in snapshot.quads(None, term("wording"))}
    assert '"in other words"@en' in said
    assert f'"{old}"@en' not in said


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("attribution_wordings", {}),
        ("everything_about_an_entity", {"entity": "org/pier-command"}),
        ("known_and_true", {"known_on": "2100-01-01"}),
        ("path_of_a_number", {"number": "423"}),
    ],
)
def test_what_two_versions_hold_is_found_where_each_of_them_has_it(
    tmp_path: Path, name: str, given: dict[str, str]
) -> None:
    store = GenerationStore(tmp_path / "data")
    bundle = tmp_path / "harbour.json"
    for before in ("", "\n\n"):
        bundle.write_text(before + STIX.read_text(encoding="utf-8"), encoding="utf-8")
        ingest(store, "stix", bundle, Given(MINT, terms=Terms(publisher="Test Agency")))
    with store.read() as snapshot:
        answer = queries.question(name).ask(snapshot, given)
        assert len({row[answer.columns.index("document")] for row in answer.rows}) > 1
        for row in answer.rows:
            told = dict(zip(answer.columns, row, strict=True))
            document, run = told["document"], told.get("run")
            assert isinstance(document, NamedNode)
            if "end" in told:
                start, end = (getattr(told[word], "value", "") for word in ("start", "end"))
                place = NamedNode(f"{document.value}#char={start},{end}")
                assert any(snapshot.quads(place, term("oa:start")))
            if isinstance(run, NamedNode):
                used = Quad(run, term("prov:used"), document, DefaultGraph())
                assert used in snapshot
        if name == "known_and_true":
            at = [answer.columns.index(word) for word in ("attestation", "document")]
            assert len({tuple(row[each] for each in at) for row in answer.rows}) == len(
                answer.rows
            )
