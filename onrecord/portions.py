"""What is new of a source: written and derived in portions, mostly in the background."""

from collections.abc import Container
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode

from onrecord import derive
from onrecord.derive.alone import Sieve, Told, derived, examples
from onrecord.store import Draft
from ontology.identity import Mint

_TOLD_AT_ONCE: Final = 4_000  # attestations: with what is derived of them, some 200,000 lines


class Portions:
    """Gathers what is new, and writes it when there is enough.

    Two portions are in memory at most: the engine stores one while the next one is read.
    """

    def __init__(self, draft: Draft, mint: Mint) -> None:
        self._draft = draft
        self._mint = mint
        self._told: list[Told] = []
        self._nodes: set[str] = set()
        self._places: list[bytes] = []
        self._at: list[int] = []  # for each attestation, where its place is among these
        self._ahead: set[int] = set()  # places of what is no attestation
        self._octets: list[bytes] = []
        self._changed: set[NamedNode] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="onrecord-store")
        self._storing: Future[None] | None = None

    def __contains__(self, node: str) -> bool:
        """Return whether an attestation waits to be written."""
        return node in self._nodes

    def tell(self, one: Told) -> None:
        """Take an attestation that the draft does not have."""
        self._nodes.add(one.node)
        self._told.append(one)
        self._at.append(len(self._places) - 1)

    def place(self, octets: bytes) -> None:
        """Take what is said of a place, at which stands all that comes until the next one."""
        self._places.append(octets)

    def add(self, octets: bytes) -> None:
        """Take what is no attestation, or what one lacks in the draft."""
        self._octets.append(octets)
        self._ahead.add(len(self._places) - 1)

    def changed(self, node: NamedNode) -> None:
        """Let what follows from a piece of evidence be derived anew."""
        self._changed.add(node)

    def settle_if_full(self) -> None:
        """Write what there is, once it is enough."""
        if len(self._told) >= _TOLD_AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Write what there is, and derive what follows from it; `wait` for the end of it."""
        self.wait()
        alone, crowd = Sieve(self._draft, self._mint, self._told).sift()
        shown = examples(alone)
        self._changed.update(NamedNode(one.node) for one in (*crowd, *shown))
        given = {one.node for one in (*crowd, *shown)}
        ahead = (one.octets for one in (*crowd, *shown))
        places, others = self._split(given)
        self._draft.load_octets(chain(places, self._octets, ahead))
        derive.update(self._draft, self._mint, self._changed)
        rest = others
        rest += [one.octets for lone in alone for one in lone.told if one.node not in given]
        follows = derived(self._draft, alone, shown)
        rest.append("\n".join(follows).encode())
        self._storing = self._thread.submit(self._draft.load_octets, rest)
        self._told, self._nodes, self._octets, self._changed = [], set(), [], set()
        self._places, self._at, self._ahead = [], [], set()

    def _split(self, given: Container[str]) -> tuple[list[bytes], list[bytes]]:
        """Return the places of some attestations and of all that is none, and the others."""
        at = zip(self._told, self._at, strict=True)
        wanted = self._ahead | {place for one, place in at if one.node in given}
        places, others = list[bytes](), list[bytes]()
        for place, octets in enumerate(self._places):
            (places if place in wanted else others).append(octets)
        return places, others

    def wait(self) -> None:
        """Wait until all that was settled is in the draft; raises what went wrong."""
        if self._storing:
            self._storing.result()
            self._storing = None
