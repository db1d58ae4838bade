"""The mapping of a table: which columns say what of which things, in whose voice.

A mapping is read whole, so that a fault of it is found before the first row, with its line.
`docs/loaders/table.md` lists its words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from loaders.given import Terms
from loaders.lexicon import DETAILS, SORTS
from loaders.mapped_rows import Layout
from loaders.mapped_sheets import names
from loaders.mapping_cells import Cell, Column, only
from loaders.mapping_things import Thing
from loaders.tree import Tree
from loaders.values import word
from onrecord.errors import BadInput
from ontology import term
from ontology.flags import CLAIMED, QUALIFIERS

_WORDS: Final = ("publisher", "licence", "url", "table", "ignore", "things", "claims")
_CLAIM: Final = ("subject", "predicate", "object", "stance", "by", "about", "details", "when")
_SPOKEN: Final = DETAILS | {
    term(word)
    for word in ("observedFrom", "observedUntil", "statedConfidence", "statedConfidenceScale")
}
_LINE: Final = re.compile(r"[1-9]\d*", re.ASCII)
_MAPS: Final = ("values", "refuse")  # whose keys are cells, not words


@dataclass(frozen=True, slots=True)
class Value:
    """What a claim speaks of: a sort of thing by its label, or a value."""

    label: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that every row makes, where its cells say something."""

    subject: str
    predicate: NamedNode
    object: Value
    stance: Cell
    by: tuple[str, ...]
    about: tuple[tuple[NamedNode, Value], ...]
    details: tuple[tuple[NamedNode, Value], ...]
    when: tuple[Column, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping that was read whole."""

    tree: Tree
    terms: Terms
    layout: Layout
    ignored: Mapping[str, Tree]
    things: Mapping[str, Thing]
    claims: tuple[Told, ...]

    @classmethod
    def read(cls, path: Path) -> "TableMapping":
        """Read a mapping; raises BadInput that names file, line and key."""
        tree = only(Tree.read(path), *_WORDS)
        things = {label: Thing.of(found) for label, found in tree.labels("things")}
        claims = tree.need("claims")
        return cls(
            tree,
            Terms(tree.text("publisher"), tree.text("licence"), tree.text("url")),
            _layout(tree.get("table")),
            _ignored(tree.get("ignore")),
            things,
            tuple(_told(each, things) for each in claims.members()),
        )

    @property
    def columns(self) -> dict[str, Tree]:
        """Return the columns that it reads, each with a place that names it."""
        found = [*_columns(self.tree)]
        found += [(each.scalar(), each) for each in _each(self.tree, "table", "key")]
        places: dict[str, Tree] = {}
        for name, place in found:
            places.setdefault(name, place)
        return places

    def check(self, columns: list[str], table: Path) -> None:
        """Raise BadInput when it reads what a table lacks, or passes over a column."""
        read = self.columns
        if self.layout.sheet and not names(table):
            place = self.tree.need("table").need("sheet")
            raise place.fault(f"{table.name} has no sheets")
        for name, place in (*read.items(), *self.ignored.items()):
            if name not in columns:
                told = ", ".join(map(repr, columns))
                raise place.fault(f"{name!r} is no column of {table.name}; it has {told}")
            if name in read and name in self.ignored:
                raise self.ignored[name].fault(f"{name!r} is ignored, and read elsewhere")
        if unread := [name for name in columns if name not in read | dict(self.ignored)]:
            told = ", ".join(map(repr, unread))
            place = self.tree.get("ignore") or self.tree
            raise place.fault(
                f"nobody reads {told} of {table.name}: map them, or name them under 'ignore'"
            )


def _columns(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Yield all columns that a part of a mapping reads."""
    if tree.is_scalar:
        return
    if tree.is_list:
        for member in tree.members():
            yield from _columns(member)
        return
    for key, found in tree.items().items():
        if key == "column":
            yield found.scalar(), found
        elif key in ("id", "scope"):
            for each in found.members():
                if each.is_scalar:
                    yield each.scalar(), each
                else:
                    yield from _columns(each)
        elif key not in (*_MAPS, "table", "ignore"):
            yield from _columns(found)


def _each(tree: Tree, *keys: str) -> Iterator[Tree]:
    found: Tree | None = tree
    for key in keys:
        found = found.get(key) if found else None
    return found.members() if found else iter(())


def _layout(tree: Tree | None) -> Layout:
    if tree is None:
        return Layout()
    only(tree, "delimiter", "sheet", "header", "key")
    delimiter, header = tree.get("delimiter"), tree.get("header")
    if delimiter and (len(delimiter.cell()) != 1 or delimiter.cell() in '"\r\n'):
        raise delimiter.fault("has to be one sign")
    if header and not _LINE.fullmatch(header.scalar()):
        raise header.fault("has to be the number of a line")
    return Layout(
        delimiter.cell() if delimiter else "",
        tree.text("sheet"),
        int(tree.text("header", "1")),
        tuple(each.scalar() for each in tree.each("key")),
    )


def _ignored(tree: Tree | None) -> dict[str, Tree]:
    if tree is None:
        return {}
    if tree.is_scalar or tree.is_list:
        raise tree.fault("has to be a mapping from columns to why they are not read")
    found = tree.items()
    for reason in found.values():
        reason.scalar()
    return found


def _told(tree: Tree, things: Mapping[str, Thing]) -> Told:
    only(tree, *_CLAIM)
    subject = _label(tree.need("subject"), things)
    predicate = tree.need("predicate").read_as(_predicate)
    by = tuple(_label(each, things) for each in tree.each("by"))
    about = tuple(_pairs(tree.get("about"), things, QUALIFIERS, "qualifies no claim"))
    details = tuple(_pairs(tree.get("details"), things, _SPOKEN, "is no detail of a stance"))
    when = tree.get("when")
    stance = tree.get("stance")
    return Told(
        subject,
        predicate,
        _value(tree.need("object"), things),
        Cell.of(stance, "Stance") if stance else Cell(None, word, term("Assertion")),
        by,
        about,
        details,
        _condition(when) if when else None,
    )


def _predicate(spelled: str) -> NamedNode:
    found = word(spelled)
    if found not in CLAIMED:
        raise BadInput(f"{spelled!r} is nothing that a claim says of its subject")
    return found


def _label(tree: Tree, things: Mapping[str, Thing]) -> str:
    label = tree.scalar()
    if label not in things:
        raise tree.fault(
            f"{label!r} is none of the things: {', '.join(things) or 'there are none'}"
        )
    return label


def _value(tree: Tree, things: Mapping[str, Thing], sort: str = "") -> Value:
    if tree.is_scalar and not sort:
        return Value(_label(tree, things))
    if not tree.is_scalar and tree.get("thing"):
        return Value(_label(only(tree, "thing").need("thing"), things))
    return Value(cell=Cell.of(tree, sort))


def _pairs(
    tree: Tree | None, things: Mapping[str, Thing], known: frozenset[NamedNode], reason: str
) -> Iterator[tuple[NamedNode, Value]]:
    """Yield the words of a mapping, each with its value; a value alone is a constant."""
    for key, found in tree.items().items() if tree else ():
        name = found.reading(word, key)
        if name not in known:
            raise found.fault(f"{key!r} {reason}")
        sort = SORTS.get(key.removeprefix("rec:"), "")
        is_cell = found.is_scalar or found.get("thing") is None
        yield name, Value(cell=Cell.of(found, sort)) if is_cell else _value(found, things)


def _condition(tree: Tree) -> tuple[Column, frozenset[str]]:
    only(tree, "column", "is")
    values = frozenset(each.cell() for each in tree.need("is").members())
    return replace(Column.of(tree), split=""), values
