"""Tables: every row knows its characters and lines, and no cell of it is passed over."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.records import Quarantined
from loaders.source import Source
from loaders.table import Refused, Row, rows
from onrecord.errors import BadInput, BadRow, TextMismatch, UnknownWord
from ontology.digests import prefixed_fields
from tests.harbour import MINT

FISH = "\N{FISH}"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
LINE = "\N{LINE SEPARATOR}"
one_file = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def source(path: Path, content: str | bytes) -> Source:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source.read(path, "unit/file")


def table(path: Path, content: str) -> list[Row | Quarantined]:
    return list(rows(source(path, content), "id"))


def good(path: Path, content: str) -> list[Row]:
    return [row for row in table(path, content) if isinstance(row, Row)]


def told(row: Row) -> str:
    return Source.read(row.file.path).text[row.start : row.start + len(row.text)]


CSV = f'id,text\nA,plain\nB,"two\nlines, {FISH}"\nC,{FISH}{LINE}x\n\nD,"say ""ahoy"""'


def test_rows_know_their_characters_and_lines(tmp_path: Path) -> None:
    found = good(tmp_path / "x.csv", CSV)
    assert [told(row) for row in found] == [
        "A,plain",
        f'B,"two\nlines, {FISH}"',
        f"C,{FISH}{LINE}x",
        'D,"say ""ahoy"""',
    ]
    assert [row.line for row in found] == [2, 3, 5, 7]
    assert [row.take("text") for row in found] == [
        "plain", f"two\nlines, {FISH}", f"{FISH}{LINE}x", 'say "ahoy"'
    ]  # fmt: skip


def test_rows_end_where_their_cells_end_whatever_ends_a_line(tmp_path: Path) -> None:
    for ending in ("\r\n", "\r", "\n"):
        found = good(tmp_path / "x.csv", f"id,n{ending}A,1{ending}B,2{ending}")
        assert [told(row) for row in found] == ["A,1", "B,2"]


def test_blanks_at_the_end_of_a_row_are_characters_of_it(tmp_path: Path) -> None:
    found = good(tmp_path / "x.csv", "id,n\nA,1 \t\nB, \n")
    assert [told(row) for row in found] == ["A,1 \t", "B, "]
    (row,) = good(tmp_path / "x.jsonl", '{"id": "A"} \n')
    assert told(row) == '{"id": "A"} '


def test_byte_order_mark_is_a_character_but_no_part_of_a_name(tmp_path: Path) -> None:
    for header in ("id,n", '"id",n'):
        (row,) = good(tmp_path / "x.csv", f"{BOM}{header}\nA,1")
        assert told(row) == "A,1"
        assert row.cells == {"id": "A", "n": "1"}
    (row,) = good(tmp_path / "x.jsonl", f'{BOM}{{"id": "A"}}\n')
    assert told(row) == '{"id": "A"}'


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@one_file
@given(st.lists(st.tuples(cells, cells), max_size=5), st.sampled_from(["\n", "\r\n"]))
@example([(LINE, "\r"), ("\n", '"'), ("\x85", BOM)], "\n")
def test_every_row_of_any_table_is_found_in_its_characters(
    tmp_path: Path, table: list[tuple[str, str]], ending: str
) -> None:
    quoted = [
        [f"K{number}", *(cell.replace('"', '""') for cell in pair)]
        for number, pair in enumerate(table)
    ]
    rows = [",".join(f'"{cell}"' for cell in cells) for cells in quoted]
    content = ending.join(["id,a,b", *rows, ""])
    found = good(tmp_path / "x.csv", content)
    assert [told(row) for row in found] == rows
    assert [(row.raw("a"), row.raw("b")) for row in found] == table


@one_file
@given(st.lists(st.tuples(cells, cells), max_size=5), st.booleans())
def test_every_json_line_is_found_in_its_characters(
    tmp_path: Path, table: list[tuple[str, str]], ascii: bool
) -> None:
    objects = [{"id": f"K{n}", "a": a, "b": b} for n, (a, b) in enumerate(table)]
    rows = [json.dumps(each, ensure_ascii=ascii) for each in objects]
    found = good(tmp_path / "x.jsonl", "\r\n\n".join(rows))
    assert [told(row) for row in found] == rows
    assert [row.cells for row in found] == objects


