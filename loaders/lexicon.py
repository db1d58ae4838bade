"""From a coder's working labels to words and things: the mapping that is part of a case.

A label that the mapping does not have is a fault of the row, never a guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from loaders import articles
from loaders.articles import Article
from loaders.given import Given
from loaders.records import Details, Record
from loaders.things import Things
from loaders.tree import Tree
from loaders.values import value, word
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

_SECTIONS: Final = (
    "uses", "documents", "modes", "speakers", "predicates", "things", "qualifiers", "times",
    "rows",
)  # fmt: skip
_ROW: Final = (
    "subject", "predicate", "object", "stance", "mode", "chain", "claim", "details", "start",
    "end", "time", "qualifiers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a working predicate stands for, and how its row is to be read."""

    iri: NamedNode
    inverse: bool = False
    object: str = "thing"
    count: bool = False
    stance_on_object: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The labels of one coder's tables."""

    tree: Tree
    given: Given

    @classmethod
    def read(cls, path: Path, given: Given) -> "Lexicon":
        """Read a mapping file and look at the files that it uses."""
        tree = Tree.read(path, f"{path.parent.name}/{path.name}").only(*_SECTIONS)
        return cls(tree, given)

    @cached_property
    def known(self) -> Things:
        """Return the things that the labels stand for."""
        folder = self.tree.source.path.parent
        path = folder / self.tree.need("uses").text("things", "things.yaml")
        things = Tree.read(path, f"{folder.name}/{path.name}").only("curator", "things")
        return Things(things, self.given)

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        things = self.tree.need("things").items()
        return {label: found.scalar() for label, found in things.items()}

    @cached_property
    def documents(self) -> Mapping[str, Article]:
        """Return the described texts, by the label of the tables' `doc` column."""
        folder = self.tree.source.path.parent
        return {
            label: articles.read(folder / path.scalar(), self.known)
            for label, path in self.tree.need("documents").items().items()
        }

    def records(self) -> Iterator[Record]:
        """Yield what the mapping's own files say: things, documents and their sidecars."""
        yield self.known.tree.source.document
        yield from self.known.records()
        for article in self.documents.values():
            yield from articles.records(article, self.known)

    def document(self, label: str) -> Article:
        """Return the text that a `doc` cell stands for."""
        if label not in self.documents:
            raise BadInput(f"document {label!r} is not in the mapping")
        return self.documents[label]

    def mode(self, label: str) -> NamedNode:
        """Return the mode of speech that a `mode` cell stands for."""
        return word(self._find("modes", label).scalar())

    def predicate(self, label: str) -> Predicate:
        """Return what a `predicate` cell stands for."""
        found = self._find("predicates", label)
        if found.is_scalar:
            return Predicate(word(found.scalar()))
        found.only("as", "inverse", "object", "count", "stance_on_object")
        return Predicate(
            word(found.need("as").scalar()),
            found.text("inverse") == "true",
            found.text("object", "thing"),
            found.text("count") == "true",
            found.text("stance_on_object") == "true",
        )

    def thing(self, label: str) -> NamedNode:
        """Return the thing that a label stands for: by the mapping, or by its own key."""
        key = self._keys.get(label, label.removeprefix("="))
        if key in self.documents:
            return self.documents[key].iri
        if key not in self.known.iris:
            raise BadInput(f"label {label!r} is neither in the mapping nor a key of the things")
        return self.known.iris[key]

    def knows(self, label: str) -> bool:
        """Return whether a label as a whole stands for a thing."""
        return label in self._keys or label.removeprefix("=") in self.known.iris

    def speaker(self, label: str) -> tuple[NamedNode, Details]:
        """Return the speaker that a link of a chain stands for, and on whose behalf."""
        found = self.tree.need("speakers").get(label)
        if found is None:
            return self.thing(label), ()
        if found.is_scalar:
            return self.known.find(found), ()
        behalf = self.known.find(found.need("on_behalf_of"))
        return self.known.find(found.need("speaker")), ((term("onBehalfOf"), behalf),)

    def qualifiers(self, cell: str) -> tuple[Details, Details]:
        """Return the qualifiers of the claim, and the details of the attestation."""
        return self._both("qualifiers", [item.strip() for item in cell.split(";")])

    def time(self, cell: str) -> tuple[Details, Details]:
        """Return what a `time` cell says of the claim, and of the attestation."""
        return self._both("times", [cell.strip()])

    def row(self, key: str) -> tuple[Mapping[str, Tree], ...]:
        """Return what the mapping says of one row: cells to put in place, once per claim."""
        rows = self.tree.get("rows")
        found = rows.get(key) if rows else None
        if found is None:
            return ({},)
        return tuple(claim.only(*_ROW).items() for claim in found.members())

    def pairs(self, tree: Tree) -> Details:
        """Return the properties and values that a mapping of a file spells."""
        return tuple(
            (word(key), self.value(member))
            for key, found in tree.items().items()
            for member in found.members()
        )

    def value(self, tree: Tree) -> Term:
        """Return a value of the mapping file: a thing's key after `=`, a word, or a literal."""
        spelled = tree.scalar()
        return self.thing(spelled[1:]) if spelled.startswith("=") else value(spelled)

    def _both(self, section: str, labels: list[str]) -> tuple[Details, Details]:
        claim: Details = ()
        details: Details = ()
        for label in filter(None, labels):
            found = self._find(section, label).only("claim", "details")
            claim += tuple(pair for part in found.each("claim") for pair in self.pairs(part))
            details += tuple(
                pair for part in found.each("details") for pair in self.pairs(part)
            )
        return claim, details

    def _find(self, section: str, label: str) -> Tree:
        found = self.tree.need(section).get(label)
        if found is None:
            raise BadInput(f"{section[:-1]} {label!r} is not in the mapping")
        return found
