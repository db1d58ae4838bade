"""Files of RDF as they come: blank nodes, addresses, marks, and what does not parse."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from loaders.given import Given, Terms
from loaders.rdf import recognise
from onrecord.errors import BadInput
from onrecord.store import GenerationStore
from tests.loading import Sample, read
from tests.terminal import Terminal
from tests.test_loaders_rdf import BY_HAND, DESK, MINT, MIXED, STAFF, STAR, kept, load, written


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "data")


def test_blank_nodes_are_named_by_what_is_said_of_them(tmp_path: Path) -> None:
    one = f"{STAR}_:x . _:x <http://e/c> _:y . _:z <http://e/c> 1 . _:w <http://e/c> 1 ."
    other = f"_:q <http://e/c> 1 . _:p <http://e/c> _:x . {STAR}_:p . _:a <http://e/c> 1 ."
    more = f"{one} _:new <http://e/d> _:new ."
    found = [
        kept(read(Sample("rdf", written(tmp_path / "x.ttl", text), DESK)))
        for text in (one, other, more)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 4
    assert set(found[0]) < set(found[2])


def test_blank_nodes_of_two_files_are_never_one(tmp_path: Path) -> None:
    text = f"{STAR}[] ."
    first, second = (
        kept(read(Sample("rdf", written(tmp_path / name, text), DESK)))
        for name in ("a.ttl", "b.ttl")
    )
    assert first != second


DEEP: Final = 300_000
OPEN: Final = "<<( <http://e/a> <http://e/b> "
CLOSED: Final = " )>>"
BROKEN: Final = (
    ("x.ttl", f'{STAR}"x" .\n{STAR}"x\n', ":2: "),
    ("x.nq", f'{STAR}"x" .\n\n<a> b\n', ":3: "),
    ("x.jsonld", '{"@id": "http://e/a",\n"http://e/b": [1,}', ":2: "),
    ("x.rdf", STAFF.read_text(encoding="utf-8").replace("</foaf:member>", ""), ": "),
    ("x.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><x/>', "DOCTYPE"),
    (
        "x.jsonld",
        '{"@context": "http://elsewhere.test/c", "@id": "http://e/a"}',
        "is not fetched",
    ),
    ("x.nt", f'{STAR}{OPEN * DEEP}"x"{CLOSED * DEEP} .', "died of it"),
    ("x.ttl", b"\xff\xfe", "UTF-16"),
    ("x.txt", "nothing", "no RDF"),
)


@pytest.mark.parametrize(("name", "text", "complaint"), BROKEN)
def test_what_does_not_parse_is_refused_whole(
    store: GenerationStore, tmp_path: Path, name: str, text: str | bytes, complaint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        load(store, written(tmp_path / name, text))
    assert complaint in str(refused.value)
    assert store.generations() == []


def test_a_mark_before_the_first_character_is_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ttl", f'\ufeff{STAR}"x" .')
    assert kept(read(Sample("rdf", path, DESK))) == [f'{STAR}"x"']


def test_what_is_relative_is_relative_to_the_file_or_its_address(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ttl", '<> <http://e/b> "x" .')
    document = MINT.document(path.read_bytes()).value
    assert kept(read(Sample("rdf", path, DESK))) == [f'<{document}> <http://e/b> "x"']
    given = Given(terms=Terms(publisher="Harbour Desk", url="https://harbour.example/x"))
    assert kept(read(Sample("rdf", path, given))) == [
        '<https://harbour.example/x> <http://e/b> "x"'
    ]


def first_lines(paths: Iterable[Path]) -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")[:4_000]) for path in paths]


@pytest.mark.parametrize(("name", "head"), first_lines((MIXED, BY_HAND, STAFF)), ids=str)
def test_a_file_of_rdf_is_recognised_whatever_it_is_called(name: str, head: str) -> None:
    assert "RDF" in recognise(name, head)
    assert "RDF" in recognise("download", head)


def test_the_command_says_what_was_set_apart(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_DATA", str(tmp_path / "data"))
    run = Terminal(capfdbinary)
    packed = tmp_path / "harbour.trig.gz"
    packed.write_bytes(gzip.compress(MIXED.read_bytes()))
    said = run("load", "rdf", packed, "--publisher", "Harbour Desk")
    assert said.code == 0
    assert "kept 12 statements in other vocabularies, 12 of them new" in said.err
    assert "is derived from claims, by each record for itself" in said.err
    assert "rdf" in run("load", "--detect", MIXED).out
    again = run("load", "rdf", packed, "--publisher", "Harbour Desk")
    assert "nothing new" in again.err
