"""Lines that were set aside load once they are mended, in files of any name for lines."""

import json
from pathlib import Path

import pytest

from loaders.given import Given, Terms
from onrecord.ingest import ingest
from onrecord.quarantine import set_aside
from onrecord.store import GenerationStore

GIVEN = Given(terms=Terms(publisher="Harbour Register"))
JUDGED = '["a", "b", "positive", null, "ann", "2031-03-01T00:00:00", null]\n'
SAID = '<http://e/a> <http://e/b> "fine" .\n'


@pytest.mark.parametrize(
    ("format", "name", "fine", "spoilt"),
    [
        ("ftm", "resolver.ijson", JUDGED, JUDGED.replace("2031-03-01T00:00:00", "TBD")),
        ("rdf", "dump.nq", SAID, SAID.replace("http://e/b", "http://e TBD/b")),
    ],
)
def test_a_line_loads_once_it_is_mended(
    tmp_path: Path, format: str, name: str, fine: str, spoilt: str
) -> None:
    store = GenerationStore(tmp_path / "data")
    path = tmp_path / name
    path.write_text(fine.replace('"fine"', '"other"').replace('"b"', '"c"') + spoilt, "utf-8")
    report = ingest(store, format, path, GIVEN)
    ((load, aside),) = set_aside(tmp_path / "aside", [report]).records
    assert aside.read_text("utf-8") == spoilt
    aside.write_text(fine, "utf-8")
    again = ingest(store, format, aside, load.given)
    assert again.run
    assert not again.quarantined


def test_a_part_of_a_file_has_the_licence_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "entities.ftm.json"
    company = {"id": "a", "schema": "Company", "properties": {"name": ["Crane"]}}
    listed = [{**company, "datasets": ["us_ofac_sdn"]}, {"id": "b", "schema": "Company"}]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in listed), "utf-8")
    report = ingest(GenerationStore(tmp_path / "data"), "ftm", path, Given())
    ((load, _),) = set_aside(tmp_path / "aside", [report]).records
    terms = load.given.terms
    assert (terms.publisher, terms.licence) == ("OpenSanctions", "CC BY-NC 4.0")
