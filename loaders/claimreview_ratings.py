"""Ratings of reviewers: what a scale says clearly, and what words say the opposite."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from loaders.claimreview_words import FALSE, TRUE, leaves_open, may_say_true, says_true
from loaders.records import Details
from loaders.telling import scalar
from ontology import term

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_READ: Final = ("alternateName", "name", "ratingValue", "bestRating", "worstRating")

OUTSIDE: Final = "lies outside of its scale"
NO_SCALE: Final = "has a scale whose best is not above its worst"
OPPOSITE: Final = "is a word for the opposite of what the number says"
UNSURE: Final = "is at the best of its scale, which its words do not say"
LEFT_OPEN: Final = "is at the worst of its scale, while its words leave it open"


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

    def read(self, found: Mapping[str, Any]) -> set[str]:
        """Return which of its fields were read: a list is not, nor a name beside the words."""
        told = {self.words, self.value, self.best, self.worst}
        return {key for key in _READ if scalar(found.get(key)) in told - {""}}

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
        questioned, unless a plain "true" or "false" stands on the same side of the scale. Many
        who deny fill in the best number, so that nothing is asserted against the words; nor is
        anything denied where the words say that it is true, in whichever language, or that it
        is not known, or true in part.
        Without all three numbers there is no stance, and nothing is amiss.
        """
        numbers = [_number(text) for text in (self.value, self.best, self.worst)]
        value, best, worst = numbers
        if value is None or best is None or worst is None:
            return None, ""
        if best <= worst:
            return None, NO_SCALE
        if not worst <= value <= best:
            return None, OUTSIDE
        return self._agreed((value - worst) / (best - worst))

    def _agreed(self, share: float) -> tuple[NamedNode | None, str]:
        """Return the stance of words and a share of the scale, which is 0 at its worst."""
        words = normalize("NFC", self.words).strip(" .!").casefold()
        is_true, is_false = words in TRUE, words in FALSE
        if (is_false and share > 0.5) or (share == 0 and may_say_true(words)):
            return None, OPPOSITE
        if is_true and share < 0.5:
            return None, OPPOSITE
        if share == 1 and words and not says_true(words):
            return None, UNSURE
        if share == 0 and leaves_open(words):
            return None, LEFT_OPEN
        if share == 0 or (is_false and share < 0.5):
            return term("Denial"), ""
        is_asserted = share == 1 or (is_true and share > 0.5)
        return term("Assertion" if is_asserted else "Question"), ""


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
