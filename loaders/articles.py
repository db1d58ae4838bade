"""Texts, each described by a sidecar: YAML or JSON that says what the text does not.

Source   a sidecar `NAME.yaml`, and the text that its `file` names, if it is at hand
Licence  whatever the sidecar states of the text; the text itself never enters the graph
Yields   rec:Document, claims on its publisher, authors, dates, credits and derivation

Page furniture and reader comments are declared as ranges; no claim of the article is there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from loaders.given import Given
from loaders.records import (
    Attestation,
    Claim,
    Details,
    Document,
    HeldText,
    Part,
    Passage,
    Record,
)
from loaders.source import Source
from loaders.things import OWN, Things
from loaders.tree import Tree, unit
from loaders.values import english, sha256_digits, whole_number
from onrecord.errors import BadInput, TextMismatch
from ontology import term

NAME: Final = "articles"

_CHECKED_ONLY: Final = "rec:withholdText"

_EXCLUDED: Final = frozenset({term("furniture"), term("readerComment")})

# key of the sidecar: predicate of the claim, and what the value is
_CLAIMS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "label": ("name", "text"),
        "title": ("schema:headline", "text"),
        "type": ("rdf:type", "word"),
        "publisher": ("schema:publisher", "thing"),
        "authors": ("schema:author", "thing"),
        "credits": ("wireCredit", "thing"),
        "derived_from": ("prov:wasDerivedFrom", "thing"),
        "date": ("schema:datePublished", "moment"),
        "language": ("schema:inLanguage", "string"),
        "licence": ("dcterms:license", "text"),
        "text_policy": ("textPolicy", "TextPolicy"),
    }
)
_INTRINSIC: Final = ("sha256", "bytes", "characters", "media_type")
_REMARKS: Final = ("key", "file", "date_basis", "date_note", "parts", "note")
_PART_TIES: Final = {
    "derived_from": "prov:wasDerivedFrom",
    "quoted_from": "prov:wasQuotedFrom",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One described text: where it is, whose voice it is, and how it is divided."""

    sidecar: Tree
    document: Document
    iri: NamedNode
    outlet: NamedNode
    text: str | None

    def passage(self, start: int, end: int, *, quote: str = "", digest: str = "") -> Passage:
        """Return a passage of the text, checked against it where it is at hand.

        Raises BadInput for a range outside the text or in an excluded part, and TextMismatch
        when a quotation or its sha256 differs from what stands there.
        """
        where = f"characters {start}-{end}"
        if not 0 <= start < end <= self.document.characters:
            raise BadInput(f"{where} of {self.document.characters}")
        for part in self.document.parts:
            if part.kind in _EXCLUDED and part.touches(start, end):
                kind = part.kind.value.rpartition("#")[2]
                place = f"{part.start}-{part.end}"
                raise BadInput(f"{where} touch the {kind} at {place}, not the article's word")
        found = None if self.text is None else self.text[start:end]
        if found is None and quote and len(quote) != end - start:
            raise BadInput(f"{where} are not as many as those of the quotation, {len(quote)}")
        held = _checked(found, quote, digest, where)
        parts = tuple(part for part in self.document.parts if part.holds(start, end))
        return Passage(self.iri, start, end, held, parts)


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    keys = ("publisher", "sha256", "characters")
    found = all(re.search(rf'^\s*"?{key}"?\s*:', head, re.MULTILINE) for key in keys)
    return "has publisher, sha256 and characters, as the sidecar of a text" if found else ""


