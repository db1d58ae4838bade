"""A load that is killed at any moment, while the record is served: nobody notices."""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic
from urllib.error import URLError

from onrecord.store import restore
from tests.endpoint import Endpoint, served
from tests.harbour import changed, copied

KILLS = 10
ROOT = Path(__file__).parents[1]
COUNT = (
    "SELECT ?case (COUNT(?att) AS ?number) { ?att rec:case ?case ; a rec:Attestation }"
    " GROUP BY ?case"
)


class Watch(threading.Thread):
    """Somebody who asks without pause what each case holds."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()
        self.errors: list[str] = []
        self.answers = 0
        self._endpoint = endpoint
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.02):
            try:
                rows = self._endpoint.select(COUNT)
            except (OSError, URLError) as error:
                self.errors.append(str(error))
            else:
                self.answers += 1
                self.seen |= {(row["case"], row["number"]) for row in rows}

    def stop(self) -> None:
        self._over.set()
        self.join()


def test_a_killed_load_is_never_seen(case_archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    restore(case_archive, data)
    cases = [renamed(tmp_path, number) for number in range(KILLS + 1)]
    began = monotonic()
    assert loaded(tmp_path / "alone", cases[0], 120)
    took, whole = monotonic() - began, held_by(tmp_path / "alone")
    with served(data) as endpoint:
        watch = Watch(endpoint)
        watch.start()
        patience = (random.uniform(0.2, 1.2) * took for _ in range(KILLS))
        killed = sum(not loaded(data, *one) for one in zip(cases[1:], patience, strict=True))
        assert loaded(data, cases[0], 120)
        watch.stop()
        last = {row["case"]: row["number"] for row in endpoint.select(COUNT)}
    assert watch.errors == []
    assert watch.answers > 100
    assert killed > 0
    assert {number for case, number in watch.seen if "harbour" in case} <= {whole}
    # who is killed after publication was killed too late
    assert KILLS + 1 - killed <= sum("harbour" in case for case in last) <= KILLS + 1
    assert not list(data.glob("generations/draft-*")) + list(data.glob("draft-*"))


def renamed(folder: Path, number: int) -> Path:
    """Copy the case under another name, so that it brings evidence of its own."""
    case = copied(folder, f"harbour-{number}")
    changed(case / "case.yaml", "name: harbour", f"name: harbour-{number}")
    return case


def loaded(data: Path, case: Path, patience: float) -> bool:
    """Load a case in a process of its own; kill that when patience ends."""
    command = [sys.executable, "-m", "onrecord", "load", "case", str(case)]
    environment = {**os.environ, "ONRECORD_DATA": str(data)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert process.wait(patience) == 0
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False
    return True


def held_by(data: Path) -> str:
    """Return how many attestations the only case of a record has."""
    with served(data) as endpoint:
        (row,) = endpoint.select(COUNT)
    return row["number"]
