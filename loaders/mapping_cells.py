"""What a mapping says of a column: how its cells are cut, and what each part is read as."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import Final

from babel.core import Locale
from pyoxigraph import Literal, NamedNode

from loaders.cells import FLAGS, count
from loaders.mapped_rows import TEXTS, Cells
from loaders.mapped_sheets import UNREADABLE
from loaders.mapping_dates import date_form, dated
from loaders.no_names import FORMULA_FAILED, is_failed
from loaders.records import Quarantined
from loaders.scheme_words import platform
from loaders.sheet_formulas import FAILED, why
from loaders.source import File
from loaders.streams import delimiter, head_of
from loaders.table import Refused
from loaders.tree import Tree
from loaders.values import number, percent, value, word
from onrecord.errors import BadInput
from ontology.identity import Term

KEYS: Final = ("column", "split", "values", "only", "refuse", "empty", "pattern", "default")
_TYPED: Final = ("as", "format", "language", "scheme", "basis")
TYPES: Final = (
    "count", "date", "flag", "language", "number", "percent", "string", "text", "word"
)  # fmt: skip
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and how the mapping cuts and translates its cells."""

    name: str
    place: Tree
    split: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    refuse: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    default: str = ""

    @classmethod
    def of(cls, tree: Tree) -> "Column":
        """Read what a mapping says of a column."""
        split = tree.get("split")
        return cls(
            tree.need("column").scalar(),
            tree.need("column"),
            split.cell() if split else "",
            {key: found.cell() for key, found in tree.labels("values")},
            tree.flag("only"),
            {key: found.scalar() for key, found in tree.labels("refuse")},
            frozenset(found.scalar() for found in tree.each("empty")),
            found.read_as(_pattern) if (found := tree.get("pattern")) else None,
            tree.text("default"),
        )

    def parts(self, row: Cells) -> Iterator[str | Quarantined]:
        """Yield the parts of a row's cell, translated; one that is refused says why."""
        cell, is_empty = row.take(self.name), True
        if cell.startswith(FAILED):
            yield row.fault(self.name, cell, why(cell)).record
            return
        listed = row.listed(self.name)
        cut = cell.split(self.split) if self.split else [cell]
        cut = cut if listed is None else [*listed]
        for part in map(str.strip, cut):
            if part and part not in self.empty:
                is_empty = False
                yield self._part(row, part)
        if is_empty and self.default:
            yield self.default

    def tells(self, told: str) -> bool:
        """Return whether the mapping itself gives a value, whatever stands in the cell."""
        return told == self.default or told in self.values.values()

    def _part(self, row: Cells, part: str) -> str | Quarantined:
        if UNREADABLE in part:
            told = part.replace(UNREADABLE, "")
            return row.fault(self.name, told, "holds octets that are no text").record
        if is_failed(part) and part not in self.values:
            return row.fault(self.name, part, FORMULA_FAILED).record
        if part in self.refuse:
            return row.fault(self.name, part, self.refuse[part]).record
        if self.only and part not in self.values:
            return row.fault(self.name, part, "is no value that the mapping knows").record
        told = self.values.get(part, part)
        if self.pattern and part not in self.values:
            found = self.pattern.fullmatch(told)
            if not found:
                return row.fault(self.name, part, "is not of the form of the pattern").record
            told = (found[1] or "").strip()
        return told


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a claim: what stands in a column, or the same for all rows."""

    column: Column | None
    read: Callable[[str], Term]
    constant: Term | None = None
    basis: Term | None = None

    @classmethod
    def of(cls, tree: Tree, sort: str = "") -> "Cell":
        """Read a value of a mapping; `sort` is its type where the mapping does not tell one.

        A value alone is the same for all rows, and so is one under `const`.
        """
        if tree.is_scalar or tree.get("const"):
            spelled = tree if tree.is_scalar else only(tree, "const").need("const")
            reading = _constant(sort)
            return cls(None, reading, spelled.read_as(reading))
        only(tree, *KEYS, *_TYPED)
        basis = tree.get("basis")
        return cls(
            Column.of(tree),
            _reading(tree, sort),
            basis=basis.word_of("DateBasis") if basis else None,
        )

    def terms(self, row: Cells) -> Iterator[Term | Quarantined]:
        """Yield the values of a row; what cannot be read says why."""
        if self.column is None:
            assert self.constant is not None
            yield self.constant
            return
        for part in self.column.parts(row):
            yield part if isinstance(part, Quarantined) else self._term(row, part)

    def _term(self, row: Cells, part: str) -> Term | Quarantined:
        assert self.column is not None
        if self.read is number and _THOUSANDS.fullmatch(part) and _has_commas(row.file):
            return row.fault(self.column.name, part, "may have its thousands set apart").record
        try:
            return row.doing(self.column.name, part, partial(self.read, part))
        except Refused as error:
            return error.record


@lru_cache(8)
def _has_commas(file: File) -> bool:
    """Return whether a text parts its columns as is done where a comma begins a fraction."""
    return file.path.suffix.lower() in TEXTS and delimiter(head_of(file)) == ";"


def only(tree: Tree, *known: str) -> Tree:
    """Return a mapping if it has known keys alone; the first other one is named by its line."""
    for key, found in tree.items().items():
        if key not in known:
            raise found.fault(
                f"{key!r} is no word of a mapping here; known are {', '.join(known)}"
            )
    return tree


def _reading(tree: Tree, sort: str) -> Callable[[str], Term]:
    """Return how the cells of a column are read."""
    place = tree.get("as")
    kind = place.scalar() if place else {"moment": "date", "text": "text"}.get(sort, "")
    scheme = tree.text("scheme") or ("" if kind in TYPES else sort)
    match kind or ("word" if scheme else "string"):
        case "date":
            return partial(
                dated, forms=tuple(each.read_as(date_form) for each in tree.each("format"))
            )
        case "text":
            return partial(_worded, language=_tag(tree.get("language")))
        case "word":
            return partial(_word, scheme=scheme)
        case "string":
            return Literal
        case known if known in _READINGS:
            return _READINGS[known]
        case other:
            raise (place or tree).fault(f"{other!r} is no type; known are {', '.join(TYPES)}")


def _constant(sort: str) -> Callable[[str], Term]:
    match sort:
        case "moment":
            return partial(dated, forms=())
        case "" | "text":
            return value
        case scheme:
            return partial(_word, scheme=scheme)


def _word(spelled: str, scheme: str) -> NamedNode:
    """Return a word of a scheme, or the platform that is called so."""
    called = platform(spelled) if scheme == "Platform" else None
    return called or word(spelled, scheme)


def _tag(tree: Tree | None) -> str:
    if tree is None:
        return ""
    return tree.read_as(language).value


def _worded(text: str, language: str) -> Literal:
    return Literal(text, language=language) if language else Literal(text)


def language(spelled: str) -> Literal:
    """Return the tag of a language (BCP 47) from the tag itself or its English name (CLDR)."""
    known = _languages().get(spelled.casefold())
    if known is None and re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", spelled):
        known = spelled
    if known is None:
        raise BadInput("names no language")
    return Literal(known)


def is_language(spelled: str) -> bool:
    """Return whether a text is a language's English name, or a tag that somebody uses."""
    return spelled.casefold() in _languages() or spelled in _languages().values()


@cache
def _languages() -> Mapping[str, str]:
    named = Locale("en").languages
    return {name.casefold(): code.replace("_", "-") for code, name in named.items()}


def _flag(spelled: str) -> Literal:
    if spelled.casefold() not in FLAGS:
        raise BadInput(f"is none of {', '.join(FLAGS)}")
    return Literal(FLAGS[spelled.casefold()])


def _percent(spelled: str) -> Literal:
    return percent(spelled.removesuffix("%").rstrip())


def _pattern(spelled: str) -> re.Pattern[str]:
    try:
        found = re.compile(spelled)
    except re.error as error:
        raise BadInput(f"{spelled!r} is no regular expression: {error}") from error
    if found.groups != 1:
        raise BadInput(f"{spelled!r} has to have one group, which is what is taken")
    return found


_READINGS: Final[Mapping[str, Callable[[str], Term]]] = {
    "count": count,
    "flag": _flag,
    "language": language,
    "number": number,
    "percent": _percent,
}
