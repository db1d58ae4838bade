"""JSON taken apart: the lines of a JSON lines file, the members of an array in a file."""

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, NoReturn

from loaders.records import Entry, Quarantined, Skipped
from loaders.source import BYTE_ORDER_MARK, File
from loaders.table import Refused
from onrecord.errors import BadInput
from ontology.identity import Mint

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_BEGINNING: Final = re.compile(r"\n[\[{]")
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

    Where the file breaks off, is malformed or goes on after the end, what came before is there
    and the rest is quarantined. Where there is no such array at all, an object that may stand
    `alone` is the one member; else raises BadInput.
    """
    reader = _Reader(file, file.content())
    found = _first(reader, array, alone)
    if reader.goes_on():
        reason = "follows after the end of the JSON that was read"
        found.members.append(reader.quarantined(reader.at, reason))
    return found


def unfold_each(
    file: File, array: str, alone: Callable[[dict[str, Any]], bool] = _never
) -> list[Envelope]:
    """Return what `unfold` does of each value of a file, as they follow each other.

    A later value that is no JSON is quarantined, up to the next line that begins with one.
    """
    reader = _Reader(file, file.content())
    found = [_first(reader, "" if reader.begins("[") else array, alone)]
    while reader.goes_on():
        found.append(_next(reader, array))
    return found


def _first(reader: "_Reader", array: str, alone: Callable[[dict[str, Any]], bool]) -> Envelope:
    found, start = Envelope({}, []), reader.at
    try:
        if reader.begins("[") and not array:
            reader.array(start, found)
            return found
        if reader.begins("{") and array:
            if reader.object(start, array, found):
                return found
            if alone(found.fields):
                return Envelope({}, [reader.member(start, found.fields)])
    except (ValueError, RecursionError) as error:
        if not found.members:
            raise BadInput(f"{reader.file.path}: no JSON: {error}") from error
        found.members.append(reader.rest(f"no JSON from here on: {error}"))
        return found
    wanted = f"an object with an array {array!r}" if array else "an array"
    raise BadInput(f"{reader.file.path}: has to be {wanted}")


def _next(reader: "_Reader", array: str) -> Envelope:
    """Return a value that follows another; an object without the array is the one member."""
    found, start = Envelope({}, []), reader.at
    try:
        if reader.begins("["):
            reader.array(start, found)
        elif not reader.begins("{"):
            raise ValueError("an object or an array has to stand here")
        elif not reader.object(start, array, found):
            return Envelope({}, [reader.member(start, found.fields)])
    except (ValueError, RecursionError) as error:
        reason = f"no JSON: {error}"
        if not found.members:  # and what was read is the beginning of an object, maybe
            return Envelope({}, [reader.skipped(start, reason)])
        found.members.append(reader.skipped(reader.at, reason))
    return found


class _Reader:
    def __init__(self, file: File, text: str) -> None:
        self.file = file
        self.text = text
        self.at = _past_blanks(text, int(text.startswith(BYTE_ORDER_MARK)))
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def begins(self, sign: str) -> bool:
        """Return whether what comes next begins with a sign."""
        return self.text[self.at : self.at + 1] == sign

    def goes_on(self) -> bool:
        """Go past blanks; return whether anything follows."""
        self.at = _past_blanks(self.text, self.at)
        return self.at < len(self.text)

    def skipped(self, start: int, reason: str) -> Quarantined:
        """Return what is not taken: all up to the next line that begins with a value."""
        found = _BEGINNING.search(self.text, self.at)
        self.at = found.end() - 1 if found else len(self.text)
        return replace(
            self.quarantined(start, reason),
            value=self.text[start : min(self.at, start + _SHOWN)].rstrip(),
        )

    def array(self, start: int, found: Envelope) -> None:
        """Add the members of an array, and go past its end."""
        self.at = _past_blanks(self.text, start + 1)
        while self.text[self.at : self.at + 1] != "]":
            value, end = _decode(self.text, self.at)
            found.members.append(self._between(self.at, end, value))
            self.at = self._next(end, "]")
        self.at += 1

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
                self.array(at, found)
                end, is_there = self.at, True
            else:
                found.fields[key], end = _decode(self.text, at)
            self.at = self._next(end, "}")
        self.at += 1
        return is_there

    def member(self, start: int, value: dict[str, Any]) -> Member:
        """Return the object that was read last as a member by itself."""
        return self._between(start, self.at, value)

    def rest(self, reason: str) -> Quarantined:
        """Return what says that all from here on is not taken, and go to the end."""
        found = self.quarantined(self.at, reason)
        self.at = len(self.text)
        return found

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
