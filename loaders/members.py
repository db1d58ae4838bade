"""JSON taken apart: the lines of a JSON lines file, the members of an array in a file."""

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, NoReturn

from loaders.records import Entry, Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.table import Refused
from onrecord.errors import BadInput
from ontology.identity import Mint

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_SHOWN: Final = 2_000  # characters of a value that is not taken


@dataclass(frozen=True, slots=True)
class Member:
    """A value of a JSON file, with its characters."""

    file: File
    line: int
    start: int
    text: str = field(repr=False)
    value: Any

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
        return Quarantined(name, self.line, key, column, shown[:_SHOWN], reason)

    def fault(self, key: str, column: str, value: object, reason: str) -> Refused:
        """Return an error by which the whole member is not taken."""
        return Refused(self.quarantined(key, column, value, reason))


@dataclass(frozen=True, slots=True)
class Cells(Member):
    """A row of a table; its fields are texts already."""

    def fields(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.value.items()))


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
        found, end = _decode(text, _past_blanks(text, 0))
        if (rest := _past_blanks(text, end)) < len(text):
            raise JSONDecodeError("Extra data", text, rest)
    except (ValueError, RecursionError) as error:
        reason = f"no JSON: {error}"
        return Quarantined(file.path.name, number, "", "", text[:_SHOWN], reason, text)
    return Member(file, number, start, text, found)


@dataclass(slots=True)
class Envelope:
    """A JSON file taken apart: the members of one array, and the fields around it."""

    fields: dict[str, Any]
    members: list[Member | Quarantined]


def _never(fields: dict[str, Any]) -> bool:
    return False


def unfold(
    file: File, array: str = "", alone: Callable[[dict[str, Any]], bool] = _never
) -> Envelope:
    """Return the members of a top-level array, or of the one under a key of the top object.

    Where the file breaks off or is malformed, what came before is there and the rest is
    quarantined. Where there is no such array at all, an object that may stand `alone` is the
    one member; else raises BadInput.
    """
    text = file.content()
    reader = _Reader(file, text)
    at = _past_blanks(text, int(text.startswith(BYTE_ORDER_MARK)))
    found = Envelope({}, [])
    try:
        if text[at : at + 1] == "[" and not array:
            reader.array(at, found)
            return found
        if text[at : at + 1] == "{" and array:
            if reader.object(at, array, found):
                return found
            if alone(found.fields):
                return Envelope({}, [reader.member(at, found.fields)])
    except (ValueError, RecursionError) as error:
        if not found.members:
            raise BadInput(f"{file.path}: no JSON: {error}") from error
        rest = reader.quarantined(reader.at, f"no JSON from here on: {error}")
        found.members.append(rest)
        return found
    wanted = f"an object with an array {array!r}" if array else "an array"
    raise BadInput(f"{file.path}: has to be {wanted}")


class _Reader:
    def __init__(self, file: File, text: str) -> None:
        self.file = file
        self.text = text
        self.at = 0
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def array(self, start: int, found: Envelope) -> int:
        """Add the members of an array; return where it ends."""
        self.at = _past_blanks(self.text, start + 1)
        while self.text[self.at : self.at + 1] != "]":
            value, end = _decode(self.text, self.at)
            found.members.append(self._between(self.at, end, value))
            self.at = self._next(end, "]")
        return self.at + 1

    def object(self, start: int, array: str, found: Envelope) -> bool:
        """Add what is under a key and around it; return whether an array is there."""
        is_there = False
        self.at = _past_blanks(self.text, start + 1)
        while self.text[self.at : self.at + 1] != "}":
            key, end = _decode(self.text, self.at)
            colon = _past_blanks(self.text, end)
            if not isinstance(key, str) or self.text[colon : colon + 1] != ":":
                raise JSONDecodeError("Expecting a key and a colon", self.text, colon)
            at = _past_blanks(self.text, colon + 1)
            if key == array and self.text[at : at + 1] == "[":
                end = self.array(at, found)
                is_there = True
            else:
                found.fields[key], end = _decode(self.text, at)
            self.at = self._next(end, "}")
        return is_there

    def member(self, start: int, value: dict[str, Any]) -> Member:
        """Return the object that was read last as a member by itself."""
        return self._between(start, self.at + 1, value)

    def _between(self, start: int, end: int, value: Any) -> Member:
        line = bisect(self._breaks, start - 1) + 1
        return Member(self.file, line, start, self.text[start:end], value)

    def quarantined(self, at: int, reason: str) -> Quarantined:
        line = bisect(self._breaks, at - 1) + 1
        value = self.text[at : at + _SHOWN]
        return Quarantined(self.file.path.name, line, "", "", value, reason)

    def _next(self, end: int, closing: str) -> int:
        at = _past_blanks(self.text, end)
        if self.text[at : at + 1] == ",":
            after = _past_blanks(self.text, at + 1)
            if self.text[after : after + 1] != closing:
                return after
        elif self.text[at : at + 1] == closing:
            return at
        raise JSONDecodeError(f"Expecting ',' or {closing!r}", self.text, at)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER: Final = JSONDecoder(parse_constant=_refuse)


def _decode(text: str, at: int) -> tuple[Any, int]:
    found, end = _DECODER.raw_decode(text, at)
    if "\\u" in text[at:end]:
        try:
            _spelled(found).encode()
        except UnicodeEncodeError as error:
            raise JSONDecodeError("Half of a surrogate pair", text, at) from error
    return found, end


def _past_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
