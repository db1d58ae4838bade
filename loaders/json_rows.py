"""Arrays of objects in JSON, each object read as a row of a table."""

from collections.abc import Callable, Iterator
from typing import Any

from loaders.envelopes import unfold
from loaders.members import Member
from loaders.records import Quarantined, Skipped
from loaders.repeated import once
from loaders.source import File
from loaders.streams import by_content
from loaders.table import Row


def json_rows(
    file: File, header: Callable[[list[str]], list[str]]
) -> Iterator[Row | Quarantined | Skipped]:
    """Yield the objects of an array under the names that `header` puts in place of theirs.

    What is no object of single values comes out quarantined. Raises BadInput when the file
    holds no array.
    """
    for member in unfold(file).members:
        found = once(member) if isinstance(member, Member) else member
        yield _row(found, header) if isinstance(found, Member) else found


def _row(member: Member, header: Callable[[list[str]], list[str]]) -> Row | Quarantined:
    value = member.value
    if not isinstance(value, dict) or any(map(_is_nested, value.values())):
        return member.refused("is no object of single values")
    cells = dict(zip(header(list(value)), map(_text, value.values()), strict=True))
    if len(cells) < len(value):
        return member.refused("two of its fields go by one name")
    return Row(member.file, by_content(cells), member.line, member.start, member.text, cells)


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)
