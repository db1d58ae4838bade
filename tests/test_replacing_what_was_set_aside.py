"""Only what could be read before stops a newer version, and is told without its values."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from bench.fuzz import given_for
from loaders.given import Given, Terms
from loaders.records import NEVER_TAKEN, Quarantined
from onrecord.errors import BadRow
from onrecord.ingest import ingest
from onrecord.left_out import LeftOut
from onrecord.loads import Report
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology import term
from ontology.identity import Mint
from server import create_app
from tests.terminal import Terminal
from tests.test_replacing import standing
from tests.test_replacing_what_is_spoilt import crane

DATA: Final = Path(__file__).with_name("data")
GIVEN: Final = Given(terms=Terms(publisher="Harbour Watch"))
STOPPED: Final = "does not count as taken out"
NAMES: Final = "subject,platform,metric,value,time\n"
QUAY: Final = "#Quay,Twitter,tweets,12,2031-04-02\n"
PIER: Final = "#Pier,Twitter,tweets,7,2031-04-03\n"
ODD: Final = "#Dock,Twitter,tweets,a dozen,2031-04-04\n"


def load(
    store: GenerationStore,
    path: Path,
    *rows: str,
    replace: bool = False,
    loader: str = "series",
) -> Report:
    path.write_text("".join(rows), encoding="utf-8")
    return ingest(store, loader, path, GIVEN, replace=replace)


def told(store: GenerationStore, run: NamedNode | None) -> list[Literal]:
    with store.read() as snapshot:
        found = [quad.object for quad in snapshot.quads(run, term("setAside"), None)]
    return [one for one in found if isinstance(one, Literal)]


def test_a_row_that_could_never_be_read_stops_no_newer_version(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    load(store, path, NAMES, QUAY, PIER, ODD)
    report = load(store, path, NAMES, ODD, QUAY, replace=True)
    assert (report.missing > 0, len(report.quarantined)) == (True, 1)


def test_a_new_row_that_cannot_be_read_stops_no_newer_version_that_has_all_others(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    load(store, path, NAMES, QUAY, PIER)
    report = load(store, path, NAMES, QUAY, PIER, ODD, replace=True)
    assert (bool(report.run), len(report.quarantined)) == (True, 1)
    with pytest.raises(BadRow, match=STOPPED):
        load(store, path, NAMES, QUAY, ODD.replace("Dock", "Pier"), replace=True)


def test_what_was_spoilt_by_a_version_that_replaced_nothing_is_still_not_taken_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    path, spoilt = tmp_path / "list.csv", PIER.replace(",7,", ",seven?,")
    load(store, path, NAMES, QUAY, PIER)
    load(store, path, NAMES, QUAY, spoilt)
    before = standing(store)
    with pytest.raises(BadRow, match=STOPPED):
        load(store, path, NAMES, spoilt, replace=True)
    assert standing(store) == before


def test_a_version_that_did_not_tell_what_it_set_aside_is_replaced_by_hand(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    first = load(store, path, NAMES, QUAY, PIER, ODD).run
    assert first
    with store.write("forget") as draft:
        draft.remove([*draft.quads(first, term("setAside"), None)])
    with pytest.raises(BadRow, match="load without --replace and withdraw"):
        load(store, path, NAMES, QUAY, ODD, replace=True)
    kept = standing(store)
    assert load(store, path, NAMES, QUAY, ODD).run
    withdraw(store, Mint(), run=first, reason="a newer version was loaded")
    assert 0 < len(standing(store) & kept) < len(kept)
    assert load(store, path, NAMES, QUAY, ODD, replace=True).missing == 0


def test_where_something_stood_is_told_and_never_what_it_said(
    store: GenerationStore, tmp_path: Path
) -> None:
    takedowns = "id,announced_on,platform_owner,pages\na,2031-04,Quay Owner,7\nb,2031,Quay,{}\n"
    runs = []
    for name, cell in (("one.csv", "many"), ("two.csv", "+354 555 0101"), ("three.csv", "9")):
        text = takedowns.format(cell)
        runs.append(load(store, tmp_path / name, text, loader="takedowns").run)
    (one,), (two,), none = (told(store, run) for run in runs)
    assert one == two
    assert (one.datatype, len(one.value), none) == (term("xsd:base64Binary"), 12, [])


@pytest.mark.parametrize("of", ["run", "document"])
def test_what_was_set_aside_leaves_no_trace_once_its_source_is_erased(
    store: GenerationStore, tmp_path: Path, of: str
) -> None:
    path = tmp_path / "list.csv"
    run = load(store, path, NAMES, QUAY, ODD).run
    assert run
    assert len(told(store, run)) == 1
    document = None if of == "run" else Mint().document(path.read_bytes())
    source = run if of == "run" else None
    withdraw(store, Mint(), document=document, run=source, reason="an order")
    assert len(told(store, run)) == 1
    withdraw(store, Mint(), document=document, run=source, reason="an order", erase=True)
    assert told(store, run) == []


def test_the_page_of_a_run_shows_no_hashes(store: GenerationStore, tmp_path: Path) -> None:
    run = load(store, tmp_path / "list.csv", NAMES, QUAY, ODD).run
    assert run
    (places,) = told(store, run)
    client = create_app(Settings(data=tmp_path / "data")).test_client()
    path = run.value.removeprefix(Mint().base)
    assert places.value in client.get(f"/{path}", headers={"Accept": "text/turtle"}).text
    page = client.get(f"/{path}", headers={"Accept": "text/html"}).text
    assert ("list.csv" in page, places.value in page) == (True, False)


def test_a_value_that_no_record_keeps_leaves_no_trace() -> None:
    kept, withheld = LeftOut(), LeftOut()
    withheld.append(Quarantined("x", 1, "p", "birthDate", "(withheld)", f"{NEVER_TAKEN}a date"))
    kept.append(Quarantined("x", 1, "p", "country", "nowhere", "names no country"))
    assert (withheld.places, len(kept.places)) == ("", 12)


def test_a_time_of_stix_that_is_spoilt_takes_no_date_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    actor = crane()
    path = tmp_path / "bundle.json"
    load(store, path, json.dumps({"objects": [actor]}), loader="stix")
    actor["modified"] = "in January"
    with pytest.raises(BadRow, match=STOPPED):
        load(store, path, json.dumps({"objects": [actor]}), loader="stix", replace=True)


def sample(name: str, folder: Path) -> tuple[Path, Given]:
    """Copy a sample of tables that a mapping reads, with its mapping."""
    source = DATA / "table" / name
    for path in (source, *source.parent.glob(f"{source.stem}.mapping.yaml")):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / name, given_for("table", source)


def test_a_database_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    path, given = sample("harbour-sites.sqlite", tmp_path)
    ingest(store, "table", path, given)
    before = standing(store)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE sites SET domain = 'dredge' WHERE domain = 'dredge.example'")
    with pytest.raises(BadRow, match=STOPPED):
        ingest(store, "table", path, given, replace=True)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DELETE FROM sites WHERE domain = 'dredge'")
    assert ingest(store, "table", path, given, replace=True).missing > 0
    assert before - standing(store)


def test_a_workbook_that_is_spoilt_takes_nothing_out(
    store: GenerationStore, tmp_path: Path
) -> None:
    path, given = sample("harbour-log.xlsx", tmp_path)
    ingest(store, "table", path, given)
    before = standing(store)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b">02.04.2031<" in parts[sheet]
    parts[sheet] = parts[sheet].replace(b">02.04.2031<", b">#REF!<")
    with zipfile.ZipFile(path, "w") as book:
        for name, octets in parts.items():
            book.writestr(name, octets)
    with pytest.raises(BadRow, match=STOPPED):
        ingest(store, "table", path, given, replace=True)
    assert standing(store) == before


def published(rows: str) -> str:
    """Return rows as a table that says who publishes it, as is known in an archive."""
    told = "".join(f"Quay Desk,{row},\n" for row in rows.splitlines())
    return f"publisher,{NAMES.strip()},time_zone\n{told}"


def test_an_archive_of_which_a_part_is_broken_replaces_nothing(
    run: Terminal, here: Path
) -> None:
    with zipfile.ZipFile(here / "lists.zip", "w") as archive:
        for name, rows in (("a.csv", QUAY + PIER), ("b.csv", PIER)):
            archive.writestr(name, published(rows))
    load = ("load", "series", "lists.zip")
    assert run(*load).code == 0
    before = standing(GenerationStore(here / "data"))
    with zipfile.ZipFile(here / "lists.zip", "w") as archive:
        for name, rows in (("a.csv", QUAY), ("b.csv", PIER)):
            archive.writestr(name, published(rows))
    octets = (here / "lists.zip").read_bytes()
    (here / "lists.zip").write_bytes(octets.replace(b"#Pier", b"#Pyer"))
    said = run(*load, "--replace")
    assert (said.code, "lists.zip/b.csv: Bad CRC-32" in said.err) == (1, True)
    assert standing(GenerationStore(here / "data")) == before
    assert run(*load).code == 1
    assert before < standing(GenerationStore(here / "data"))
