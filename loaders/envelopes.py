"""Splits a JSON file: the members of one array, the fields around it, what comes after it."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from json import JSONDecodeError
from typing import Any, Final

from loaders.members import SHOWN, Member, begin_of, decode, end_of, past_blanks
from loaders.records import Quarantined
from loaders.source import File
from onrecord.errors import BadInput

_BEGINNING: Final = re.compile(r"\n[\[{]")
_BROKEN: Final = 100  # members, after which the rest is set aside: each costs a look at it all


@dataclass(slots=True)
class Envelope:
    """A JSON file taken apart: the members of one array, and the fields around it."""

    fields: dict[str, Any]
    members: list[Member | Quarantined]


def unfold(file: File, array: str = "") -> Envelope:
    """Return the members of a top-level array, or of the one under a key of the top object.

    Where the file breaks off, is malformed or goes on after the end, what came before is there
    and the rest is quarantined, or the member alone where it is plain where the next begins.
    Raises BadInput where there is no such array at all.
    """
    reader = _Reader(file, file.content())
    found = _first(reader, array, lambda fields: False)
    if reader.goes_on():
        reason = "follows after the end of the JSON that was read"
        found.members.append(reader.quarantined(reader.at, reason))
    return found


def unfold_each(
    file: File, array: str, alone: Callable[[dict[str, Any]], bool]
) -> list[Envelope]:
    """Return what `unfold` does of each value of a file, as they follow each other.

    An object without such an array that may stand `alone` is the one member of its envelope.
    A value that is no JSON is quarantined, up to the next line that begins with one, but for a
    first one after which no object comes that may stand `alone`: that raises BadInput.
    """
    reader = _Reader(file, file.content())
    start = reader.at
    try:
        found = [_first(reader, "" if reader.begins("[") else array, alone)]
    except BadInput:
        reader.at = start
        later = [*_later(reader, array)]
        if not any(alone(value) for each in later for value in _objects(each)):
            raise
        return later
    return [*found, *_later(reader, array)]


def _later(reader: "_Reader", array: str) -> Iterator[Envelope]:
    while reader.goes_on():
        yield _next(reader, array)


def _objects(envelope: Envelope) -> list[dict[str, Any]]:
    values = [one.value for one in envelope.members if isinstance(one, Member)]
    return [value for value in values if isinstance(value, dict)]


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
    if reason := reader.broken_here(array):
        return Envelope({}, [reader.skipped(start, reason)])
    try:
        if reader.begins("["):
            reader.array(start, found)
        elif not reader.begins("{"):
            raise ValueError("an object or an array has to stand here")
        elif not reader.object(start, array, found):
            return Envelope({}, [reader.member(start, found.fields)])
    except (ValueError, RecursionError) as error:
        reason, reader.has_failed = f"no JSON: {error}", True
        if not found.members:  # and what was read is the beginning of an object, maybe
            return Envelope({}, [reader.skipped(start, reason)])
        found.members.append(reader.skipped(reader.at, reason))
    return found


class _Reader:
    def __init__(self, file: File, text: str) -> None:
        self.file = file
        self.text = text
        self.at = begin_of(text)
        self.has_failed = False
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def begins(self, sign: str) -> bool:
        """Return whether what comes next begins with a sign."""
        return self.text[self.at : self.at + 1] == sign

    def goes_on(self) -> bool:
        """Go past blanks; return whether anything follows."""
        self.at = past_blanks(self.text, self.at)
        return self.at < len(self.text)

    def broken_here(self, array: str) -> str:
        """Return why what comes next is no JSON, whatever follows the lines that it takes up.

        It is looked at once something of the file has failed: an error of the whole text counts
        all of its lines, and there may be one on each. Of an array some members may be good.
        """
        if not (self.has_failed and self.begins("{")):
            return ""
        found = _BEGINNING.search(self.text, self.at)
        lines = self.text[self.at : found.start() if found else len(self.text)]
        if f'"{array}"' in lines:
            return ""
        try:
            decode(lines, 0)
        except JSONDecodeError as error:
            if error.pos < len(lines.rstrip()):
                at = self.at + error.pos
                line = bisect(self._breaks, at - 1) + 1
                column = at - self.text.rfind("\n", 0, at)
                return f"no JSON: {error.msg}: line {line} column {column} (char {at})"
        except (ValueError, RecursionError):
            return ""
        return ""

    def skipped(self, start: int, reason: str) -> Quarantined:
        """Return what is not taken: all up to the next line that begins with a value."""
        found = _BEGINNING.search(self.text, self.at)
        self.at = found.end() - 1 if found else len(self.text)
        return replace(
            self.quarantined(start, reason),
            value=self.text[start : min(self.at, start + SHOWN)].rstrip(),
        )

    def array(self, start: int, found: Envelope) -> None:
        """Add the members of an array, and go past its end.

        One that is no JSON costs no other where its end is plain, or each begins on a line of
        its own, as far in as the first.
        """
        margin, self.at = self._margin(start), past_blanks(self.text, start + 1)
        beginning, broken = self._beginning(), 0
        is_within = len(beginning) > len(margin) + len("\n{")
        while self.text[self.at : self.at + 1] != "]":
            end = self.at
            try:
                value, end = decode(self.text, self.at)
                found.members.append(self._between(self.at, end, value))
                self.at = self._next(end, "]")
            except (ValueError, RecursionError) as error:
                broken += 1
                over = end_of(self.text, end) if end == self.at and broken <= _BROKEN else None
                if over is not None:
                    after = self._next(over, "]")
                    found.members.append(self._lost(end, over, f"no JSON: {error}"))
                    self.at = after
                    continue
                following = self.text.find(beginning, end) if beginning else -1
                # no further in than its array, a next line could begin what is within a member
                is_plain = is_within or "\n" not in self.text[end:following]
                if following < 0 or not is_plain or broken > _BROKEN:
                    self.at = end  # a member that was read is none of what is not
                    raise
                found.members.append(self._lost(end, following, f"no JSON: {error}"))
                self.at = following + len(beginning) - 1
        self.at += 1

    def _margin(self, at: int) -> str:
        """Return the blanks with which a line begins."""
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return line[: len(line) - len(line.lstrip())]

    def _beginning(self) -> str:
        """Return the line break, the blanks and the bracket with which a member begins."""
        line = self.text.rfind("\n", 0, self.at)
        begin = self.text[line : self.at + 1] if line >= 0 else ""
        return begin if begin.endswith("{") and begin[:-1].isspace() else ""

    def _lost(self, start: int, end: int, reason: str) -> Quarantined:
        """Return what says that a member between others is not taken, with its characters."""
        start = past_blanks(self.text, start)
        value = self.text[start:end].rstrip().removesuffix(",")
        return replace(self.quarantined(start, reason), value=value[:SHOWN], record=value)

    def object(self, start: int, array: str, found: Envelope) -> bool:
        """Add what is under a key and around it; return whether an array is there."""
        is_there = False
        self.at = past_blanks(self.text, start + 1)
        while self.text[self.at : self.at + 1] != "}":
            key, end = decode(self.text, self.at)
            colon = past_blanks(self.text, end)
            if not isinstance(key, str) or self.text[colon : colon + 1] != ":":
                raise JSONDecodeError("Expecting a key and a colon", self.text, colon)
            at = past_blanks(self.text, colon + 1)
            if key == array and self.text[at : at + 1] == "[":
                self.array(at, found)
                end, is_there = self.at, True
            else:
                found.fields[key], end = decode(self.text, at)
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
        value = self.text[at : at + SHOWN]
        return Quarantined(self.file.path.name, line, "", "", value, reason)

    def _next(self, end: int, closing: str) -> int:
        at = past_blanks(self.text, end)
        if self.text[at : at + 1] == ",":
            after = past_blanks(self.text, at + 1)
            if self.text[after : after + 1] != closing:
                return after
        elif self.text[at : at + 1] == closing:
            return at
        raise JSONDecodeError(f"Expecting ',' or {closing!r}", self.text, at)
