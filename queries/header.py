"""The header of a question: YAML in the `#+` comments that open its file, as grlc has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import yaml

from onrecord.errors import BadInput
from queries.parameters import TYPES, Parameter

_MARK: Final = "#+"
_KEYS: Final = {"summary", "shows", "parameters", "trust"}
_PARAMETER: Final = {"type", "description", "required", "example", "default"}


@dataclass(frozen=True, slots=True)
class Header:
    """What a question says of itself.

    `trust` is set where it reads plain triples: the level at which it is asked by default.
    """

    summary: str
    shows: str
    parameters: tuple[Parameter, ...]
    trust: str | None


def header(text: str, name: str) -> Header:
    """Return the header of a question's text; raises BadInput that names the file."""
    lines = takewhile(lambda line: line.startswith(_MARK), text.splitlines())
    spelled = "\n".join(line.removeprefix(_MARK).removeprefix(" ") for line in lines)
    try:
        # every scalar stays the string that is written
        found = yaml.load(spelled, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise BadInput(f"{name}: the header is no YAML: {error}") from error
    fields = _mapping(found, _KEYS, f"{name}: header")
    if "summary" not in fields:
        raise BadInput(f"{name}: header: lacks 'summary'")
    parameters = fields.get("parameters") or {}
    return Header(
        str(fields["summary"]),
        str(fields.get("shows", "")).strip(),
        tuple(_parameters(_mapping(parameters, None, f"{name}: parameters"), name)),
        str(fields["trust"]) if "trust" in fields else None,
    )


def _parameters(found: Mapping[str, object], name: str) -> Iterable[Parameter]:
    for key, value in found.items():
        where = f"{name}: {key}"
        said = _mapping(value, _PARAMETER, where)
        sort = str(said.get("type", ""))
        if sort not in TYPES:
            raise BadInput(f"{where}: type {sort!r}: has to be one of {', '.join(TYPES)}")
        yield Parameter(
            key,
            sort,
            str(said.get("description", "")),
            required=said.get("required") == "true",
            example=_text(said, "example"),
            default=_text(said, "default"),
        )


def _text(said: Mapping[str, object], key: str) -> str | None:
    return str(said[key]) if key in said else None


def _mapping(found: object, known: set[str] | None, where: str) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise BadInput(f"{where}: has to be a mapping")
    unread = sorted(found.keys() - known) if known else []
    if unread:
        raise BadInput(f"{where}: unread keys {unread}")
    return found
