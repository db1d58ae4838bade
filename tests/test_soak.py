"""The short version of `bench/soak.py`, which by hand runs for ten minutes."""

from pathlib import Path

from bench.soak import soak


def test_half_a_minute_of_mixed_load_leaves_no_trace(tmp_path: Path) -> None:
    report = soak(tmp_path / "data", seconds=30, every=3)
    print(report)
    assert report.faults == []
    assert report.good > 100
    assert report.hostile > 5
    assert report.published > 3
