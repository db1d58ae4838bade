"""What is said of a query that cannot be read: what is wrong with it, and where."""

import re
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.errors import BadQuery
from onrecord.store import GenerationStore

ADDRESS = "http://e/sparql"
LATE = (
    "PREFIX : <http://e/>\nSELECT * {\n  ?s :p 'a  } # {' ; # ?o\n     :q %s .\n  ?s ?p ?o\n}"
)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    found = GenerationStore(tmp_path / "data")
    with found.write("something") as draft:
        node = NamedNode("http://e/a")
        draft.insert([Quad(node, node, Literal("b"), DefaultGraph())])
    return found


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("CLEAR ALL", "line 1, column 1: unexpected `CLEAR`"),
        ("\n\n  SELEKT * {}", "line 3, column 3: unexpected `SELEKT`"),
        ("SELECT x { ?x ?p ?y }", "line 1, column 8: unexpected `x`"),
        ("SELECT * {\n ?s ?p \n}", "line 3, column 1: unexpected `}`"),
        ("SELECT * { <x> ?p }", "line 1, column 19: unexpected `}`"),
        ("SELECT * {\n?s ?p ?o\n?a ?b ?c }", "line 3, column 1: unexpected `?a`"),
        ("SELECT * { ?s foo ?o }", "line 1, column 15: unexpected `foo`, expected one of"),
        ("SELECT * { ?s foo:bar ?o }", "line 1, column 15: undeclared prefix"),
        ("SELECT * { <a b> ?p ?o }", "line 1, column 16: IRI parsing failed"),
        ("SELECT * { ?a ?b ?c FILTER(?c > ) }", "line 1, column 33: unexpected `)`"),
        ("SELECT * { ?a ?b ?c FILTER ?c > 1 }", "line 1, column 28: unexpected `?c`"),
        ("SELECT ?x { ?x ?p ?y } ORDER ?x", "line 1, column 30: unexpected `?x`"),
        ("SELECT * { ?s ?p ?o } }", "line 1, column 23: unexpected `}`"),
        ("\x1c`\xbeEV", "line 1, column 1: unexpected U+001C"),
        (" \x1d SELECT", "line 1, column 2: unexpected U+001D"),
        ("SELECT * { ?s ?p ?o", "line 1, column 20: unexpected end of text, expected one of"),
        (
            "SELECT * {?s ?p ?o} GROUP BY ?s",
            "line 1, column 32: SELECT * is not authorized with GROUP BY",
        ),
        (
            "SELECT ?p (COUNT(?s) AS ?n) {?s ?p ?o}",
            "line 1, column 39: The SELECT contains a variable that is unbound",
        ),
        (LATE % "1 ]", "line 4, column 11: unexpected `]`"),
        (LATE % "FILTER", "line 4, column 9: unexpected `FILTER`"),
        (LATE.replace("?o\n}", "?ö ü }") % "1", "line 5, column 12: unexpected `ü`"),
    ],
)
def test_what_cannot_be_read_is_shown_where_it_stands(
    store: GenerationStore, sparql: str, told: str
) -> None:
    with store.read() as snapshot, pytest.raises(BadQuery) as raised:
        snapshot.query(sparql, base=ADDRESS)
    assert str(raised.value).startswith(told)


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("SELECT * {}", "line 1, column 1: unexpected `SELECT`"),
        ("INSERT { ?s ?p ?o } WERE {}", "line 1, column 21: unexpected `WERE`"),
        ("INSERT DATA { <a> <a> 1 } ;\nDROP ALLE", "line 2, column 6: unexpected `ALLE`"),
        (
            "INSERT DATA { ?s ?p ?o }",
            "line 1, column 25: Variables are not allowed in INSERT DATA",
        ),
    ],
)
def test_an_update_that_cannot_be_read_changes_nothing(
    store: GenerationStore, update: str, told: str
) -> None:
    before = store.edition()
    with pytest.raises(BadQuery) as raised, store.write("an update") as draft:
        draft.update(update, ADDRESS)
    assert str(raised.value).startswith(told)
    assert store.edition() == before


def test_a_text_that_is_too_long_to_read_again_names_where_it_was_left(
    store: GenerationStore,
) -> None:
    sparql = f"SELECT * {{ # {'x' * 30_000}\n ?s foo ?o }}"
    with store.read() as snapshot, pytest.raises(BadQuery, match=r"^line 2, column 2: "):
        snapshot.query(sparql)


def test_whatever_cannot_be_read_is_refused_with_a_place(store: GenerationStore) -> None:
    """Every beginning of a query, and each with a sign that does not belong there."""
    query = "PREFIX : <http://e/> SELECT ?a { ?a :b 'c' ; :d 1.5, <e> FILTER(?a > 2 && true) }"
    signs = ("", "\x1c", "\x00", "\n", "\u2028", "}", "'", "#", "\\u00", "\U0001f600")
    told = []
    with store.read() as snapshot:
        for end, sign in product(range(len(query)), signs):
            try:
                snapshot.query(query[:end] + sign)
            except BadQuery as error:
                told.append(str(error))
    assert len(told) > 700
    assert [one for one in told if not re.match(r"line [12], column \d+: .", one)] == []
