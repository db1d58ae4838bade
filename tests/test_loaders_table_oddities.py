"""Tables as people have them: half-written, joined, rounded; none says more than its cells."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from loaders.records import Fate
from onrecord.errors import BadInput
from tests.loading import Sample, read
from tests.test_loaders_table import MINT, SMALL, mapped, short

OWNERS: Final = """
publisher: Harbour Desk
things:
  site: {kind: domain, column: site}
  owner: {kind: organization, column: owner}
claims:
  - {subject: site, predicate: ownedBy, object: owner}
"""
ACCOUNTS: Final = """
publisher: Harbour Desk
things:
  who: {kind: account, column: who, id: id, platform: twitter}
claims:
  - {subject: who, predicate: describedAs, object: {const: listed}}
"""


def test_a_database_with_changes_beside_it_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    path.with_name("small.mapping.yaml").write_text(OWNERS)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE sites (site TEXT, owner TEXT)")
        database.execute("INSERT INTO sites VALUES ('a.example', 'Crane Ltd')")
        database.commit()
        with pytest.raises(BadInput, match=r"small\.sqlite-wal holds changes"):
            read(Sample("table", path))
    assert list(map(short, read(Sample("table", path)).said("ownedBy"))) == ["crane-ltd"]


def test_a_null_in_a_list_of_json_is_no_name(tmp_path: Path) -> None:
    table = '{"site": "a.example", "owner": ["Crane Ltd", null]}\n'
    found = mapped(tmp_path, table, OWNERS, "small.jsonl")
    assert list(map(short, found.said("ownedBy"))) == ["crane-ltd"]


def test_a_field_that_json_has_twice_is_no_choice_of_ours(tmp_path: Path) -> None:
    table = '{"site": "a.example", "owner": "Crane Ltd", "owner": "Heron Ltd"}\n'
    table += '{"site": "b.example", "owner": "Ibis Ltd"}\n'
    found = mapped(tmp_path, table, OWNERS, "small.jsonl")
    assert list(map(short, found.said("ownedBy"))) == ["ibis-ltd"]
    assert found.reasons == {"'owner' stands twice": 1}


def test_a_cell_that_is_said_of_an_empty_one_is_not_passed_over(tmp_path: Path) -> None:
    mapping = OWNERS.replace("claims:", "  page: {kind: domain, column: page}\nclaims:")
    mapping += "  - {subject: page, predicate: describedAs, object: {const: listed}}\n"
    table = "site,owner,page\na.example,Crane,\n,Heron,b.example\n,,c.example\n"
    found = mapped(tmp_path, table, mapping)
    assert [(one.column, one.value) for one in found.quarantined] == [("owner", "Heron")]
    assert found.reasons == {"is said of nothing, since 'site' is empty": 1}


def test_the_names_of_the_columns_of_a_text_may_stand_below_its_title(tmp_path: Path) -> None:
    table = '"What the\ndesk knows";\n;\nsite;owner\na.example;Crane\n'
    mapping = OWNERS.replace("things:", "table: {header: 4, delimiter: ;}\nthings:")
    found = mapped(tmp_path, table, mapping)
    assert list(map(short, found.said("ownedBy"))) == ["crane"]
    assert found.fates == {Fate.MAPPED: 1}


def test_an_object_in_a_list_of_json_is_no_name(tmp_path: Path) -> None:
    table = '{"site": "a.example", "owner": [{"name": "Crane Ltd"}]}\n'
    found = mapped(tmp_path, table, OWNERS, "small.jsonl")
    assert found.said("ownedBy") == []
    assert found.reasons == {"is a list of objects, none of which is a name": 1}


def test_quotation_marks_in_tabs_never_join_rows(tmp_path: Path) -> None:
    table = 'site\towner\na.example\t"Crane\nb.example\tHeron\nc.example\tStork"\n'
    found = mapped(tmp_path, table, OWNERS, "small.tsv")
    assert [said.value for said in found.said("name")[1:] if "." not in said.value] == [
        '"Crane', "Heron", 'Stork"'
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", ['"said "no" to it"', '"two\nlines, "one" quoted"', '"a" and "b"'], ids=str
)
def test_quotes_that_make_no_sense_cost_one_row(tmp_path: Path, cell: str) -> None:
    rows = [f"{site}.example,{owner}\n" for site, owner in (("a", "Crane"), ("b", cell))]
    found = mapped(tmp_path, "".join(["site,owner\n", *rows, "c.example,Heron\n"]), OWNERS)
    assert list(map(short, found.said("ownedBy"))) == ["crane", "heron"]
    assert [one.record for one in found.quarantined] == [f"b.example,{cell}"]
    assert found.fates == {Fate.MAPPED: 2, Fate.QUARANTINED: 1}


@pytest.mark.parametrize(
    "cell",
    ['"open', '"said "no to it"', '"two\nlines" x"', '"a 5" pipe\nd.example,Falcon"'],
    ids=str,
)
def test_no_row_is_guessed_after_a_quote_that_is_left_open(tmp_path: Path, cell: str) -> None:
    table = f"site,owner\na.example,Crane\nb.example,{cell}\nc.example,Heron\n"
    found = mapped(tmp_path, table, OWNERS)
    assert list(map(short, found.said("ownedBy"))) == ["crane"]
    assert "the rest of the file was not read" in str(found.reasons)


AFTER: Final = "".join(f"{site}.example,Heron,5\n" for site in "cdefgh")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('b.example,"Crane,5\n', "unexpected end of data"),
        ('b.example,"Crane "5" or\nso, or "6,5\n', "',' expected after '\"'"),
        ('b.example,"Crane,5\nx.example,y,z,5\n', "unexpected end of data"),
    ],
    ids=["an open quote", "in two lines", "before a row of too many cells"],
)
def test_rows_show_where_a_quote_that_is_left_open_ends(
    tmp_path: Path, row: str, reason: str
) -> None:
    table = f"site,owner,seen\na.example,Crane,5\n{row}{AFTER}"
    found = mapped(tmp_path, table, f"ignore: {{seen: no matter}}\n{OWNERS}")
    assert list(map(short, found.said("ownedBy"))) == ["crane", *["heron"] * 6]
    assert [(one.reason, one.line, one.record) for one in found.quarantined] == [
        (reason, 3, row.rstrip())
    ]


def test_quotes_never_join_rows_to_one(tmp_path: Path) -> None:
    table = f'site,owner,seen\na.example,"Crane,5\n{AFTER}i.example,Stork",6\n'
    found = mapped(tmp_path, table, f"ignore: {{seen: no matter}}\n{OWNERS}")
    owners = [one.value for one in found.said("name") if "." not in one.value]
    assert owners[1:] == ["Heron", 'Stork"']
    assert len(found.said("ownedBy")) == 7
    assert [(one.line, one.record) for one in found.quarantined] == [(2, 'a.example,"Crane,5')]


@pytest.mark.parametrize(
    "record",
    [
        'Crane,5,"They wrote:\n{rows}and, so, on"\n',
        '"Crane,or,other\n{rows}they wrote",5,b.example\n',
    ],
    ids=["the last one", "the first one"],
)
def test_no_rows_are_made_of_a_table_in_a_cell(tmp_path: Path, record: str) -> None:
    record = record.format(rows=AFTER.replace("Heron", "Crane"))
    table = f"owner,seen,site\n{record}Heron,6,i.example\n"
    found = mapped(tmp_path, table, f"ignore: {{seen: no matter}}\n{OWNERS}")
    assert list(map(short, found.said("ownedBy"))) == ["heron"]
    told = [(one.line, one.record) for one in found.quarantined]
    assert told == [(2, record.removesuffix("\n"))]


@pytest.mark.parametrize(
    "cell",
    [
        "one, two\nthree, four, five\nsix, seven\neight, nine, ten",
        "one, two" + "\nthree, four, five" * 3 + "\nsix, seven",
    ],
    ids=["of some commas", "of as many commas as columns"],
)
def test_a_text_of_several_lines_is_no_rows(tmp_path: Path, cell: str) -> None:
    after = AFTER.replace("Heron", '"Heron\nHeron, and Heron"')
    table = f'site,owner,seen\na.example,"{cell}",5\n{after}'
    found = mapped(tmp_path, table, f"ignore: {{seen: no matter}}\n{OWNERS}")
    assert len(found.said("ownedBy")) == 7
    assert found.quarantined == []


def test_a_quoted_cell_of_tabs_may_have_several_lines(tmp_path: Path) -> None:
    table = 'site\twhat\na.example\t"two\nlines"\nb.example\t"a\ttab"\n'
    found = mapped(tmp_path, table, SMALL, "small.tsv")
    assert [said.value for said in found.said("describedAs")] == ["two\nlines", "a\ttab"]


def test_an_account_goes_by_its_id_and_keeps_its_handle(tmp_path: Path) -> None:
    table = "who,id\n@crane,77\n@heron,77\nhttps://x.com/stork,78\n@ibis,\n"
    found = mapped(tmp_path, table, ACCOUNTS)
    accounts = [said.claim.subject for said in found.saying("describedAs")]
    one, other = (MINT.account("twitter", id=id) for id in ("77", "78"))
    assert accounts == [one, one, other, MINT.account("twitter", handle="ibis")]
    assert [said.value for said in found.said("handle", one)] == ["crane", "heron"]


def test_a_number_where_a_handle_stands_is_the_accounts_own_or_nobodys(tmp_path: Path) -> None:
    vk = ACCOUNTS.replace("platform: twitter", "platform: vkontakte")
    found = mapped(tmp_path, "who,id\nid9001,\nid9001,9002\n", vk)
    (said,) = found.saying("describedAs")
    assert said.claim.subject == MINT.account("vkontakte", id="9001")
    assert found.said("handle") == []
    table = "who,id\n3-Mar,\n1E+05,\n@crane,\n"
    found = mapped(tmp_path, table, ACCOUNTS)
    assert [one.value for one in found.said("handle")] == ["crane"]
    assert [one.reason for one in found.quarantined if one.column == "who"] == [
        "is no handle", "is no handle",
    ]  # fmt: skip


def test_whoever_goes_by_an_id_has_every_name_that_rows_have_for_it(tmp_path: Path) -> None:
    mapping = OWNERS.replace("column: owner}", "column: owner, id: id}")
    rows = ["a.example,Crane Ltd,7\n", "b.example,Crane Limited,7\n"]
    found = [
        mapped(tmp_path, "site,owner,id\n" + "".join(order), mapping)
        for order in (rows, rows[::-1])
    ]
    owners = {said.claim.object for one in found for said in one.saying("ownedBy")}
    names = [
        {
            short(said.claim.object)
            for said in one.saying("name")
            if said.claim.subject in owners
        }
        for one in found
    ]
    assert (len(owners), names) == (1, [{"Crane Ltd", "Crane Limited"}] * 2)


def test_ids_that_a_spreadsheet_rounded_make_no_two_accounts_one(tmp_path: Path) -> None:
    table = "who,id\n@crane,1.19E+18\n@heron,1.19E+18\n"
    found = mapped(tmp_path, table, ACCOUNTS)
    assert found.said("describedAs") == []
    assert found.reasons == {"has an id in 'id' that a spreadsheet has rounded": 2}


def test_ids_whose_last_digits_are_zeros_throughout_are_rounded_ones(tmp_path: Path) -> None:
    rounded = ("914580356430536000", "914621840496189000", "914623490375979000")
    rows = "".join(f"@crane{n},{id}\n" for n, id in enumerate(rounded))
    found = mapped(tmp_path, f"who,id\n{rows}", ACCOUNTS)
    assert found.saying("describedAs") == []
    assert {one.reason for one in found.quarantined if one.column == "who"} == {
        "has an id in 'id' that a spreadsheet has rounded"
    }
    rows = rows.replace("189000", "189441").replace("979000", "979008")
    assert len(mapped(tmp_path, f"who,id\n{rows}", ACCOUNTS).saying("describedAs")) == 3


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Crane Ltd or Heron Ltd", "leaves open which"),
        ("GRU and SVR", "names several, where one is wanted"),
        ("GRU via SVR", "names whose word it is beside who passes it on"),
    ],
)
def test_alternatives_and_several_are_no_owner_unless_the_mapping_says_so(
    tmp_path: Path, name: str, why: str
) -> None:
    table = f"site,owner\na.example,{name}\nb.example,Bo and Sons\n"
    found = mapped(tmp_path, table, OWNERS)
    assert list(map(short, found.said("ownedBy"))) == ["bo-and-sons"]
    assert why in found.reasons
    told = OWNERS.replace("column: owner}", f'column: owner, values: {{{name}: "{name}"}}}}')
    assert len(mapped(tmp_path, table, told).said("ownedBy")) == 2


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("organization", "CORMORANTS & CRANES"),
        ("organization", "CRANE, LLC"),
        ("organization", "QUAY, UK"),
        ("person", "SAMPLE, CY"),
        ("person", "LEE, CY"),
    ],
)
def test_a_name_in_capitals_is_that_of_one(tmp_path: Path, kind: str, name: str) -> None:
    table = f'site,owner\na.example,"{name}"\n'
    found = mapped(tmp_path, table, OWNERS.replace("organization", kind))
    assert found.quarantined == []
    assert len(found.said("ownedBy")) == 1