def source(path: Path, given: Given) -> str:
    """Return the name that every version of the source goes by."""
    folder = _things_of(path, given).tree.source.unit
    return f"{folder}/{path.name}"


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the document that a sidecar describes, and what the sidecar claims of it."""
    things = _things_of(path, given)
    yield things.tree.source.document
    yield from things.records()
    yield from records(read(path, things), things)


def read(path: Path, things: Things) -> Article:
    """Return the article of a sidecar, its text checked against hash and size if at hand."""
    sidecar = Tree.read(path, f"{things.tree.source.unit}/{path.name}")
    own = OWN if sidecar.get("things") else ()
    sidecar.only(*_INTRINSIC, *_CLAIMS, *_REMARKS, *own)
    text = _text(sidecar, things.given)
    document = _document(sidecar, text)
    return Article(
        sidecar,
        document,
        things.given.mint.document_of_sha256(document.sha256),
        things.find(sidecar.need("publisher")),
        text.text if text else None,
    )


def records(article: Article, things: Things) -> Iterator[Record]:
    """Yield the document, the claims of its sidecar, and the text if it is at hand."""
    yield article.sidecar.source.document
    yield article.document
    if article.text is not None and article.sidecar.text("text_policy") != _CHECKED_ONLY:
        yield HeldText(article.document.sha256, article.text)
    basis = _basis(article.sidecar)
    for key, (predicate, sort) in _CLAIMS.items():
        for found in article.sidecar.each(key):
            claim = Claim(article.iri, term(predicate), things.value(found, sort))
            yield things.said(claim, found, basis if key == "date" else ())
    for part in article.sidecar.each("parts"):
        yield from _ties(article, part, things)


def _ties(article: Article, part: Tree, things: Things) -> Iterator[Attestation]:
    node = things.given.mint.passage(article.iri, *_range(part, article.document.characters))
    ties = [(word, found) for key, word in _PART_TIES.items() for found in part.each(key)]
    if not ties and part.get("because"):
        raise part.fault("says because, and ties the part to nothing")
    for word, found in ties:
        claim = Claim(node, term(word), things.find(found))
        why = part.need("because").read_as(english)
        yield things.said(claim, found, ((term("because"), why),))


def _text(sidecar: Tree, given: Given) -> Source | None:
    if not sidecar.get("file"):
        return None
    name = sidecar.need("file").scalar()
    if Path(name).name != name:
        raise sidecar.need("file").fault(f"{name!r} has to be the name of a file, not a path")
    if given.texts and not given.texts.is_dir():
        raise BadInput(f"{given.texts}: no folder")
    if given.texts and (given.texts / name).is_file():
        return Source.read(given.texts / name)
    beside = sidecar.source.path.with_name(name)
    if beside.is_file():
        return Source.read(beside)
    if given.texts:
        raise BadInput(f"{given.texts}: no {name}, which {sidecar.source.path.name} describes")
    return None


def _document(sidecar: Tree, text: Source | None) -> Document:
    stated = {key: found for key in _INTRINSIC if (found := sidecar.get(key))}
    if text is None:
        for key in _INTRINSIC:
            sidecar.need(key)
        document = Document(
            stated["sha256"].read_as(sha256_digits),
            stated["bytes"].read_as(whole_number),
            "",
            stated["characters"].read_as(whole_number),
        )
    else:
        document = text.document
        _verify(sidecar, stated, document)
    media_type = stated["media_type"].read_as(_media_type) if "media_type" in stated else ""
    parts = tuple(_parts(sidecar, document.characters))
    return replace(document, media_type=media_type or document.media_type, parts=parts)


def _verify(sidecar: Tree, stated: Mapping[str, Tree], held: Document) -> None:
    facts: tuple[tuple[str, str | int], ...] = (
        ("sha256", held.sha256), ("bytes", held.size), ("characters", held.characters)
    )  # fmt: skip
    wrong = [
        f"{key} {stated[key].scalar()}, the text has {fact}"
        for key, fact in facts
        if key in stated and stated[key].scalar().lower() != str(fact)
    ]
    if wrong:
        raise TextMismatch(
            f"{sidecar.source.path.name} describes another text than the one at hand, "
            f"{sidecar.text('file')}: {'; '.join(wrong)}"
        )


def _media_type(spelled: str) -> str:
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", spelled):
        raise BadInput(f"{spelled!r} is not a media type, such as text/plain")
    return spelled


def _parts(sidecar: Tree, characters: int) -> Iterator[Part]:
    for part in sidecar.each("parts"):
        part.only("kind", "chars", "because", *_PART_TIES)
        yield Part(part.need("kind").word_of("PartKind"), *_range(part, characters))


def _range(part: Tree, characters: int) -> tuple[int, int]:
    chars = part.need("chars")
    ends = [end.read_as(whole_number) for end in chars.members()]
    if len(ends) != 2 or not ends[0] < ends[1] <= characters:
        raise chars.fault(f"{ends} is not a start and an end within {characters} characters")
    return ends[0], ends[1]


def _checked(found: str | None, quote: str, digest: str, where: str) -> str:
    told = sha256(quote.encode()).hexdigest() if quote else ""
    if found is None:
        if told and digest and told != digest:
            raise TextMismatch(
                f"{where}: the quotation {quote!r} has sha256 {told}, not {digest}"
            )
        return digest or told
    if quote and quote != found:
        raise TextMismatch(f"{where}: quoted {quote!r}, the text has {found!r}")
    held = sha256(found.encode()).hexdigest()
    if digest and digest != held:
        raise TextMismatch(f"{where}: recorded sha256 {digest}, the text {found!r} has {held}")
    return held


def _basis(sidecar: Tree) -> Details:
    given = {key: sidecar.get(key) for key in ("date_basis", "date_note")}
    for found in given.values():
        if found and not sidecar.get("date"):
            raise found.fault("speaks of a date, and there is none")
    stated, note = given["date_basis"], given["date_note"]
    basis = (term("timeBasis"), stated.word_of("DateBasis") if stated else term("sidecar"))
    return (basis, (term("note"), note.read_as(english))) if note else (basis,)


def _things_of(path: Path, given: Given) -> Things:
    folder = path.resolve().parent
    own = Tree.read(path, f"{unit(folder)}/{path.name}")
    if own.get("things"):
        return Things(own, given)
    for place in (folder, folder.parent):
        if (place / "things.yaml").is_file():
            things = Tree.read(place / "things.yaml", f"{unit(place)}/things.yaml")
            return Things(things.only(*OWN), given)
    raise BadInput(f"{path}: neither 'things' in it nor a things.yaml beside it say who is who")
