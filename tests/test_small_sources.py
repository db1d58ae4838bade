"""Sources of one command are written together: what is published is as if one by one."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import pytest

from loaders.given import Given, Terms
from onrecord import ahead, course, portions
from onrecord.course import Course
from onrecord.export import export
from onrecord.ingest import ingest_all
from onrecord.loads import Load, Report
from onrecord.runs import runs
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology.identity import Mint

MINT: Final = Mint()
SEEDS: Final = 4  # of hundreds that were tried
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_SERIES: Final = "publisher,subject,platform,metric,value,time,time_zone"
_ACCOUNTS: Final = "publisher,platform,id,handle,network,said_by,source_url"
_REVIEW: Final = Path(__file__).with_name("data") / "claimreview" / "harbour-feed.json"
# what differs from one command to the next, whatever they load
_OF_THE_MOMENT: Final = re.compile(r"(startedAtTime|endedAtTime|generation|inputManifest)>")


def _clock() -> Callable[[], datetime]:
    minutes = count()
    return lambda: _BEGIN + timedelta(minutes=next(minutes))


def _series(chance: Random) -> str:
    rows = chance.sample(range(6), chance.randint(1, 3))
    said = (f"Watch,#tag{row},Twitter,tweets,{row},2031-04-02T15:30:00,UTC" for row in rows)
    return "\n".join([_SERIES, *said, ""])


def _accounts(chance: Random) -> str:
    rows = chance.sample(range(6), chance.randint(1, 3))
    said = (
        f"Watch,Twitter,90{row},Name{row},Net,Crane,https://c.example/{row}" for row in rows
    )
    return "\n".join([_ACCOUNTS, *said, ""])


def _exported(folder: Path, loads: list[Load]) -> Load:
    store, path = GenerationStore(folder / "other"), folder / "record.nq"
    ingest_all(store, loads, now=_clock())
    with store.read() as snapshot, path.open("wb") as output:
        export(snapshot, output, "nquads")
    return Load("rdf", path, Given(MINT))


def _sources(folder: Path, chance: Random) -> list[Load]:
    """Return small sources that say much of the same: copies, versions, exports, a bad one."""
    loads: list[Load] = []
    for at in range(7):
        loader, write = chance.choice([("series", _series), ("accounts", _accounts)])
        path = folder / str(at) / f"{chance.choice('abc')}.csv"
        path.parent.mkdir()
        path.write_text(write(chance), "utf-8")
        loads.append(Load(loader, path, Given(MINT)))
    copy = folder / "copy.csv"
    shutil.copy(loads[0].path, copy)
    bad = folder / "bad.json"
    bad.write_text("{", "utf-8")
    loads += [
        Load(loads[0].loader, copy, Given(MINT)),
        _exported(folder, chance.sample(loads, 3)),
        Load("claimreview", bad, Given(MINT)),
        Load("claimreview", _REVIEW, Given(MINT)),
    ]
    chance.shuffle(loads)
    return loads


def test_what_is_kept_of_others_counts_by_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "_READ_AT_ONCE", 100)
    path = tmp_path / "others.nt"
    spelled = "<https://c.example/{}> <https://c.example/is> <https://c.example/it> .\n"
    path.write_text("".join(map(spelled.format, range(100))), "utf-8")
    load = Load("rdf", path, Given(MINT, terms=Terms(publisher="Crane")))
    with GenerationStore(tmp_path / "store").write("x") as draft:
        with closing(Course(draft, MINT, False, False, _clock())) as together:
            together.take(load, ahead.batches((load.loader, path, load.given)), lambda *_: None)
            assert len(runs(draft)) == 1
        draft.abandon()


def _lines(store: GenerationStore) -> list[str]:
    """Return what is published, the runs by their numbers."""
    with store.read() as snapshot:
        known = sorted(runs(snapshot), key=lambda run: run.started)
        number = {run.iri.value: f"run:{at}" for at, run in enumerate(known)}
        lines = [str(quad) for quad in snapshot.quads()]
    named = re.compile("|".join(map(re.escape, number)))
    kept = (line for line in lines if not _OF_THE_MOMENT.search(line))
    return sorted(named.sub(lambda run: number[run[0]], line) for line in kept)


def _counted(reports: list[Report]) -> Iterator[tuple[object, ...]]:
    for one in reports:
        counts = one.read, one.new, one.known, one.missing, one.kept, one.kept_new
        yield one.load.path, bool(one.run), counts, dict(one.fates), bool(one.refused)


def _one_by_one(
    store: GenerationStore, loads: list[Load], now: Callable[[], datetime]
) -> list[Report]:
    """Load each source by a command of its own, but the bad one."""
    found: list[Report] = []
    for one in loads:
        if one.path.stem == "bad":
            found.append(Report(one, refused="it is no JSON"))
        else:
            found += ingest_all(store, [one], now=now)
    return found


@pytest.mark.parametrize("seed", range(SEEDS))
def test_sources_of_one_command_are_as_if_they_came_one_by_one(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)
    loads = _sources(tmp_path, chance)
    monkeypatch.setattr(course, "_READ_AT_ONCE", chance.choice([1, 60, 4_000]))
    monkeypatch.setattr(portions, "_TOLD_AT_FIRST", chance.choice([3, 30, 1_000]))
    stores = GenerationStore(tmp_path / "one by one"), GenerationStore(tmp_path / "together")
    clocks = _clock(), _clock()
    before = chance.sample([one for one in loads if one.path.stem != "bad"], 3)
    gone = MINT.document(before[0].path.read_bytes())
    for store, now in zip(stores, clocks, strict=True):
        _one_by_one(store, before, now)
        withdraw(store, MINT, document=gone, reason="a test", now=now)
    alone = _one_by_one(stores[0], loads, clocks[0])
    together = ingest_all(stores[1], loads, now=clocks[1])
    assert list(_counted(together)) == list(_counted(alone))
    assert _lines(stores[1]) == _lines(stores[0])
