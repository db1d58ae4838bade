"""What is new of sources: written and derived in portions, mostly in the background."""

from collections import deque
from collections.abc import Container
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord import derive
from onrecord.derive.alone import Examples, Lone, Told
from onrecord.derive.brought import Brought
from onrecord.derive.sieve import Sieve
from onrecord.standing import DEFAULT
from onrecord.store import Draft
from onrecord.store.bulk import SHARES
from ontology import term
from ontology.identity import Mint

_TOLD_AT_ONCE: Final = 4_000  # attestations: with what is derived of them, some 200,000 lines
_TOLD_AT_FIRST: Final = 1_000  # so that the engine has work early; each portion adds as many
_OCTETS_AT_ONCE: Final = 100_000_000
_WAITING: Final = 1  # portions, so that the engine finds the next one when it is done with one


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A portion in the engine's hands: the draft shows all, some or none of it."""

    work: Future[None]
    shareable: frozenset[str] = frozenset()  # its claims, and what others may share with them
    nodes: set[str] = field(default_factory=set)  # its attestations


class Portions:
    """Gathers what is new, and writes it when there is enough.

    Three portions are in memory at most: the engine stores one, another waits for it, and the
    next one is read, and looked through for claims that stand alone.
    """

    def __init__(self, draft: Draft, mint: Mint) -> None:
        self.draft = draft
        self.mint = mint
        self._told: list[Told] = []
        self._nodes: set[str] = set()  # of attestations
        self._beside: set[str] = set()  # of all else, which is in the draft once it is settled
        self._places: list[bytes] = []
        self._at: list[int] = []  # for each attestation, where its place is among these
        self._ahead: set[int] = set()  # places of what is no attestation
        self._octets: list[bytes] = []
        self._size = 0
        self._changed: set[NamedNode] = set()
        self._at_once = _TOLD_AT_FIRST
        self._datasets: dict[str, NamedNode | None] = {}  # the run that brought each first
        self._brought = Brought.into(draft)
        self._examples = Examples()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="onrecord-store")
        self._last = ThreadPoolExecutor(1, thread_name_prefix="onrecord-store-last")
        self._leaving: deque[_Leaving] = deque()

    def begin(self, octets: bytes) -> None:
        """Let the engine store some N-Quads while the first portion is gathered."""
        self._leaving.append(_Leaving(self._thread.submit(self.draft.load_octets, [octets])))

    def __contains__(self, node: str) -> bool:
        """Return whether something of a node waits to be written, or is being stored."""
        if node in self._nodes or node in self._beside:
            return True
        return any(node in portion.nodes for portion in self._leaving)

    def tells(self, node: str) -> bool:
        """Return whether an attestation that the draft does not have waits to be written."""
        return node in self._nodes

    def is_first(self, dataset: str, run: NamedNode) -> bool:
        """Return whether nothing of a dataset was there before a run."""
        if dataset not in self._datasets:
            known = self.draft.quads(None, term("dataset"), Literal(dataset), DEFAULT)
            self._datasets[dataset] = run if next(known, None) is None else None
        return self._datasets[dataset] == run

    def tell(self, one: Told) -> None:
        """Take an attestation that the draft does not have."""
        self._nodes.add(one.node)
        self._told.append(one)
        self._at.append(len(self._places) - 1)

    def place(self, octets: bytes) -> None:
        """Take what is said of a place, at which stands all that comes until the next one."""
        self._places.append(octets)

    def add(self, node: str, octets: bytes) -> None:
        """Take what is no attestation, or what one lacks in the draft."""
        self._beside.add(node)
        self._octets.append(octets)
        self._size += len(octets)
        self._ahead.add(len(self._places) - 1)

    def changed(self, node: NamedNode) -> None:
        """Let what follows from a piece of evidence be derived anew."""
        self._changed.add(node)

    def settle_if_full(self) -> None:
        """Write what there is, once it is enough."""
        waiting = len(self._told) + len(self._beside)
        if waiting < self._at_once and self._size < _OCTETS_AT_ONCE:
            return
        nodes = self._nodes
        rest, shareable = self._taken()
        self._join(_WAITING)
        work = self._thread.submit(self.draft.load_octets, rest)
        self._leaving.append(_Leaving(work, shareable, nodes))
        self._at_once = min(self._at_once + _TOLD_AT_FIRST, _TOLD_AT_ONCE)

    def settle(self) -> None:
        """Write what there is, and derive what follows from it, to the end."""
        is_much = len(self._told) >= _TOLD_AT_FIRST
        rest, _ = self._taken()
        if not is_much:  # and so a transaction, of which there may be one at a time
            self._join()
        # beside what is still being stored; what goes wrong is told to whoever waits again
        self._leaving.append(_Leaving(self._last.submit(self.draft.load_octets, rest, SHARES)))
        self.wait()

    def _taken(self) -> tuple[list[bytes], frozenset[str]]:
        """Derive what there is, and begin anew; return what to write, and what it may share."""
        if self._ahead or self._octets or self._changed:
            self.wait()
            # first judgements and what comes back, since no claim that they reach stands alone
            self._derive([*self._standing(self._ahead), *self._octets], self._changed)
            if self._changed:  # which may have brought claims
                self._brought = Brought.into(self.draft)
        before = frozenset[str]().union(*[portion.shareable for portion in self._leaving])
        sieve = Sieve(self.draft, self.mint, self._told, before, self._brought)
        rest = self._derived(*sieve.sift())
        self._told, self._nodes, self._beside = [], set(), set()
        self._octets, self._changed = [], set()
        self._places, self._at, self._ahead, self._size = [], [], set(), 0
        return rest, sieve.coming

    def _derived(self, alone: list[Lone], crowd: list[Told]) -> list[bytes]:
        """Write and derive the crowd and some examples; return all else, with what follows.

        The engine stores what is written beside all else in files of their own, for which it
        has to put its larger ones together earlier: so an example serves later portions too.
        """
        if crowd:
            self._examples = Examples()
        shown = self._examples.lacking(alone)
        told = [*crowd, *shown]
        if told:
            self._join()  # since only one may write
        given = {one.node for one in told}
        at = zip(self._told, self._at, strict=True)
        near = {place for one, place in at if one.node in given} - self._ahead
        if told:
            self._derive(
                [*self._standing(near), *[one.octets for one in told]],
                {NamedNode(one.node) for one in told},
            )
            self._examples.learn(self.draft, shown)
        rest = self._standing(set(range(len(self._places))) - near - self._ahead)
        rest += [one.octets for lone in alone for one in lone.told if one.node not in given]
        like = [lone for lone in alone if lone.told[0].node not in given]
        rest.append("\n".join(self._examples.derived(like)).encode())
        return rest

    def _standing(self, at: Container[int]) -> list[bytes]:
        """Return what is said of some places."""
        return [octets for place, octets in enumerate(self._places) if place in at]

    def _derive(self, octets: list[bytes], changed: set[NamedNode]) -> None:
        self.draft.load_octets(octets)
        derive.update(self.draft, self.mint, changed)

    def wait(self) -> None:
        """Wait until all that was settled is in the draft; raises what went wrong.

        Whoever waits may write what the examples do not follow.
        """
        self._join()
        self._examples = Examples()

    def _join(self, most: int = 0) -> None:
        """Wait until at most so many portions are in the engine's hands."""
        while len(self._leaving) > most:
            self._leaving[0].work.result()
            self._leaving.popleft()

    def close(self) -> None:
        """Let the engine end what it does, so that nothing is written to a removed draft."""
        self._thread.shutdown()
        self._last.shutdown()
