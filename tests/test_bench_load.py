"""The benchmark of loads measures what a load does now, whatever its parts are called."""

import subprocess
import sys

from tests.checkout import ROOT


def test_the_benchmark_of_loads_reports_both_layouts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", "1"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows = (line.split() for line in done.stdout.splitlines())
    assert header[0] == "layout"
    assert [row[0] for row in rows] == ["archive", "agency"]
    assert all(float(seconds) > 0 for row in rows for seconds in row[4:6])
