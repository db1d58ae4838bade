"""Evidence of records with another base, read as this one names it."""

from dataclasses import replace
from pathlib import Path

from loaders import case
from loaders.evidence import Writer
from loaders.given import Given
from loaders.records import Attestation, Document, ImplicationJudgement
from ontology.identity import Mint
from tests.loading import Sample, read
from tests.test_loaders_rdf import DATA


def test_a_judgement_on_a_claim_about_a_claim_is_named_anew(tmp_path: Path) -> None:
    other = Mint("https://other.example/")
    told = list(case.load(DATA / "harbour", Given(mint=other)))
    (nested,) = (
        one.claim
        for one in told
        if isinstance(one, Attestation) and "/claim/" in str(one.claim.object)
    )
    (judged,) = (one for one in told if isinstance(one, ImplicationJudgement))
    evidence = [one for one in told if isinstance(one, Attestation | Document)]
    writer = Writer(other)
    lines = {
        line
        for one in (*evidence, replace(judged, premise=nested))
        for line in writer.write(one).lines
    }
    path = tmp_path / "dump.nt"
    path.write_text("\n".join(sorted(lines)), encoding="utf-8")
    found = read(Sample("rdf", path))
    assert found.reasons == {}
    (here,) = (one for one in found.records if isinstance(one, ImplicationJudgement))
    assert here.premise.predicate == nested.predicate
