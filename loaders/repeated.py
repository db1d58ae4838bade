"""Finds JSON objects with the same field twice; most readers of JSON keep only the last.

RFC 8259, section 4: what software does with such an object is unpredictable.
"""

import json
from collections.abc import Collection
from typing import Any

from loaders.members import Member
from loaders.records import Quarantined


class _Fields(list[tuple[str, Any]]):
    """The fields of an object, in their order."""


def field_twice(text: str, apart: Collection[str] = ()) -> str | None:
    """Return a field that an object has twice; what stands under `apart` is not looked at.

    >>> field_twice('{"a": 1, "b": {"c": 1, "c": 2}}')
    'c'
    >>> field_twice('{"a": 1, "b": {"c": 1, "c": 2}}', apart=("b",))
    """
    left = [json.loads(text, object_pairs_hook=_Fields)]
    while left:
        found = left.pop()
        if isinstance(found, _Fields):
            seen = set[str]()
            for name, value in found:
                if name in seen:
                    return name
                seen.add(name)
                if name not in apart:
                    left.append(value)
            apart = ()
        elif isinstance(found, list):
            left += found
    return None


def once(member: Member, apart: Collection[str] = ()) -> Member | Quarantined:
    """Return a member in which each field stands once; else it comes out quarantined, whole."""
    if (name := field_twice(member.cleared or member.text, apart)) is None:
        return member
    # its values are not shown, since they may be what no record keeps
    where = (member.file.path.name, member.line, "", name, "")
    return Quarantined(*where, "stands twice in an object", member.text)
