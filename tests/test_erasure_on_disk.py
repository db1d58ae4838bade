"""Nothing of an erased text is left in any file of the data folder."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.given import Given
from onrecord.ingest import ingest
from onrecord.store import GenerationStore, publication
from onrecord.withdraw import withdraw
from ontology import term
from ontology.identity import Mint
from tests.harbour import TEXTS, changed, copied
from tests.terminal import Terminal

MINT = Mint()
# no three characters stand in it twice, so that compression leaves it as it is
TOKEN = "qJ7vXw2Lz9Kd4Rt6Hy8Bn3Mf5Gc1Ps0Uk"


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    """A record of the harbour case, with the token in the coder's notes."""
    case = copied(tmp_path)
    changed(case / "mapping.yaml", "The sentence is ambiguous.", TOKEN)
    store = GenerationStore(tmp_path / "data")
    ingest(store, "case", case, Given(MINT, texts=TEXTS))
    return store


def holding(folder: Path) -> list[str]:
    """Return the files below a folder in which the token stands."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in found if TOKEN.encode() in path.read_bytes())


def noted(store: GenerationStore) -> NamedNode:
    """Return the document of which the note with the token speaks."""
    with store.read() as snapshot:
        note = Literal(TOKEN, language="en")
        (said,) = (quad.subject for quad in snapshot.quads(None, term("note"), note))
        assert isinstance(said, NamedNode)
        (found,) = (quad.object for quad in snapshot.quads(said, term("document")))
    assert isinstance(found, NamedNode)
    return found


def test_what_was_withdrawn_or_removed_stays_in_the_files(store: GenerationStore) -> None:
    withdraw(store, MINT, document=noted(store), reason="a test")
    with store.write("remove the note") as draft:
        draft.remove(list(draft.quads(None, term("note"), Literal(TOKEN, language="en"))))
    store.prune(keep=1)
    assert holding(store.folder) != []  # which is why an erasure writes all files anew


def test_what_was_erased_is_in_no_file(store: GenerationStore) -> None:
    document = noted(store)
    text = store.texts / document.value.rpartition("/")[2]
    assert text.exists()
    assert holding(store.folder) != []
    withdraw(store, MINT, document=document, reason="an order", erase=True)
    assert holding(store.folder) == []
    assert not text.exists()


def test_writing_all_files_anew_changes_nothing_else(store: GenerationStore) -> None:
    with store.write("remove one statement") as draft:
        before = {str(quad) for quad in draft.quads()}
        (gone,) = draft.quads(None, term("note"), Literal(TOKEN, language="en"))
        draft.remove([gone])
        draft.purge()
    with store.read() as snapshot:
        assert {str(quad) for quad in snapshot.quads()} == before - {str(gone)}
    (kept,) = store.generations()
    assert kept.quads == len(before) - 1


def test_an_erasure_that_dies_half_way_can_be_repeated(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = noted(store)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(publication, "serve", die)
        withdraw(store, MINT, document=document, reason="an order", erase=True)
    assert noted(store) == document
    withdraw(store, MINT, document=document, reason="an order", erase=True)
    assert holding(store.folder) == []
    assert [found.number for found in store.generations()] == [2]


def test_a_text_that_a_killed_erasure_left_goes_with_the_next(store: GenerationStore) -> None:
    document = noted(store)
    text = store.texts / document.value.rpartition("/")[2]
    content = text.read_bytes()
    withdraw(store, MINT, document=document, reason="an order", erase=True)
    text.write_bytes(content)
    assert withdraw(store, MINT, document=document, reason="again", erase=True).evidence == 0
    assert not text.exists()


def test_a_generation_that_is_still_read_is_named_and_goes_with_prune(
    store: GenerationStore, run: Terminal
) -> None:
    data = ("--data", store.folder)
    erase = ("withdraw", "--erase", "--reason", "an order", "--document", noted(store).value)
    with store.read():
        said = run(*data, *erase)
        assert said.code == 0
        assert "generation 1 is still open" in said.err
        assert "onrecord prune" in said.err
        said = run(*data, "prune")
        assert (said.code, "generation 1 is still open" in said.err) == (1, True)
        assert holding(store.folder) != []
    with store.read():
        pass  # a server lets go of what it has open with the next request
    said = run(*data, "prune")
    assert (said.code, said.err.count("still")) == (0, 0)
    assert holding(store.folder) == []
