"""What a load has brought so far, in memory that does not grow: a Bloom filter (Bloom 1970)."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import DefaultGraph

from onrecord.store import Draft
from ontology import term

_BITS: Final = 1 << 25  # four megabytes: of a million IRIs one in three hundred is mistaken
_DIGITS: Final = 16  # hexadecimal, of the hash in which an IRI ends; enough for both places


class Brought:
    """Tells what is certainly not among some IRIs that end in a hash; the rest may be."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)

    @classmethod
    def into(cls, draft: Draft) -> "Brought | None":
        """Return what is to hold all claims of a draft; None where it has some already."""
        kind, claim = term("rdf:type"), term("Claim")
        found = draft.quads(None, kind, claim, DefaultGraph())
        return cls() if next(found, None) is None else None

    def add(self, iris: Iterable[str]) -> None:
        """Take IRIs in."""
        for iri in iris:
            for place in _places(iri):
                self._bits[place >> 3] |= 1 << (place & 7)

    def may_have(self, iris: Iterable[str]) -> bool:
        """Return whether one of some IRIs may be among them."""
        return any(
            all(self._bits[place >> 3] & (1 << (place & 7)) for place in _places(iri))
            for iri in iris
        )


def _places(iri: str) -> tuple[int, int]:
    digits = int(iri[-_DIGITS:], 16)
    return digits % _BITS, (digits >> 32) % _BITS
