"""What a column seems to hold, guessed from some of its cells; nothing is read by it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from loaders import assets
from loaders.cells import FLAGS, count, is_rounded
from loaders.countries import country
from loaders.indicators import email, hashtag, ip_address
from loaders.mapped_rows import Cells
from loaders.mapping_cells import is_language
from loaders.mapping_dates import dated
from loaders.no_names import is_failed, says_nothing
from loaders.sheet_formulas import FAILED
from loaders.values import NO_DAYS, likely
from onrecord.errors import BadInput
from ontology.identity import Mint

_MOSTLY: Final = 0.9
# what may stand between the parts of a cell, and in how many cells it then does at least
_SEPARATORS: Final = (("+", 0.02), (";", 0.02), ("|", 0.02), (", ", 0.2))
_OFFSET: Final = re.compile(r"\+\d")  # of a time zone, which parts nothing
# a comma stands in names, too ("Portville, Togo"): it parts only what is known for more
_COMMA: Final = ", "
_FORMS: Final = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y",
    "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%B %Y", "%b %Y",
    "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
    "%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p",
    "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p",
    "%d-%b-%Y %I:%M%p", "%a %b %d %H:%M:%S %z %Y", "%a, %d %b %Y %H:%M:%S %z",
)  # fmt: skip
_MINT: Final = Mint()
_HANDLE: Final = re.compile(r"@[\w.\-]{2,60}")
_MAYBE_DECIMAL: Final = re.compile(r"\d{1,3},\d{3}", re.ASCII)  # or thousands, set apart
_CODE: Final = re.compile(r"0\d+", re.ASCII)  # whose zeros count
_MISSING: Final = "NA"
_TWO_LETTERS: Final = re.compile("[A-Z]{2}")
_FIGURES: Final = re.compile(r"[^\w\s]{0,2}\d[\d.,\s]*(?:[eE][+-]?\d+)?\s?[%kKmMxX]?", re.ASCII)
_IDS: Final = re.compile(r"(?:.*[\W_])?ids?(?:_?str)?|.*[a-z]Ids?", re.DOTALL)
_YEAR: Final = re.compile(r"(?:1[6-9]|20)\d\d", re.ASCII)
_LONG: Final = re.compile(r"\d{12,}", re.ASCII)  # as ids are, and counts hardly ever
# what a program wrote in front of the rows, and gave no name or one of its own
_NUMBERING: Final = re.compile(r"column 1|unnamed: 0", re.IGNORECASE)
_SENTENCE: Final = 5  # words, of which names have fewer
_LIST: Final = re.compile(r"\[.*\]", re.DOTALL)


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
    empty: tuple[str, ...] = ()
    is_rounded: bool = False
    is_numbering: bool = False
    is_worded: bool = False

    @property
    def is_id(self) -> bool:
        """Return whether its name says that it is an identifier."""
        return _says_id(self.column)

    @property
    def names(self) -> bool:
        """Return whether it may be by these cells that rows are told apart and spoken of."""
        return self.cells > 0 and self.kind not in ("count", "date", "figures", "language")

    @property
    def why(self) -> str:
        """Return by what the guess was made."""
        if self.is_numbering:
            return "numbers the rows"
        if not self.cells:
            return f"no cell of the sample says anything{_passed_over(self.empty)}"
        told = f"{self.fits:,} of {self.cells:,} cells"
        split = f", cut at {self.split!r}" if self.split else ""
        forms = f" of the form {' or '.join(self.forms)}" if self.forms else ""
        if len(self.forms) > 1:
            forms += " (the sample does not show which; leave one)"
        rounded = "; ids that a spreadsheet has rounded" if self.is_rounded else ""
        return (
            f"{told}{split}: {self.kind}{forms}; {self.distinct:,} different{rounded}"
            f"{_passed_over(self.empty)}"
        )


def guess(column: str, sample: Sequence[Cells]) -> Guess:
    """Return what a column seems to hold."""
    told = (row.take(column) for row in sample)
    cells = [cell for cell in told if cell and not (cell.startswith(FAILED) or is_failed(cell))]
    listed = any(row.listed(column) is not None for row in sample)
    if listed:
        cells = [part for row in sample for part in row.listed(column) or ()]
    empty = tuple(dict.fromkeys(filter(_is_silent, cells)))
    if _is_missing(cells):
        empty = (*empty, _MISSING)
    found = _cut(column, [cell for cell in cells if cell not in empty], listed)
    rounded = any("e" in cell.casefold() and is_rounded(cell) for cell in cells)
    return Guess(
        column, found.kind, found.split, found.forms, found.fits, found.cells, found.distinct,
        empty, rounded, _numbers_rows(column, cells), _are_sentences(cells),
    )  # fmt: skip


def _numbers_rows(column: str, cells: Sequence[str]) -> bool:
    """Return whether cells only count the rows, from 0 or 1 on."""
    if not _NUMBERING.fullmatch(column) or cells[:1] not in (["0"], ["1"]):
        return False
    return all(cell == str(n) for n, cell in enumerate(cells, start=int(cells[0])))


def _are_sentences(cells: Sequence[str]) -> bool:
    return 2 * sum(len(cell.split()) >= _SENTENCE for cell in cells) > len(cells)


def _cut(column: str, cells: Sequence[str], listed: bool) -> Guess:
    whole = _kind(column, cells)
    if (
        whole.kind not in ("text", "figures")
        or listed
        or not cells
        or any(map(_LIST.fullmatch, cells))
    ):
        return whole
    for sign, least in _SEPARATORS:
        parts = [part.strip() for cell in cells for part in cell.split(sign) if part.strip()]
        is_often = sum(sign in cell for cell in cells) >= least * len(cells)
        if sign == "+" and any(map(_OFFSET.search, cells)):
            continue
        is_list = len(set(parts)) < _MOSTLY * len(parts) and not any(map(str.isdigit, parts))
        if is_often and is_list:
            found = _kind(column, parts, sign)
            if sign != _COMMA or found.kind not in ("text", "figures"):
                return found
    return whole


def _is_missing(cells: Sequence[str]) -> bool:
    """Return whether `NA` is what R writes for nothing, and no code among others."""
    codes = sum(map(bool, map(_TWO_LETTERS.fullmatch, cells)))
    is_of_codes = codes >= _MOSTLY * len(cells) and len(set(cells)) > 1
    return _MISSING in cells and not is_of_codes


def _is_silent(cell: str) -> bool:
    is_nothing = says_nothing(cell) and cell != _MISSING  # which may be a code among others
    return is_nothing or cell.casefold() in ("?", "unknown") or cell.startswith(NO_DAYS)


def _passed_over(empty: Sequence[str]) -> str:
    told = ", ".join(map(repr, empty))
    return f"; {told} {'is' if len(empty) == 1 else 'are'} taken for empty" if empty else ""


def _kind(column: str, cells: Sequence[str], split: str = "") -> Guess:
    distinct = len(set(cells))
    if cells and "year" in column.casefold() and all(map(_YEAR.fullmatch, cells)):
        return Guess(column, "date", split, (), len(cells), len(cells), distinct)
    if cells and all(map(_is_count, cells)) and not _are_ids(column, cells):
        return Guess(column, "count", split, (), len(cells), len(cells), distinct)
    for kind, reads in _KINDS:
        fits = sum(map(reads, cells))
        if cells and fits >= _MOSTLY * len(cells):
            return Guess(column, kind, split, (), fits, len(cells), distinct)
    forms = tuple(form for form in _FORMS if all(_is_dated(cell, form) for cell in cells))
    if cells and forms:
        return Guess(column, "date", split, forms, len(cells), len(cells), distinct)
    # a column of figures is read as it stands, but names nothing
    figures = sum(map(bool, map(_FIGURES.fullmatch, cells)))
    kind = "figures" if cells and figures >= _MOSTLY * len(cells) else "text"
    return Guess(column, kind, split, (), len(cells), len(cells), distinct)


def _reads(reading: Callable[[str], object]) -> Callable[[str], bool]:
    def reads(cell: str) -> bool:
        try:
            return bool(reading(cell))
        except BadInput:
            return False

    return reads


def _is_count(cell: str) -> bool:
    is_other = _MAYBE_DECIMAL.fullmatch(cell) or _CODE.fullmatch(cell)
    return not is_other and _reads(count)(cell)


def _are_ids(column: str, cells: Sequence[str]) -> bool:
    """Return whether numbers are names of something, and not how many there are of it."""
    return _says_id(column) or any(map(_LONG.fullmatch, cells))


def _says_id(column: str) -> bool:
    return any(map(_IDS.fullmatch, (column, column.casefold())))


def _is_date(cell: str) -> bool:
    return len(cell) >= 7 and bool(likely(dated(cell, ())))


def _is_dated(cell: str, form: str) -> bool:
    return _reads(lambda cell: likely(dated(cell, (form,))))(cell)


# the most telling first
_KINDS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("date", _reads(_is_date)),
    ("address", lambda cell: "://" in assets.refanged(cell) and bool(assets.address(cell))),
    ("email", lambda cell: bool(email(cell, _MINT))),
    ("ip", lambda cell: bool(ip_address(cell, _MINT))),
    ("domain", lambda cell: bool(assets.domain(cell, _MINT))),
    ("hashtag", lambda cell: bool(hashtag(cell, _MINT))),
    ("handle", lambda cell: bool(_HANDLE.fullmatch(cell))),
    # two letters may as well be those of a part of a country
    ("country", lambda cell: len(cell) > 2 and bool(country(cell))),
    # and "no" is an answer more often than Norwegian
    ("language", lambda cell: cell.casefold() not in FLAGS and is_language(cell)),
)
