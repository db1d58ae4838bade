"""IRIs that follow from content alone: the same content has the same IRI in every run."""

import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain as joined
from itertools import islice
from operator import lt
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from onrecord.errors import BadInput
from ontology.digests import composed, digest, prefixed

Term = NamedNode | Literal
Qualifier = tuple[NamedNode, Term]
Pair = tuple[str, str]
Spelled = tuple[str, str, str, Sequence[Pair]]
"""Subject, predicate, object and sorted qualifiers, normalised, as N-Triples has them."""

DEFAULT_BASE: Final = "https://w3id.org/onrecord/"
# soft hyphens, blanks without width, marks of direction and of the order of octets
_UNSEEN: Final = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_WIDTHS: Final = re.compile(r"[^\S\x00-\x7f]")
_ARTICLE: Final = re.compile(r"\s*the[\s_-]+(?=\w)", re.IGNORECASE)
_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"
_OF_INTEGER: Final = f'"^^<{_INTEGER}>'
_BETWEEN_WORDS: Final = frozenset(" -_.")


def normalised(value: Term) -> Term:
    """Return a term as the record keeps it: NFC text, lower-case language, plain integers."""
    if isinstance(value, NamedNode):
        return value
    text = composed(value.value)
    if value.language:
        language = value.language.lower()
        return Literal(text, language=language, direction=value.direction)
    if value.datatype.value == _INTEGER and re.fullmatch(r"[+-]?[0-9]+", text):
        digits = text.lstrip("+-").lstrip("0") or "0"
        text = f"-{digits}" if text.startswith("-") and digits != "0" else digits
    return Literal(text, datatype=value.datatype)


def spelled(value: Term) -> str:
    """Return a term as the record keeps it, in N-Triples."""
    text = str(value)
    # most terms are as the record keeps them, and to take one apart costs ten times as much
    if text[0] == "<" or (text.isascii() and _is_plain(text)):
        return text
    return str(normalised(value))


