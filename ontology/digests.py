"""Digests of sequences of texts and of fields of records, by which IRIs follow from content.

Every text is composed (NFC) and stands after the number of its octets in UTF-8 and a colon, so
that `("ab", "c")` and `("a", "bc")` are spelled apart.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final, Self


class _Prefixes(dict[int, str]):
    """Numbers, each with a colon; to spell those of short texts anew each time takes longer."""

    def __missing__(self, length: int) -> str:
        return f"{length}:"


_PREFIXES: Final = _Prefixes((length, f"{length}:") for length in range(1_000))


def composed(text: str) -> str:
    """Return a text in normal form C (Unicode 15, section 3.11)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def digest(*parts: str) -> str:
    """Return 32 hex digits for a sequence of texts.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return sha256(prefixed(parts)).hexdigest()[:32]


def prefixed(parts: Sequence[str]) -> bytes:
    """Return the octets of which `digest` is the hash."""
    text = "".join([f"{_PREFIXES[len(part)]}{part}" for part in parts])
    # mostly so, and quicker: octets are as many as characters
    return text.encode() if text.isascii() else "".join(map(_alone, parts)).encode()


def _alone(part: str) -> str:
    """Return one text after the number of its octets."""
    if part.isascii():
        return f"{_PREFIXES[len(part)]}{part}"
    part = composed(part)
    return f"{len(part.encode())}:{part}"


def prefixed_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    """Return names and values as `prefixed` does, the fields sorted."""
    whole = sorted((composed(name), composed(value)) for name, value in fields)
    return prefixed([part for pair in whole for part in pair])


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names of the fields of a record, sorted and spelled once for all that have them.

    `spelled` has three texts for each: the name as `prefixed` has it, and two that are those of
    the value. Names that are not ASCII are left to `prefixed_fields`.
    """

    names: tuple[str, ...]
    spelled: tuple[str, ...]
    are_ascii: bool

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Return the names of one record, which are distinct, in any order."""
        found = tuple(sorted(names))
        spelled = tuple(text for name in found for text in (_alone(name), "", ""))
        return cls(found, spelled, "".join(found).isascii())

    def prefixed(self, cells: Mapping[str, str]) -> bytes:
        """Return what `prefixed_fields` does for cells by their names."""
        values = [cells[name] for name in self.names]
        spelled = list(self.spelled)
        spelled[1::3] = map(_PREFIXES.__getitem__, map(len, values))
        spelled[2::3] = values
        text = "".join(spelled)
        if text.isascii():
            return text.encode()
        if not self.are_ascii:
            return prefixed_fields(cells.items())
        spelled[1::3] = map(_alone, values)
        spelled[2::3] = [""] * len(values)
        return "".join(spelled).encode()


field_names: Final = lru_cache(1_000)(FieldNames.of)
"""Returns what `FieldNames.of` does; most records of a file have the same names."""
