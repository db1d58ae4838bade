"""YAML and JSON whose values know their path and their characters.

Scalars stay the strings that the file spells: no date, number or truth value is guessed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from json import JSONDecodeError
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pyoxigraph import NamedNode

from loaders import json_nodes
from loaders.records import Entry
from loaders.source import Source
from loaders.values import word
from onrecord.errors import BadInput, UnknownWord
from ontology.digests import digest
from ontology.identity import Mint

MANIFEST: Final = "case.yaml"  # of a folder that is a case
_SUFFIXES: Final = (".yaml", ".yml", ".json")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tree:
    """A value of the file: a scalar, a list or a mapping."""

    source: Source
    path: str
    node: yaml.Node

    @classmethod
    def read(cls, path: Path, dataset: str = "") -> "Tree":
        """Read a YAML or JSON file; raises BadInput with line and column when malformed."""
        if path.is_dir():
            raise BadInput(f"{path}: a folder, where a file is needed ({', '.join(_SUFFIXES)})")
        if path.suffix.lower() not in _SUFFIXES:
            raise BadInput(f"{path}: neither YAML nor JSON ({', '.join(_SUFFIXES)})")
        source = Source.read(path, dataset)
        node = _composed(source)
        if node is None:
            raise BadInput(f"{path}: empty")
        return cls(source, "", node)

    @property
    def is_scalar(self) -> bool:
        """Return whether the value is a single one."""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        """Return whether the value is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def items(self) -> dict[str, "Tree"]:
        """Return the entries of a mapping by key; none may stand twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("has to be a mapping")
        found: dict[str, Tree] = {}
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._child("", key).fault("has a key that is no single value")
            child = self._child(str(key.value), value)
            if key.value in found:
                raise child.fault("stands twice")
            found[str(key.value)] = child
        return found

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

    def labels(self, key: str) -> Iterable[tuple[str, "Tree"]]:
        """Return keys and values of the mapping under a key, which may be missing."""
        found = self.get(key)
        return found.items().items() if found else ()

    def each(self, key: str) -> Iterator["Tree"]:
        """Yield the members of the list under a key; a lone value is a list of one."""
        found = self.get(key)
        if found is not None:
            yield from found.members()

    def members(self) -> Iterator["Tree"]:
        """Yield the members of a list; any other value is a list of one.

        A member's path tells what it says, not how many stand before it; none may stand twice.
        """
        if not isinstance(self.node, yaml.SequenceNode):
            yield self
            return
        seen: set[str] = set()
        for node in self.node.value:
            child = Tree(self.source, self.path, node)
            label = node.value if child.is_scalar else digest(*child.own_text.split())[:8]
            if label in seen:
                raise child.fault(f"has {label!r} twice" if child.is_scalar else "repeats one")
            seen.add(label)
            yield Tree(self.source, f"{self.path}[{label}]", node)

    def scalar(self) -> str:
        """Return a scalar as the file spells it; raises BadInput for an empty one."""
        spelled = self.cell()
        if not spelled.strip():
            raise self.fault("is empty")
        return spelled

    def cell(self) -> str:
        """Return a scalar as the file spells it, which may be nothing."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault("has to be a single value")
        return json_nodes.spelled(self.node)

    def flag(self, key: str) -> bool:
        """Return whether the value under a key is true; it is false when there is none."""
        spelled = self.text(key, "false")
        if spelled not in ("true", "false"):
            raise self.need(key).fault(f"{spelled!r} is neither true nor false")
        return spelled == "true"

    def file_in(self, folder: Path) -> Path:
        """Return the file of a folder that the scalar names; it may not lead out of there."""
        name = Path(self.scalar())
        if name.is_absolute() or ".." in name.parts:
            raise self.fault(f"{str(name)!r} leads out of the folder")
        return folder / name

    def read_as(self, reading: Callable[[str], T]) -> T:
        """Return what a function makes of the scalar; its complaint gets a place."""
        return self.reading(reading, self.scalar())

    def reading(self, reading: Callable[[str], T], spelled: str) -> T:
        """Return what a function makes of a text; its complaint gets the place of the value."""
        try:
            return reading(spelled)
        except (BadInput, UnknownWord) as error:
            raise self.fault(str(error)) from error

    def word_of(self, scheme: str) -> NamedNode:
        """Return the word of a scheme that the scalar spells."""
        return self.read_as(lambda spelled: word(spelled, scheme))

    def only(self, *known: str) -> "Tree":
        """Return the mapping itself if each of its keys is a known one."""
        unread = sorted(self.items().keys() - set(known))
        if unread:
            raise self.fault(f"unread keys {unread}")
        return self

    def entry(self, mint: Mint) -> Entry:
        """Return the place of this value, known by its path and its own text."""
        start = self.node.start_mark.index + self.source.begin
        own = self.own_text
        passage = self.source.passage(start, start + len(own), mint)
        return self.source.entry(self.path, ((self.path, own),), passage)

    @property
    def own_text(self) -> str:
        """Return the characters of the value, without comments or blanks after it."""
        start, end = self.node.start_mark.index, _end(self.node)
        return self.source.text[start + self.source.begin : end + self.source.begin].rstrip()

    def fault(self, reason: str) -> BadInput:
        """Return an error that names file, line, path and reason."""
        place = f"{self.source.path}:{self.node.start_mark.line + 1}"
        return BadInput(
            f"{place}: {self.path}: {reason}" if self.path else f"{place}: {reason}"
        )

    def _child(self, key: str, node: yaml.Node) -> "Tree":
        return Tree(self.source, f"{self.path}.{key}" if self.path else key, node)


def unit(folder: Path) -> str:
    """Return the name that the files of a folder go by: that of its case, else its own."""
    if (folder / MANIFEST).is_file():
        return Tree.read(folder / MANIFEST).need("name").scalar()
    return folder.resolve().name


def _composed(source: Source) -> yaml.Node | None:
    text = source.text[source.begin :]
    try:
        if source.path.suffix.lower() == ".json":
            return json_nodes.compose(text)
        _look(text, source.path)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except JSONDecodeError as error:
        where = f"{source.path}:{error.lineno}:{error.colno}"
        raise BadInput(f"{where}: {error.msg}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise BadInput(f"{source.path}{where}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise BadInput(f"{source.path}: {' '.join(str(error).split())}") from error


def _look(text: str, path: Path) -> None:
    """Refuse what a parser follows blindly: deep nesting, and values that stand elsewhere."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            reason = f"*{event.anchor} has to be written out"
        elif depth > json_nodes.DEEPEST:
            reason = "nested too deeply"
        else:
            continue
        line = event.start_mark.line + 1 if event.start_mark else 1
        raise BadInput(f"{path}:{line}: {reason}")


def _end(node: yaml.Node) -> int:
    """Return where a value ends; YAML lets a block end where the next word begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
