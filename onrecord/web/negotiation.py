"""Which of the formats that can be written a client wants (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.errors import NotAcceptable

_MOST_TOLD: Final = 200  # characters of what a client asked, in a refusal


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write something; `aliases` are other media types that ask for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Return every media type that asks for it, its own first."""
        return (self.media_type, *self.aliases)


@dataclass(frozen=True, slots=True)
class Choice:
    """A format, and the media type under which the client asked for it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """Return the media type, with its character set where it is a text."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    q: float

    def matches(self, media_type: str) -> int:
        """Return how closely it names a media type: 0 not at all, 3 exactly."""
        if self.kind == media_type:
            return 3
        if self.kind == f"{media_type.partition('/')[0]}/*":
            return 2
        return 1 if self.kind == "*/*" else 0


def choose(accept: str, formats: Sequence[Format]) -> Choice:
    """Return what an Accept header prefers; of equals the first offered, without one the first.

    >>> text, page = Format("csv", "text/csv"), Format("html", "text/html")
    >>> choose("text/html;q=0.9, text/*;q=0.1", [text, page]).format.name
    'html'

    Raises NotAcceptable, which lists what can be had.
    """
    ranges = _ranges(accept) or [_Range("*/*", 1.0)]
    offers = [
        (_quality(ranges, kind), Choice(f, kind)) for f in formats for kind in f.media_types
    ]
    best = max(offers, key=lambda offer: offer[0])
    if best[0] <= 0:
        had = ", ".join(found.media_type for found in formats)
        asked = accept if len(accept) <= _MOST_TOLD else f"{accept[:_MOST_TOLD]}…"
        raise NotAcceptable(f"none of {asked!r} can be written; ask for one of {had}")
    return best[1]


def suffixed(path: str, formats: Sequence[Format]) -> tuple[str, Format] | None:
    """Return a path without the suffix that asks for a format, and the format."""
    for found in formats:
        if found.suffix and path.endswith(found.suffix):
            return path.removesuffix(found.suffix), found
    return None


def _quality(ranges: list[_Range], media_type: str) -> float:
    """Return the weight of the closest range, 0 where none matches."""
    closest = max(ranges, key=lambda found: found.matches(media_type))
    return closest.q if closest.matches(media_type) else 0.0


def _ranges(accept: str) -> list[_Range]:
    return [_range(spelled) for spelled in accept.split(",") if spelled.strip()]


def _range(spelled: str) -> _Range:
    kind, *parameters = (part.strip().lower() for part in spelled.split(";"))
    q = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            q = _weight(value.strip())
    return _Range("*/*" if kind == "*" else kind, q)


def _weight(spelled: str) -> float:
    try:
        weight = float(spelled)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
