"""A first mapping of a table, from its header and some of its rows, for a person to mend.

Each guess says by how many cells it was made. Whatever nothing is known of becomes a
description of the row's subject, in the words of the source.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from loaders import assets
from loaders.cells import count
from loaders.countries import country
from loaders.given import Given
from loaders.indicators import email, hashtag, ip_address
from loaders.mapped_rows import TEXTS, Cells, Layout, opened, rows
from loaders.mapped_sheets import names
from loaders.mapping_cells import language
from loaders.mapping_dates import dated
from loaders.sheet_formulas import FAILED
from loaders.source import File
from loaders.streams import delimiter, head_of
from onrecord.errors import BadInput
from ontology.identity import Mint

_SAMPLE: Final = 500  # rows
_MOSTLY: Final = 0.9
# what may stand between the parts of a cell, and in how many cells it then does at least
_SEPARATORS: Final = (("+", 0.02), (";", 0.02), ("|", 0.02), (", ", 0.2))
_FORMS: Final = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y",
    "%d %b %Y", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
)  # fmt: skip
_MINT: Final = Mint()
_HANDLE: Final = re.compile(r"@[\w.\-]{2,60}")
_MAYBE_DECIMAL: Final = re.compile(r"\d{1,3},\d{3}", re.ASCII)  # or thousands, set apart
_SHORT: Final = 12  # different values that make a list


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to hold, and how many of the cells say so."""

    column: str
    kind: str
    split: str = ""
    forms: tuple[str, ...] = ()
    fits: int = 0
    cells: int = 0
    distinct: int = 0

    @property
    def why(self) -> str:
        """Return by what the guess was made."""
        if not self.cells:
            return "no cell of the sample says anything"
        told = f"{self.fits:,} of {self.cells:,} cells"
        split = f", cut at {self.split!r}" if self.split else ""
        forms = f" of the form {' or '.join(self.forms)}" if self.forms else ""
        if len(self.forms) > 1:
            forms += " (the sample does not show which; leave one)"
        return f"{told}{split}: {self.kind}{forms}; {self.distinct:,} different"


def draft(path: Path, given: Given, layout: Layout) -> str:
    """Return a mapping in YAML; raises BadInput for what is no table."""
    file = opened(path, given)
    if not layout.sheet and len(sheets := names(path)) > 1:
        raise BadInput(f"{path}: which sheet? name one with --sheet: {', '.join(sheets)}")
    layout = _parted(file, layout)
    sample = [row for row in islice(rows(file, layout), _SAMPLE) if isinstance(row, Cells)]
    if not sample:
        raise BadInput(f"{path}: no row in it can be read")
    columns = list(dict.fromkeys(column for row in sample for column in row.cells))
    guesses = [_guess(column, sample) for column in columns]
    return "\n".join(_written(path, layout, guesses, sample)) + "\n"


def _parted(file: File, layout: Layout) -> Layout:
    """Return a layout that says what parts the columns, where the name of the file does not."""
    usual = TEXTS.get(file.path.suffix.lower())
    if usual is None or layout.delimiter or (sign := delimiter(head_of(file))) == usual:
        return layout
    return replace(layout, delimiter=sign)


def _guess(column: str, sample: Sequence[Cells]) -> Guess:
    told = (row.take(column) for row in sample)
    cells = [cell for cell in told if cell and not cell.startswith(FAILED)]
    listed = any(row.listed(column) is not None for row in sample)
    if listed:
        cells = [part for row in sample for part in row.listed(column) or ()]
    whole = _kind(column, cells)
    if whole.kind != "text" or listed or not cells:
        return whole
    for sign, least in _SEPARATORS:
        parts = [part.strip() for cell in cells for part in cell.split(sign) if part.strip()]
        is_often = sum(sign in cell for cell in cells) >= least * len(cells)
        if is_often and len(set(parts)) < _MOSTLY * len(parts):
            return _kind(column, parts, sign)
    return whole


def _kind(column: str, cells: Sequence[str], split: str = "") -> Guess:
    distinct = len(set(cells))
    for kind, reads in _KINDS:
        fits = sum(map(reads, cells))
        if cells and fits >= _MOSTLY * len(cells):
            return Guess(column, kind, split, (), fits, len(cells), distinct)
    forms = tuple(form for form in _FORMS if all(_is_dated(cell, form) for cell in cells))
    if cells and forms:
        return Guess(column, "date", split, forms, len(cells), len(cells), distinct)
    return Guess(column, "text", split, (), len(cells), len(cells), distinct)


def _reads(reading: Callable[[str], object]) -> Callable[[str], bool]:
    def reads(cell: str) -> bool:
        try:
            return bool(reading(cell))
        except BadInput:
            return False

    return reads


def _is_date(cell: str) -> bool:
    return len(cell) >= 7 and bool(dated(cell, ()))


def _is_dated(cell: str, form: str) -> bool:
    return _reads(lambda cell: dated(cell, (form,)))(cell)


