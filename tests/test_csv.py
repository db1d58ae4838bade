"""CSV that can be read back, made of the engine's TSV."""

import csv
import io

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from onrecord.web.csv import csv_of_tsv
from onrecord.web.results import SOLUTIONS, write

Term = NamedNode | BlankNode | Literal

CSV = SOLUTIONS[2]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
TERMS = st.one_of(
    TEXTS.map(Literal),
    st.sampled_from('",\r\n\t\b\f\\@^<>').map(lambda sign: Literal(f"a{sign}b{sign}")),
    st.text("a,'()=/&", max_size=9).map(lambda text: NamedNode(f"http://e/{text}")),
    st.sampled_from(["1", "-1.5", "1e3", "true", "x"]).flatmap(
        lambda text: st.sampled_from(["integer", "double", "boolean", "gYear"]).map(
            lambda kind: Literal(
                text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
            )
        )
    ),
    st.builds(lambda text: Literal(text, language="en-GB"), TEXTS),
    st.just(BlankNode("b0")),
)
SUBJECT, WORD = NamedNode("http://e/s,1"), NamedNode("http://e/p")


def written(store: Store, sparql: str) -> bytes:
    results = store.query(sparql)
    assert isinstance(results, QuerySolutions)
    output = io.BytesIO()
    write(results, CSV, output)
    return output.getvalue()


@given(st.lists(TERMS, max_size=6))
def test_whatever_is_written_is_read_back(terms: list[Term]) -> None:
    store = Store()
    store.extend(Quad(SUBJECT, WORD, term) for term in terms)
    stored = [quad.object for quad in store]
    rows = list(
        csv.reader(
            io.StringIO(written(store, "SELECT ?s ?o ?none { ?s ?p ?o }").decode(), newline="")
        )
    )
    assert rows[0] == ["s", "o", "none"]
    assert sorted(rows[1:]) == sorted([SUBJECT.value, plain(term), ""] for term in stored)


def plain(term: object) -> str:
    assert isinstance(term, Term)
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def test_pieces_may_end_anywhere() -> None:
    numbers = " ".join(map(str, range(3_000)))
    rows = written(Store(), f"SELECT * {{ VALUES ?x {{ {numbers} }} BIND(1 AS ?y) }}").split()
    assert rows == [b"x,y", *(f"{n},1".encode() for n in range(3_000))]


def test_an_answer_without_columns_keeps_its_rows() -> None:
    assert written(Store(), "SELECT * {}") == b"\r\n\r\n"


def test_a_statement_within_a_statement_is_one_cell() -> None:
    assert csv_of_tsv(b"<<( <s> <p> <o> )>>\t1\n") == b"<<( <s> <p> <o> )>>,1\r\n"
    assert csv_of_tsv(b'<<( <s> <p> "a" )>>\t1\n') == b'"<<( <s> <p> ""a"" )>>",1\r\n'


def test_the_engine_still_needs_help() -> None:
    found = Store()
    found.add(Quad(SUBJECT, WORD, SUBJECT))
    output = io.BytesIO()
    results = found.query("SELECT ?s { ?s ?p ?o }")
    assert isinstance(results, QuerySolutions)
    results.serialize(output, pyoxigraph.QueryResultsFormat.CSV)
    assert b'"http://e/s,1"' not in output.getvalue()
