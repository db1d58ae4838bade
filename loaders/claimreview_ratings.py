"""Ratings of reviewers: what a scale says clearly, and what words say the opposite."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.records import Details
from loaders.telling import scalar
from ontology import term

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_TRUE: Final = frozenset(
    {"accurate", "correct", "correcto", "richtig", "true", "verdadeiro", "verdadero", "vero",
     "vrai", "wahr"}
)  # fmt: skip
_FALSE: Final = frozenset(
    {"enganoso", "fake", "falsch", "false", "falso", "faux", "inaccurate", "incorrect",
     "incorrecto", "pants on fire"}
)  # fmt: skip

OUTSIDE: Final = "lies outside of its scale"
NO_SCALE: Final = "has a scale whose best is not above its worst"
OPPOSITE: Final = "is a word for the opposite of what the number says"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating in the reviewer's words and on the reviewer's scale, as far as it is told."""

    words: str
    value: str
    best: str
    worst: str

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> "Rating":
        """Return a rating by its fields."""
        words = scalar(found.get("alternateName")) or scalar(found.get("name"))
        scale = (scalar(found.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
        return cls(words, *scale)

    @property
    def told(self) -> str:
        """Return how the reviewer puts it: in words, else as a number."""
        return self.words or self.value

    @property
    def scale(self) -> Details:
        """Return the number and its scale as qualifiers."""
        found = (
            (term("schema:ratingValue"), self.value),
            (term("schema:bestRating"), self.best),
            (term("schema:worstRating"), self.worst),
        )
        return tuple((key, Literal(text)) for key, text in found if text)

    def stance(self) -> tuple[NamedNode | None, str]:
        """Return the stance that the scale says clearly, else why it says none.

        At the worst of the scale the claim is denied, at the best asserted, between the two
        questioned. Without all three numbers there is no stance, and nothing is amiss.
        """
        numbers = [_number(text) for text in (self.value, self.best, self.worst)]
        value, best, worst = numbers
        if value is None or best is None or worst is None:
            return None, ""
        if best <= worst:
            return None, NO_SCALE
        if not worst <= value <= best:
            return None, OUTSIDE
        words = self.words.strip(" .!").casefold()
        if (value == best and words in _FALSE) or (value == worst and words in _TRUE):
            return None, OPPOSITE
        if value == worst:
            return term("Denial"), ""
        return term("Assertion" if value == best else "Question"), ""


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