# the most telling first
_KINDS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("date", _reads(_is_date)),
    ("count", lambda cell: not _MAYBE_DECIMAL.fullmatch(cell) and _reads(count)(cell)),
    ("address", lambda cell: "://" in assets.refanged(cell) and bool(assets.address(cell))),
    ("email", lambda cell: bool(email(cell, _MINT))),
    ("ip", lambda cell: bool(ip_address(cell, _MINT))),
    ("domain", lambda cell: bool(assets.domain(cell, _MINT))),
    ("hashtag", lambda cell: bool(hashtag(cell, _MINT))),
    ("handle", lambda cell: bool(_HANDLE.fullmatch(cell))),
    # two letters may as well be those of a part of a country
    ("country", lambda cell: len(cell) > 2 and bool(country(cell))),
    ("language", _reads(language)),
)
_THINGS: Final = ("address", "country", "domain", "email", "hashtag", "ip")


def _written(
    path: Path, layout: Layout, guesses: Sequence[Guess], sample: Sequence[Cells]
) -> Iterator[str]:
    yield f"# A first mapping of {path.name}, drafted from {len(sample):,} rows. Every guess"
    yield "# says by what it was made; mend what is wrong. All words: docs/loaders/table.md"
    yield f"#   onrecord mapping check {path.name} THIS_FILE"
    yield "# publisher: NAME  # whose words the rows are; without it --publisher has to tell"
    unique = [one for one in guesses if one.cells == one.distinct == len(sample)]
    if layout != Layout() or unique:
        yield "table:"
    if layout.sheet:
        yield f"  sheet: {_quoted(layout.sheet)}"
    if layout.delimiter:
        yield f"  delimiter: {_quoted(layout.delimiter)}"
    if layout.header != 1:
        yield f"  header: {layout.header}"
    if unique:
        yield f"  key: {_quoted(unique[0].column)}  # each row of the sample has another one"
    yield from _body(guesses, unique)


def _body(guesses: Sequence[Guess], unique: Sequence[Guess]) -> Iterator[str]:
    empty = [guess for guess in guesses if not guess.cells]
    filled = [guess for guess in guesses if guess.cells]
    subject = _subject(filled, unique)
    if empty:
        yield "ignore:"
        yield from (f"  {_quoted(one.column)}: {_quoted(one.why)}" for one in empty)
    labels = {subject.column: "subject"}
    yield "things:"
    yield "  # what the rows are about, since it differs the most from row to row"
    yield f"  # {subject.why}"
    yield f"  subject: {{kind: {_kind_of(subject)}, column: {_quoted(subject.column)}}}"
    for one in filled:
        if one.kind in _THINGS and one is not subject:
            labels[one.column] = _label(one.column, labels)
            yield f"  # {one.why}"
            told = f"{{kind: {one.kind}, column: {_quoted(one.column)}{_cut(one)}}}"
            yield f"  {labels[one.column]}: {told}"
    yield "claims:"
    for one in filled:
        if one is not subject:
            yield f"  # {one.why}"
            yield from _claim(one, labels)
    if len(filled) == 1:
        yield "  - {subject: subject, predicate: describedAs, object: {const: listed}}"


def _claim(one: Guess, labels: dict[str, str]) -> Iterator[str]:
    column = _quoted(one.column)
    if one.kind in _THINGS:
        words = {"address": "documentedAt"}.get(one.kind, "dcterms:relation")
        yield f"  - {{subject: subject, predicate: {words}, object: {labels[one.column]}}}"
        return
    options = _cut(one)
    if one.kind == "date":
        told = ", ".join(map(_quoted, one.forms))
        told = f"[{told}]" if len(one.forms) > 1 else told
        form = f", format: {told}" if told else ""
        options += f", as: date{form}, basis: stated"
    elif one.kind in ("count", "language"):
        options += f", as: {one.kind}"
    yield "  - subject: subject"
    yield "    predicate: describedAs  # in the words of the source, until you know better"
    yield f"    object: {{column: {column}{options}}}"
    yield f"    about: {{inField: {column}}}"


def _subject(filled: Sequence[Guess], unique: Sequence[Guess]) -> Guess:
    """Return the column that tells rows apart and reads like a name or a sentence."""
    by_far = sorted(filled, key=lambda one: -one.distinct)
    named = [one for one in (*unique, *by_far) if one.kind in ("text", "domain", "hashtag")]
    named = [one for one in named if not one.split] or list(by_far)
    return named[0]


def _kind_of(one: Guess) -> str:
    if one.kind in _THINGS:
        return one.kind
    return "statement" if one.kind == "text" and one.distinct > _SHORT else "topic"


def _label(column: str, labels: dict[str, str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_") or "thing"
    times = Counter(labels.values())
    return f"{plain}_{len(labels)}" if times[plain] or plain == "subject" else plain


def _cut(one: Guess) -> str:
    return f", split: {_quoted(one.split)}" if one.split else ""


def _quoted(text: str) -> str:
    """Return a scalar of YAML, in double quotes where it needs some."""
    if (
        re.fullmatch(r"[A-Za-z_][\w ]*\w|[A-Za-z_]", text, re.ASCII)
        and text.casefold() != "null"
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(s):04x}" if ord(s) < 32 else s for s in escaped) + '"'
