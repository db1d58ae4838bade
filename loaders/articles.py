"""Texts, each described by a sidecar: YAML or JSON that says what the text does not.

Source   a sidecar `NAME.yaml`, and the text that its `file` names, if it is at hand
Licence  whatever the sidecar states of the text; the text itself never enters the graph
Yields   rec:Document, claims on its publisher, authors, dates, credits and derivation, passages

Page furniture and reader comments are declared as ranges; nothing in them is the article's word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.given import Given
from loaders.records import Claim, Document, HeldText, Part, Passage, Record
from loaders.source import Source
from loaders.things import OWN, Things
from loaders.tree import Tree
from loaders.values import value, word
from onrecord.errors import BadInput, TextMismatch
from ontology import term
from ontology.identity import Term

NAME: Final = "articles"

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
        "date": ("schema:datePublished", "value"),
        "language": ("schema:inLanguage", "string"),
        "licence": ("dcterms:license", "text"),
        "text_policy": ("textPolicy", "value"),
    }
)
_INTRINSIC: Final = ("key", "file", "sha256", "bytes", "characters", "media_type")


@dataclass(frozen=True, slots=True)
class Article:
    """One described text: where it is, whose voice it is, and how it is divided."""

    sidecar: Tree
    document: Document
    iri: NamedNode
    outlet: NamedNode
    parts: tuple[Part, ...]
    text: str | None

    def passage(self, start: int, end: int, *, quote: str = "", digest: str = "") -> Passage:
        """Return a passage of the text, checked against it where it is at hand.

        Raises BadInput for a range outside the text or in an excluded part, and TextMismatch
        when a quotation or its sha256 differs from what stands there.
        """
        if not 0 <= start < end <= self.document.characters:
            raise BadInput(f"characters {start}-{end} of {self.document.characters}")
        for part in self.parts:
            if part.kind in _EXCLUDED and part.touches(start, end):
                where = f"characters {part.start}-{part.end}"
                raise BadInput(
                    f"stands in {_local(part.kind)} ({where}), not the article's word"
                )
        found = None if self.text is None else self.text[start:end]
        digest = _checked(found, quote, digest, f"characters {start}-{end}")
        parts = tuple(part for part in self.parts if part.holds(start, end))
        return Passage(self.iri, start, end, digest, parts)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the document that a sidecar describes, and what the sidecar claims of it."""
    things = _things_of(path, given)
    yield things.tree.source.document
    yield from things.records()
    yield from records(read(path, things), things)


def read(path: Path, things: Things) -> Article:
    """Return the article of a sidecar, its text checked against hash and size if at hand."""
    sidecar = Tree.read(path, f"{things.tree.source.dataset.rpartition('/')[0]}/{path.name}")
    sidecar.only(*_INTRINSIC, *_CLAIMS, "date_basis", "date_note", "parts", "note", *OWN)
    text = _text(sidecar, things.given)
    document = text.document if text else _described(sidecar)
    if text and sidecar.get("sha256"):
        _verify(sidecar, document)
    return Article(
        sidecar,
        document,
        things.given.mint.document_of_sha256(document.sha256),
        things.find(sidecar.need("publisher")),
        tuple(_parts(sidecar, document.characters)),
        text.text if text else None,
    )


def records(article: Article, things: Things) -> Iterator[Record]:
    """Yield the document, the claims of its sidecar, and the text if it is at hand."""
    yield article.sidecar.source.document
    yield replace(article.document, parts=article.parts)
    if article.text is not None:
        yield HeldText(article.document.sha256, article.text)
    for key, (predicate, sort) in _CLAIMS.items():
        for found in article.sidecar.each(key):
            claim = Claim(article.iri, term(predicate), _value(found, sort, things))
            yield things.said(claim, found, _basis(article.sidecar, key))
    yield from _derivations(article, things)


def _derivations(article: Article, things: Things) -> Iterator[Record]:
    mint = things.given.mint
    for part in article.sidecar.each("parts"):
        start, end = _range(part, article.document.characters)
        node = mint.passage(article.iri, start, end)
        for key, predicate in (
            ("derived_from", "prov:wasDerivedFrom"),
            ("quoted_from", "prov:wasQuotedFrom"),
        ):
            for found in part.each(key):
                why = Literal(part.need("because").scalar(), language="en")
                claim = Claim(node, term(predicate), things.find(found))
                yield things.said(claim, found, ((term("because"), why),))


def _text(sidecar: Tree, given: Given) -> Source | None:
    name = sidecar.text("file")
    folders = [sidecar.source.path.parent, *([given.texts] if given.texts else [])]
    found = [folder / name for folder in folders if name and (folder / name).is_file()]
    if found:
        return Source.read(found[-1])
    if given.texts and name:
        raise BadInput(f"{given.texts}: no {name}, which {sidecar.source.path.name} describes")
    return None


def _described(sidecar: Tree) -> Document:
    digest = sidecar.need("sha256").scalar()
    size, characters = (int(sidecar.need(key).scalar()) for key in ("bytes", "characters"))
    return Document(digest, size, sidecar.need("media_type").scalar(), characters)


def _verify(sidecar: Tree, held: Document) -> None:
    stated = _described(sidecar)
    if stated != held:
        raise TextMismatch(
            f"{sidecar.source.path.name} describes another text than {sidecar.text('file')}: "
            f"stated {stated}, found {held}"
        )


def _parts(sidecar: Tree, characters: int) -> Iterator[Part]:
    for part in sidecar.each("parts"):
        part.only("kind", "chars", "derived_from", "quoted_from", "because")
        yield Part(word(part.need("kind").scalar()), *_range(part, characters))


def _range(part: Tree, characters: int) -> tuple[int, int]:
    ends = [int(end.scalar()) for end in part.need("chars").members()]
    if len(ends) != 2 or not 0 <= ends[0] < ends[1] <= characters:
        raise part.fault(f"has characters {ends} of {characters}")
    return ends[0], ends[1]


def _checked(found: str | None, quote: str, digest: str, where: str) -> str:
    if found is None:
        return digest or (sha256(quote.encode()).hexdigest() if quote else "")
    if quote and quote != found:
        raise TextMismatch(f"{where}: quoted {quote!r}, the text has {found!r}")
    held = sha256(found.encode()).hexdigest()
    if digest and digest != held:
        raise TextMismatch(f"{where}: recorded sha256 {digest}, the text {found!r} has {held}")
    return held


def _value(found: Tree, sort: str, things: Things) -> Term:
    match sort:
        case "thing":
            return things.find(found)
        case "word":
            return word(found.scalar())
        case "value":
            return value(found.scalar())
        case "string":
            return Literal(found.scalar())
        case _:
            return Literal(found.scalar(), language="en")


def _basis(sidecar: Tree, key: str) -> tuple[tuple[NamedNode, Term], ...]:
    if key != "date":
        return ()
    basis = (term("timeBasis"), value(sidecar.text("date_basis", "rec:sidecar")))
    note = sidecar.text("date_note")
    return (basis, (term("note"), Literal(note, language="en"))) if note else (basis,)


def _things_of(path: Path, given: Given) -> Things:
    own = Tree.read(path)
    if own.get("things"):
        return Things(own, given)
    for folder in (path.parent, path.parent.parent):
        if (folder / "things.yaml").is_file():
            return Things(
                Tree.read(folder / "things.yaml", f"{folder.name}/things.yaml"), given
            )
    raise BadInput(f"{path}: neither 'things' in it nor a things.yaml beside it say who is who")


def _local(word_: NamedNode) -> str:
    return word_.value.rpartition("#")[2]
