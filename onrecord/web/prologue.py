"""What the prologue of a query or an update lets a name stand for (SPARQL 1.1, section 4.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from onrecord.errors import BadQuery
from onrecord.web.scan import bare

_DECLARED: Final = re.compile(
    r"(?:BASE|PREFIX\s+(?P<name>[\w.-]*:))\s*(?P<iri><[^<>]*>)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Prologue:
    """The base, "" where none is declared, and the IRIs of prefixes, by prefix with its colon.

    >>> str(Prologue.of("BASE <http://a/b> PREFIX c: <d#> SELECT * {}"))
    'BASE <http://a/b>\\nPREFIX c: <http://a/d#>\\n'
    """

    base: str
    prefixes: Mapping[str, str]

    @classmethod
    def of(cls, sparql: str, base: str = "") -> "Prologue":
        """Return what a text declares, the last time that it does; `base` holds until then."""
        prefixes = dict[str, str]()
        for found in _DECLARED.finditer(bare(sparql)):
            iri = _absolute(sparql[found.start("iri") + 1 : found.end("iri") - 1], base)
            if found["name"]:
                prefixes[found["name"]] = iri
            else:
                base = iri
        return cls(base, prefixes)

    def __str__(self) -> str:
        base = [f"BASE <{self.base}>\n"] if self.base else []
        declared = (f"PREFIX {prefix} <{iri}>\n" for prefix, iri in self.prefixes.items())
        return "".join([*base, *declared])

    def iri(self, spelled: str) -> str:
        """Return the IRI that `<…>` or a prefixed name stands for; raises BadQuery."""
        if spelled.startswith("<"):
            return _absolute(spelled[1:-1], self.base)
        prefix, _, local = spelled.partition(":")
        if f"{prefix}:" not in self.prefixes:
            raise BadQuery(f"{spelled}: undeclared prefix")
        return self.prefixes[f"{prefix}:"] + local


def _absolute(iri: str, base: str) -> str:
    try:
        if not base or urlsplit(iri).scheme:
            return iri
        joined = urljoin(base, iri)
    except ValueError as error:
        raise BadQuery(f"<{iri}>: {error}") from error
    is_cut = iri.endswith("#") and not joined.endswith("#")  # urljoin drops an empty fragment
    return f"{joined}#" if is_cut else joined
