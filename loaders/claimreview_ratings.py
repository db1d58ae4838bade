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

# what makes no verdict of "true" plain, wherever it stands among the words
_DOUBT: Final = re.compile(
    r"\b(?:altered|baseless|boato|bulo|bufala|debunk\w*|distort\w*|doctored|engan\w+|enga\u00f1\w+"
    r"|evidence|exaggerat\w+|fabricat\w+|fake\w*|fals[aceiory]\w*|falsch|fausse?|faux|half|hoax"
    r"|inaccura\w+|incorrect\w*|infond\w+|irref\u00fchrend|labels?|lie|manipul\w+|mentira"
    r"|miscaption\w*|mislead\w*|missing|mixed|mixture|myth|no|not|out|parti\w*|partly|pants"
    r"|pinocchios?|rumou?r|satir\w*|scam|trompeur\w*|unbelegt|unfounded|unproven|unsupported"
    r"|untrue|wrong)\b"
)
_PLAIN: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_TRUE))}|accurately|correctly|truth|verdadera|vraie)\b"
)

# what leaves open whether it is so, whatever the number
_OPEN: Final = re.compile(
    r"\b(?:half|inconclusive|insufficient|in progress|(?:lacks?|missing|needs?) context|mixed"
    r"|mixture|no (?:evidence|proof)|no verificable|non v\u00e9rifi\w+"
    r"|not (?:confirmed|proven|verified)|parti\w*|partly|sem provas|sin pruebas|unbelegt"
    r"|unclear|unconfirmed|undetermined|unprov\w+|unverifi\w+)\b"
)

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
        anything denied where the words say that it is not known, or true in part.
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
        words = self.words.strip(" .!").casefold()
        is_true, is_false = words in _TRUE, words in _FALSE
        if (is_false and share > 0.5) or (share == 0 and self._is_plain(words)):
            return None, OPPOSITE
        if is_true and share < 0.5:
            return None, OPPOSITE
        if share == 1 and words and not self._is_plain(words):
            return None, UNSURE
        if share == 0 and _OPEN.search(words):
            return None, LEFT_OPEN
        if share == 0 or (is_false and share < 0.5):
            return term("Denial"), ""
        is_asserted = share == 1 or (is_true and share > 0.5)
        return term("Assertion" if is_asserted else "Question"), ""

    @staticmethod
    def _is_plain(words: str) -> bool:
        return bool(_PLAIN.search(words)) and not _DOUBT.search(words)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
