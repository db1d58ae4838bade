"""IRIs that follow from content alone: the same content has the same IRI in every run."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

Term = NamedNode | Literal
Qualifier = tuple[NamedNode, Term]

DEFAULT_BASE: Final = "https://w3id.org/onrecord/"
_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"


def digest(*parts: str) -> str:
    """Return 32 hex digits for a sequence of strings, each NFC and length-prefixed.

    The prefix keeps `("ab", "c")` apart from `("a", "bc")`.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    hashed = sha256()
    for part in parts:
        octets = unicodedata.normalize("NFC", part).encode()
        hashed.update(b"%d:" % len(octets) + octets)
    return hashed.hexdigest()[:32]


def normalised(value: Term) -> Term:
    """Return a term as the record keeps it: NFC text, lower-case language, plain integers."""
    if isinstance(value, NamedNode):
        return value
    text = unicodedata.normalize("NFC", value.value)
    if value.language:
        return Literal(text, language=value.language.lower())
    if value.datatype.value == _INTEGER:
        text = str(int(text))
    return Literal(text, datatype=value.datatype)


@dataclass(frozen=True, slots=True)
class Mint:
    """Where IRIs are made; `base` ends in a slash and is the data's own address."""

    base: str = DEFAULT_BASE

    def claim(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        obj: Term,
        qualifiers: Iterable[Qualifier] = (),
    ) -> NamedNode:
        """Name a proposition; the order of its qualifiers is irrelevant."""
        pairs = sorted({(str(key), str(normalised(value))) for key, value in qualifiers})
        said = (str(subject), str(predicate), str(normalised(obj)))
        return self._hashed("claim", *said, *(part for pair in pairs for part in pair))

    def attestation(
        self,
        claim: NamedNode,
        stance: NamedNode,
        chain: Iterable[NamedNode],
        place: NamedNode,
    ) -> NamedNode:
        """Name one stance on one claim, by a chain (innermost speaker first), in one place."""
        speakers = (speaker.value for speaker in chain)
        return self._hashed("att", claim.value, stance.value, place.value, *speakers)

    def relay(self, attestation: NamedNode, position: int) -> NamedNode:
        """Name a hop between speaker and document; position 1 stands next to the speaker."""
        return NamedNode(f"{attestation.value}#relay{position}")

    def document(self, content: bytes) -> NamedNode:
        """Name a held document by the sha256 of its bytes, in full."""
        return self.document_of_sha256(sha256(content).hexdigest())

    def document_of_sha256(self, hexdigest: str) -> NamedNode:
        """Name a document of which only the sha256 (64 hex digits) is known."""
        return NamedNode(f"{self.base}doc/{hexdigest.lower()}")

    def passage(self, document: NamedNode, start: int, end: int) -> NamedNode:
        """Name a run of characters, in Unicode code points (RFC 5147, section 2.1)."""
        return NamedNode(f"{document.value}#char={start},{end}")

    def record(self, dataset: str, key: str, fields: Iterable[tuple[str, str]]) -> NamedNode:
        """Name a record of a data file by its key and fields, never by its row number."""
        pairs = (part for pair in sorted(fields) for part in pair)
        return self._hashed("record", dataset, key, *pairs)

    def account(self, platform: str, *, id: str = "", handle: str = "") -> NamedNode:
        """Name an account by the platform's id where known, else by its case-folded handle."""
        if id:
            return NamedNode(f"{self.base}account/{_slug(platform)}/id/{quote(id, safe='')}")
        folded = quote(handle.removeprefix("@").casefold(), safe="")
        return NamedNode(f"{self.base}account/{_slug(platform)}/{folded}")

    def hashtag(self, tag: str) -> NamedNode:
        """Name a hashtag, with or without its sign; case is folded."""
        return NamedNode(
            f"{self.base}hashtag/{quote(tag.removeprefix('#').casefold(), safe='')}"
        )

    def named(self, kind: str, name: str, *scope: str) -> NamedNode:
        """Name an organisation, person, network, event or place by its key in a scope.

        `kind` is the path (`org`, `person`, `network`, `event`, …). Without a scope the key is
        the name itself; with one, a hash tells it from its namesakes elsewhere.
        """
        tail = f"-{digest(kind, name, *scope)[:12]}" if scope else ""
        return NamedNode(f"{self.base}{kind}/{_slug(name)}{tail}")

    def run(self, loader: str, started: str) -> NamedNode:
        """Name a loader run by its moment; one store has one writer, so no two share it."""
        return NamedNode(f"{self.base}run/{_slug(loader)}/{_slug(started)}")

    def activity(self, kind: str, *parts: str) -> NamedNode:
        """Name a withdrawal, judgement or key by what it says of what, and when."""
        return self._hashed(kind, *parts)

    def value(self, kind: str, pairs: Iterable[Qualifier]) -> NamedNode:
        """Name a structured value by its properties, in any order."""
        said = sorted({(str(key), str(normalised(value))) for key, value in pairs})
        return self._hashed(kind, *(part for pair in said for part in pair))

    def _hashed(self, kind: str, *parts: str) -> NamedNode:
        return NamedNode(f"{self.base}{kind}/{digest(kind, *parts)}")


def _slug(name: str) -> str:
    folded = unicodedata.normalize("NFC", name).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    return quote("-".join(words), safe="")
