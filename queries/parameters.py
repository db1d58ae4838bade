"""Parameters of questions: typed, and bound as terms, never pasted into text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from onrecord.errors import BadParameter
from ontology import expanded, term
from ontology.identity import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Parameter:
    """One variable of a question that whoever asks may bind."""

    name: str
    type: str
    description: str
    required: bool = False
    example: str | None = None
    default: str | None = None

    def term(self, spelled: str, base: str = DEFAULT_BASE) -> NamedNode | Literal:
        """Return the term that a value spells; raises BadParameter with name and value.

        >>> Parameter("entity", "iri", "Whom to ask about.").term("org/ispr").value
        'https://w3id.org/onrecord/org/ispr'
        """
        try:
            return TYPES[self.type](spelled.strip(), base)
        except ValueError as error:
            raise BadParameter(f"{self.name}={spelled!r}: {error}") from error


def _iri(spelled: str, base: str) -> NamedNode:
    try:
        return expanded(spelled, base)
    except ValueError as error:
        raise ValueError("is no IRI, no prefixed word and no path such as org/ispr") from error


def _string(spelled: str, base: str) -> Literal:
    return Literal(spelled)


def _integer(spelled: str, base: str) -> Literal:
    try:
        return Literal(int(spelled.replace(",", "")))
    except ValueError as error:
        raise ValueError("is no whole number") from error


def _date(spelled: str, base: str) -> Literal:
    try:
        return Literal(date.fromisoformat(spelled).isoformat(), datatype=term("xsd:date"))
    except ValueError as error:
        raise ValueError("is no day such as 2019-04-01") from error


def _moment(spelled: str, base: str) -> Literal:
    """Read a moment; without a time zone it is in UTC, and a bare day means its end."""
    try:
        found = datetime.fromisoformat(spelled)
    except ValueError as error:
        raise ValueError("is no moment such as 2019-04-01T12:00:00Z, and no day") from error
    if len(spelled) == len("2019-04-01"):
        found = found.replace(hour=23, minute=59, second=59)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    written = found.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return Literal(written, datatype=term("xsd:dateTime"))


TYPES: Final[Mapping[str, Callable[[str, str], NamedNode | Literal]]] = MappingProxyType(
    {"iri": _iri, "string": _string, "integer": _integer, "date": _date, "dateTime": _moment}
)
