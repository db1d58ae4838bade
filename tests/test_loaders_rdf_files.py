"""Files of RDF as they come: blank nodes, addresses, marks, and what does not parse."""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode, RdfFormat

from loaders.given import Given, Terms
from loaders.rdf import recognise
from loaders.rdf_parsing import Job, parsed
from onrecord.errors import BadInput
from onrecord.ingest import ingest
from onrecord.standing import DEFAULT
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology import term
from tests.checkout import ROOT
from tests.loading import Sample, read
from tests.terminal import Terminal
from tests.test_loaders_rdf import (
    BY_HAND,
    DATA,
    DESK,
    MINT,
    MIXED,
    STAFF,
    STAR,
    kept,
    load,
    written,
)


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


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('{"@id": "http://e x/b"}', "Invalid IRI code point"),
        ('{"@value": "c", "@language": "e n"}', "language subtag"),
        ('{"@id": "http://e/b", "_:c": "d"}', "blank node for a property"),
    ],
    ids=["address", "language", "property"],
)
def test_what_json_ld_misspells_is_not_dropped_in_silence(
    tmp_path: Path, said: str, reason: str
) -> None:
    text = f'{{"@id": "http://e/a", "key": "of nobody", "http://e/p": ["fine", {said}]}}'
    found = read(Sample("rdf", written(tmp_path / "x.jsonld", text), DESK))
    assert '"fine"' in repr(kept(found))
    assert "nobody" not in repr(kept(found))
    assert [reason in one.reason for one in found.quarantined] == [True]


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
    ("x.ttl", "", "is empty"),
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


def test_what_is_relative_is_relative_to_no_secret_of_an_address(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ttl", '<> <http://e/b> "x" .')
    url = "https://me:quay7@harbour.example/x?token=quay7"
    given = Given(terms=Terms(publisher="Harbour Desk", url=url))
    assert kept(read(Sample("rdf", path, given))) == [
        '<https://harbour.example/x?token=REDACTED> <http://e/b> "x"'
    ]


@pytest.mark.parametrize("name", ["a", "/a", "../a", "../../org/ispr", "?a", "/#a"])
@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        ("ttl", '<{name}> <http://e/b> "{text}" .'),
        ("jsonld", '{{"@id": "{name}", "http://e/b": "{text}"}}'),
    ],
)
def test_what_two_files_call_alike_within_themselves_is_not_one_thing(
    tmp_path: Path, name: str, suffix: str, form: str
) -> None:
    files = [
        written(tmp_path / f"{text}.{suffix}", form.format(name=name, text=text))
        for text in ("one", "two")
    ]
    first, second = (kept(read(Sample("rdf", path, DESK)))[0].split()[0] for path in files)
    assert first != second
    assert not {first, second} & {
        "<https://w3id.org/onrecord/org/ispr>",
        "<https://w3id.org/a>",
    }


