"""A first mapping of a table, from its header and some of its rows, for a person to mend.

Each guess says by how many cells it was made. Whatever nothing is known of becomes a
description of the row's subject, in the words of the source.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from loaders.given import Given
from loaders.mapped_rows import JSON, TEXTS, Cells, Layout, columns, opened, rows
from loaders.mapped_sheets import names
from loaders.mapping_guess import Guess, guess
from loaders.records import Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.streams import DELIMITERS, delimiter, head_of
from onrecord.errors import BadInput
from onrecord.unsigned import names_secret

_SAMPLE: Final = 500  # rows
_DELIMITERS: Final = (*DELIMITERS, "|")
_HINT: Final = re.compile(r"sep=(.)\r?\n")  # by which a spreadsheet knows what parts cells
_NAMELESS: Final = re.compile(r"column \d+")
# what a column is called that no other loader keeps of people
_PRIVATE: Final = re.compile(
    r"\b(?:birth(?:date|day|place)?|date of birth|dob|ethnicity|gender|home address|iban|lat"
    r"|latitude|lng|lon|longitude|mobile(?= number|$)|passport|phones?|phone number"
    r"|postal address|religion|ssn|street|tel|telephone)\b"
)
_WHY_PRIVATE: Final = "identifies, reaches or locates people, which no record needs to keep"
_WHY_SECRET: Final = "lets somebody in, which no record needs to keep"


def draft(path: Path, given: Given, layout: Layout) -> str:
    """Return a mapping in YAML; raises BadInput for what is no table."""
    file = opened(path, given)
    if not layout.sheet and len(sheets := names(path)) > 1:
        raise BadInput(f"{path}: which sheet? name one with --sheet: {', '.join(sheets)}")
    layout = _parted(file, layout)
    found = list(islice(rows(file, layout), _SAMPLE))
    sample = [row for row in found if isinstance(row, Cells)]
    _under_names(path, layout, found, named := columns(file, layout))
    if not sample:
        raise BadInput(f"{path}: no row in it can be read")
    is_whole = len(found) < _SAMPLE
    guesses = [guess(column, sample) for column in named]
    return "\n".join(_written(path, layout, guesses, sample, is_whole)) + "\n"


def _under_names(
    path: Path, layout: Layout, found: Sequence[Cells | Quarantined | Skipped], named: list[str]
) -> None:
    """Raise BadInput where the names of the columns seem to stand on another line."""
    wrong = [row for row in found if isinstance(row, Quarantined)]
    if path.suffix.lower() in JSON:
        if len(wrong) == len(found):
            raise BadInput(f"{path}: no line of it can be read: {wrong[0].reason}")
        return
    where, way = f"{path}:{layout.header}", "say with --header on which line they are named"
    told = [row for row in found if not isinstance(row, Skipped)]
    # lines of a title above the names may be more than the few rows of a table below
    is_end = len(wrong) > 1 and len(found) < _SAMPLE and told[-len(wrong) :] == wrong
    if len(wrong) * 2 > len(told) or is_end:
        raise BadInput(
            f"{where}: {len(wrong)} of {len(told)} rows do not stand under these columns "
            f"({wrong[0].reason}); {way}, or with --delimiter what parts them"
        )
    nameless = sum(bool(_NAMELESS.fullmatch(column)) for column in named)
    if nameless * 2 > len(named):
        raise BadInput(f"{where}: {nameless} of {len(named)} columns have no name; {way}")


def _parted(file: File, layout: Layout) -> Layout:
    """Return a layout that says what parts the columns, where the name of the file does not."""
    usual = TEXTS.get(file.path.suffix.lower())
    if usual is None or layout.delimiter:
        return layout
    head = head_of(file).removeprefix(BYTE_ORDER_MARK)
    if layout.header == 1 and (told := _HINT.match(head)):
        return replace(layout, delimiter=told[1], header=2)
    sign = delimiter(head.split("\n", layout.header - 1)[-1], _DELIMITERS)
    return layout if sign == usual else replace(layout, delimiter=sign)


_THINGS: Final = ("address", "country", "domain", "email", "hashtag", "ip")


def _written(
    path: Path,
    layout: Layout,
    guesses: Sequence[Guess],
    sample: Sequence[Cells],
    is_whole: bool,
) -> Iterator[str]:
    yield f"# A first mapping of {path.name}, drafted from {len(sample):,} rows. Every guess"
    yield "# says by what it was made; mend what is wrong. All words: docs/loaders/table.md"
    yield f"#   onrecord mapping check {path.name} THIS_FILE"
    yield "# publisher: NAME  # whose words the rows are; without it --publisher has to tell"
    unique = [
        one
        for one in guesses
        if one.cells == one.distinct == len(sample)
        and not (one.is_rounded or one.is_numbering or _why_kept_out(one))
    ]
    if layout != Layout() or unique:
        yield "table:"
    if layout.sheet:
        yield f"  sheet: {_quoted(layout.sheet)}"
    if layout.delimiter:
        yield f"  delimiter: {_quoted(layout.delimiter)}"
    if layout.header != 1:
        yield f"  header: {layout.header}"
    if unique:
        key = min(unique, key=lambda one: (not one.is_id, not one.names))
        yield f"  key: {_quoted(key.column)}  # each row of the sample has another one"
    yield from _body(guesses, unique, is_whole)


def _body(guesses: Sequence[Guess], unique: Sequence[Guess], is_whole: bool) -> Iterator[str]:
    filled = [
        one
        for one in guesses
        if (one.cells or not is_whole) and not (one.is_numbering or _why_kept_out(one))
    ] or guesses
    left = [one for one in guesses if one not in filled]
    subject = _subject(filled, unique)
    if left:
        yield "ignore:"
    for one in left:
        yield f"  {_quoted(one.column)}: {_quoted(_why_kept_out(one) or one.why)}"
    labels = {subject.column: "subject"} if subject else {}
    yield "things:"
    yield from _about(subject)
    for one in filled:
        if one.kind in _THINGS and one is not subject:
            labels[one.column] = _label(one.column, labels)
            yield f"  # {one.why}"
            yield f"  {labels[one.column]}: {{kind: {one.kind}, {_column(one)}}}"
    yield "claims:"
    for one in filled:
        if one is not subject:
            yield f"  # {one.why}"
            yield from _claim(one, labels)
    if len(filled) == 1 and subject:
        yield "  - {subject: subject, predicate: describedAs, object: {const: listed}}"


def _why_kept_out(one: Guess) -> str:
    """Return why a column is not to be kept, by what it is called; else nothing."""
    if names_secret(one.column):
        return _WHY_SECRET
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+", " ", one.column)
    return _WHY_PRIVATE if _PRIVATE.search(words.casefold()) else ""


def _about(subject: Guess | None) -> Iterator[str]:
    """Yield what the rows are about; what nobody can tell is asked, and loads nothing."""
    if subject is None:
        yield "  # no column reads like what the rows are about: say what kind of thing it is,"
        yield "  # and by which column it is known, or by which name (const)"
        yield '  subject: {kind: "?", column: "?"}'
        return
    yield "  # what the rows are about, since it differs the most from row to row"
    yield f"  # {subject.why}"
    if subject.distinct < subject.cells:
        yield "  # several rows have the same: they are then about one thing, all of them"
    yield f"  subject: {{kind: {_kind_of(subject)}, {_column(subject)}}}"


def _claim(one: Guess, labels: dict[str, str]) -> Iterator[str]:
    if one.kind in _THINGS:
        hint = "  # documentedAt, if it is written there" if one.kind == "address" else ""
        thing = labels[one.column]
        yield f"  - {{subject: subject, predicate: dcterms:relation, object: {thing}}}{hint}"
        return
    options = _column(one)
    if one.kind == "date":
        told = ", ".join(map(_quoted, one.forms))
        told = f"[{told}]" if len(one.forms) > 1 else told
        form = f", format: {told}" if told else ""
        options += f", as: date{form}, basis: stated"
    elif one.kind in ("count", "language"):
        options += f", as: {one.kind}"
    yield "  - subject: subject"
    yield "    predicate: describedAs  # in the words of the source, until you know better"
    yield f"    object: {{{options}}}"
    yield f"    about: {{inField: {_quoted(one.column)}}}"


def _subject(filled: Sequence[Guess], unique: Sequence[Guess]) -> Guess | None:
    """Return the column that tells rows apart and reads like a name, if there is one."""
    by_far = sorted(filled, key=lambda one: -one.distinct)
    named = [one for one in (*unique, *by_far) if one.kind in ("text", "domain", "hashtag")]
    # rows that share a rounded id are not about one thing
    named = [one for one in named if one.cells and not one.split and not one.is_rounded]
    return next(iter(named or [one for one in by_far if one.names]), None)


def _kind_of(one: Guess) -> str:
    if one.kind in _THINGS:
        return one.kind
    return "statement" if one.kind == "text" and one.is_worded else "topic"


def _label(column: str, labels: dict[str, str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_") or "thing"
    times = Counter(labels.values())
    return f"{plain}_{len(labels)}" if times[plain] or plain == "subject" else plain


def _column(one: Guess) -> str:
    split = f", split: {_quoted(one.split)}" if one.split else ""
    empty = f", empty: [{', '.join(map(_quoted, one.empty))}]" if one.empty else ""
    return f"column: {_quoted(one.column)}{split}{empty}"


def _quoted(text: str) -> str:
    """Return a scalar of YAML, in double quotes where it needs some."""
    if (
        re.fullmatch(r"[A-Za-z_][\w ]*\w|[A-Za-z_]", text, re.ASCII)
        and text.casefold() != "null"
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(s):04x}" if ord(s) < 32 else s for s in escaped) + '"'
