"""What a load tells of what it brought counts each attestation once."""

from datetime import UTC, datetime
from pathlib import Path

from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.store import GenerationStore
from ontology import term
from tests.world import MINT, claim, said


def test_what_is_told_twice_counts_once_whichever_portion_it_comes_in(tmp_path: Path) -> None:
    with GenerationStore(tmp_path).write("x") as draft:
        run = Run(
            Portions(draft, MINT), "x", "y", datetime(2026, 1, 1, tzinfo=UTC), strict=True
        )
        twice = said(claim("x", "supports", "y"), "ann")
        run.take([twice, twice])
        run.portions.settle()
        run.take([twice])
        run.portions.settle()
        assert run.said[str(term("supports"))].times == len(run.fresh) == 1
        draft.abandon()