def test_a_file_speaks_of_itself_and_its_parts_by_its_own_name(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ttl", '<#x> <http://e/b> "<", [ <http://e/c> <> ] .')
    document = MINT.document(path.read_bytes()).value
    found = kept(read(Sample("rdf", path, DESK)))
    assert f'<{document}#x> <http://e/b> "<"' in found
    assert [one.split()[2] for one in found if "<http://e/c>" in one] == [f"<{document}>"]


WORD: Final = "https://w3id.org/onrecord/ns#removedCuont"  # no word of ours
PLACED: Final = {
    "x.nt": f'# a\n{STAR}"x" .\n\n{STAR}"y" .\n<http://e/a> <{WORD}> 007 .\n'.replace(
        "007", '"007"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ),
    "x.nq": f'{STAR}"x" .\r\n\r\n\r\n\r\n<http://e/a> <{WORD}> "b"@EN .\r\n',
    "x.ttl": f'<http://e/a> a <http://e/b> ;\n <http://e/c>\n "x" ;\n <{WORD}>\n 7.0 .\n',
    "x.trig": f'<http://e/g> {{\n {STAR}"x" . }}\n\n{STAR} [ <q> 1 ;\n <{WORD}> [] ] .\n',
    "x.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
        '  xmlns:rec="https://w3id.org/onrecord/ns#">\n'
        '  <rdf:Description rdf:about="http://e/a">\n    <rec:removedCuont\n>x'
        "</rec:removedCuont></rdf:Description></rdf:RDF>\n"
    ),
    "x.jsonld": f'[{{"@id": "http://e/a"}},\n{{\n"@id": "http://e/b",\n"{WORD}": 1\n}}]\n',
}


@pytest.mark.parametrize("name", PLACED)
def test_what_is_not_taken_names_the_line_on_which_it_ends(tmp_path: Path, name: str) -> None:
    found = read(Sample("rdf", written(tmp_path / name, PLACED[name]), DESK))
    assert [(one.line, one.column) for one in found.quarantined] == [(5, WORD)]


def test_the_line_is_told_however_long_it_is_and_whatever_says_the_same(tmp_path: Path) -> None:
    long = "x" * 200_000
    twice = f"_:a <{WORD}> _:b .\n_:c <{WORD}> _:d ."
    text = f'{STAR}"{long}" .\n{STAR}{OPEN}"x"{CLOSED} .\n{twice}'
    found = read(Sample("rdf", written(tmp_path / "x.nt", text), DESK))
    assert sorted(one.line for one in found.quarantined) == [2, 3, 4]


def nested(deep: int) -> str:
    return '{"@id":"http://e/a","http://e/b":' * deep + '"x"' + "}" * deep


def test_a_file_that_takes_far_longer_than_its_size_lets_expect_is_refused(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "x.jsonld", nested(1_000))
    job = Job(path, RdfFormat.JSON_LD, "http://e/", "http://e/", "x", seconds=0.001)
    with pytest.raises(BadInput, match="takes far longer to parse than a file of its size"):
        parsed(job, tmp_path)
    found = parsed(replace(job, seconds=60), tmp_path)
    assert len(found.quads.read_text(encoding="utf-8").splitlines()) == 1_000


def test_a_larger_file_may_take_longer(tmp_path: Path) -> None:
    path = written(tmp_path / "x.nt", f'{STAR}"x" .\n' * 40_000)
    job = Job(path, RdfFormat.N_TRIPLES, "http://e/", "http://e/", "x", seconds=0.001)
    found = parsed(job, tmp_path)
    assert len(found.quads.read_text(encoding="utf-8").splitlines()) == 40_000


def test_blank_nodes_that_cannot_be_told_apart_in_time_are_refused(tmp_path: Path) -> None:
    pairs = ((a, b) for a in range(20) for b in range(20) if a != b)
    text = "".join(f"_:n{a} <http://e/to> _:n{b} .\n" for a, b in pairs)
    path = written(tmp_path / "x.nt", text)
    job = Job(path, RdfFormat.N_TRIPLES, "http://e/", "http://e/", "x", seconds=0.2)
    with pytest.raises(BadInput, match=r"cannot be told apart within 0\.2 s"):
        parsed(job, tmp_path)


def first_lines(paths: Iterable[Path]) -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")[:4_000]) for path in paths]


@pytest.mark.parametrize(("name", "head"), first_lines((MIXED, BY_HAND, STAFF)), ids=str)
def test_a_file_of_rdf_is_recognised_whatever_it_is_called(name: str, head: str) -> None:
    assert "RDF" in recognise(name, head)
    assert "RDF" in recognise("download", head)


def test_the_command_says_what_was_set_apart(run: Terminal, here: Path) -> None:
    packed = here / "harbour.trig.gz"
    packed.write_bytes(gzip.compress(MIXED.read_bytes()))
    said = run("load", "rdf", packed, "--publisher", "Harbour Desk")
    assert said.code == 0
    assert "kept 12 statements in other vocabularies, 12 of them new" in said.err
    assert "is derived from claims, by each record for itself" in said.err
    assert "rdf" in run("load", "--detect", MIXED).out
    again = run("load", "rdf", packed, "--publisher", "Harbour Desk")
    assert "nothing new" in again.err


def test_a_judgement_by_hand_joins_two_networks_until_it_is_withdrawn(tmp_path: Path) -> None:
    table, text = (
        next((DATA / "meta").glob(name)) for name in ("Q3_2031*.csv", "meta-h1-2031*.md")
    )
    store = GenerationStore(tmp_path / "data")
    ends = [ingest(store, "meta", path, Given()) for path in (table, text)]
    with store.read() as snapshot:
        kinds = snapshot.quads(None, term("rdf:type"), term("Network"), DEFAULT)
        one, other = sorted(str(quad.subject).strip("<>") for quad in kinds)
    assert all(end.run for end in ends)
    page = (ROOT / "docs" / "loaders" / "rdf.md").read_text(encoding="utf-8")
    script = page.partition("```sh\n")[2].partition("```")[0]
    for name, iri in (("one", one), ("other", other)):
        script = re.sub(rf"(?m)^{name}=.*$", f"{name}={iri}", script)
    note = tmp_path / "note.txt"
    note.write_text("Both list the same domains. «A reader»\n", encoding="utf-8")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {"PATH": path, "ONRECORD_DATA": str(tmp_path / "data"), "LC_ALL": "C.UTF-8"}
    subprocess.run(["bash", "-euc", script], check=True, cwd=tmp_path, env=environment)
    with store.read() as snapshot:
        (tie,) = snapshot.quads(None, term("canonical"), None, DEFAULT)
        assert [tie.subject, tie.object] == [NamedNode(other), NamedNode(one)]
    withdraw(store, MINT, document=MINT.document(note.read_bytes()), reason="two after all")
    with store.read() as snapshot:
        assert not list(snapshot.quads(None, term("canonical"), None, DEFAULT))
