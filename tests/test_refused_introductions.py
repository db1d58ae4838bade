"""What a record introduces is introduced by the next one, where that record is not taken."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from loaders.given import Given, Terms
from loaders.records import Fate
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from ontology.identity import Mint
from tests.loading import Sample, read
from tests.test_loaders_stix_dialects import WATCH, bundled
from tests.test_loaders_stix_versions import DESK, GULLS, TIDE, link
from tests.test_x_archive_resaved import OF_THE_AGENCY, of_file

GIVEN: Final = Given(terms=Terms(publisher="Harbour Register"))
PASSPORT: Final = {"id": "p", "schema": "Passport", "properties": {"number": ["1"]}}
SANCTION: Final = {"id": "s", "schema": "Sanction", "properties": {"entity": ["a"]}}
PERSON: Final = {"id": "a", "schema": "Person", "properties": {"name": ["Bo Sample"]}}


@pytest.mark.parametrize("refused", [PASSPORT, SANCTION], ids=["papers", "half a relation"])
def test_a_dataset_of_which_the_first_record_is_refused_is_known(
    tmp_path: Path, refused: dict[str, Any]
) -> None:
    listed = [{**one, "datasets": ["registry"]} for one in (refused, PERSON)]
    path = tmp_path / "file.json"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in listed), encoding="utf-8")
    found = read(Sample("ftm", path, GIVEN))
    assert found.fates == {Fate.QUARANTINED: 1, Fate.MAPPED: 1}
    assert found.said("rdf:type", Mint().named("dataset", "registry")) == [
        term("schema:Dataset")
    ]
    assert ingest(GenerationStore(tmp_path / "data"), "ftm", path, GIVEN).new


@pytest.mark.parametrize("spoilt", [{"type": "group"}, {"revoked": "perhaps"}])
def test_a_maker_whose_object_is_refused_speaks_nowhere(
    tmp_path: Path, spoilt: dict[str, str]
) -> None:
    path = bundled(tmp_path, {**DESK, **spoilt}, TIDE, GULLS, link(4))
    (said,) = read(Sample("stix", path, WATCH)).saying("hasBehindIt")
    assert said.speaker == Mint().named("org", "Harbour Watch")
    assert ingest(GenerationStore(tmp_path / "data"), "stix", path, WATCH).new


def test_what_coders_call_an_account_is_told_by_the_first_tweet_that_is_taken(
    tmp_path: Path,
) -> None:
    head = "tweet_id,external_author_id,author,publish_date,account_category"
    rows = ("90010,9001,CRANE,soon,Commercial", "90011,9001,CRANE,1/13/2031 5:03,Commercial")
    found = of_file(tmp_path, OF_THE_AGENCY, head, *rows)
    assert found.fates == {Fate.QUARANTINED: 1, Fate.MAPPED: 1}
    assert [one.value for one in found.said("describedAs")] == ["Commercial"]
