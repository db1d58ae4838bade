"""The short version of `bench/soak.py`, which by hand runs for ten minutes."""

from pathlib import Path

import pytest

from bench.soak import Report, soak

_MB = 1_000_000


def test_half_a_minute_of_mixed_load_leaves_no_trace(tmp_path: Path) -> None:
    report = soak(tmp_path / "data", seconds=30, every=3)
    print(report)
    assert report.faults == []
    assert report.good > 100
    assert report.hostile > 5
    assert report.published > 3


@pytest.mark.parametrize(
    ("server", "is_fault"),
    [
        pytest.param([70, 90, 110, *[120] * 57], False, id="caches that fill"),
        pytest.param([100, 300] * 30, False, id="large answers now and then"),
        pytest.param(range(100, 160), True, id="a megabyte a second"),
        pytest.param([100] * 40 + [140] * 20, True, id="a step that stays"),
    ],
)
def test_only_what_grows_on_is_a_fault(server: list[int], is_fault: bool) -> None:
    report = Report(server=[size * _MB for size in server], idle=[80 * _MB], files=[9])
    assert bool(report.faults) == is_fault


def test_an_idle_worker_that_holds_much_is_a_fault() -> None:
    report = Report(server=[_MB] * 60, idle=[80 * _MB, 150 * _MB], files=[9])
    assert report.faults == ["an idle worker holds 150,000,000 bytes"]
