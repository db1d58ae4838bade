"""JSON as nodes of YAML, so that values of both kinds of file know their characters.

A YAML parser reads most JSON, but stumbles over the escapes of what lies beyond U+FFFF.
"""

import re
from bisect import bisect
from json import JSONDecodeError, JSONDecoder
from typing import Final, NoReturn

import yaml

DEEPEST: Final = 50
_BLANK: Final = re.compile(r"[ \t\n\r]*")
_STRING: Final = "tag:yaml.org,2002:str"
_NULL: Final = "tag:yaml.org,2002:null"


def compose(text: str) -> yaml.Node:
    """Return the value that a text spells, numbers as they are spelled.

    Raises JSONDecodeError when it is malformed, or nested deeper than any file of ours.
    """
    reader = _Reader(text)
    node = reader.value(0, DEEPEST)
    end = reader.past_blanks(node.end_mark.index)
    if end < len(text):
        raise JSONDecodeError("Extra data", text, end)
    return node


def spelled(node: yaml.ScalarNode) -> str:
    """Return what a scalar spells; null spells nothing."""
    return "" if node.tag == _NULL else str(node.value)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._scalars = JSONDecoder(parse_int=str, parse_float=str, parse_constant=self._refuse)

    def past_blanks(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def value(self, at: int, levels: int) -> yaml.Node:
        at = self.past_blanks(at)
        if not levels:
            raise JSONDecodeError("Nested too deeply", self.text, at)
        match self.text[at : at + 1]:
            case "{":
                return self._mapping(at, levels - 1)
            case "[":
                return self._sequence(at, levels - 1)
            case _:
                return self._scalar(at)

    def _scalar(self, at: int) -> yaml.ScalarNode:
        found, end = self._scalars.raw_decode(self.text, at)
        told = found if isinstance(found, str) else self.text[at:end]
        try:
            told.encode()
        except UnicodeEncodeError as error:
            raise JSONDecodeError("Half of a surrogate pair", self.text, at) from error
        tag = _NULL if found is None else _STRING
        return yaml.ScalarNode(tag, told, self._mark(at), self._mark(end))

    def _mapping(self, start: int, levels: int) -> yaml.MappingNode:
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        at = self.past_blanks(start + 1)
        while self.text[at : at + 1] != "}":
            at = self._separated(at, bool(pairs))
            if self.text[at : at + 1] != '"':
                raise JSONDecodeError("Expecting a key in double quotes", self.text, at)
            key = self._scalar(at)
            at = self._expect(":", self.past_blanks(key.end_mark.index))
            value = self.value(at, levels)
            pairs.append((key, value))
            at = self.past_blanks(value.end_mark.index)
        return yaml.MappingNode(
            "", pairs, self._mark(start), self._mark(at + 1), flow_style=True
        )

    def _sequence(self, start: int, levels: int) -> yaml.SequenceNode:
        members: list[yaml.Node] = []
        at = self.past_blanks(start + 1)
        while self.text[at : at + 1] != "]":
            at = self._separated(at, bool(members))
            members.append(self.value(at, levels))
            at = self.past_blanks(members[-1].end_mark.index)
        return yaml.SequenceNode(
            "", members, self._mark(start), self._mark(at + 1), flow_style=True
        )

    def _separated(self, at: int, follows: bool) -> int:
        return self.past_blanks(self._expect(",", at)) if follows else at

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            raise JSONDecodeError(f"Expecting {sign!r}", self.text, at)
        return at + 1

    def _mark(self, at: int) -> yaml.Mark:
        line = bisect(self._breaks, at - 1)
        column = at - (self._breaks[line - 1] + 1 if line else 0)
        return yaml.Mark("", at, line, column, None, 0)

    def _refuse(self, constant: str) -> NoReturn:
        raise JSONDecodeError(f"{constant} is not JSON", self.text, 0)
