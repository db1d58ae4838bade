"""A small world for tests of derivation: who exists, and one line for each thing said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from loaders.evidence import Evidence, name_of, name_of_claim, triples
from loaders.records import (
    Attestation,
    Claim,
    Details,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Part,
    Passage,
)
from onrecord import derive
from onrecord.store import Draft
from ontology import term
from ontology.identity import Mint, Term

MINT: Final = Mint("https://example.org/")
DEFAULT: Final = DefaultGraph()


def thing(name: str) -> NamedNode:
    """Return a thing of the world."""
    return NamedNode(f"{MINT.base}thing/{name}")


def document(name: str) -> NamedNode:
    """Return a document of the world."""
    return MINT.document(name.encode())


def claim(
    subject: str, predicate: str, value: str | int, *qualifiers: tuple[str, str]
) -> Claim:
    """Return a claim; a value that is no number names a thing."""
    found: Term = Literal(value) if isinstance(value, int) else thing(value)
    pairs = tuple((term(key), term(word)) for key, word in qualifiers)
    return Claim(thing(subject), term(predicate), found, pairs)


def said(
    what: Claim,
    *chain: str,
    stance: str = "Assertion",
    in_: str = "paper",
    at: int = 0,
    parts: Iterable[Part] = (),
    details: Details = (),
) -> Attestation:
    """Return what a chain says, innermost speaker first; none is the paper's own voice."""
    speakers = [thing(name) for name in chain] or [thing(f"outlet-of-{in_}")]
    place = Passage(document(in_), at, at + 10, parts=tuple(parts))
    return Attestation(
        what,
        term(stance),
        term("asserted"),
        speakers[0],
        place,
        tuple(speakers[1:]),
        len(chain),
        details,
    )


def is_a(name: str, kind: str) -> Attestation:
    """Return the attested type of a thing."""
    what = Claim(thing(name), term("rdf:type"), term(kind))
    return said(what, in_="notes", at=int(sha256(name.encode()).hexdigest()[:4], 16))


def tie(subject: NamedNode, predicate: str, value: NamedNode) -> Attestation:
    """Return an attested tie, such as a principal or a derivation."""
    key = sha256(f"{subject}{predicate}{value}".encode()).hexdigest()[:4]
    return said(Claim(subject, term(predicate), value), in_="notes", at=int(key, 16))


def same(first: str, second: str, verdict: str = "same") -> IdentityJudgement:
    """Return a verdict on whether two things are one."""
    return IdentityJudgement(
        thing(first), thing(second), term(verdict), *_reasoned(first, second)
    )


def implies(premise: Claim, consequence: Claim) -> ImplicationJudgement:
    """Return a verdict that who holds one claim holds another."""
    keys = (name_of_claim(found, MINT).value for found in (premise, consequence))
    return ImplicationJudgement(premise, consequence, *_reasoned(*keys))


def _reasoned(*keys: str) -> tuple[NamedNode, str, str, Entry]:
    place = Passage(document("judgements"), 0, 10)
    entry = Entry("judgements", " ".join(keys), b"", place)
    return thing("judge"), "2026-01-01", "for a reason", entry


@dataclass(slots=True)
class World:
    """A draft to which evidence comes and from which it goes, derived after each step."""

    draft: Draft
    names: dict[NamedNode, Evidence] = field(default_factory=dict)

    def load(self, *records: Evidence) -> None:
        """Add evidence, or bring withdrawn evidence back, and derive what it reaches."""
        self.note(*records)
        for record in records:
            self.draft.remove(list(self._withdrawals(name_of(record, MINT))))
            self.draft.load(f"{triple} ." for triple in triples(record, MINT))
        derive.update(self.draft, MINT, {name_of(record, MINT) for record in records})

    def note(self, *records: Evidence) -> None:
        """Remember evidence that is there, so that it can be withdrawn."""
        self.names.update((name_of(record, MINT), record) for record in records)

    def withdraw(self, *records: Evidence) -> None:
        """Mark evidence as withdrawn and derive what that reaches."""
        nodes = {name_of(record, MINT) for record in records}
        gone = Literal("2026-01-01T00:00:00Z", datatype=term("xsd:dateTime"))
        word = term("prov:invalidatedAtTime")
        self.draft.insert(Quad(node, word, gone, DEFAULT) for node in nodes)
        derive.update(self.draft, MINT, nodes)

    def lines(self) -> list[str]:
        """Return everything that the draft holds."""
        return sorted(map(str, self.draft.quads()))

    def rebuilt(self) -> list[str]:
        """Return everything that the draft holds after deriving from nothing."""
        derive.rebuild(self.draft, MINT)
        return self.lines()

    def values(self, node: NamedNode, word: str) -> set[str]:
        """Return the values of a property, things by their name."""
        found = self.draft.quads(node, term(word), None, DEFAULT)
        return {_short(quad.object) for quad in found}

    def status(self, what: Claim) -> str:
        """Return the status of a claim, or nothing."""
        return "".join(self.values(name_of_claim(what, MINT), "status"))

    def of(self, what: Claim, word: str) -> set[str]:
        """Return a derived property of a claim."""
        return self.values(name_of_claim(what, MINT), word)

    def origin(self, record: Attestation) -> str:
        """Return on whom an attestation rests."""
        return "".join(self.values(name_of(record, MINT), "origin"))

    def graphs(self, what: Claim) -> set[str]:
        """Return the status graphs in which the plain triple of a claim stands."""
        found = self.draft.quads(what.subject, what.predicate, what.object, None)
        return {_short(quad.graph_name) for quad in found if quad.graph_name != DEFAULT}

    def _withdrawals(self, node: NamedNode) -> Iterable[Quad]:
        return self.draft.quads(node, term("prov:invalidatedAtTime"), None, DEFAULT)


def _short(value: object) -> str:
    spelled = getattr(value, "value", "")
    return str(spelled).rpartition("#")[2].rpartition("/")[2]
