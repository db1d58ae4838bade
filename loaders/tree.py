"""YAML and JSON whose values know their path and their characters.

Scalars stay the strings that the file spells: no date, number or truth value is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from loaders.records import Entry
from loaders.source import Source
from onrecord.errors import BadInput
from ontology.identity import Mint


@dataclass(frozen=True, slots=True)
class Tree:
    """A value of the file: a scalar, a list or a mapping."""

    source: Source
    path: str
    node: yaml.Node

    @classmethod
    def read(cls, path: Path, dataset: str = "") -> "Tree":
        """Read a YAML or JSON file; raises BadInput with line and column when malformed."""
        source = Source.read(path, dataset)
        try:
            node = yaml.compose(source.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
            raise BadInput(f"{path}{where}: {error.problem}") from error
        if node is None:
            raise BadInput(f"{path}: empty")
        return cls(source, "", node)

    @property
    def is_scalar(self) -> bool:
        """Return whether the value is a single one."""
        return isinstance(self.node, yaml.ScalarNode)

    def items(self) -> dict[str, "Tree"]:
        """Return the entries of a mapping by key."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("has to be a mapping")
        return {key.value: self._child(key.value, value) for key, value in self.node.value}

    def get(self, key: str) -> "Tree | None":
        """Return the value under a key of a mapping, or None."""
        return self.items().get(key)

    def need(self, key: str) -> "Tree":
        """Return the value under a key of a mapping; raises BadInput when it is missing."""
        found = self.get(key)
        if found is None:
            raise self.fault(f"lacks {key!r}")
        return found

    def text(self, key: str, default: str = "") -> str:
        """Return the scalar under a key as the file spells it, or the default."""
        found = self.get(key)
        return default if found is None else found.scalar()

    def each(self, key: str) -> Iterator["Tree"]:
        """Yield the members of the list under a key; a lone value is a list of one."""
        found = self.get(key)
        if found is not None:
            yield from found.members()

    def members(self) -> Iterator["Tree"]:
        """Yield the members of a list; any other value is a list of one."""
        if not isinstance(self.node, yaml.SequenceNode):
            yield self
            return
        for index, node in enumerate(self.node.value):
            yield self._child(str(index), node)

    def scalar(self) -> str:
        """Return a scalar as the file spells it."""
        if not self.is_scalar:
            raise self.fault("has to be a single value")
        return str(self.node.value)

    def only(self, *known: str) -> "Tree":
        """Return the mapping itself if each of its keys is a known one."""
        unread = sorted(self.items().keys() - set(known))
        if unread:
            raise self.fault(f"unread keys {unread}")
        return self

    def entry(self, mint: Mint) -> Entry:
        """Return the place of this value, known by its path and its own text."""
        start, end = self.node.start_mark.index, self.node.end_mark.index
        passage = self.source.passage(start, end, mint)
        fields = ((self.path, self.source.text[start:end].strip()),)
        return self.source.entry(self.path, fields, passage)

    def fault(self, reason: str) -> BadInput:
        """Return an error that names file, line, path and reason."""
        line = self.node.start_mark.line + 1
        return BadInput(f"{self.source.path}:{line}: {self.path or 'the file'} {reason}")

    def _child(self, key: str, node: yaml.Node) -> "Tree":
        return Tree(self.source, f"{self.path}.{key}" if self.path else key, node)
