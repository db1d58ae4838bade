"""Loads made up at random, in tiny portions, derive what deriving from nothing derives."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders.evidence import Evidence, name_of
from loaders.records import Attestation, Claim, Part
from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.store import GenerationStore
from ontology import term
from ontology.identity import Qualifier, Term
from tests.world import MINT, World, claim, document, implies, is_a, said, same, thing, tie

SEEDS: Final = 20  # of thousands that were tried
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_PEOPLE: Final = ("ann", "ann", "bob", "outlet-of-paper")
_STANCES: Final = ("Assertion", "Denial", "Question", "Allegation", "Retraction")
_KINDS: Final = ("Outlet", "UnnamedSpeaker", "Analyst", "foaf:Person")
_SIGNING: Final = ("bob", "x0", "x1", "x2")  # in what is said by "joint"
_TIES: Final = ("speaksFor", "ownedBy", "name", "cosignatory", "cosignatory")
_PAPERS: Final = ("paper", "wire")
_HEADLINE: Final = Part(term("headline"), 0, 10)
_WORDS: Final = ("supports", "operatedBy", "removedCount", "name", "rdf:type")
_DECIMALS: Final = tuple(  # one to the engine
    Literal(text, datatype=term("xsd:decimal")) for text in ("0.5", "0.50")
)
_QUALIFIERS: Final[tuple[Qualifier, ...]] = (
    (term("platform"), term("facebook")),
    *[(term("scope"), one) for one in _DECIMALS],
)


class Late(Future[None]):
    """What the engine is still to store of a portion: it does so when it is waited for."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = act

    def result(self, timeout: float | None = None) -> None:
        if self._act:
            act, self._act = self._act, None
            act()