def test_json_lines_spell_their_cells(tmp_path: Path) -> None:
    line = '{"id": 7, "a": null, "b": true, "c": 2.50, "d": 1e400, "e": -0}'
    (row,) = good(tmp_path / "x.jsonl", line)
    assert row.cells == {
        "id": "7", "a": "", "b": "true", "c": "2.50", "d": "1e400", "e": "-0"
    }  # fmt: skip


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    content = "id,n\n\nA,1\n,\n  \n , \nB,2\n"
    assert [row.key for row in good(tmp_path / "x.csv", content)] == ["A", "B"]
    assert len(table(tmp_path / "x.csv", content)) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "id,n\nA,1,2\n", "x.csv:2: 3 cells for 2 columns"),
        ("x.csv", "id,n\nB,1\n\nA\n", "x.csv:4: 1 cells for 2 columns"),
        ("x.csv", 'id,n\nA,"\n"\n ,"x\ny"\n', "x.csv:4: id ' ': the row has no key"),
        ("x.jsonl", '{"id": "A"}\n\n{"id": "A}', "x.jsonl:3: column 8: Unterminated string"),
        ("x.jsonl", '{"id": "A", "id": "B"}', "x.jsonl:1: 'id' stands twice"),
        ("x.jsonl", '{"id": ["A"]}', "x.jsonl:1: 'id' has to be a single value"),
        ("x.jsonl", '{"id": {"A": 1}}', "x.jsonl:1: 'id' has to be a single value"),
        ("x.jsonl", '["A"]', "x.jsonl:1: has to be an object"),
        ("x.jsonl", "A", "x.jsonl:1: column 1: Expecting value"),
        ("x.jsonl", '{"id": NaN}', "NaN is not JSON"),
        ("x.jsonl", '{"id": "\\ud800"}', "x.jsonl:1: column 8: Half of a surrogate pair"),
        ("x.jsonl", "[" * 100_000, "Nested too deeply"),
        ("x.jsonl", '{"id": "A"} {"id": "B"}', "x.jsonl:1: column 13: Extra data"),
        ("x.jsonl", '{"id": "A"}\n{"n": 1}', "x.jsonl:2: id '': the row has no key"),
    ],
    ids=lambda text: text[:24],
)
def test_row_that_cannot_be_told_is_quarantined_with_its_line(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (found,) = [row for row in table(tmp_path / name, content) if isinstance(row, Quarantined)]
    assert said in str(found)


def test_row_that_cannot_be_told_is_shown(tmp_path: Path) -> None:
    (found,) = table(tmp_path / "x.csv", 'id,n\nA,"1\n2",3\n')
    assert isinstance(found, Quarantined)
    assert (found.line, found.key, found.column) == (2, "", "")
    assert found.value == 'A,"1\n2",3'


@pytest.mark.parametrize("turned", [False, True], ids=["as written", "turned round"])
def test_no_row_with_a_shared_key_is_taken_wherever_it_stands(
    tmp_path: Path, turned: bool
) -> None:
    lines = ["A,1", "B,2", " A ,3"]
    lines = lines[::-1] if turned else lines
    found = table(tmp_path / "x.csv", "\n".join(["id,n", *lines]))
    assert [row.key for row in found if isinstance(row, Row)] == ["B"]
    faults = [str(row) for row in found if isinstance(row, Quarantined)]
    assert [fault.partition(" ")[2] for fault in faults] == [
        "(A): id 'A': is the key of 2 rows"
    ] * 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", "", "x.csv: empty"),
        ("x.csv", "id,n,id\nA,1,2\n", "x.csv:1: 2 columns are named 'id'"),
        ("x.csv", "id, id \nA,1\n", "x.csv:1: 2 columns are named 'id'"),
        ("x.csv", "id,n,\nA,1,\n", "x.csv:1: a column has no name"),
        ("x.csv", "id;n\nA;1\n", "x.csv: no column 'id' among id;n"),
        ("x.jsonl", '{"ID": 1}\n', "x.jsonl: no column 'id' among ID"),
        ("x.csv", 'id,n\nA,1\nB,"open\n\n', "x.csv:3: unexpected end of data"),
        ("x.csv", 'id,n\nA,"1"x\n', "x.csv:2: ',' expected after '\"'"),
        ("x.txt", "id\nA\n", "x.txt: no table (.csv, .jsonl, .ndjson)"),
        ("x.json", '{"id": "A"}', "x.json: no table (.csv, .jsonl, .ndjson)"),
    ],
    ids=lambda text: text[:24],
)
def test_table_that_cannot_be_told_row_by_row_is_refused(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        table(tmp_path / name, content)
    assert said in str(refused.value)


def test_table_of_no_rows_has_none(tmp_path: Path) -> None:
    assert table(tmp_path / "x.csv", "id,n\n") == []
    assert table(tmp_path / "x.jsonl", "\n") == []


def test_row_gives_its_cells_without_blanks_and_as_they_stand(tmp_path: Path) -> None:
    (row,) = good(tmp_path / "x.csv", "id , n\n A ,  1 \n")
    assert (row.key, row.take("n"), row.raw("n"), row.take("none")) == ("A", "1", "  1 ", "")


def test_column_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    (row,) = good(tmp_path / "x.csv", "id,a,b,c\nA,1,2,3\n")
    row.take("id")
    row.take("b")
    with pytest.raises(Refused) as refused:
        row.finish()
    assert str(refused.value) == "x.csv:2 (A): a '1': nobody reads this column, nor ['c']"
    assert isinstance(refused.value, BadRow)
    for column in ("a", "c"):
        row.take(column)
    row.finish()


def _refuse(kind: type[Exception]) -> Callable[[str], str]:
    def reading(cell: str) -> str:
        raise kind(f"not {cell}")

    return reading


@pytest.mark.parametrize("kind", [BadInput, UnknownWord, BadRow])
def test_complaint_about_a_cell_names_its_place(tmp_path: Path, kind: type[Exception]) -> None:
    (row,) = good(tmp_path / "x.csv", "id,a\nA,1\n")
    with pytest.raises(Refused) as refused:
        row.read_as("a", _refuse(kind), "1")
    assert refused.value.record == Quarantined("x.csv", 2, "A", "a", "1", "not 1")


def test_text_mismatch_keeps_its_kind_and_gets_the_place_of_the_row(tmp_path: Path) -> None:
    (row,) = good(tmp_path / "x.csv", "id,a\nA,1\n")
    with pytest.raises(TextMismatch, match=r"^x\.csv:2 \(A\): a '1': not 1$"):
        row.read_as("a", _refuse(TextMismatch), "1")


@pytest.mark.parametrize(
    ("column", "reason"), [("a", "is empty"), ("b", "is no column of the table")]
)
def test_needed_cell_that_is_not_there_is_told_from_an_empty_one(
    tmp_path: Path, column: str, reason: str
) -> None:
    (row,) = good(tmp_path / "x.csv", "id,a\nA,\n")
    with pytest.raises(Refused, match=rf"{column} '': {reason}"):
        row.read_as(column, str, row.take(column))


@one_file
@given(st.permutations(["A,1,x", "B,2,y", "C,3,z"]), st.permutations(["id", "n", "t"]))
def test_place_of_a_row_is_known_by_its_cells_and_never_by_where_it_stands(
    tmp_path: Path, lines: list[str], order: list[str]
) -> None:
    columns = dict(
        zip(
            ["id", "n", "t"],
            zip(*[line.split(",") for line in lines], strict=True),
            strict=True,
        )
    )
    turned = zip(*[columns[name] for name in order], strict=True)
    content = "\n".join([",".join(order), *(",".join(row) for row in turned)])
    found = {row.key: row.entry(MINT) for row in good(tmp_path / "x.csv", content)}
    assert {key: (entry.dataset, entry.key, entry.fields) for key, entry in found.items()} == {
        key: ("unit/file", key, prefixed_fields([("id", key), ("n", number), ("t", text)]))
        for key, number, text in (("A", "1", "x"), ("B", "2", "y"), ("C", "3", "z"))
    }