def spelled_text(text: str) -> str:
    """Return a plain string as the record keeps it, in N-Triples."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return str(normalised(Literal(text)))


def _is_plain(text: str) -> bool:
    """Return whether an ASCII literal is one that `normalised` leaves as it is."""
    if text[-1] == '"':
        return True
    if text.endswith(_OF_INTEGER):
        digits = text[1 : -len(_OF_INTEGER)]
        return digits.isdigit() and (digits[0] != "0" or digits == "0")
    return text[-1] == ">"


@dataclass(frozen=True, slots=True)
class SpelledPairs:
    """What qualifies, as `spelled_pairs` has it; terms are made of it for whoever asks.

    Loaders of millions of rows spell them; `of` makes it, as names of claims follow the order.
    """

    spelled: tuple[Pair, ...]

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> "SpelledPairs":
        """Return pairs in the order of the record."""
        found = sorted(pairs)
        if not all(map(lt, found, islice(found, 1, None))):  # which takes less than a set
            found = sorted(set(found))
        return cls(tuple(found))

    def __iter__(self) -> Iterator[Qualifier]:
        lines = "\n".join([f"<x:x> {key} {value} ." for key, value in self.spelled])
        for quad in parse(lines, RdfFormat.N_TRIPLES):
            assert isinstance(quad.object, NamedNode | Literal)
            yield quad.predicate, quad.object


def spelled_pairs(pairs: Iterable[Qualifier]) -> Sequence[Pair]:
    """Return what qualifies, as normalised terms in N-Triples, sorted and none twice."""
    if isinstance(pairs, SpelledPairs):
        return pairs.spelled
    return sorted({(str(key), spelled(value)) for key, value in pairs})


@dataclass(frozen=True, slots=True)
class Mint:
    """Where IRIs are made; `base` ends in a slash and is the data's own address."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        """Raise BadInput for a base to which nothing can be appended."""
        if not self.base.endswith("/"):
            raise BadInput(f"the base of the data, {self.base!r}, has to end in a slash")

    def claim(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        obj: Term,
        qualifiers: Iterable[Qualifier] = (),
    ) -> NamedNode:
        """Name a proposition; the order of its qualifiers is irrelevant."""
        said = (str(subject), str(predicate), str(normalised(obj)))
        return NamedNode(self.claim_as_spelled(*said, spelled_pairs(qualifiers)))

    def claim_as_spelled(
        self, subject: str, predicate: str, obj: str, pairs: Iterable[Pair]
    ) -> str:
        """Name a proposition by its normalised terms in N-Triples, the pairs sorted."""
        parts = joined.from_iterable(pairs)
        return f"{self.base}claim/{digest('claim', subject, predicate, obj, *parts)}"

    def attestation(
        self,
        claim: NamedNode,
        stance: NamedNode,
        chain: Iterable[NamedNode],
        place: NamedNode,
    ) -> NamedNode:
        """Name one stance on one claim, by a chain (innermost speaker first), in one place."""
        speakers = (speaker.value for speaker in chain)
        return NamedNode(
            self.attestation_as_spelled(claim.value, stance.value, place.value, *speakers)
        )

    def attestation_as_spelled(self, *parts: str) -> str:
        """Name a stance by the IRIs of claim, stance and place, and of the chain in order."""
        return f"{self.base}att/{digest('att', *parts)}"

    def document(self, content: bytes) -> NamedNode:
        """Name a held document by the sha256 of its bytes, in full."""
        return self.document_of_sha256(sha256(content).hexdigest())

    def document_of_sha256(self, hexdigest: str) -> NamedNode:
        """Name a document of which only the sha256 (64 hex digits) is known."""
        return _document(self.base, hexdigest)

    @staticmethod
    def within_sha256(hexdigest: str) -> str:
        """Return the root of what has names within a document only, and nowhere else.

        No step upwards leads out of it (draft-soilandreyes-arcp, section 4.1; RFC 6920).
        """
        told = urlsafe_b64encode(bytes.fromhex(hexdigest)).decode().rstrip("=")
        return f"arcp://ni,sha-256;{told}/"

    def passage(self, document: NamedNode, start: int, end: int) -> NamedNode:
        """Name a run of characters, in Unicode code points (RFC 5147, section 2.1)."""
        return NamedNode(f"{document.value}#char={start},{end}")

    def record_as_spelled(self, dataset: str, key: str, fields: bytes) -> str:
        """Name a record of a data file by its key and fields, never by its row number.

        The fields are as `prefixed_fields` has them.
        """
        named = sha256(prefixed(("record", dataset, key)) + fields).hexdigest()[:32]
        return f"{self.base}record/{named}"

    def account(self, platform: str, *, id: str = "", handle: str = "") -> NamedNode:
        """Name an account by the platform's id where known, else by its case-folded handle."""
        folded = "" if id else _folded(handle.strip().removeprefix("@"))
        if not _slug(platform) or not (id or folded):
            raise BadInput(
                f"an account needs platform and id or handle: {platform!r}, {handle!r}"
            )
        tail = f"id/{_quoted(composed(id))}" if id else _quoted(folded)
        return NamedNode(f"{self.base}account/{_slug(platform)}/{tail}")

    def hashtag(self, tag: str) -> NamedNode:
        """Name a hashtag, with or without its sign; case is folded."""
        folded = _folded(as_seen(tag).strip().removeprefix("#"))
        if not folded:
            raise BadInput(f"{tag!r} is no hashtag")
        return NamedNode(f"{self.base}hashtag/{_quoted(folded)}")

    def named(self, kind: str, name: str, *scope: str) -> NamedNode:
        """Name an organisation, person, network, event or place by its key in a scope.

        `kind` is the path (`org`, `person`, `network`, `event`, …). Without a scope the key is
        the name itself, in any case; with one, a hash tells it from its namesakes elsewhere.
        A hash also tells apart what differs by signs that a path cannot show, as C and C++ do.
        An organisation is one with or without "The" before its name, whoever spells it how;
        blanks of other widths, and signs that do not show, make no other name.
        """
        name = as_seen(name)
        if kind == "org" and not scope:
            name = name[found.end() :] if (found := _ARTICLE.match(name)) else name
        if scope:
            tail = f"-{digest(kind, name, *scope)[:12]}"
        else:
            shown = all(_is_of_a_word(sign) or sign in _BETWEEN_WORDS for sign in _folded(name))
            tail = "" if shown and _slug(name) else f"-{digest(kind, _folded(name))[:12]}"
        return NamedNode(f"{self.base}{kind}/{_slug(name)}{tail}")

    def run(self, loader: str, started: str) -> NamedNode:
        """Name a loader run by its moment; one store has one writer, so no two share it."""
        return NamedNode(f"{self.base}run/{_slug(loader)}/{_slug(started)}")

    def activity(self, kind: str, *parts: str) -> NamedNode:
        """Name a withdrawal, judgement or key by what it says of what, and when."""
        return NamedNode(self.activity_as_spelled(kind, *parts))

    def activity_as_spelled(self, kind: str, *parts: str) -> str:
        """Return the IRI by which `activity` names, for those who write millions of them."""
        return f"{self.base}{kind}/{digest(kind, *parts)}"


@lru_cache(10_000)
def _document(base: str, hexdigest: str) -> NamedNode:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", hexdigest):
        raise BadInput(f"{hexdigest!r} is not a SHA-256 hash, 64 hexadecimal digits")
    return NamedNode(f"{base}doc/{hexdigest.lower()}")


def _quoted(text: str) -> str:
    """Return a text as one segment of a path (RFC 3986, section 3.3), mostly as it stands."""
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


def as_seen(text: str) -> str:
    """Return a text without what nobody sees in it; what joins letters shows, and stays."""
    return text if text.isascii() else _WIDTHS.sub(" ", _UNSEEN.sub("", text))


def _folded(text: str) -> str:
    """Return a text without regard to case, composed (Unicode 15, section 3.13, D145)."""
    return composed(unicodedata.normalize("NFD", text).casefold())


def _is_of_a_word(sign: str) -> bool:
    """Return whether a sign is part of a word: many scripts write vowels as marks."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


@lru_cache(10_000)
def _slug(name: str) -> str:
    signs = (sign if _is_of_a_word(sign) else " " for sign in _folded(name))
    return _quoted("-".join("".join(signs).split()))
