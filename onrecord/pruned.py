"""Texts of JSON cut down to the records that are to be mended, and to what these stand in."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any, Final

from loaders.members import past_blanks
from ontology.digests import digest

_DECODER: Final = JSONDecoder()
_MARK: Final = re.compile(r'"([0-9a-f]{32})"')
# what records of MISP and FTM have, and what is around them has not
_OF_RECORDS: Final = frozenset({"Attribute", "properties", "uuid", "value"})


def pruned(text: str, records: Iterable[str], beside: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values of a text, of whose arrays some records are left, as they are spelled.

    What is around them stays, such as the event of an attribute, but no other records, save
    those that are to be `beside` them, by their ids. A record may be no JSON, and such come in
    their order; a text that is none without these gives the records alone.
    """
    marks: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    broken: dict[str, str] = {}
    for record in records:
        mark = digest(record)
        spelled[mark] = record
        try:
            marks.setdefault(_sorted(json.loads(record)), []).append(mark)
        except (ValueError, RecursionError):
            marks[_sorted(mark)] = [mark]
            broken[mark] = record
    try:
        cut = _Cut(marks, dict(beside))
        values = _values(_marked(text, broken))
        left = [one for value in values if (one := cut.member(value)) is not None]
    except (ValueError, RecursionError):
        left = [*spelled]
    for one in left:
        shown = json.dumps(one, ensure_ascii=False, indent=2)
        yield _MARK.sub(lambda mark: spelled.get(mark[1], mark[0]), shown) + "\n"


def _marked(text: str, broken: Mapping[str, str]) -> str:
    """Return a text with marks for records, each of which comes after the one before."""
    pieces, end = [], 0
    for mark, record in broken.items():
        start = text.find(record, end)
        if start < 0:
            raise ValueError("a record is not where it was")
        pieces += [text[end:start], json.dumps(mark)]
        end = start + len(record)
    return "".join([*pieces, text[end:]])


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is left of values: marks in the place of records, and objects beside them by id.

    Records that are spelled differently may have one value: they come in their order.
    """

    marks: dict[str, list[str]]
    beside: dict[str, Any]

    def member(self, value: Any) -> Any:
        """Return what is left of a member of an array; None where that is nothing."""
        if marks := self.marks.get(_sorted(value)):
            return marks.pop(0) if len(marks) > 1 else marks[0]
        id = str(value.get("id")) if isinstance(value, dict) else ""
        return self.beside.pop(id, None) or self._within(value)  # of its versions one is enough

    def _within(self, value: Any) -> Any:
        if isinstance(value, list):
            left = [one for each in value if (one := self.member(each)) is not None]
            return left or None
        if not isinstance(value, dict):
            return None
        found = {
            name: self.member(each) if isinstance(each, dict) else self._within(each)
            for name, each in value.items()
        }
        if all(each is None for each in found.values()):
            return None
        return {
            **_around(value),
            **{name: each for name, each in found.items() if each is not None},
        }


def _around(value: Any) -> Any:
    """Return a value without the arrays of records in it."""
    if not isinstance(value, dict):
        return value
    return {name: _around(each) for name, each in value.items() if not _holds_records(each)}


def _holds_records(value: Any) -> bool:
    """Return whether an array has things of MISP or FTM, which are records by themselves."""
    members = value if isinstance(value, list) else []
    return any(isinstance(one, dict) and not _OF_RECORDS.isdisjoint(one) for one in members)


def _sorted(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _values(text: str) -> Iterator[Any]:
    """Yield the values that follow each other in a text; raises ValueError if one is none."""
    at = past_blanks(text, 0)
    while at < len(text):
        value, end = _DECODER.raw_decode(text, at)
        yield value
        at = past_blanks(text, end)
