"""What a term is called on a page, and where a click on it leads."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from onrecord.legible import named, unturned
from onrecord.web.stars import Stars
from ontology import PREFIXES
from ontology.flags import said
from ontology.identity import Term

_HASH: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,52}\b")
_SCHEMES: Final = ("http", "https", "mailto")


@dataclass(frozen=True, slots=True)
class Link:
    """A term as a reader sees it; `href` is empty where a click leads nowhere."""

    text: str
    href: str = ""
    lang: str = ""
    iri: str = ""
    dir: str = "auto"


@dataclass(frozen=True, slots=True)
class Links:
    """Names and addresses of terms, from the triples at hand; each name is looked up once."""

    stars: Stars
    base: str
    _names: dict[NamedNode, Literal | None] = field(default_factory=dict, repr=False)

    def raw(self, value: Term | BlankNode | Triple | None) -> Link:
        """Return a term as who writes queries sees it: IRIs stay IRIs."""
        if isinstance(value, NamedNode):
            return Link(self.short(value), self.href(value), iri=value.value)
        return self.of(value)

    def of(self, value: Term | BlankNode | Triple | None) -> Link:
        """Return a term as a reader sees it."""
        match value:
            case NamedNode():
                name = self._name(value)
                lang = name.language or "" if name else ""
                text = (
                    named(name.value) if name else self._proposition(value) or self.short(value)
                )
                return Link(unturned(text), self.href(value), lang, value.value)
            case Literal():
                side, text = str(value.direction or "auto"), unturned(value.value)
                return Link(text, _safe(value.value), value.language or "", dir=side)
            case None:
                return Link("")
            case _:
                return Link(str(value))

    def href(self, iri: NamedNode) -> str:
        """Return where an IRI is explained; a foreign one is its own address."""
        local = iri.value.removeprefix(self.base)
        # two slashes would lead to another host
        if local != iri.value and "#" not in local and not local.startswith("/"):
            return "/" + quote(local, safe="/%:@!$&'()*+,;=~-._")
        if iri.value.startswith((self.base, PREFIXES["rec"])):
            return f"/explain?iri={quote(iri.value, safe='')}"
        return _safe(iri.value)

    def short(self, iri: NamedNode) -> str:
        """Return an IRI shortened by our base or by a prefix."""
        for prefix, namespace in PREFIXES.items():
            local = iri.value.removeprefix(namespace)
            if local != iri.value and "/" not in local:
                return f"{prefix}:{local}"
        return _HASH.sub(r"\1…", iri.value.removeprefix(self.base))

    def is_named(self, iri: NamedNode) -> bool:
        """Return whether somebody says what an IRI is called."""
        return self._name(iri) is not None

    def _proposition(self, claim: NamedNode) -> str:
        """Return a claim as a line of text, empty for anything else."""
        words = ("rdf:subject", "rdf:predicate", "rdf:object")
        ends = [self.stars.value(claim, word) for word in words]
        return " \N{EN DASH} ".join(self.of(end).text for end in ends) if all(ends) else ""

    def _name(self, iri: NamedNode) -> Literal | None:
        if iri not in self._names:  # whoever speaks on a page is named a thousand times
            self._names[iri] = self._name_told(iri)
        return self._names[iri]

    def _name_told(self, iri: NamedNode) -> Literal | None:
        names = [
            value
            for word in ("rdfs:label", "skos:prefLabel")
            for value in self.stars.values(iri, word)
        ]
        names += [
            value
            for claim in self.stars.subjects("rdf:subject", iri)
            if self.stars.text(claim, "rdf:predicate") == f"{PREFIXES['rec']}name"
            for value in self.stars.values(claim, "rdf:object")
        ]
        names += [label for label in [said("rdfs:label").get(iri)] if label]
        literals = [name for name in names if isinstance(name, Literal)]
        return min(literals, key=_preference, default=None)


def _preference(name: Literal) -> tuple[bool, bool]:
    return (name.language != "en", name.language is not None)


def _safe(address: str) -> str:
    """Return an address that may be clicked, empty for any other text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    has_target = bool(parts.netloc or parts.scheme == "mailto") and " " not in address
    return address if parts.scheme in _SCHEMES and has_target else ""
