"""Names in tables that a mapping reads: a note that a draft never saw is no name either."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

from tests.loading import Read
from tests.test_loaders_table import mapped

MAPPING: Final = """
publisher: Harbour Desk
things:
  site: {kind: domain, column: site}
  owner: {kind: party, column: owner}
  land: {kind: country, column: land}
  who: {kind: organization, column: who}
claims:
  - {subject: site, predicate: operatedBy, object: owner, by: [who]}
  - {subject: site, predicate: originatedIn, object: land}
"""


def row(folder: Path, mapping: str = MAPPING, **cells: str) -> Read:
    told = {"site": "pier.example", "owner": "Gull Ltd", "land": "", "who": "Crane Check"}
    told |= cells
    table = f"{','.join(told)}\n{','.join(told.values())}\n"
    return mapped(folder, table, mapping)


@pytest.mark.parametrize("note", ["unknown", "N/A", '""""', "ditto", "see note", "Gull Ltd?"])
def test_a_note_in_a_table_is_neither_owner_nor_speaker(tmp_path: Path, note: str) -> None:
    for column in ("owner", "who"):
        found = row(tmp_path, **{column: note})
        assert found.saying("operatedBy") == []
        assert column in {one.column for one in found.quarantined}


def test_a_mapping_may_say_that_a_note_is_a_name(tmp_path: Path) -> None:
    mapping = MAPPING.replace("column: who", "column: who, values: {Unknown: Unknown}")
    assert len(row(tmp_path, mapping, who="Unknown").saying("operatedBy")) == 1


def test_no_value_is_not_namibia_in_a_table_unless_the_mapping_says_so(tmp_path: Path) -> None:
    found = row(tmp_path, land="NA")
    assert found.saying("originatedIn") == []
    assert found.reasons == {"may be Namibia, or no value": 1}
    told = MAPPING.replace("column: land", "column: land, values: {NA: Namibia}")
    assert len(row(tmp_path, told, land="NA").saying("originatedIn")) == 1


@pytest.mark.parametrize("handle", ["unknown", "n/a", "@unknown", "deleted"])
def test_rows_of_a_table_without_a_known_handle_are_not_one_account(
    tmp_path: Path, handle: str
) -> None:
    account = "{kind: account, column: owner, platform: twitter}"
    mapping = MAPPING.replace("{kind: party, column: owner}", account)
    found = row(tmp_path, mapping, owner=handle)
    assert found.saying("operatedBy") == []
    assert {one.column for one in found.quarantined} == {"owner"}


def test_a_note_is_no_handle_of_an_account_that_its_id_names(tmp_path: Path) -> None:
    account = "{kind: account, column: owner, platform: twitter, id: {column: id}}"
    mapping = MAPPING.replace("{kind: party, column: owner}", account)
    found = row(tmp_path, mapping, owner="deleted", id="9001")
    assert len(found.saying("operatedBy")) == 1
    assert found.said("dcterms:identifier") == [Literal("9001")]
    assert found.saying("handle") == []
    assert [(one.column, one.value) for one in found.quarantined] == [("owner", "deleted")]
    lost = row(tmp_path, mapping, owner="deleted", id="")
    assert lost.saying("operatedBy") == []
    assert [(one.column, one.value) for one in lost.quarantined] == [("owner", "deleted")]
