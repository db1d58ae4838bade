"""The evidence that benchmarks are run on, and that updating with it equals rebuilding."""

from pathlib import Path

from bench.derive import evidence, report
from bench.generated import MINT, Source
from onrecord import derive
from onrecord.store import GenerationStore
from ontology import term


def test_one_seed_gives_one_source_and_another_another() -> None:
    first = evidence(Source("a", 50))
    assert first == evidence(Source("a", 50))
    assert first != evidence(Source("a", 50, seed=2))
    assert first.nodes.isdisjoint(evidence(Source("b", 50)).nodes)


def test_updating_with_one_source_after_the_other_equals_rebuilding(tmp_path: Path) -> None:
    with GenerationStore(tmp_path).write("generated") as draft:
        for source in (Source("a", 600), Source("b", 60), Source("a", 80, seed=2)):
            given = evidence(source)
            draft.load(given.lines)
            derive.update(draft, MINT, given.nodes)
        updated = sorted(map(str, draft.quads()))
        for word in ("status", "conflictsWith", "variantOf", "canonical", "deniedBy"):
            assert any(draft.quads(None, term(word), None))
        derive.rebuild(draft, MINT)
        assert updated == sorted(map(str, draft.quads()))
        draft.abandon()


def test_the_benchmark_reports_a_rebuild_and_an_update() -> None:
    assert [line.split()[0] for line in report(100)] == ["rebuild", "update"]
