"""Work in processes that can be killed: what one job does, no other feels."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import (
    LimitReached,
    Stopped,
    TooBusy,
    TooDeep,
    TooLong,
    TooMuchMemory,
    TooSlow,
)
from onrecord.limits import Limits
from onrecord.store import restore
from onrecord.workers import Fault, Pool
from tests.checkout import ROOT
from tests.endpoint import eventually
from tests.trials import Broken, Calling, Crashing, Endless, Fine, Greedy

LIMITS = Limits(
    readers=2,
    queue=1,
    queue_seconds=0.3,
    query_seconds=3,
    reader_megabytes=300,
    held_bytes=100_000,
    result_bytes=50_000_000,
)


@pytest.fixture(scope="module")
def pool(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    data = tmp_path_factory.mktemp("pool") / "data"
    restore(case_archive, data)
    found = Pool(data, 3, LIMITS)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def everyone_is_back(pool: Pool) -> Iterator[None]:
    yield
    assert pool.running() == []
    assert pool.answer(Fine(10), "after").held == b"x" * 10


def test_a_short_answer_comes_whole(pool: Pool) -> None:
    answer = pool.answer(Fine(1000), "test")
    assert (answer.held, answer.rest) == (b"x" * 1000, None)


def test_a_long_answer_comes_while_it_is_made(pool: Pool) -> None:
    answer = pool.answer(Fine(2_000_000), "test")
    assert len(answer.held) < 500_000
    assert sum(map(len, answer)) == 2_000_000


def test_an_answer_that_nobody_reads_on_frees_its_reader(pool: Pool) -> None:
    for _ in range(6):
        pool.answer(Fine(2_000_000), "test").close()


def test_a_fault_of_ours_is_told_with_its_trace(pool: Pool) -> None:
    with pytest.raises(Fault, match="ZeroDivisionError: secret detail"):
        pool.answer(Broken(), "test")


@pytest.mark.parametrize(
    ("job", "refusal"),
    [
        (Endless(), TooSlow),
        (Greedy(), TooMuchMemory),
        (Crashing(signal.SIGSEGV), TooDeep),
        (Crashing(signal.SIGABRT), TooMuchMemory),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_job_past_its_limits_is_refused(
    pool: Pool, job: Endless | Greedy | Crashing, refusal: type[LimitReached]
) -> None:
    with pytest.raises(refusal):
        pool.answer(job, "test")


@pytest.mark.parametrize(
    ("job", "refusal"), [(Endless(500_000), TooSlow), (Greedy(500_000), TooMuchMemory)]
)
def test_an_answer_that_is_cut_never_looks_whole(
    pool: Pool, job: Endless | Greedy, refusal: type[LimitReached]
) -> None:
    answer = pool.answer(job, "test")
    with pytest.raises(refusal):
        list(answer)


def test_an_answer_has_an_end(pool: Pool) -> None:
    with pytest.raises(TooLong, match="50,000,000 bytes"):
        list(pool.answer(Fine(60_000_000), "test"))


def test_time_in_which_the_client_does_not_read_is_not_counted(pool: Pool) -> None:
    answer = pool.answer(Fine(5_000_000), "test")
    pieces = iter(answer)
    found = len(next(pieces))
    time.sleep(3.5)  # longer than a query may take
    assert found + sum(map(len, pieces)) == 5_000_000


def test_the_line_has_an_end(pool: Pool) -> None:
    busy = [threading.Thread(target=_ended, args=(pool, Endless())) for _ in range(2)]
    for thread in busy:
        thread.start()
    while len(pool.running()) < 2:
        time.sleep(0.01)
    waiting = threading.Thread(target=_ended, args=(pool, Fine(1)))
    waiting.start()
    while not pool.waiting:
        time.sleep(0.01)
    with pytest.raises(TooBusy, match="2 queries run and 1 wait"):
        pool.answer(Fine(1), "test")
    for thread in (*busy, waiting):
        thread.join()


def test_an_operator_can_stop_a_job(pool: Pool) -> None:
    stopper = threading.Thread(target=_stop_the_first, args=(pool,))
    stopper.start()
    with pytest.raises(Stopped, match="operator"):
        pool.answer(Endless(), "test", client="192.0.2.1")
    stopper.join()
    assert not pool.stop(10_000)


def test_a_job_whose_client_left_is_ended(pool: Pool) -> None:
    began = time.monotonic()
    with pytest.raises(Stopped, match="nobody"):
        pool.answer(Endless(), "test", is_gone=lambda: time.monotonic() > began + 0.2)
    assert time.monotonic() < began + LIMITS.query_seconds


def test_a_reader_that_died_idle_is_replaced(pool: Pool) -> None:
    for reader in list(pool._free):
        os.kill(reader.pid, signal.SIGKILL)
        while reader.is_alive:
            time.sleep(0.01)
    assert pool.answer(Fine(5), "test").held == b"xxxxx"


def test_a_worker_reaches_no_network(pool: Pool) -> None:
    if not pool.is_walled:
        pytest.skip("the kernel makes no network namespace here")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert b"unreachable" in pool.answer(Calling("127.0.0.1", port), "test").held


def test_a_busy_worker_ends_with_its_server(case_archive: Path, tmp_path: Path) -> None:
    restore(case_archive, tmp_path / "data")
    command = [sys.executable, "-m", "tests.lost_server", str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        reader = Path("/proc") / server.stdout.readline().strip()
        assert reader.exists()
        server.kill()
    eventually(lambda: not reader.exists() or None)


def _ended(pool: Pool, job: Endless | Fine) -> None:
    try:
        pool.answer(job, "test")
    except LimitReached:
        return


def _stop_the_first(pool: Pool) -> None:
    while not (found := pool.running()):
        time.sleep(0.01)
    assert (found[0].what, found[0].client) == ("test", "192.0.2.1")
    assert pool.stop(found[0].number)


def test_readers_that_die_at_their_start_are_replaced(
    case_archive: Path, tmp_path: Path
) -> None:
    restore(case_archive, tmp_path / "data")
    pool = Pool(tmp_path / "data", 3, LIMITS)
    try:
        pool.answer(Fine(1), "test")
        until = time.monotonic() + 3
        while time.monotonic() < until:
            for reader in [*pool._free, *(loan.reader for loan in pool._lent.values())]:
                reader.kill("operator")
            time.sleep(0.001)
        assert pool._keeper.is_alive()
        assert pool.answer(Fine(5), "test").held == b"xxxxx"
    finally:
        pool.close()
