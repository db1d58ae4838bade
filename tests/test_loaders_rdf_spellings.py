"""What is no RDF as it is spelled: told as that, and nothing made of it that is not said."""

from pathlib import Path
from typing import Final

import pytest

from loaders.rdf import recognise
from onrecord.errors import BadInput
from ontology import term
from tests.loading import Sample, read
from tests.test_loaders_rdf import DESK, kept, written


def test_a_datatype_that_json_ld_misspells_refuses_the_file(tmp_path: Path) -> None:
    text = '{"@id": "http://e/a", "http://e/p": {"@value": "c", "@type": "http://e/x y"}}'
    with pytest.raises(BadInput, match=r":1: .*'http://e/x y' must be an IRI"):
        read(Sample("rdf", written(tmp_path / "x.jsonld", text), DESK))


@pytest.mark.parametrize("key", ['"key": %s', '"@reverse": {"key": %s}', '"key": [[%s]]'])
def test_what_stands_below_a_key_of_nobody_is_not_said(tmp_path: Path, key: str) -> None:
    below = key % '{"@id": "http://e/b", "http://e/p": "draft"}'
    text = f'{{"@id": "http://e/a", "http://e/p": "said", {below}}}'
    found = read(Sample("rdf", written(tmp_path / "x.jsonld", text), DESK))
    assert kept(found) == ['<http://e/a> <http://e/p> "said"']
    assert found.quarantined == []


@pytest.mark.parametrize("sign", ["\U000e01ef", "\U0002fffe"])
def test_a_name_that_is_no_address_is_quarantined(tmp_path: Path, sign: str) -> None:
    text = f'@prefix e: <http://e/> .\ne:a e:b e:{sign} .\ne:a e:b "{sign}" .'
    found = read(Sample("rdf", written(tmp_path / "x.ttl", text), DESK))
    assert kept(found) == [f'<http://e/a> <http://e/b> "{sign}"']
    assert [(one.line, "Invalid IRI" in one.reason) for one in found.quarantined] == [(2, True)]


@pytest.mark.parametrize(
    "head",
    [
        "# a\n@prefix e: <http://e/> .\n",
        "PREFIX e: <http://e/>\nBASE <http://e/>\ne:a e:select e:b .\n",
        '<?xml version="1.0"?>\n<!-- a -->\n<rdf:RDF xmlns:rdf="http://e/">',
    ],
)
def test_rdf_is_known_by_how_it_begins(head: str) -> None:
    assert recognise("download", head)


@pytest.mark.parametrize(
    "head",
    [
        "PREFIX e: <http://e/>\nSELECT * WHERE { ?a ?b ?c }",
        "prefix e: <http://e/>\nadd e:a to e:b",
        'DATA = """\n@prefix e: <http://e/> .\n"""',
        "# Reading Turtle\n\nWrite it so:\n\n    @prefix e: <http://e/> .\n",
        "<html><svg><metadata><rdf:RDF></rdf:RDF></metadata></svg></html>",
    ],
    ids=["query", "update", "program", "paper", "page"],
)
def test_what_only_quotes_rdf_is_no_rdf(head: str) -> None:
    assert recognise("download", head) == ""


FINE: Final = '<http://e/a> <http://e/b> "fine" .\n'
SPACED: Final = "<http://e/a> <http://e/b> <http://e/c d> .\n"


@pytest.mark.parametrize("name", ["x.nq", "x.nt"])
def test_a_line_that_is_no_statement_is_set_aside_alone(tmp_path: Path, name: str) -> None:
    found = read(Sample("rdf", written(tmp_path / name, f"{FINE}# c\n{SPACED}"), DESK))
    assert '"fine"' in repr(kept(found))
    (one,) = found.quarantined
    assert (one.line, one.value) == (3, SPACED.strip())
    assert one.reason == "is no statement: Invalid IRI code point ' '"
    assert found.fates.total() == found.total == 2


@pytest.mark.parametrize(
    "text",
    [
        f'{FINE}<http://e/a> <http://e/b> "the\n{FINE}" .\n',
        f"{FINE}<http://e/a>\n{FINE}",
        f"{FINE}<http://e/a> <http://e/b> <http://e/c.\n{FINE}> .\n",
        SPACED,
        f"{SPACED}<http://e/a> <http://e/b> <{term('Claim').value}> .\n",
    ],
    ids=["text over lines", "statement over lines", "address over lines", "nothing", "ours"],
)
def test_a_file_is_refused_where_a_line_alone_may_mean_something_else(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(BadInput):
        read(Sample("rdf", written(tmp_path / "x.nq", text), DESK))
