"""Mutated files against every loader: no crash, no hang, no record unaccounted for.

`python -m bench.fuzz 10000` makes so many mutations for each loader, of all files of its own
in `tests/data`, and prints a line for each; `python -m bench.fuzz 10000 meta stix` for some.
What an analyst coded is taken from the case of the harbour, any file of which is mutated. A
mutation that a loader refuses as a whole (BadInput) is no fault; whatever else it raises, more
or fewer records accounted for than came across, a statement that is no N-Quads with whole IRIs,
and what takes longer than a minute are.
"""

import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory, gettempdir
from time import perf_counter
from typing import Final

from loaders import LOADERS
from loaders.evidence import Evidence, Writer, parsed
from loaders.given import Given, Terms
from loaders.records import Accounted, Total
from onrecord.errors import BadInput

DATA: Final = Path(__file__).parents[1] / "tests" / "data"
_SECONDS: Final = 60
_MAPPING: Final = ".mapping.yaml"
_SHIPPED: Final = Path(__file__).parents[1] / "loaders" / "mappings"
_MAPPED: Final = {"harbour-cases.csv": "euvsdisinfo.yaml", "harbour-log.xlsx": "newsroom.yaml"}
# what is read of the case of the harbour, all files of which go together
_CASE: Final = DATA / "harbour"
_CODED: Final = {
    "articles": ("documents/gazette.yaml", "documents/beacon.json"),
    "case": ("",),
    "claims": ("claims.csv", "claims.jsonl"),
}
_SIGNS: Final = (
    b'"', b",", b"\n", b"{", b"]", b"\xff", b"-1", b"\0", b"null", b"[.]", b"\t", b";", b": ",
    b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b"1e999", b"99999999999999999999", b"\r",
)  # fmt: skip


def mutated(whole: bytes, chance: random.Random) -> bytes:
    """Return a file with some octets replaced, removed, doubled, moved or put in."""
    found = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at, span = chance.randrange(len(found) + 1), chance.randint(1, 30)
        match chance.randrange(6):
            case 0:
                found[at : at + span] = chance.randbytes(span)
            case 1:
                del found[at : at + span]
            case 2:
                found[at:at] = found[at : at + span]
            case 3:
                found[at:at] = chance.choice(_SIGNS)
            case 4:
                other = chance.randrange(len(found) + 1)
                found[at:at] = found[other : other + span]
            case 5:
                del found[at:]
    return bytes(found)


def is_accounted_for(loader: str, path: Path, given: Given) -> bool:
    """Return whether a loader accounts for every record; True where it refuses the file.

    Raises SyntaxError for a statement that the engine would refuse were it to check the IRIs.
    """
    fates = records = 0
    writer, lines = Writer(given.mint), dict[str, None]()
    try:
        for record in LOADERS[loader].load(path, given):
            if isinstance(record, Evidence):
                lines.update(dict.fromkeys(writer.write(record).lines))
            fates += record.records if isinstance(record, Accounted) else 0
            records += record.records if isinstance(record, Total) else 0
    except BadInput:
        return True
    parsed(lines)
    return fates == records


def samples(loader: str) -> list[Path]:
    """Return the files that show the oddities of a format."""
    found = (path for path in (DATA / loader).glob("*") if path.is_file())
    return sorted(path for path in found if not path.name.endswith(_MAPPING))


def given_for(loader: str, path: Path) -> Given:
    """Return what a sample cannot tell by itself, and a person would."""
    if loader in _CODED:
        return Given(texts=_home(path) / "texts")
    terms = Terms(publisher="Harbour Desk") if loader == "rdf" else Terms()
    shipped = _MAPPED.get(path.name) if loader == "table" else None
    return Given(mapping=_SHIPPED / shipped if shipped else None, terms=terms)


def _home(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if (one / "texts").is_dir())


def fuzz(loader: str, times: int, seed: int = 1) -> Counter[str]:
    """Return how often which fault came up, none where all is well."""
    faults: Counter[str] = Counter()
    chance = random.Random(f"{loader} {seed}")
    with TemporaryDirectory(prefix="onrecord-fuzz-") as name:
        folder = Path(name) / "in"
        # a mapping may lie beside a table
        copytree(_CASE if loader in _CODED else DATA / loader, folder)
        files = _CODED.get(loader) or [path.name for path in samples(loader)]
        for _ in range(times):
            path = folder / chance.choice(files)
            target = chance.choice(_beside(loader, folder, path))
            whole = target.read_bytes()
            target.write_bytes(mutated(whole, chance))
            if fault := _fault(loader, path):
                faults[fault] += 1
            target.write_bytes(whole)
    return faults


def _beside(loader: str, folder: Path, path: Path) -> list[Path]:
    """Return a file and those that go with it, each of which may be damaged."""
    if loader in _CODED:
        return sorted(one for one in folder.rglob("*") if one.is_file())
    return [path, *folder.glob(f"{path.stem}{_MAPPING}")]


def _fault(loader: str, path: Path) -> str:
    try:
        with _bounded():
            given = given_for(loader, path)
            return "" if is_accounted_for(loader, path, given) else "unaccounted"
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        kept = Path(gettempdir()) / f"onrecord-fuzz-{loader}-{path.name}"
        if loader in _CODED:
            copytree(_home(path), kept, dirs_exist_ok=True)
        else:
            kept.write_bytes(path.read_bytes())
        where = f"{Path(last.filename).name}:{last.lineno}"
        return f"{type(error).__name__} at {where}: {error!s:.80} ({kept})"


@contextmanager
def _bounded() -> Iterator[None]:
    """Raise TimeoutError in what takes too long."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError(f"more than {_SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main(times: int, loaders: list[str]) -> int:
    """Print what each loader did; return 1 where one failed."""
    failed = False
    for loader in loaders or [name for name in LOADERS if name in _CODED or samples(name)]:
        started = perf_counter()
        faults = fuzz(loader, times)
        failed = failed or bool(faults)
        seconds = perf_counter() - started
        print(f"{loader:14} {times:7,} mutations {faults.total():5,} faults {seconds:7.0f} s")
        for fault, count in faults.most_common():
            print(f"    {count:5,} {fault}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100, sys.argv[2:]))
