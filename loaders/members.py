"""JSON values with their position in a file, and the reading of JSON lines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, NoReturn

from loaders.records import Entry, Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.table import Refused
from ontology.identity import Mint

_BLANK: Final = re.compile(r"[ \t\n\r]*")
SHOWN: Final = 2_000  # characters of a value that is not taken


@dataclass(frozen=True, slots=True)
class Member:
    """A value of a JSON file, with its characters.

    Where something in it is no JSON, `cleared` has blanks in its place, and the value lacks it.
    """

    file: File
    line: int
    start: int
    text: str = field(repr=False)
    value: Any
    cleared: str = field(default="", repr=False)

    def entry(self, key: str, mint: Mint) -> Entry:
        """Return the place of this member, known by a key and its fields."""
        return self.file.entry(key, self.fields(), self.file.place(self.start, self.text, mint))

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of an object by name, each as JSON."""
        members = self.value.items() if isinstance(self.value, dict) else [("", self.value)]
        return tuple((name, _spelled(value)) for name, value in sorted(members))

    def quarantined(self, key: str, column: str, value: object, reason: str) -> Quarantined:
        """Return what says that this member, or one of its fields, is not taken."""
        shown = value if isinstance(value, str) else _spelled(value)
        name = self.file.path.name
        return Quarantined(name, self.line, key, column, shown[:SHOWN], reason)

    def refused(self, reason: str) -> Quarantined:
        """Return what says that nothing of this member is taken, with its characters."""
        return replace(self.quarantined("", "", self.value, reason), record=self.text)

    def fault(self, key: str, column: str, value: object, reason: str) -> Refused:
        """Return an error by which the whole member is not taken."""
        return Refused(self.quarantined(key, column, value, reason))


@dataclass(frozen=True, slots=True)
class Cells(Member):
    """A row of a table; its fields are texts already."""

    def fields(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.value.items()))


class Unordered(Member):
    """A value whose arrays are in no order: whatever theirs is, its fields are the same."""

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of an object by name, each as JSON with its arrays sorted.

        Raises Refused where they are nested too deeply for that.
        """
        members = self.value.items() if isinstance(self.value, dict) else [("", self.value)]
        try:
            return tuple((name, _spelled(_sorted(value))) for name, value in sorted(members))
        except RecursionError as error:
            raise self.fault("", "", "", "is nested too deeply") from error


def lines(file: File) -> Iterator[Member | Quarantined | Skipped]:
    """Yield the values of a file of JSON lines; a line that is none comes out quarantined."""
    start = 0
    with file.open() as text:
        for number, line in enumerate(text, start=1):
            told = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
            begin = start + len(line) - len(told)
            start += len(line)
            if told.strip():
                yield _line(file, number, begin, told.rstrip("\r\n"))
            else:
                yield Skipped(file.path.name, f"line {number}")


def _line(file: File, number: int, start: int, text: str) -> Member | Quarantined:
    try:
        found, end = decode(text, past_blanks(text, 0))
        if (rest := past_blanks(text, end)) < len(text):
            raise JSONDecodeError("Extra data", text, rest)
    except (ValueError, RecursionError) as error:
        reason = f"no JSON: {error}"
        return Quarantined(file.path.name, number, "", "", text[:SHOWN], reason, text)
    return Member(file, number, start, text, found)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


DECODER: Final = JSONDecoder(parse_constant=_refuse)
_LENIENT: Final = JSONDecoder(parse_constant=str, parse_int=str, strict=False)


def decode(text: str, at: int) -> tuple[Any, int]:
    """Return the value that a text spells from somewhere on, and where it ends."""
    found, end = DECODER.raw_decode(text, at)
    if "\\u" in text[at:end]:
        try:
            _spelled(found).encode()
        except UnicodeEncodeError as error:
            raise JSONDecodeError("Half of a surrogate pair", text, at) from error
    return found, end


def end_of(text: str, at: int) -> int | None:
    """Return where a value ends that is no JSON for what one of its parts is, and not how it is
    built: such as NaN, a number of thousands of digits or a line break in a text.
    """
    try:
        return _LENIENT.raw_decode(text, at)[1]
    except (ValueError, RecursionError):
        return None


def past_blanks(text: str, at: int) -> int:
    """Return where in a text the blanks end that begin somewhere."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def begin_of(text: str) -> int:
    """Return where the first value of a text begins, behind its byte order mark and blanks."""
    return past_blanks(text, int(text.startswith(BYTE_ORDER_MARK)))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {name: _sorted(one) for name, one in value.items()}
    return sorted(map(_sorted, value), key=_spelled) if isinstance(value, list) else value


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
