"""Lines that were set aside load once they are mended, in files of any name for lines."""

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
