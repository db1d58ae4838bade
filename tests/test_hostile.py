"""Hostile inputs: each is answered or refused in time, and nobody else feels it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from onrecord.store import GenerationStore, restore
from tests.hostile import ATTACKS, ring
from tests.hostile.attack import Attack, asked
from tests.hostile.page import PAGE, page
from tests.hostile.target import Target, target

SECONDS: Final = 2  # that a query may take
NOISE: Final = 3.0  # seconds that a busy machine may add
PACE: Final = 5_000_000  # bytes of an answer that it moves in a second, at least
MARGIN: Final = 150_000_000  # bytes: a reader keeps 48 MB at most, the server some buffers
FILES: Final = 15  # a reader that is replaced, a connection that is being closed
EASY: Final = asked("ASK {}")


@pytest.fixture(scope="module")
def aim(case_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    data = tmp_path_factory.mktemp("hostile") / "data"
    restore(case_archive, data)
    with GenerationStore(data).write("a ring") as draft:
        draft.insert(ring.quads())
    limits = {
        "readers": "2",
        "query_seconds": f"{SECONDS}",
        "sending_seconds": f"{SECONDS}",
        "reader_megabytes": "300",
    }
    with target(data, **limits) as found:
        for _ in range(4):
            assert found.send(EASY).outcome == "200"
        yield found


@pytest.fixture(scope="module")
def before(aim: Target) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """What the server uses, and what is written, before anybody means harm."""
    return aim.memory() + MARGIN, aim.files() + FILES, aim.written()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_harms_nobody(
    aim: Target, before: tuple[int, int, dict[str, tuple[int, int]]], attack: Attack
) -> None:
    memory, files, written = before
    reply = aim.send(attack.sent)
    easy = aim.send(EASY)
    assert (easy.outcome, easy.seconds < 1 + NOISE) == ("200", True)
    assert reply.outcome in attack.outcome.split(" or "), reply.text[:400]
    assert attack.told in reply.text
    assert [said for said in attack.never if said in reply.text] == []
    # a query's own time is limited, not the time in which its answer goes over the wire
    assert reply.seconds < SECONDS + 1 + NOISE + len(reply.body) / PACE
    until = time.monotonic() + 5
    while aim.memory() > memory or aim.files() > files:
        assert time.monotonic() < until, (aim.memory(), aim.files())
        time.sleep(0.05)
    assert (aim.calls, aim.written()) == ([], written)
    assert [line for line in aim.log() if "Traceback" in line] == []


def test_the_page_says_what_is_tried() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.hostile.page`"


def test_each_attack_has_a_name_of_its_own() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) > 300
