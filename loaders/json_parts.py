"""Reads parts of a JSON value, each with its own position in the file."""

from collections.abc import Iterator
from typing import Any

from loaders.members import DECODER, SHOWN, Member, decode, past_blanks
from loaders.records import Quarantined
from loaders.source import BYTE_ORDER_MARK, File


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
    start = past_blanks(text, int(text.startswith(BYTE_ORDER_MARK)))
    return spelled(file, text, start, len(text))


def several(file: File) -> list[Member]:
    """Return the values that a file spells one after another; none if it has anything else."""
    text = file.content()
    at = past_blanks(text, int(text.startswith(BYTE_ORDER_MARK)))
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


def spelled(file: File, text: str, start: int, end: int) -> Member | Quarantined:
    """Return the one value that a stretch of a file spells; what spells none is quarantined."""
    line = text.count("\n", 0, start) + 1
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
        self._line, self._at = member.line, 0

    def fields(self) -> Iterator[tuple[str, int]]:
        """Yield the keys of the object, each with where its value starts."""
        text = self._of.text
        at = past_blanks(text, past_blanks(text, 0) + 1)
        while text[at : at + 1] != "}":
            key, end = DECODER.raw_decode(text, at)
            start = past_blanks(text, past_blanks(text, end) + 1)
            yield key, start
            at = self._after(DECODER.raw_decode(text, start)[1])

    def array(self, start: int) -> Iterator[Member]:
        """Yield the members of the array that starts somewhere."""
        text = self._of.text
        at = past_blanks(text, start + 1)
        while text[at : at + 1] != "]":
            found = self.member(at)
            yield found
            at = self._after(at + len(found.text))

    def member(self, start: int) -> Member:
        """Return the value that starts somewhere, with its line."""
        of = self._of
        value, end = DECODER.raw_decode(of.text, start)
        if start >= self._at:
            self._line += of.text.count("\n", self._at, start)
            self._at = start
        return Member(of.file, self._line, of.start + start, of.text[start:end], value)

    def _after(self, end: int) -> int:
        at = past_blanks(self._of.text, end)
        return past_blanks(self._of.text, at + 1) if self._of.text[at] == "," else at


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
