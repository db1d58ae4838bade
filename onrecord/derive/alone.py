"""Claims that stand alone, derived by example.

Most claims of a data file share nothing with any other: no slot, aspect or triple, no thing
that was judged to be another. What is derived of such a claim follows from who says it, by
which chain, in which document; so one is derived by the rules and others are written like it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from loaders.evidence import Written
from loaders.records import Attestation
from onrecord.derive import origins
from onrecord.derive.amounts import gives_its_value
from onrecord.derive.keys import spelled_keys
from onrecord.derive.projections import is_backed
from onrecord.derive.spellings import as_kept
from onrecord.derive.statuses import GRAPHS, WORDS
from onrecord.derive.view import DEFAULT
from onrecord.store import Draft
from ontology import term
from ontology.flags import PROJECTED
from ontology.identity import Mint, Spelled

Voice = tuple[str, ...]
"""Stance, depth, document and chain of an attestation: what its origin follows from."""

_KEPT: Final = 50_000  # sets of voices, about 80 MB
_COMPARATOR: Final = str(term("comparator"))
BARE: Final = term("bareClaim")
COMPARED: Final = (term("slot"), term("aspect"))
_STATUS: Final = str(term("status"))
_GRAPHS: Final = frozenset(map(str, GRAPHS))
WORD_OF: Final = {str(word): projected for word, projected in PROJECTED.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """An attestation that the draft does not have, and what is written of it as N-Quads."""

    said: Attestation
    node: str
    claim: str
    spelled: Spelled
    voice: Voice
    octets: bytes

    @classmethod
    def of(cls, said: Attestation, written: Written, octets: bytes) -> "Told":
        """Return an attestation with what its origin follows from."""
        document = said.place.passage.document.value
        chain = (said.speaker.value, *[relay.value for relay in said.relays])
        voice = (said.stance.value, str(said.depth), document, *chain)
        return cls(said, written.node, written.claim, written.spelled, voice, octets)


@dataclass(frozen=True, slots=True)
class Lone:
    """A claim of which nobody spoke before, with the attestations that do now."""

    told: list[Told]
    keys: Mapping[NamedNode, str]
    voices: frozenset[Voice]  # who speaks on it, and how
    shareable: list[str]  # what other claims may share with it: its triple, slot and aspect
    is_as_kept: bool  # by the engine

    @classmethod
    def of(cls, told: list[Told], mint: Mint) -> "Lone":
        """Return the claim of some attestations."""
        said = told[0].spelled
        kept = as_kept(said)  # the rules compare what the engine keeps
        keys = spelled_keys(mint, kept)
        bare = keys.get(BARE) or (
            told[0].claim if kept is said else mint.claim_as_spelled(*kept)
        )
        shareable = [bare, *[keys[word] for word in COMPARED if word in keys]]
        voices = frozenset([one.voice for one in told])
        return cls(told, keys, voices, shareable, kept is said)

    @property
    def node(self) -> str:
        """Return its IRI."""
        return self.told[0].claim

    @property
    def spelled(self) -> Spelled:
        """Return what it says."""
        return self.told[0].spelled

    @property
    def bare(self) -> str:
        """Return the claim of the same triple without qualifiers."""
        return self.shareable[0]


class Examples:
    """What was derived of some claims that stand alone; all of the same voices are like them.

    It holds until something else comes from which it may follow.
    """

    def __init__(self) -> None:
        self._origins: dict[Voice, list[str]] = {}
        self._statuses: dict[frozenset[Voice], list[str]] = {}
        self._backing: set[Voice] = set()

    def lacking(self, alone: Iterable[Lone]) -> list[Told]:
        """Return attestations of one claim for each set of voices of which there is none.

        What is kept is forgotten first, once it is much: a source may have a voice in each row.
        """
        if len(self._statuses) >= _KEPT:
            self._origins, self._statuses, self._backing = {}, {}, set()
        found: dict[frozenset[Voice], Lone] = {}
        for one in alone:
            if one.voices not in self._statuses:
                found.setdefault(one.voices, one)
        return [said for one in found.values() for said in one.told]

    def learn(self, draft: Draft, given: Iterable[Told]) -> None:
        """Take what was derived of attestations in a draft."""
        by_claim: dict[str, set[Voice]] = {}
        for said in given:
            self._origins[said.voice] = _spelled(draft, said.node, origins.WORDS)
            if _is_backing(said.voice):
                self._backing.add(said.voice)
            by_claim.setdefault(said.claim, set()).add(said.voice)
        for claim, voices in by_claim.items():
            self._statuses[frozenset(voices)] = _spelled(draft, claim, WORDS)

    def derived(self, alone: Iterable[Lone]) -> list[str]:
        """Return what is derived of claims as N-Quads."""
        found: list[str] = []
        for one in alone:
            is_backed = not self._backing.isdisjoint(one.voices)
            found += _of_claim(one, self._statuses[one.voices], is_backed)
            for said in one.told:
                node = f"<{said.node}>"
                found += [f"{node} {told}" for told in self._origins[said.voice]]
        return found


def _of_claim(one: Lone, status: Sequence[str], is_backed: bool) -> Iterator[str]:
    node, (subject, predicate, value, qualifiers) = f"<{one.node}>", one.spelled
    for word, key in one.keys.items():
        yield f"{node} {word} <{key}> ."
    for told in status:
        yield f"{node} {told}"
    if is_backed and (projected := WORD_OF.get(predicate)):
        yield f"{subject} {projected} {value} ."
    comparators = [NamedNode(said[1:-1]) for key, said in qualifiers if key == _COMPARATOR]
    graph = _graph(status)
    if graph and gives_its_value(comparators):
        yield f"{subject} {predicate} {value} {graph} ."


def _is_backing(voice: Voice) -> bool:
    stance, _, _, _, *relays = voice
    return is_backed([NamedNode(stance)], [NamedNode(one) for one in relays])


def _graph(status: Iterable[str]) -> str | None:
    """Return the graph in which the plain triple of a claim stands, by its annotations."""
    words = (told.split(" ", 2) for told in status)
    found = (value for word, value, _ in words if word == _STATUS and value in _GRAPHS)
    return next(found, None)


def _spelled(draft: Draft, node: str, words: Sequence[NamedNode]) -> list[str]:
    """Return some properties of a node, and the ends of the statements."""
    quads = draft.quads(NamedNode(node), None, None, DEFAULT)
    return [f"{quad.predicate} {quad.object} ." for quad in quads if quad.predicate in words]
