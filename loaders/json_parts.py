"""Reads parts of a JSON value, each with its own position in the file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from loaders.members import DECODER, SHOWN, Member, begin_of, decode, end_of, past_blanks
from loaders.records import Quarantined
from loaders.source import File


def whole(file: File) -> Member | None:
    """Return the one value that a file spells; None where it spells none, or more than one."""
    found = _all_of(file)
    return found if isinstance(found, Member) else None


def why_not_whole(file: File) -> str:
    """Return why a file does not spell one value; nothing where it does."""
    found = _all_of(file)
    return "" if isinstance(found, Member) else found.reason.removeprefix("no JSON: ")


def _all_of(file: File) -> Member | Quarantined:
    text = file.content()
    start = begin_of(text)
    return spelled(file, text, text.count("\n", 0, start) + 1, start, len(text))


def without_broken(file: File, *keys: str) -> tuple[Member, list[Quarantined]] | None:
    """Return the one value of a file without members of arrays that are no JSON, and these.

    They stand in arrays under some keys; None where anything else is no JSON.
    """
    text = file.content()
    begin = begin_of(text)
    try:
        lost = [*_broken(text, begin, keys)]
    except (ValueError, RecursionError):
        return None
    left = _cleared(text, [(start, end) for start, end, _ in lost])
    found = spelled(file, left, left.count("\n", 0, begin) + 1, begin, len(left))
    if not lost or isinstance(found, Quarantined):
        return None
    told, line, counted = list[Quarantined](), 1, 0
    for start, end, reason in lost:
        line, counted = line + text.count("\n", counted, start), start
        where = (file.path.name, line, "", "")
        told.append(Quarantined(*where, text[start:end][:SHOWN], reason, text[start:end]))
    end = begin + len(found.text)
    return replace(found, text=text[begin:end], cleared=found.text), told


def _cleared(text: str, lost: list[tuple[int, int]]) -> str:
    """Return a text with blanks for members of arrays, and the commas beside them."""
    pieces, until = list[str](), len(text)
    for start, end in reversed(lost):
        first, last = start, past_blanks(text, end)
        if end == until or text[last] != ",":  # the last one, with the comma before it
            last = end
            while text[first - 1] in " \t\r\n,":
                first -= 1
        else:
            last += 1
        pieces += text[last:until], re.sub(r"[^\n]", " ", text[first:last])
        until = first
    return text[:until] + "".join(reversed(pieces))


def _broken(
    text: str, at: int, keys: tuple[str, ...], *, is_listed: bool = False
) -> Iterator[tuple[int, int, str]]:
    """Yield where members of arrays under some keys begin and end that are no JSON, and why.

    What is looked at is an object or an array, the members of which may be such. Raises
    ValueError where something else is no JSON.
    """
    if text[at : at + 1] not in ("{", "["):
        raise ValueError("has no members")
    for key, start in _starts(text, at):
        try:
            decode(text, start)
        except (ValueError, RecursionError) as error:
            if is_listed:
                yield start, _end(text, start), f"no JSON: {error}"
            else:
                is_array = text.startswith("[", start)
                yield from _broken(text, start, keys, is_listed=is_array and key in keys)


def _starts(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield where the values of an object begin, with their keys, or those of an array."""
    is_object = text[at] == "{"
    at = past_blanks(text, at + 1)
    while text[at : at + 1] not in ("}", "]"):
        key = ""
        if is_object:
            key, end = DECODER.raw_decode(text, at)
            at = past_blanks(text, past_blanks(text, end) + 1)
        yield key, at
        at = past_blanks(text, _end(text, at))
        at = past_blanks(text, at + 1) if text[at : at + 1] == "," else at


def _end(text: str, at: int) -> int:
    if (end := end_of(text, at)) is None:
        raise ValueError("is no JSON, and does not tell where it ends")
    return end


def several(file: File) -> list[Member]:
    """Return the values that a file spells one after another; none if it has anything else."""
    text = file.content()
    at = begin_of(text)
    found: list[Member] = []
    line, counted = 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = decode(text, at)
        except (ValueError, RecursionError):
            return []
        found.append(Member(file, line, at, text[at:end], value))
        at = past_blanks(text, end)
    return found


def spelled(file: File, text: str, line: int, start: int, end: int) -> Member | Quarantined:
    """Return the one value that a stretch of a file spells; what spells none is quarantined."""
    try:
        found, stop = decode(text, start)
        if stop > end or past_blanks(text, stop) < end:
            raise ValueError("more follows after its end")
    except (ValueError, RecursionError) as error:
        shown = text[start : min(end, start + SHOWN)]
        return Quarantined(file.path.name, line, "", "", shown, f"no JSON: {error}")
    return Member(file, line, start, text[start:stop], found)


def parts(member: Member, *keys: str) -> Iterator[tuple[str, Member]]:
    """Yield what an object has under some keys: the members of an array, or the value itself.

    The member has to be an object that was read before.
    """
    reader = _Reader(member)
    for key, start in reader.fields():
        if key not in keys:
            continue
        if member.text[start] == "[":
            for part in reader.array(start):
                yield key, part
        else:
            yield key, reader.member(start)


def members_of(member: Member) -> Iterator[Member]:
    """Yield the members of an array that was read before."""
    yield from _Reader(member).array(past_blanks(member.text, 0))


class _Reader:
    def __init__(self, member: Member) -> None:
        self._of = member
        self._text = member.cleared or member.text
        self._line, self._at = member.line, 0

    def fields(self) -> Iterator[tuple[str, int]]:
        """Yield the keys of the object, each with where its value starts."""
        text = self._text
        at = past_blanks(text, past_blanks(text, 0) + 1)
        while text[at : at + 1] != "}":
            key, end = DECODER.raw_decode(text, at)
            start = past_blanks(text, past_blanks(text, end) + 1)
            yield key, start
            at = self._after(DECODER.raw_decode(text, start)[1])

    def array(self, start: int) -> Iterator[Member]:
        """Yield the members of the array that starts somewhere."""
        text = self._text
        at = past_blanks(text, start + 1)
        while text[at : at + 1] != "]":
            found = self.member(at)
            yield found
            at = self._after(at + len(found.text))

    def member(self, start: int) -> Member:
        """Return the value that starts somewhere, with its line."""
        of, text = self._of, self._text
        value, end = DECODER.raw_decode(text, start)
        if start >= self._at:
            self._line += text.count("\n", self._at, start)
            self._at = start
        cleared = text[start:end] if of.cleared else ""
        place = of.file, self._line, of.start + start
        return Member(*place, of.text[start:end], value, cleared)

    def _after(self, end: int) -> int:
        at = past_blanks(self._text, end)
        return past_blanks(self._text, at + 1) if self._text[at] == "," else at


def says_something(value: Any) -> bool:
    """Return whether there is more in a value than types and empty texts, lists and objects.

    >>> says_something({"@type": "Person", "name": ""}), says_something([{"name": "Bo"}])
    (False, True)
    """
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += (held for key, held in one.items() if key not in ("@type", "type"))
        elif isinstance(one, list):
            left += one
        elif not (one is None or (isinstance(one, str) and not one.strip())):
            return True
    return False


def object_in(value: Any) -> dict[str, Any]:
    """Return an object as it is; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def list_in(value: Any) -> list[Any]:
    """Return an array as it is; an object or a value alone is the one member of it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
