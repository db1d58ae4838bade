"""Whatever is written, undone and read, the store does as a dictionary would."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pyoxigraph import Literal, NamedNode, Quad

from onrecord.store import GenerationStore, Snapshot

KEEP = 2
SAYS = NamedNode("http://example.org/says")
words = some.sampled_from("abcd").map(lambda word: Quad(SAYS, SAYS, Literal(word)))
Facts = frozenset[Quad]


class History(RuleBasedStateMachine):
    """The kept generations as sets of quads, beside the store that should agree."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = GenerationStore(self.folder, keep=KEEP)
        self.kept: dict[int, Facts] = {}
        self.current = 0
        self.newest = 0
        self.readers: list[tuple[Snapshot, ExitStack]] = []

    def teardown(self) -> None:
        while self.readers:
            self.stop_reading()
        shutil.rmtree(self.folder)

    @rule(added=some.sets(words), removed=some.sets(words))
    def write(self, added: set[Quad], removed: set[Quad]) -> None:
        before = self.kept.get(self.current, frozenset())
        with self.store.write("change") as draft:
            assert draft.insert(added) == len(added - before)
            assert draft.remove(removed) == len(removed & (before | added))
            assert set(draft.quads()) == (before | added) - removed
        self.prune()
        if added - before or removed & (before | added):
            self.newest += 1
            self.current = self.newest
            self.kept[self.newest] = (before | added) - removed
            self.prune()

    @rule(added=some.sets(words))
    def fail(self, added: set[Quad]) -> None:
        try:
            with self.store.write("fail") as draft:
                draft.insert(added)
                raise InterruptedError
        except InterruptedError:
            self.prune()

    @precondition(lambda self: len(self.kept) > 1)
    @rule(data=some.data())
    def rollback(self, data: some.DataObject) -> None:
        self.prune()
        self.current = data.draw(some.sampled_from(sorted(self.kept)))
        assert self.store.rollback(self.current).number == self.current

    @precondition(lambda self: self.kept)
    @rule()
    def start_reading(self) -> None:
        stack = ExitStack()
        self.readers.append((stack.enter_context(self.store.read()), stack))

    @precondition(lambda self: self.readers)
    @rule()
    def stop_reading(self) -> None:
        _, stack = self.readers.pop(0)
        stack.close()

    @rule()
    def start_anew(self) -> None:
        while self.readers:
            self.stop_reading()
        self.store = GenerationStore(self.folder, keep=KEEP)

    @invariant()
    def agrees(self) -> None:
        found = [(each.number, each.current) for each in self.store.generations()]
        assert found == [(number, number == self.current) for number in sorted(self.kept)]
        for snapshot, _ in self.readers:
            assert set(snapshot.quads()) == self.kept[snapshot.generation]
        if self.kept:
            with self.store.read() as snapshot:
                assert snapshot.generation == self.current
                assert set(snapshot.quads()) == self.kept[self.current]

    def prune(self) -> None:
        read = {snapshot.generation for snapshot, _ in self.readers}
        newest = set(sorted(self.kept)[-KEEP:])
        for number in set(self.kept) - newest - read - {self.current}:
            del self.kept[number]


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=12, stateful_step_count=8, deadline=None)
