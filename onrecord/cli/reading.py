"""Terms as a person reads them in a table: by name, or by a short path where none is known."""

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from onrecord.legible import named
from onrecord.standing import withdrawn_name
from onrecord.store import Snapshot
from ontology import prefixed, term

_SHOWN: Final = 8  # hex digits of a hash that a person needs to tell two apart


class Reader:
    """Whoever reads an answer: each IRI is looked up once."""

    def __init__(self, snapshot: Snapshot, base: str) -> None:
        self._snapshot = snapshot
        self._base = base
        self._names: dict[NamedNode, str] = {}

    def read(self, value: NamedNode | Literal | BlankNode | Triple | None) -> str:
        """Return a value as a person reads it."""
        if isinstance(value, Literal):
            return value.value
        if not isinstance(value, NamedNode):
            return "" if value is None else str(value)
        if value not in self._names:
            self._names[value] = named(self._label(value)) or self._short(value.value)
        return self._names[value]

    def _label(self, thing: NamedNode) -> str:
        found = (quad.object for quad in self._snapshot.quads(thing, term("rdfs:label")))
        names = [name.value for name in found if isinstance(name, Literal)]
        return min(names) if names else withdrawn_name(self._snapshot, thing)

    def _short(self, iri: str) -> str:
        if not iri.startswith(self._base):
            return prefixed(iri)
        kind, slash, rest = iri.removeprefix(self._base).partition("/")
        key, mark, place = rest.partition("#")
        whole = key if len(key) <= 2 * _SHOWN else f"{key[:_SHOWN]}…"
        return f"{kind}{slash}{whole}{mark}{place}"
