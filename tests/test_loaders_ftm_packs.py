"""Packs of statements of FollowTheMoney, whose properties have their schemata before them."""

from pathlib import Path
from typing import Final

import pytest

from loaders import ftm, ftm_model
from loaders.given import Given
from loaders.records import Fate, IdentityJudgement
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from tests.loading import Sample, read
from tests.test_loaders_ftm import entity, loaded

PACKED: Final = (
    "entity_id,prop,value,dataset,lang,original_value,origin,external,first_seen,last_seen\n"
    '"p","Person:name","Ada Pier","dock","eng","","","f","2031-01-02","2031-02-02"\n'
    '"p","Person:birthDate","2001-01-01","dock","","","","f","2031-01-02","2031-02-02"\n'
    '"o","Company:name","Pier Ltd","dock","","","","f","2031-01-02","2031-02-02"\n'
    '"w","Ownership:owner","p","dock","","","","f","2031-01-02","2031-02-02"\n'
    '"w","Ownership:asset","o","dock","","","","f","2031-01-02","2031-02-02"\n'
)


def test_a_pack_of_statements_has_its_schemata_before_its_properties(tmp_path: Path) -> None:
    assert ftm.recognise("statements.pack.csv", PACKED)
    found = loaded(tmp_path, PACKED, name="statements.pack.csv")
    assert term("foaf:Person") in found.said("rdf:type", entity("p"))
    assert found.said("ownedBy", entity("o")) == [entity("p"), entity("p")]
    assert found.reasons == {ftm_model.PRIVATE: 1}
    assert "2001-01-01" not in str([one.claim for one in found.attestations])
    assert "2001-01-01" not in str([one.value for one in found.quarantined])


def test_a_statement_of_no_schema_is_not_taken_for_one_of_anything(tmp_path: Path) -> None:
    text = "entity_id,prop,value,dataset\np,birthDate,2001-01-01,dock\n"
    found = loaded(tmp_path, text, name="statements.csv")
    assert [one.column for one in found.quarantined] == ["schema"]
    assert set(found.fates) == {Fate.QUARANTINED}
    assert found.said("describedAs") == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("w,w2,owner,entity,Ownership,p,f", id="a relation"),
        pytest.param("w,w2,number,identifier,Passport,X1,f", id="a paper"),
        pytest.param("w,w2,name,name,Person,Bo,t", id="a candidate"),
    ],
)
def test_a_judgement_may_be_on_what_nothing_else_tells_the_kind_of(
    tmp_path: Path, statement: str
) -> None:
    names = "canonical_id,entity_id,prop,prop_type,schema,value,external,dataset,first_seen"
    rows = ["p,p,name,name,Person,Ada,f", "w,w2,asset,entity,Ownership,p,f", statement]
    text = "\n".join([names, *[f"{row},dock,2031-01-01" for row in rows]])
    path = tmp_path / "harbour.statements.csv"
    path.write_text(text, encoding="utf-8")
    report = ingest(GenerationStore(tmp_path / "data"), "ftm", path, Given())
    assert report.new > 0
    judged = read(Sample("ftm", path)).records
    assert [one.first for one in judged if isinstance(one, IdentityJudgement)] == [entity("w")]
