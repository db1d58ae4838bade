"""From a coder's working labels to words and things: the mapping that is part of a case.

A mapping is read whole, so that a word which nobody knows is found before the first row. A
label that the mapping does not have is a fault of the row, never a guess.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from pyoxigraph import NamedNode

from loaders import articles
from loaders.articles import Article
from loaders.given import Given
from loaders.records import Details, Record
from loaders.things import OWN, Things
from loaders.tree import Tree, unit
from loaders.values import value, word
from onrecord.errors import BadInput
from ontology import term
from ontology.flags import QUALIFIERS
from ontology.identity import Qualifier, Term

T = TypeVar("T")

_LABELS: Final = (
    "documents", "things", "modes", "speakers", "predicates", "qualifiers", "times", "rows"
)  # fmt: skip
_CELLS: Final = ("subject", "predicate", "object", "mode", "chain", "time", "qualifiers")
_OBJECTS: Final = ("thing", "value", "string")
DETAILS: Final = frozenset(
    term(word)
    for word in (
        "assertedAt", "credit", "hedge", "note", "statedAs", "timeBasis", "timeZoneBasis",
        "wording",
    )
)  # fmt: skip

# key of a meaning: what its value is, where that is not a thing, a number or just any word
SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "assertedAt": "moment",
        "assetKind": "AssetKind",
        "atTime": "moment",
        "comparator": "Comparator",
        "hedge": "text",
        "note": "text",
        "platform": "Platform",
        "purpose": "text",
        "reportedStance": "Stance",
        "statedAs": "text",
        "timeBasis": "DateBasis",
        "timeZoneBasis": "DateBasis",
        "validFrom": "moment",
        "validTo": "moment",
        "via": "Platform",
        "wording": "text",
    }
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a working predicate stands for, and how its row is to be read."""

    iri: NamedNode
    inverse: bool = False
    object: str = "thing"
    count: bool = False
    stance_on_object: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label says of the claim, and of the attestation."""

    claim: Details = ()
    details: Details = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """What the mapping puts in place of a row's cells, and what it adds to them."""

    cells: Mapping[str, str] = field(default_factory=dict)
    stance: NamedNode | None = None
    more: Meaning = Meaning()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A link of a chain, and on whose behalf it speaks if the label says so."""

    iri: NamedNode
    behalf: Details = ()


@dataclass(frozen=True)
class Lexicon:
    """The labels of one coder's tables, each with what it stands for."""

    tree: Tree
    known: Things

    @classmethod
    def read(cls, path: Path, given: Given) -> "Lexicon":
        """Read a mapping and the files that it uses; raises BadInput that names the place."""
        folder = path.resolve().parent
        tree = Tree.read(path, f"{unit(folder)}/{path.name}").only("uses", *_LABELS)
        used = tree.need("uses").only("things").need("things").file_in(folder)
        things = Tree.read(used, f"{tree.source.unit}/{used.name}").only(*OWN)
        lexicon = cls(tree, Things(things, given))
        for section in _LABELS:
            getattr(lexicon, section)
        return lexicon

    @property
    def given(self) -> Given:
        """Return what the loader was handed."""
        return self.known.given

    @cached_property
    def documents(self) -> Mapping[str, Article]:
        """Return the described texts, by the label of the tables' `doc` column."""
        return {
            label: self._document(label, found)
            for label, found in self.tree.labels("documents")
        }

    @cached_property
    def things(self) -> Mapping[str, NamedNode]:
        """Return what labels stand for; a document and a thing also go by their own keys."""
        own = {label: article.iri for label, article in self.documents.items()}
        for key, iri in self.known.iris.items():
            if own.setdefault(key, iri) != iri:
                raise self.tree.need("documents").fault(f"{key!r} is also the key of a thing")
        labels: dict[str, NamedNode] = {}
        for label, found in self.tree.labels("things"):
            labels[label] = found.read_as(partial(find, own))
            if own.get(label, labels[label]) != labels[label]:
                raise found.fault("is also the key of something else")
        return own | labels

    @cached_property
    def modes(self) -> Mapping[str, NamedNode]:
        """Return modes of speech."""
        return {label: found.word_of("Mode") for label, found in self.tree.labels("modes")}

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """Return the links of chains that are no things, or speak on behalf of another."""
        return {label: self._speaker(found) for label, found in self.tree.labels("speakers")}

    @cached_property
    def predicates(self) -> Mapping[str, Predicate]:
        """Return predicates, and how the rows that have them are read."""
        return {label: _predicate(found) for label, found in self.tree.labels("predicates")}

    @cached_property
    def qualifiers(self) -> Mapping[str, Meaning]:
        """Return what restricts a claim, or tells more of an attestation."""
        return {label: self._meaning(found) for label, found in self.tree.labels("qualifiers")}

    @cached_property
    def times(self) -> Mapping[str, Meaning]:
        """Return times as coded, each of the claim or of the utterance."""
        return {label: self._meaning(found) for label, found in self.tree.labels("times")}

    @cached_property
    def rows(self) -> Mapping[str, tuple[Instead, ...]]:
        """Return what stands in place of cells, by row: once for each claim of the row."""
        return {key: tuple(self._instead(found)) for key, found in self.tree.labels("rows")}

    def records(self) -> Iterator[Record]:
        """Yield what the mapping's own files say: things, documents and their sidecars."""
        yield self.known.tree.source.document
        yield from self.known.records()
        for article in self.documents.values():
            yield from articles.records(article, self.known)

    def thing(self, label: str) -> NamedNode:
        """Return the thing that a label stands for, or that has it as its key (after `=`)."""
        return find(self.things, label if label in self.things else label.removeprefix("="))

    def speaker(self, label: str) -> Speaker:
        """Return the speaker that a link of a chain stands for."""
        return self.speakers.get(label) or Speaker(self.thing(label))

    def _document(self, label: str, found: Tree) -> Article:
        article = articles.read(found.file_in(self.tree.source.path.parent), self.known)
        key = article.sidecar.get("key")
        if key and key.scalar() != label:
            raise key.fault(f"{key.scalar()!r} is called {label!r} by {found.source.path.name}")
        return article

    def _speaker(self, found: Tree) -> Speaker:
        if found.is_scalar:
            return Speaker(self.known.find(found))
        found.only("speaker", "on_behalf_of")
        behalf = self.known.find(found.need("on_behalf_of"))
        return Speaker(self.known.find(found.need("speaker")), ((term("onBehalfOf"), behalf),))

    def _meaning(self, found: Tree) -> Meaning:
        found.only("claim", "details")
        return self._more(found)

    def _more(self, found: Tree) -> Meaning:
        claim, details = found.get("claim"), found.get("details")
        return Meaning(
            tuple(self._pairs(claim, QUALIFIERS)) if claim else (),
            tuple(self._pairs(details, DETAILS)) if details else (),
        )

    def _pairs(self, tree: Tree, allowed: Collection[NamedNode]) -> Iterator[Qualifier]:
        for key, found in tree.items().items():
            if (name := found.reading(word, key)) not in allowed:
                raise found.fault(
                    f"{key!r} does not belong under {tree.path.rpartition('.')[2]}"
                )
            for member in found.members():
                yield name, self._value(member, SORTS.get(key, ""))

    def _value(self, found: Tree, sort: str) -> Term:
        if sort:
            return self.known.value(found, sort)
        if found.scalar().startswith("="):
            return found.read_as(self.thing)
        return found.read_as(value)

    def _instead(self, found: Tree) -> Iterator[Instead]:
        claims = list(found.members())
        if not claims:
            raise found.fault("makes no claim of the row")
        for claim in claims:
            claim.only(*_CELLS, "stance", "claim", "details")
            cells = {key: each.cell() for key, each in claim.items().items() if key in _CELLS}
            stance = claim.get("stance")
            yield Instead(
                cells, stance.word_of("Stance") if stance else None, self._more(claim)
            )


def find(section: Mapping[str, T], label: str) -> T:
    """Return what a label stands for; raises BadInput when the mapping does not have it."""
    if label not in section:
        raise BadInput(f"{label!r} is not in the mapping")
    return section[label]


def _predicate(found: Tree) -> Predicate:
    if found.is_scalar:
        return Predicate(found.read_as(word))
    found.only("as", "inverse", "object", "count", "stance_on_object")
    sort = found.text("object", "thing")
    if sort not in _OBJECTS:
        raise found.need("object").fault(f"{sort!r} is none of {', '.join(_OBJECTS)}")
    inverse, count, stance = (
        found.flag(key) for key in ("inverse", "count", "stance_on_object")
    )
    if (count and sort != "value") or ((inverse or stance) and sort != "thing"):
        raise found.fault(f"cannot be read with an object that is a {sort}")
    return Predicate(found.need("as").read_as(word), inverse, sort, count, stance)
