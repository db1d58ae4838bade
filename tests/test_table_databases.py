"""Databases as tables: which of their tables and views are read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from loaders.given import Given
from loaders.mapped_rows import Layout
from loaders.mapping_draft import draft
from onrecord.errors import BadInput
from tests.loading import Sample, read
from tests.test_loaders_table import short
from tests.test_loaders_table_oddities import OWNERS


def test_a_view_of_a_database_is_read_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE sites (site TEXT, owner TEXT, gone INTEGER)")
        database.execute("INSERT INTO sites VALUES ('a.example', 'Crane', 0)")
        database.execute("INSERT INTO sites VALUES ('b.example', 'Heron', 1)")
        database.execute("CREATE VIEW kept AS SELECT site, owner FROM sites WHERE NOT gone")
        database.commit()
    beside = path.with_name("small.mapping.yaml")
    for sheet, owners in (("table: {sheet: kept}", ["crane"]), ("", ["crane", "heron"])):
        beside.write_text(f"{sheet}\nignore: {{gone: says who is kept}}\n{OWNERS}")
        if sheet:
            beside.write_text(f"{sheet}\n{OWNERS}")
        assert list(map(short, read(Sample("table", path)).said("ownedBy"))) == owners
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE others (site TEXT)")
        database.commit()
    with pytest.raises(BadInput, match="others, sites, kept"):
        draft(path, Given(), Layout())