class LateThread(ThreadPoolExecutor):
    """An engine that has stored some of a portion, or nothing, while the next is sifted."""

    chance = Random(0)

    def submit(self, store: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        pieces, *_ = given
        lines = [line for piece in pieces for line in piece.split(b"\n") if line]
        self.chance.shuffle(lines)
        cut = self.chance.choice([0, self.chance.randrange(len(lines) + 1)])
        store([b"\n".join(lines[:cut])])
        return Late(lambda: store([b"\n".join(lines[cut:])]))


@dataclass
class Source:
    """Evidence made up at random, much of it like other evidence or near it."""

    chance: Random
    is_lively: bool  # much of it decides who stands behind what
    claims: list[Claim] = field(default_factory=list)
    given: list[Evidence] = field(default_factory=list)

    def records(self) -> Iterator[list[Evidence]]:
        """Yield the batches of one load."""
        for _ in range(self.chance.randint(2, 6)):
            batch = [one for _ in range(self.chance.randint(1, 8)) for one in self._records()]
            self.given += batch
            yield batch

    def some(self) -> list[Evidence]:
        """Return some of what was given."""
        return self.chance.sample(self.given, min(3, len(self.given)))

    def _records(self) -> list[Evidence]:
        """Return a record, or a joint speaker and one who may speak in it on the same claim."""
        record = self._record()
        if not isinstance(record, Attestation) or self.chance.random() < 0.6:
            return [record]
        who = self.chance.choice(["joint", *_SIGNING])
        return [said(record.claim, "joint"), said(record.claim, who)]

    def _record(self) -> Evidence:
        kind = self.chance.random() * (1 if self.is_lively else 10)
        if kind < 0.05:
            if self.chance.random() < 0.5:
                return same(self.chance.choice(_SIGNING), self.chance.choice(_SIGNING))
            return same(self._thing(), self._thing())
        if kind < 0.1:
            return implies(self._claim(), self._claim())
        if kind < 0.35:
            return self._tie()
        if kind < 0.45 and self.given:
            return self.chance.choice(self.given)
        return self._said()

    def _said(self) -> Attestation:
        what, pick = self._claim(), self.chance.choice
        if self.chance.random() < 0.8:  # like others, so that they are examples of it
            return said(what, "ann")
        if pick([True, False]):  # somebody of whom other portions may say something
            return said(what, self._thing())
        chain = [pick(_PEOPLE) for _ in range(self.chance.randrange(3))]
        parts = [_HEADLINE] if self.is_lively and self.chance.random() < 0.2 else []
        paper, at = pick(_PAPERS), pick([0, 20])
        return said(what, *chain, stance=pick(_STANCES), in_=paper, at=at, parts=parts)

    def _claim(self) -> Claim:
        new = self._near() if self.claims and self.chance.random() < 0.3 else self._new()
        self.claims.append(new)
        return new

    def _new(self) -> Claim:
        pick, word = self.chance.choice, self.chance.choice(_WORDS)
        value: Term = thing(self._thing())
        if word == "removedCount":
            value = pick([Literal(5), Literal(7), *_DECIMALS])
        qualifiers = pick([(), (pick(_QUALIFIERS),)])
        return Claim(thing(self._thing()), term(word), value, qualifiers)

    def _near(self) -> Claim:
        """Return a claim that may share triple, slot or aspect with an earlier one."""
        pick = self.chance.choice
        old = pick(self.claims[-8:])
        if old.predicate == term("removedCount") and pick([True, False]):
            old = old._replace(object=pick([Literal(5), Literal(7), *_DECIMALS]))
        return old._replace(qualifiers=pick([(), old.qualifiers, (pick(_QUALIFIERS),)]))

    def _tie(self) -> Attestation:
        pick, kind = self.chance.choice, self.chance.randrange(5)
        if kind == 0:
            return is_a(self._thing(), pick(_KINDS))
        if kind == 1:
            return tie(thing(self._thing()), pick(_TIES), thing(self._thing()))
        if kind == 2:
            copy = pick([document("paper"), MINT.passage(document("paper"), 0, 10)])
            return tie(copy, "prov:wasQuotedFrom", document("wire"))
        if kind == 3:
            one, other = (thing(pick(_SIGNING)) for _ in range(2))
            signed = tie(thing("joint"), "cosignatory", one)
            denied = said(signed.claim, stance=pick(_STANCES))
            return pick([signed, signed, denied, tie(one, "speaksFor", other)])
        word = pick(["schema:publisher", "schema:author", "wireCredit"])
        return tie(document(pick(_PAPERS)), word, thing(pick(_PEOPLE)))

    def _thing(self) -> str:
        return self.chance.choice([*_PEOPLE, "joint", *[f"x{number}" for number in range(12)]])


@pytest.fixture(params=[ThreadPoolExecutor, LateThread], ids=["at once", "late"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.portions.ThreadPoolExecutor", request.param)


@pytest.mark.usefixtures("engine")
def test_who_speaks_in_what_is_being_stored_is_named_by_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.portions._TOLD_AT_FIRST", 3)
    things = (thing(f"x{number}") for number in range(3))
    first = [said(Claim(one, term("supports"), thing("y")), "cid") for one in things]
    named = (Claim(thing(one), term("name"), Literal(one.title())) for one in ("x4", "cid"))
    second = [said(what, "ann") for what in named]  # the first is the example
    with GenerationStore(tmp_path).write("x") as draft:
        run = Run(Portions(draft, MINT), "x", "y", _BEGIN, strict=True)
        with closing(run.portions):
            run.take(first)
            run.take(second)
            run.portions.settle()
        (chain,) = draft.quads(name_of(first[1], MINT), term("chain"), None)
        assert str(chain.object).startswith('"Cid < ')
        draft.abandon()


@pytest.mark.usefixtures("engine")
def test_a_claim_is_held_against_each_portion_that_waits_to_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.portions._TOLD_AT_FIRST", 1)
    monkeypatch.setattr("onrecord.portions._TOLD_AT_ONCE", 1)
    counts = [("x0", 5), ("x1", 5), ("x2", 5), ("x1", 7), ("x3", 5), ("x4", 5), ("x3", 7)]
    told = [said(claim(name, "removedCount", number), "ann") for name, number in counts]
    for seed in range(5):
        monkeypatch.setattr(LateThread, "chance", Random(seed))
        with GenerationStore(tmp_path / f"{seed}").write("x") as draft:
            world = World(draft)
            run = Run(Portions(draft, MINT), "x", "y", _BEGIN, strict=True)
            with closing(run.portions):
                for one in told:  # the first is the example of all others
                    run.take([one])
                run.portions.settle()
            world.note(*told)
            assert world.status(told[1].claim) == world.status(told[3].claim) == "contradicted"
            assert world.lines() == world.rebuilt()
            draft.abandon()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("is_lively", [False, True], ids=["data", "articles"])
def test_loads_at_random_derive_what_a_rebuild_derives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_lively: bool
) -> None:
    for seed in range(SEEDS):
        chance = Random(seed)
        monkeypatch.setattr(LateThread, "chance", chance)
        monkeypatch.setattr("onrecord.portions._TOLD_AT_FIRST", chance.randint(1, 6))
        monkeypatch.setattr("onrecord.portions._TOLD_AT_ONCE", chance.randint(1, 6))
        source = Source(chance, is_lively)
        with GenerationStore(tmp_path / f"{seed}").write("x") as draft:
            world = World(draft)
            for load in range(chance.randint(1, 3)):
                begin = _BEGIN + timedelta(load)
                run = Run(Portions(draft, MINT), "x", "y", begin, strict=True)
                with closing(run.portions):
                    for records in source.records():
                        run.take(records)
                        world.note(*records)
                    run.portions.settle()
                if chance.random() < 0.3:
                    world.withdraw(*source.some())
                found = world.lines()
                assert found == world.rebuilt(), seed
            draft.abandon()
