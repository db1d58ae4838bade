"""What `onrecord mapping init` guesses of a table, and what loading by its guesses says."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from loaders.given import Given, Terms
from loaders.mapped_rows import Layout
from loaders.mapping_draft import draft
from loaders.records import Fate
from onrecord.errors import BadInput
from tests.loading import Read, Sample, read


def drafted(path: Path, text: str) -> tuple[str, Read]:
    """Return the draft for a table, and what is read by it as it stands."""
    path.write_text(text, "utf-8")
    mapping = path.with_name("drafted.yaml")
    mapping.write_text(draft(path, Given(), Layout()), "utf-8")
    given = Given(mapping=mapping, terms=Terms(publisher="Harbour Desk"))
    return mapping.read_text("utf-8"), read(Sample("table", path, given))


def test_a_draft_picks_no_form_where_days_and_months_look_alike(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("case,day\nThe first,01/04/2031\nThe second,04/04/2031\n")
    text = draft(path, Given(), Layout())
    assert 'format: ["%d/%m/%Y", "%m/%d/%Y"]' in text
    path.with_name("cases.mapping.yaml").write_text(text)
    given = Given(terms=Terms(publisher="Harbour Desk"))
    found = read(Sample("table", path, given))
    assert [said.value for said in found.said("describedAs")] == ["2031-04-04"]
    assert [(one.column, one.value) for one in found.quarantined] == [("day", "01/04/2031")]


def test_a_draft_takes_no_two_letters_for_a_country_and_no_decimal_for_thousands(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text('case,state,share\nThe first,CA,"1,250"\nThe second,GA,"2,375"\n')
    text = draft(path, Given(), Layout())
    assert "kind: country" not in text
    assert "as: count" not in text


def test_a_draft_takes_words_for_nothing_for_no_value(tmp_path: Path) -> None:
    rows = "quay.example,N/A\nN/A,Crane\nN/A,Heron\npier.example,NULL\n"
    text, found = drafted(tmp_path / "sites.csv", f"site,owner\n{rows}")
    assert 'kind: domain, column: site, empty: ["N/A"]}' in text
    assert "; 'N/A', 'NULL' are taken for empty" in text
    told = {one.value for one in (*found.said("describedAs"), *found.said("name"))}
    assert not told & {"N/A", "NULL"}
    assert {one.value for one in found.quarantined} == {"Crane", "Heron"}


def test_a_draft_is_about_names_and_not_about_figures(tmp_path: Path) -> None:
    rows = "".join(f"{n}.5,0{n},{n}%,{'Crane' if n % 2 else 'Heron'}\n" for n in range(1, 9))
    text, found = drafted(tmp_path / "shares.csv", f"share,area,part,of\n{rows}")
    assert "subject: {kind: topic, column: of}" in text
    assert "figures; 8 different" in text
    assert {"1.5", "01", "1%"} <= {one.value for one in found.said("describedAs")}


def test_a_draft_takes_na_for_nothing_but_among_codes(tmp_path: Path) -> None:
    rows = "".join(f"Case {n},{n},{code}\n" for n, code in enumerate(("TG", "NA", "IS")))
    text, found = drafted(tmp_path / "cases.csv", f"case,seen,land\n{rows}Case 9,NA,TG\n")
    assert "column: seen, empty: [NA], as: count" in text
    assert "column: land}" in text
    assert found.quarantined == []


def test_a_draft_says_what_it_took_for_nothing_in_a_column_that_it_ignores(
    tmp_path: Path,
) -> None:
    text, _ = drafted(tmp_path / "cases.csv", "case,land\nCase 1,NA\nCase 2,NA\n")
    assert "land: \"no cell of the sample says anything; 'NA' is taken for empty\"" in text


def test_a_draft_keeps_the_zeros_of_codes_and_the_digits_of_fractions(tmp_path: Path) -> None:
    rows = "".join(f"Case {n},{n:03},{n}{'.5' * (n > 18)}\n" for n in range(1, 20))
    text, found = drafted(tmp_path / "cases.csv", f"case,area,share\n{rows}")
    assert "as: count" not in text
    told = {one.value for one in found.said("describedAs")}
    assert {"001", "19.5"} <= told
    assert found.quarantined == []


def test_a_draft_cuts_no_name_at_its_comma_and_no_list_of_a_program(tmp_path: Path) -> None:
    rows = "".join(
        f"Case {n},\"Portville, Togo\",\"['a{n % 3}', 'b']\",GMT+3\n" for n in range(9)
    )
    _, found = drafted(tmp_path / "cases.csv", f"case,where,tags,zone\n{rows}")
    told = {one.value for one in found.said("describedAs")}
    assert told == {"Portville, Togo", "['a0', 'b']", "['a1', 'b']", "['a2', 'b']", "GMT+3"}


def test_a_draft_takes_an_answer_for_no_language(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path / "cases.csv", "case,seen,when\nA,no,old\nB,no,new\n")
    assert "language" not in text


def test_a_draft_passes_over_no_column_that_is_empty_at_first(tmp_path: Path) -> None:
    rows = "".join(f"Case {n},\n" for n in range(500))
    text, found = drafted(tmp_path / "cases.csv", f"case,note\n{rows}Case 500,late\n")
    assert "ignore" not in text
    assert [one.value for one in found.said("describedAs")] == ["late"]
    assert found.quarantined == []


def test_a_draft_makes_nothing_of_ids_that_a_spreadsheet_has_rounded(tmp_path: Path) -> None:
    rows = "1.19E+18,Crane\n1.2E+18,Crane\n1.21E+18,Heron\n"
    text, _ = drafted(tmp_path / "posts.csv", f"id,who\n{rows}")
    assert "column: who}" in text.partition("claims:")[0]
    assert "key" not in text
    assert "ids that a spreadsheet has rounded" in text


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (
            "Sites of 2031\nsite,seen\nquay.example,5\npier.example,6\n",
            1,
            "under these columns",
        ),
        (
            "# of the desk,,\nsite,seen,note\nquay.example,5,a\n",
            1,
            "2 of 3 columns have no name",
        ),
    ],
    ids=["a title", "a title in a sheet"],
)
def test_a_draft_asks_where_the_columns_are_named(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=rf"sites.csv:{line}: .*{reason}.*--header"):
        draft(path, Given(), Layout())
    assert "column: site" in draft(path, Given(), Layout(header=2))


def test_a_draft_sees_what_parts_the_columns_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("Sites, seen\nsite|seen|note\nquay.example|5|a\n", "utf-8")
    assert 'delimiter: "|"' in draft(path, Given(), Layout(header=2))


def test_a_draft_says_what_it_guessed_and_loads_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    rows = "".join(
        f"https://a.example/{n},Claim number {n},{n:02}.04.2031,Iceland+France,{n}00,ru\n"
        for n in range(1, 30)
    )
    path.write_text(f"link,title,day,lands,seen,tongue\n{rows}")
    text = draft(path, Given(), Layout())
    assert "# 29 of 29 cells: date of the form %d.%m.%Y" in text
    assert "# 58 of 58 cells, cut at '+': country; 2 different" in text
    assert "# 29 of 29 cells: count; 29 different" in text
    assert "key: link  # each row of the sample has another one" in text
    path.with_name("cases.mapping.yaml").write_text(text)
    given = Given(terms=Terms(publisher="Harbour Desk"))
    found = read(Sample("table", path, given))
    assert found.fates == {Fate.MAPPED: 29}
    assert found.quarantined == []
    assert {said.value for said in found.said("dcterms:relation")} == {
        said.value for said in found.said("dcterms:relation") if isinstance(said, NamedNode)
    }
    assert found.said("documentedAt") == []


def test_a_draft_asks_what_rows_are_about_that_name_nothing(tmp_path: Path) -> None:
    rows = "".join(f"2031-04-{n:02},{n}00,{n % 3}.5x\n" for n in range(1, 9))
    text = f"day,likes,score\n{rows}"
    with pytest.raises(BadInput, match=r"things.subject.kind: '\?' is no kind"):
        drafted(tmp_path / "series.csv", text)
    mapping = (tmp_path / "drafted.yaml").read_text("utf-8")
    assert "no column reads like what the rows are about" in mapping


def test_a_draft_counts_nothing_by_what_names_it(tmp_path: Path) -> None:
    rows = "".join(f"Case {n},{n},90010020030{n:02},{n}\n" for n in range(1, 20))
    text, found = drafted(tmp_path / "cases.csv", f"case,Post Id,number,paid\n{rows}")
    assert "column: paid, as: count" in text
    assert text.count("as: count") == 1
    assert "9001002003005" in {one.value for one in found.said("describedAs")}


def test_a_draft_tears_no_time_at_its_zone(tmp_path: Path) -> None:
    rows = "".join(
        f'{{"made": "Thu Jun {n:02} 06:36:05 +0200 2031", "id_str": "900{n}", "by": "Crane"}}\n'
        for n in range(1, 9)
    )
    text, found = drafted(tmp_path / "posts.jsonl", rows)
    assert "key: id_str" in text
    told = {one.value for one in found.said("describedAs")}
    assert {"2031-06-01T06:36:05+02:00", "9008"} <= told
    assert found.quarantined == []


def test_a_draft_takes_years_for_years(tmp_path: Path) -> None:
    rows = "quay.example,2031,1900\npier.example,1998,2000\n"
    text, found = drafted(tmp_path / "sites.csv", f"site,Year online,rank\n{rows}")
    assert "column: rank, as: count" in text
    assert NamedNode("http://www.w3.org/2001/XMLSchema#gYear") in {
        one.datatype for one in found.said("describedAs") if isinstance(one, Literal)
    }


def test_a_draft_takes_names_for_no_statements(tmp_path: Path) -> None:
    names, _ = drafted(tmp_path / "a.csv", "who\n" + "".join(f"Crane {n}\n" for n in range(30)))
    assert "kind: topic, column: who" in names
    rows = "".join(f"The cranes of quay {n} stand still\n" for n in range(3))
    said, _ = drafted(tmp_path / "b.csv", f"claim\n{rows}")
    assert "kind: statement, column: claim" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('site;seen;note\nquay.example;5;"a; b"\npier.example;6;c\n', 'delimiter: ";"'),
        (",site,seen,\n5,quay.example,5,\n3,pier.example,6,\n", "column: column 1"),
        (",site,seen,\n0,quay.example,5,\n1,pier.example,6,\n", "column 1: numbers the rows"),
    ],
    ids=["semicolons", "a column without a name", "numbers of the rows"],
)
def test_a_draft_of_what_a_spreadsheet_wrote_can_be_loaded(
    tmp_path: Path, text: str, word: str
) -> None:
    path, mapping = tmp_path / "sites.csv", tmp_path / "sites.mapping.yaml"
    path.write_text(text, "utf-8")
    drafted = draft(path, Given(), Layout())
    assert word in drafted
    mapping.write_text(drafted, "utf-8")
    told = Given(mapping=mapping, terms=Terms(publisher="Harbour Desk"))
    found = read(Sample("table", path, told))
    assert (found.fates[Fate.MAPPED], found.quarantined) == (2, [])
    assert "quay.example" in {one.claim.object.value for one in found.saying("address")}


def test_a_draft_cannot_be_loaded_before_somebody_says_who_publishes(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("site,what\na.example,x\nb.example,y\n")
    path.with_name("small.mapping.yaml").write_text(draft(path, Given(), Layout()))
    with pytest.raises(BadInput, match="who publishes it"):
        read(Sample("table", path))


def test_what_a_formula_has_left_in_a_text_is_no_value(tmp_path: Path) -> None:
    rows = "quay.example,5,#NAME?\npier.example,#REF!,#NAME?\n"
    text, found = drafted(tmp_path / "sites.csv", f"site,seen,more\n{rows}")
    assert "as: count" in text
    assert "more: no cell of the sample says anything" in text
    assert found.reasons == {"is what a formula that failed has left": 1}
    assert [one.value for one in found.said("describedAs")] == ["5"]


def test_a_draft_tells_where_rows_are_about_the_same(tmp_path: Path) -> None:
    shared, _ = drafted(
        tmp_path / "cases.csv", "case,by\nA vote,Crane\nA vote,Heron\nB,Crane\n"
    )
    assert "  # several rows have the same" in shared
    apart, _ = drafted(tmp_path / "cases.csv", "case,by\nA vote,Crane\nB,Crane\n")
    assert "several rows" not in apart


def test_a_draft_reads_the_hint_by_which_spreadsheets_part_cells(tmp_path: Path) -> None:
    text, found = drafted(tmp_path / "sites.csv", "sep=;\nsite;seen\nquay.example;a, b\n")
    assert 'delimiter: ";"\n  header: 2' in text
    assert [one.value for one in found.said("describedAs")] == ["a, b"]


def test_a_draft_says_why_no_line_of_json_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "sites.jsonl"
    path.write_text('[{"site": "quay.example"}]')
    with pytest.raises(BadInput, match="no line of it can be read: has to be an object"):
        draft(path, Given(), Layout())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "site,what\nquay.example,x\n".encode("utf-16-le"), "UTF-16; save it as"),
        ("a.csv", "site,what\nquay.example,x\n".encode("utf-16-be"), "UTF-16; save it as"),
        ("a.csv", "сайт,что\nлиния,тип\n".encode("utf-16-le"), "UTF-16; save it as"),
        ("a.xls", b"site\twhat\nquay.example\tx\n", "but a text; name it .csv"),
        ("a.xls", b"<html><table><tr><td>site</td></tr></table></html>", "page of the web"),
        ("a.xls", b"PK\x03\x04\xff\xff", "of a later form; name it .xlsx"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked by a password, or of the old"),
    ],
)
def test_what_a_file_is_instead_of_what_its_name_says_is_told(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=rf"a\.\w+: .*{reason}"):
        draft(path, Given(), Layout())
